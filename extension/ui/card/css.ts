/** The card's own style sheet. Tokens and buttons come from `tokens.ts`. */

/** The host in the page: of no size, out of reach of the page's rules, above everything. */
export const HOST = `
:host {
  all: initial !important;
  display: block !important; visibility: visible !important; opacity: 1 !important;
  position: fixed !important; inset: 0 auto auto 0 !important; width: 0 !important; height: 0 !important;
  margin: 0 !important; border: 0 !important; padding: 0 !important; overflow: visible !important;
  background: none !important; direction: ltr !important; z-index: 2147483647 !important;
  pointer-events: none !important;
}
`;

export const CARD_CSS = `
.card {
  position: fixed; left: var(--x, 8px); top: var(--y, 8px); width: var(--width, 392px); max-height: var(--most, 80vh);
  display: flex; flex-direction: column; overflow: hidden; pointer-events: auto;
  background: var(--bg); border: 1px solid var(--line); border-radius: var(--radius); box-shadow: var(--shadow);
  animation: dg-in 120ms ease-out;
}
.card:focus-visible { outline: none; }
@keyframes dg-in { from { opacity: 0; transform: translateY(4px); } }
.card > header { display: flex; gap: 10px; padding: 12px 10px 10px 14px; border-bottom: 1px solid var(--line); }
.card .mark { color: var(--accent); padding-top: 2px; }
.card .titles { flex: 1; min-width: 0; }
.card h2 { font: 600 15px/1.35 var(--font); }
.finding h3 { font: 600 14px/1.4 var(--font); overflow-wrap: anywhere; }
.card .body { flex: 1 1 auto; min-height: 0; overflow-y: auto; overscroll-behavior: contain; padding: 12px 14px;
  scrollbar-width: thin; scrollbar-color: var(--line-strong) transparent;
}
.card .body[hidden] { display: none; }
.card .findings { display: grid; gap: 12px; }
.card .findings + .dg-row:not(:empty) { margin-top: 12px; }
.finding {
  display: grid; gap: 6px; padding: 10px 12px; min-width: 0;
  border: 1px solid var(--line); border-inline-start: 3px solid var(--tone); border-radius: var(--radius-small);
}
.finding[data-severity="high"] { --tone: var(--high); --tone-soft: var(--high-soft); }
.finding[data-severity="medium"] { --tone: var(--medium); --tone-soft: var(--medium-soft); }
.finding[data-severity="low"] { --tone: var(--low); --tone-soft: var(--low-soft); }
.finding-head { display: flex; justify-content: space-between; gap: 8px; align-items: center; }
.weight { display: inline-flex; gap: 5px; align-items: center; color: var(--tone); font: 600 12px/1.3 var(--font); }
.quote {
  justify-self: start; max-width: 100%; padding: 1px 7px; border-radius: 4px; overflow-wrap: anywhere;
  background: var(--tone-soft); color: var(--text);
}
.message, .added { white-space: pre-line; overflow-wrap: anywhere; }
.fixes { display: flex; flex-wrap: wrap; gap: 8px; }
.fixes:empty { display: none; }
.preview {
  flex: 1 1 100%; display: grid; gap: 6px; padding: 8px 10px; border-radius: var(--radius-small); background: var(--bg-soft);
  min-width: 0;
}
.preview .added { border-inline-start: 2px solid var(--good); padding-inline-start: 8px; }
.preview-title { font-weight: 600; overflow-wrap: anywhere; }
.preview .dg-button { justify-self: start; }
.preview .dg-row { gap: 6px; }
.preview .dg-row .dg-button { padding-inline: 9px; }
.reply-head { display: flex; gap: 8px; align-items: start; justify-content: space-between; }
.fits { flex: none; padding: 1px 7px; border-radius: 9px; background: var(--good-soft); color: var(--good); font: 600 12px/1.4 var(--font); }
.blank { display: flex; flex-wrap: wrap; gap: 4px 8px; align-items: center; }
.blank .dg-input { flex: 1 1 140px; width: auto; min-width: 0; }
.replies { border-top: 1px solid var(--line); }
.card .body > .replies:first-child, .findings:empty + .dg-row:empty + .replies { border-top: 0; }
.findings:not(:empty) ~ .replies { margin-top: 14px; padding-top: 10px; }
.replies > summary { cursor: pointer; width: fit-content; font-weight: 600; border-radius: 4px; }
.replies-body { display: grid; gap: 8px; margin-top: 8px; }
.replies-body > p:empty { display: none; }
.replies .dg-row .dg-small { flex: 1 1 140px; }
.reply-state { display: grid; gap: 4px; margin-bottom: 12px; padding: 8px 10px; border-radius: var(--radius-small); background: var(--bg-soft); }
.reply-state[data-tone="near"] { background: var(--medium-soft); }
.reply-state[data-tone="over"] { background: var(--high-soft); }
.reply-state meter { width: 100%; height: 10px; }
.finding summary { cursor: pointer; color: var(--text-soft); font-size: 12.5px; width: fit-content; border-radius: 4px; }
.finding summary:hover { color: var(--text); }
.why dl { display: grid; gap: 2px; margin-top: 6px; padding-inline-start: 10px; border-inline-start: 2px solid var(--line); }
.why dt { color: var(--text-soft); font-size: 12.5px; }
.why dd { margin-bottom: 4px; overflow-wrap: anywhere; }
.quiet { justify-self: start; color: var(--text-soft); }
.over { color: var(--high); }
.card .said { padding: 7px 14px; background: var(--good-soft); color: var(--good); font-size: 13px; }
.card .said[data-empty] { position: absolute; clip-path: inset(50%); }
.card > footer { display: grid; gap: 10px; padding: 10px 14px 12px; border-top: 1px solid var(--line); }
.card .end { justify-content: flex-end; }
.card footer .start { margin-inline-end: auto; }
.reasons { display: grid; gap: 6px; }
.reasons legend { font-weight: 600; margin-bottom: 6px; }
.reasons label { display: flex; gap: 8px; align-items: start; cursor: pointer; }
.reasons .words { display: grid; gap: 4px; cursor: auto; }
.reasons .words[hidden] { display: none; }
.reasons input { margin: 3px 0 0; accent-color: var(--accent); }
@media (max-width: 479px) {
  .card { border-radius: var(--radius) var(--radius) 0 0; border-inline: 0; border-bottom: 0; }
}
@media (forced-colors: active) {
  .card, .finding { border: 1px solid CanvasText; }
  .quote, .preview { border: 1px solid GrayText; }
}
`;
