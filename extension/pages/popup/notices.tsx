/** What keeps Draftguard from covering everything here: old versions, private windows, sites without permission. */
import { extensionVersion, requestAccess } from "../../shared/browser.ts";
import { outdated } from "../../shared/outdated.ts";
import type { StateView } from "../../shared/protocol.ts";
import { Notice, type PageProps } from "../../ui/page.tsx";

export function Notices({ view, t, refresh }: Pick<PageProps, "t" | "refresh"> & { view: StateView }) {
  const { access, policies } = view;
  const managed = policies.some(({ source }) => source === "managed");
  const old = outdated(policies, navigator.userAgent, extensionVersion());
  // Asked for first thing in the click: a browser grants nothing to a page that waited for something else.
  const allow = () => void requestAccess(access.wanted).then(refresh);
  return (
    <>
      {old.map(({ what, name, version, least }) => (
        <Notice key={what} tone="warn">
          <span class="dg-small">{t(`outdated.${what}`, { name, version, least })}</span>
        </Notice>
      ))}
      {access.wanted.length > 0 && (
        <Notice tone="warn">
          {access.missing.length > 0 && (
            <span class="dg-small">{t("access.missing", { list: access.missing.join(", ") })}</span>
          )}
          {access.added.length > 0 && (
            <span class="dg-small">{t("access.added", { list: access.added.join(", ") })}</span>
          )}
          <button type="button" class="dg-button" onClick={allow}>
            {t("access.allow")}
          </button>
        </Notice>
      )}
      {managed && !access.privateWindows && <p class="dg-small dg-soft">{t("access.private")}</p>}
    </>
  );
}
