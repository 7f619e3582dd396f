/**
 * What the build makes of the site files: one small script per site, which runs before `content.js` and hands it the
 * site's data, and the manifest's `content_scripts`. A page thus reads the data of its own site and of no other.
 */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));

/** Every site file, in the order of their ids. */
export function siteFiles() {
  return readdirSync(here)
    .filter((name) => name.endsWith(".json"))
    .sort()
    .map((name) => JSON.parse(readFileSync(join(here, name), "utf8")));
}

/** The match patterns of a site. Plain http is never matched: nobody posts there. */
export function matches(site) {
  return (site.hosts ?? []).map((host) => `https://${host}/*`);
}

const script = (sites) =>
  `(globalThis.draftguardSites??=[]).push(${sites.map((s) => JSON.stringify(s)).join(",")});\n`;

/** The script for hosts that are enabled at run time, relative to the package: every software known by a marker. */
export const ANY_HOST_SCRIPT = "sites/any.js";

/**
 * `files`: path in the package and text. `contentScripts`: for the manifest. `hosts`: every match pattern of a known
 * site, for `host_permissions`. Sites that share their hosts (told apart by path) share a script, so that
 * `content.js` runs once in a frame.
 */
export function siteScripts(sites = siteFiles()) {
  const groups = new Map();
  for (const site of sites.filter((s) => (s.hosts ?? []).length > 0)) {
    const key = [...site.hosts].sort().join(" ");
    groups.set(key, [...(groups.get(key) ?? []), site]);
  }
  const files = [];
  const contentScripts = [];
  for (const group of groups.values()) {
    const path = `sites/${group[0].id}.js`;
    files.push({ path, text: script(group) });
    contentScripts.push({
      matches: matches(group[0]),
      js: [path, "content.js"],
      run_at: "document_start",
      all_frames: true,
      match_about_blank: true,
    });
  }
  // The generic detector fits every page, so it comes last.
  const marked = sites.filter((s) => s.marker !== undefined);
  marked.sort((a, b) => Number(a.id === "generic") - Number(b.id === "generic"));
  files.push({ path: ANY_HOST_SCRIPT, text: script(marked) });
  return { files, contentScripts, hosts: contentScripts.flatMap((c) => c.matches) };
}
