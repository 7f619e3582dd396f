/** Reads a composer: a draft for the engine, and the way back from its offsets into the page. */
import type { Context } from "../shared/generated/Context.ts";
import type { Draft } from "../shared/generated/Draft.ts";
import type { Media } from "../shared/generated/Media.ts";
import type { UsedReply } from "../shared/generated/UsedReply.ts";
import { bodiesOf, type Composer, type FieldOf, fieldsOf } from "./composer.ts";
import { holds, isTextField, isVisible, words } from "./dom.ts";
import { rangeOf, type Segment, walk } from "./editors/walk.ts";
import { readFirst } from "./reading.ts";
import type { SurfaceRule } from "./site.ts";

/** One field as it was read. */
export interface FieldText extends FieldOf {
  text: string;
  /** Empty for a text field, whose units are those of its value. */
  segments: readonly Segment[];
}

/** Everything of a composer at one moment. */
export interface Snapshot {
  readonly composer: Composer;
  readonly fields: readonly FieldText[];
  readonly draft: Draft;
  readonly context: Context;
  /** Equal keys mean equal drafts in equal circumstances: a verdict for one holds for the other. */
  readonly key: string;
  /** Whether there is nothing that could be sent. */
  readonly empty: boolean;
}

/** Attachments that were seen on their way into a composer, by scope. */
export type Attachments = (scope: Element) => readonly Media[];

/** Reads `composer` now, synchronously. `reply`: the approved reply that was put into it. */
export function snapshotOf(composer: Composer, attachments: Attachments, reply?: UsedReply): Snapshot {
  const { site, rule, scope } = composer;
  const decoy = (element: Element) => site.decoys.matches(element);
  const links: Draft["links"] = [];
  const fields = fieldsOf(composer).map((field): FieldText => {
    if (isTextField(field.element)) {
      return { ...field, text: wellFormed(field.element.value), segments: [] };
    }
    const found = walk(field.element, decoy);
    for (const { start, end, href } of found.links) {
      links.push({ part: field.id, start, end, text: wellFormed(found.text.slice(start, end)), href });
    }
    return { ...field, text: wellFormed(found.text), segments: found.segments };
  });
  links.push(...cardsOf(composer));
  const media = [...mediaOf(composer), ...attachments(scope)];
  const draft: Draft = {
    parts: fields.map(({ id, role, text }) => ({ id, role, text })),
    links,
    media: media.filter((m, at) => m.name === "" || media.findIndex((o) => o.name === m.name) === at),
  };
  if (reply !== undefined) draft.reply = reply;
  const context = contextOf(composer);
  const wordless = fields.every((f) => f.text === "");
  const empty = fields.every((f) => f.text.trim() === "") && links.length === 0 && media.length === 0;
  const limit = limitOf(rule, scope, wordless);
  if (limit !== undefined) context.limit = limit;
  return { composer, fields, draft, context, key: keyOf(draft, context), empty };
}

/** A lone surrogate has no place in the engine's text; U+FFFD keeps every other offset. */
function wellFormed(text: string): string {
  return text.toWellFormed();
}

function keyOf(draft: Draft, context: Context): string {
  const media = draft.media.map((m) => [m.name, m.kind, m.bytes?.length ?? 0, m.alt ?? ""]);
  return JSON.stringify([draft.parts, draft.links, media, draft.reply?.text, context]);
}

/** Link cards: their address is posted whatever became of the text. */
function cardsOf(composer: Composer): Draft["links"] {
  const { rule, scope, bounded } = composer;
  if (rule.cards.empty || !bounded) return [];
  const bodies = bodiesOf(composer);
  return rule.cards
    .any(scope, (a) => a instanceof HTMLAnchorElement && !bodies.some((b) => holds(b, a)) && isVisible(a))
    .map((a) => ({ text: words(a.textContent ?? "", 300), href: (a as HTMLAnchorElement).href }));
}

/** Attachments that the composer shows. Of most sites only that there is one can be seen, and its description. */
function mediaOf(composer: Composer): Media[] {
  const { rule, scope, bounded } = composer;
  if (rule.media.empty || !bounded) return [];
  return rule.media.any(scope, isVisible).map((element): Media => {
    const alt = element.getAttribute("alt") ?? element.querySelector("img")?.getAttribute("alt");
    const kind = element.tagName === "VIDEO" || element.querySelector("video") !== null ? "video" : "image";
    return alt ? { name: "", kind, alt: words(alt, 1000) } : { name: "", kind };
  });
}

function contextOf(composer: Composer): Context {
  const { site, rule, scope, surface } = composer;
  const context: Context = { site: site.id, surface };
  const handle = site.account(rule, scope);
  if (handle !== undefined) context.handle = handle;
  const account = site.kind(scope);
  if (account !== undefined) context.account = account;
  const answering = readFirst(rule.answering, scope);
  if (answering !== undefined) context.answering = answering;
  const audience = site.audience(scope);
  if (audience !== undefined) context.audience = audience;
  const language = composer.editor.closest("[lang]")?.getAttribute("lang");
  // The page's own language says nothing about the draft's; only an editor that is marked does.
  if (language && composer.editor.hasAttribute("lang")) context.language = language.split("-")[0] ?? language;
  return context;
}

/** Limits that pages showed as what is left of them, while nothing was written. */
const shown = new WeakMap<Element, number>();

/** The limit that the page itself shows: servers of one software have limits of their own. */
function limitOf(rule: SurfaceRule, scope: Element, wordless: boolean): number | undefined {
  for (const reading of rule.limitFrom) {
    if (reading.take === "left" && !wordless) continue;
    const limit = Number(readFirst([reading], scope));
    if (!Number.isSafeInteger(limit) || limit <= 0) continue;
    if (reading.take === "left") shown.set(scope, limit);
    return limit;
  }
  return shown.get(scope) ?? rule.ownLimit;
}

/** The field of a snapshot by its id. */
export function fieldById(snapshot: Snapshot, id: string): FieldText | undefined {
  return snapshot.fields.find((field) => field.id === id);
}

/** The range of a span in a contenteditable field. */
export function fieldRange(field: FieldText, start: number, end: number): Range | undefined {
  return isTextField(field.element) ? undefined : rangeOf(field.segments, start, end);
}
