/**
 * The wasm module of the policy compiler, as wasm-bindgen generates it from `crates/author`. The build resolves the
 * name; nothing is checked in.
 */
declare module "draftguard-author" {
  /** Instantiates once; later calls do nothing. */
  export default function init(options: { module_or_path: string }): Promise<unknown>;

  /** Compiles a policy; `files` holds what stands beside it. */
  export function compile(name: string, text: string, files: Map<string, Uint8Array>): Compiled;

  export class Compiled {
    /** The payload that the engine loads; empty where the policy was refused. */
    policy(): Uint8Array;
    outcome(): Outcome;
    free(): void;
  }

  export interface Outcome {
    ok: boolean;
    problems: Problem[];
    /** Examples of the policy that do not hold, in words. */
    failures: string[];
    /** Whether it was refused for a concealed list, which would lie here in clear. */
    concealed: boolean;
  }

  export interface Problem {
    level: "error" | "warning";
    code: string;
    message: string;
    help?: string;
    location?: { file: string; line: number; column: number; width: number; text: string };
  }
}
