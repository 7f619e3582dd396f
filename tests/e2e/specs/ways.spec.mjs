// Every way a person can set a post off, beyond the click and the keys of `path`: one row of docs/gate.md each.
import assert from "node:assert/strict";
import { until } from "../harness.mjs";
import { CLEAN, dismiss, hold, holdsText, marked, nothingPosted, on, postedOnce, WARN } from "../steps.mjs";

/** The middle of an element in the viewport. */
const middle = (handle) =>
  handle.evaluate((el) => {
    const { x, y, width, height } = el.getBoundingClientRect();
    return { x: x + width / 2, y: y + height / 2 };
  });

const spaceOnButton = async (bench) => {
  await bench.focus();
  await bench.type(WARN);
  await (await bench.enabledButton()).focus();
  await bench.page.keyboard.press(" ");
  await bench.openCard();
  await nothingPosted(bench);
  await bench.clickInside("[data-action=post-anyway]");
  await postedOnce(bench, WARN);
};

const tap = async (bench) => {
  await bench.focus();
  await bench.type(WARN);
  const { x, y } = await middle(await bench.enabledButton());
  await bench.page.touchscreen.tap(x, y);
  await bench.openCard();
  await nothingPosted(bench);
  await bench.clickInside("[data-action=post-anyway]");
  await postedOnce(bench, WARN);
};

export const tests = [
  ...["x-post", "linkedin-quill", "mastodon-post", "bluesky-post"].map((id) => ({
    id: `${id}: Space on the button`,
    run: on(id, spaceOnButton),
  })),
  ...["x-post", "facebook-post", "mastodon-post"].map((id) => ({
    id: `${id}: a finger on the button`,
    run: on(id, tap),
  })),
  {
    id: "a click without a pointer, as assistive technology makes it",
    run: on("bluesky-post", async (bench) => {
      await bench.focus();
      await bench.type(WARN);
      await marked(bench, "Bluehawk");
      // A key on the focused button gives the very event: trusted, without pointer events, detail 0.
      await (await bench.enabledButton()).focus();
      await bench.chord(["Enter"]);
      await bench.openCard();
      await nothingPosted(bench);
      assert.deepEqual(
        (await bench.events()).filter((e) => e.type === "click"),
        [],
      );
    }),
  },
  {
    id: "a press that is dragged off the button posts nothing and holds nothing",
    run: on("x-post", async (bench) => {
      await bench.focus();
      await bench.type(WARN);
      const { x, y } = await middle(await bench.enabledButton());
      const { mouse } = bench.page;
      await mouse.move(x, y);
      await mouse.down();
      await mouse.move(x, y + 200);
      await mouse.up();
      await holdsText(bench, WARN);
      await nothingPosted(bench);
      assert.equal(await bench.card(), undefined);
      await bench.post();
      await bench.openCard();
      await nothingPosted(bench);
    }),
  },
  {
    id: "text that was dropped is judged",
    run: on("mastodon-post", async (bench) => {
      await bench.frame.evaluate((text) => {
        const source = document.createElement("p");
        source.id = "drag-source";
        source.textContent = text;
        document.body.prepend(source);
        getSelection().selectAllChildren(source);
      }, WARN);
      const from = await middle(await bench.page.$("#drag-source"));
      const to = await middle(await bench.part());
      const { mouse } = bench.page;
      await mouse.move(40, from.y);
      await mouse.down();
      await mouse.move(60, from.y + 10, { steps: 4 });
      await mouse.move(to.x, to.y, { steps: 8 });
      await mouse.up();
      const dropped = await bench.model();
      // Where the driver starts no drag, the text is put in as the drop would have done it.
      if (dropped === "")
        await bench.frame.evaluate((text) => {
          const area = window.__boxes.post.editor();
          const set = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value").set;
          set.call(area, text);
          area.dispatchEvent(new InputEvent("input", { bubbles: true, inputType: "insertFromDrop" }));
        }, WARN);
      await until("the text is in", async () => (await bench.model()).includes("Bluehawk"));
      await bench.post();
      await bench.openCard();
      await nothingPosted(bench);
    }),
  },
  {
    id: "a second composer over the first: each is judged by its own text",
    run: on("x-post", async (bench) => {
      await bench.focus();
      await bench.type(WARN);
      await marked(bench, "Bluehawk");
      await bench.frame.evaluate(() => window.__openModal());
      const inline = bench.box;
      bench.box = { ...inline, box: "modal" };
      await bench.focus();
      await bench.type(CLEAN);
      await bench.post();
      await postedOnce(bench, CLEAN);
      await bench.frame.evaluate(() => window.__closeModal());
      bench.box = inline;
      await bench.post();
      await bench.openCard();
      assert.equal((await bench.posted()).length, 1);
    }),
  },
  {
    id: "a click the moment the card opens posts nothing",
    run: on("x-post", async (bench) => {
      await hold(bench);
      const find = () =>
        bench.inClosedRoots(
          (root) => root.querySelector("[data-action=post-anyway]")?.getBoundingClientRect().toJSON() ?? null,
        );
      await dismiss(bench);
      const { x, y } = await middle(await bench.enabledButton());
      await bench.page.mouse.click(x, y);
      const spot = await until("the card is there", async () => (await find()).find((r) => r?.width > 0));
      await bench.page.mouse.click(spot.x + spot.width / 2, spot.y + spot.height / 2);
      await nothingPosted(bench);
      assert.ok(await bench.card());
    }),
  },
];
