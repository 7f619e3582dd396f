/** A signed bundle that a person chose: who signed it, and whether to believe that. */
import type { BundleInfo } from "../../shared/protocol.ts";
import { Notice, type PageProps } from "../../ui/page.tsx";

/** A bundle that waits for a decision; `bytes` in base64. */
export interface Offer {
  name: string;
  bytes: string;
  bundle: BundleInfo;
}

export function Offered({
  t,
  bundle,
  take,
  leave,
}: Pick<PageProps, "t"> & { bundle: BundleInfo; take: () => void; leave: () => void }) {
  const { policy, signers, version, known } = bundle;
  return (
    <Notice tone={known ? "info" : "warn"}>
      {t(known ? "options.bundle.known" : "options.bundle", {
        policy,
        version: String(version),
        signers: signers.join(", "),
      })}
      <span class="dg-row">
        <button type="button" class="dg-button" onClick={take}>
          {t("options.bundle.take")}
        </button>
        <button type="button" class="dg-button" onClick={leave}>
          {t("options.bundle.leave")}
        </button>
      </span>
    </Notice>
  );
}
