/** Settings: role, language, appearance, sites, policies. What the administrator fixed is shown, and locked. */

import type { Outcome } from "draftguard-author";
import { useRef, useState } from "preact/hooks";
import { messageOf, send } from "../../shared/browser.ts";
import { type Settings, type SettingsView, toBase64 } from "../../shared/protocol.ts";
import { SITES } from "../../shared/sites.ts";
import { Frame, formatDate, Notice, type PageProps, Segments, Switch, startPage } from "../../ui/page.tsx";
import { author, isAuthored } from "./author.ts";
import { type Offer, Offered } from "./bundle.tsx";
import { Hosts } from "./hosts.tsx";

function Options(props: PageProps) {
  const { t, view, fault, refresh } = props;
  const set = async (change: Partial<Settings>) => {
    await send({ kind: "settings.set", change });
    refresh();
  };
  return (
    <Frame t={t} here="options" fault={fault}>
      <h1>{t("options.title")}</h1>
      {view && (
        <>
          <You {...props} settings={view.settings} set={set} />
          <Sites t={t} settings={view.settings} set={set} />
          <Hosts language={props.language} />
          <Policies {...props} />
          <section class="panel stack">
            <h2>{t("options.about")}</h2>
            <p>{t("options.privacy")}</p>
            <p class="dg-soft">{t("options.version", { version: view.version })}</p>
          </section>
        </>
      )}
    </Frame>
  );
}

interface SettingProps extends Pick<PageProps, "t"> {
  settings: SettingsView;
  set: (change: Partial<Settings>) => Promise<void>;
}

function You({ t, view, settings, set }: PageProps & SettingProps) {
  const roles = new Map(
    (view?.policies ?? []).flatMap(({ roles }) => roles).map(({ id, name }) => [id, name]),
  );
  const lockedRole = settings.locked.includes("role");
  const lockedLanguage = settings.locked.includes("language");
  return (
    <section class="panel stack">
      <h2>{t("options.you")}</h2>
      <div class="field">
        <label for="role">{t("role.title")}</label>
        <select
          id="role"
          class="dg-input"
          disabled={lockedRole}
          aria-describedby="role-help"
          value={settings.role}
          onChange={(event) => void set({ role: event.currentTarget.value })}
        >
          <option value="">{t("role.none")}</option>
          {[...roles].map(([id, name]) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
        <p id="role-help" class="dg-soft dg-small">
          {lockedRole ? (
            <span class="tag" data-tone="accent">
              {t("options.locked")}
            </span>
          ) : (
            `${t("options.role.help")} ${t("options.role.own")}`
          )}
        </p>
      </div>
      <div class="field">
        <span>{t("options.language")}</span>
        {lockedLanguage ? (
          <span class="tag" data-tone="accent">
            {t("options.locked")}
          </span>
        ) : (
          <div>
            <Segments
              label={t("options.language")}
              value={settings.language}
              options={[
                { value: "auto", text: t("options.language.auto") },
                { value: "en", text: "English", lang: "en" },
                { value: "id", text: "Bahasa Indonesia", lang: "id" },
              ]}
              onChange={(language) => void set({ language })}
            />
          </div>
        )}
      </div>
      <div class="field">
        <span>{t("options.theme")}</span>
        <div>
          <Segments
            label={t("options.theme")}
            value={settings.theme}
            options={[
              { value: "auto", text: t("options.theme.auto") },
              { value: "light", text: t("options.theme.light") },
              { value: "dark", text: t("options.theme.dark") },
            ]}
            onChange={(theme) => void set({ theme })}
          />
        </div>
      </div>
    </section>
  );
}

function Sites({ t, settings, set }: SettingProps) {
  return (
    <section class="panel stack">
      <h2>{t("options.sites")}</h2>
      <p class="dg-soft">
        {t("options.sites.help")}{" "}
        {!settings.mayDisable && (
          <span class="tag" data-tone="accent">
            {t("options.sites.locked")}
          </span>
        )}
      </p>
      <ul class="site-list">
        {SITES.map(({ id, name }) => (
          <li key={id}>
            <Switch
              label={name}
              checked={!settings.sitesOff.includes(id) || !settings.mayDisable}
              disabled={!settings.mayDisable}
              onChange={(on) =>
                void set({
                  sitesOff: on ? settings.sitesOff.filter((site) => site !== id) : [...settings.sitesOff, id],
                })
              }
            />
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What can be imported, by the end of the file's name. */
const KINDS = [".dgb", ".policy", ".toml", ".json"];
/** What may stand beside a policy. */
const BESIDE = [".csv", ".txt"];

function Policies({ t, language, view, refresh }: PageProps) {
  const input = useRef<HTMLInputElement>(null);
  const [told, setTold] = useState<{ tone: "good" | "bad"; text: string }>();
  const [problems, setProblems] = useState<Outcome>();
  const [offered, setOffered] = useState<Offer>();
  const policies = view?.policies ?? [];
  const managed = policies.some(({ source }) => source === "managed");

  const take = async (files: File[]) => {
    const file = files.find(({ name }) => KINDS.some((kind) => name.toLowerCase().endsWith(kind)));
    if (!file) return setTold({ tone: "bad", text: t("options.import.none", { kinds: KINDS.join(", ") }) });
    setProblems(undefined);
    setOffered(undefined);
    setTold(undefined);
    if (input.current) input.current.value = "";
    let payload: Uint8Array;
    if (isAuthored(file.name)) {
      const authored = await author(
        file,
        files.filter((other) => other !== file),
      );
      setProblems(authored.outcome);
      if (authored.outcome.concealed) return setTold({ tone: "bad", text: t("options.concealed") });
      if (!authored.outcome.ok) return setTold({ tone: "bad", text: t("options.import.problems") });
      payload = authored.bytes;
    } else {
      payload = new Uint8Array(await file.arrayBuffer());
    }
    const bytes = toBase64(payload);
    if (!file.name.toLowerCase().endsWith(".dgb")) return keep(file.name, bytes);
    const answer = await send({ kind: "policy.inspect", bytes });
    if (answer.kind === "error") {
      return setTold({ tone: "bad", text: t("options.import.failed", { message: answer.message }) });
    }
    // Whom to believe is for the person to say, who can ask the company for the fingerprint.
    setOffered({ name: file.name, bytes, bundle: answer.bundle });
  };
  const keep = async (name: string, bytes: string) => {
    setOffered(undefined);
    const before = new Set(policies.map(({ id, version }) => `${id}@${version}`));
    const answer = await send({ kind: "policy.import", name, bytes });
    if (answer.kind === "error") {
      setTold({ tone: "bad", text: t("options.import.failed", { message: answer.message }) });
    } else {
      const added = answer.policies.find(({ id, version }) => !before.has(`${id}@${version}`));
      setTold({ tone: "good", text: t("options.imported", { name: added?.name ?? name }) });
    }
    refresh();
  };
  const remove = async (id: string) => {
    const answer = await send({ kind: "policy.remove", id });
    if (answer.kind === "error") setTold({ tone: "bad", text: t("app.error", { message: answer.message }) });
    else setTold({ tone: "good", text: t("options.removed") });
    refresh();
  };

  return (
    <section class="panel stack" id="policies">
      <h2>{t("options.policies")}</h2>
      <p class="dg-soft">{managed ? t("options.policies.managed") : t("options.policies.help")}</p>
      <ul class="lines">
        {policies.map((policy) => (
          <li key={policy.id} class="lead-row">
            <div>
              <strong>{policy.name || policy.id}</strong>{" "}
              <span class="tag" data-tone={policy.source === "core" ? undefined : "accent"}>
                {t(`policy.source.${policy.source}`)}
              </span>
              <p class="dg-soft dg-small">
                {[
                  t("policy.version", { version: String(policy.version) }),
                  t("policy.rules", { n: policy.rules }),
                  policy.since !== undefined &&
                    t("policy.since", { date: formatDate(policy.since, language) }),
                  policy.signers && t("options.bundle.signed", { signers: policy.signers.join(", ") }),
                ]
                  .filter(Boolean)
                  .join(" · ")}
              </p>
            </div>
            {policy.source === "personal" && (
              <button
                type="button"
                class="dg-button"
                aria-label={t("options.remove.label", { name: policy.name || policy.id })}
                onClick={() => void remove(policy.id)}
              >
                {t("options.remove")}
              </button>
            )}
          </li>
        ))}
      </ul>
      {!managed && (
        <div class="stack-small">
          {policies.every(({ source }) => source === "core") && (
            <Notice tone="info">{t("policy.core-only")}</Notice>
          )}
          <div>
            <button
              type="button"
              class="dg-button"
              data-look="primary"
              onClick={() => input.current?.click()}
            >
              {t("options.import")}
            </button>
            <input
              ref={input}
              type="file"
              class="dg-offstage"
              tabIndex={-1}
              aria-label={t("options.import")}
              accept={[...KINDS, ...BESIDE].join(",")}
              multiple={true}
              onChange={(event) => {
                const files = [...(event.currentTarget.files ?? [])];
                if (files.length > 0) {
                  take(files).catch((error: unknown) =>
                    setTold({ tone: "bad", text: t("options.import.failed", { message: messageOf(error) }) }),
                  );
                }
              }}
            />
          </div>
          <p class="dg-soft dg-small">{t("options.import.help", { kinds: KINDS.join(", ") })}</p>
        </div>
      )}
      {offered && (
        <Offered
          t={t}
          bundle={offered.bundle}
          take={() => void keep(offered.name, offered.bytes)}
          leave={() => setOffered(undefined)}
        />
      )}
      <div role="status">{told && <Notice tone={told.tone}>{told.text}</Notice>}</div>
      {problems && <Problems outcome={problems} />}
    </section>
  );
}

/** What the compiler says, as its author reads it on the command line. */
function Problems({ outcome: { problems, failures } }: { outcome: Outcome }) {
  if (problems.length + failures.length === 0) return null;
  return (
    <ul class="lines problems">
      {problems.map(({ level, code, message, help, location }) => (
        <li key={`${code}${location?.file}${location?.line}${location?.column}${message}`}>
          <p>
            <span class="tag" data-tone={level === "error" ? "bad" : "warn"}>
              {code}
            </span>{" "}
            {message}
          </p>
          {location && (
            <p class="dg-soft dg-small">
              {location.file}:{location.line}
              {location.column > 0 && `:${location.column}`} <code>{location.text.trim()}</code>
            </p>
          )}
          {help && <p class="dg-small">{help}</p>}
        </li>
      ))}
      {failures.map((failure) => (
        <li key={failure}>{failure}</li>
      ))}
    </ul>
  );
}

void startPage(
  "options.title",
  Options,
  `.site-list { display: grid; grid-template-columns: repeat(auto-fill, minmax(170px, 1fr)); gap: 10px; }
.problems code { overflow-wrap: anywhere; }`,
);
