/** What can be done with the post as a whole: go back to it, ask, give a reason, or post anyway. */
import { useRef, useState } from "preact/hooks";
import type { Finding } from "../../shared/generated/Finding.ts";
import type { Reason } from "../../shared/generated/Reason.ts";
import { copyText } from "../copy.ts";
import type { CardKey } from "../strings/card.ts";
import type { Translate } from "../strings/index.ts";
import { trusted } from "../trusted.ts";
import { isOnTop, useArming } from "./arming.ts";
import type { CardProps, GivenReason } from "./props.ts";

interface Props {
  card: CardProps;
  t: Translate<CardKey>;
  say: (text: string) => void;
}

export function Footer({ card, t, say }: Props) {
  const { verdict } = card.report;
  if (!card.held) return null;
  if (verdict === "justify") return <Justify card={card} t={t} say={say} />;
  return (
    <footer>
      {(verdict === "approve" || verdict === "block") && !hasContact(card.report.findings) && (
        <p class="dg-soft dg-small">{t("contact.none")}</p>
      )}
      {verdict === "warn" && card.left !== undefined && card.left < 2 && (
        <p class="dg-soft dg-small">
          {card.left === 0 ? t("limit.last") : t("limit.left", { n: card.left })}
        </p>
      )}
      <div class="dg-row end">
        {verdict === "approve" && <RequestButton card={card} t={t} say={say} />}
        {verdict === "warn" && <AnywayButton card={card} t={t} say={say} label={t("footer.anyway")} />}
        <EditButton card={card} t={t} />
      </div>
    </footer>
  );
}

function EditButton({ card, t }: Pick<Props, "card" | "t">) {
  return (
    <button type="button" class="dg-button" data-look="primary" onClick={trusted(() => card.onEdit())}>
      {t("footer.edit")}
    </button>
  );
}

interface AnywayProps extends Props {
  label: string;
  /** The reason to post with; `null` while one is still asked. */
  reason?: GivenReason | null;
}

function AnywayButton({ card, t, say, label, reason }: AnywayProps) {
  const button = useRef<HTMLButtonElement>(null);
  const armed = useArming(button, card.report) && reason !== null;
  const post = () => {
    if (!armed || !button.current) return;
    // Looked at again in the very moment: something may have been laid over it since.
    if (!isOnTop(button.current)) return say(t("footer.covered"));
    card.onPostAnyway(reason ?? undefined);
  };
  return (
    <button
      ref={button}
      type="button"
      class="dg-button"
      data-action="post-anyway"
      aria-disabled={armed ? undefined : "true"}
      onClick={trusted(post)}
    >
      {label}
    </button>
  );
}

function Justify({ card, t, say }: Props) {
  const [code, setCode] = useState<string>();
  const [text, setText] = useState("");
  const asked = useRef(false);
  const reasons = reasonsOf(card.report.findings, t);
  // "Another reason" says nothing without words.
  const complete = code !== undefined && (code !== "other" || text.trim() !== "");
  return (
    <footer>
      <fieldset class="reasons">
        <legend>{t("reason.legend")}</legend>
        {reasons.map((reason) => (
          <label key={reason.code}>
            <input
              type="radio"
              name="dg-reason"
              value={reason.code}
              checked={code === reason.code}
              onChange={trusted(() => setCode(reason.code))}
            />
            <span>{reason.text}</span>
          </label>
        ))}
        {/* Asked once there is something to add to: the card keeps its room for what was found. */}
        <label class="words" hidden={code === undefined}>
          <span class="dg-small">{t("reason.text")}</span>
          <textarea
            class="dg-input"
            rows={2}
            maxLength={500}
            value={text}
            // In lower case: not every browser has a property for this event, from which the name would be taken.
            {...{
              onbeforeinput: trusted(() => {
                asked.current = true;
              }),
            }}
            onInput={trusted((event) => {
              const field = event.currentTarget as HTMLTextAreaElement;
              // What a page's `execCommand` does to the field that has the focus is announced by nothing.
              if (asked.current) setText(field.value);
              else field.value = text;
              asked.current = false;
            })}
          />
        </label>
        <p class="dg-soft dg-small">{t("reason.kept")}</p>
      </fieldset>
      <div class="dg-row end">
        <AnywayButton
          card={card}
          t={t}
          say={say}
          label={t("footer.anyway.reason")}
          reason={complete && code !== undefined ? { code, text: text.trim() } : null}
        />
        <EditButton card={card} t={t} />
      </div>
    </footer>
  );
}

/** Every finding's reasons once; without any, three that fit most posts. Free words are always possible. */
function reasonsOf(findings: Finding[], t: Translate<CardKey>): Reason[] {
  const given = new Map<string, Reason>();
  for (const finding of findings) {
    if (finding.action !== "justify") continue;
    for (const reason of finding.reasons ?? []) given.set(reason.code, reason);
  }
  if (given.size === 0) {
    for (const code of ["public", "permitted", "mistaken"] as const) {
      given.set(code, { code, text: t(`reason.${code}`) });
    }
  }
  given.delete("other");
  return [...given.values(), { code: "other", text: t("reason.other") }];
}

function hasContact(findings: Finding[]): boolean {
  return findings.some(({ fixes }) => fixes.some(({ kind }) => kind === "contact"));
}

function RequestButton({ card, t, say }: Props) {
  const copy = async (event: Event) => {
    const copied = await copyText(request(card, t), event.currentTarget as Element);
    say(copied ? t("fix.copied") : t("fix.copy.failed"));
  };
  return (
    <button type="button" class="dg-button start" onClick={trusted((event) => void copy(event))}>
      {t("request.copy")}
    </button>
  );
}

/** A message that holds all that an approver needs; it goes where the employee pastes it. */
function request(card: CardProps, t: Translate<CardKey>): string {
  const asking = card.report.findings.filter(({ action }) => action === "approve");
  const titles = [...new Set(asking.map(({ title, rule }) => title || rule))];
  const lines = [t("request.head"), "", t("request.rules"), ...titles.map((title) => `- ${title}`)];
  if (card.draftText) lines.push("", t("request.text"), card.draftText);
  return lines.join("\n");
}
