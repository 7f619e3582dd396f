/** What all of our own pages share: the frame, the state of the background, small parts. */
import type { ComponentChildren } from "preact";
import { h, render } from "preact";
import { useCallback, useEffect, useId, useMemo, useState } from "preact/hooks";
import { browserLanguage, onNotice, send, stored } from "../shared/browser.ts";
import type { Language, PageName, Settings, StateView, Theme } from "../shared/protocol.ts";
import { CARD_CSS } from "./card/css.ts";
import { CheckIcon, HighIcon, LowIcon, MediumIcon, ShieldIcon } from "./icons.tsx";
import { PAGE_CSS } from "./page-css.ts";
import type { Translate } from "./strings/index.ts";
import { direction, translator } from "./strings/index.ts";
import { PAGES, type PageKey } from "./strings/pages.ts";
import { adopt, TOKENS } from "./tokens.ts";

/** What every page is given. */
export interface PageProps {
  t: Translate<PageKey>;
  language: Language;
  /** None until the background has answered. */
  view: StateView | undefined;
  /** Why there is no view. */
  fault: string | undefined;
  refresh: () => void;
}

/** Draws a page: at once in the person's language and colours, then with what the background knows. */
export async function startPage(
  title: PageKey,
  Page: (props: PageProps) => ComponentChildren,
  css = "",
): Promise<void> {
  adopt(document, TOKENS, CARD_CSS, PAGE_CSS, css);
  document.documentElement.classList.add("dg");
  const chosen = await stored<Partial<Settings>>("settings").catch(() => undefined);
  const first = {
    language: resolved(chosen?.language),
    theme: chosen?.theme ?? ("auto" as Theme),
  };
  render(h(Root, { title, Page, first }), document.body);
}

function resolved(language: Settings["language"] | undefined): Language {
  if (language === "en" || language === "id") return language;
  return /^(id|in)\b/i.test(browserLanguage()) ? "id" : "en";
}

interface RootProps {
  title: PageKey;
  Page: (props: PageProps) => ComponentChildren;
  first: { language: Language; theme: Theme };
}

function Root({ title, Page, first }: RootProps) {
  const [view, setView] = useState<StateView>();
  const [fault, setFault] = useState<string>();
  const refresh = useCallback(async () => {
    const answer = await send({ kind: "state.view" });
    if (answer.kind === "error") setFault(answer.message);
    else {
      setFault(undefined);
      setView(answer.view);
    }
  }, []);
  useEffect(() => {
    void refresh();
    return onNotice(() => void refresh());
  }, [refresh]);
  // What the benchmark reads: when the page could be used, and when it knew all that it shows.
  useEffect(() => {
    performance.mark(view ? "draftguard-complete" : "draftguard-usable");
  }, [view]);
  const language = view?.settings.resolved ?? first.language;
  const theme = view?.settings.theme ?? first.theme;
  const t = useMemo(() => translator(PAGES, language), [language]);
  useEffect(() => {
    document.documentElement.lang = language;
    document.documentElement.dir = direction(language);
    document.documentElement.dataset.theme = theme;
    document.title = `${t(title)} · Draftguard`;
  }, [language, theme, t, title]);
  return <Page t={t} language={language} view={view} fault={fault} refresh={() => void refresh()} />;
}

const NAV = ["handbook", "practice", "safety", "history", "options"] as const satisfies PageName[];

/** Where one of our pages is. */
export function pagePath(name: PageName, anchor = ""): string {
  return `../${name}/index.html${anchor && `#${anchor}`}`;
}

/** The frame of a page that fills a tab. */
export function Frame({
  t,
  here,
  fault,
  children,
}: Pick<PageProps, "t" | "fault"> & { here: PageName; children: ComponentChildren }) {
  return (
    <>
      <a class="skip" href="#content">
        {t("nav.skip")}
      </a>
      <header class="top">
        <span class="brand">
          <ShieldIcon size={20} /> {t("app.name")}
        </span>
        <nav aria-label={t("nav.label")}>
          {NAV.map((name) => (
            <a key={name} href={pagePath(name)} aria-current={name === here ? "page" : undefined}>
              {t(`nav.${name}`)}
            </a>
          ))}
        </nav>
        <a class="dg-button" href={pagePath("safety", "taken-over")}>
          {t("nav.taken-over")}
        </a>
      </header>
      <main class="page" id="content" tabIndex={-1}>
        {fault !== undefined && <Notice tone="bad">{t("app.error", { message: fault })}</Notice>}
        {children}
      </main>
    </>
  );
}

const NOTICE_ICONS = { good: CheckIcon, info: LowIcon, warn: MediumIcon, bad: HighIcon };

/** A line that stands out. */
export function Notice({ tone, children }: { tone: keyof typeof NOTICE_ICONS; children: ComponentChildren }) {
  const Mark = NOTICE_ICONS[tone];
  return (
    <div class="notice" data-tone={tone}>
      <Mark />
      <div>{children}</div>
    </div>
  );
}

/** A choice of a few, all visible. */
export function Segments<T extends string>({
  label,
  value,
  options,
  onChange,
}: {
  label: string;
  value: T;
  options: { value: T; text: string; lang?: string }[];
  onChange: (value: T) => void;
}) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out in one line everywhere
    <div class="segments" role="group" aria-label={label}>
      {options.map((option) => (
        <button
          key={option.value}
          type="button"
          lang={option.lang}
          aria-pressed={option.value === value}
          onClick={() => onChange(option.value)}
        >
          {option.text}
        </button>
      ))}
    </div>
  );
}

/** On or off. */
export function Switch({
  label,
  checked,
  disabled,
  onChange,
}: {
  label: string;
  checked: boolean;
  disabled?: boolean;
  onChange: (checked: boolean) => void;
}) {
  const id = useId();
  return (
    <div class="switch">
      <input
        id={id}
        type="checkbox"
        role="switch"
        aria-checked={checked}
        checked={checked}
        disabled={disabled}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      <label for={id}>{label}</label>
    </div>
  );
}

/** Formats a time as a date. */
export function formatDate(time: number, language: Language): string {
  return new Intl.DateTimeFormat(language, { dateStyle: "medium" }).format(time);
}

/** Formats a time as a time of day, with its day where that is not today. */
export function formatTime(time: number, language: Language): string {
  const today = new Date(time).toDateString() === new Date().toDateString();
  return new Intl.DateTimeFormat(
    language,
    today ? { timeStyle: "short" } : { dateStyle: "short", timeStyle: "short" },
  ).format(time);
}
