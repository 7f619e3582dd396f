/**
 * Which sites there are, and which one an address belongs to. The facts stand in the sites' own data files; only these
 * few of each are bundled.
 */

import { hosts as blueskyHosts, name as blueskyName } from "../sites/bluesky.json";
import { hosts as bufferHosts, name as bufferName } from "../sites/buffer.json";
import { hosts as discordHosts, name as discordName } from "../sites/discord.json";
import { hosts as elkHosts, name as elkName } from "../sites/elk.json";
import { hosts as facebookHosts, name as facebookName } from "../sites/facebook.json";
import { hosts as githubHosts, name as githubName } from "../sites/github.json";
import { hosts as glassdoorHosts, name as glassdoorName } from "../sites/glassdoor.json";
import { hosts as hackernewsHosts, name as hackernewsName } from "../sites/hackernews.json";
import { hosts as hootsuiteHosts, name as hootsuiteName } from "../sites/hootsuite.json";
import { hosts as instagramHosts, name as instagramName } from "../sites/instagram.json";
import { hosts as issoHosts, name as issoName } from "../sites/isso.json";
import { hosts as lemmyHosts, name as lemmyName } from "../sites/lemmy.json";
import { hosts as linkedinHosts, name as linkedinName } from "../sites/linkedin.json";
import { hosts as mastodonHosts, name as mastodonName } from "../sites/mastodon.json";
import { hosts as mediumHosts, name as mediumName } from "../sites/medium.json";
import { hosts as metaBusinessHosts, name as metaBusinessName } from "../sites/meta-business.json";
import { hosts as misskeyHosts, name as misskeyName } from "../sites/misskey.json";
import { hosts as phanpyHosts, name as phanpyName } from "../sites/phanpy.json";
import { hosts as pinterestHosts, name as pinterestName } from "../sites/pinterest.json";
import { hosts as producthuntHosts, name as producthuntName } from "../sites/producthunt.json";
import { hosts as quoraHosts, name as quoraName } from "../sites/quora.json";
import { hosts as redditHosts, name as redditName } from "../sites/reddit.json";
import { hosts as redditOldHosts, name as redditOldName } from "../sites/reddit-old.json";
import { hosts as slackHosts, name as slackName } from "../sites/slack.json";
import { hosts as sproutsocialHosts, name as sproutsocialName } from "../sites/sproutsocial.json";
import { hosts as stackexchangeHosts, name as stackexchangeName } from "../sites/stackexchange.json";
import {
  hosts as telegramAHosts,
  name as telegramAName,
  paths as telegramAPaths,
} from "../sites/telegram-a.json";
import {
  hosts as telegramKHosts,
  name as telegramKName,
  paths as telegramKPaths,
} from "../sites/telegram-k.json";
import { hosts as threadsHosts, name as threadsName } from "../sites/threads.json";
import { hosts as tiktokHosts, name as tiktokName } from "../sites/tiktok.json";
import { hosts as tumblrHosts, name as tumblrName } from "../sites/tumblr.json";
import { hosts as whatsappHosts, name as whatsappName } from "../sites/whatsapp.json";
import { hosts as wordpressHosts, name as wordpressName } from "../sites/wordpress.json";
import { hosts as xHosts, name as xName } from "../sites/x.json";
import { hosts as xProHosts, name as xProName } from "../sites/x-pro.json";
import { hosts as youtubeHosts, name as youtubeName } from "../sites/youtube.json";
import { hostFits, pathFits } from "./address.ts";

export interface Site {
  id: string;
  /** What people call it. */
  name: string;
  /** Host names; `*.` stands for any number of leading labels. */
  hosts: readonly string[];
  /** Paths it is limited to, where two sites share a host; `*` stands for anything. */
  paths?: readonly string[];
  /** Software that also runs on hosts that nobody has listed. */
  anywhere: boolean;
}

/** The sites of the package, by name. */
export const SITES: readonly Site[] = [
  { id: "bluesky", name: blueskyName, hosts: blueskyHosts, anywhere: false },
  { id: "buffer", name: bufferName, hosts: bufferHosts, anywhere: false },
  { id: "discord", name: discordName, hosts: discordHosts, anywhere: false },
  { id: "elk", name: elkName, hosts: elkHosts, anywhere: true },
  { id: "facebook", name: facebookName, hosts: facebookHosts, anywhere: false },
  { id: "github", name: githubName, hosts: githubHosts, anywhere: false },
  { id: "glassdoor", name: glassdoorName, hosts: glassdoorHosts, anywhere: false },
  { id: "hackernews", name: hackernewsName, hosts: hackernewsHosts, anywhere: false },
  { id: "hootsuite", name: hootsuiteName, hosts: hootsuiteHosts, anywhere: false },
  { id: "instagram", name: instagramName, hosts: instagramHosts, anywhere: false },
  { id: "isso", name: issoName, hosts: issoHosts, anywhere: true },
  { id: "lemmy", name: lemmyName, hosts: lemmyHosts, anywhere: true },
  { id: "linkedin", name: linkedinName, hosts: linkedinHosts, anywhere: false },
  { id: "mastodon", name: mastodonName, hosts: mastodonHosts, anywhere: true },
  { id: "medium", name: mediumName, hosts: mediumHosts, anywhere: false },
  { id: "meta-business", name: metaBusinessName, hosts: metaBusinessHosts, anywhere: false },
  { id: "misskey", name: misskeyName, hosts: misskeyHosts, anywhere: true },
  { id: "phanpy", name: phanpyName, hosts: phanpyHosts, anywhere: true },
  { id: "pinterest", name: pinterestName, hosts: pinterestHosts, anywhere: false },
  { id: "producthunt", name: producthuntName, hosts: producthuntHosts, anywhere: false },
  { id: "quora", name: quoraName, hosts: quoraHosts, anywhere: false },
  { id: "reddit-old", name: redditOldName, hosts: redditOldHosts, anywhere: false },
  { id: "reddit", name: redditName, hosts: redditHosts, anywhere: false },
  { id: "slack", name: slackName, hosts: slackHosts, anywhere: false },
  { id: "sproutsocial", name: sproutsocialName, hosts: sproutsocialHosts, anywhere: false },
  { id: "stackexchange", name: stackexchangeName, hosts: stackexchangeHosts, anywhere: false },
  { id: "telegram-a", name: telegramAName, hosts: telegramAHosts, paths: telegramAPaths, anywhere: false },
  { id: "telegram-k", name: telegramKName, hosts: telegramKHosts, paths: telegramKPaths, anywhere: false },
  { id: "threads", name: threadsName, hosts: threadsHosts, anywhere: false },
  { id: "tiktok", name: tiktokName, hosts: tiktokHosts, anywhere: false },
  { id: "tumblr", name: tumblrName, hosts: tumblrHosts, anywhere: false },
  { id: "whatsapp", name: whatsappName, hosts: whatsappHosts, anywhere: false },
  { id: "wordpress", name: wordpressName, hosts: wordpressHosts, anywhere: true },
  { id: "x-pro", name: xProName, hosts: xProHosts, anywhere: false },
  { id: "x", name: xName, hosts: xHosts, anywhere: false },
  { id: "youtube", name: youtubeName, hosts: youtubeHosts, anywhere: false },
];

/** The site that `url` belongs to. */
export function siteOf(url: string): string | undefined {
  let address: URL;
  try {
    address = new URL(url);
  } catch {
    return undefined;
  }
  const { hostname, pathname } = address;
  const there = SITES.filter(({ hosts }) => hosts.some((own) => hostFits(hostname, own)));
  const exact = there.find(({ paths }) => paths?.some((path) => pathFits(pathname, path)) ?? true);
  // A frame that is known by its origin alone has no path: one of the sites of that host is near enough.
  return (exact ?? there[0])?.id;
}

/** What people call a site. */
export function siteName(id: string): string {
  return SITES.find((site) => site.id === id)?.name ?? id;
}
