/** Practice: situations of real life, judged by the same engine. Nothing is posted, nothing is kept but what is done. */
import { useEffect, useMemo, useState } from "preact/hooks";
import { send, store, stored } from "../../shared/browser.ts";
import type { Context } from "../../shared/generated/Context.ts";
import type { Handbook } from "../../shared/generated/Handbook.ts";
import { siteName } from "../../shared/sites.ts";
import { CheckIcon } from "../../ui/icons.tsx";
import { Frame, Notice, type PageProps, startPage } from "../../ui/page.tsx";
import { translator } from "../../ui/strings/index.ts";
import { PRACTICE } from "../../ui/strings/practice.ts";
import { TryBox } from "../../ui/try-box.tsx";
import { SITUATIONS, type Situation } from "./situations.ts";

const KEY = "practice";

function Page({ t, language, fault, view }: PageProps) {
  const p = useMemo(() => translator(PRACTICE, language), [language]);
  const [done, setDone] = useState<Record<string, number>>({});
  const [open, setOpen] = useState<Situation | undefined>(SITUATIONS[0]);
  const [book, setBook] = useState<Handbook>();
  const ready = view !== undefined;
  useEffect(() => {
    void stored<Record<string, number>>(KEY).then((kept) => setDone(kept ?? {}));
  }, []);
  useEffect(() => {
    if (!ready) return;
    void send({ kind: "handbook.get" }).then((answer) => {
      if (answer.kind === "handbook")
        setBook(answer.handbooks.find(({ company }) => company) ?? answer.handbooks[0]);
    });
  }, [ready]);
  const solved = (id: string) => {
    if (done[id]) return;
    const next = { ...done, [id]: Date.now() };
    setDone(next);
    void store(KEY, next);
  };
  const names = {
    company: book?.company || p("practice.company"),
    product: book?.product || p("practice.product"),
    competitor: book?.competitor || p("practice.competitor"),
  };
  const count = SITUATIONS.filter(({ id }) => done[id]).length;
  return (
    <Frame t={t} here="practice" fault={fault}>
      <h1>{p("practice.title")}</h1>
      <p class="lead">{p("practice.lead")}</p>
      <div class="progress">
        <progress max={SITUATIONS.length} value={count} aria-label={p("practice.title")} />
        <span class="dg-small dg-soft">{p("practice.progress", { n: count, all: SITUATIONS.length })}</span>
      </div>
      <div class="practice">
        <ul class="situations">
          {SITUATIONS.map((situation) => (
            <li key={situation.id}>
              <button
                type="button"
                class="situation"
                aria-pressed={open?.id === situation.id}
                onClick={() => setOpen(situation)}
              >
                <span>{p(`${situation.id}.title`)}</span>
                {done[situation.id] && (
                  <span class="tick" title={p("practice.done")}>
                    <CheckIcon />
                    <span class="dg-offstage">{p("practice.done")}</span>
                  </span>
                )}
              </button>
            </li>
          ))}
        </ul>
        {open && (
          <Exercise
            key={open.id}
            situation={open}
            names={names}
            t={t}
            p={p}
            language={language}
            solved={() => solved(open.id)}
            next={() => setOpen(SITUATIONS[(SITUATIONS.indexOf(open) + 1) % SITUATIONS.length])}
          />
        )}
      </div>
    </Frame>
  );
}

interface ExerciseProps extends Pick<PageProps, "t" | "language"> {
  situation: Situation;
  names: Record<"company" | "product" | "competitor", string>;
  p: ReturnType<typeof translator<typeof PRACTICE>>;
  solved: () => void;
  next: () => void;
}

function Exercise({ situation, names, t, p, language, solved, next }: ExerciseProps) {
  const { id, answers } = situation;
  const [round, setRound] = useState(0);
  const [clear, setClear] = useState(false);
  const answering = answers && p(`${answers}.answering`, names);
  const context: Context = { ...situation.context, ...(answering ? { answering } : {}) };
  return (
    <section class="panel stack exercise" aria-label={p(`${id}.title`)}>
      <div class="stack-small">
        <h2>{p(`${id}.title`)}</h2>
        <p>{p(`${id}.task`)}</p>
        <p class="dg-soft dg-small">
          {[context.site && siteName(context.site), context.surface && t(`surface.${context.surface}`)].join(
            " · ",
          )}{" "}
          · {p(context.account === "brand" ? "practice.as.brand" : "practice.as.personal")}
        </p>
      </div>
      {answering && (
        <blockquote class="answering">
          <p class="dg-soft dg-small">{p("practice.answering")}</p>
          <p>{answering}</p>
        </blockquote>
      )}
      <TryBox
        key={round}
        t={t}
        language={language}
        label={p("practice.draft")}
        context={context}
        initial={p(`${id}.draft`, names)}
        onReport={(text, { verdict }) => {
          const good = text.trim() !== "" && (verdict === "clear" || verdict === "note");
          setClear(good);
          if (good) solved();
        }}
      />
      <div role="status">{clear && <Notice tone="good">{p("practice.well")}</Notice>}</div>
      <div class="dg-row">
        <button type="button" class="dg-button" onClick={() => setRound(round + 1)}>
          {p("practice.reset")}
        </button>
        <button type="button" class="dg-button" data-look={clear ? "primary" : undefined} onClick={next}>
          {p("practice.next")}
        </button>
      </div>
    </section>
  );
}

void startPage(
  "nav.practice",
  Page,
  `
.progress { display: flex; gap: 12px; align-items: center; margin-top: 16px; }
.progress progress {
  appearance: none; width: 220px; height: 10px; border: 1px solid var(--line-strong); border-radius: 5px; overflow: hidden;
  background: var(--bg-soft);
}
.progress progress::-webkit-progress-bar { background: var(--bg-soft); }
.progress progress::-webkit-progress-value { background: var(--accent); }
.progress progress::-moz-progress-bar { background: var(--accent); }
@media (forced-colors: active) {
  .progress progress::-webkit-progress-value { forced-color-adjust: none; background: Highlight; }
  .progress progress::-moz-progress-bar { forced-color-adjust: none; background: Highlight; }
}
.practice { display: grid; grid-template-columns: 250px 1fr; gap: 0 20px; align-items: start; }
.dg .situations { margin-top: 20px; display: grid; gap: 2px; }
.situation {
  display: flex; justify-content: space-between; gap: 8px; width: 100%; padding: 8px 12px; border: 1px solid transparent;
  border-radius: var(--radius-small); background: none; color: var(--text); font: 14px/1.4 var(--font); text-align: start;
  cursor: pointer;
}
.situation:hover { background: var(--bg-hover); }
.situation[aria-pressed="true"] { background: var(--bg); border-color: var(--line); font-weight: 600; }
.tick { color: var(--good); padding-top: 2px; }
.answering { margin: 0; padding: 10px 14px; border-inline-start: 3px solid var(--line-strong); background: var(--bg-soft); }
@media (max-width: 720px) { .practice { grid-template-columns: 1fr; } }
@media (forced-colors: active) { .situation[aria-pressed="true"] { border-color: Highlight; } }
`,
);
