/**
 * Our own element in the page, with a closed shadow root: of no size, above everything, and nothing of it readable by
 * the page. Its geometry never changes, so that it tells nothing about what is drawn in it.
 */
import type { Life } from "./life.ts";

/** The element's name; an orphaned script's element is known by it. */
export const HOST_NAME = "draftguard-layer";

/** All that the page could do to hide it is overruled from inside. */
const OWN = `
:host {
  all: initial !important; display: block !important; visibility: visible !important; opacity: 1 !important;
  position: fixed !important; inset: 0 auto auto 0 !important; width: 0 !important; height: 0 !important;
  margin: 0 !important; border: 0 !important; padding: 0 !important; overflow: visible !important;
  background: none !important; pointer-events: none !important; z-index: 2147483647 !important;
  transform: none !important; filter: none !important; clip-path: none !important; contain: none !important;
}
/* What cannot be selected, a page cannot read by window.find() and the selection that it leaves. */
* { -webkit-user-select: none !important; user-select: none !important; }
input, textarea { -webkit-user-select: text !important; user-select: text !important; }
`;

/** Width of the element that the page's zoom is measured by, in CSS pixels. */
const PROBE = 100;

/** Every host that is ours. A name alone any page could give. */
const hosts = new WeakSet<EventTarget>();

export class Layer {
  readonly host: HTMLElement;
  readonly root: ShadowRoot;
  #parent: Element | undefined;
  readonly #guard: MutationObserver;
  #attachedAt = 0;
  readonly #zoom = document.createElement("style");
  readonly #probe = document.createElement("div");
  #scale = 1;

  constructor(life: Life) {
    this.host = document.createElement(HOST_NAME);
    hosts.add(this.host);
    this.root = this.host.attachShadow({ mode: "closed" });
    const style = document.createElement("style");
    style.textContent = OWN;
    this.#probe.style.cssText = `position:fixed;left:0;top:0;width:${PROBE}px;height:0;visibility:hidden;pointer-events:none`;
    this.root.append(style, this.#zoom, this.#probe);
    this.#guard = new MutationObserver(() => {
      if (this.#parent === undefined || this.host.isConnected) return;
      // A page that removes it over and over gets no race with us.
      if (performance.now() - this.#attachedAt < 100) life.after(100, () => this.#attach());
      else this.#attach();
    });
    life.onEnd(() => this.hide());
  }

  get shown(): boolean {
    return this.#parent !== undefined;
  }

  /** Puts the element where what is drawn near `near` can be seen and reached. */
  show(near: Element): void {
    // Outside of an open modal dialog everything is inert, also what lies above it.
    const parent = modalAround(near) ?? document.documentElement;
    if (parent !== this.#parent || !this.host.isConnected) {
      this.#guard.disconnect();
      this.#parent = parent;
      this.#attach();
    }
    this.#fit();
  }

  /** Takes back a `zoom` of the page, so that our pixels are those of the viewport. */
  #fit(): void {
    const seen = this.#probe.getBoundingClientRect().width / PROBE;
    if (seen === 0 || Math.abs(seen - 1) < 0.001) return;
    this.#scale /= seen;
    // More specific than the `:host` rules of the sheets that are adopted later.
    this.#zoom.textContent = `:host(${HOST_NAME}) { zoom: ${this.#scale} !important; }`;
  }

  hide(): void {
    this.#guard.disconnect();
    this.#parent = undefined;
    this.host.remove();
  }

  /** Puts the element back, above whatever came into the top layer meanwhile. */
  #attach(): void {
    const parent = this.#parent;
    if (parent === undefined) return;
    if (!parent.isConnected) {
      this.hide();
      return;
    }
    if (this.host.isConnected && this.host.parentNode === parent) return;
    this.#attachedAt = performance.now();
    parent.append(this.host);
    this.host.popover = "manual";
    try {
      this.host.showPopover();
    } catch {
      // A document that is going away shows nothing any more.
    }
    this.#guard.observe(parent, { childList: true });
  }
}

function modalAround(near: Element): Element | null {
  let node: Element | null = near;
  while (node !== null) {
    const dialog: Element | null = node.closest("dialog");
    if (dialog?.matches(":modal")) return dialog;
    const root: Node = (dialog?.parentNode ?? node).getRootNode();
    node = root instanceof ShadowRoot ? root.host : null;
  }
  return null;
}

/** Whether an event happened on something of ours: the page sees our host as its target, and so do we. */
export function isOurs(event: Event): boolean {
  const target = event.composedPath()[0];
  return target !== undefined && hosts.has(target);
}

/** Takes away what an older script of ours left behind. */
export function clearLeftovers(): void {
  for (const old of document.querySelectorAll(HOST_NAME)) old.remove();
}
