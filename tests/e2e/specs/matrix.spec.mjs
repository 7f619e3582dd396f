// Every site's data file, every surface, every way to post that it names: on a page made from the data, the draft is
// read and the post is held. One page per site; its address is moved to where the surface applies.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { Bench, until } from "../harness.mjs";
import { overhear } from "../policy.mjs";

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
  if (surface.confirm?.length || surface.confirm_text) ways.push({ name: "confirm" });
  return ways;
}

const pathOf = (site, surface) =>
  (surface.when?.path?.[0] ?? site.paths?.[0] ?? "/generated").replaceAll("*", "1");

/** The address that the fixture server answers with the page made from data. */
const marked = (path) => `${path}${path.includes("?") ? "&" : "?"}__generated=1`;

/** What a reading reads, as a page would have it. */
function said(reading, value, surface) {
  const { after = [], before = [], take } = reading;
  const lead = after.find((word) => word.toLowerCase().startsWith(surface.surface)) ?? after[0] ?? "";
  const form = take === "handle" ? `@${value}` : take === "last-segment" ? `/in/${value}/` : value;
  return `${lead}${form}${before[0] ?? ""}`;
}

const turn = (list, n) => (list.length > 0 ? list[n % list.length] : undefined);

/**
 * What stands on the page beside the draft, and the context that follows from it. With each check of a site it is the
 * next of its readings and signs that has something to read.
 */
function circumstances(site, surface, n) {
  const shows = [];
  const context = { site: site.id, surface: surface.surface };
  let path = pathOf(site, surface);
  // A reading off the editor itself says who comments; no other box is labelled so.
  const fits = (r) => r.read !== "path" && (!r.select.includes("contenteditable") || r.after);
  const answers = ["comment", "reply"].includes(surface.surface);
  const account = turn(
    (surface.account ?? site.account ?? []).filter(
      (r) => fits(r) && (answers || !r.select.includes("contenteditable")),
    ),
    n,
  );
  if (account) {
    const onEditor = account.select.includes("contenteditable");
    shows.push({ ...account, text: said(account, "mira", surface), onEditor });
    context.handle = "mira";
  }
  const answering = turn((surface.answering ?? []).filter(fits), n);
  if (answering) {
    shows.push({ ...answering, text: "Which router?" });
    context.answering = "Which router?";
  }
  const shown = surface.limit_from?.find((r) => r.read === "@maxlength");
  if (shown) {
    shows.push({ ...shown, text: "777", onEditor: true });
    context.limit = 777;
  }
  for (const [name, signs] of [
    ["audience", site.audience ?? []],
    ["account", site.kind ?? []],
  ]) {
    const sign = turn(
      signs.filter((s) => !s.path || (!surface.when?.path && site.surfaces.every((o) => !o.when?.path))),
      n,
    );
    if (!sign) continue;
    if (sign.path) path = sign.path[0].replaceAll("*", "1");
    else {
      // A control that names the author and, below, who will see it.
      const both = site.account?.some((r) => r.select === sign.select);
      if (both && !shows.some((s) => s.select === sign.select))
        shows.push({ select: sign.select, text: "mira" });
      shows.push({ ...sign, text: sign.words?.[0] ?? "Neighbours" });
    }
    context[name] = sign.means;
  }
  return { shows, context, path };
}

async function check(bench, session, site, surface, way, n) {
  const { shows, context, path } = circumstances(site, surface, n);
  const last = await overhear(session, { fresh: true });
  await bench.frame.evaluate(
    (spec, marker, at, beside) => {
      history.replaceState(null, "", at);
      window.__build(spec, marker, beside);
    },
    surface,
    site.marker ?? null,
    marked(path),
    shows,
  );
  await bench.focus();
  await bench.type("Bluehawk");
  if (way.keys) await bench.chord(way.keys);
  else if (way.name === "confirm") await (await bench.part("second")).click();
  else await (await bench.button()).click();
  const card = await bench.openCard(4000);
  assert.ok(card.held, "held");
  assert.deepEqual(card.findings, ["Code name"]);
  const sent = await bench.frame.evaluate(() => [...window.__sent]);
  assert.deepEqual(sent, [], "the page's own handlers saw nothing");
  await last(`the context is ${JSON.stringify(context)}`, (h) =>
    Object.entries(context).every(([key, value]) => h.context[key] === value),
  );
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

/** Counts the checks of each site. */
const turns = new Map();

function next(site) {
  turns.set(site, (turns.get(site) ?? -1) + 1);
  return turns.get(site);
}

/** Words on controls that send later, several at once, or as the last step. */
const LATER = /schedul|queue|all\b|later|publish|now\b|again|jadwal|antre|terbit|semua|sekarang/iu;

/** Schedule, queue, "post all" and the last button of a publish panel: every such word that the data names. */
const later = sites.flatMap((site) =>
  site.surfaces.flatMap((surface, at) =>
    ["submit_text", "confirm_text"].flatMap((kind) => {
      const labels = (surface[kind]?.labels ?? []).filter((label) => LATER.test(label));
      if (labels.length === 0) return [];
      return {
        id: `${site.id}/${at} ${surface.surface}/${kind === "submit_text" ? "says" : "panel says"} ${labels.join(", ")}`,
        row: {
          site: site.id,
          surface: surface.surface,
          box: `data ${at + 1}`,
          scenario: `held on ${labels.map((l) => `"${l}"`).join(", ")}`,
        },
        run: async ({ session }) => {
          const page = await pageOf(session, site);
          page.sound = false;
          for (const label of labels) {
            const only = { ...surface, submit: kind === "submit_text" ? [] : surface.submit, confirm: [] };
            const said = { ...only, [kind]: { ...surface[kind], labels: [label] } };
            const way = { name: kind === "submit_text" ? "click" : "confirm" };
            await check(page.bench, session, site, said, way, 0);
          }
          page.sound = true;
        },
      };
    }),
  ),
);

const held = sites.flatMap((site) =>
  site.surfaces.flatMap((surface, at) =>
    waysOf(surface).map((way) => {
      const n = next(site);
      return {
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
          await check(page.bench, session, site, surface, way, n);
          page.sound = true;
        },
      };
    }),
  ),
);

// Of one site together: its page is opened once.
export const tests = [...held, ...later].sort((a, b) => order(a) - order(b));

function order(test) {
  return sites.findIndex((site) => site.id === test.row.site);
}
