/** One thing that was found: what, why, and what to do about it. */
import { useState } from "preact/hooks";
import type { Fix } from "../../shared/generated/Fix.ts";
import type { Severity } from "../../shared/generated/Severity.ts";
import { copyText } from "../copy.ts";
import { HighIcon, LowIcon, MediumIcon } from "../icons.tsx";
import { mailLink, safeLink } from "../link.ts";
import type { CardKey } from "../strings/card.ts";
import type { Translate } from "../strings/index.ts";
import { trusted } from "../trusted.ts";
import { FixButton } from "./fix-button.tsx";
import { type Group, isEdit, sameForAll } from "./fixes.ts";
import { Folded, shorten } from "./folded.tsx";
import type { CardProps } from "./props.ts";
import { ReplyView } from "./reply.tsx";

/** What was found is quoted up to this length. */
const QUOTED = 90;

const ICONS = { high: HighIcon, medium: MediumIcon, low: LowIcon } satisfies Record<Severity, unknown>;

interface Props {
  group: Group;
  card: CardProps;
  t: Translate<CardKey>;
  /** Says something politely to screen readers, and shows it. */
  say: (text: string) => void;
}

export function FindingView({ group, card, t, say }: Props) {
  const { finding } = group;
  const [noted, setNoted] = useState(false);
  const Weight = ICONS[finding.severity];
  const heading = `dg-${slug(group.key)}`;
  const learn = safeLink(finding.learn);
  const hasDetails = Boolean(
    finding.why ||
      group.also.length > 0 ||
      finding.consequence ||
      finding.section ||
      finding.reference ||
      learn,
  );
  return (
    <li class="finding" data-severity={finding.severity} aria-labelledby={heading}>
      <div class="finding-head">
        <span class="weight">
          <Weight size={14} />
          {t(`severity.${finding.severity}`)}
        </span>
        {group.all.length > 1 && (
          <span class="dg-soft dg-small">{t("card.places", { n: group.all.length })}</span>
        )}
      </div>
      <h3 id={heading}>{finding.title || finding.rule}</h3>
      <Quote group={group} t={t} />
      <Folded text={finding.message} t={t} />
      <div class="fixes">
        {finding.fixes.map((fix, at) => (
          <FixView key={fixKey(fix, at)} fix={fix} at={at} group={group} card={card} t={t} say={say} />
        ))}
      </div>
      {hasDetails && (
        <details class="why">
          <summary>{t("finding.details")}</summary>
          <dl>
            {finding.why && <Detail label={t("finding.why")}>{finding.why}</Detail>}
            {group.also.length > 0 && (
              <Detail label={t("finding.also")}>
                {group.also.map(({ title, rule }) => title || rule).join(", ")}
              </Detail>
            )}
            {finding.consequence && <Detail label={t("finding.consequence")}>{finding.consequence}</Detail>}
            {finding.section && (
              <Detail label={t("finding.section")}>
                <button
                  type="button"
                  class="dg-link"
                  onClick={trusted(() => card.onOpenPage("handbook", finding.section?.id))}
                >
                  {finding.section.title || finding.section.id}
                </button>
              </Detail>
            )}
            {finding.reference && <Detail label={t("finding.reference")}>{finding.reference}</Detail>}
            {learn && (
              <Detail label={t("finding.learn")}>
                <a href={learn} target="_blank" rel="noopener noreferrer">
                  {new URL(learn).host || learn}
                </a>
              </Detail>
            )}
          </dl>
        </details>
      )}
      {noted ? (
        <p class="dg-soft dg-small">{t("finding.noted")}</p>
      ) : (
        <button
          type="button"
          class="dg-link dg-small quiet"
          onClick={trusted(() => {
            setNoted(true);
            card.onFalsePositive(finding);
            say(t("finding.noted"));
          })}
        >
          {t("finding.not-a-problem")}
        </button>
      )}
    </li>
  );
}

function Detail({ label, children }: { label: string; children: preact.ComponentChildren }) {
  return (
    <>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </>
  );
}

function Quote({ group, t }: Pick<Props, "group" | "t">) {
  const { finding } = group;
  if (finding.concealed) {
    // A title that says as much needs no second line.
    const words = t("card.concealed");
    return finding.title === words ? null : <p class="quote">{words}</p>;
  }
  if (finding.text === "") return null;
  return <p class="quote">“{shorten(finding.text, QUOTED)}”</p>;
}

function FixView({ fix, at, group, card, t, say }: Props & { fix: Fix; at: number }) {
  if (fix.kind === "contact") return <ContactView fix={fix} t={t} say={say} />;
  if (fix.kind === "response") {
    return <ReplyView reply={fix} primary={at === 0} card={card} t={t} say={say} />;
  }
  const edits = sameForAll(group, fix);
  const n = edits.length;
  if (fix.kind === "insert") {
    return (
      <div class="preview">
        <p class="dg-soft dg-small">{t("fix.insert.preview")}</p>
        <p class="added">{fix.text.trim()}</p>
        <div class="dg-row">
          <FixButton
            fix={fix}
            label={t("fix.insert")}
            primary={at === 0}
            card={card}
            edits={edits}
            t={t}
            say={say}
          />
          {fix.remaining !== undefined && (
            <span class="dg-soft dg-small">{t("fix.remaining", { n: fix.remaining })}</span>
          )}
        </div>
      </div>
    );
  }
  const label =
    fix.kind === "replace"
      ? n > 1
        ? t("fix.replace.all", { text: shorten(fix.text, 60), n })
        : t("fix.replace", { text: shorten(fix.text, 60) })
      : n > 1
        ? t("fix.remove.all", { n })
        : t("fix.remove");
  return <FixButton fix={fix} label={label} primary={at === 0} card={card} edits={edits} t={t} say={say} />;
}

export function ContactView({
  fix,
  t,
  say,
}: { fix: Extract<Fix, { kind: "contact" }> } & Pick<Props, "t" | "say">) {
  const mail = mailLink(fix.mail, fix.message);
  const chat = safeLink(fix.url);
  const copy = async (event: Event) => {
    const text = [fix.name, fix.mail, fix.url, fix.message].filter(Boolean).join("\n");
    say((await copyText(text, event.currentTarget as Element)) ? t("fix.copied") : t("fix.copy.failed"));
  };
  return (
    <div class="preview">
      <p class="preview-title">{t("contact.ask", { name: fix.name })}</p>
      {fix.message && (
        <details>
          <summary>{t("contact.preview")}</summary>
          <p class="added">{fix.message}</p>
        </details>
      )}
      <div class="dg-row">
        {mail && (
          <a class="dg-button" href={mail} target="_blank" rel="noopener noreferrer">
            {t("contact.mail")}
          </a>
        )}
        {chat && (
          <a class="dg-button" href={chat} target="_blank" rel="noopener noreferrer">
            {t("contact.chat")}
          </a>
        )}
        <button type="button" class="dg-button" onClick={trusted((event) => void copy(event))}>
          {t("contact.copy")}
        </button>
      </div>
    </div>
  );
}

function fixKey(fix: Fix, at: number): string {
  return isEdit(fix) ? `${fix.kind}${at}` : `${fix.kind}:${fix.id}`;
}

function slug(key: string): string {
  return key.replace(/[^\p{L}\p{N}]+/gu, "-");
}
