// Every site's data file, every surface, every way to post that it names: on a page made from the data, the draft is
// read and the post is held. One page per site; its address is moved to where the surface applies.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { Bench, until } from "../harness.mjs";

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
  if (surface.confirm?.length) ways.push({ name: "confirm" });
  return ways;
}

const pathOf = (site, surface) =>
  (surface.when?.path?.[0] ?? site.paths?.[0] ?? "/generated").replaceAll("*", "1");

/** The address that the fixture server answers with the page made from data. */
const marked = (path) => `${path}${path.includes("?") ? "&" : "?"}__generated=1`;

async function check(bench, site, surface, way) {
  await bench.frame.evaluate(
    (spec, marker, at) => {
      history.replaceState(null, "", at);
      window.__build(spec, marker);
    },
    surface,
    site.marker ?? null,
    marked(pathOf(site, surface)),
  );
  await bench.focus();
  await bench.type("We ship Bluehawk");
  if (way.keys) await bench.chord(way.keys);
  else if (way.name === "confirm") await (await bench.part("second")).click();
  else await (await bench.button()).click();
  const card = await bench.openCard(4000);
  assert.ok(card.held, "held");
  assert.deepEqual(card.findings, ["Code name"]);
  const sent = await bench.frame.evaluate(() => [...window.__sent]);
  assert.deepEqual(sent, [], "the page's own handlers saw nothing");
  await bench.page.keyboard.press("Escape");
  await until("the card is gone", async () => !(await bench.card()));
}

/** The page of the site in hand, by browser: opened once for all checks of a site. */
const pages = new WeakMap();

async function pageOf(session, site) {
  const last = pages.get(session);
  if (last?.site === site && last.sound) return last;
  await last?.bench.close();
  const path = pathOf(site, site.surfaces[0]);
  const bench = await Bench.open(session, {
    id: site.id,
    site: site.id,
    url: `https://${site.hosts[0]}${marked(path)}`,
    box: "generated",
    newline: null,
    ways: [],
  });
  const page = { site, bench, sound: true };
  pages.set(session, page);
  return page;
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
      run: async ({ session }) => {
        const page = await pageOf(session, site);
        // What failed leaves a page that nobody can rely on.
        page.sound = false;
        await check(page.bench, site, surface, way);
        page.sound = true;
      },
    })),
  ),
);
