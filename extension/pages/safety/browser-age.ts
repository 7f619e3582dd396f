/**
 * How old the browser is, as far as it can be known without asking a server: compared with the oldest version that
 * still got security updates when this version of Draftguard was made. Raise the numbers with each release.
 */

/** The oldest supported major versions in November 2026: the extended-support release of Firefox among them. */
const LEAST = { Chromium: 150, Edge: 150, Firefox: 153 } as const;

export interface BrowserAge {
  name: keyof typeof LEAST;
  version: number;
  least: number;
}

/** Reads the browser's name and major version; `undefined` where it is none of ours. */
export function browserAge(userAgent: string): BrowserAge | undefined {
  // Edge also calls itself Chrome: the more special name first.
  for (const [mark, name] of [
    ["Edg", "Edge"],
    ["Firefox", "Firefox"],
    ["Chrome", "Chromium"],
  ] as const) {
    const version = new RegExp(`\\b(?:Headless)?${mark}/(\\d+)`).exec(userAgent)?.[1];
    if (version !== undefined) return { name, version: Number(version), least: LEAST[name] };
  }
  return undefined;
}
