/** A compose box of our own: what is typed is checked by the same engine, and the fixes work. */
import { useEffect, useId, useMemo, useRef, useState } from "preact/hooks";
import { send } from "../shared/browser.ts";
import type { Context } from "../shared/generated/Context.ts";
import type { Fix } from "../shared/generated/Fix.ts";
import type { Report } from "../shared/generated/Report.ts";
import type { Language, PageName } from "../shared/protocol.ts";
import { FindingView } from "./card/finding.tsx";
import { compatible, grouped, isEdit } from "./card/fixes.ts";
import type { CardProps } from "./card/props.ts";
import { Notice, pagePath } from "./page.tsx";
import { CARD } from "./strings/card.ts";
import { type Translate, translator } from "./strings/index.ts";
import type { PageKey } from "./strings/pages.ts";

/** A pause in typing after which the text is checked, in milliseconds. */
const PAUSE_MS = 180;

interface Props {
  t: Translate<PageKey>;
  language: Language;
  label: string;
  context: Context;
  initial?: string;
  rows?: number;
  /** How many findings are listed. */
  most?: number;
  onReport?: (text: string, report: Report) => void;
}

export function TryBox({ t, language, label, context, initial = "", rows = 4, most = 20, onReport }: Props) {
  const id = useId();
  const [text, setText] = useState(initial);
  const [checked, setChecked] = useState<{ text: string; report: Report }>();
  const [fault, setFault] = useState<string>();
  const [said, say] = useState("");
  const field = useRef<HTMLTextAreaElement>(null);
  const tCard = useMemo(() => translator(CARD, language), [language]);
  const told = useRef(onReport);
  told.current = onReport;
  // The language is part of the question: the background answers in it.
  const where = JSON.stringify({ ...context, interface: language });

  // A sample in another language takes the place of the sample, never of what somebody wrote.
  const sample = useRef(initial);
  useEffect(() => {
    setText((now) => (now === sample.current ? initial : now));
    sample.current = initial;
  }, [initial]);
  useEffect(() => {
    if (text.trim() === "") {
      setChecked(undefined);
      return;
    }
    let current = true;
    const timer = window.setTimeout(async () => {
      const answer = await send({
        kind: "draft.try",
        draft: { parts: [{ id: "body", role: "body", text }], links: [], media: [] },
        context: JSON.parse(where) as Context,
      });
      // An answer about an older text is no answer about this one.
      if (!current) return;
      if (answer.kind === "error") return setFault(answer.message);
      setFault(undefined);
      setChecked({ text, report: answer.report });
      told.current?.(text, answer.report);
    }, PAUSE_MS);
    return () => {
      current = false;
      window.clearTimeout(timer);
    };
  }, [text, where]);

  const report = checked?.report;
  const groups = useMemo(() => grouped(report?.findings ?? []), [report]);
  const card: CardProps | undefined = report && {
    report,
    language,
    theme: "auto",
    anchor: { left: 0, top: 0, right: 0, bottom: 0 },
    held: false,
    canWrite: true,
    onFix: async (fixes) => {
      const next = applied(text, fixes);
      // The text has moved on since it was checked: nothing is written into the wrong place.
      if (next === undefined || checked?.text !== text) return "failed";
      setText(next);
      field.current?.focus();
      return "written";
    },
    onEdit: () => field.current?.focus(),
    onPostAnyway: () => {},
    onClose: () => {},
    onFalsePositive: (finding) => {
      void send({
        kind: "event.record",
        event: { site: "other", rules: [finding.rule], outcome: "false-positive" },
      });
    },
    onOpenPage: (page: PageName, anchor?: string) => {
      window.open(pagePath(page, anchor), "_blank", "noopener");
    },
  };

  return (
    <div class="stack">
      <label class="stack-small" for={id}>
        <span class="try-label">{label}</span>
        <textarea
          id={id}
          ref={field}
          class="dg-input"
          rows={rows}
          maxLength={100_000}
          placeholder={t("try.placeholder")}
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
        />
      </label>
      <div role="status" class="stack-small">
        {fault !== undefined && <Notice tone="bad">{t("app.error", { message: fault })}</Notice>}
        {report && groups.length === 0 && <Notice tone="good">{t("try.clear")}</Notice>}
        {groups.length > 0 && <p class="try-count">{t("try.found", { n: groups.length })}</p>}
        {said !== "" && <p class="dg-soft dg-small">{said}</p>}
      </div>
      {card && groups.length > 0 && (
        <ul class="findings">
          {groups.slice(0, most).map((group) => (
            <FindingView key={group.key} group={group} card={card} t={tCard} say={say} />
          ))}
        </ul>
      )}
    </div>
  );
}

/** The text after fixes of its one part; `undefined` where one does not fit it. */
function applied(text: string, fixes: Fix[]): string | undefined {
  let out = text;
  const response = fixes.find((fix) => fix.kind === "response");
  if (response?.kind === "response") return response.text;
  for (const edit of compatible(fixes.filter(isEdit))) {
    const [start, end] = edit.kind === "insert" ? [edit.at, edit.at] : [edit.start, edit.end];
    if (start > end || end > out.length) return undefined;
    out = out.slice(0, start) + (edit.kind === "remove" ? "" : edit.text) + out.slice(end);
  }
  return out;
}
