/** What was held and how it went on: on this device only, and without a word of any draft unless the person wants it. */
import type { HistoryEntry, HistoryEvent } from "../shared/protocol.ts";
import { all, clear, put, remove } from "./database.ts";

/** Entries kept: about a year of a busy person. Older ones go first. */
const KEPT = 2000;

const OUTCOMES = new Set<string>([
  "held",
  "fixed",
  "edited",
  "posted-anyway",
  "let-go",
  "false-positive",
  "unavailable",
  "observed",
]);

const VERDICTS = new Set<string>(["clear", "note", "warn", "justify", "approve", "block"]);

/** A text is kept up to this length, in UTF-16 units: the longest post of the sites that most people use. */
const TEXT = 5000;

const HOUR_MS = 3_600_000;

/** Ids of sites, rules and reasons: nothing that could carry a sentence. */
const ID = /^[\p{L}\p{N}._:-]{1,128}$/u;

let last = 0;

/**
 * Keeps an event, its text only with `keepText`. What does not look like one is dropped: a page process may be
 * compromised.
 */
export async function record(event: HistoryEvent, site: string, keepText: boolean): Promise<void> {
  if (!OUTCOMES.has(event.outcome) || !Array.isArray(event.rules)) return;
  // The key is the time; two events of one millisecond must not replace each other.
  last = Math.max(Date.now(), last + 1);
  const entry: HistoryEntry = {
    time: last,
    site,
    rules: event.rules.filter((rule) => typeof rule === "string" && ID.test(rule)).slice(0, 50),
    outcome: event.outcome,
  };
  if (event.verdict !== undefined && VERDICTS.has(event.verdict)) entry.verdict = event.verdict;
  if (typeof event.reason === "string" && ID.test(event.reason)) entry.reason = event.reason;
  for (const key of ["text", "words"] as const) {
    const said = event[key];
    if (keepText && typeof said === "string" && said !== "") entry[key] = said.slice(0, TEXT).toWellFormed();
  }
  await put("events", entry);
  const entries = await all<HistoryEntry>("events");
  const oldest = entries[entries.length - KEPT];
  if (oldest) await remove("events", IDBKeyRange.upperBound(oldest.time, true));
}

/** Everything kept, newest first. */
export async function entries(): Promise<HistoryEntry[]> {
  return (await all<HistoryEntry>("events")).reverse();
}

/** How many cards of the action `warn` held a post on a site within the last hour. */
export async function warned(site: string): Promise<number> {
  const recent = await all<HistoryEntry>("events", IDBKeyRange.lowerBound(Date.now() - HOUR_MS));
  return recent.filter((e) => e.site === site && e.outcome === "held" && e.verdict === "warn").length;
}

/** Forgets the texts; what happened stays. */
export async function forgetTexts(): Promise<void> {
  for (const { text, words, ...rest } of await all<HistoryEntry>("events")) {
    if (text !== undefined || words !== undefined) await put("events", rest);
  }
}

/** Forgets everything. */
export async function forget(): Promise<void> {
  await clear("events");
}
