/**
 * Selectors of the site files. A selector that the browser refuses is dropped and reported, and the others go on: a
 * slip in the data never breaks a site.
 */

const PIERCE = " >>> ";

/** Where broken selectors are reported. */
export type Broken = (selector: string) => void;

interface Step {
  /** As the browser takes it. */
  css: string;
  /** What the host of the root it stands in must match, outermost first. */
  hosts: string[];
}

/** A list of selectors by preference. */
export class Selectors {
  readonly #steps: Step[] = [];

  constructor(list: readonly string[] | undefined, broken: Broken) {
    const probe = document.createDocumentFragment();
    for (const selector of list ?? []) {
      const hosts = selector.split(PIERCE).map((part) => part.trim());
      try {
        for (const part of hosts) probe.querySelector(part);
      } catch {
        broken(selector);
        continue;
      }
      const css = hosts.pop();
      if (css !== undefined) this.#steps.push({ css, hosts });
    }
  }

  get empty(): boolean {
    return this.#steps.length === 0;
  }

  matches(element: Element): boolean {
    return this.#steps.some((step) => fits(element, step));
  }

  /** The nearest element that matches, from `start` outwards, shadow hosts included. */
  closest(start: Element): Element | undefined {
    let best: Element | undefined;
    let bestDepth = Number.POSITIVE_INFINITY;
    for (const step of this.#steps) {
      let depth = 0;
      for (let from: Element | null = start; from !== null && depth < 64; depth += 1) {
        const found: Element | null = from.closest(step.css);
        if (found !== null) {
          if (fits(found, step) && depth <= bestDepth && (best === undefined || best.contains(found))) {
            best = found;
            bestDepth = depth;
          }
          break;
        }
        const root = from.getRootNode();
        from = root instanceof ShadowRoot ? root.host : null;
      }
    }
    return best;
  }

  /** All that the first selector with a match (that passes `keep`) finds under `root`. */
  all(root: ParentNode, keep: (element: Element) => boolean = () => true): Element[] {
    for (const step of this.#steps) {
      const found = find(root, step).filter(keep);
      if (found.length > 0) return found;
    }
    return [];
  }

  /** All that any selector finds under `root`, in the order of the document. */
  any(root: ParentNode, keep: (element: Element) => boolean = () => true): Element[] {
    const found = new Set<Element>();
    for (const step of this.#steps) for (const element of find(root, step)) found.add(element);
    return [...found].filter(keep).sort(inOrder);
  }

  /** The first match under `root`. */
  first(root: ParentNode, keep?: (element: Element) => boolean): Element | undefined {
    return this.all(root, keep)[0];
  }
}

function inOrder(a: Element, b: Element): number {
  return a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1;
}

function fits(element: Element, step: Step): boolean {
  if (!element.matches(step.css)) return false;
  let inner: Node = element;
  for (let at = step.hosts.length - 1; at >= 0; at -= 1) {
    const root = inner.getRootNode();
    const host = root instanceof ShadowRoot ? root.host : null;
    const css = step.hosts[at];
    if (host === null || css === undefined || !host.matches(css)) return false;
    inner = host;
  }
  return true;
}

function find(root: ParentNode, step: Step): Element[] {
  let roots: ParentNode[] = [root];
  for (const css of step.hosts) {
    roots = roots.flatMap((r) =>
      [...r.querySelectorAll(css)].flatMap((host) => (host.shadowRoot === null ? [] : [host.shadowRoot])),
    );
  }
  const found = roots.flatMap((r) => [...r.querySelectorAll(step.css)]);
  if (found.length > 0 || step.hosts.length > 0 || !(root instanceof Element)) return found;
  // A scope that is itself a shadow host: what it shows may stand in its own open root.
  return root.shadowRoot === null ? [] : [...root.shadowRoot.querySelectorAll(step.css)];
}

/** The nearest root that can be asked for descendants: the element's document or shadow root. */
export function rootOf(element: Element): ParentNode {
  const root = element.getRootNode();
  return root instanceof Document || root instanceof ShadowRoot || root instanceof Element ? root : document;
}
