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

export function Distribution({
  distribution,
  t,
  language,
  refresh,
}: Pick<PageProps, "t" | "language" | "refresh"> & { distribution: DistributionView }) {
  const { state, expires, since, code, problems } = distribution;
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
