/**
 * One walk over an editor: its text as the author sees it, and a table that leads every UTF-16 unit of that text back
 * to the DOM. Blocks are joined by one line feed, a `<br>` is one, and what cannot be edited in part (a mention, an
 * emoji picture) is one atom.
 */

/** A stretch of text and where it stands. */
export interface Segment {
  /** First UTF-16 unit in the text. */
  start: number;
  /** Units. Zero for the start of a line, which marks where text can be put. */
  length: number;
  /** `text`: `node` is a text node. `atom`, `break`: the element as a whole. `line`: the block that begins here. */
  kind: "text" | "atom" | "break" | "line";
  node: Node;
  /** For `text`: the unit of the node where the stretch begins. */
  from: number;
}

/** A link inside an editor. */
export interface LinkSpan {
  start: number;
  end: number;
  href: string;
}

/** What a walk finds. */
export interface Walk {
  text: string;
  segments: Segment[];
  links: LinkSpan[];
}

const BLOCKS = new Set(
  "ADDRESS ARTICLE ASIDE BLOCKQUOTE DD DIV DL DT FIGCAPTION FIGURE FOOTER H1 H2 H3 H4 H5 H6 HEADER HR LI MAIN NAV OL P PRE SECTION TABLE TBODY TD TH THEAD TR UL".split(
    " ",
  ),
);
const SKIPPED = new Set(
  "AUDIO BUTTON CANVAS DATALIST IFRAME INPUT LINK META NOSCRIPT OBJECT SCRIPT SELECT STYLE SVG TEMPLATE TEXTAREA VIDEO svg".split(
    " ",
  ),
);
/** What editors put in for themselves: no text of the author's. */
const FURNITURE =
  ".ql-clipboard, .ql-tooltip, .ProseMirror-separator, .ProseMirror-widget, .ProseMirror-gapcursor, [data-slate-placeholder], [data-slate-spacer], [data-lexical-cursor], .public-DraftEditorPlaceholder-root";
/** Deeper than any editor nests; below it a hostile page gets its text read flat. */
const DEEPEST = 120;
const GUARD = "\uFEFF";

/** Walks over `root`. `decoy` says what the site's data leaves out. */
export function walk(root: Element, decoy: (element: Element) => boolean = () => false): Walk {
  return new Walker(root, decoy).run();
}

class Walker {
  #text = "";
  readonly #segments: Segment[] = [];
  readonly #links: LinkSpan[] = [];
  /** Whether a line is open for inline content, and whether anything stands in it yet. */
  #open = false;
  #fresh = false;
  #lines = 0;
  /** Breaks seen but not yet known to be more than a block's filler. */
  #breaks: Element[] = [];
  readonly #keepsLines: boolean;

  constructor(
    readonly root: Element,
    readonly decoy: (element: Element) => boolean,
  ) {
    const space = getComputedStyle(root).whiteSpace;
    this.#keepsLines = space.startsWith("pre") || space === "break-spaces";
  }

  run(): Walk {
    this.#children(this.root, 0);
    this.#closeLine();
    return { text: this.#text, segments: this.#segments, links: this.#links };
  }

  #children(parent: Node, depth: number): void {
    for (let node = parent.firstChild; node !== null; node = node.nextSibling) {
      if (node.nodeType === Node.TEXT_NODE) this.#textNode(node as Text);
      else if (node.nodeType === Node.ELEMENT_NODE) this.#element(node as Element, depth);
    }
  }

  #element(element: Element, depth: number): void {
    if (SKIPPED.has(element.tagName)) return;
    if (element.tagName === "BR") {
      this.#breaks.push(element);
      return;
    }
    if (element.tagName === "IMG") {
      if (!element.matches(FURNITURE)) this.#atom(element, element.getAttribute("alt") ?? "");
      return;
    }
    if (element.hasAttributes() && (element.matches(FURNITURE) || this.decoy(element))) return;
    const block = isBlock(element);
    if (
      element.getAttribute("contenteditable") === "false" &&
      !element.querySelector('[contenteditable="true"]')
    ) {
      // An embedded block (a card, a video) is no text of the author's; an inline one is a mention or the like.
      if (!block) this.#atom(element, atomText(element));
      else if (element.querySelector("[data-slate-string], [data-lexical-text]") !== null)
        this.#block(element, depth);
      return;
    }
    if (depth > DEEPEST) {
      this.#atom(element, element.textContent ?? "");
      return;
    }
    if (block) this.#block(element, depth);
    else if (element.tagName === "A") this.#link(element as HTMLAnchorElement, depth);
    else this.#children(element, depth + 1);
  }

  #block(element: Element, depth: number): void {
    if (!this.#open || !this.#fresh || this.#breaks.length > 0) {
      this.#closeLine();
      this.#openLine(element);
    } else {
      this.#line(element);
    }
    this.#children(element, depth + 1);
    this.#closeLine();
  }

  #link(element: HTMLAnchorElement, depth: number): void {
    const start = this.#text.length;
    this.#children(element, depth + 1);
    const href = element.href;
    if (href !== "" && this.#text.length > start && /^(?:https?|mailto|tel):/u.test(href)) {
      // A line feed that opened before the link's own text is not part of it.
      const lead = /^\n*/u.exec(this.#text.slice(start))?.[0].length ?? 0;
      if (start + lead < this.#text.length) {
        this.#links.push({ start: start + lead, end: this.#text.length, href });
      }
    }
  }

  #textNode(node: Text): void {
    const data = node.data;
    if (data === "") return;
    // White space between blocks is not text.
    if (!this.#keepsLines && !this.#open && /^[ \t\r\n\f]*$/u.test(data)) return;
    this.#ready(node.parentElement ?? this.root);
    let from = 0;
    while (from < data.length) {
      const guard = data.indexOf(GUARD, from);
      const to = guard < 0 ? data.length : guard;
      if (to > from) {
        const piece = data.slice(from, to);
        this.#put("text", node, this.#keepsLines ? piece : piece.replace(/[\n\r\t]/gu, " "), from);
      }
      from = guard < 0 ? data.length : guard + 1;
    }
  }

  #atom(element: Element, text: string): void {
    if (text === "") return;
    this.#ready(element.parentElement ?? this.root);
    this.#put("atom", element, text, 0);
  }

  /** Makes sure that a line is open, and turns breaks before it into line feeds. */
  #ready(block: Element): void {
    if (!this.#open) this.#openLine(block);
    for (const element of this.#breaks) this.#put("break", element, "\n", 0);
    this.#breaks = [];
  }

  #put(kind: Segment["kind"], node: Node, text: string, from: number): void {
    this.#segments.push({ start: this.#text.length, length: text.length, kind, node, from });
    this.#text += text;
    this.#fresh = false;
  }

  #openLine(block: Element): void {
    if (this.#lines > 0) this.#text += "\n";
    this.#lines += 1;
    this.#open = true;
    this.#fresh = true;
    this.#line(block);
  }

  #line(block: Element): void {
    this.#segments.push({ start: this.#text.length, length: 0, kind: "line", node: block, from: 0 });
  }

  /** A line feed kept at the end of a block holds its line open, as a break does, and shows no line of its own. */
  #dropFiller(): void {
    const last = this.#segments.at(-1);
    if (!this.#keepsLines || last?.kind !== "text" || !this.#text.endsWith("\n")) return;
    this.#text = this.#text.slice(0, -1);
    last.length -= 1;
    if (last.length === 0) this.#segments.pop();
    const link = this.#links.at(-1);
    if (link !== undefined) link.end = Math.min(link.end, this.#text.length);
  }

  #closeLine(): void {
    // The last break of a block only holds it open; the ones before it are empty lines.
    const fillers = this.#breaks.splice(0);
    if (fillers.length === 0 && this.#open) this.#dropFiller();
    if (fillers.length > 0 && !this.#open) this.#openLine(this.root);
    fillers.pop();
    for (const element of fillers) this.#put("break", element, "\n", 0);
    this.#open = false;
    this.#fresh = false;
  }
}

function isBlock(element: Element): boolean {
  return BLOCKS.has(element.tagName) && element.getAttribute("data-slate-inline") !== "true";
}

function atomText(element: Element): string {
  let text = "";
  for (const node of element.childNodes) {
    if (node.nodeType === Node.TEXT_NODE) text += (node as Text).data;
    else if (node instanceof Element && !SKIPPED.has(node.tagName) && !node.matches(FURNITURE)) {
      text += node.tagName === "IMG" ? (node.getAttribute("alt") ?? "") : atomText(node);
    }
  }
  return text.replaceAll(GUARD, "").replace(/\s+/gu, " ");
}

/** A place in the DOM. */
export interface Place {
  node: Node;
  offset: number;
}

/**
 * Where unit `at` of the text stands. At a border between two stretches `lean` decides: `start` for the first unit of
 * a span, `end` for the end of one.
 */
export function placeOf(segments: readonly Segment[], at: number, lean: "start" | "end"): Place | undefined {
  const index = lastStartingAtOrBefore(segments, at);
  const candidates = [];
  for (let i = index; i >= 0 && candidates.length < 8; i -= 1) {
    const segment = segments[i];
    if (segment === undefined || segment.start + segment.length < at) break;
    candidates.push(segment);
  }
  // `candidates` are nearest first; those that contain `at`, its start or its end.
  const inside = candidates.find((s) => at > s.start && at < s.start + s.length);
  const begins = candidates.filter((s) => s.start === at && s.length > 0);
  const ends = candidates.filter((s) => s.start + s.length === at && s.length > 0);
  const lines = candidates.filter((s) => s.kind === "line" && s.start === at);
  const onThisLine = lines.length === 0 ? ends[0] : undefined;
  const chosen =
    lean === "start"
      ? (inside ?? begins.at(-1) ?? onThisLine ?? lines[0])
      : (inside ?? onThisLine ?? begins.at(-1) ?? lines[0] ?? ends[0]);
  return chosen === undefined ? undefined : placeIn(chosen, at);
}

/** The unit of the text at a place of the DOM inside the editor that was walked: where a caret stands. */
export function offsetAt(segments: readonly Segment[], place: Place): number {
  const range = document.createRange();
  const reached = ({ node, offset }: Place) => {
    range.setStart(node, offset);
    range.collapse(true);
    return range.comparePoint(place.node, place.offset) >= 0;
  };
  let at = 0;
  for (const segment of segments) {
    const { start, length, kind, node, from } = segment;
    if (kind === "text" && node === place.node && place.offset >= from && place.offset <= from + length)
      return start + place.offset - from;
    if (!node.isConnected || !reached(placeIn(segment, start))) break;
    at = length > 0 && reached(placeIn(segment, start + length)) ? start + length : start;
  }
  return at;
}

function placeIn(segment: Segment, at: number): Place {
  if (segment.kind === "text") return { node: segment.node, offset: segment.from + at - segment.start };
  if (segment.kind === "line") return { node: segment.node, offset: 0 };
  const parent = segment.node.parentNode ?? segment.node;
  const index = [...parent.childNodes].indexOf(segment.node as ChildNode);
  return { node: parent, offset: at <= segment.start ? index : index + 1 };
}

function lastStartingAtOrBefore(segments: readonly Segment[], at: number): number {
  let low = 0;
  let high = segments.length - 1;
  let found = -1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    if ((segments[middle]?.start ?? 0) <= at) {
      found = middle;
      low = middle + 1;
    } else {
      high = middle - 1;
    }
  }
  return found;
}

/** The range of units `start` to `end`; none where the table does not reach. */
export function rangeOf(segments: readonly Segment[], start: number, end: number): Range | undefined {
  const from = placeOf(segments, start, "start");
  const to = end === start ? from : placeOf(segments, end, "end");
  if (from === undefined || to === undefined || !from.node.isConnected || !to.node.isConnected)
    return undefined;
  const range = document.createRange();
  try {
    range.setStart(from.node, from.offset);
    range.setEnd(to.node, to.offset);
  } catch {
    // The node changed since the walk: no range is better than a wrong one.
    return undefined;
  }
  return range;
}
