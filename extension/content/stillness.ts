/**
 * Tells when a page that stood still moves again: what is drawn over it then needs no measuring in every frame. Whatever
 * no observer tells of, the caller's own slow look must find.
 */

/** What may move or change a compose box without changing its text. */
const SIGNS = [
  "scroll",
  "resize",
  "input",
  "keydown",
  "pointerdown",
  "click",
  "focusin",
  "focusout",
  "toggle",
  "transitionrun",
  "animationstart",
  "load",
  "fullscreenchange",
];

/** Calls `moved` once, at the first sign that anything about `editor` or around it may have changed. */
export function watchStillness(editor: Element, moved: () => void): () => void {
  const abort = new AbortController();
  const { signal } = abort;
  const over = () => {
    if (signal.aborted) return;
    abort.abort();
    moved();
  };
  const options = { capture: true, passive: true, signal };
  for (const type of SIGNS) window.addEventListener(type, over, options);
  document.addEventListener("visibilitychange", over, options);
  document.fonts?.addEventListener("loadingdone", over, options);
  for (const type of ["scroll", "resize"]) window.visualViewport?.addEventListener(type, over, options);

  const mutations = new MutationObserver(over);
  const all = { attributes: true, characterData: true, childList: true, subtree: true };
  mutations.observe(document, all);
  // A document's observer does not look into the shadow roots on the way to the editor.
  for (let root = editor.getRootNode(); root instanceof ShadowRoot; root = root.host.getRootNode())
    mutations.observe(root, all);

  let sizes = 0;
  const sizeObserver = new ResizeObserver(() => {
    // It tells the size that it finds, first.
    sizes += 1;
    if (sizes > 1) over();
  });
  sizeObserver.observe(editor);
  sizeObserver.observe(document.documentElement);
  const place = placeObserver(editor, over);

  signal.addEventListener("abort", () => {
    mutations.disconnect();
    sizeObserver.disconnect();
    place.disconnect();
  });
  return () => abort.abort();
}

/** Tells when `element` is elsewhere in the viewport: the observer's root is cut to just where it stands now. */
function placeObserver(element: Element, moved: () => void): IntersectionObserver {
  const { left, top, right, bottom } = element.getBoundingClientRect();
  const { clientWidth, clientHeight } = document.documentElement;
  const margins = [top, clientWidth - right, clientHeight - bottom, left].map((m) => `${-Math.floor(m)}px`);
  let told = false;
  const observer = new IntersectionObserver(
    () => {
      // It tells what it finds, first; from then on only of a change.
      if (told) moved();
      told = true;
    },
    // What an ancestor cuts off is less than whole from the start: any hundredth more or less tells.
    {
      root: document,
      rootMargin: margins.join(" "),
      threshold: Array.from({ length: 101 }, (_, n) => n / 100),
    },
  );
  observer.observe(element);
  return observer;
}
