/** The small mark beside a compose box: how much there is to look at, and the way to the card. */
import { h, render } from "preact";
import type { Reply } from "../shared/generated/Reply.ts";
import type { Severity } from "../shared/generated/Severity.ts";
import type { Language, Theme } from "../shared/protocol.ts";
import { HighIcon, LowIcon, MediumIcon, ShieldIcon } from "./icons.tsx";
import { type Mounted, shell } from "./shell.ts";
import { CARD } from "./strings/card.ts";
import { translator } from "./strings/index.ts";
import { trusted } from "./trusted.ts";

export interface BadgeProps {
  /** How many things were found; 0 where nothing was. */
  count: number;
  /** The heaviest of them. */
  severity: Severity;
  /** The text could not be checked. */
  unavailable: boolean;
  /** The approved reply in the text, where its changes come near to what is allowed. */
  reply?: Reply | undefined;
  language: Language;
  theme: Theme;
  /** Where its lower right corner stands in the viewport, in CSS pixels. */
  right: number;
  bottom: number;
  onOpen(): void;
}

export type MountedBadge = Mounted<BadgeProps>;

/** Sides of the badge in CSS pixels: wide enough for a finger, WCAG 2.5.8. */
const HEIGHT = 26;

const CSS = `
.badge {
  position: fixed; left: var(--x); top: var(--y); transform: translateX(-100%); pointer-events: auto;
  display: inline-flex; align-items: center; gap: 4px; height: ${HEIGHT}px; min-width: ${HEIGHT}px; padding: 0 7px;
  border: 1px solid var(--tone); border-radius: 13px; background: var(--tone-soft); color: var(--tone);
  font: 600 12.5px/1 var(--font); white-space: nowrap; cursor: pointer;
}
.badge:hover { box-shadow: 0 0 0 2px var(--tone-soft), 0 0 0 3px var(--tone); }
.badge[data-tone="high"] { --tone: var(--high); --tone-soft: var(--high-soft); }
.badge[data-tone="medium"], .badge[data-tone="unavailable"] { --tone: var(--medium); --tone-soft: var(--medium-soft); }
.badge[data-tone="low"] { --tone: var(--low); --tone-soft: var(--low-soft); }
.badge[data-tone="clear"] { --tone: var(--good); --tone-soft: var(--good-soft); padding: 0; justify-content: center; }
`;

const ICONS = {
  high: HighIcon,
  medium: MediumIcon,
  low: LowIcon,
  clear: ShieldIcon,
  unavailable: MediumIcon,
};

/** What of an approved reply was changed, and what may be. */
function share({ changed, allowed }: Reply): string {
  return `${changed}/${allowed}\u00a0%`;
}

function Badge({ props }: { props: BadgeProps }) {
  const t = translator(CARD, props.language);
  const shown = props.count > 99 ? "99+" : String(props.count);
  const reply = props.count === 0 && !props.unavailable ? props.reply : undefined;
  const tone = props.unavailable
    ? "unavailable"
    : reply
      ? "low"
      : props.count === 0
        ? "clear"
        : props.severity;
  const label = props.unavailable
    ? t("badge.unavailable")
    : reply
      ? t("badge.reply", { shown: share(reply) })
      : props.count === 0
        ? t("badge.clear")
        : t("badge.label", { n: props.count, shown });
  const Mark = ICONS[tone];
  return (
    <button
      type="button"
      class="badge"
      data-tone={tone}
      aria-label={label}
      aria-haspopup="dialog"
      title={label}
      lang={props.language}
      // The editor keeps its focus and its selection.
      onMouseDown={(event: MouseEvent) => event.preventDefault()}
      onClick={trusted(() => props.onOpen())}
    >
      <Mark size={14} />
      {reply && <span aria-hidden="true">{share(reply)}</span>}
      {props.count > 0 && !props.unavailable && <span aria-hidden="true">{shown}</span>}
    </button>
  );
}

/** Draws a badge into a closed shadow root of the content script's host element. */
export function mountBadge(root: ShadowRoot, props: BadgeProps): MountedBadge {
  const made = shell(root, CSS, props, (container, current) => {
    container.style.setProperty("--x", `${Math.round(current.right)}px`);
    container.style.setProperty("--y", `${Math.round(current.bottom - HEIGHT)}px`);
    render(h(Badge, { props: current }), container);
  });
  made.redraw();
  return made;
}
