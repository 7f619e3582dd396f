// Text is sacred: any text, typed and pasted and edited at will, then fixed at will, in every editor family. After each
// step the editor's model, its DOM and what Draftguard reads are the same text; a fix changes its spans and nothing
// else, leaves the caret where it was in the text, and undo brings the old text back.
//
// `node tests/e2e/run.mjs --only lossless --runs 200 --seed N` tries more; a failure prints its seed and its smallest
// form.
import assert from "node:assert/strict";
import fc from "fast-check";
import { Bench, until } from "../harness.mjs";
import { askLab, installLab } from "../lab.mjs";
import { BOXES } from "../sites.mjs";

/** A box of each family. `merges`: its undo takes text that was put where typing ended back together with the typing. */
const FAMILIES = [
  { family: "textarea", box: "mastodon-post" },
  { family: "textarea in a shadow root", box: "reddit-title" },
  { family: "input", box: "mastodon-warning" },
  { family: "contenteditable", box: "youtube-comment" },
  { family: "Draft.js", box: "x-post", merges: true },
  { family: "Lexical", box: "facebook-post" },
  { family: "ProseMirror", box: "bluesky-post" },
  { family: "Quill", box: "linkedin-comment-quill" },
  { family: "Quill in a shadow root", box: "linkedin-quill" },
  { family: "Slate", box: "discord-channel", merges: true },
];

/** The content warning: a line of its own in a box that `BOXES` has. */
const WARNING = {
  ...BOXES.find((b) => b.id === "mastodon-post"),
  id: "mastodon-warning",
  url: "https://mastodon.social/home?warning",
  box: "warning",
  newline: null,
};

const PIECES = [
  "Bluehawk",
  "ships",
  "in May",
  "a",
  "I'm",
  "x.",
  "12,5 %",
  "https://acme.example/a?b=c",
  "#tag",
  "naïve",
  "e\u0301",
  "a\u0323\u0302",
  "שלום",
  "مرحبا",
  "日本語",
  "한국",
  "ไทยแลนด์",
  "क्षत्रिय",
  "👍🏽",
  "👩‍👩‍👧",
  "🇮🇩",
  "❤️",
  "𝒳",
  "ﬁ",
  "ß",
];

const line = fc
  .array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 5 })
  .chain((words) =>
    fc
      .array(fc.constantFrom(" ", " ", " ", "", ", "), { minLength: words.length, maxLength: words.length })
      .map((gaps) => words.map((word, at) => (at === 0 ? word : gaps[at] + word)).join("")),
  );
const lines = fc.array(line, { minLength: 1, maxLength: 3 }).map((all) => all.join("\n"));

const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant("type"), text: line }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("paste"), text: lines }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("break") }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("erase"), times: fc.integer({ min: 1, max: 3 }) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant("move"),
      key: fc.constantFrom("ArrowLeft", "ArrowLeft", "ArrowRight", "Home", "End"),
      times: fc.integer({ min: 1, max: 6 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("select"), times: fc.integer({ min: 1, max: 4 }) }) },
);

/** How long a family is tried without `--runs`, in milliseconds. */
const TIME = 3000;
const FEWEST = 3;

/** A share of the text, and what goes in its place. */
const change = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  units: fc.integer({ min: 0, max: 12 }),
  text: fc.oneof(
    { weight: 4, arbitrary: line },
    { weight: 1, arbitrary: lines },
    { weight: 1, arbitrary: fc.constant("") },
  ),
});

const script = fc.record({
  first: line,
  steps: fc.array(step, { maxLength: 4 }),
  changes: fc.array(change, { minLength: 1, maxLength: 3 }),
});

/** Editors show a plain space as a no-break one where a browser would fold it away. */
const plain = (text) => text.replaceAll("\u00A0", " ");

/**
 * Model, DOM and snapshot agree, on `wanted` where that is given; gives the text and the caret. The page waits by
 * itself: editors draw a frame or two after the key.
 */
async function agreed(bench, wanted) {
  const seen = await bench.frame.evaluate(
    async (name, text) => {
      const plain = (t) => t.replaceAll("\u00A0", " ");
      const read = () =>
        new Promise((resolve) => {
          addEventListener("lab-answer", (event) => resolve(JSON.parse(event.detail)), { once: true });
          dispatchEvent(new CustomEvent("lab-ask", { detail: '{"what":"read"}' }));
        });
      const end = performance.now() + 3000;
      for (;;) {
        const model = plain(window.__model(name));
        const dom = plain(window.__dom(name));
        if (model === dom && (text === null || model === text)) {
          const said = await read();
          if (said.error || plain(said.text) === plain(window.__model(name))) return said;
          if (performance.now() > end) return { model, dom, read: said.text };
        } else if (performance.now() > end) return { model, dom };
        await new Promise((next) => setTimeout(next, 4));
      }
    },
    bench.box.box,
    wanted ?? null,
  );
  if (seen.text === undefined) throw new Error(`they disagree: ${JSON.stringify({ ...seen, wanted })}`);
  return { text: plain(seen.text), caret: seen.caret };
}

/** Whole characters: the engine never gives half of one. */
const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

/** Changes in units of `text`, apart from each other. */
function placed(text, wanted) {
  const ends = [...graphemes.segment(text)].map(({ index }) => index).concat(text.length);
  const spans = wanted
    .map(({ at, units, text: put }) => {
      const from = Math.round(at * (ends.length - 1));
      return { start: ends[from], end: ends[Math.min(ends.length - 1, from + units)], text: put };
    })
    .filter(({ start, end, text: put }) => end > start || put !== "")
    .sort((a, b) => a.start - b.start);
  let free = -1;
  return spans.filter(({ start, end }) => {
    const apart = start > free;
    if (apart) free = end;
    return apart;
  });
}

const applied = (text, changes) =>
  changes.toReversed().reduce((now, c) => now.slice(0, c.start) + c.text + now.slice(c.end), text);

/** Where a caret goes with the changes. */
const moved = (caret, changes) =>
  changes.toReversed().reduce((now, { start, end, text }) => {
    if (now < start || (now === start && start < end)) return now;
    return now >= end ? now + text.length - (end - start) : start + text.length;
  }, caret);

/** Draft.js in Firefox dies by itself of a line that is begun by typing an emoji or another character beyond 16 bits. */
const bears = (bench, text) =>
  bench.session.kind === "firefox" &&
  bench.box.id === "x-post" &&
  /^(?:\p{Emoji}|[\u{10000}-\u{10FFFF}])/u.test(text)
    ? `a${text}`
    : text;

async function take(bench, { do: what, ...how }) {
  const { keyboard } = bench.page;
  switch (what) {
    case "type":
      return bench.type(bears(bench, how.text));
    case "paste":
      return bench.pasteHere(bench.box.newline ? how.text : how.text.replaceAll("\n", " "));
    case "break":
      return bench.box.newline ? bench.chord(bench.box.newline) : undefined;
    case "erase":
      for (let i = 0; i < how.times; i += 1) await keyboard.press("Backspace");
      return;
    case "move":
      for (let i = 0; i < how.times; i += 1) await keyboard.press(how.key);
      return;
    case "select":
      await keyboard.down("Shift");
      for (let i = 0; i < how.times; i += 1) await keyboard.press("ArrowLeft");
      await keyboard.up("Shift");
  }
}

/** Slate in Firefox does not always take a change that reaches over a line's end. */
const refusable = (bench, text, changes) =>
  bench.session.kind === "firefox" &&
  bench.box.id === "discord-channel" &&
  changes.some(({ start, end, text: put }) => `${text.slice(start, end)}${put}`.includes("\n"));

async function run(bench, merges, { first, steps, changes: wanted }) {
  await bench.frame.evaluate((name) => window.__boxes[name].clear(), bench.box.box);
  await bench.focus();
  await agreed(bench, "");
  const earlier = new Set([""]);
  for (const one of [{ do: "type", text: first }, ...steps]) {
    await take(bench, one);
    earlier.add((await agreed(bench)).text);
  }
  const { text: before, caret } = await agreed(bench);
  const changes = placed(before, wanted).map((c) =>
    bench.box.newline ? c : { ...c, text: c.text.replaceAll("\n", " ") },
  );
  if (changes.length === 0) return;
  // Time passes between typing and fixing: editors put what follows quickly into one step of their history.
  await bench.frame.evaluate((name) => window.__boxes[name].pause?.(), bench.box.box);
  const outcome = await askLab(bench.frame, { what: "write", changes });
  if (outcome === "failed" && refusable(bench, before, changes)) {
    // Not written is an answer too, and the card then offers to copy; half written is none.
    await agreed(bench, before);
    return;
  }
  assert.equal(outcome, "written");
  const after = applied(before, changes);
  const now = await agreed(bench, after);
  const [from, to] = caret === undefined ? now.caret : caret.map((end) => moved(end, changes));
  assert.deepEqual(now.caret, [from, to], "the caret stands where it did");
  await bench.frame.evaluate((name) => window.__boxes[name].pause?.(), bench.box.box);
  await bench.page.keyboard.type("q");
  await agreed(bench, `${after.slice(0, from)}q${after.slice(to)}`);
  await until(
    "undo brings the old text back",
    async () => {
      const { text } = await agreed(bench);
      if (text === before || (merges && earlier.has(text))) return true;
      await bench.undo();
      throw new Error(JSON.stringify({ text, before }));
    },
    3000,
  );
}

/** Of the ordinary run. */
const SEED = 20260101;

export const tests = FAMILIES.map(({ family, box: id, merges }) => ({
  id: `${family}: any text, any edit, any fix, undone`,
  run: async ({ session, env }) => {
    await installLab(session, env.root);
    const box = BOXES.find((b) => b.id === id) ?? WARNING;
    let bench = await Bench.open(session, box);
    // The ordinary run tries the same texts every time; who asks for a number of runs looks for new ones.
    const seed = env.seed ?? (env.runs === undefined ? SEED : (Math.random() * 0x7fffffff) | 0);
    let runs = 0;
    let until = Date.now() + TIME;
    try {
      await fc.assert(
        fc.asyncProperty(script, async (given) => {
          // Without a number of runs, time is the bound; a busy machine still tries a few.
          if (env.runs === undefined && runs >= FEWEST && Date.now() > until) return;
          runs += 1;
          try {
            await run(bench, merges === true, given);
          } catch (error) {
            // Time for its smallest form.
            until = Math.max(until, Date.now() + TIME);
            if (bench.errors.length > 0)
              error.message += `; the page's own errors: ${bench.errors.join("; ")}`;
            // What went wrong may have broken the page.
            await bench.close();
            bench = await Bench.open(session, box);
            throw error;
          }
        }),
        { seed, numRuns: env.runs ?? 1000 },
      );
    } finally {
      await bench.close();
    }
    console.log(`lossless ${session.kind} ${family}: ${runs} runs, seed ${seed}`);
  },
}));
