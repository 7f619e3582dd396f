/** What is read off a page beside the draft: names, limits, the text above, and signs of who sees a post. */
import { pathFits } from "../shared/address.ts";
import type { Reading, Sign } from "../shared/site-file.ts";
import { outwards, words } from "./dom.ts";

/** The first of the readings that finds something. */
export function readFirst(readings: readonly Reading[], scope: Element): string | undefined {
  for (const reading of readings) {
    const found = read(reading, scope);
    if (found !== undefined && found !== "") return found;
  }
  return undefined;
}

/** What the first sign that holds tells. */
export function firstSign<T>(signs: readonly Sign<T>[], scope: Element): T | undefined {
  return signs.find((sign) => holdsTrue(sign, scope))?.means;
}

function holdsTrue<T>(sign: Sign<T>, scope: Element): boolean {
  const { path = [], select, words: wanted = [] } = sign;
  if (path.length > 0 && !path.some((p) => pathFits(location.pathname, p))) return false;
  if (select === undefined) return path.length > 0;
  const element = first(sign.page ? document : scope, select);
  if (element === null) return false;
  const said = rawOf(element, sign.read ?? "text").toLowerCase();
  return wanted.length === 0 || wanted.some((word) => said.includes(word.toLowerCase()));
}

function read(reading: Reading, scope: Element): string | undefined {
  const element = first(placeOf(reading, scope), reading.select);
  if (element === null) return undefined;
  const raw = between(rawOf(element, reading.read ?? "text"), reading);
  return raw === undefined ? undefined : take(raw, reading.take ?? "all");
}

function placeOf({ page, around }: Reading, scope: Element): ParentNode | undefined {
  if (page) return document;
  if (around === undefined) return scope;
  try {
    for (const element of outwards(scope)) if (element.matches(around)) return element;
  } catch {
    // A selector that the browser refuses finds nothing.
  }
  return undefined;
}

function first(root: ParentNode | undefined, select: string): Element | null {
  try {
    return root?.querySelector(select) ?? null;
  } catch {
    return null;
  }
}

function rawOf(element: Element, what: string): string {
  if (what.startsWith("@")) return element.getAttribute(what.slice(1)) ?? "";
  if (what === "value") return (element as HTMLInputElement).value ?? "";
  if (what === "path") return location.pathname;
  return element.textContent ?? "";
}

/** What stands between the words that the reading names. */
export function between(raw: string, { after = [], before = [] }: Partial<Reading>): string | undefined {
  let rest: string | undefined = raw;
  if (after.length > 0) {
    const word = after.find((w) => raw.includes(w));
    rest = word === undefined ? undefined : raw.slice(raw.indexOf(word) + word.length);
  }
  if (rest !== undefined && before.length > 0) {
    const text: string = rest;
    const word = before.find((w) => text.includes(w));
    rest = word === undefined ? undefined : text.slice(0, text.indexOf(word));
  }
  return rest;
}

/** What is kept of something read off a page. */
export function take(raw: string, how: NonNullable<Reading["take"]>): string | undefined {
  switch (how) {
    case "all":
      return words(raw);
    case "first-line":
      return words(raw.trim().split("\n")[0] ?? "");
    case "handle":
      return /@([\w.-]+(?:@[\w.-]+)?)/u.exec(raw)?.[1];
    case "last-segment":
      return raw.split(/[?#]/u)[0]?.replace(/\/+$/u, "").split("/").pop()?.replace(/^@/u, "") || undefined;
    case "number":
    case "left":
      return /(\d+)\D*$/u.exec(raw.replace(/[.,\s](?=\d{3}\b)/gu, ""))?.[1];
  }
}
