/**
 * Which policies are in force: a managed one where there is one, else those that the person imported, else the core
 * pack of the package.
 */
import { type BundleAnswer, openBundle } from "draftguard-engine";
import { packageUrl } from "../shared/browser.ts";
import type { BundleInfo } from "../shared/protocol.ts";
import { all, put, remove } from "./database.ts";
import { instantiate, probe, TaggedError } from "./engine.ts";

/** The largest policy file that is read, in bytes: four times a list of 100,000 terms. */
const MAX_BYTES = 32 * 1024 * 1024;

/** A policy in force. */
export interface PolicyFile {
  id: string;
  source: "core" | "personal" | "managed";
  bytes: Uint8Array;
  /** When it was imported or fetched (milliseconds since 1970). */
  since?: number;
  /** Whom the policy client trusts for it and how far it has come, where it came as a signed bundle. */
  kept?: string;
  /** Fingerprints of the keys that sign it. */
  signers?: string[];
}

/** The policy that the administrator distributes. */
export interface ManagedFile extends PolicyFile {
  source: "managed";
  /** The address it came from. */
  url: string;
  /** Whom the client trusts and how far it has come: a text of the policy client's own. */
  kept: string;
  version: number;
  /** Seconds since 1970. */
  expires: number;
  since: number;
}

/** There is one address, and so one managed policy. */
const MANAGED_ID = "(managed)";

/** The managed policy that is kept. */
export async function managedFile(): Promise<ManagedFile | undefined> {
  const kept = await all<PolicyFile>("policies");
  return kept.find((policy): policy is ManagedFile => policy.source === "managed");
}

/** Keeps a managed policy in one step, in place of the one before. */
export async function keepManaged(file: Omit<ManagedFile, "id" | "source">): Promise<void> {
  await put("policies", { ...file, id: MANAGED_ID, source: "managed" } satisfies ManagedFile);
  sources = undefined;
}

/** Ends the managed policy: the administrator took its address away. */
export async function forgetManaged(): Promise<void> {
  await remove("policies", MANAGED_ID);
  sources = undefined;
}

/** Kinds of the policies in force; asked on the way of a draft, so not read from the database each time. */
let sources: Promise<PolicyFile["source"][]> | undefined;

/** Whether the administrator distributes the policy in force. */
export async function isManaged(): Promise<boolean> {
  sources ??= inForce().then((policies) => policies.map((policy) => policy.source));
  const known = sources;
  try {
    return (await known).includes("managed");
  } catch (error) {
    if (sources === known) sources = undefined;
    throw error;
  }
}

/** The policies in force, in a fixed order. */
export async function inForce(): Promise<PolicyFile[]> {
  const kept = await all<PolicyFile>("policies");
  const managed = kept.filter((policy) => policy.source === "managed");
  if (managed.length > 0) return managed;
  return kept.length > 0 ? kept : [await core()];
}

/**
 * Keeps a policy that a person imported; one of the same id is replaced.
 * @throws TaggedError `policy-too-large`, `policy-managed`, or the engine's own reason
 */
export async function importPersonal(bytes: Uint8Array, language: string): Promise<void> {
  if (bytes.length > MAX_BYTES) throw new TaggedError("policy-too-large", `more than ${MAX_BYTES} bytes`);
  const there = await all<PolicyFile>("policies");
  if (there.some((policy) => policy.source === "managed")) {
    throw new TaggedError("policy-managed", "policies are distributed by the administrator");
  }
  const opened = isBundle(bytes) ? await open(bytes, there) : undefined;
  const payload = opened?.payload ?? bytes;
  const { id } = await probe(payload, language);
  const before = there.find((policy) => policy.id === id);
  if (before?.kept !== undefined && opened === undefined) {
    throw new TaggedError("bundle-signatures", "the one in force is signed, and this file is not");
  }
  const file: PolicyFile = { id, source: "personal", bytes: payload, since: Date.now() };
  if (opened) Object.assign(file, { kept: opened.kept, signers: opened.signers });
  await put("policies", file);
  sources = undefined;
}

/**
 * What a bundle says of itself, for a person who has to decide whether to believe it.
 * @throws TaggedError where it is not in order, or not signed by whoever signed the one in force
 */
export async function inspect(bytes: Uint8Array): Promise<BundleInfo> {
  if (bytes.length > MAX_BYTES) throw new TaggedError("policy-too-large", `more than ${MAX_BYTES} bytes`);
  if (!isBundle(bytes)) throw new TaggedError("not-a-bundle", "this is not a policy bundle");
  const { policy, version, expires, signers, known } = await open(bytes, await all<PolicyFile>("policies"));
  return { policy, version, expires: expires * 1000, signers, known };
}

type Opened = Extract<BundleAnswer, { kind: "new" }> & { known: boolean };

/** Opens a bundle by the keys of the one in force, or, where there is none, by its own. */
async function open(bytes: Uint8Array, there: PolicyFile[]): Promise<Opened> {
  await instantiate();
  const take = (kept: string | undefined) => {
    const answer = openBundle(kept, bytes, Date.now());
    if (answer.kind !== "new") throw new TaggedError(answer.code, answer.message);
    return answer;
  };
  const first = take(undefined);
  const kept = there.find((policy) => policy.id === first.policy)?.kept;
  return kept === undefined ? { ...first, known: false } : { ...take(kept), known: true };
}

/** Whether bytes begin as a bundle does. */
function isBundle(bytes: Uint8Array): boolean {
  return bytes[0] === 0x44 && bytes[1] === 0x47 && bytes[2] === 0x42;
}

/** Forgets an imported policy; managed ones stay. */
export async function removePersonal(id: string): Promise<void> {
  const kept = await all<PolicyFile>("policies");
  if (kept.some((policy) => policy.id === id && policy.source === "personal")) await remove("policies", id);
  sources = undefined;
}

async function core(): Promise<PolicyFile> {
  const response = await fetch(packageUrl("policies/core.policy"));
  return { id: "core", source: "core", bytes: new Uint8Array(await response.arrayBuffer()) };
}
