/** Websites beyond the known ones: allowed by the person, one at a time, with the browser's own question. */
import { useEffect, useState } from "preact/hooks";
import { grantedHosts, releaseHost, requestAccess } from "../../shared/browser.ts";
import type { Language } from "../../shared/protocol.ts";
import { HOSTS } from "../../ui/strings/hosts.ts";
import { translator } from "../../ui/strings/index.ts";

/** The host in what somebody typed: an address, or a bare name. */
export function hostIn(text: string): string | undefined {
  const address = text.trim().replace(/^[a-z]+:\/\//i, "");
  try {
    const { hostname } = new URL(`https://${address}`);
    return hostname.includes(".") ? hostname : undefined;
  } catch {
    return undefined;
  }
}

const nameOf = (pattern: string) => pattern.replace(/^https:\/\//, "").replace(/\/\*$/, "");

export function Hosts({ language }: { language: Language }) {
  const t = translator(HOSTS, language);
  const [hosts, setHosts] = useState<string[]>([]);
  const [text, setText] = useState("");
  const [said, setSaid] = useState<"wrong" | "refused">();
  const refresh = () => void grantedHosts().then(setHosts);
  useEffect(refresh, []);
  const add = (event: Event) => {
    event.preventDefault();
    const host = hostIn(text);
    if (host === undefined) return setSaid("wrong");
    // Nothing may be awaited before: the browser asks only in the click itself.
    void requestAccess([`https://${host}/*`]).then((allowed) => {
      setSaid(allowed ? undefined : "refused");
      if (allowed) setText("");
      refresh();
    });
  };
  return (
    <section class="panel stack">
      <h2>{t("title")}</h2>
      <p class="dg-soft">{t("help")}</p>
      <form class="field" onSubmit={add}>
        <label for="host">{t("host")}</label>
        <input
          id="host"
          class="dg-input"
          value={text}
          placeholder="social.example.org"
          aria-describedby={said && "host-said"}
          onInput={(event) => setText(event.currentTarget.value)}
        />
        {said && (
          <p id="host-said" class="dg-small" role="alert">
            {t(said)}
          </p>
        )}
        <button type="submit" class="dg-button">
          {t("add")}
        </button>
      </form>
      {hosts.length > 0 && (
        <ul class="stack-small">
          {hosts.map((pattern) => (
            <li key={pattern}>
              {nameOf(pattern)}{" "}
              <button type="button" class="dg-button" onClick={() => void releaseHost(pattern).then(refresh)}>
                {t("remove", { host: nameOf(pattern) })}
              </button>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
