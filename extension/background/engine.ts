/**
 * The life of the wasm engine: one instance for all tabs, made when first needed, made anew when the policies change
 * or the module traps.
 */
import init, { __wbg_reset_state, Engine } from "draftguard-engine";
import { messageOf, packageUrl } from "../shared/browser.ts";
import type { Context } from "../shared/generated/Context.ts";
import type { Draft } from "../shared/generated/Draft.ts";
import type { Handbook } from "../shared/generated/Handbook.ts";
import type { Help } from "../shared/generated/Help.ts";
import type { Report } from "../shared/generated/Report.ts";
import type { Summary } from "../shared/generated/Summary.ts";
import type { SiteFile } from "../shared/site-file.ts";

/** Something went wrong, with a stable code. */
export class TaggedError extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
    this.name = "TaggedError";
  }
}

/** The code of anything that was thrown; `internal` where it carries none. */
export function codeOf(error: unknown): string {
  const code = (error as { code?: unknown } | undefined)?.code;
  return typeof code === "string" ? code : "internal";
}

/** A draft that no rule minds. */
const NOTHING: Draft = { parts: [{ id: "body", role: "body", text: "Good morning." }], links: [], media: [] };

export class EngineHost {
  #loading: Promise<void> | undefined;
  #policies: Promise<Uint8Array[]> | undefined;
  #engine: Engine | undefined;
  #warm: Engine | undefined;
  #sites: { engine: Engine; files: SiteFile[] } | undefined;
  readonly #load: () => Promise<Uint8Array[]>;

  /** `load` gives the compiled policies in force. */
  constructor(load: () => Promise<Uint8Array[]>) {
    this.#load = load;
  }

  /** Forgets the policies, so that the next check loads them again. */
  reset(): void {
    this.#policies = undefined;
    // A trapped instance cannot be freed; it goes with its memory when the module is instantiated again.
    try {
      this.#engine?.free();
    } catch {
      // Nothing depends on the old instance any more.
    }
    this.#engine = undefined;
  }

  /**
   * Checks a draft.
   * @throws TaggedError where the engine cannot be had or a policy does not load
   */
  async check(draft: Draft, context: Context): Promise<Report> {
    return this.#run((engine) => engine.check(draft, context));
  }

  /**
   * What helps with an answer before a word is typed.
   * @throws TaggedError as {@link check}
   */
  async help(draft: Draft, context: Context): Promise<Help> {
    return this.#run((engine) => engine.help(draft, context));
  }

  /**
   * The policies in force, named in `language`.
   * @throws TaggedError as {@link check}
   */
  async describe(language: string): Promise<Summary[]> {
    return this.#run((engine) => engine.describe(language));
  }

  /**
   * Data of sites that came with the policies in force.
   * @throws TaggedError as {@link check}
   */
  async sites(): Promise<SiteFile[]> {
    return this.#run((engine) => {
      if (this.#sites?.engine !== engine)
        this.#sites = { engine, files: engine.sites().map((text) => JSON.parse(text) as SiteFile) };
      return this.#sites.files;
    });
  }

  /**
   * The policies in force as people read them, in `language`.
   * @throws TaggedError as {@link check}
   */
  async handbook(language: string): Promise<Handbook[]> {
    return this.#run((engine) => engine.handbook(language));
  }

  /**
   * Has the engine read its word lists when the worker has nothing else to do, so that the first draft finds them
   * read. Nobody waits for it; what goes wrong, the first check says.
   */
  warm(): void {
    setTimeout(() => {
      this.#run((engine) => {
        if (this.#warm !== engine) engine.check(NOTHING, {});
        this.#warm = engine;
      }).catch(() => undefined);
    });
  }

  async #run<T>(use: (engine: Engine) => T): Promise<T> {
    try {
      return use(await this.#ready());
    } catch (error) {
      if (!(error instanceof WebAssembly.RuntimeError)) throw tagged(error);
      // A trap leaves the instance half-way through a call: a new one, and the same question once more.
      this.#engine = undefined;
      try {
        __wbg_reset_state();
        return use(await this.#ready());
      } catch (again) {
        throw new TaggedError("engine-trap", messageOf(again));
      }
    }
  }

  async #ready(): Promise<Engine> {
    this.#loading ??= instantiate();
    this.#policies ??= this.#load();
    const policies = this.#policies;
    try {
      await this.#loading;
    } catch (error) {
      // The next check tries again: a failed fetch of our own package is not for ever.
      this.#loading = undefined;
      throw new TaggedError("engine-load", messageOf(error));
    }
    let loaded: Uint8Array[];
    try {
      loaded = await policies;
    } catch (error) {
      if (this.#policies === policies) this.#policies = undefined;
      throw tagged(error);
    }
    // The policies may have changed while these were loading: then the newer ones count.
    if (this.#policies !== policies) return this.#ready();
    this.#engine ??= new Engine(loaded);
    return this.#engine;
  }
}

/** Whether an engine takes these bytes: what is asked of a policy before it is kept. */
export async function probe(bytes: Uint8Array, language: string): Promise<Summary> {
  await instantiate();
  let engine: Engine | undefined;
  try {
    engine = new Engine([bytes]);
    const [policy] = engine.describe(language);
    if (!policy) throw new TaggedError("policy-empty", "the file holds no policy");
    return policy;
  } catch (error) {
    throw tagged(error);
  } finally {
    engine?.free();
  }
}

let instantiated: Promise<void> | undefined;

/** Makes the module ready, once. */
export function instantiate(): Promise<void> {
  instantiated ??= (async () => {
    const response = await fetch(packageUrl("engine.wasm"));
    // Kept as a module, not streamed into an instance: after a trap it is instantiated again without a fetch.
    const module = await WebAssembly.compile(await response.arrayBuffer());
    await init({ module_or_path: module });
  })();
  instantiated.catch(() => {
    instantiated = undefined;
  });
  return instantiated;
}

function tagged(error: unknown): Error {
  if (error instanceof WebAssembly.RuntimeError || error instanceof TaggedError) return error;
  return new TaggedError(codeOf(error), messageOf(error));
}
