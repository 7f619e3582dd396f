/** Style sheet of the handbook. */

export const HANDBOOK_CSS = `
.search { margin-top: 16px; max-width: 460px; display: grid; gap: 6px; }
.contents ol { display: grid; grid-template-columns: repeat(auto-fill, minmax(220px, 1fr)); gap: 6px 20px; padding-inline-start: 22px; }
.prose { display: grid; gap: 10px; max-width: 68ch; }
.prose:empty { display: none; }
.prose :is(ul, ol) { padding-inline-start: 22px; display: grid; gap: 4px; }
.prose ul { list-style: disc; }
.prose blockquote { margin: 0; padding-inline-start: 12px; border-inline-start: 3px solid var(--line); color: var(--text-soft); }
.prose code { padding: 1px 5px; border-radius: 4px; background: var(--bg-soft); font: 0.92em/1.4 ui-monospace, monospace; }
.dg .rules { margin-top: 14px; border-top: 1px solid var(--line); }
.rule { display: grid; gap: 6px; padding: 14px 0; border-bottom: 1px solid var(--line); scroll-margin-top: 12px; }
.rule:last-child { border-bottom: 0; padding-bottom: 0; }
.rule .lead-row { flex-wrap: nowrap; align-items: start; }
.rule-message { max-width: 68ch; white-space: pre-line; overflow-wrap: anywhere; }
.rule:target { outline: 2px solid var(--accent); outline-offset: 6px; border-radius: 2px; }
.book-section { scroll-margin-top: 12px; }
.book-section:target { border-color: var(--accent); }
.examples summary { cursor: pointer; color: var(--accent); width: fit-content; }
.examples ul { margin-top: 8px; }
.example { display: flex; gap: 10px; padding: 8px 12px; border-radius: var(--radius-small); background: var(--bg-soft); }
.example > svg { margin-top: 3px; color: var(--good); }
.example[data-fires] > svg { color: var(--medium); }
.example > div { min-width: 0; display: grid; gap: 2px; }
`;
