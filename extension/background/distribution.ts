/**
 * The company's policy in every browser: managed settings name an address and the keys that may sign; the bundle is
 * fetched by Rust, which alone decides whether it is trusted, and the last good one stays in force whatever comes.
 */
import { fetchBundle, isStale, type Managed, nextFetchMs, readManaged } from "draftguard-engine";
import { alarmAt, messageOf } from "../shared/browser.ts";
import type { DistributionView } from "../shared/protocol.ts";
import { registerAdded } from "./access.ts";
import { instantiate } from "./engine.ts";
import { forgetManaged, keepManaged, type ManagedFile, managedFile } from "./policies.ts";

/** The alarm that wakes the worker for the next fetch. */
export const FETCH_ALARM = "fetch-policy";

/** How the last fetch ended, where it did not bring or confirm a policy. */
interface Trouble {
  kind: "refused" | "failed";
  code: string;
  message: string;
}

export class Distribution {
  readonly #settings: () => Promise<unknown>;
  /** Told after another policy came into force. */
  readonly #changed: () => void;
  #running: Promise<void> | undefined;
  #trouble: Trouble | undefined;
  #failures = 0;

  /** `settings` gives the managed settings as they were mirrored, unchecked. */
  constructor(settings: () => Promise<unknown>, changed: () => void) {
    this.#settings = settings;
    this.#changed = changed;
  }

  /** Fetches now, unless a fetch is under way already; then that one is waited for. */
  refresh(): Promise<void> {
    this.#running ??= this.#refresh().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  /** What the popup says about it; none where nothing is managed. */
  async view(): Promise<DistributionView | undefined> {
    const managed = await this.#managed();
    const kept = await managedFile();
    if (!managed.policy_url && !kept && managed.problems.length === 0) return undefined;
    return {
      state: this.#state(kept),
      problems: managed.problems,
      ...(kept ? { version: kept.version, since: kept.since, expires: kept.expires * 1000 } : {}),
      ...(this.#trouble ? { code: this.#trouble.code, message: this.#trouble.message } : {}),
    };
  }

  #state(kept: ManagedFile | undefined): DistributionView["state"] {
    if (this.#running) return "fetching";
    const stale = kept !== undefined && isStale(kept.kept, kept.expires, Date.now());
    // A host that goes on sending what has expired sends nothing new that could be refused.
    if (stale && this.#trouble?.code === "bundle-expired") return "stale";
    if (this.#trouble?.kind === "refused") return kept ? "refused" : "none";
    if (stale) return "stale";
    if (this.#trouble) return kept ? "unreachable" : "none";
    return kept ? "current" : "none";
  }

  /** Hosts that the administrator added. */
  async sites(): Promise<string[]> {
    return (await this.#managed()).sites;
  }

  async #managed(): Promise<Managed> {
    await instantiate();
    return readManaged((await this.#settings()) ?? {});
  }

  async #refresh(): Promise<void> {
    // A browser that refuses a script for some host still gets its policy.
    await registerAdded(await this.sites()).catch(() => undefined);
    const raw = (await this.#settings()) ?? {};
    const managed = await this.#managed();
    const kept = await managedFile();
    if (!managed.policy_url || !managed.keys) {
      await alarmAt(FETCH_ALARM, undefined);
      this.#trouble = undefined;
      // Only an administrator who took the address away ends the policy; a setting that cannot be used does not.
      if (kept && managed.problems.length === 0) {
        await forgetManaged();
        this.#changed();
      }
      return;
    }
    // The policy of another address is not this one's: neither its version nor its keys bind here.
    const same = kept?.url === managed.policy_url ? kept : undefined;
    let answer: Awaited<ReturnType<typeof fetchBundle>>;
    try {
      answer = await fetchBundle(raw, same?.kept, Date.now());
    } catch (error) {
      answer = { kind: "failed", code: "fetch-failed", message: messageOf(error) };
    }
    switch (answer.kind) {
      case "new":
        await keepManaged({
          url: managed.policy_url,
          bytes: answer.payload,
          kept: answer.kept,
          version: answer.version,
          expires: answer.expires,
          since: same?.version === answer.version ? same.since : Date.now(),
        });
        this.#done();
        if (same?.version !== answer.version) this.#changed();
        break;
      default:
        this.#trouble = answer;
        this.#failures += 1;
    }
    await alarmAt(
      FETCH_ALARM,
      Date.now() + nextFetchMs(managed.refresh_minutes, this.#failures, Math.random()),
    );
  }

  #done(): void {
    this.#trouble = undefined;
    this.#failures = 0;
  }
}
