/** Safety: a checklist for each account, what to do when one was taken over, and how old this browser is. */
import { useEffect, useMemo, useState } from "preact/hooks";
import { send, store, stored } from "../../shared/browser.ts";
import type { HandbookContact } from "../../shared/generated/HandbookContact.ts";
import { mailLink, safeLink } from "../../ui/link.ts";
import { Frame, formatDate, Notice, type PageProps, startPage } from "../../ui/page.tsx";
import { translator } from "../../ui/strings/index.ts";
import { SAFETY } from "../../ui/strings/safety.ts";
import { browserAge } from "./browser-age.ts";
import { type Account, accountsOf, CHECKS, isDue, KEY, ticked } from "./due.ts";

type Words = ReturnType<typeof translator<typeof SAFETY>>;

function Page({ t, language, view, fault }: PageProps) {
  const s = useMemo(() => translator(SAFETY, language), [language]);
  const [accounts, setAccounts] = useState<Account[]>([]);
  useEffect(() => {
    void stored(KEY).then((kept) => setAccounts(accountsOf(kept)));
  }, []);
  const change = (next: Account[]) => {
    setAccounts(next);
    void store(KEY, next);
  };
  return (
    <Frame t={t} here="safety" fault={fault}>
      <h1>{s("safety.title")}</h1>
      <p class="lead">{s("safety.lead")}</p>
      <Playbook s={s} ready={view !== undefined} />
      <Accounts s={s} language={language} accounts={accounts} change={change} />
      <section class="panel checklist">
        <h2>{s("safety.checklist")}</h2>
        <dl>
          {CHECKS.map((id) => (
            <div key={id}>
              <dt>{s(`check.${id}`)}</dt>
              <dd class="dg-soft">{s(`check.${id}.why`)}</dd>
            </div>
          ))}
        </dl>
      </section>
      <Versions s={s} version={view?.version} />
    </Frame>
  );
}

function Playbook({ s, ready }: { s: Words; ready: boolean }) {
  const [contacts, setContacts] = useState<HandbookContact[]>();
  useEffect(() => {
    if (!ready) return;
    void send({ kind: "handbook.get" }).then((answer) => {
      if (answer.kind !== "handbook") return setContacts([]);
      const all = answer.handbooks.flatMap((book) => book.contacts);
      setContacts(all.filter(({ topics }) => topics.includes("security")));
    });
  }, [ready]);
  // The address may have been opened at this very section, before it was drawn.
  useEffect(() => {
    if (location.hash === "#taken-over") document.getElementById("taken-over")?.scrollIntoView();
  }, []);
  return (
    <section class="panel playbook" id="taken-over">
      <h2>{s("playbook.title")}</h2>
      <p>{s("playbook.lead")}</p>
      <ol>
        {([1, 2, 3, 4, 5, 6] as const).map((at) => (
          <li key={at}>
            <strong>{s(`playbook.${at}`)}</strong>
            <p class="dg-soft">{s(`playbook.${at}.more`)}</p>
            {at === 3 && contacts && <Contacts s={s} contacts={contacts} />}
          </li>
        ))}
      </ol>
    </section>
  );
}

function Contacts({ s, contacts }: { s: Words; contacts: HandbookContact[] }) {
  if (contacts.length === 0) return <p class="call">{s("playbook.contacts.none")}</p>;
  return (
    <div class="call stack-small">
      <p class="dg-small">{s("playbook.contacts")}</p>
      {contacts.map((contact) => {
        const phone = contact.phone && safeLink(`tel:${contact.phone.replace(/[^+\d]/g, "")}`);
        const mail = mailLink(contact.mail, "");
        const url = safeLink(contact.url);
        return (
          <p key={contact.id} class="dg-row">
            <strong>{contact.name}</strong>
            {phone && <a href={phone}>{contact.phone}</a>}
            {mail && <a href={mail}>{contact.mail}</a>}
            {url && (
              <a href={url} target="_blank" rel="noopener noreferrer">
                {new URL(url).host}
              </a>
            )}
          </p>
        );
      })}
    </div>
  );
}

interface AccountsProps {
  s: Words;
  language: PageProps["language"];
  accounts: Account[];
  change: (next: Account[]) => void;
}

function Accounts({ s, language, accounts, change }: AccountsProps) {
  const [name, setName] = useState("");
  const add = () => {
    const trimmed = name.trim();
    if (trimmed === "" || accounts.some((account) => account.name === trimmed)) return;
    change([...accounts, { name: trimmed, done: {} }]);
    setName("");
  };
  const set = (at: number, done: Account["done"]) =>
    change(accounts.map((account, index) => (index === at ? { ...account, done } : account)));
  return (
    <section class="panel stack">
      <h2>{s("safety.accounts")}</h2>
      {accounts.length === 0 && <p class="dg-soft">{s("safety.account.none")}</p>}
      {accounts.map((account, at) => {
        const times = ticked(account);
        const oldest = Math.min(...times);
        const due = isDue(account, Date.now());
        return (
          <fieldset key={account.name} class="account">
            <legend>{account.name}</legend>
            <p class="dg-soft dg-small">
              {s("safety.done", { n: times.length, all: CHECKS.length })}
              {times.length > 0 && ` · ${s("safety.checked", { date: formatDate(oldest, language) })}`}
            </p>
            {due && (
              <Notice tone="warn">
                {s("safety.again")}
                <button type="button" class="dg-button" onClick={() => set(at, {})}>
                  {s("safety.reset")}
                </button>
              </Notice>
            )}
            <div class="checks">
              {CHECKS.map((id) => (
                <label key={id} class="check">
                  <input
                    type="checkbox"
                    checked={account.done[id] !== undefined}
                    onChange={(event) => {
                      const done = { ...account.done };
                      if (event.currentTarget.checked) done[id] = Date.now();
                      else delete done[id];
                      set(at, done);
                    }}
                  />
                  <span>{s(`check.${id}`)}</span>
                </label>
              ))}
            </div>
            <button
              type="button"
              class="dg-link dg-small"
              onClick={() => change(accounts.filter((_, index) => index !== at))}
            >
              {s("safety.account.remove", { name: account.name })}
            </button>
          </fieldset>
        );
      })}
      <form
        class="dg-row add"
        onSubmit={(event) => {
          event.preventDefault();
          add();
        }}
      >
        <input
          id="account-name"
          class="dg-input"
          aria-label={s("safety.account.name")}
          placeholder={s("safety.account.name")}
          maxLength={80}
          value={name}
          onInput={(event) => setName(event.currentTarget.value)}
        />
        <button id="account-add" type="submit" class="dg-button">
          {s("safety.account.add")}
        </button>
      </form>
    </section>
  );
}

function Versions({ s, version }: { s: Words; version: string | undefined }) {
  const age = browserAge(navigator.userAgent);
  return (
    <section class="panel stack-small">
      <h2>{s("versions.title")}</h2>
      <p>
        {age
          ? s("versions.browser", { name: age.name, version: String(age.version) })
          : s("versions.browser.unknown")}
        {version !== undefined && ` · ${s("versions.extension", { version })}`}
      </p>
      {age &&
        (age.version < age.least ? (
          <Notice tone="warn">{s("versions.old", { least: `${age.name} ${age.least}` })}</Notice>
        ) : (
          <p class="dg-soft dg-small">{s("versions.fine")}</p>
        ))}
    </section>
  );
}

void startPage(
  "nav.safety",
  Page,
  `
.playbook ol { margin-top: 12px; padding-inline-start: 24px; display: grid; gap: 12px; }
.playbook li::marker { font-weight: 600; color: var(--accent); }
.playbook { border-inline-start: 4px solid var(--high); scroll-margin-top: 12px; }
.call { margin-top: 6px; padding: 10px 12px; border-radius: var(--radius-small); background: var(--accent-soft); }
.checklist dl { display: grid; gap: 12px; }
.checklist dt { font-weight: 600; }
.checklist dd { margin: 0; }
.dg .account { padding: 12px 14px; border: 1px solid var(--line); border-radius: var(--radius-small); display: grid; gap: 8px; justify-items: start; }
.account legend { font-weight: 600; padding: 0 6px; }
.checks { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(300px, 100%), 1fr)); gap: 6px 20px; width: 100%; }
.add .dg-input { flex: 1; max-width: 360px; min-width: 0; }
`,
);
