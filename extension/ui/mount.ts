/**
 * The border between the content script and what is drawn: the content script owns when and where, this owns how it
 * looks. Text of a policy is shown as text; nothing here parses markup.
 */
import { h, render } from "preact";
import type { Finding } from "../shared/generated/Finding.ts";
import { Card } from "./card/card.tsx";
import { CARD_CSS, HOST } from "./card/css.ts";
import { grouped, heaviest } from "./card/fixes.ts";
import { place } from "./card/place.ts";
import type { CardProps } from "./card/props.ts";
import { direction } from "./strings/index.ts";
import { adopt, TOKENS } from "./tokens.ts";

export { type BadgeProps, type MountedBadge, mountBadge } from "./badge.tsx";
export type { Anchor, CardProps, FixOutcome, GivenReason } from "./card/props.ts";
export { nearing } from "./card/reply.tsx";
export { type LineProps, type MountedLine, mountLine } from "./line.tsx";

/** How many things the card would list for `findings`: what a badge counts. */
export function countThings(findings: Finding[]): number {
  return grouped(findings).length;
}

export { heaviest };

export interface MountedCard {
  /** Draws again with some of the properties changed: a new report, a moved anchor. */
  update(change: Partial<CardProps>): void;
  /** Takes the card away and gives the focus back where it was, if the card still has it. */
  destroy(): void;
}

/** Keys and edits inside the card are no business of the page. */
const KEPT_INSIDE = ["keydown", "keyup", "keypress", "beforeinput", "input", "paste", "copy", "cut", "wheel"];

/** Draws a card into a closed shadow root of the content script's host element. */
export function mountCard(root: ShadowRoot, props: CardProps): MountedCard {
  const before = deepActive();
  adopt(root, HOST, TOKENS, CARD_CSS);
  const container = document.createElement("div");
  container.className = "dg";
  root.append(container);
  const stop = (event: Event) => event.stopPropagation();
  for (const type of KEPT_INSIDE) container.addEventListener(type, stop);

  let current = props;
  const draw = () => {
    container.dataset.theme = current.theme;
    container.dir = direction(current.language);
    render(h(Card, { card: current, onLayout: layout }), container);
  };
  const layout = (card: HTMLElement) => {
    // Its natural height, as if nothing limited it, decides the side.
    card.style.setProperty("--most", "none");
    const height = card.offsetHeight;
    const to = place(current.anchor, height, { width: innerWidth, height: innerHeight });
    card.style.setProperty("--x", `${to.left}px`);
    card.style.setProperty("--y", `${to.top}px`);
    card.style.setProperty("--width", `${to.width}px`);
    card.style.setProperty("--most", `${to.maxHeight}px`);
  };
  addEventListener("resize", draw);
  draw();

  return {
    update(change) {
      current = { ...current, ...change };
      draw();
    },
    destroy() {
      removeEventListener("resize", draw);
      const had = root.activeElement !== null;
      render(null, container);
      container.remove();
      if (had && before?.isConnected) before.focus({ preventScroll: true });
    },
  };
}

/** The focused element, inside open shadow roots too. */
function deepActive(): HTMLElement | undefined {
  let active = document.activeElement;
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  return active instanceof HTMLElement ? active : undefined;
}
