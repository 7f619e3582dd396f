// Every site's data file, every surface, every way to post that it names: on a page made from the data, the draft is
// read and the post is held. One page per site; its address is moved to where the surface applies.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { until, withBench } from "../harness.mjs";

const folder = path.join(path.dirname(fileURLToPath(import.meta.url)), "../../../extension/sites");

const sites = readdirSync(folder)
  .filter((name) => name.endsWith(".json"))
  .sort()
  .map((name) => JSON.parse(readFileSync(path.join(folder, name), "utf8")))
  // Software that is known by a marker has no hosts of its own until a person enables one.
  .filter((site) => site.hosts?.length > 0);

const CHORDS = {
  enter: ["Enter"],
  "mod-enter": ["Control", "Enter"],
  "mod-enter-up": ["Control", "Enter"],
  "mod-s": ["Control", "s"],
};

function waysOf(surface) {
  const ways = [];
  if (surface.submit?.length || surface.submit_text) ways.push({ name: "click" });
  for (const key of surface.keys ?? []) if (CHORDS[key]) ways.push({ name: key, keys: CHORDS[key] });
  return ways;
}

const pathOf = (site, surface) =>
  (surface.when?.path?.[0] ?? site.paths?.[0] ?? "/generated").replaceAll("*", "1");

async function check(bench, site, surface, way) {
  await bench.frame.evaluate(
    (spec, marker, at) => {
      history.replaceState(null, "", at);
      window.__build(spec, marker);
    },
    surface,
    site.marker ?? null,
    `${pathOf(site, surface)}${pathOf(site, surface).includes("?") ? "&" : "?"}__generated=1`,
  );
  await bench.focus();
  await bench.type("We ship Bluehawk");
  if (way.keys) await bench.chord(way.keys);
  else await (await bench.button()).click();
  const card = await bench.openCard(4000);
  assert.ok(card.held, "held");
  assert.deepEqual(card.findings, ["Code name"]);
  const sent = await bench.frame.evaluate(() => [...window.__sent]);
  assert.deepEqual(sent, [], "the page's own handlers saw nothing");
  await bench.page.keyboard.press("Escape");
  await until("the card is gone", async () => !(await bench.card()));
}

export const tests = sites.flatMap((site) =>
  site.surfaces.flatMap((surface, at) =>
    waysOf(surface).map((way) => ({
      id: `${site.id}/${at} ${surface.surface}/${way.name}`,
      row: {
        site: site.id,
        surface: surface.surface,
        box: `data ${at + 1}`,
        scenario: `held on ${way.name} (made from the data file)`,
      },
      run: ({ session }) => {
        const url = `https://${site.hosts[0]}${pathOf(site, surface)}`;
        const box = {
          id: site.id,
          site: site.id,
          url: `${url}${url.includes("?") ? "&" : "?"}__generated=1`,
          box: "generated",
          newline: null,
          ways: [],
        };
        return withBench(session, box, (bench) => check(bench, site, surface, way));
      },
    })),
  ),
);
