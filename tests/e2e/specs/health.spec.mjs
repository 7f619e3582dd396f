// Sites change. What no longer fits is noticed, counted without a word of text, and mended by the policy.
import assert from "node:assert/strict";
import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { siteFiles, siteScripts } from "../../../extension/sites/scripts.mjs";
import { launch, until, withBench } from "../harness.mjs";
import { command, compilePolicy, importPolicy } from "../policy.mjs";
import { box, CLEAN, hold, marked, nothingPosted, WARN } from "../steps.mjs";

/** How often a fault of a site was counted. */
async function counted(session, site, fault) {
  const { view } = await command(session, { kind: "state.view" });
  return view.faults.find((f) => f.site === site && f.fault === fault)?.count ?? 0;
}

async function noticed(session, bench, site, fault, before) {
  await until(
    `the fault ${fault} is counted`,
    async () => (await counted(session, site, fault)) === before + 1,
  );
  await bench.page.bringToFront();
  const { view } = await command(session, { kind: "state.view" });
  assert.equal(view.site?.health?.fault ?? fault, fault, "the popup says that the site has changed");
  assert.doesNotMatch(JSON.stringify(view.faults), /Bluehawk|weather/, "no text is kept");
}

/** The site gave its compose box other names. */
const renew = () => {
  const area = document.querySelector("textarea");
  const button = area.form.querySelector("button[type=submit]");
  Object.assign(window.__boxes.post, { editor: () => area, button: () => button });
  area.className = "renewed";
  area.form.className = "renewed";
  for (const el of document.querySelectorAll(".autosuggest-textarea, .compose-form__submit"))
    el.className = "renewed-part";
};

export const tests = [
  {
    id: "a compose box that only the general rule knows is held, and noticed",
    run: async ({ session }) => {
      const before = await counted(session, "mastodon", "generic");
      await withBench(session, box("mastodon-post"), async (bench) => {
        await bench.frame.evaluate(renew);
        await hold(bench);
        await noticed(session, bench, "mastodon", "generic", before);
      });
    },
  },
  {
    id: "a button that no selector finds any more is noticed",
    run: async ({ session }) => {
      const before = await counted(session, "mastodon", "selector");
      await withBench(session, box("mastodon-post"), async (bench) => {
        await bench.frame.evaluate(() => {
          const button = window.__boxes.post.button();
          button.closest(".compose-form__submit").className = "renewed";
          button.setAttribute("type", "button");
          button.className = "renewed";
          button.textContent = "Toot!";
        });
        await bench.focus();
        await bench.type(CLEAN);
        await noticed(session, bench, "mastodon", "selector", before);
      });
    },
  },
  {
    id: "a post that no rule saw is noticed by its text",
    run: async ({ session }) => {
      const before = await counted(session, "x", "submit");
      await withBench(session, box("x-post"), async (bench) => {
        await bench.frame.evaluate(() => {
          const other = document.createElement("div");
          other.id = "other-way";
          other.textContent = "Send it";
          other.addEventListener("click", () => {
            const item = document.createElement("p");
            item.textContent = window.__boxes.inline.model();
            document.querySelector("main").append(item);
            window.__boxes.inline.clear();
          });
          document.querySelector("main").append(other);
        });
        await bench.focus();
        await bench.type(CLEAN);
        await bench.page.click("#other-way");
        await noticed(session, bench, "x", "submit", before);
      });
    },
  },
  {
    id: "a box that a person empties, or throws away, is no fault",
    run: async ({ session }) => {
      const before = await counted(session, "x", "submit");
      await withBench(session, box("x-post"), async (bench) => {
        await bench.focus();
        await bench.type(WARN);
        await marked(bench, "Bluehawk");
        await bench.chord(["Control", "a"]);
        await bench.page.keyboard.press("Backspace");
        await until("the box is empty", async () => (await bench.model()) === "");
        await bench.type(WARN);
        await marked(bench, "Bluehawk");
        await bench.frame.evaluate(() => window.__boxes.inline.clear());
        await until("the marks are gone", async () => (await bench.marks()).length === 0);
      });
      assert.equal(await counted(session, "x", "submit"), before);
    },
  },
  {
    id: "site data of the policy mends a broken selector without a release",
    run: async ({ session, env }) => {
      const folder = path.join(env.root, `target/e2e/mended-${session.kind}`);
      await rm(folder, { recursive: true, force: true });
      await mkdir(folder, { recursive: true });
      const extension = path.join(folder, "extension");
      await cp(env.extensionDir, extension, { recursive: true });
      const script = path.join(extension, "sites/mastodon.js");
      const stale = siteFiles().find((site) => site.id === "mastodon");
      for (const surface of stale.surfaces) surface.editors = ["textarea.of-last-year"];
      await writeFile(script, siteScripts([stale]).files.find((f) => f.path === "sites/mastodon.js").text);
      await cp(path.join(env.root, "extension/sites/mastodon.json"), path.join(folder, "mastodon.json"));
      const authored = await readFile(path.join(env.root, "tests/e2e/policy.toml"), "utf8");
      const source = path.join(folder, `mended-${session.kind}.toml`);
      await writeFile(source, `${authored}\n[[sites]]\nfile = "mastodon.json"\n`);
      const mending = await compilePolicy(env.root, source);
      const own = await launch(session.kind, { proxyPort: env.fixtures.proxyPort, extensionDir: extension });
      // Only the site's own data knows that the warning is part of the draft.
      const warned = (check) =>
        withBench(
          own,
          { ...box("mastodon-post"), url: "https://mastodon.social/home?warning" },
          async (bench) => {
            await (await bench.part("warning")).click();
            await bench.page.keyboard.type("About Bluehawk");
            await bench.focus();
            await bench.type(CLEAN);
            await bench.post();
            await check(bench);
          },
        );
      try {
        await importPolicy(own, env.policy);
        await warned((bench) => bench.settled());
        await importPolicy(own, mending);
        await warned(async (bench) => {
          await bench.openCard();
          await nothingPosted(bench);
        });
      } finally {
        await own.close();
        await rm(folder, { recursive: true, force: true });
      }
    },
  },
];
