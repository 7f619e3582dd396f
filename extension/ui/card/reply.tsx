/** An approved reply on offer, and how far the text has moved away from the one in use. */
import { useId, useState } from "preact/hooks";
import type { Reply } from "../../shared/generated/Reply.ts";
import type { CardKey } from "../strings/card.ts";
import type { Translate } from "../strings/index.ts";
import { trusted } from "../trusted.ts";
import { FixButton } from "./fix-button.tsx";
import { Folded } from "./folded.tsx";
import type { CardProps } from "./props.ts";

/** Placeholders that nobody knew a value for. */
const BLANK = /\{(\w+)\}/g;

interface Props {
  reply: { id: string; title: string; text: string };
  primary: boolean;
  /** Whether it fits the post being answered. */
  fits?: boolean;
  card: CardProps;
  t: Translate<CardKey>;
  say: (text: string) => void;
}

export function ReplyView({ reply, primary, fits, card, t, say }: Props) {
  const blanks = [...new Set([...reply.text.matchAll(BLANK)].map(([, name]) => name ?? ""))];
  const [values, setValues] = useState<Record<string, string>>({});
  const filled = reply.text.replace(BLANK, (whole, name: string) => values[name]?.trim() || whole);
  const id = useId();
  return (
    <div class="preview">
      <div class="reply-head">
        <p class="preview-title">{reply.title}</p>
        {fits && <span class="fits">{t("reply.fits")}</span>}
      </div>
      <Folded text={filled} t={t} />
      {blanks.map((name) => (
        <label key={name} class="blank" for={`${id}${name}`}>
          <span class="dg-small">
            {name === "handle" ? t("reply.handle") : t("reply.blank", { text: name })}
          </span>
          <input
            id={`${id}${name}`}
            class="dg-input"
            maxLength={100}
            autocomplete="off"
            placeholder={name === "handle" ? t("reply.handle.example") : ""}
            value={values[name] ?? ""}
            onInput={trusted((event: Event) =>
              setValues({ ...values, [name]: (event.currentTarget as HTMLInputElement).value }),
            )}
          />
        </label>
      ))}
      <div class="dg-row">
        <FixButton
          fix={{ kind: "response", ...reply, text: filled }}
          label={t("fix.response")}
          primary={primary}
          card={card}
          edits={[{ kind: "response", id: reply.id, title: reply.title, text: filled }]}
          blocked={blanks.some((name) => !values[name]?.trim()) ? t("reply.blank.first") : undefined}
          t={t}
          say={say}
        />
      </div>
    </div>
  );
}

/** How far the text has moved away from the approved reply in it. */
export function ReplyState({ reply, t }: { reply: Reply; t: Translate<CardKey> }) {
  const { title, changed, allowed } = reply;
  const over = changed > allowed;
  const words = t(over ? "reply.over" : "reply.changed", { title, changed, allowed });
  return (
    <div class="reply-state" data-tone={over ? "over" : nearing(reply) ? "near" : "fine"}>
      <p class="dg-small">{words}</p>
      <meter
        aria-label={words}
        min={0}
        max={100}
        low={Math.max(1, allowed / 2)}
        high={Math.max(1, allowed)}
        optimum={0}
        value={changed}
      />
    </div>
  );
}

/** A reply whose changes have come to half of what is allowed; else nothing. Word for word, every change counts. */
export function nearing(reply: Reply | undefined): Reply | undefined {
  if (reply === undefined || reply.allowed >= 100 || reply.changed === 0) return undefined;
  return reply.changed * 2 >= reply.allowed ? reply : undefined;
}
