/**
 * Design tokens and the parts that every surface shares, as style sheet text: the card adopts it inside its shadow
 * root, the pages in their document. Everything is scoped to `.dg`, whose `data-theme` fixes the appearance or
 * follows the system.
 */

const LIGHT = `
  --bg: #ffffff;
  --bg-page: #f4f6f8;
  --bg-soft: #f4f6f8;
  --bg-hover: #e9edf1;
  --text: #1a1e23;
  --text-soft: #505a65;
  --line: #d3d9df;
  --line-strong: #7d8894;
  --accent: #0b57a4;
  --accent-hover: #09467f;
  --on-accent: #ffffff;
  --accent-soft: #e6f0fa;
  --high: #a81e12;
  --high-soft: #fdecea;
  --medium: #7a4b00;
  --medium-soft: #fff3dc;
  --low: #0b57a4;
  --low-soft: #e6f0fa;
  --good: #17663a;
  --good-soft: #e6f5ec;
  --shadow: 0 1px 2px rgb(16 24 32 / 12%), 0 12px 32px rgb(16 24 32 / 22%);
  color-scheme: light;
`;

const DARK = `
  --bg: #1b1f24;
  --bg-page: #121519;
  --bg-soft: #252a31;
  --bg-hover: #303741;
  --text: #eceff2;
  --text-soft: #adb7c1;
  --line: #3a424c;
  --line-strong: #8b96a2;
  --accent: #8ec1f5;
  --accent-hover: #b3d6f9;
  --on-accent: #0c1f33;
  --accent-soft: #1d3247;
  --high: #ffb0a6;
  --high-soft: #47211d;
  --medium: #f6cc80;
  --medium-soft: #40300f;
  --low: #8ec1f5;
  --low-soft: #1d3247;
  --good: #8bd9a8;
  --good-soft: #173524;
  --shadow: 0 1px 2px rgb(0 0 0 / 45%), 0 12px 32px rgb(0 0 0 / 55%);
  color-scheme: dark;
`;

export const TOKENS = `
.dg {
  ${LIGHT}
  --radius: 10px;
  --radius-small: 6px;
  --font: system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", Ubuntu, sans-serif;
  font: 14px/1.45 var(--font);
  color: var(--text);
  text-align: start;
  -webkit-font-smoothing: antialiased;
}
@media (prefers-color-scheme: dark) { .dg[data-theme="auto"] { ${DARK} } }
.dg[data-theme="dark"] { ${DARK} }
@media (prefers-contrast: more) {
  .dg { --line: var(--line-strong); --text-soft: var(--text); }
}
.dg, .dg *, .dg *::before, .dg *::after { box-sizing: border-box; }
.dg :is(h1, h2, h3, h4, p, ul, ol, dl, dd, figure, fieldset) { margin: 0; padding: 0; }
.dg fieldset { border: 0; min-width: 0; }
.dg ul { list-style: none; }
.dg a { color: var(--accent); text-underline-offset: 2px; }
.dg a:hover { color: var(--accent-hover); }
.dg :focus { outline: none; }
.dg :focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.dg svg { flex: none; display: block; }

.dg-button {
  display: inline-flex; align-items: center; justify-content: center; gap: 6px;
  min-height: 32px; padding: 5px 12px; max-width: 100%;
  border: 1px solid var(--line-strong); border-radius: var(--radius-small);
  background: var(--bg); color: var(--text);
  font: 500 13px/1.3 var(--font); text-align: start; text-decoration: none; overflow-wrap: anywhere;
  cursor: pointer;
}
.dg-button:hover { background: var(--bg-hover); color: var(--text); }
a.dg-button, a.dg-button:hover { color: var(--text); }
.dg-button[data-look="primary"], a.dg-button[data-look="primary"] {
  background: var(--accent); border-color: var(--accent); color: var(--on-accent);
}
.dg-button[data-look="primary"]:hover { background: var(--accent-hover); border-color: var(--accent-hover); }
.dg-button[data-look="quiet"] { border-color: transparent; background: transparent; color: var(--text-soft); }
.dg-button[data-look="quiet"]:hover { background: var(--bg-hover); color: var(--text); }
.dg-button[aria-disabled="true"], .dg-button:disabled {
  border-color: var(--line); color: var(--text-soft); background: var(--bg-soft); cursor: default;
}
.dg-button[data-look="icon"] {
  min-height: 28px; width: 28px; padding: 0; border-color: transparent; background: transparent; color: var(--text-soft);
}
.dg-button[data-look="icon"]:hover { background: var(--bg-hover); color: var(--text); }
.dg-link {
  display: inline; padding: 0; border: 0; background: none; color: var(--accent);
  font: inherit; text-align: start; text-decoration: underline; text-underline-offset: 2px; cursor: pointer;
}
.dg-link:hover { color: var(--accent-hover); }
.dg-input {
  width: 100%; min-height: 34px; padding: 6px 10px; color: var(--text); background: var(--bg);
  border: 1px solid var(--line-strong); border-radius: var(--radius-small); font: 14px/1.4 var(--font);
}
.dg-input::placeholder { color: var(--text-soft); opacity: 1; }
.dg-input:focus-visible { outline-offset: 0; }
textarea.dg-input { resize: vertical; }
.dg-soft { color: var(--text-soft); }
.dg-small { font-size: 12.5px; }
.dg-row { display: flex; flex-wrap: wrap; gap: 8px; align-items: center; }
.dg-offstage {
  position: absolute; width: 1px; height: 1px; margin: -1px; padding: 0; border: 0;
  overflow: hidden; clip-path: inset(50%); white-space: nowrap;
}
@media (forced-colors: active) {
  .dg-button, .dg-input { border-color: ButtonText; }
  .dg-button[data-look="primary"] { forced-color-adjust: none; background: Highlight; color: HighlightText; }
}
@media (prefers-reduced-motion: reduce) {
  /* Over every component's own rule, wherever its sheet stands. */
  .dg, .dg * { animation: none !important; transition: none !important; scroll-behavior: auto !important; }
}
`;

const adopted = new WeakMap<Document | ShadowRoot, Map<string, CSSStyleSheet>>();

/**
 * Adds style sheets to a document or a shadow root, each once. Which ones a root has is remembered here: Firefox
 * does not let a content script read `adoptedStyleSheets` back.
 */
export function adopt(root: Document | ShadowRoot, ...styles: string[]): void {
  const have = adopted.get(root) ?? new Map<string, CSSStyleSheet>();
  adopted.set(root, have);
  const missing = styles.filter((css) => !have.has(css));
  if (missing.length === 0) return;
  for (const css of missing) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    have.set(css, sheet);
  }
  root.adoptedStyleSheets = [...have.values()];
}
