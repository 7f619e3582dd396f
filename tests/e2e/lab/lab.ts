/**
 * An extension of the tests: runs Draftguard's own reader and writer where content scripts run, on spans and texts of
 * the test's choice. The page asks with an event whose detail is JSON, and is answered the same way.
 */
import { composerOf } from "../../../extension/content/composer.ts";
import { isTextField } from "../../../extension/content/dom.ts";
import { offsetAt } from "../../../extension/content/editors/walk.ts";
import { pickSite, Site } from "../../../extension/content/site.ts";
import { type FieldText, type Snapshot, snapshotOf } from "../../../extension/content/snapshot.ts";
import { changesOf, write } from "../../../extension/content/writer.ts";
import type { SiteFile } from "../../../extension/shared/site-file.ts";

declare const SITES: SiteFile[];

interface Ask {
  what: "read" | "write";
  /** For `write`: stretches of the text in use, and what goes in their place. */
  changes?: { start: number; end: number; text: string }[];
}

function active(): Element {
  let element: Element | null = document.activeElement;
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  return element ?? document.body;
}

let site: Site | undefined;

function read(): { snapshot: Snapshot; field: FieldText } {
  const file = pickSite(SITES, location.hostname, location.pathname, () => false);
  if (file === undefined) throw new Error("no site");
  if (site?.id !== file.id) site = new Site(file, () => {});
  const composer = composerOf(site, active());
  if (composer === undefined) throw new Error(`no compose box at ${active().outerHTML.slice(0, 200)}`);
  const snapshot = snapshotOf(composer, () => []);
  const field = snapshot.fields.find((f) => f.element === composer.editor);
  if (field === undefined) throw new Error("the box has no such field");
  return { snapshot, field };
}

/** First and last unit of the selection. */
function caretOf({ element, segments }: FieldText): number[] | undefined {
  if (isTextField(element)) return [element.selectionStart ?? 0, element.selectionEnd ?? 0];
  const root = element.getRootNode() as Document & { getSelection?(): Selection | null };
  const { anchorNode, anchorOffset, focusNode, focusOffset } = root.getSelection?.() ?? getSelection() ?? {};
  if (!anchorNode || !focusNode || !element.contains(anchorNode) || !element.contains(focusNode))
    return undefined;
  const at = (node: Node, offset = 0) => offsetAt(segments, { node, offset });
  return [at(anchorNode, anchorOffset), at(focusNode, focusOffset)].sort((a, b) => a - b);
}

async function answer(ask: Ask): Promise<unknown> {
  const { snapshot, field } = read();
  if (ask.what === "read") return { text: field.text, caret: caretOf(field) };
  const fixes = (ask.changes ?? []).map((change) => ({
    kind: "replace" as const,
    part: field.id,
    ...change,
  }));
  const changes = changesOf(fixes, new Map(snapshot.fields.map((f) => [f.id, f.text])));
  return changes === undefined ? "none" : write(snapshot, changes);
}

addEventListener("lab-ask", (event) => {
  answer(JSON.parse((event as CustomEvent<string>).detail))
    .catch((error: Error) => ({ error: String(error.stack ?? error) }))
    .then((said) => dispatchEvent(new CustomEvent("lab-answer", { detail: JSON.stringify(said) })));
});
