/** Compiles a policy that a person chose, as its author wrote it. The compiler is loaded when first needed. */
import type { Outcome } from "draftguard-author";
import { packageUrl } from "../../shared/browser.ts";

/** The payload of a compiled policy, or everything that is wrong with it. */
export interface Authored {
  bytes: Uint8Array;
  outcome: Outcome;
}

/** Whether a file is a policy as people write it. */
export function isAuthored(name: string): boolean {
  return /\.(toml|json)$/i.test(name);
}

/** Compiles `policy`; `beside` are the lists that were chosen with it. */
export async function author(policy: File, beside: File[]): Promise<Authored> {
  const { default: init, compile } = await import("draftguard-author");
  await init({ module_or_path: packageUrl("author.wasm") });
  const files = new Map<string, Uint8Array>();
  for (const file of beside) files.set(file.name, new Uint8Array(await file.arrayBuffer()));
  const compiled = compile(policy.name, await policy.text(), files);
  try {
    return { bytes: compiled.policy(), outcome: compiled.outcome() };
  } finally {
    compiled.free();
  }
}
