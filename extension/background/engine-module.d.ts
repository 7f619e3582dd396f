/**
 * The wasm module of the engine, as wasm-bindgen generates it (target `web`, with its reset function) from
 * `crates/wasm`. The build resolves the name; nothing is checked in.
 */
declare module "draftguard-engine" {
  import type { Context } from "../shared/generated/Context.ts";
  import type { Draft } from "../shared/generated/Draft.ts";
  import type { Handbook } from "../shared/generated/Handbook.ts";
  import type { Help } from "../shared/generated/Help.ts";
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
    /** Who answers such posts, and the approved replies. */
    help(draft: Draft, context: Context): Help;
    /** The policies in force, in the order given, named in `language`. */
    describe(language: string): Summary[];
    sites(): string[];
    /** The policies in force as people read them, in `language`. */
    handbook(language: string): Handbook[];
    free(): void;
  }

  /** Managed settings after they were checked. */
  export interface Managed {
    policy_url?: string;
    keys?: { keys: string[]; threshold: number };
    role?: string;
    language?: string;
    refresh_minutes: number;
    /** Hosts that are checked besides the known sites. */
    sites: string[];
    problems: { setting: string; message: string }[];
  }

  /** How asking for the bundle ended. `payload`: the compiled policy. `kept`: to be handed back next time. */
  export type BundleAnswer =
    | {
        kind: "new";
        payload: Uint8Array;
        kept: string;
        policy: string;
        version: number;
        expires: number;
        /** Fingerprints of the keys that are trusted from now on. */
        signers: string[];
      }
    | { kind: "refused" | "failed"; code: string; message: string };

  export function readManaged(settings: unknown): Managed;
  /** Milliseconds until the next fetch; `random` from 0 to 1. */
  export function nextFetchMs(refreshMinutes: number, failures: number, random: number): number;
  /** `expires` in seconds, `nowMs` in milliseconds since 1970. */
  export function isStale(kept: string, expires: number, nowMs: number): boolean;
  /** Opens a bundle that a person brought along; `kept` of the version before, where there is one. */
  export function openBundle(kept: string | undefined, bundle: Uint8Array, nowMs: number): BundleAnswer;
  export function fetchBundle(
    settings: unknown,
    kept: string | undefined,
    nowMs: number,
  ): Promise<BundleAnswer>;
}
