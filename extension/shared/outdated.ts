/** Browsers and versions of the extension that are older than the policies in force ask for. */
import { browserAge } from "../pages/safety/browser-age.ts";
import type { PolicyInfo } from "./protocol.ts";

export interface Outdated {
  what: "browser" | "extension";
  name: string;
  version: string;
  least: string;
}

const KEYS = { Chromium: "chrome", Edge: "edge", Firefox: "firefox" } as const;

/** What is too old, by the strictest of the policies. */
export function outdated(
  policies: Pick<PolicyInfo, "oldest">[],
  userAgent: string,
  extension: string,
): Outdated[] {
  const out: Outdated[] = [];
  const browser = browserAge(userAgent);
  if (browser) {
    const least = Math.max(0, ...policies.map(({ oldest }) => oldest.browser[KEYS[browser.name]] ?? 0));
    if (browser.version < least) {
      const { name, version } = browser;
      out.push({ what: "browser", name, version: String(version), least: String(least) });
    }
  }
  const [least] = policies.flatMap(({ oldest }) => oldest.extension ?? []).sort((a, b) => compare(b, a));
  if (least !== undefined && compare(extension, least) < 0) {
    out.push({ what: "extension", name: "Draftguard", version: extension, least });
  }
  return out;
}

/** Orders versions by their numbers; a number that is not there is 0. */
function compare(a: string, b: string): number {
  const [left, right] = [a.split(".").map(Number), b.split(".").map(Number)];
  for (let at = 0; at < Math.max(left.length, right.length); at += 1) {
    const difference = (left[at] ?? 0) - (right[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
