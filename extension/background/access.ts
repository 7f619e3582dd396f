/** Where the browser lets Draftguard work: private windows, the hosts of the sites, hosts that the administrator added. */
import { hasAccess, inPrivateWindows, knownHosts, setScripts } from "../shared/browser.ts";
import type { Access } from "../shared/protocol.ts";
import { SITES } from "../shared/sites.ts";

const pattern = (host: string) => `https://${host}/*`;

/** What is missing; `added` are the hosts that the administrator added. */
export async function access(added: string[]): Promise<Access> {
  const missing: string[] = [];
  const wanted: string[] = [];
  // One question instead of one a site, as long as nobody took anything away.
  const whole = await hasAccess(knownHosts());
  for (const { name, hosts } of whole ? [] : SITES) {
    const patterns = hosts.map(pattern);
    if (patterns.length === 0 || (await hasAccess(patterns))) continue;
    missing.push(name);
    wanted.push(...patterns);
  }
  const waiting: string[] = [];
  for (const host of added.filter(isOwn)) {
    if (await hasAccess([pattern(host)])) continue;
    waiting.push(host);
    wanted.push(pattern(host));
  }
  return { privateWindows: await inPrivateWindows(), missing, wanted, added: waiting };
}

/** Lets our scripts run on the hosts that the administrator added and the browser allows, and on no others. */
export async function registerAdded(added: string[]): Promise<void> {
  const allowed: string[] = [];
  for (const host of added.filter(isOwn)) {
    if (await hasAccess([pattern(host)])) allowed.push(pattern(host));
  }
  await setScripts("added", allowed, ["sites/any.js", "content.js"]);
}

/** The hosts of the known sites have their scripts by the manifest; a second run would find the first. */
const isOwn = (host: string) => !knownHosts().includes(pattern(host));
