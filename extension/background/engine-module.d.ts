/**
 * The wasm module of the engine, as wasm-bindgen generates it (target `web`, with its reset function) from
 * `crates/wasm`. The build resolves the name; nothing is checked in.
 */
declare module "draftguard-engine" {
  import type { Context } from "../shared/generated/Context.ts";
  import type { Draft } from "../shared/generated/Draft.ts";
  import type { Handbook } from "../shared/generated/Handbook.ts";
  import type { Report } from "../shared/generated/Report.ts";
  import type { Summary } from "../shared/generated/Summary.ts";

  /** Instantiates once; later calls do nothing. */
  export default function init(options: { module_or_path: WebAssembly.Module }): Promise<unknown>;

  /** Replaces the instance, after a trap, with a new one of the same module. Every object made before is void. */
  export function __wbg_reset_state(): void;

  /** Policies in force, made ready to check drafts. Errors are thrown as `{name, code, message}`. */
  export class Engine {
    /** `policies`: compiled policies, the payload of their files. */
    constructor(policies: Uint8Array[]);
    check(draft: Draft, context: Context): Report;
    /** The policies in force, in the order given, named in `language`. */
    describe(language: string): Summary[];
    /** The policies in force as people read them, in `language`. */
    handbook(language: string): Handbook[];
    free(): void;
  }
}
