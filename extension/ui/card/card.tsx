/** The card: everything that was found in one compose box, and what to do about it. */
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { CheckIcon, CloseIcon, ShieldIcon } from "../icons.tsx";
import { CARD, type CardKey } from "../strings/card.ts";
import { type Translate, translator } from "../strings/index.ts";
import { trusted } from "../trusted.ts";
import { FindingView } from "./finding.tsx";
import { grouped, safeEdits } from "./fixes.ts";
import { Footer } from "./footer.tsx";
import type { CardProps } from "./props.ts";
import { Replies } from "./replies.tsx";
import { ReplyState } from "./reply.tsx";

/** Findings shown at first, and with each "show more". */
const PAGE = 8;

interface Props {
  card: CardProps;
  /** Tells where the card stands, after each layout. */
  onLayout: (card: HTMLElement) => void;
}

export function Card({ card, onLayout }: Props) {
  const t = useMemo(() => translator(CARD, card.language), [card.language]);
  const [said, say] = useState("");
  const [shown, setShown] = useState(PAGE);
  const dialog = useRef<HTMLDivElement>(null);
  const { findings, verdict, lengths, unavailable, reply } = card.report;
  const replies = card.replies ?? [];
  const first = card.repliesFirst === true && findings.length === 0;
  const groups = useMemo(() => grouped(findings), [findings]);
  const fixable = useMemo(() => (card.canWrite ? safeEdits(findings) : []), [findings, card.canWrite]);
  const over = lengths.filter(({ used, max }) => used > max);

  // The dialog itself takes the focus: no key that was meant for the text can press one of its buttons.
  useEffect(() => dialog.current?.focus({ preventScroll: true }), []);
  useLayoutEffect(() => {
    if (dialog.current) onLayout(dialog.current);
  });

  const fixAll = async () => {
    say((await card.onFix(fixable)) === "written" ? t("fix.done") : t("fix.failed"));
  };

  return (
    <div
      ref={dialog}
      class="card"
      role="dialog"
      aria-modal={card.held ? "true" : undefined}
      aria-labelledby="dg-title"
      aria-describedby="dg-summary"
      lang={card.language}
      tabIndex={-1}
      onKeyDown={trusted((event: KeyboardEvent) => onKey(event, dialog.current, card))}
    >
      <header>
        <span class="mark">
          {findings.length === 0 && !first ? <CheckIcon size={18} /> : <ShieldIcon size={18} />}
        </span>
        <div class="titles">
          <h2 id="dg-title">{title(card, t)}</h2>
          <p id="dg-summary" class="dg-soft dg-small">
            {first
              ? t("reply.found", { n: replies.length })
              : findings.length === 0
                ? t("card.all-good.more")
                : t("card.summary", { n: groups.length })}
          </p>
        </div>
        <button
          type="button"
          class="dg-button"
          data-look="icon"
          aria-label={t("card.close")}
          title={t("card.close")}
          onClick={trusted(() => card.onClose())}
        >
          <CloseIcon />
        </button>
      </header>
      <section
        class="body"
        tabIndex={-1}
        aria-labelledby="dg-title"
        hidden={groups.length === 0 && !unavailable && !reply && replies.length === 0}
      >
        {unavailable && <p class="dg-soft dg-small">{t("card.partial")}</p>}
        {over.map(({ part, used, max }) => (
          <p key={part} class="dg-small over">
            {t("card.length", { used, max })}
          </p>
        ))}
        {reply && <ReplyState reply={reply} t={t} />}
        <ul class="findings">
          {groups.slice(0, shown).map((group) => (
            <FindingView key={group.key} group={group} card={card} t={t} say={say} />
          ))}
        </ul>
        <div class="dg-row">
          {groups.length > shown && (
            <button type="button" class="dg-button" onClick={trusted(() => setShown(shown + PAGE * 3))}>
              {t("card.more", { n: groups.length - shown })}
            </button>
          )}
          {fixable.length > 1 && (
            <button type="button" class="dg-button" onClick={trusted(() => void fixAll())}>
              {t("fix.all", { n: fixable.length })}
            </button>
          )}
        </div>
        {replies.length > 0 && <Replies replies={replies} open={first} card={card} t={t} say={say} />}
      </section>
      <p class="said" role="status" aria-live="polite" data-empty={said === "" ? "true" : undefined}>
        {said}
      </p>
      {verdict !== "clear" && <Footer card={card} t={t} say={say} />}
    </div>
  );
}

function title({ held, repliesFirst, report }: CardProps, t: Translate<CardKey>): string {
  const { verdict, findings } = report;
  if (findings.length === 0 && repliesFirst) return t("reply.title");
  if (findings.length === 0) return t("card.all-good");
  if (!held || verdict === "clear" || verdict === "note") return t("card.look");
  return t(`card.held.${verdict}`);
}

function onKey(event: KeyboardEvent, dialog: HTMLElement | null, card: CardProps): void {
  // The page's own shortcuts must not hear what is typed in our card.
  event.stopPropagation();
  if (event.isComposing) return;
  if (event.key === "Escape") {
    event.preventDefault();
    card.onClose();
  } else if (event.key === "Tab" && dialog) {
    cycle(event, dialog);
  }
}

/** Keeps Tab inside the card, both ways round. */
function cycle(event: KeyboardEvent, dialog: HTMLElement): void {
  const stops = [
    ...dialog.querySelectorAll<HTMLElement>(
      'button, a[href], input, textarea, summary, [tabindex]:not([tabindex="-1"])',
    ),
  ].filter((stop) => !stop.hasAttribute("disabled") && stop.checkVisibility());
  const first = stops[0];
  const last = stops[stops.length - 1];
  if (!first || !last) return;
  const at = (dialog.getRootNode() as Document | ShadowRoot).activeElement;
  const outside = at === dialog || at === null;
  if (event.shiftKey && (outside || at === first)) {
    event.preventDefault();
    last.focus();
  } else if (!event.shiftKey && at === last) {
    event.preventDefault();
    first.focus();
  }
}
