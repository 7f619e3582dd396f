/** Sites as the content script uses them: selectors tried, readings made, the right site picked for a page. */
import { hostFits, pathFits } from "../shared/address.ts";
import type { PartRole } from "../shared/generated/PartRole.ts";
import type { Surface } from "../shared/generated/Surface.ts";
import type { Key, Reading, SiteFile, SurfaceFile } from "../shared/site-file.ts";
import { words } from "./dom.ts";
import { type Broken, Selectors } from "./selectors.ts";

/** One kind of compose box, ready for use. */
export interface SurfaceRule {
  readonly surface: Surface;
  readonly path: readonly string[];
  readonly inside: Selectors;
  readonly has: Selectors;
  readonly editors: Selectors;
  readonly scope: Selectors;
  readonly fields: readonly { role: PartRole; select: Selectors }[];
  readonly submit: Selectors;
  readonly submitText?: { select: Selectors; labels: ReadonlySet<string>; last: boolean };
  readonly confirm: Selectors;
  readonly keys: ReadonlySet<Key>;
  readonly press: boolean;
  readonly several: boolean;
  readonly answering: readonly Reading[];
  readonly cards: Selectors;
  readonly media: Selectors;
  readonly limitFrom: readonly Reading[];
}

/** A site, ready for use. Made when the first compose box is looked for, not when a page loads. */
export class Site {
  readonly id: string;
  readonly notSubmit: Selectors;
  readonly decoys: Selectors;
  readonly surfaces: readonly SurfaceRule[];
  /** What stands behind the site's own rules: how a compose box looks anywhere. */
  readonly fallback: SurfaceRule | undefined;
  readonly notFallback: Selectors;

  constructor(
    readonly file: SiteFile,
    broken: Broken,
    generic?: SiteFile,
  ) {
    const list = (selectors: readonly string[] | undefined) => new Selectors(selectors, broken);
    this.id = file.id;
    this.notSubmit = list(file.not_submit);
    this.decoys = list(file.decoys);
    this.surfaces = file.surfaces.map((s) => surfaceRule(s, list));
    const [general] = generic === undefined || generic.id === file.id ? [] : generic.surfaces;
    this.fallback = general === undefined ? undefined : surfaceRule(general, list);
    this.notFallback = list(generic?.not_submit);
  }

  /** The handle of the acting account, where the page shows it. */
  account(scope: Element): string | undefined {
    return readFirst(this.file.account ?? [], scope);
  }

  audience(scope: Element): string | undefined {
    return readFirst(this.file.audience ?? [], scope);
  }
}

function surfaceRule(
  file: SurfaceFile,
  list: (selectors: readonly string[] | undefined) => Selectors,
): SurfaceRule {
  const rule = {
    surface: file.surface,
    path: file.when?.path ?? [],
    inside: list(file.when?.inside),
    has: list(file.when?.has),
    editors: list(file.editors),
    scope: list(file.scope),
    fields: (file.fields ?? []).map((field) => ({ role: field.role, select: list(field.select) })),
    submit: list(file.submit),
    confirm: list(file.confirm),
    keys: new Set(file.keys ?? []),
    press: file.press ?? false,
    several: file.several ?? false,
    answering: file.answering ?? [],
    cards: list(file.cards),
    media: list(file.media),
    limitFrom: file.limit_from ?? [],
  };
  if (file.submit_text === undefined) return rule;
  const { select, labels, last } = file.submit_text;
  return {
    ...rule,
    submitText: {
      select: list([select]),
      labels: new Set((labels ?? []).map((label) => label.toLowerCase())),
      last: last ?? false,
    },
  };
}

/**
 * The file that fits a page. Hosts decide before markers, and `marked` is asked last, since it looks into the page.
 */
export function pickSite(
  files: readonly SiteFile[],
  host: string,
  path: string,
  marked: (marker: string) => boolean,
): SiteFile | undefined {
  const onPath = (file: SiteFile) =>
    file.paths === undefined || file.paths.length === 0 || file.paths.some((p) => pathFits(path, p));
  return (
    files.find((file) => file.hosts?.some((h) => hostFits(host, h)) && onPath(file)) ??
    files.find((file) => file.marker !== undefined && onPath(file) && marked(file.marker))
  );
}

/** The first of the readings that finds something. */
export function readFirst(readings: readonly Reading[], scope: Element): string | undefined {
  for (const reading of readings) {
    const found = read(reading, scope);
    if (found !== undefined && found !== "") return found;
  }
  return undefined;
}

function read(reading: Reading, scope: Element): string | undefined {
  let element: Element | null;
  try {
    element = (reading.page ? document : scope).querySelector(reading.select);
  } catch {
    return undefined;
  }
  if (element === null) return undefined;
  return take(rawOf(element, reading.read ?? "text"), reading.take ?? "all");
}

function rawOf(element: Element, what: string): string {
  if (what.startsWith("@")) return element.getAttribute(what.slice(1)) ?? "";
  if (what === "value") return (element as HTMLInputElement).value ?? "";
  return element.textContent ?? "";
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
