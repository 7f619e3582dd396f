/**
 * Which sites there are, and which one an address belongs to. The facts stand in the sites' own data files; only these
 * few of each are bundled.
 */
import { hosts as blueskyHosts, name as blueskyName } from "../sites/bluesky.json";
import { hosts as discordHosts, name as discordName } from "../sites/discord.json";
import { hosts as facebookHosts, name as facebookName } from "../sites/facebook.json";
import { hosts as linkedinHosts, name as linkedinName } from "../sites/linkedin.json";
import {
  hosts as mastodonHosts,
  marker as mastodonMarker,
  name as mastodonName,
} from "../sites/mastodon.json";
import { hosts as redditHosts, name as redditName } from "../sites/reddit.json";
import { hosts as xHosts, name as xName } from "../sites/x.json";
import { hosts as youtubeHosts, name as youtubeName } from "../sites/youtube.json";

export interface Site {
  id: string;
  /** What people call it. */
  name: string;
  /** Host names; `*.` stands for any number of leading labels. */
  hosts: readonly string[];
  /** Software that also runs on hosts that nobody has listed. */
  anywhere: boolean;
}

/** The sites of the package, by name. */
export const SITES: readonly Site[] = [
  { id: "bluesky", name: blueskyName, hosts: blueskyHosts, anywhere: false },
  { id: "discord", name: discordName, hosts: discordHosts, anywhere: false },
  { id: "facebook", name: facebookName, hosts: facebookHosts, anywhere: false },
  { id: "linkedin", name: linkedinName, hosts: linkedinHosts, anywhere: false },
  { id: "mastodon", name: mastodonName, hosts: mastodonHosts, anywhere: mastodonMarker !== "" },
  { id: "reddit", name: redditName, hosts: redditHosts, anywhere: false },
  { id: "x", name: xName, hosts: xHosts, anywhere: false },
  { id: "youtube", name: youtubeName, hosts: youtubeHosts, anywhere: false },
];

/** The site that `url` belongs to. */
export function siteOf(url: string): string | undefined {
  let host: string;
  try {
    host = new URL(url).hostname;
  } catch {
    return undefined;
  }
  return SITES.find(({ hosts }) =>
    hosts.some((own) => (own.startsWith("*.") ? `.${host}`.endsWith(own.slice(1)) : host === own)),
  )?.id;
}

/** What people call a site. */
export function siteName(id: string): string {
  return SITES.find((site) => site.id === id)?.name ?? id;
}
