/** How the company's policy gets here, in plain words; only where the browser is managed. */
import { send } from "../../shared/browser.ts";
import type { DistributionView } from "../../shared/protocol.ts";
import { formatDate, formatTime, Notice, type PageProps } from "../../ui/page.tsx";

const TONE = {
  current: "info",
  fetching: "info",
  stale: "warn",
  unreachable: "warn",
  refused: "bad",
  none: "warn",
} as const satisfies Record<DistributionView["state"], string>;

/** What to say about the policy client's codes; several mean the same to whoever reads it. */
const WHY = {
  unreachable: "silent",
  "fetch-failed": "silent",
  "broken-off": "silent",
  "too-slow": "slow",
  "bad-status": "status",
  empty: "other",
  "not-a-bundle": "other",
  "bundle-too-large": "large",
  "policy-too-large": "large",
  "bundle-signatures": "stranger",
  "bundle-next-signatures": "stranger",
  "bundle-rollback": "older",
  "bundle-same-version": "twice",
  "bundle-expired": "expired",
  "bundle-engine": "newer",
  "bundle-other-format": "newer",
  "policy-other-format": "newer",
  "bundle-other-policy": "foreign",
  "bundle-damaged": "damaged",
  "bundle-mismatch": "damaged",
  "policy-damaged": "damaged",
  "policy-not-compiled": "damaged",
  "bundle-key-set": "settings",
  "not-managed": "settings",
  "no-keys": "settings",
  "bad-address": "settings",
} as const;

export function Distribution({
  distribution,
  t,
  language,
  refresh,
}: Pick<PageProps, "t" | "language" | "refresh"> & { distribution: DistributionView }) {
  const { state, expires, since, code, problems } = distribution;
  const why = code !== undefined && code in WHY ? WHY[code as keyof typeof WHY] : undefined;
  const fetchNow = async () => {
    await send({ kind: "policy.fetch" });
    refresh();
  };
  return (
    <section class="stack-small">
      <h2 class="label">{t("distribution.title")}</h2>
      {state === "current" ? (
        <p class="dg-small">
          {t("distribution.current", { time: since ? formatTime(since, language) : "" })}
        </p>
      ) : (
        <Notice tone={TONE[state]}>
          <span class="dg-small">
            {t(`distribution.${state}`, {
              date: expires ? formatDate(expires, language) : "",
              code: code ?? "",
              why: why === undefined ? "" : t(`distribution.why.${why}`),
            })}
          </span>
        </Notice>
      )}
      {problems.map(({ setting, message }) => (
        <p key={setting + message} class="dg-small dg-soft">
          {t("distribution.problem", { setting, message })}
        </p>
      ))}
      <button type="button" class="dg-button" disabled={state === "fetching"} onClick={() => void fetchNow()}>
        {t("distribution.fetch")}
      </button>
    </section>
  );
}
