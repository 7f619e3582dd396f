/**
 * Writes fixes into an editor: exactly the span, through the editor's own input path, so that its state, its undo and
 * the typing that follows agree. The result is read back; where it is not what was asked for, it is undone, and the
 * caller offers to copy instead.
 */
import type { Fix } from "../shared/generated/Fix.ts";
import { type Composer, fieldsOf } from "./composer.ts";
import { isTextField } from "./dom.ts";
import { mannerOf } from "./editors/family.ts";
import { rangeOf, walk } from "./editors/walk.ts";
import { fieldById, type Snapshot } from "./snapshot.ts";

/** A stretch of a field, and what goes in its place. */
export interface Change {
  part: string;
  start: number;
  end: number;
  text: string;
}

export type Written = "written" | "failed";

/** The changes that fixes ask for; none where one of them is no change of text. */
export function changesOf(fixes: readonly Fix[], texts: ReadonlyMap<string, string>): Change[] | undefined {
  const changes: Change[] = [];
  for (const fix of fixes) {
    const change = changeOf(fix, texts);
    if (change === undefined) return undefined;
    changes.push(change);
  }
  // From the end backwards, so that no change moves the place of the next.
  changes.sort((a, b) => (a.part === b.part ? b.start - a.start || b.end - a.end : a.part < b.part ? 1 : -1));
  const overlaps = changes.some((c, at) => {
    const before = changes[at + 1];
    return before !== undefined && before.part === c.part && before.end > c.start;
  });
  return overlaps ? undefined : changes;
}

function changeOf(fix: Fix, texts: ReadonlyMap<string, string>): Change | undefined {
  switch (fix.kind) {
    case "replace":
      return { part: fix.part, start: fix.start, end: fix.end, text: fix.text };
    case "insert":
      return { part: fix.part, start: fix.at, end: fix.at, text: fix.text };
    case "remove":
      return { part: fix.part, start: fix.start, end: fix.end, text: "" };
    case "response": {
      // A response is the whole answer: it takes the place of what was typed.
      const [part, text] = texts.entries().next().value ?? [];
      return part === undefined || text === undefined
        ? undefined
        : { part, start: 0, end: text.length, text: fix.text };
    }
    case "contact":
      return undefined;
  }
}

/** `text` with `changes` (from the end backwards) made. */
export function applied(text: string, changes: readonly Change[]): string {
  return changes.reduce((now, c) => now.slice(0, c.start) + c.text + now.slice(c.end), text);
}

/**
 * Makes `changes`, all or none, in the composer that `snapshot` shows. The caller has made sure that the snapshot is
 * fresh.
 */
export async function write(snapshot: Snapshot, changes: readonly Change[]): Promise<Written> {
  const { composer } = snapshot;
  const wanted = new Map<string, string>();
  for (const field of snapshot.fields) {
    const own = changes.filter((c) => c.part === field.id);
    if (own.length > 0) wanted.set(field.id, applied(field.text, own));
  }
  let steps = 0;
  for (const change of changes) {
    const before = fieldById(snapshot, change.part);
    const element = elementOf(composer, change.part);
    if (before === undefined || element === undefined) return undo(snapshot, steps);
    const now = textOf(composer, element);
    const expected = now.slice(0, change.start) + change.text + now.slice(change.end);
    const made = isTextField(element)
      ? writeField(element, change)
      : await writeEditable(composer, element, change, expected);
    steps += 1;
    if (!made || textOf(composer, element) !== expected) return undo(snapshot, steps);
  }
  for (const [part, text] of wanted) {
    const element = elementOf(composer, part);
    if (element === undefined || textOf(composer, element) !== text) return undo(snapshot, steps);
  }
  return "written";
}

/** The element of a part now: the page may have put another in its place. */
function elementOf(composer: Composer, part: string): Element | undefined {
  return fieldsOf(composer).find((field) => field.id === part)?.element;
}

function textOf(composer: Composer, element: Element): string {
  if (isTextField(element)) return element.value;
  return walk(element, (e) => composer.site.decoys.matches(e)).text;
}

function writeField(field: HTMLTextAreaElement | HTMLInputElement, change: Change): boolean {
  field.focus({ preventScroll: true });
  field.setSelectionRange(change.start, change.end);
  const command = change.text === "" ? "delete" : "insertText";
  if (change.text === "" && change.start === change.end) return true;
  return document.execCommand(command, false, change.text);
}

async function writeEditable(
  composer: Composer,
  element: Element,
  change: Change,
  expected: string,
): Promise<boolean> {
  const manner = mannerOf(element);
  const decoy = (e: Element) => composer.site.decoys.matches(e);
  const range = rangeOf(walk(element, decoy).segments, change.start, change.end);
  if (range === undefined) return false;
  (element as HTMLElement).focus({ preventScroll: true });
  await select(element, range);
  // A focus or selection handler of the page may have changed the text under us.
  if (change.start === change.end && change.text === "") return true;
  const lines = manner.newline === "text" ? [change.text] : change.text.split("\n");
  let first = true;
  for (const line of lines) {
    if (!first)
      await put(
        element,
        manner.newline === "insertLineBreak" ? "insertLineBreak" : "insertParagraph",
        "",
        manner.offersBeforeInput,
      );
    if (line !== "") await put(element, "insertText", line, manner.offersBeforeInput);
    else if (first && change.end > change.start) await put(element, "delete", "", manner.offersBeforeInput);
    first = false;
    if (lines.length > 1) await frame();
  }
  return settled(() => walk(element, decoy).text === expected, manner.commit);
}

/** The selection of the tree that `element` stands in: Chromium keeps one for each shadow root. */
function selectionOf(element: Element): Selection | null {
  const root = element.getRootNode() as (Document | ShadowRoot) & { getSelection?: () => Selection | null };
  return root.getSelection?.() ?? getSelection();
}

/** Selects `range`, and waits until the editor heard of it: without that, Draft.js garbles its text. */
async function select(element: Element, range: Range): Promise<void> {
  const selection = selectionOf(element);
  if (selection === null) return;
  const heard = new Promise<void>((resolve) => {
    document.addEventListener("selectionchange", () => resolve(), { once: true });
    setTimeout(resolve, 100);
  });
  selection.setBaseAndExtent(range.startContainer, range.startOffset, range.endContainer, range.endOffset);
  await heard;
  await frame();
}

const INPUT_TYPES = {
  insertText: "insertText",
  delete: "deleteContentBackward",
  insertParagraph: "insertParagraph",
  insertLineBreak: "insertLineBreak",
} as const;

async function put(
  element: Element,
  command: keyof typeof INPUT_TYPES,
  text: string,
  offer: boolean,
): Promise<void> {
  if (offer) {
    const init: InputEventInit = {
      inputType: INPUT_TYPES[command],
      bubbles: true,
      cancelable: true,
      composed: true,
    };
    if (command === "insertText") init.data = text;
    // The editor took it over: nothing is left for the browser to do.
    if (!element.dispatchEvent(new InputEvent("beforeinput", init))) return frame();
  }
  document.execCommand(command, false, text);
}

function frame(): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, 50);
    requestAnimationFrame(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}

/** Whether `done` comes true within `limit` milliseconds: some editors commit a frame or two later. */
async function settled(done: () => boolean, limit: number): Promise<boolean> {
  const until = performance.now() + limit;
  do {
    if (done()) return true;
    await frame();
  } while (performance.now() < until);
  return done();
}

/** Takes back `steps` of ours, as far as the editor's own undo goes. */
async function undo(snapshot: Snapshot, steps: number): Promise<Written> {
  const intact = () =>
    snapshot.fields.every((f) => {
      const element = elementOf(snapshot.composer, f.id);
      return element !== undefined && textOf(snapshot.composer, element) === f.text;
    });
  for (let step = 0; step < steps && !intact(); step += 1) {
    document.execCommand("undo");
    await frame();
  }
  return "failed";
}
