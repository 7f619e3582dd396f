/** The popup: whether drafts are checked and by what, this site, a field to try, and the ways on. */
import { useEffect, useState } from "preact/hooks";
import { send, stored } from "../../shared/browser.ts";
import type { PageName, Protection, Settings, StateView } from "../../shared/protocol.ts";
import { CheckIcon, HighIcon, LowIcon, PauseIcon, ShieldIcon } from "../../ui/icons.tsx";
import {
  formatDate,
  formatTime,
  Notice,
  type PageProps,
  pagePath,
  Segments,
  Switch,
  startPage,
} from "../../ui/page.tsx";
import { TryBox } from "../../ui/try-box.tsx";
import { accountsOf, isDue, KEY } from "../safety/due.ts";
import { POPUP_CSS } from "./css.ts";
import { Distribution } from "./distribution.tsx";
import { Notices } from "./notices.tsx";

const LINKS = ["handbook", "practice", "safety", "history", "options"] as const satisfies PageName[];

const LOOK = {
  on: { Icon: CheckIcon, tone: "good" },
  observing: { Icon: LowIcon, tone: "info" },
  paused: { Icon: PauseIcon, tone: "warn" },
  off: { Icon: PauseIcon, tone: "warn" },
  fault: { Icon: HighIcon, tone: "bad" },
} as const satisfies Record<Protection["kind"], unknown>;

function Popup({ t, language, view, fault, refresh }: PageProps) {
  const set = async (change: Partial<Settings>) => {
    await send({ kind: "settings.set", change });
    refresh();
  };
  return (
    <main class="popup">
      <header class="popup-top">
        <h1 class="brand">
          <ShieldIcon size={20} /> {t("app.name")}
        </h1>
        <Segments
          label={t("options.language")}
          value={language}
          options={[
            { value: "en", text: "EN", lang: "en" },
            { value: "id", text: "ID", lang: "id" },
          ]}
          onChange={(chosen) => void set({ language: chosen })}
        />
      </header>
      {view ? (
        <>
          <Status view={view} t={t} language={language} set={set} />
          <Policies view={view} t={t} language={language} />
          {view.distribution && (
            <Distribution distribution={view.distribution} t={t} language={language} refresh={refresh} />
          )}
          <Notices view={view} t={t} refresh={refresh} />
          <Site view={view} t={t} set={set} />
          <Reminder t={t} />
        </>
      ) : (
        <p class="status" data-tone="info" aria-busy="true">
          {fault === undefined ? t("app.loading") : t("app.error", { message: fault })}
        </p>
      )}
      <section class="try">
        <TryBox t={t} language={language} label={t("try.title")} context={TRY} rows={3} most={6} />
      </section>
      <nav class="popup-nav" aria-label={t("nav.label")}>
        {LINKS.map((name) => (
          <a key={name} href={pagePath(name)} target="_blank" rel="noopener">
            {t(`nav.${name}`)}
          </a>
        ))}
        <a href={pagePath("handbook", "contacts")} target="_blank" rel="noopener">
          {t("nav.contacts")}
        </a>
        <a class="alarm" href={pagePath("safety", "taken-over")} target="_blank" rel="noopener">
          {t("nav.taken-over")}
        </a>
      </nav>
    </main>
  );
}

const TRY = { surface: "post", account: "personal" } as const;

type Part = Pick<PageProps, "t"> & { view: StateView };

function Status({
  view,
  t,
  language,
  set,
}: Part & Pick<PageProps, "language"> & { set: (change: Partial<Settings>) => Promise<void> }) {
  const { protection, settings } = view;
  const { Icon, tone } = LOOK[protection.kind];
  const minutes = [15, 60, settings.pauseMinutes].filter(
    (n, at, all) => n > 0 && n <= settings.pauseMinutes && all.indexOf(n) === at,
  );
  return (
    <section class="status" data-tone={tone}>
      <span class="status-icon">
        <Icon size={28} />
      </span>
      <div class="stack-small">
        <h2>
          {protection.kind === "paused"
            ? t("status.paused", { time: formatTime(protection.until, language) })
            : t(`status.${protection.kind}`)}
        </h2>
        <p class="dg-small">
          {protection.kind === "fault"
            ? t("status.fault.more", { code: protection.code })
            : t(`status.${protection.kind}.more`)}
        </p>
        {protection.kind === "paused" && (
          <button type="button" class="dg-button" onClick={() => void set({ pausedUntil: 0 })}>
            {t("status.resume")}
          </button>
        )}
        {protection.kind === "on" && minutes.length > 0 && (
          <div class="dg-row dg-small">
            {t("status.pause")}
            {minutes.map((n) => (
              <button
                key={n}
                type="button"
                class="dg-button"
                onClick={() => void set({ pausedUntil: Date.now() + n * 60_000 })}
              >
                {t("status.pause.minutes", { n })}
              </button>
            ))}
          </div>
        )}
        {settings.mayDisable && (
          <Switch
            label={t("status.switch")}
            checked={settings.enabled}
            onChange={(enabled) => void set({ enabled })}
          />
        )}
      </div>
    </section>
  );
}

function Policies({ view, t, language }: Part & Pick<PageProps, "language">) {
  const { policies, settings } = view;
  const coreOnly = policies.length > 0 && policies.every(({ source }) => source === "core");
  const role = policies.flatMap(({ roles }) => roles).find(({ id }) => id === settings.role);
  return (
    <section class="stack-small">
      <h2 class="label">{t("policy.title")}</h2>
      {policies.map((policy) => (
        <p key={policy.id}>
          <strong>{policy.name || policy.id}</strong>
          <span class="dg-soft dg-small meta">
            {[
              t("policy.version", { version: String(policy.version) }),
              t("policy.rules", { n: policy.rules }),
              t(`policy.source.${policy.source}`),
              policy.since !== undefined && t("policy.since", { date: formatDate(policy.since, language) }),
            ]
              .filter(Boolean)
              .join(" · ")}
          </span>
        </p>
      ))}
      {coreOnly && (
        <Notice tone="info">
          <span class="dg-small">{t("policy.core-only")}</span>
          <a class="dg-small" href={pagePath("options", "policies")} target="_blank" rel="noopener">
            {t("policy.add")}
          </a>
        </Notice>
      )}
      <p class="dg-small dg-soft">
        {t("role.title")}: {role?.name ?? t("role.none")}
      </p>
    </section>
  );
}

function Site({ view, t, set }: Part & { set: (change: Partial<Settings>) => Promise<void> }) {
  const { site, settings } = view;
  if (!site) {
    return <p class="dg-small dg-soft">{t("site.none")}</p>;
  }
  const boxes = site.health?.boxes ?? 0;
  return (
    <section class="stack-small">
      <h2 class="label">{t("site.here", { site: site.name })}</h2>
      {!site.enabled ? (
        <p class="dg-small">{t("site.off")}</p>
      ) : site.health?.fault !== undefined ? (
        <Notice tone="warn">
          <span class="dg-small">{t("site.fault")}</span>
        </Notice>
      ) : (
        <p class="dg-small">{boxes > 0 ? t("site.checked", { n: boxes }) : t("site.waiting")}</p>
      )}
      {settings.mayDisable && (
        <Switch
          label={site.name}
          checked={site.enabled}
          onChange={(on) =>
            void set({
              sitesOff: on
                ? settings.sitesOff.filter((id) => id !== site.id)
                : [...settings.sitesOff, site.id],
            })
          }
        />
      )}
    </section>
  );
}

/** Accounts that were last looked at more than half a year ago. */
function Reminder({ t }: Pick<PageProps, "t">) {
  const [due, setDue] = useState<string[]>([]);
  useEffect(() => {
    void stored(KEY).then((kept) => {
      const now = Date.now();
      setDue(
        accountsOf(kept)
          .filter((account) => isDue(account, now))
          .map(({ name }) => name),
      );
    });
  }, []);
  const [first] = due;
  if (first === undefined) return null;
  return (
    <Notice tone="warn">
      <span class="dg-small">{t("safety.due", { n: due.length, name: first })}</span>
      <a class="dg-small" href={pagePath("safety")} target="_blank" rel="noopener">
        {t("safety.due.look")}
      </a>
    </Notice>
  );
}

void startPage("app.name", Popup, POPUP_CSS);
