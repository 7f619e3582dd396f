/** Style sheet of the popup. */

export const POPUP_CSS = `
html.dg:has(.popup) { background: var(--bg); font-size: 14px; }
.popup { width: 372px; max-width: 100%; margin: 0 auto; padding: 12px 16px 8px; display: grid; gap: 14px; }
.popup-top { display: flex; justify-content: space-between; align-items: center; }
.popup h1.brand { font: 600 15px/1.2 var(--font); }
.popup .label { font: 600 12px/1.3 var(--font); color: var(--text-soft); }
.status {
  display: flex; gap: 12px; padding: 12px 14px; border-radius: var(--radius);
  background: var(--tone-soft); border: 1px solid transparent;
}
.status h2 { font: 650 16px/1.3 var(--font); }
.status-icon { color: var(--tone); }
.status[data-tone="good"] { --tone: var(--good); --tone-soft: var(--good-soft); }
.status[data-tone="info"] { --tone: var(--low); --tone-soft: var(--low-soft); }
.status[data-tone="warn"] { --tone: var(--medium); --tone-soft: var(--medium-soft); }
.status[data-tone="bad"] { --tone: var(--high); --tone-soft: var(--high-soft); }
.meta { display: block; }
.try { padding-top: 12px; border-top: 1px solid var(--line); }
.try-label { font: 600 12px/1.3 var(--font); color: var(--text-soft); }
.popup-nav {
  display: grid; grid-template-columns: 1fr 1fr; gap: 0 8px; margin: 0 -8px; padding: 8px 0;
  border-top: 1px solid var(--line);
}
.popup-nav a { padding: 6px 8px; border-radius: var(--radius-small); color: var(--text); text-decoration: none; font-size: 13px; }
.popup-nav a:hover { background: var(--bg-hover); }
.popup-nav .alarm { grid-column: 1 / -1; color: var(--high); }
@media (forced-colors: active) { .status { border-color: CanvasText; } }
`;
