/** Sites as the content script uses them: selectors tried, readings made, the right site picked for a page. */
import { hostFits, pathFits } from "../shared/address.ts";
import type { AccountKind } from "../shared/generated/AccountKind.ts";
import type { Audience } from "../shared/generated/Audience.ts";
import type { PartRole } from "../shared/generated/PartRole.ts";
import type { Surface } from "../shared/generated/Surface.ts";
import type { Key, Reading, SiteFile, SubmitText, SurfaceFile } from "../shared/site-file.ts";
import { firstSign, readFirst } from "./reading.ts";
import { type Broken, Selectors } from "./selectors.ts";

/** A control known by its words. */
export interface ByWords {
  readonly select: Selectors;
  readonly labels: ReadonlySet<string>;
  readonly last: boolean;
}

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
  readonly submitText?: ByWords;
  readonly confirm: Selectors;
  readonly confirmText?: ByWords;
  readonly keys: ReadonlySet<Key>;
  readonly press: boolean;
  readonly several: boolean;
  readonly answering: readonly Reading[];
  readonly account: readonly Reading[];
  readonly cards: Selectors;
  readonly media: Selectors;
  readonly limitFrom: readonly Reading[];
  /** Its own limit, where the site has boxes of this surface with others; 0: it has none. */
  readonly ownLimit?: number;
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
    this.surfaces = file.surfaces.map((s) => ({ ...surfaceRule(s, list), ...ownLimit(s, file.surfaces) }));
    const [general] = generic === undefined || generic.id === file.id ? [] : generic.surfaces;
    this.fallback = general === undefined ? undefined : surfaceRule(general, list);
    this.notFallback = list(generic?.not_submit);
  }

  /** The handle of the acting account, where the page shows it. */
  account(rule: SurfaceRule, scope: Element): string | undefined {
    return readFirst(rule.account, scope) ?? readFirst(this.file.account ?? [], scope);
  }

  /** Whose account it is, where the page itself says so; the company's list of accounts is the engine's to ask. */
  kind(scope: Element): AccountKind | undefined {
    return firstSign(this.file.kind ?? [], scope);
  }

  audience(scope: Element): Audience | undefined {
    return firstSign(this.file.audience ?? [], scope);
  }
}

/** The engine knows one limit for a surface, the largest of its boxes. */
function ownLimit(file: SurfaceFile, all: readonly SurfaceFile[]): { ownLimit?: number } {
  const most = Math.max(0, ...all.filter((s) => s.surface === file.surface).map((s) => s.limit?.max ?? 0));
  const own = file.limit?.max ?? 0;
  return own === most ? {} : { ownLimit: own };
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
    account: file.account ?? [],
    cards: list(file.cards),
    media: list(file.media),
    limitFrom: file.limit_from ?? [],
  };
  const byWords = ({ select, labels, last }: SubmitText): ByWords => ({
    select: list([select]),
    labels: new Set((labels ?? []).map((label) => label.toLowerCase())),
    last: last ?? false,
  });
  return {
    ...rule,
    ...(file.submit_text && { submitText: byWords(file.submit_text) }),
    ...(file.confirm_text && { confirmText: byWords(file.confirm_text) }),
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
