/** Which site an address belongs to. The background asks the sender's address, never the message. */

/** Hosts of each site; a host covers its subdomains. */
const HOSTS: Record<string, string[]> = {
  x: ["x.com", "twitter.com"],
  linkedin: ["linkedin.com"],
  facebook: ["facebook.com"],
  bluesky: ["bsky.app"],
  mastodon: ["mastodon.social"],
  reddit: ["reddit.com"],
  youtube: ["youtube.com"],
  discord: ["discord.com"],
};

const NAMES: Record<string, string> = {
  x: "X",
  linkedin: "LinkedIn",
  facebook: "Facebook",
  bluesky: "Bluesky",
  mastodon: "Mastodon",
  reddit: "Reddit",
  youtube: "YouTube",
  discord: "Discord",
};

/** The id of the site that `url` belongs to. */
export function siteOf(url: string): string | undefined {
  let host: string;
  try {
    host = new URL(url).hostname;
  } catch {
    return undefined;
  }
  return Object.keys(HOSTS).find((id) => HOSTS[id]?.some((own) => host === own || host.endsWith(`.${own}`)));
}

/** What people call a site. */
export function siteName(id: string): string {
  return NAMES[id] ?? id;
}
