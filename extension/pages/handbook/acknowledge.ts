/** What somebody has read, and what is different now. */
import type { Handbook } from "../../shared/generated/Handbook.ts";

/** A version that was read, with the marks of its rules. */
export interface Acknowledged {
  version: number;
  /** Milliseconds since 1970. */
  time: number;
  /** Mark and title of each rule, by id. */
  rules: Record<string, { mark: string; title: string }>;
}

export interface Change {
  id: string;
  title: string;
  kind: "added" | "changed" | "removed";
}

function rulesOf(book: Handbook): Acknowledged["rules"] {
  return Object.fromEntries(
    book.sections.flatMap(({ rules }) => rules.map(({ id, mark, title }) => [id, { mark, title }])),
  );
}

/** Remembers that a version was read. */
export function acknowledge(book: Handbook, time: number): Acknowledged {
  return { version: book.version, time, rules: rulesOf(book) };
}

/** What is different from what was read; nothing for the same version. */
export function changesSince(read: Acknowledged, book: Handbook): Change[] {
  if (read.version === book.version) return [];
  const now = rulesOf(book);
  const changes: Change[] = [];
  for (const [id, { mark, title }] of Object.entries(now)) {
    const before = read.rules[id];
    if (!before) changes.push({ id, title, kind: "added" });
    else if (before.mark !== mark) changes.push({ id, title, kind: "changed" });
  }
  for (const [id, { title }] of Object.entries(read.rules)) {
    if (!now[id]) changes.push({ id, title, kind: "removed" });
  }
  return changes;
}
