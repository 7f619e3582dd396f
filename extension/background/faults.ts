/** How often the data of a site did not fit its pages: a number and a time, never a text. */
import { store, stored } from "../shared/browser.ts";
import type { FaultCount, SiteFault } from "../shared/protocol.ts";

const KEY = "faults";

export const KNOWN: ReadonlySet<string> = new Set<SiteFault>(["selector", "submit", "generic"]);

/** Counts a fault of a site. */
export async function count(site: string, fault: SiteFault): Promise<void> {
  const all = await counted();
  const known = all.find((f) => f.site === site && f.fault === fault);
  const now = { site, fault, count: (known?.count ?? 0) + 1, last: Date.now() };
  await store(KEY, [now, ...all.filter((f) => f !== known)]);
}

/** Everything counted, most recent first. */
export async function counted(): Promise<FaultCount[]> {
  const found = await stored<unknown>(KEY);
  return Array.isArray(found) ? (found as FaultCount[]) : [];
}
