/** Spans that follow the text while the next check is under way. */
import type { Finding } from "../shared/generated/Finding.ts";

/** One replaced stretch between two texts. */
export interface Edit {
  start: number;
  /** End in the old text. */
  oldEnd: number;
  /** End in the new text. */
  newEnd: number;
}

/** The smallest single edit that leads from `before` to `after`; none where they are equal. */
export function editBetween(before: string, after: string): Edit | undefined {
  if (before === after) return undefined;
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before.charCodeAt(start) === after.charCodeAt(start)) start += 1;
  let tail = 0;
  while (
    tail < most - start &&
    before.charCodeAt(before.length - 1 - tail) === after.charCodeAt(after.length - 1 - tail)
  ) {
    tail += 1;
  }
  return { start, oldEnd: before.length - tail, newEnd: after.length - tail };
}

/** Longer changes are not followed: what looks like one edit may be several. */
const FOLLOWED = 200;

/**
 * Where a span stands after an edit; none where the edit touches it, also at its ends: "hawk" becomes another word
 * when an "s" is typed right behind it.
 */
export function follow(
  span: { start: number; end: number },
  edit: Edit,
): { start: number; end: number } | undefined {
  if (edit.newEnd - edit.start > FOLLOWED || edit.oldEnd - edit.start > FOLLOWED) return undefined;
  if (edit.start > span.end) return span;
  if (edit.oldEnd < span.start) {
    const by = edit.newEnd - edit.oldEnd;
    return { start: span.start + by, end: span.end + by };
  }
  return undefined;
}

/** The findings of one report as they stand in newer texts of the same parts. */
export function followAll(
  findings: readonly Finding[],
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): Finding[] {
  const edits = new Map<string, Edit | undefined | null>();
  for (const [part, old] of before) {
    const now = after.get(part);
    edits.set(part, now === undefined ? null : editBetween(old, now));
  }
  return findings.flatMap((finding) => {
    if (finding.part === "") return [finding];
    const edit = edits.get(finding.part);
    if (edit === null) return [];
    if (edit === undefined) return [finding];
    const span = follow(finding, edit);
    return span === undefined ? [] : [{ ...finding, ...span }];
  });
}
