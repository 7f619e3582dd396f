/** Small questions to the page's DOM that reach through open shadow roots. */

/** The node above, out of a shadow root into its host. */
export function above(node: Node): Node | null {
  return node.parentNode ?? (node instanceof ShadowRoot ? node.host : null);
}

/** Elements from `start` outwards, through shadow hosts; at most `limit`, so that a hostile depth costs nothing. */
export function* outwards(start: Node, limit = 256): Generator<Element> {
  let node: Node | null = start;
  for (let steps = 0; node !== null && steps < limit; node = above(node), steps += 1) {
    if (node instanceof Element) yield node;
  }
}

/** Whether `outer` holds `inner`, shadow roots included. */
export function holds(outer: Node, inner: Node): boolean {
  for (let node: Node | null = inner; node !== null; ) {
    if (node === outer) return true;
    // contains() is quick within one tree; only the hop over a root needs a step of ours.
    const root = node.getRootNode();
    if (outer.getRootNode() === root) return outer.contains(node);
    node = root instanceof ShadowRoot ? root.host : null;
  }
  return false;
}

/**
 * Whether a person can see it. Sites keep zero-size copies of their dialogs, and a copy must be neither read nor held.
 */
export function isVisible(element: Element): boolean {
  const box = element.getBoundingClientRect();
  if (box.width < 1 && box.height < 1) return false;
  return element.checkVisibility({
    checkVisibilityCSS: true,
    visibilityProperty: true,
  } as CheckVisibilityOptions);
}

/** A text field of the old kind. */
export type TextField = HTMLTextAreaElement | HTMLInputElement;

const TEXT_INPUTS = new Set(["text", "search", "url", "email", ""]);

export function isTextField(element: Element): element is TextField {
  if (element instanceof HTMLTextAreaElement) return true;
  return (
    element instanceof HTMLInputElement && TEXT_INPUTS.has((element.getAttribute("type") ?? "").toLowerCase())
  );
}

/** The element that is edited where `path` leads: a text field, or the outermost contenteditable. */
export function editableIn(path: readonly EventTarget[]): Element | undefined {
  let found: Element | undefined;
  for (const target of path.slice(0, 256)) {
    if (!(target instanceof Element)) continue;
    if (isTextField(target)) return target;
    if (isEditingHost(target)) found = target;
    else if (found !== undefined) break;
  }
  return found;
}

/** Whether the element itself is declared editable, not only through one above it. */
export function isEditingHost(element: Element): boolean {
  const value = element.getAttribute("contenteditable");
  return value !== null && value.toLowerCase() !== "false" && value.toLowerCase() !== "inherit";
}

/** White space collapsed to one space, ends trimmed; at most `max` units. */
export function words(text: string, max = 4000): string {
  return text
    .slice(0, max * 4)
    .replace(/\s+/gu, " ")
    .trim()
    .slice(0, max);
}
