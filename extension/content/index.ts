/** The content script: runs at the start of every document of a known site, in every frame. */

import type { SiteFile } from "../shared/site-file.ts";
import { Frame } from "./frame.ts";

declare global {
  /** What the scripts under `sites/` leave for us, in our own world. */
  var draftguardSites: SiteFile[] | undefined;
  /** The frame that watches this document already. */
  var draftguardFrame: Frame | undefined;
}

// Registered twice (a known site that was also enabled by hand), one script is enough; an orphan is no script at all.
if (globalThis.draftguardFrame?.life.goesOn !== true) {
  globalThis.draftguardFrame = new Frame(globalThis.draftguardSites ?? []);
  globalThis.draftguardFrame.start();
}
