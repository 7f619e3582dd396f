// docs/sites.md: site x browser x scenario, from what the test run saw.
import { writeFile } from "node:fs/promises";

const SIGN = { passed: "✓", failed: "✗", skipped: "–" };

/** Writes the table of every result that names its row. */
export async function writeTable(file, results) {
  const rows = results.filter((r) => r.row);
  const kinds = [...new Set(rows.map((r) => r.browser))].sort();
  const sites = [...new Set(rows.map((r) => r.row.site))];
  const out = [
    "# What was seen to work, by site, browser and scenario",
    "",
    "Written by `node tests/e2e/run.mjs --table`; do not edit. Each cell is one run of one scenario in the real browser",
    "on a page that runs the real editor with the site's attributes and ways to post. ✓ passed, ✗ failed, – not run.",
    "",
  ];
  for (const site of sites) {
    const mine = rows.filter((r) => r.row.site === site);
    out.push(`## ${site}`, "");
    out.push(`| compose box | surface | scenario | ${kinds.join(" | ")} |`);
    out.push(`|---|---|---|${kinds.map(() => "---").join("|")}|`);
    const keys = [...new Set(mine.map((r) => `${r.row.box}|${r.row.surface}|${r.row.scenario}`))];
    for (const key of keys) {
      const [box, surface, scenario] = key.split("|");
      const cells = kinds.map((kind) => {
        const hit = mine.find(
          (r) =>
            r.browser === kind &&
            r.row.box === box &&
            r.row.surface === surface &&
            r.row.scenario === scenario,
        );
        return hit ? `${SIGN[hit.state]}${hit.why && hit.state === "skipped" ? ` ${hit.why}` : ""}` : " ";
      });
      out.push(`| ${box} | ${surface} | ${scenario} | ${cells.join(" | ")} |`);
    }
    out.push("");
  }
  await writeFile(file, `${out.join("\n")}`);
}
