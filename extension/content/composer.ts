/**
 * Which compose box somebody is in, and which control sends it. Nothing is remembered about the page: nodes are
 * resolved at the time of an event, because sites rebuild their composers at will.
 */
import { pathFits } from "../shared/address.ts";
import type { PartRole } from "../shared/generated/PartRole.ts";
import type { Surface } from "../shared/generated/Surface.ts";
import { holds, isVisible, outwards } from "./dom.ts";
import { rootOf } from "./selectors.ts";
import type { ByWords, Site, SurfaceRule } from "./site.ts";

/** A text field of a composer. */
export interface FieldOf {
  id: string;
  role: PartRole;
  element: Element;
}

/** A compose box with everything that is sent with it. */
export interface Composer {
  readonly site: Site;
  readonly rule: SurfaceRule;
  readonly surface: Surface;
  /** Holds the whole draft. */
  readonly scope: Element;
  /** Whether the site's data names the scope, or the scope holds a control that sends. */
  readonly bounded: boolean;
  /** The field that led here. */
  readonly editor: Element;
}

/** How far above an editor a control that sends is looked for. */
const CLIMB = 24;

/** What was found for an editor, for the events of typing: none of them sends anything. */
const found = new WeakMap<Element, { composer: Composer; path: string; until: number }>();

/** For how long typing relies on what was found, in milliseconds. */
const RELIES = 1000;

/** As {@link composerOf}, for events that send nothing: may be up to a second old. */
export function knownComposerOf(site: Site, editor: Element): Composer | undefined {
  const known = found.get(editor);
  const fits =
    known !== undefined &&
    known.composer.site === site &&
    known.path === location.pathname &&
    known.until > performance.now() &&
    known.composer.scope.isConnected;
  return fits ? known.composer : composerOf(site, editor);
}

/** The composer that `editor` belongs to; none where the site's data knows no such compose box. */
export function composerOf(site: Site, editor: Element): Composer | undefined {
  const composer = resolve(site, editor);
  if (composer === undefined) found.delete(editor);
  else found.set(editor, { composer, path: location.pathname, until: performance.now() + RELIES });
  return composer;
}

function resolve(site: Site, editor: Element, rules = site.surfaces): Composer | undefined {
  for (const rule of rules) {
    const body = rule.editors.matches(editor);
    const field = !body && rule.fields.some((f) => f.select.matches(editor));
    if (!body && !field) continue;
    if (rule.path.length > 0 && !rule.path.some((p) => pathFits(location.pathname, p))) continue;
    if (!rule.inside.empty && rule.inside.closest(editor) === undefined) continue;
    const { scope, bounded } = scopeOf(site, rule, editor);
    // A field alone makes no compose box: somewhere around it must be the text it belongs to.
    if (field && rule.editors.first(scope, isVisible) === undefined) continue;
    if (!rule.has.empty && !scopeHas(rule, scope)) continue;
    const composer: Composer = { site, rule, surface: rule.surface, scope, bounded, editor };
    if (rule.surface !== "post" || !rule.several || bodiesOf(composer).length < 2) return composer;
    return { ...composer, surface: "thread" };
  }
  return rules === site.surfaces ? behind(site, editor) : undefined;
}

/** A compose box on a known site that none of its rules knows: the site has changed, or was never known well. */
function behind(site: Site, editor: Element): Composer | undefined {
  const rule = site.fallback;
  if (rule === undefined || !rule.editors.matches(editor) || site.decoys.matches(editor)) return undefined;
  if (site.notFallback.matches(editor) || site.surfaces.some((s) => s.editors.matches(editor)))
    return undefined;
  const { scope, bounded } = scopeOf(site, rule, editor);
  // Without a control that sends, a text field is a search, a setting or a note.
  if (!bounded) return undefined;
  const aside = site.surfaces.some(
    (s) => s.surface === "message" && s.path.some((p) => pathFits(location.pathname, p)),
  );
  return { site, rule, surface: aside ? "message" : rule.surface, scope, bounded, editor };
}

function scopeHas(rule: SurfaceRule, scope: Element): boolean {
  if (rule.has.first(scope) !== undefined || rule.has.matches(scope)) return true;
  const dialog = scope.closest("dialog, [role=dialog], [aria-modal=true]");
  return dialog !== null && rule.has.first(dialog) !== undefined;
}

function scopeOf(site: Site, rule: SurfaceRule, editor: Element): { scope: Element; bounded: boolean } {
  const named = rule.scope.closest(editor);
  if (named !== undefined) return { scope: named, bounded: true };
  for (const element of outwards(editor, CLIMB)) {
    if (element === editor) continue;
    if (element === document.body || element === document.documentElement) break;
    if (!rule.several && rule.editors.any(element, isVisible).some((e) => !related(e, editor))) break;
    // What sends another kind of box does not send this one.
    if (
      site.surfaces.some(
        (other) =>
          other !== rule &&
          other.editors.any(
            element,
            (e) => (rule === site.fallback || !rule.editors.matches(e)) && !isField(rule, e) && isVisible(e),
          ).length > 0,
      )
    )
      break;
    if (controlsIn(site, rule, element).length > 0) return { scope: element, bounded: true };
  }
  return { scope: editor, bounded: false };
}

function related(a: Element, b: Element): boolean {
  return a.contains(b) || b.contains(a);
}

function isField(rule: SurfaceRule, element: Element): boolean {
  return rule.fields.some((field) => field.select.matches(element));
}

/** The controls that send, under `scope`, that a person can see. */
export function controlsIn(site: Site, rule: SurfaceRule, scope: ParentNode): Element[] {
  const keep = (element: Element) => !site.notSubmit.matches(element) && isVisible(element);
  const found = rule.submit.all(scope, keep);
  if (found.length > 0 || rule.submitText === undefined) return found;
  const { select, last } = rule.submitText;
  const named = select.any(scope, (element) => keep(element) && says(rule.submitText, element));
  return last ? named.slice(-1) : named;
}

/** Whether the words of a control are among those that send. */
function says(named: ByWords | undefined, element: Element): boolean {
  const labels = named?.labels;
  if (labels === undefined) return false;
  const text = controlText(element);
  if (text === "") return false;
  return labels.size === 0 ? element.querySelector("svg, img") === null : labels.has(text);
}

/** Characters without width, which sites put into the words on their controls. */
const UNSEEN = /[\u00AD\u200B-\u200F\u2060\uFEFF]/gu;

/** The words on a control, lower case. */
export function controlText(element: Element): string {
  const raw =
    element instanceof HTMLInputElement
      ? element.value
      : (element.textContent ?? "").replace(UNSEEN, "").replace(/\s+/gu, " ").trim();
  return (raw === "" ? (element.getAttribute("aria-label") ?? "").replace(UNSEEN, "") : raw)
    .slice(0, 80)
    .toLowerCase();
}

/** A control that sends, and what it sends. */
export interface Sending {
  composer: Composer;
  control: Element;
}

/**
 * The composer that the control under an event sends; none where the event concerns no control that sends.
 * `recent` are the composers known in this document, for controls that stand outside of theirs.
 */
export function sendingOf(
  site: Site,
  path: readonly EventTarget[],
  recent: () => readonly Composer[],
): Sending | undefined {
  const target = path.find((t) => t instanceof Element);
  if (!(target instanceof Element)) return undefined;
  const candidates = rulesOf(site).flatMap((rule) => {
    const control = rule.submit.closest(target) ?? textControl(rule.submitText, target);
    if (control === undefined || (rule === site.fallback && site.notFallback.closest(target))) return [];
    return [{ rule, control }];
  });
  if (candidates.length > 0 && site.notSubmit.closest(target) === undefined) {
    const composer = composerNear(site, candidates);
    if (composer !== undefined) {
      const control = candidates.find(({ rule }) => rule === composer.rule)?.control ?? target;
      return { composer, control: actionable(path, control) };
    }
  }
  for (const rule of site.surfaces) {
    const control = rule.confirm.closest(target) ?? textControl(rule.confirmText, target);
    if (control === undefined) continue;
    const composer = recent().find((c) => c.rule.surface === rule.surface) ?? firstInPage(site, rule);
    if (composer !== undefined) return { composer, control };
  }
  return undefined;
}

/** Every rule of a site, the general one last. */
function rulesOf(site: Site): readonly SurfaceRule[] {
  return site.fallback === undefined ? site.surfaces : [...site.surfaces, site.fallback];
}

function textControl(named: ByWords | undefined, target: Element): Element | undefined {
  const control = named?.select.closest(target);
  return control !== undefined && says(named, control) ? control : undefined;
}

const ACTIONABLE = "button, [role=button], input[type=submit], input[type=button], a[href]";

/** What really takes the click: a control that is found by its host may have its button inside of it. */
function actionable(path: readonly EventTarget[], control: Element): Element {
  for (const target of path) {
    if (!(target instanceof Element)) continue;
    if (target.matches(ACTIONABLE)) return target;
    if (target === control) break;
  }
  return inner(control);
}

/** The button inside of a control that is none itself. */
export function inner(control: Element): Element {
  if (control.matches(ACTIONABLE)) return control;
  return control.shadowRoot?.querySelector(ACTIONABLE) ?? control.querySelector(ACTIONABLE) ?? control;
}

/** The composer around a control: the nearest element outwards that holds a visible editor. */
function composerNear(
  site: Site,
  candidates: readonly { rule: SurfaceRule; control: Element }[],
): Composer | undefined {
  const start = candidates[0]?.control;
  if (start === undefined) return undefined;
  for (const element of outwards(start, CLIMB)) {
    let any = false;
    for (const { rule, control } of candidates) {
      for (const editor of rule.editors.any(element, isVisible)) {
        // What the general rule takes for an editor says nothing about the site's own boxes.
        if (rule !== site.fallback) any = true;
        const known = composerOf(site, editor);
        // A site may give several kinds of boxes the same attributes: then the control says which one it is, and a
        // disagreement between the two never lets a post go.
        const agreed = known !== undefined && candidates.some((c) => c.rule === known.rule);
        const composer = agreed ? known : rule === site.fallback ? undefined : resolve(site, editor, [rule]);
        if (composer === undefined) continue;
        // The control must be the composer's own: a comment's button does not send the post above it.
        if (composer.bounded ? holds(composer.scope, control) : element !== document.body) return composer;
      }
    }
    if (any) return undefined;
  }
  return undefined;
}

function firstInPage(site: Site, rule: SurfaceRule): Composer | undefined {
  const editor = rule.editors.first(document, isVisible);
  return editor === undefined ? undefined : composerOf(site, editor);
}

/** The composer that a form sends. */
export function composerOfForm(site: Site, form: HTMLFormElement): Composer | undefined {
  for (const rule of rulesOf(site)) {
    const editor = rule.editors.first(form, isVisible);
    const composer = editor === undefined ? undefined : composerOf(site, editor);
    if (composer !== undefined) return composer;
  }
  // The form may be a part of a larger composer whose editor stands outside of it.
  for (const rule of site.surfaces) {
    const control = controlsIn(site, rule, form)[0];
    const composer = control === undefined ? undefined : composerNear(site, [{ rule, control }]);
    if (composer !== undefined) return composer;
  }
  return undefined;
}

/** The editors whose text is posted, in order. Several are a thread. */
export function bodiesOf(composer: Composer): Element[] {
  const { scope, rule, editor, bounded } = composer;
  if (!bounded) return [editor];
  const bodies = outermost(rule.editors.all(scope, isVisible));
  if (rule.editors.matches(editor) && !bodies.includes(editor)) bodies.push(editor);
  return bodies;
}

/** Every text field of the draft, each with an id that is unique in it. */
export function fieldsOf(composer: Composer): FieldOf[] {
  const bodies = bodiesOf(composer);
  const fields: FieldOf[] = bodies.map((element, at) => ({
    id: bodies.length === 1 ? "body" : `body-${at}`,
    role: composer.surface === "profile" ? "profile" : composer.surface === "alt" ? "alt" : "body",
    element,
  }));
  const taken = new Set(bodies);
  const root = composer.bounded ? composer.scope : rootOf(composer.editor);
  for (const { role, select } of composer.rule.fields) {
    if (!composer.bounded) break;
    select.all(root, isVisible).forEach((element, at) => {
      if (taken.has(element)) return;
      taken.add(element);
      fields.push({ id: `${role}-${at}`, role, element });
    });
  }
  return fields;
}

function outermost(elements: Element[]): Element[] {
  return elements.filter(
    (element) => !elements.some((other) => other !== element && other.contains(element)),
  );
}
