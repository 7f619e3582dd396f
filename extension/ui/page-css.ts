/** Style sheet of our own pages, beside the tokens that they share with the card. */

export const PAGE_CSS = `
html.dg { background: var(--bg-page); min-height: 100%; font-size: 15px; }
/* Chromium sets the text of extension pages at 75 %. */
html.dg body { margin: 0; min-height: 100vh; font: inherit; }
.top {
  display: flex; flex-wrap: wrap; gap: 4px 20px; align-items: center; padding: 10px 24px;
  background: var(--bg); border-bottom: 1px solid var(--line);
}
.brand { display: inline-flex; gap: 8px; align-items: center; font: 600 16px/1.2 var(--font); color: var(--text); }
.brand svg { color: var(--accent); }
.top nav { display: flex; flex-wrap: wrap; gap: 2px; flex: 1; }
.top nav a { padding: 6px 10px; border-radius: var(--radius-small); color: var(--text-soft); text-decoration: none; }
.top nav a:hover { background: var(--bg-hover); color: var(--text); }
.top nav a[aria-current] { color: var(--accent); font-weight: 600; }
.skip { position: absolute; inset-inline-start: 8px; top: -60px; padding: 8px 12px; background: var(--bg); z-index: 2; }
.skip:focus { top: 8px; }
main.page { max-width: 880px; margin: 0 auto; padding: 28px 24px 64px; }
main.page:focus { outline: none; }
.page > h1, .page .lead-row h1 { font: 650 26px/1.25 var(--font); }
.page .lead { margin-top: 6px; color: var(--text-soft); max-width: 65ch; }
.panel {
  margin-top: 20px; padding: 18px 20px; background: var(--bg); border: 1px solid var(--line); border-radius: var(--radius);
}
.panel h2 { font: 600 17px/1.35 var(--font); }
.panel:not(.stack) > h2 + *, .panel:not(.stack) > .lead-row + * { margin-top: 10px; }
.panel > [role="status"]:empty { display: none; }
.panel h3 { font: 600 15px/1.4 var(--font); }
.stack { display: grid; gap: 12px; }
.stack-small { display: grid; gap: 6px; }
.lead-row { display: flex; flex-wrap: wrap; gap: 8px 16px; align-items: center; justify-content: space-between; }
.notice {
  display: flex; gap: 10px; align-items: start; padding: 10px 12px; border-radius: var(--radius-small);
  background: var(--tone-soft); color: var(--text); border: 1px solid transparent; overflow-wrap: anywhere;
}
.notice > svg { color: var(--tone); margin-top: 2px; }
.notice > div { flex: 1; min-width: 0; display: grid; gap: 6px; justify-items: start; }
.notice[data-tone="good"] { --tone: var(--good); --tone-soft: var(--good-soft); }
.notice[data-tone="info"] { --tone: var(--low); --tone-soft: var(--low-soft); }
.notice[data-tone="warn"] { --tone: var(--medium); --tone-soft: var(--medium-soft); }
.notice[data-tone="bad"] { --tone: var(--high); --tone-soft: var(--high-soft); }
.field { display: grid; gap: 4px; max-width: 420px; }
.field > span:first-child, .field > label:first-child, .field legend { font-weight: 600; }
select.dg-input { appearance: auto; }
.tag {
  display: inline-block; padding: 1px 8px; border-radius: 10px; background: var(--bg-soft); color: var(--text-soft);
  border: 1px solid var(--line); font: 500 12px/1.5 var(--font); white-space: nowrap;
}
.tag[data-tone="accent"] { background: var(--accent-soft); color: var(--accent); border-color: transparent; }
.tag[data-tone="good"] { background: var(--good-soft); color: var(--good); border-color: transparent; }
.tag[data-tone="warn"] { background: var(--medium-soft); color: var(--medium); border-color: transparent; }
.tag[data-tone="bad"] { background: var(--high-soft); color: var(--high); border-color: transparent; }
.segments { display: inline-flex; border: 1px solid var(--line-strong); border-radius: var(--radius-small); overflow: hidden; }
.segments button {
  min-height: 30px; padding: 3px 12px; border: 0; background: var(--bg); color: var(--text);
  font: 500 13px/1.3 var(--font); cursor: pointer;
}
.segments button + button { border-inline-start: 1px solid var(--line); }
.segments button:hover { background: var(--bg-hover); }
.segments button[aria-pressed="true"] { background: var(--accent); color: var(--on-accent); }
.segments button:focus-visible { outline-offset: -3px; outline-color: currentColor; }
.switch { display: flex; gap: 10px; align-items: center; cursor: pointer; }
.switch input {
  appearance: none; flex: none; width: 36px; height: 20px; margin: 0; border-radius: 10px; position: relative;
  background: var(--line-strong); cursor: pointer;
}
.switch input::after {
  content: ""; position: absolute; inset-inline-start: 2px; top: 2px; width: 16px; height: 16px; border-radius: 50%; background: var(--bg);
  transition: inset-inline-start 120ms;
}
.switch input:checked { background: var(--accent); }
.switch input:checked::after { inset-inline-start: 18px; }
.switch input:disabled { opacity: 0.55; cursor: default; }
.check { display: flex; gap: 10px; align-items: start; cursor: pointer; }
.check input { flex: none; width: 17px; height: 17px; margin: 3px 0 0; accent-color: var(--accent); }
.lines { border-top: 1px solid var(--line); }
.lines > li { padding: 10px 0; border-bottom: 1px solid var(--line); }
.lines > li:last-child { border-bottom: 0; padding-bottom: 0; }
.marked { white-space: pre-wrap; overflow-wrap: anywhere; }
.marked mark { background: var(--medium-soft); color: inherit; border-bottom: 2px solid var(--medium); }
.marked mark[data-severity="high"] { background: var(--high-soft); border-color: var(--high); }
.marked mark[data-severity="low"] { background: var(--low-soft); border-color: var(--low); }
.findings { display: grid; gap: 10px; }
.said-page { min-height: 1.45em; color: var(--good); }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: start; padding-block: 8px; padding-inline-end: 12px; border-bottom: 1px solid var(--line); vertical-align: top; overflow-wrap: anywhere; }
th { color: var(--text-soft); font-weight: 600; }
@media (forced-colors: active) {
  .switch input { border: 1px solid ButtonText; }
  .switch input:checked { forced-color-adjust: none; background: Highlight; }
  .segments button[aria-pressed="true"] { forced-color-adjust: none; background: Highlight; color: HighlightText; }
  .panel, .notice { border-color: CanvasText; }
}
@media (max-width: 560px) {
  .top { padding: 8px 12px; }
  main.page { padding: 16px 12px 48px; }
  .panel { padding: 14px; }
}
@media print {
  .top, .no-print { display: none !important; }
  html.dg { background: none; }
  main.page { max-width: none; padding: 0; }
  .panel { border: 0; padding: 0; break-inside: auto; }
  .panel, .lines > li, .rule, .example { break-inside: avoid-page; }
  .book-section { break-inside: auto; }
  h2, h3 { break-after: avoid; }
  .example, .notice, .tag { border: 1px solid #888; }
  a[href^="https:"]::after, a[href^="tel:"]::after { content: " (" attr(href) ")"; font-size: 0.85em; }
}
`;
