/** A rule in plain words, with examples that the engine itself judges. */
import { useEffect, useState } from "preact/hooks";
import { send } from "../../shared/browser.ts";
import type { Block } from "../../shared/generated/Block.ts";
import type { Finding } from "../../shared/generated/Finding.ts";
import type { HandbookExample } from "../../shared/generated/HandbookExample.ts";
import type { HandbookRule } from "../../shared/generated/HandbookRule.ts";
import type { Inline } from "../../shared/generated/Inline.ts";
import { siteName } from "../../shared/sites.ts";
import { CheckIcon, HighIcon } from "../../ui/icons.tsx";
import { safeLink } from "../../ui/link.ts";
import { MarkedText } from "../../ui/marked.tsx";
import { formatDate, type PageProps } from "../../ui/page.tsx";

const TONES = { note: undefined, warn: "good", justify: "accent", approve: "warn", block: "bad" } as const;

type Props = Pick<PageProps, "t" | "language"> & { rule: HandbookRule };

export function RuleView({ rule, t, language }: Props) {
  const list = new Intl.ListFormat(language, { type: "disjunction" });
  const learn = safeLink(rule.learn);
  const limits = [
    rule.sites.length > 0 && t("handbook.rule.where", { list: list.format(rule.sites.map(siteName)) }),
    rule.surfaces.length > 0 &&
      t("handbook.rule.surfaces", { list: list.format(rule.surfaces.map((it) => t(`surface.${it}`))) }),
    rule.accounts.length > 0 &&
      t("handbook.rule.accounts", { list: list.format(rule.accounts.map((it) => t(`account.${it}`))) }),
    rule.from !== undefined &&
      rule.from * 1000 > Date.now() &&
      t("handbook.rule.from", { date: formatDate(rule.from * 1000, language) }),
    rule.until !== undefined && t("handbook.rule.until", { date: formatDate(rule.until * 1000, language) }),
    rule.observed && t("handbook.rule.observed"),
  ].filter(Boolean);
  return (
    <li class="rule" id={`rule-${rule.id}`}>
      <div class="lead-row">
        <h3>{rule.title}</h3>
        <span class="tag" data-tone={TONES[rule.action]}>
          {t(`action.${rule.action}`)}
        </span>
      </div>
      {rule.message && <p class="rule-message">{rule.message}</p>}
      {rule.consequence && <p class="dg-soft">{rule.consequence}</p>}
      {limits.length > 0 && <p class="dg-soft dg-small">{limits.join(" · ")}</p>}
      {(rule.reference || learn) && (
        <p class="dg-soft dg-small">
          {rule.reference}
          {rule.reference && learn && " · "}
          {learn && (
            <a href={learn} target="_blank" rel="noopener noreferrer">
              {new URL(learn).host || learn}
            </a>
          )}
        </p>
      )}
      {rule.examples.length > 0 && <Examples rule={rule} t={t} language={language} />}
    </li>
  );
}

interface Judged {
  example: HandbookExample;
  findings: Finding[];
}

/** Examples are judged when somebody opens them; those that the policy in force sees otherwise are not shown. */
function Examples({ rule, t, language }: Props) {
  const [open, setOpen] = useState(false);
  const [printing, setPrinting] = useState(false);
  const [judged, setJudged] = useState<Judged[]>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: `language` asks again
  useEffect(() => {
    if (!open) return;
    let current = true;
    void Promise.all(rule.examples.map((example) => judge(rule.id, example))).then((all) => {
      if (current) setJudged(all.filter((one) => one !== undefined));
    });
    return () => {
      current = false;
    };
  }, [open, rule, language]);
  // Paper cannot be opened: there every example is shown, judged or not yet.
  useEffect(() => {
    const before = () => setPrinting(true);
    const after = () => setPrinting(false);
    addEventListener("beforeprint", before);
    addEventListener("afterprint", after);
    return () => {
      removeEventListener("beforeprint", before);
      removeEventListener("afterprint", after);
    };
  }, []);
  const shown = judged ?? (printing ? rule.examples.map((example) => ({ example, findings: [] })) : []);
  return (
    <details
      class="examples"
      open={open || printing}
      onToggle={(event) => !printing && setOpen(event.currentTarget.open)}
    >
      <summary>{t("handbook.examples")}</summary>
      <ul class="stack-small">
        {shown.map(({ example, findings }) => (
          <li key={example.text} class="example" data-fires={example.fires ? "true" : undefined}>
            {example.fires ? <HighIcon /> : <CheckIcon />}
            <div>
              <p class="dg-soft dg-small">
                {t(example.fires ? "handbook.example.fires" : "handbook.example.clear")}
              </p>
              <MarkedText text={example.text} findings={findings} />
            </div>
          </li>
        ))}
      </ul>
    </details>
  );
}

async function judge(rule: string, example: HandbookExample): Promise<Judged | undefined> {
  const answer = await send({
    kind: "draft.try",
    draft: { parts: [{ id: "body", role: "body", text: example.text }], links: [], media: [] },
    context: example.context,
  });
  if (answer.kind === "error") return undefined;
  const findings = answer.report.findings.filter((finding) => finding.rule === rule);
  return findings.length > 0 === example.fires ? { example, findings } : undefined;
}

/** A section's text. */
export function Blocks({ blocks }: { blocks: Block[] }) {
  return (
    <div class="prose">
      {blocks.map((block, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a section's blocks have no other name and never move
        <BlockView key={at} block={block} />
      ))}
    </div>
  );
}

function BlockView({ block }: { block: Block }) {
  switch (block.kind) {
    case "heading":
      return (
        <h3>
          <Inlines content={block.content} />
        </h3>
      );
    case "paragraph":
      return (
        <p>
          <Inlines content={block.content} />
        </p>
      );
    case "quote":
      return (
        <blockquote>
          <Inlines content={block.content} />
        </blockquote>
      );
    case "list": {
      const items = block.items.map((item, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: as above
        <li key={at}>
          <Inlines content={item} />
        </li>
      ));
      return block.ordered ? <ol>{items}</ol> : <ul>{items}</ul>;
    }
  }
}

function Inlines({ content }: { content: Inline[] }) {
  return (
    <>
      {content.map((inline, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: as above
        <InlineView key={at} inline={inline} />
      ))}
    </>
  );
}

function InlineView({ inline }: { inline: Inline }) {
  switch (inline.kind) {
    case "strong":
      return <strong>{inline.text}</strong>;
    case "emphasis":
      return <em>{inline.text}</em>;
    case "code":
      return <code>{inline.text}</code>;
    case "link": {
      const href = safeLink(inline.href);
      return href ? (
        <a href={href} target="_blank" rel="noopener noreferrer">
          {inline.text}
        </a>
      ) : (
        <span>{inline.text}</span>
      );
    }
    default:
      return <span>{inline.text}</span>;
  }
}
