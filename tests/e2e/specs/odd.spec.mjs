// Odd policies and unlucky moments: each is shown sensibly, on the page that stands for somebody else's and in our own.
import assert from "node:assert/strict";
import { apart, appears, open, press, says, withGallery } from "../apart.mjs";
import { until, withBench } from "../harness.mjs";
import { command, compilePolicy, inExtension } from "../policy.mjs";
import { BOXES } from "../sites.mjs";
import { openSurface, SURFACES } from "../surfaces.mjs";

const surface = (name) => SURFACES.find((it) => it.name === name);
const plain = { language: "en", theme: "light" };

/** Runs `work(page)` with a surface of the gallery. */
const shown = (context, name, work) =>
  withGallery(context, async (session, gallery) => {
    const page = await openSurface(session, surface(name), { gallery, ...plain });
    await work(page);
    await page.close();
  });

/** Runs `fn(root, arg)` in the card. */
const inCard = (page, fn, arg) =>
  page.evaluate(
    (source, value) =>
      new Function(`return (${source})`)()(document.querySelector("draftguard-card").shadowRoot, value),
    String(fn),
    arg,
  );

/** Presses the first button of the card with these words, with the mouse. */
async function pressInCard(page, words) {
  const place = await inCard(
    page,
    (root, it) => {
      const button = [...root.querySelectorAll("button")].find((el) => el.textContent.includes(it));
      button.scrollIntoView({ block: "nearest" });
      const { x, y, width, height } = button.getBoundingClientRect();
      return { x: x + width / 2, y: y + height / 2 };
    },
    words,
  );
  await page.mouse.click(place.x, place.y);
}

/** The card lies wholly inside the window, and what does not fit can be scrolled to. */
async function fits(page) {
  const { box, width, height } = await inCard(page, (root) => ({
    box: root.querySelector(".card").getBoundingClientRect().toJSON(),
    width: innerWidth,
    height: innerHeight,
  }));
  assert.ok(box.left >= 0 && box.right <= width && box.top >= 0 && box.bottom <= height, JSON.stringify(box));
}

let compiled;
const manners = (env) => {
  compiled ??= compilePolicy(env.root, "tests/e2e/manners.toml");
  return compiled;
};

/** English only, whatever the interface speaks. */
const ENGLISH = `
[policy]
id = "english"
version = 1
name = "English only"
[[rules]]
id = "english.word"
kind = "terms"
terms = ["Bluehawk"]
title = "Code name"
message = "Not public yet."
`;

export const tests = [
  {
    id: "a policy without sections: its rules stand in the handbook all the same",
    run: async (context) =>
      apart(
        context,
        async (session) => {
          const page = await open(session, "handbook", ".book-section");
          await says(page, "Code name");
          assert.equal(await page.evaluate(() => document.querySelectorAll(".book-section").length), 1);
          assert.equal(await page.evaluate(() => document.querySelector(".contents")), null);
        },
        { policy: await manners(context.env) },
      ),
  },
  {
    id: "a contact without an address is named, and nothing can be pressed",
    run: async (context) =>
      apart(
        context,
        async (session) => {
          const page = await open(session, "handbook", "#contacts");
          const line = await page.evaluate(() => {
            const item = [...document.querySelectorAll("#contacts li")].find((el) =>
              el.textContent.includes("The canteen"),
            );
            return { text: item.innerText, links: item.querySelectorAll("a").length };
          });
          assert.equal(line.links, 0);
          assert.match(line.text, /The canteen\s+\S/);
        },
        { policy: await manners(context.env) },
      ),
  },
  {
    id: "300 findings: a few at a time, the badge says 99+, the card stays in the window",
    run: (context) =>
      shown(context, "card-many", async (page) => {
        const count = () => inCard(page, (root) => root.querySelectorAll(".finding").length);
        assert.equal(await count(), 8);
        const badge = await page.evaluate(
          () => document.querySelector("draftguard-badge").shadowRoot.querySelector(".badge").innerText,
        );
        assert.match(badge, /99\+/);
        await fits(page);
        await pressInCard(page, "Show 292 more");
        await until("more are shown", async () => (await count()) === 32);
        await fits(page);
        await pressInCard(page, "Fix all 300");
        const [[what, fixes]] = await page.evaluate(() => window.told);
        assert.deepEqual([what, fixes.length], ["fix", 300]);
      }),
  },
  {
    id: "a message of 5,000 characters is folded, unfolds, and scrolls inside the card",
    run: (context) =>
      shown(context, "card-hostile", async (page) => {
        const length = () => inCard(page, (root) => root.querySelector(".message").textContent.length);
        assert.ok((await length()) < 500);
        await fits(page);
        await pressInCard(page, "Show all");
        await until("all of it is there", async () => (await length()) > 5000);
        await fits(page);
        const scrolls = await inCard(page, (root) => {
          const body = root.querySelector(".body");
          return body.scrollHeight > body.clientHeight;
        });
        assert.ok(scrolls);
      }),
  },
  {
    id: "markup is shown as text and never run; links of other schemes are none",
    run: (context) =>
      shown(context, "card-hostile", async (page) => {
        const seen = await inCard(page, (root) => ({
          quote: root.querySelector(".quote").textContent,
          title: root.querySelector(".finding h3").textContent,
          made: root.querySelectorAll("b, img, script, iframe").length,
          links: [...root.querySelectorAll("a")].map((a) => a.getAttribute("href")),
        }));
        assert.equal(seen.quote, "“<b>bold</b><script>alert(1)</script>”");
        assert.equal(seen.title, "<img src=x onerror=alert(1)> **not markup**");
        assert.equal(seen.made, 0);
        // `javascript:` to learn more, `ftp:` to chat, and a mail to what is no address.
        assert.deepEqual(seen.links, []);
      }),
  },
  {
    id: "a language that the policy lacks: our words in the reader's, the policy's in its own",
    run: async (context) => {
      const { mkdtemp, rm, writeFile } = await import("node:fs/promises");
      const path = await import("node:path");
      const os = await import("node:os");
      const folder = await mkdtemp(path.join(os.tmpdir(), "draftguard-english-"));
      try {
        const file = path.join(folder, "english.toml");
        await writeFile(file, ENGLISH);
        const policy = await compilePolicy(context.env.root, file);
        await apart(
          context,
          async (session) => {
            const page = await open(session, "popup", ".status:not([aria-busy])");
            await says(page, "Anda terlindungi");
            await says(page, "English only");
            await page.type("textarea", "Bluehawk ships in May");
            await says(page, "Not public yet.");
            await says(page, "Mohon cek");
          },
          { policy, language: "id" },
        );
      } finally {
        await rm(folder, { recursive: true });
      }
    },
  },
  {
    id: "storage cleared under open pages: the basic rules take over, and no page breaks",
    run: (context) =>
      apart(context, async (session) => {
        const popup = await open(session, "popup", ".status:not([aria-busy])");
        const history = await open(session, "history", ".history-empty");
        const handbook = await open(session, "handbook", ".book-section");
        const errors = [];
        for (const page of [popup, history, handbook]) page.on("pageerror", (e) => errors.push(String(e)));
        await inExtension(session, async () => {
          await chrome.storage.local.clear();
          await new Promise((resolve, reject) => {
            const gone = indexedDB.deleteDatabase("draftguard");
            gone.onsuccess = resolve;
            gone.onerror = () => reject(gone.error);
          });
          return null;
        });
        await command(session, { kind: "settings.set", change: { language: "id" } });
        await popup.bringToFront();
        await says(popup, "Anda terlindungi");
        await popup.type("textarea", "you are a fucking idiot");
        await appears(popup, ".finding");
        await history.bringToFront();
        await says(history, "Belum ada apa-apa");
        await command(session, {
          kind: "event.record",
          event: { site: "x", rules: ["core.insults"], outcome: "held" },
        });
        assert.equal((await command(session, { kind: "history.list" })).entries.length, 1);
        await handbook.bringToFront();
        await press(handbook, "Saya sudah membaca versi");
        await says(handbook, "Anda membaca versi");
        assert.deepEqual(errors, []);
      }),
  },
  {
    id: "storage cleared under an open compose box: what is typed is still checked",
    run: (context) =>
      apart(context, (session) =>
        withBench(
          session,
          BOXES.find(({ id }) => id === "mastodon-post"),
          async (bench) => {
            await bench.focus();
            await bench.type("Bluehawk ships in May");
            await until("the policy's rule is seen", async () => (await bench.badge())?.tone === "high");
            await inExtension(session, async () => {
              await chrome.storage.local.clear();
              return null;
            });
            await bench.page.bringToFront();
            await bench.type(" and Globex is a bunch of idiots");
            await bench.post();
            assert.ok((await bench.openCard()).held);
            assert.deepEqual(await bench.posted(), []);
          },
        ),
      ),
  },
];
