/** What was held on this device and how it went on. It holds no text unless the person wants that. */
import { useEffect, useState } from "preact/hooks";
import { extensionVersion, send } from "../../shared/browser.ts";
import type { HistoryEntry } from "../../shared/protocol.ts";
import { siteName } from "../../shared/sites.ts";
import { Frame, Notice, type PageProps, Switch, startPage } from "../../ui/page.tsx";

const TONES: Record<HistoryEntry["outcome"], string | undefined> = {
  held: "accent",
  fixed: "good",
  edited: "good",
  "posted-anyway": "warn",
  "let-go": "warn",
  "false-positive": undefined,
  unavailable: "bad",
  observed: undefined,
};

/** Entries shown at first. */
const PAGE = 100;

function Page({ t, language, view, fault, refresh }: PageProps) {
  const [entries, setEntries] = useState<HistoryEntry[]>();
  const [titles, setTitles] = useState(new Map<string, string>());
  const [wrong, setWrong] = useState<string>();
  const [asking, setAsking] = useState(false);
  const [said, setSaid] = useState("");
  const [shown, setShown] = useState(PAGE);
  // biome-ignore lint/correctness/useExhaustiveDependencies: titles come in the language of the page
  useEffect(() => {
    void send({ kind: "history.list" }).then((answer) => {
      if (answer.kind === "error") setWrong(answer.message);
      else setEntries(answer.entries);
    });
    void send({ kind: "handbook.get" }).then((answer) => {
      if (answer.kind !== "handbook") return;
      const rules = answer.handbooks.flatMap(({ sections }) => sections).flatMap(({ rules }) => rules);
      setTitles(new Map(rules.map(({ id, title }) => [id, title])));
    });
  }, [language]);
  const clear = async () => {
    const answer = await send({ kind: "history.clear" });
    setAsking(false);
    if (answer.kind === "error") return setWrong(answer.message);
    setEntries([]);
    setSaid(t("history.cleared"));
  };
  const versions = view?.policies.map(({ id, version }) => ({ id, version })) ?? [];
  const keeps = view?.settings.historyText === true;
  const keepText = async (historyText: boolean) => {
    const answer = await send({ kind: "settings.set", change: { historyText } });
    if (answer.kind === "error") return setWrong(answer.message);
    if (!historyText) {
      setEntries((now) => now?.map(withoutText));
      setSaid(t("history.text.deleted"));
    } else setSaid("");
    refresh();
  };
  const time = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short" });
  return (
    <Frame t={t} here="history" fault={fault ?? wrong}>
      <h1>{t("history.title")}</h1>
      <p class="lead">{t("history.lead")}</p>
      <p role="status" class="said-page">
        {said}
      </p>
      {view && (
        <section class="panel stack-small">
          <Switch label={t("history.text")} checked={keeps} onChange={(on) => void keepText(on)} />
          <p class="dg-soft dg-small">{t("history.text.help")}</p>
        </section>
      )}
      {entries?.length === 0 && (
        <section class="panel history-empty">
          <p>{t("history.empty")}</p>
        </section>
      )}
      {entries && entries.length > 0 && (
        <section class="panel stack">
          <div class="dg-row">
            <button type="button" class="dg-button" onClick={() => save(entries, versions)}>
              {t("history.export")}
            </button>
            <button type="button" class="dg-button" onClick={() => save(entries.map(withoutText), versions)}>
              {t("history.export.support")}
            </button>
            <button type="button" class="dg-button" onClick={() => setAsking(true)}>
              {t("history.clear")}
            </button>
          </div>
          {asking && (
            <Notice tone="warn">
              {t("history.clear.sure")}
              <span class="dg-row">
                <button type="button" class="dg-button" onClick={() => void clear()}>
                  {t("history.clear.yes")}
                </button>
                <button type="button" class="dg-button" onClick={() => setAsking(false)}>
                  {t("history.clear.no")}
                </button>
              </span>
            </Notice>
          )}
          <div class="scroll">
            <table>
              <thead>
                <tr>
                  <th scope="col">{t("history.when")}</th>
                  <th scope="col">{t("history.site")}</th>
                  <th scope="col">{t("history.rules")}</th>
                  <th scope="col">{t("history.outcome")}</th>
                </tr>
              </thead>
              <tbody>
                {entries.slice(0, shown).map((entry) => (
                  <tr key={entry.time}>
                    <td>{time.format(entry.time)}</td>
                    <td>{entry.site === "other" ? t("history.elsewhere") : siteName(entry.site)}</td>
                    <td>
                      {entry.rules.map((id) => titles.get(id) ?? id).join(", ")}
                      {entry.text !== undefined && (
                        <details>
                          <summary>{t("history.text.show")}</summary>
                          <p class="marked">{entry.text}</p>
                        </details>
                      )}
                      {entry.words !== undefined && (
                        <p class="dg-soft dg-small">{t("history.reason", { text: entry.words })}</p>
                      )}
                    </td>
                    <td>
                      <span class="tag" data-tone={TONES[entry.outcome]}>
                        {t(`outcome.${entry.outcome}`)}
                      </span>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          {entries.length > shown && (
            <button type="button" class="dg-button" onClick={() => setShown(shown + PAGE)}>
              {t("history.more")}
            </button>
          )}
        </section>
      )}
    </Frame>
  );
}

/** What happened, without a word of what was written. */
function withoutText({ text: _, words: __, ...rest }: HistoryEntry): HistoryEntry {
  return rest;
}

/** How often each outcome came for each rule: what an administrator adds up over many people. */
function counts(entries: HistoryEntry[]): Record<string, Record<string, number>> {
  const all: Record<string, Record<string, number>> = {};
  for (const { rules, outcome } of entries) {
    for (const rule of rules) {
      const of = all[rule] ?? {};
      of[outcome] = (of[outcome] ?? 0) + 1;
      all[rule] = of;
    }
  }
  return all;
}

/** Saves the entries as a file, times in ISO 8601. */
function save(entries: HistoryEntry[], policies: { id: string; version: number }[]): void {
  const rows = entries.map((entry) => ({ ...entry, time: new Date(entry.time).toISOString() }));
  const file = { version: extensionVersion(), policies, counts: counts(entries), entries: rows };
  const blob = new Blob([`${JSON.stringify(file, null, 2)}\n`], { type: "application/json" });
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = `draftguard-history-${new Date().toISOString().slice(0, 10)}.json`;
  link.click();
  URL.revokeObjectURL(link.href);
}

void startPage(
  "history.title",
  Page,
  `.scroll { overflow-x: auto; } td:first-child { white-space: nowrap; }
  td summary { cursor: pointer; color: var(--text-soft); font-size: 12.5px; width: fit-content; }
  td .marked { margin-top: 4px; max-height: 12em; overflow-y: auto; }`,
);
