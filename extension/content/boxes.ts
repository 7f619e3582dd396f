/** Where findings stand on the screen: rectangles in the viewport, clipped to what of the editor can be seen. */
import { above, isTextField, type TextField } from "./dom.ts";
import { type FieldText, fieldRange } from "./snapshot.ts";

export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** The common part of two boxes; none where there is none. */
export function clip(box: Box, by: Box): Box | undefined {
  const clipped = {
    left: Math.max(box.left, by.left),
    top: Math.max(box.top, by.top),
    right: Math.min(box.right, by.right),
    bottom: Math.min(box.bottom, by.bottom),
  };
  return clipped.right - clipped.left >= 1 && clipped.bottom - clipped.top >= 1 ? clipped : undefined;
}

/** What of `element` can be seen: its box, cut by every ancestor that scrolls or hides. */
export function visibleBox(element: Element): Box | undefined {
  let box: Box | undefined = plain(element.getBoundingClientRect());
  box = clip(box, { left: 0, top: 0, right: innerWidth, bottom: innerHeight });
  for (let node = above(element); node !== null && box !== undefined; node = above(node)) {
    if (!(node instanceof Element) || node === document.documentElement || node === document.body) continue;
    if (getComputedStyle(node).overflow.includes("visible")) continue;
    box = clip(box, plain(node.getBoundingClientRect()));
  }
  return box;
}

function plain(rect: DOMRect): Box {
  return { left: rect.left, top: rect.top, right: rect.right, bottom: rect.bottom };
}

/** Boxes of units `start` to `end` of a field, one or more a line. */
export function boxesOf(field: FieldText, start: number, end: number, mirrors: Mirrors): Box[] {
  if (isTextField(field.element)) return mirrors.of(field.element, field.text).boxes(start, end);
  const range = fieldRange(field, start, end);
  return range === undefined ? [] : merged([...range.getClientRects()].map(plain));
}

/** One box where an editor splits a word into several elements. */
function merged(boxes: Box[]): Box[] {
  const lines: Box[] = [];
  for (const box of boxes) {
    if (box.right - box.left < 0.5 || box.bottom - box.top < 0.5) continue;
    const line = lines.find(
      (l) =>
        Math.min(l.bottom, box.bottom) - Math.max(l.top, box.top) > (box.bottom - box.top) / 2 &&
        box.left <= l.right + 1 &&
        box.right >= l.left - 1,
    );
    if (line === undefined) lines.push({ ...box });
    else {
      line.left = Math.min(line.left, box.left);
      line.right = Math.max(line.right, box.right);
      line.top = Math.min(line.top, box.top);
      line.bottom = Math.max(line.bottom, box.bottom);
    }
  }
  return lines;
}

/** What a mirror copies so that its text breaks where the field's does. */
const COPIED = [
  "direction",
  "font-family",
  "font-feature-settings",
  "font-kerning",
  "font-size",
  "font-size-adjust",
  "font-stretch",
  "font-style",
  "font-variant",
  "font-variation-settings",
  "font-weight",
  "hyphens",
  "letter-spacing",
  "line-break",
  "line-height",
  "overflow-wrap",
  "padding-bottom",
  "padding-left",
  "padding-right",
  "padding-top",
  "tab-size",
  "text-align",
  "text-indent",
  "text-rendering",
  "text-transform",
  "unicode-bidi",
  "word-break",
  "word-spacing",
  "writing-mode",
] as const;

/** Invisible copies of text fields, inside our closed shadow root: a field's own text cannot be measured. */
export class Mirrors {
  readonly #kept = new Map<TextField, Mirror>();

  constructor(readonly root: ShadowRoot) {}

  of(field: TextField, text: string): Mirror {
    let mirror = this.#kept.get(field);
    if (mirror === undefined) {
      mirror = new Mirror(field, this.root);
      this.#kept.set(field, mirror);
    }
    mirror.update(text);
    return mirror;
  }

  clear(): void {
    for (const mirror of this.#kept.values()) mirror.remove();
    this.#kept.clear();
  }
}

class Mirror {
  readonly #element = document.createElement("div");
  readonly #text = document.createTextNode("");
  #style = "";

  constructor(
    readonly field: TextField,
    root: ShadowRoot,
  ) {
    this.#element.setAttribute("aria-hidden", "true");
    this.#element.append(this.#text);
    root.append(this.#element);
  }

  remove(): void {
    this.#element.remove();
  }

  update(text: string): void {
    const computed = getComputedStyle(this.field);
    const single = this.field instanceof HTMLInputElement;
    // `clientWidth` leaves a scroll bar out, as the field's text does.
    const style = [
      ...COPIED.map((name) => `${name}:${computed.getPropertyValue(name)}`),
      `position:fixed;left:0;top:0;visibility:hidden;pointer-events:none;box-sizing:border-box;border:0;margin:0`,
      single
        ? "white-space:pre;width:max-content"
        : `white-space:${computed.whiteSpace === "normal" ? "pre-wrap" : computed.whiteSpace};width:${this.field.clientWidth}px`,
    ].join(";");
    if (style !== this.#style) {
      this.#style = style;
      this.#element.style.cssText = style;
    }
    const shown = `${text}\n`;
    if (this.#text.data !== shown) this.#text.data = shown;
  }

  boxes(start: number, end: number): Box[] {
    const range = document.createRange();
    const last = this.#text.length;
    range.setStart(this.#text, Math.min(start, last));
    range.setEnd(this.#text, Math.min(end, last));
    const own = this.#element.getBoundingClientRect();
    const field = this.field.getBoundingClientRect();
    // A transformed field is scaled against its layout box.
    const scaleX = this.field.offsetWidth > 0 ? field.width / this.field.offsetWidth : 1;
    const scaleY = this.field.offsetHeight > 0 ? field.height / this.field.offsetHeight : 1;
    const single = this.field instanceof HTMLInputElement;
    const down = single ? Math.max(0, (this.field.clientHeight - own.height) / 2) : 0;
    const x = (at: number) =>
      field.left + (this.field.clientLeft + at - own.left - this.field.scrollLeft) * scaleX;
    const y = (at: number) =>
      field.top + (this.field.clientTop + down + at - own.top - this.field.scrollTop) * scaleY;
    return merged(
      [...range.getClientRects()].map((rect) => ({
        left: x(rect.left),
        right: x(rect.right),
        top: y(rect.top),
        bottom: y(rect.bottom),
      })),
    );
  }
}
