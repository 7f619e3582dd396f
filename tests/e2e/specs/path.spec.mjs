// The path of a draft, on every compose box: typed, marked, held, fixed, posted. Each scenario has a page of its own.
import assert from "node:assert/strict";
import { until, withBench } from "../harness.mjs";
import { BOXES, wayName } from "../sites.mjs";
import {
  answered,
  CLEAN,
  dismiss,
  FIXED,
  hold,
  holdsText,
  marked,
  NOTE,
  nothingPosted,
  postedOnce,
  WARN,
} from "../steps.mjs";

// One box of every editor family, and of a shadow root and a frame, goes through all of it.
const DEEP = new Set([
  "x-post",
  "linkedin-quill",
  "linkedin-tiptap",
  "facebook-post",
  "facebook-comment",
  "mastodon-post",
  "reddit-comment",
  "reddit-title",
  "youtube-comment",
  "youtube-live-frame",
  "discord-channel",
]);

/** What the other boxes are tried with: read and marked, sent when clean, held and released. */
const CHEAP = new Set(["types, is marked", "clean goes through once", "held, posted anyway"]);

const scenarios = {
  "types, is marked": async (bench) => {
    await bench.focus();
    await bench.type(WARN);
    await marked(bench, "Bluehawk");
    await holdsText(bench, WARN);
    const badge = await until("the badge counts", () => bench.badge());
    assert.equal(badge.tone, "high");
  },

  "clean goes through once": async (bench) => {
    await bench.focus();
    await bench.type(CLEAN);
    await bench.post();
    await postedOnce(bench, CLEAN);
    assert.equal(await bench.card(), undefined);
  },

  "judged clean: the site's own events": async (bench) => {
    // A note is drawn but does not hold: its mark says that the verdict is known.
    const text = NOTE;
    await bench.focus();
    await bench.type(text);
    await marked(bench, "gadget");
    const before = (await bench.events()).length;
    await bench.post();
    const posted = await postedOnce(bench, text);
    assert.equal(posted.trusted, true);
    if (bench.box.ways[0].how === "click") {
      const events = (await bench.events())
        .slice(before)
        .filter((e) => e.box === bench.box.box || bench.box.field);
      assert.deepEqual(
        events.map((e) => e.type),
        ["pointerdown", "mousedown", "pointerup", "mouseup", "click"],
      );
      assert.ok(events.every((e) => e.trusted));
    }
    assert.equal(await bench.card(), undefined);
    // The same for a verdict that draws nothing at all.
    await bench.focus();
    await bench.type(CLEAN);
    await answered(bench);
    await bench.post();
    await bench.settled(2);
    const [, second] = await bench.posted();
    // A page may leave a title where it is.
    assert.ok(second[bench.box.field ?? "text"].endsWith(CLEAN));
    assert.equal(second.trusted, true);
    assert.equal(await bench.notice(), undefined);
  },

  "held, posted anyway": async (bench) => {
    const card = await hold(bench);
    assert.deepEqual(card.findings, ["Code name"]);
    await holdsText(bench, WARN);
    await bench.clickInside("[data-action=post-anyway]");
    await postedOnce(bench, WARN);
    await bench.noCard();
  },

  "held, edited, posted": async (bench) => {
    await hold(bench);
    await bench.clickInside("button", "Edit");
    await bench.noCard();
    await nothingPosted(bench);
    await until("the editor has the focus back", () =>
      bench.part().then((el) =>
        el.evaluate((node) => {
          const active = node.getRootNode().activeElement;
          return active === node || node.contains(active);
        }),
      ),
    );
    for (let i = 0; i < WARN.length; i += 1) await bench.page.keyboard.press("Backspace");
    await bench.type(CLEAN);
    await holdsText(bench, CLEAN);
    await bench.post();
    await postedOnce(bench, CLEAN);
  },

  "fixed, typed on, posted": async (bench) => {
    await hold(bench);
    await bench.clickInside("button", "our next release");
    await holdsText(bench, FIXED);
    await nothingPosted(bench);
    await dismiss(bench);
    await bench.focus();
    await bench.chord(["Control", "End"]);
    await bench.type("!");
    await holdsText(bench, `${FIXED}!`);
    await bench.post();
    await postedOnce(bench, `${FIXED}!`);
  },

  "fixed, undone": async (bench) => {
    await hold(bench);
    await bench.clickInside("button", "our next release");
    await holdsText(bench, FIXED);
    await dismiss(bench);
    await bench.focus();
    await bench.undo();
    // Some editors undo typing and fix as one step: then nothing of the text is left, which is theirs to decide.
    await until("undo takes the fix back", async () => {
      const [model, dom] = [await bench.model(), await bench.dom()];
      return (
        (model === dom && !model.includes("our next release")) ||
        Promise.reject(new Error(JSON.stringify({ model, dom })))
      );
    });
    const model = await bench.model();
    assert.ok(model === WARN || model === "", `undo left ${JSON.stringify(model)}`);
  },

  "pasted, held": async (bench) => {
    await bench.focus();
    await bench.paste(WARN);
    await holdsText(bench, WARN);
    await bench.post();
    await bench.openCard();
    await nothingPosted(bench);
    await bench.clickInside("[data-action=post-anyway]");
    await postedOnce(bench, WARN);
  },

  "emoji and lines, fixed to the character": async (bench) => {
    const line = bench.box.newline ? "\nRTL שלום, e\u0301 and 𝒳" : "";
    await hold(bench, `👩‍👩‍👧 Bluehawk 🇮🇩 naïve${line}`);
    await bench.clickInside("button", "our next release");
    const after = `👩‍👩‍👧 our next release 🇮🇩 naïve${line}`;
    await holdsText(bench, after);
    await dismiss(bench);
    await bench.focus();
    await bench.post();
    await postedOnce(bench, after);
  },
};

// Outcomes of the card that do not depend on the editor: one box of each kind of gate is enough.
const outcomes = {
  "blocked: no way to post": async (bench) => {
    const card = await hold(bench, "Nightfall is near");
    assert.ok(!card.buttons.some((label) => /post/i.test(label)), card.buttons.join(", "));
    assert.match(card.text, /Press desk/);
    await bench.page.keyboard.press("Escape");
    await bench.noCard();
    await bench.focus();
    await bench.post();
    await bench.openCard();
    await nothingPosted(bench);
  },
  "justify: posted with a reason": async (bench) => {
    await hold(bench, "See our quarterly figures");
    await bench.clickInside("input[type=radio][value=public]");
    await bench.clickInside("[data-action=post-anyway]");
    await postedOnce(bench, "See our quarterly figures");
  },
  "approve: held with the approver's contact": async (bench) => {
    const card = await hold(bench, "Come to the launch party");
    assert.match(card.text, /Press desk/);
    await nothingPosted(bench);
  },
};

const table = (box, scenario) => ({ site: box.site, surface: box.surface, box: box.id, scenario });

export const tests = [
  ...BOXES.flatMap((box) =>
    Object.entries(scenarios)
      .filter(([name]) => DEEP.has(box.id) || CHEAP.has(name))
      .map(([name, work]) => ({
        id: `${box.id}/${name}`,
        row: table(box, name),
        run: ({ session }) => withBench(session, box, work),
      })),
  ),
  ...BOXES.flatMap((box) =>
    box.ways.slice(1).map((way) => ({
      id: `${box.id}/held on ${wayName(way)}`,
      row: table(box, `held on ${wayName(way)}`),
      run: ({ session }) =>
        withBench(session, box, async (bench) => {
          await hold(bench, WARN, way);
          await bench.clickInside("[data-action=post-anyway]");
          await postedOnce(bench, WARN);
        }),
    })),
  ),
  ...BOXES.filter((b) =>
    ["x-post", "linkedin-quill", "facebook-comment", "mastodon-post", "discord-channel"].includes(b.id),
  ).flatMap((box) =>
    Object.entries(outcomes).map(([name, work]) => ({
      id: `${box.id}/${name}`,
      run: ({ session }) => withBench(session, box, work),
    })),
  ),
];
