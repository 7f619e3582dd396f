/** Where the card stands: beside the compose box, inside the viewport, never over the text if that can be helped. */
import type { Anchor } from "./props.ts";

/** Width of the card and its least distance from the edges, in CSS pixels. */
export const WIDTH = 392;
const MARGIN = 8;
const GAP = 8;
/** Below this width of the viewport the card is a sheet along the bottom. */
const NARROW = 480;
/** Room that a card needs to be read, in CSS pixels. */
const LEAST = 260;

export interface Place {
  left: number;
  top: number;
  width: number;
  maxHeight: number;
}

/** The place for a card of `height` beside `anchor`. */
export function place(box: Anchor, height: number, viewport: { width: number; height: number }): Place {
  // Of a compose box that is scrolled out of sight, the edge of the window stands for it.
  const anchor = {
    left: clamp(box.left, 0, viewport.width),
    right: clamp(box.right, 0, viewport.width),
    top: clamp(box.top, 0, viewport.height),
    bottom: clamp(box.bottom, 0, viewport.height),
  };
  const most = Math.max(120, viewport.height - 2 * MARGIN);
  if (viewport.width < NARROW) {
    const maxHeight = Math.min(most, Math.round(viewport.height * 0.7));
    const used = Math.min(height, maxHeight);
    return { left: 0, top: viewport.height - used, width: viewport.width, maxHeight };
  }
  const wanted = Math.min(height, most);
  const left = clamp(anchor.left, MARGIN, viewport.width - WIDTH - MARGIN);
  const below = viewport.height - anchor.bottom - GAP - MARGIN;
  const above = anchor.top - GAP - MARGIN;
  if (below >= Math.min(wanted, LEAST)) {
    return { left, top: anchor.bottom + GAP, width: WIDTH, maxHeight: Math.min(most, below) };
  }
  if (above >= Math.min(wanted, LEAST)) {
    const maxHeight = Math.min(most, above);
    return { left, top: anchor.top - GAP - Math.min(wanted, maxHeight), width: WIDTH, maxHeight };
  }
  // Neither above nor below: beside it, on the side with more room.
  const right = viewport.width - anchor.right - GAP - MARGIN;
  const side =
    right >= WIDTH || right >= anchor.left
      ? Math.min(anchor.right + GAP, viewport.width - WIDTH - MARGIN)
      : Math.max(MARGIN, anchor.left - GAP - WIDTH);
  const top = clamp(anchor.top, MARGIN, viewport.height - wanted - MARGIN);
  return { left: side, top, width: WIDTH, maxHeight: most };
}

function clamp(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(value, Math.max(least, most)));
}
