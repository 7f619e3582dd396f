// What the scenarios have in common: type, hold, post, and look at both sides of the editor.
import assert from "node:assert/strict";
import { until, withBench } from "./harness.mjs";
import { command } from "./policy.mjs";
import { BOXES } from "./sites.mjs";

/** The compose box of an id. */
export const box = (id) => BOXES.find((b) => b.id === id);

/** A test on one box: its page is opened, and closed whatever happens. `before` sees the page before it loads. */
export const on = (id, work, before) => (context) =>
  withBench(context.session, box(id), (bench) => work(bench, context), { before });

/** Texts of the tests' policy, by what they lead to. */
export const WARN = "We ship Bluehawk in May";
export const FIXED = "We ship our next release in May";
export const CLEAN = "The weather is nice today";
// The listed word stands last: once it is marked, the verdict for the whole text is known.
export const NOTE = "For you, a gadget";
export const BLOCK = "Nightfall is near";

/** What the page took, that it took it once, and that it was checked: a notice would say if it was not. */
export async function postedOnce(bench, text) {
  await bench.settled();
  assert.doesNotMatch((await bench.notice()) ?? "", /without a check/);
  const posted = await bench.posted();
  assert.equal(posted.length, 1, `posted ${posted.length} times`);
  assert.equal(posted[0][bench.box.field ?? "text"], text);
  return posted[0];
}

/** The engine has judged what stands in the box: the background answers in the order in which it is asked. */
export async function answered(bench) {
  const frames = () =>
    bench.frame.evaluate(
      () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
    );
  await frames();
  await command(bench.session, { kind: "state.view" });
  await frames();
}

export async function nothingPosted(bench) {
  assert.deepEqual(await bench.posted(), []);
}

/** Model and DOM of the editor agree on `text`. */
export async function holdsText(bench, text) {
  await until(`the editor holds ${JSON.stringify(text.slice(0, 200))}`, async () => {
    const [model, dom] = [await bench.model(), await bench.dom()];
    if (model === text && dom === text) return true;
    throw new Error(JSON.stringify({ model, dom }).slice(0, 1000));
  });
}

/** Types, tries to post, and waits for the card of a held post. */
export async function hold(bench, text = WARN, way) {
  await bench.focus();
  await bench.type(text);
  await bench.post(way);
  const card = await bench.openCard();
  assert.ok(card.held, "the card says that the post is held");
  await nothingPosted(bench);
  return card;
}

/** Closes the card, where one is open, with Escape. */
export async function dismiss(bench) {
  if (!(await bench.card())) return;
  await bench.page.keyboard.press("Escape");
  await bench.noCard();
}

/** What the engine found in `word` has a mark, at the place where the page shows it. */
export async function marked(bench, word, patience) {
  const place = () =>
    bench.frame.evaluate(
      (box, needle) => {
        const editor = window.__boxes[box].editor();
        if (editor.localName === "textarea") return { box: editor.getBoundingClientRect().toJSON() };
        const walker = document.createTreeWalker(editor, NodeFilter.SHOW_TEXT);
        for (let node = walker.nextNode(); node; node = walker.nextNode()) {
          const at = node.data.indexOf(needle);
          if (at < 0) continue;
          const range = document.createRange();
          range.setStart(node, at);
          range.setEnd(node, at + needle.length);
          return { exact: true, box: range.getBoundingClientRect().toJSON() };
        }
        return null;
      },
      bench.box.box,
      word,
    );
  const near = (a, b) => Math.abs(a - b) <= 4;
  await until(
    `a mark stands at ${word}`,
    async () => {
      const target = await place();
      assert.ok(target, `the page shows ${word}`);
      const { left, right, top, bottom } = target.box;
      const marks = await bench.marks();
      const fits = (m) =>
        target.exact
          ? near(m.left, left) &&
            near(m.left + m.width, right) &&
            m.top + m.height > top &&
            m.top < bottom + 4
          : m.left >= left && m.left + m.width <= right && m.top >= top - 4 && m.top + m.height <= bottom + 4;
      if (marks.some(fits)) return true;
      throw new Error(JSON.stringify({ marks, target }));
    },
    patience,
  );
}

export const noMarks = (bench) => until("no mark is left", async () => (await bench.marks()).length === 0);
