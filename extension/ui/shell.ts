/** What the card, the badge and the line have in common: a container in a closed shadow root, in one language and theme. */
import { render } from "preact";
import type { Language, Theme } from "../shared/protocol.ts";
import { HOST } from "./card/css.ts";
import { direction } from "./strings/index.ts";
import { adopt, TOKENS } from "./tokens.ts";

export interface Mounted<P> {
  /** Draws again with some of the properties changed: a new report, a moved anchor. */
  update(change: Partial<P>): void;
  /** Takes it away. */
  destroy(): void;
}

export interface Shell<P> extends Mounted<P> {
  container: HTMLElement;
  /** Draws again what is there. */
  redraw(): void;
}

/** Makes the container; nothing is drawn in it before the first `redraw` or `update`. */
export function shell<P extends { language: Language; theme: Theme }>(
  root: ShadowRoot,
  css: string,
  props: P,
  draw: (container: HTMLElement, props: P) => void,
): Shell<P> {
  adopt(root, HOST, TOKENS, css);
  const container = document.createElement("div");
  container.className = "dg";
  root.append(container);
  let current = props;
  const redraw = () => {
    container.dataset.theme = current.theme;
    container.dir = direction(current.language);
    draw(container, current);
  };
  return {
    container,
    redraw,
    update(change) {
      current = { ...current, ...change };
      redraw();
    },
    destroy() {
      render(null, container);
      container.remove();
    },
  };
}
