/** What was held and how it went on: on this device only, and without a word of any draft. */
import type { HistoryEntry, HistoryEvent } from "../shared/protocol.ts";
import { all, clear, put, remove } from "./database.ts";

/** Entries kept: about a year of a busy person. Older ones go first. */
const KEPT = 2000;

const OUTCOMES = new Set<string>([
  "held",
  "fixed",
  "edited",
  "posted-anyway",
  "false-positive",
  "unavailable",
]);

/** Ids of sites, rules and reasons: nothing that could carry a sentence. */
const ID = /^[\p{L}\p{N}._:-]{1,128}$/u;

let last = 0;

/** Keeps an event. What does not look like one is dropped: a page process may be compromised. */
export async function record(event: HistoryEvent, site: string): Promise<void> {
  if (!OUTCOMES.has(event.outcome) || !Array.isArray(event.rules)) return;
  // The key is the time; two events of one millisecond must not replace each other.
  last = Math.max(Date.now(), last + 1);
  const entry: HistoryEntry = {
    time: last,
    site,
    rules: event.rules.filter((rule) => typeof rule === "string" && ID.test(rule)).slice(0, 50),
    outcome: event.outcome,
  };
  if (typeof event.reason === "string" && ID.test(event.reason)) entry.reason = event.reason;
  await put("events", entry);
  const entries = await all<HistoryEntry>("events");
  const oldest = entries[entries.length - KEPT];
  if (oldest) await remove("events", IDBKeyRange.upperBound(oldest.time, true));
}

/** Everything kept, newest first. */
export async function entries(): Promise<HistoryEntry[]> {
  return (await all<HistoryEntry>("events")).reverse();
}

/** Forgets everything. */
export async function forget(): Promise<void> {
  await clear("events");
}
