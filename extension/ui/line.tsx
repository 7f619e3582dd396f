/** The quiet line beside a box in which an answer is about to be written. */
import { h, render } from "preact";
import type { Route } from "../shared/generated/Route.ts";
import type { Suggestion } from "../shared/generated/Suggestion.ts";
import type { Language, Theme } from "../shared/protocol.ts";
import type { Anchor } from "./card/props.ts";
import { CloseIcon, LowIcon } from "./icons.tsx";
import { mailLink, safeLink } from "./link.ts";
import { type Mounted, shell } from "./shell.ts";
import { CARD } from "./strings/card.ts";
import { translator } from "./strings/index.ts";
import { trusted } from "./trusted.ts";

export interface LineProps {
  /** Who answers such posts, where the author may not. */
  route: Route | undefined;
  /** Approved replies that fit. */
  replies: Suggestion[];
  language: Language;
  theme: Theme;
  /** The box. */
  anchor: Anchor;
  /** The approved replies are asked for. */
  onReplies(): void;
  onClose(): void;
}

export type MountedLine = Mounted<LineProps>;

/** Distance from the box and from the edges of the window, in CSS pixels. */
const GAP = 6;
const MARGIN = 8;

const CSS = `
.line {
  position: fixed; left: var(--x); top: var(--y); max-width: min(460px, calc(100vw - ${2 * MARGIN}px)); pointer-events: auto;
  display: flex; gap: 8px; align-items: center; padding: 6px 6px 6px 10px;
  background: var(--bg); color: var(--text); border: 1px solid var(--line); border-radius: var(--radius-small);
  box-shadow: var(--shadow); font-size: 13px;
}
.line > svg { color: var(--low); }
.line .words { flex: 1 1 auto; min-width: 0; overflow-wrap: anywhere; }
.line .ways { display: flex; flex-wrap: wrap; gap: 2px 12px; align-items: center; }
.line .ways:empty { display: none; }
@media (forced-colors: active) { .line { border-color: CanvasText; } }
@media print { .line { display: none; } }
`;

/** The editor keeps its focus and its selection. */
const keepFocus = (event: MouseEvent) => event.preventDefault();

function Line({ props }: { props: LineProps }) {
  const t = translator(CARD, props.language);
  const { route, replies } = props;
  const mail = mailLink(route?.mail, route?.message ?? "");
  const chat = safeLink(route?.url);
  const [first] = replies;
  return (
    <section class="line" aria-label={t("line.label")} lang={props.language}>
      <LowIcon size={16} />
      <div class="words">
        <p role="status">
          {route
            ? t(`line.${route.cause}`, { name: route.name })
            : first && t("line.reply", { title: first.title })}
        </p>
        {/* biome-ignore lint/a11y/noStaticElementInteractions: it only keeps a press from taking the focus */}
        <div class="ways" onMouseDown={keepFocus}>
          {mail && (
            <a href={mail} target="_blank" rel="noopener noreferrer">
              {t("contact.mail")}
            </a>
          )}
          {chat && (
            <a href={chat} target="_blank" rel="noopener noreferrer">
              {t("contact.chat")}
            </a>
          )}
          {first && (
            <button type="button" class="dg-link" onClick={trusted(() => props.onReplies())}>
              {t("reply.count", { n: replies.length })}
            </button>
          )}
        </div>
      </div>
      <button
        type="button"
        class="dg-button"
        data-look="icon"
        aria-label={t("card.close")}
        title={t("card.close")}
        onMouseDown={keepFocus}
        onClick={trusted(() => props.onClose())}
      >
        <CloseIcon />
      </button>
    </section>
  );
}

/** Draws a line into a closed shadow root of the content script's host element. */
export function mountLine(root: ShadowRoot, props: LineProps): MountedLine {
  const made = shell(root, CSS, props, (container, current) => {
    render(h(Line, { props: current }), container);
    const line = container.querySelector<HTMLElement>(".line");
    if (line === null) return;
    const { anchor } = current;
    const { offsetWidth: width, offsetHeight: height } = line;
    // Above the box: below it stand the buttons that the person needs next.
    const above = anchor.top - GAP - height;
    const top = above >= MARGIN ? above : Math.min(anchor.bottom + GAP, innerHeight - height - MARGIN);
    const left = Math.max(MARGIN, Math.min(anchor.left, innerWidth - width - MARGIN));
    line.style.setProperty("--x", `${Math.round(left)}px`);
    line.style.setProperty("--y", `${Math.round(top)}px`);
  });
  made.redraw();
  return made;
}
