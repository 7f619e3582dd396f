/** Addresses out of a policy: shown as links only where nothing but reading, writing or calling can come of it. */

const SCHEMES = new Set(["https:", "mailto:", "tel:"]);

/** The address, where its scheme is https, mailto or tel. */
export function safeLink(address: string | undefined): string | undefined {
  if (!address) return undefined;
  try {
    const url = new URL(address);
    return SCHEMES.has(url.protocol) ? url.href : undefined;
  } catch {
    return undefined;
  }
}

/** A mail to `address` with `body`, where the address looks like one. */
export function mailLink(address: string | undefined, body: string): string | undefined {
  if (!address || !/^[^\s@?&#/]+@[^\s@?&#/]+$/.test(address)) return undefined;
  return `mailto:${encodeURIComponent(address).replace("%40", "@")}?body=${encodeURIComponent(body)}`;
}
