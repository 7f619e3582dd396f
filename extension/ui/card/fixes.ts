/** Which fixes go together. Which fixes exist is the engine's decision. */
import type { Action } from "../../shared/generated/Action.ts";
import type { Finding } from "../../shared/generated/Finding.ts";
import type { Fix } from "../../shared/generated/Fix.ts";
import type { Severity } from "../../shared/generated/Severity.ts";

/** Findings of one rule about the same text, shown as one. */
export interface Group {
  /** Stable while the same text is found, so that the focus stays through an update. */
  key: string;
  finding: Finding;
  all: Finding[];
  /** What else is wrong with the tone of the same words: said with it, so that one remark is one thing to look at. */
  also: Finding[];
}

/** Findings as the card lists them, in the report's order. */
export function grouped(findings: Finding[]): Group[] {
  const groups = new Map<string, Group>();
  for (const finding of findings) {
    const around = [...groups.values()].find((group) => group.all.some((other) => covers(other, finding)));
    if (around) {
      if (!around.also.some(({ rule }) => rule === finding.rule)) around.also.push(finding);
      continue;
    }
    // What stands nowhere in the text (a missing disclaimer), or may not be shown, is not grouped by its text.
    const own = finding.text === "" ? `${finding.part}:${finding.start}` : finding.text.toLowerCase();
    const key = `${finding.rule}\n${own}`;
    const group = groups.get(key);
    if (group) group.all.push(finding);
    else groups.set(key, { key, finding, all: [finding], also: [] });
  }
  return [...groups.values()];
}

const STRICT: Record<Action, number> = { note: 0, warn: 1, justify: 2, approve: 3, block: 4 };

/** Whether two rules of tone speak of the same words, and the first says enough. */
function covers(first: Finding, other: Finding): boolean {
  return (
    first.kind === "tone" &&
    other.kind === "tone" &&
    first.rule !== other.rule &&
    first.part === other.part &&
    first.start <= other.start &&
    other.end <= first.end &&
    STRICT[other.action] <= STRICT[first.action]
  );
}

type Edit = Extract<Fix, { kind: "replace" | "remove" | "insert" }>;

/** Whether a fix changes the text. */
export function isEdit(fix: Fix): fix is Edit {
  return fix.kind === "replace" || fix.kind === "remove" || fix.kind === "insert";
}

function span(fix: Edit): [number, number] {
  return fix.kind === "insert" ? [fix.at, fix.at] : [fix.start, fix.end];
}

/** Edits of which no two touch the same text, last first, as they have to be written. */
export function compatible(edits: Edit[]): Edit[] {
  const taken: Edit[] = [];
  for (const edit of edits) {
    const [start, end] = span(edit);
    const clashes = taken.some((other) => {
      if (other.part !== edit.part) return false;
      const [from, to] = span(other);
      // Two insertions at one place are one requirement met twice.
      return start === end && from === to ? start === from : start < to && from < end;
    });
    if (!clashes) taken.push(edit);
  }
  return taken.sort((a, b) => {
    if (a.part !== b.part) return a.part < b.part ? -1 : 1;
    const [startA, endA] = span(a);
    const [startB, endB] = span(b);
    // What is inserted before a span stands before it: written after it.
    return startB - startA || endB - endA;
  });
}

/** The edits of a group that do what `fix` does for its first finding. */
export function sameForAll(group: Group, fix: Edit): Edit[] {
  const at = group.finding.fixes.indexOf(fix);
  const edits = group.all.flatMap((finding) => {
    const own = finding.fixes[at];
    return own && own.kind === fix.kind && isEdit(own) ? [own] : [];
  });
  return compatible(edits);
}

/**
 * The edits of "Fix all": for each finding its best fix, where that puts something approved in place or adds what is
 * missing. Taking words out is left to a person who sees the sentence.
 */
export function safeEdits(findings: Finding[]): Edit[] {
  return compatible(
    findings.flatMap((finding) => {
      const best = finding.fixes.find(isEdit);
      return best && best.kind !== "remove" ? [best] : [];
    }),
  );
}

const WEIGHT: Record<Severity, number> = { low: 0, medium: 1, high: 2 };

/** The heaviest weight among findings. */
export function heaviest(findings: Finding[]): Severity {
  return findings.reduce<Severity>(
    (most, { severity }) => (WEIGHT[severity] > WEIGHT[most] ? severity : most),
    "low",
  );
}
