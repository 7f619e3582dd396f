/**
 * Writes fixes into an editor: exactly the span, through the editor's own input path, so that its state, its undo and
 * the typing that follows agree. The result is read back; where it is not what was asked for, it is undone, and the
 * caller offers to copy instead.
 */
import type { Fix } from "../shared/generated/Fix.ts";
import { type Composer, fieldsOf } from "./composer.ts";
import { isTextField } from "./dom.ts";
import { mannerOf } from "./editors/family.ts";
import { offsetAt, rangeOf, walk } from "./editors/walk.ts";
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
  const caret = caretOf(snapshot);
  let steps = 0;
  for (const change of changes) {
    const before = fieldById(snapshot, change.part);
    const element = elementOf(composer, change.part);
    if (before === undefined || element === undefined) return undo(snapshot, change.part, steps);
    const now = textOf(composer, element);
    const expected = now.slice(0, change.start) + change.text + now.slice(change.end);
    const made = isTextField(element)
      ? writeField(element, change)
      : await writeEditable(composer, element, change, expected);
    steps += 1;
    if (!made || textOf(composer, element) !== expected) return undo(snapshot, change.part, steps);
  }
  for (const [part, text] of wanted) {
    const element = elementOf(composer, part);
    if (element === undefined || textOf(composer, element) !== text) return undo(snapshot, part, steps);
  }
  if (caret !== undefined) await putBack(composer, caret, changes);
  return "written";
}

/** Where the author's caret, or selection, stands in the text of a part. */
interface Caret {
  part: string;
  anchor: number;
  focus: number;
}

function caretOf(snapshot: Snapshot): Caret | undefined {
  // A text field keeps its caret while the card has the focus; several do, so the one in use counts.
  const active = deepActive();
  const inUse = snapshot.fields.find((f) => f.element === active)?.element ?? snapshot.composer.editor;
  for (const { id, element, segments } of snapshot.fields) {
    if (isTextField(element)) {
      if (element !== inUse || element.selectionStart === null || element.selectionEnd === null) continue;
      return { part: id, anchor: element.selectionStart, focus: element.selectionEnd };
    }
    const selection = selectionOf(element);
    const { anchorNode, focusNode } = selection ?? {};
    if (!selection || !anchorNode || !focusNode) continue;
    if (!element.contains(anchorNode) || !element.contains(focusNode)) continue;
    const at = (node: Node, offset: number) => offsetAt(segments, { node, offset });
    return {
      part: id,
      anchor: at(anchorNode, selection.anchorOffset),
      focus: at(focusNode, selection.focusOffset),
    };
  }
  return undefined;
}

function deepActive(): Element | null {
  let active = document.activeElement;
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  return active;
}

/** Where unit `at` stands after `changes` (from the end backwards); behind a change that took its place. */
export function moved(at: number, changes: readonly Change[]): number {
  return changes.reduce((now, { start, end, text }) => {
    if (now < start || (now === start && start < end)) return now;
    return now >= end ? now + text.length - (end - start) : start + text.length;
  }, at);
}

/** The caret goes back to where it was in the text: what is typed next goes where it would have gone. */
async function putBack(composer: Composer, caret: Caret, changes: readonly Change[]): Promise<void> {
  const element = elementOf(composer, caret.part);
  if (!(element instanceof HTMLElement)) return;
  const own = changes.filter((c) => c.part === caret.part);
  const anchor = moved(caret.anchor, own);
  const focus = moved(caret.focus, own);
  if (deepActive() !== element) element.focus({ preventScroll: true });
  if (isTextField(element)) {
    element.setSelectionRange(Math.min(anchor, focus), Math.max(anchor, focus));
    return;
  }
  const { segments } = walk(element, (e) => composer.site.decoys.matches(e));
  const range = rangeOf(segments, Math.min(anchor, focus), Math.max(anchor, focus));
  if (range !== undefined) await select(element, range);
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
  if (manner.byModel) {
    await throughModel(element, change, (start, end) => rangeOf(walk(element, decoy).segments, start, end));
    return settled(() => walk(element, decoy).text === expected, manner.commit);
  }
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

/** Whether this is Gecko, which lets no page read the data of a paste that an extension made. */
const GECKO = CSS.supports("-moz-appearance", "none");

/**
 * For an editor that keeps the nodes it drew and breaks when the browser deletes one of them (Draft.js, where a span
 * is the whole of a leaf): it is asked for the change by the events of a person, and draws it by itself.
 */
async function throughModel(
  element: Element,
  change: Change,
  rangeAt: (start: number, end: number) => Range | undefined,
): Promise<void> {
  if (change.text === "") {
    strikeKey(element, "Backspace", 8);
    return frame();
  }
  if (!GECKO) {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", change.text);
    element.dispatchEvent(
      new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true, composed: true }),
    );
    return frame();
  }
  const lines = change.text.split("\n");
  const whole = lines.join("");
  if (whole === "" && change.end > change.start) strikeKey(element, "Backspace", 8);
  else if (whole !== "") {
    // Over a selection and at the start of a leaf the editor takes text by itself; inside a leaf it leaves that to
    // the browser, which does nothing on an event of ours.
    const place = rangeAt(change.start, change.start);
    const inText = place?.startContainer.nodeType === Node.TEXT_NODE && place.startOffset > 0;
    if (change.end > change.start || !inText) say(element, whole);
    else document.execCommand("insertText", false, whole);
  }
  await frame();
  // A line is broken by its key, from the last break backwards.
  let at = change.start + whole.length;
  for (let n = lines.length - 1; n > 0; n -= 1) {
    at -= lines[n]?.length ?? 0;
    const range = rangeAt(at, at);
    if (range !== undefined) await select(element, range);
    strikeKey(element, "Enter", 13);
    await frame();
  }
}

/** The event by which React knows typed text, in browsers that have it. */
function say(element: Element, text: string): void {
  const event = document.createEvent("TextEvent") as UIEvent & {
    initTextEvent?(type: string, bubbles: boolean, cancelable: boolean, view: Window, data: string): void;
  };
  event.initTextEvent?.("textInput", true, true, window, text);
  if (event.type !== "") element.dispatchEvent(event);
}

function strikeKey(element: Element, key: string, keyCode: number, mod = false): void {
  const code = mod ? `Key${key.toUpperCase()}` : key;
  const mac = navigator.platform.startsWith("Mac");
  const init = { key, code, keyCode, which: keyCode, ctrlKey: mod && !mac, metaKey: mod && mac };
  for (const type of ["keydown", "keyup"])
    element.dispatchEvent(
      new KeyboardEvent(type, {
        ...init,
        bubbles: true,
        cancelable: true,
        composed: true,
      } as KeyboardEventInit),
    );
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

/** Takes back `steps` of ours in a part, as far as the editor's own undo goes. */
async function undo(snapshot: Snapshot, part: string, steps: number): Promise<Written> {
  const intact = () =>
    snapshot.fields.every((f) => {
      const element = elementOf(snapshot.composer, f.id);
      return element !== undefined && textOf(snapshot.composer, element) === f.text;
    });
  for (let step = 0; step < steps && !intact(); step += 1) {
    const element = elementOf(snapshot.composer, part);
    // The browser's own undo knows nothing of what a library keeps as its text.
    if (element !== undefined && mannerOf(element).ownsUndo) strikeKey(element, "z", 90, true);
    else document.execCommand("undo");
    await frame();
  }
  // A page that writes into its own field leaves the browser nothing to undo: what stood there is written back.
  for (const { id, text } of snapshot.fields) {
    const element = elementOf(snapshot.composer, id);
    if (element === undefined || !isTextField(element) || element.value === text) continue;
    writeField(element, { part: id, start: 0, end: element.value.length, text });
  }
  return "failed";
}
