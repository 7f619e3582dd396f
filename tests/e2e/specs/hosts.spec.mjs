// Websites that the package does not name: allowed one at a time, they get the data of every software that runs
// anywhere, and the general rule behind it.
import assert from "node:assert/strict";
import { cp, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { launch, until, withBench } from "../harness.mjs";
import { importPolicy, inExtension } from "../policy.mjs";
import { BOXES, wayName } from "../sites.mjs";
import { CLEAN, hold, nothingPosted, postedOnce, WARN } from "../steps.mjs";

const click = { how: "click" };
const FORMS = [
  { id: "a React form", url: "https://forms.example/", box: "react", ways: [click] },
  {
    id: "an editor in a frame",
    url: "https://forms.example/frame",
    frame: "#inner",
    box: "inner",
    ways: [click],
  },
];
const OWN_SERVER = {
  ...BOXES.find((b) => b.id === "mastodon-post"),
  url: "https://social.example/home?warning",
};

/** The extension as it is once a person has allowed two hosts: no driver can answer the browser's question. */
async function allowed({ session, env }, work) {
  const folder = path.join(env.root, `target/e2e/allowed-${session.kind}`);
  await rm(folder, { recursive: true, force: true });
  await cp(env.extensionDir, folder, { recursive: true });
  const file = path.join(folder, "manifest.json");
  const manifest = JSON.parse(await readFile(file, "utf8"));
  manifest.host_permissions.push("https://forms.example/*", "https://social.example/*");
  await writeFile(file, JSON.stringify(manifest));
  const own = await launch(session.kind, { proxyPort: env.fixtures.proxyPort, extensionDir: folder });
  try {
    await importPolicy(own, env.policy);
    await until("the hosts have their scripts", () =>
      inExtension(own, async () => {
        const [script] = await chrome.scripting.getRegisteredContentScripts();
        return script?.matches.length === 2;
      }),
    );
    return await work(own);
  } finally {
    await own.close();
    await rm(folder, { recursive: true, force: true });
  }
}

export const tests = [
  {
    id: "a host that was allowed is watched by the general rule, or by its software's own",
    run: (context) =>
      allowed(context, async (own) => {
        for (const form of FORMS)
          for (const way of form.ways)
            await withBench(own, { newline: null, ...form }, async (bench) => {
              await hold(bench, WARN, way);
              await bench.clickInside("[data-action=post-anyway]");
              await postedOnce(bench, WARN);
            }).catch((error) => {
              throw new Error(`${form.id}, ${wayName(way)}`, { cause: error });
            });
        // Only Mastodon's own data knows that the warning is part of the draft.
        await withBench(own, OWN_SERVER, async (bench) => {
          await (await bench.part("warning")).click();
          await bench.page.keyboard.type("About Bluehawk");
          await bench.focus();
          await bench.type(CLEAN);
          await bench.post();
          await bench.openCard();
          await nothingPosted(bench);
        });
      }),
  },
  {
    id: "a form that a script submits without an event is held by its navigation",
    run: (context) =>
      allowed(context, (own) =>
        withBench(
          own,
          { id: "plain", url: "https://forms.example/plain", box: "plain", newline: null, ways: [click] },
          async (bench) => {
            await bench.focus();
            await bench.type(WARN);
            await bench.frame.evaluate(() => void setTimeout(() => window.__submitByScript()));
            await bench.openCard();
            assert.deepEqual(
              context.env.fixtures.received.filter((r) => r.path === "/comment"),
              [],
            );
          },
        ),
      ),
  },
  {
    id: "a host that nobody allowed is left alone",
    run: ({ session }) =>
      withBench(session, { newline: null, ...FORMS[0] }, async (bench) => {
        await bench.focus();
        await bench.type(WARN);
        await bench.post();
        await postedOnce(bench, WARN);
      }),
  },
];
