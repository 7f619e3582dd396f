/**
 * "Post anyway" becomes live only after it has been on screen, on top and uncovered for a moment: neither a click
 * meant for the page nor a page that covers our card may release a post.
 */
import { useEffect, useState } from "preact/hooks";

/** How long the button must have been visible before it acts, in milliseconds. */
export const ARMING_MS = 600;

/** Whether a person who clicks in the middle of `button` really sees it there. */
export function isOnTop(button: HTMLElement): boolean {
  if (!button.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return false;
  const box = button.getBoundingClientRect();
  if (box.width === 0 || box.height === 0) return false;
  const x = box.left + box.width / 2;
  const y = box.top + box.height / 2;
  const root = button.getRootNode();
  if (root instanceof ShadowRoot) {
    // The page's own view of that point must be our host, and ours the button.
    if (root.host.ownerDocument.elementFromPoint(x, y) !== root.host) return false;
    if (!root.host.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return false;
  }
  const hit = (root as Document | ShadowRoot).elementFromPoint(x, y);
  return hit !== null && (hit === button || button.contains(hit));
}

/** `armed` once the button was on top for {@link ARMING_MS}; starts over when `subject` changes. */
export function useArming(button: { current: HTMLElement | null }, subject: unknown): boolean {
  const [armed, setArmed] = useState<unknown>(undefined);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the ref is stable; `subject` is what starts it over
  useEffect(() => {
    let since: number | undefined;
    let timer = 0;
    const look = () => {
      const now = performance.now();
      if (!button.current || document.visibilityState !== "visible" || !isOnTop(button.current))
        since = undefined;
      else since ??= now;
      if (since !== undefined && now - since >= ARMING_MS) setArmed(subject);
      else timer = window.setTimeout(look, 100);
    };
    look();
    return () => window.clearTimeout(timer);
  }, [subject]);
  return armed !== undefined && armed === subject;
}
