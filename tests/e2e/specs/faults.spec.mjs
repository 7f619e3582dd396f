// Bad input and bad luck: each has a defined outcome; no text is lost, no post is released or muted by accident.
import assert from "node:assert/strict";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { Bench, stopWorker, until, withBench } from "../harness.mjs";
import { apart, importPolicy, inExtension } from "../policy.mjs";
import {
  box,
  CLEAN,
  dismiss,
  hold,
  holdsText,
  marked,
  noMarks,
  nothingPosted,
  postedOnce,
  WARN,
} from "../steps.mjs";

const MEGABYTE = `Bluehawk ${"lorem ipsum dolor sit amet ".repeat(38_000)}`.trimEnd();

/** Editors that take a change otherwise than it was meant. */
const REFUSALS = [
  {
    id: "the field cuts short",
    at: "mastodon-post",
    refuse: (name) => {
      const field = window.__boxes[name].editor();
      field.maxLength = field.value.length;
    },
  },
  {
    id: "the page writes over",
    at: "mastodon-post",
    refuse: (name) => {
      const field = window.__boxes[name].editor();
      field.addEventListener("input", () => {
        if (field.value.includes("next")) field.value = field.value.replace("next", "NEXT");
      });
    },
  },
  {
    // Chromium asks no editor before a command; there the editor draws its own text again.
    id: "the editor declines",
    at: "youtube-comment",
    refuse: (name) => {
      const editor = window.__boxes[name].editor();
      const before = editor.textContent;
      editor.addEventListener("beforeinput", (event) => event.preventDefault());
      const again = () => {
        editor.textContent = before;
      };
      // Ahead of what the page makes of the text.
      document.addEventListener("input", again, true);
    },
  },
];

export const tests = [
  {
    id: "a text of 1 MB is held, and kept to the character",
    run: ({ session }) =>
      withBench(session, box("mastodon-post"), async (bench) => {
        await bench.focus();
        await bench.paste(MEGABYTE);
        await until("the text is in", async () => (await bench.model()).length === MEGABYTE.length);
        await bench.post();
        await bench.openCard();
        await nothingPosted(bench);
        await dismiss(bench);
        assert.equal(await bench.model(), MEGABYTE);
        assert.equal(await bench.dom(), MEGABYTE);
      }),
  },
  ...REFUSALS.map(({ id, at, refuse }) => ({
    id: `a fix that ${id} leaves the text as it was, and can be copied`,
    run: ({ session }) =>
      withBench(session, box(at), async (bench) => {
        await hold(bench, WARN);
        await bench.frame.evaluate(refuse, bench.box.box);
        await bench.clickInside(".fixes button", "our next release");
        await until("the words are offered for copying", async () =>
          (await bench.card())?.buttons.includes("Copy “our next release”"),
        );
        await holdsText(bench, WARN);
        await nothingPosted(bench);
        await dismiss(bench);
        assert.equal(await bench.model(), WARN);
      }),
  })),
  {
    id: "lone surrogates are judged and posted as they are",
    run: ({ session }) =>
      withBench(session, box("mastodon-post"), async (bench) => {
        await bench.focus();
        await bench.type("Bluehawk ");
        await bench.frame.evaluate(() => {
          const area = window.__boxes.post.editor();
          const set = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value").set;
          set.call(area, `${area.value}\uD83D x \uDE00`);
          area.dispatchEvent(new InputEvent("input", { bubbles: true }));
        });
        await bench.type("!");
        await bench.post();
        await bench.openCard();
        await nothingPosted(bench);
        await bench.clickInside("[data-action=post-anyway]");
        await bench.settled();
        const same = await bench.frame.evaluate(
          () => window.__posted[0].text === "Bluehawk \uD83D x \uDE00!",
        );
        assert.ok(same, "posted to the code unit");
        assert.equal((await bench.posted()).length, 1);
      }),
  },
  {
    id: "a compose box removed while it is checked leaves nothing behind",
    run: ({ session }) =>
      withBench(session, box("x-post"), async (bench) => {
        await bench.frame.evaluate(() => window.__openModal());
        bench.box = { ...bench.box, box: "modal" };
        await bench.focus();
        await bench.type(WARN);
        await marked(bench, "Bluehawk");
        await bench.page.keyboard.type("!");
        await bench.frame.evaluate(() => window.__closeModal());
        await noMarks(bench);
        bench.box = box("x-post");
        await hold(bench);
        await bench.clickInside("[data-action=post-anyway]");
        await postedOnce(bench, WARN);
        assert.deepEqual(bench.errors, []);
      }),
  },
  {
    id: "a compose box built anew keeps its gate",
    run: ({ session }) =>
      withBench(session, box("x-post"), async (bench) => {
        await bench.focus();
        await bench.type(WARN);
        await marked(bench, "Bluehawk");
        await bench.frame.evaluate(() => window.__remount());
        await noMarks(bench);
        await hold(bench);
      }),
  },
  {
    id: "worker killed between key and verdict",
    skip: (kind) => kind !== "chromium" && "Firefox has no command to stop the page; see the next test",
    run: ({ session }) =>
      withBench(session, box("bluesky-post"), async (bench) => {
        await bench.focus();
        await bench.type(WARN.slice(0, -1));
        assert.ok(await stopWorker(session), "there was a worker to stop");
        await bench.type(WARN.slice(-1));
        await bench.post();
        await bench.openCard();
        await nothingPosted(bench);
        assert.ok(await stopWorker(session), "and again, with the card open");
        await bench.clickInside("[data-action=post-anyway]");
        await postedOnce(bench, WARN);
      }),
  },
  {
    id: "event page that idles out between keys",
    skip: (kind) => kind !== "firefox" && "Chromium's worker is stopped by command in the test before",
    run: (context) =>
      apart(
        context,
        (own) =>
          withBench(own, box("bluesky-post"), async (bench) => {
            await hold(bench);
            await dismiss(bench);
            // The event page stops 200 ms after its last event; what is typed meets it in every state.
            await bench.focus();
            await bench.type(" and the weather is nice, and it will be nice tomorrow, and the day after");
            await bench.post();
            await bench.openCard();
            await nothingPosted(bench);
          }),
        { prefs: { "extensions.background.idle.timeout": 200 } },
      ),
  },
  {
    id: "extension reloaded under an open page: no dead button, nothing left behind",
    run: (context) =>
      apart(context, async (own) => {
        const bench = await Bench.open(own, box("x-post"));
        await bench.focus();
        await bench.type(WARN);
        await marked(bench, "Bluehawk");
        await inExtension(own, () => void setTimeout(() => chrome.runtime.reload(), 0));
        own.console = undefined;
        await bench.page.bringToFront();
        await bench.focus();
        await bench.type("!");
        await noMarks(bench);
        await bench.post();
        // Either the page is on its own now, or a new script holds it; a third way would be a dead button.
        await until(
          "the post goes out, or is held",
          async () => (await bench.posted()).length > 0 || (await bench.card()),
        );
        assert.ok((await bench.posted()).length <= 1);
      }),
  },
  {
    id: "a policy that does not load leaves the one in force",
    run: async ({ session }) => {
      await assert.rejects(
        importPolicy(session, Buffer.from("this is no policy"), "broken.policy"),
        /policy/,
      );
      await withBench(session, box("mastodon-post"), (bench) => hold(bench));
    },
  },
  {
    id: "a site file with a bad selector still works by its others",
    run: async (context) => {
      const folder = await mkdtemp(path.join(os.tmpdir(), "draftguard-sites-"));
      try {
        await cp(context.env.extensionDir, folder, { recursive: true });
        const file = path.join(folder, "sites/mastodon.js");
        const text = await readFile(file, "utf8");
        const broken = text
          .replace('"editors":[', '"editors":["form.compose-form[[[",')
          .replace('"submit":[', '"submit":["::::",');
        assert.notEqual(broken, text);
        await writeFile(file, broken);
        await apart(context, (own) => withBench(own, box("mastodon-post"), (bench) => hold(bench)), {
          extensionDir: folder,
        });
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
  },
  {
    id: "text that was there without a key is judged at the post",
    run: ({ session }) =>
      withBench(
        session,
        { ...box("x-modal"), url: "https://x.com/intent/post?text=We%20ship%20Bluehawk%20in%20May" },
        async (bench) => {
          await holdsText(bench, WARN);
          await bench.post();
          await bench.openCard();
          await nothingPosted(bench);
        },
      ),
  },
  {
    id: "a second dialog that sends is held too",
    run: ({ session }) =>
      withBench(
        session,
        { ...box("mastodon-post"), url: "https://mastodon.social/home?media" },
        async (bench) => {
          await bench.focus();
          await bench.type(CLEAN);
          await bench.post();
          const second = await until("the second dialog", () => bench.part("second"));
          // The page swaps the text while its dialog is open: what leaves is judged when it leaves.
          await bench.frame.evaluate(() => {
            const area = window.__boxes.post.editor();
            const set = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value").set;
            set.call(area, "We ship Bluehawk in May");
            area.dispatchEvent(new InputEvent("input", { bubbles: true }));
          });
          await second.click();
          await bench.openCard();
          await nothingPosted(bench);
        },
      ),
  },
  {
    id: "a content warning is part of the draft",
    run: ({ session }) =>
      withBench(session, box("mastodon-post"), async (bench) => {
        await bench.frame.evaluate(() => window.__openWarning());
        const warning = await bench.part("warning");
        await warning.click();
        await bench.page.keyboard.type("About Bluehawk");
        await bench.focus();
        await bench.type(CLEAN);
        await bench.post();
        await bench.openCard();
        await nothingPosted(bench);
      }),
  },
  {
    id: "every card of a thread is judged by the one button",
    run: ({ session }) =>
      withBench(session, box("x-modal"), async (bench) => {
        await bench.focus();
        await bench.type(CLEAN);
        await bench.page.click("[data-testid=addButton]");
        const second = { ...bench.box, box: "modal-card-2" };
        const first = bench.box;
        bench.box = second;
        await bench.focus();
        await bench.type(WARN);
        await marked(bench, "Bluehawk");
        bench.box = first;
        await bench.post();
        await bench.openCard();
        await nothingPosted(bench);
        await bench.clickInside("[data-action=post-anyway]");
        await bench.settled();
        const posted = await bench.posted();
        assert.equal(posted.length, 1);
        assert.deepEqual(posted[0].cards, [CLEAN, WARN]);
      }),
  },
];
