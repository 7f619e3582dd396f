/** The handbook: the policy's sections, its rules in plain words, whom to ask, approved replies. */
import { useEffect, useMemo, useState } from "preact/hooks";
import { send, store, stored } from "../../shared/browser.ts";
import type { Handbook } from "../../shared/generated/Handbook.ts";
import { copyText } from "../../ui/copy.ts";
import { mailLink, safeLink } from "../../ui/link.ts";
import { Frame, formatDate, Notice, type PageProps, startPage } from "../../ui/page.tsx";
import { type Acknowledged, acknowledge, changesSince } from "./acknowledge.ts";
import { HANDBOOK_CSS } from "./css.ts";
import { Blocks, RuleView } from "./rule.tsx";
import { search } from "./search.ts";

const KEY = "acknowledged";

function Page({ t, language, view, fault }: PageProps) {
  const [books, setBooks] = useState<Handbook[]>();
  const [wrong, setWrong] = useState<string>();
  const [wanted, setWanted] = useState("");
  const versions = view?.policies.map(({ id, version }) => `${id}@${version}`).join();

  // Asked again when the policies in force or the language change.
  // biome-ignore lint/correctness/useExhaustiveDependencies: `versions` and `language` are what changes the answer
  useEffect(() => {
    let current = true;
    void send({ kind: "handbook.get" }).then((answer) => {
      if (!current) return;
      if (answer.kind === "error") setWrong(answer.message);
      else {
        setWrong(undefined);
        setBooks(answer.handbooks);
      }
    });
    return () => {
      current = false;
    };
  }, [versions, language]);

  // What the address names is there only once the book is.
  useEffect(() => {
    if (books) document.getElementById(decodeURIComponent(location.hash.slice(1)))?.scrollIntoView();
  }, [books]);

  const found = useMemo(() => (books ?? []).map((book) => search(book, wanted)), [books, wanted]);
  const matches = found.reduce((sum, { matches }) => sum + matches, 0);

  return (
    <Frame t={t} here="handbook" fault={fault ?? wrong}>
      <div class="lead-row">
        <h1>{t("handbook.title")}</h1>
        <button type="button" class="dg-button no-print" onClick={() => window.print()}>
          {t("handbook.print")}
        </button>
      </div>
      <div class="search no-print">
        <input
          type="search"
          class="dg-input"
          aria-label={t("handbook.search")}
          placeholder={t("handbook.search")}
          value={wanted}
          onInput={(event) => setWanted(event.currentTarget.value)}
        />
        <p role="status" class="dg-soft dg-small">
          {wanted.trim() !== "" &&
            (matches > 0
              ? t("handbook.results", { n: matches })
              : t("handbook.none", { text: wanted.trim() }))}
        </p>
      </div>
      {!books && !wrong && <p aria-busy="true">{t("app.loading")}</p>}
      {found.map(({ book }) => (
        <Book key={book.id} book={book} searching={wanted.trim() !== ""} t={t} language={language} />
      ))}
    </Frame>
  );
}

type BookProps = Pick<PageProps, "t" | "language"> & { book: Handbook; searching: boolean };

function Book({ book, searching, t, language }: BookProps) {
  const contents = book.sections.filter(({ id }) => id !== "");
  const { known, setRead } = useAcknowledged(book.id);
  const read = known?.read;
  return (
    <article aria-label={book.name}>
      {!searching && (
        <>
          <p class="lead">
            {book.name} · {t("policy.version", { version: String(book.version) })}
          </p>
          <Changes book={book} read={read} t={t} />
          {contents.length > 1 && (
            <nav class="panel contents no-print" aria-label={t("handbook.contents")}>
              <h2>{t("handbook.contents")}</h2>
              <ol>
                {contents.map(({ id, title }) => (
                  <li key={id}>
                    <a href={`#${encodeURIComponent(id)}`}>{title}</a>
                  </li>
                ))}
              </ol>
            </nav>
          )}
          {book.sections.length === 0 && (
            <section class="panel book-section">
              <p>{t("handbook.empty")}</p>
            </section>
          )}
        </>
      )}
      {book.sections.map((section) => (
        <section key={section.id} class="panel book-section" id={section.id || undefined}>
          <h2>{section.title || t("handbook.other")}</h2>
          <Blocks blocks={section.body} />
          {section.rules.length > 0 && (
            <ul class="rules">
              {section.rules.map((rule) => (
                <RuleView key={rule.id} rule={rule} t={t} language={language} />
              ))}
            </ul>
          )}
        </section>
      ))}
      <Responses book={book} t={t} />
      <Contacts book={book} t={t} />
      {known && !searching && (
        <Acknowledge book={book} read={read} setRead={setRead} t={t} language={language} />
      )}
    </article>
  );
}

function Contacts({ book, t }: Pick<BookProps, "book" | "t">) {
  if (book.contacts.length === 0) return null;
  return (
    <section class="panel" id="contacts">
      <h2>{t("handbook.contacts")}</h2>
      <ul class="lines">
        {book.contacts.map((contact) => {
          const mail = mailLink(contact.mail, "");
          const url = safeLink(contact.url);
          const phone = contact.phone && safeLink(`tel:${contact.phone.replace(/[^+\d]/g, "")}`);
          return (
            <li key={contact.id} class="lead-row">
              <strong>{contact.name}</strong>
              <span class="dg-row">
                {mail && <a href={mail}>{contact.mail}</a>}
                {phone && <a href={phone}>{contact.phone}</a>}
                {url && (
                  <a href={url} target="_blank" rel="noopener noreferrer">
                    {new URL(url).host}
                  </a>
                )}
                {!mail && !url && !phone && <span class="dg-soft">{t("handbook.contact.none")}</span>}
              </span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function Responses({ book, t }: Pick<BookProps, "book" | "t">) {
  const [copied, setCopied] = useState<string>();
  if (book.responses.length === 0) return null;
  return (
    <section class="panel" id="responses">
      <h2>{t("handbook.responses")}</h2>
      <ul class="lines">
        {book.responses.map(({ id, title, text: written }) => {
          // Whom it is for is known when it is used.
          const text = written.replaceAll("{handle}", t("handbook.responses.handle"));
          return (
            <li key={id} class="stack-small">
              <h3>{title}</h3>
              <p class="marked">{text}</p>
              <div class="dg-row no-print">
                <button
                  type="button"
                  class="dg-button"
                  onClick={async (event) => {
                    if (await copyText(text, event.currentTarget)) setCopied(id);
                  }}
                >
                  {t("handbook.responses.copy")}
                </button>
                <span role="status" class="dg-small">
                  {copied === id && t("app.copied")}
                </span>
              </div>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

/** What was read of a book, once it is known, and how to remember that it was read now. */
function useAcknowledged(id: string) {
  const [known, setKnown] = useState<{ read: Acknowledged | undefined }>();
  useEffect(() => {
    void stored<Record<string, Acknowledged>>(KEY).then((kept) => setKnown({ read: kept?.[id] }));
  }, [id]);
  const setRead = (read: Acknowledged) => {
    setKnown({ read });
    // What stands there by now: other books, perhaps in other windows, are remembered in the same place.
    void stored<Record<string, Acknowledged>>(KEY).then((kept) => store(KEY, { ...kept, [id]: read }));
  };
  return { known, setRead };
}

function Changes({ book, read, t }: Pick<BookProps, "book" | "t"> & { read: Acknowledged | undefined }) {
  const changes = read && changesSince(read, book);
  if (!changes || changes.length === 0) return null;
  return (
    <section class="panel changes">
      <h2>{t("changes.title")}</h2>
      <ul class="stack-small">
        {changes.map(({ id, title, kind }) => (
          <li key={id}>
            <span class="tag" data-tone={kind === "removed" ? undefined : "accent"}>
              {t(`changes.${kind}`)}
            </span>{" "}
            {kind === "removed" ? title : <a href={`#rule-${encodeURIComponent(id)}`}>{title}</a>}
          </li>
        ))}
      </ul>
    </section>
  );
}

interface AcknowledgeProps extends Omit<BookProps, "searching"> {
  read: Acknowledged | undefined;
  setRead: (to: Acknowledged) => void;
}

function Acknowledge({ book, read, setRead, t, language }: AcknowledgeProps) {
  const current = read?.version === book.version;
  return (
    <section class="panel stack no-print">
      <h2>{t("ack.title")}</h2>
      <div role="status">
        {read && (
          <Notice tone={current ? "good" : "info"}>
            {t("ack.done", { version: String(read.version), date: formatDate(read.time, language) })}
          </Notice>
        )}
      </div>
      {!current && (
        <div>
          <button
            type="button"
            class="dg-button"
            data-look="primary"
            onClick={() => setRead(acknowledge(book, Date.now()))}
          >
            {t("ack.button", { version: String(book.version) })}
          </button>
        </div>
      )}
    </section>
  );
}

void startPage("handbook.title", Page, HANDBOOK_CSS);
