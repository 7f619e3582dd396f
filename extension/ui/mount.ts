/**
 * The border between the content script and what is drawn: the content script owns when and where, this owns how it
 * looks. Text of a policy is shown as text; nothing here parses markup.
 */
import { h, render } from "preact";
import type { Finding } from "../shared/generated/Finding.ts";
import { Card } from "./card/card.tsx";
import { CARD_CSS } from "./card/css.ts";
import { grouped, heaviest } from "./card/fixes.ts";
import { place } from "./card/place.ts";
import type { Anchor, CardProps } from "./card/props.ts";
import { type Mounted, shell } from "./shell.ts";

export { type BadgeProps, type MountedBadge, mountBadge } from "./badge.tsx";
export type { Anchor, CardProps, FixOutcome, GivenReason } from "./card/props.ts";
export { nearing } from "./card/reply.tsx";
export { type LineProps, type MountedLine, mountLine } from "./line.tsx";

/** How many things the card would list for `findings`: what a badge counts. */
export function countThings(findings: Finding[]): number {
  return grouped(findings).length;
}

export { heaviest };

/** `destroy` gives the focus back where it was, if the card still has it. */
export type MountedCard = Mounted<CardProps>;

/** Keys and edits inside the card are no business of the page. */
const KEPT_INSIDE = ["keydown", "keyup", "keypress", "beforeinput", "input", "paste", "copy", "cut", "wheel"];

/** Draws a card into a closed shadow root of the content script's host element. */
export function mountCard(root: ShadowRoot, props: CardProps): MountedCard {
  const before = deepActive();
  const made = shell(root, CARD_CSS, props, (container, current) => {
    render(h(Card, { card: current, onLayout: (card) => layout(card, current.anchor) }), container);
  });
  const stop = (event: Event) => event.stopPropagation();
  for (const type of KEPT_INSIDE) made.container.addEventListener(type, stop);
  addEventListener("resize", made.redraw);
  made.redraw();

  return {
    update: made.update,
    destroy() {
      removeEventListener("resize", made.redraw);
      const had = root.activeElement !== null;
      made.destroy();
      if (had && before?.isConnected) before.focus({ preventScroll: true });
    },
  };
}

/** Puts the card in its place. */
function layout(card: HTMLElement, anchor: Anchor): void {
  // Its natural height, as if nothing limited it, decides the side.
  card.style.setProperty("--most", "none");
  const height = card.offsetHeight;
  const to = place(anchor, height, { width: innerWidth, height: innerHeight });
  card.style.setProperty("--x", `${to.left}px`);
  card.style.setProperty("--y", `${to.top}px`);
  card.style.setProperty("--width", `${to.width}px`);
  card.style.setProperty("--most", `${to.maxHeight}px`);
}

/** The focused element, inside open shadow roots too. */
function deepActive(): HTMLElement | undefined {
  let active = document.activeElement;
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  return active instanceof HTMLElement ? active : undefined;
}
