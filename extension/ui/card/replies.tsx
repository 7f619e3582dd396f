/** Approved replies: those that fit the answered text first, found by topic and by any of their words. */
import { useMemo, useState } from "preact/hooks";
import type { Suggestion } from "../../shared/generated/Suggestion.ts";
import type { CardKey } from "../strings/card.ts";
import type { Translate } from "../strings/index.ts";
import { trusted } from "../trusted.ts";
import type { CardProps } from "./props.ts";
import { ReplyView } from "./reply.tsx";

/** Replies shown at first, and with each "show more": what fits under a card. */
const PAGE = 3;

interface Props {
  replies: Suggestion[];
  open: boolean;
  card: CardProps;
  t: Translate<CardKey>;
  say: (text: string) => void;
}

export function Replies({ replies, open, card, t, say }: Props) {
  const [wanted, setWanted] = useState("");
  const [shown, setShown] = useState(PAGE);
  const found = useMemo(() => matching(replies, wanted), [replies, wanted]);
  const [first] = replies;
  const body = (
    <div class="replies-body">
      <input
        type="search"
        class="dg-input"
        aria-label={t("reply.search")}
        placeholder={t("reply.search")}
        value={wanted}
        onInput={trusted((event: Event) => {
          setShown(PAGE);
          setWanted((event.currentTarget as HTMLInputElement).value);
        })}
      />
      <p role="status" class="dg-soft dg-small">
        {wanted.trim() !== "" &&
          (found.length > 0
            ? t("reply.found", { n: found.length })
            : t("reply.none", { text: wanted.trim() }))}
      </p>
      {found.slice(0, shown).map((reply) => (
        <ReplyView
          key={reply.id}
          reply={reply}
          primary={reply.fits}
          fits={reply.fits}
          card={card}
          t={t}
          say={say}
        />
      ))}
      {found.length > shown && (
        <button type="button" class="dg-button" onClick={trusted(() => setShown(shown + PAGE * 2))}>
          {t("card.more", { n: found.length - shown })}
        </button>
      )}
      {first && <p class="dg-soft dg-small">{mayChange(first.changes, t)}</p>}
    </div>
  );
  if (open) return body;
  return (
    <details class="replies">
      <summary>{t("reply.count", { n: replies.length })}</summary>
      {body}
    </details>
  );
}

function mayChange(changes: number, t: Translate<CardKey>): string {
  if (changes === 0) return t("reply.changes.none");
  return changes >= 100 ? t("reply.changes.free") : t("reply.changes", { n: changes });
}

/** Replies that hold every word that was typed, in topic, title or text; a topic of that name first. */
export function matching(replies: Suggestion[], wanted: string): Suggestion[] {
  const words = plain(wanted).split(/\s+/).filter(Boolean);
  if (words.length === 0) return replies;
  const rank = ({ topic, title }: Suggestion) =>
    words.every((word) => plain(topic).includes(word))
      ? 0
      : words.every((word) => plain(title).includes(word))
        ? 1
        : 2;
  return replies
    .filter(({ topic, title, text }) => {
      const all = plain(`${topic} ${title} ${text}`);
      return words.every((word) => all.includes(word));
    })
    .sort((a, b) => rank(a) - rank(b));
}

/** Without case and accents. */
function plain(text: string): string {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}
