// The company's policy in every browser, for real: an administrator signs and publishes with the `draftguard` command,
// the browser's own management installs the packed extension and hands it the address and the key, and a draft is held
// by a term of that policy.
import assert from "node:assert/strict";
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { launch, until, withBench } from "../harness.mjs";
import {
  administrator,
  manage,
  POLICY_HOST,
  packChromium,
  packFirefox,
  startHost,
  unmanageable,
} from "../managed.mjs";
import { command, inExtension } from "../policy.mjs";
import { BOXES } from "../sites.mjs";
import { CLEAN, dismiss, hold, postedOnce } from "../steps.mjs";

/** Starting a browser that installs an extension by itself takes longer than any step of a test, in milliseconds. */
const INSTALLING = 60_000;

const BOX = BOXES.find((box) => box.id === "mastodon-post");

/** The tests' policy as the company's, in some version and with some code names. */
async function authored(root, version, terms) {
  const text = await readFile(path.join(root, "tests/e2e/policy.toml"), "utf8");
  return text
    .replace('id = "e2e"', 'id = "acme"')
    .replace("version = 1", `version = ${version}`)
    .replace('terms = ["Bluehawk"]', `terms = ${JSON.stringify(terms)}`);
}

/** Everything of the company: keys, a web host, a managed browser. */
async function company({ session, env }, work) {
  const scratch = await mkdtemp(path.join(os.tmpdir(), "draftguard-company-"));
  const web = path.join(scratch, "web");
  await mkdir(web);
  const host = await startHost(web, env.fixtures.proxyPort);
  let managed;
  let own;
  try {
    const draftguard = await administrator(env.root, scratch);
    const key = (await draftguard("keygen", "--out", "acme.key")).trim();
    await draftguard("keygen", "--out", "stranger.key");

    /** A signed bundle of the policy. */
    const bundle = async (
      name,
      version,
      terms,
      { by = "acme.key", expires = "90d", change = (t) => t } = {},
    ) => {
      const text = change(await authored(env.root, version, terms));
      await writeFile(path.join(scratch, `${name}.toml`), text);
      await draftguard("compile", `${name}.toml`, "--out", `${name}.dgb`, "--expires", expires);
      await draftguard("sign", `${name}.dgb`, "--key", by);
      return path.join(scratch, `${name}.dgb`);
    };
    const publish = (file) => draftguard("publish", file, "--to", web, "--trust", key);
    await publish(await bundle("first", 1, ["Bluehawk"]));

    const chromium = session.kind === "chromium";
    const id = chromium
      ? await packChromium(env.extensionDir, web, scratch)
      : await packFirefox(env.root, env.extensionDir, web, scratch);
    await draftguard(
      ...["deploy", "--target", chromium ? "chrome" : "firefox", "--os", "linux", "--out", "deploy"],
      ...["--policy-url", `https://${POLICY_HOST}/acme.dgb`, "--trust", key, "--refresh-minutes", "5"],
      ...["--site", ADDED],
      ...(chromium
        ? ["--extension-id", id, "--update-url", `https://${POLICY_HOST}/updates.xml`]
        : ["--xpi-url", `https://${POLICY_HOST}/draftguard.xpi`]),
    );
    const files = chromium ? "chrome-linux/draftguard.json" : "firefox/policies.json";
    const settings = await readFile(path.join(scratch, "deploy", files), "utf8");
    managed = await manage(session.kind, settings, host.authority);
    own = await launch(session.kind, {
      proxyPort: host.proxyPort,
      executable: managed.executable,
      // puppeteer's own switch, with which Chromium never asks for what management wants installed.
      without: ["--disable-background-networking"],
      args: chromium ? [`--ignore-certificate-errors-spki-list=${host.pin}`] : [],
      // The release of a store is signed; the one of this run cannot be.
      prefs: {
        "xpinstall.signatures.required": false,
        "extensions.install.requireBuiltInCerts": false,
        // Nobody is there to answer the browser's own question.
        "extensions.webextOptionalPermissionPrompts": false,
      },
    });
    own.extensionId = chromium ? id : undefined;
    return await work({ own, host, web, bundle, publish, managed, settings });
  } finally {
    await own?.close();
    await managed?.close();
    host.close();
    await rm(scratch, { recursive: true, force: true, maxRetries: 5 });
  }
}

const distribution = async (own) => (await command(own, { kind: "state.view" })).view.distribution;

/** A host that the administrator adds to the known sites. */
const ADDED = "social.acme.example";

/** What the popup says, once it has said `words`. */
const popupSays = (own, words) =>
  until(`the popup says "${words}"`, async () => {
    const text = await inExtension(own, () => document.body.innerText, undefined, "pages/popup/index.html");
    if (text.includes(words)) return text;
    throw new Error(text);
  });

/** More than the client takes, in bytes. */
const TOO_MUCH = 66 * 1024 * 1024;

/** What a host can do instead of answering the bundle: how the client calls it, and what the popup says about it. */
const WRONG = [
  {
    answer: (res, headers) =>
      res.writeHead(200, { ...headers, "content-type": "text/html" }).end("<h1>Sign in"),
    seen: ["refused", "not-a-bundle", "may be a sign-in page"],
  },
  {
    answer: (res, headers) => res.writeHead(200, headers).end(Buffer.alloc(TOO_MUCH)),
    seen: ["unreachable", "bundle-too-large", "too large to be a policy"],
  },
  {
    answer: (res, headers) => res.writeHead(302, { ...headers, location: "/elsewhere.dgb" }).end(),
    seen: ["unreachable", "unreachable", "does not answer right now"],
  },
  {
    answer: (res, headers) => res.writeHead(503, headers).end(),
    seen: ["unreachable", "bad-status", "answers with an error"],
  },
  {
    answer: (res, headers) => {
      res.writeHead(200, { ...headers, "content-length": 5000 });
      res.write("DGB", () => res.destroy());
    },
    seen: ["unreachable", "broken-off", "does not answer right now"],
  },
];

/** Waits until the browser has installed what management named: its pages cannot be opened before. */
const installed = (own, host) =>
  until(
    "the browser installs the extension",
    () => {
      const there =
        own.kind === "chromium"
          ? own.browser.targets().some((t) => t.url().startsWith(`chrome-extension://${own.extensionId}/`))
          : host.requests.some((r) => r.path === "/draftguard.xpi" && r.status === 200);
      if (there) return true;
      throw new Error(JSON.stringify(host.requests));
    },
    INSTALLING,
  );

/** Waits until the policy of that version is in force. */
const inForce = (own, version, patience) =>
  until(
    `version ${version} is in force`,
    async () => {
      const now = await distribution(own);
      if (now?.state === "current" && now.version === version) return now;
      throw new Error(JSON.stringify(now));
    },
    patience,
  );

export const tests = [
  {
    id: "from the administrator's desk into a managed browser",
    skip: unmanageable,
    run: (context) =>
      company(context, async ({ own, host, web, bundle, publish }) => {
        await installed(own, host);
        const now = await inForce(own, 1, INSTALLING);
        assert.deepEqual(now.problems, []);
        const { view } = await command(own, { kind: "state.view" });
        assert.deepEqual(
          view.policies.map(({ id, source, version }) => ({ id, source, version })),
          [{ id: "acme", source: "managed", version: 1 }],
        );
        // What a person brings along does not count beside the company's policy.
        await assert.rejects(
          command(own, { kind: "policy.import", name: "mine", bytes: context.env.policy.toString("base64") }),
          /policy-managed/,
        );

        await withBench(own, BOX, async (bench) => {
          await hold(bench, "We ship Bluehawk in May");
          await dismiss(bench);

          // A term more, published while the page is open and a draft is in it.
          await publish(await bundle("second", 2, ["Bluehawk", "Starling"]));
          await command(own, { kind: "policy.fetch" });
          await inForce(own, 2);
        });
        await withBench(own, BOX, (bench) => hold(bench, "We ship Starling in May"));

        // Whoever holds the web host can put any file there. What has expired already cannot be compiled.
        const soon = new Date(Date.now() + 5000);
        const attacks = [
          ["bundle-signatures", await bundle("forged", 3, ["Bluehawk", "Raven"], { by: "stranger.key" })],
          ["bundle-rollback", path.join(path.dirname(web), "first.dgb")],
          [
            "bundle-expired",
            await bundle("expired", 3, ["Bluehawk", "Raven"], { expires: soon.toISOString() }),
          ],
        ];
        await until("the third one has expired", () => Date.now() > soon.getTime());
        for (const [code, file] of attacks) {
          await cp(file, path.join(web, "acme.dgb"));
          await command(own, { kind: "policy.fetch" });
          const refused = await distribution(own);
          assert.deepEqual([refused.state, refused.code, refused.version], ["refused", code, 2]);
        }
        await withBench(own, BOX, (bench) => hold(bench, "We ship Starling in June"));
        await withBench(own, BOX, async (bench) => {
          await bench.focus();
          await bench.type(`${CLEAN} without Raven`);
          await bench.post();
          await postedOnce(bench, `${CLEAN} without Raven`);
        });

        // A host that is gone, and one that answers a page of its own.
        await rm(path.join(web, "acme.dgb"));
        await command(own, { kind: "policy.fetch" });
        assert.equal((await distribution(own)).state, "unreachable");
        await writeFile(path.join(web, "acme.dgb"), "<!doctype html><title>Sign in</title>");
        await command(own, { kind: "policy.fetch" });
        assert.equal((await distribution(own)).code, "not-a-bundle");

        // The administrator mends it.
        await rm(path.join(web, "acme.dgb"));
        await publish(await bundle("fourth", 4, ["Bluehawk", "Starling", "Raven"]));
        await command(own, { kind: "policy.fetch" });
        await inForce(own, 4);

        // Nothing new: asked with If-None-Match, answered without a body.
        const before = host.requests.length;
        await command(own, { kind: "policy.fetch" });
        await inForce(own, 4);
        assert.deepEqual(host.requests.slice(before), [{ method: "GET", path: "/acme.dgb", status: 304 }]);
      }),
  },
  {
    id: "a host that does everything wrong",
    skip: unmanageable,
    run: (context) =>
      company(context, async ({ own, host, bundle, publish }) => {
        await installed(own, host);
        await inForce(own, 1, INSTALLING);
        for (const { answer, seen } of WRONG) {
          host.broken = { path: "/acme.dgb", answer };
          await command(own, { kind: "policy.fetch" });
          const { state, code, version } = await distribution(own);
          assert.deepEqual([state, code, version], [...seen.slice(0, 2), 1]);
          await popupSays(own, seen[2]);
        }
        assert.ok(!host.requests.some(({ path }) => path === "/elsewhere.dgb"), "nobody was sent elsewhere");

        // The file of before for ever: nothing is wrong with it, until it is out of date.
        const soon = new Date(Date.now() + 4000);
        host.broken = undefined;
        await publish(await bundle("short", 2, ["Bluehawk"], { expires: soon.toISOString() }));
        await command(own, { kind: "policy.fetch" });
        await inForce(own, 2);
        host.broken = { path: "/acme.dgb", answer: (res, headers) => res.writeHead(304, headers).end() };
        await until("the second one has expired", () => Date.now() > soon.getTime());
        await command(own, { kind: "policy.fetch" });
        assert.equal((await distribution(own)).state, "stale");
        await popupSays(own, "out of date since");
        await withBench(own, BOX, (bench) => hold(bench, "We ship Bluehawk in May"));
      }),
  },
  {
    id: "settings that change while the browser runs",
    // Firefox reads its policies when it starts, and tells of no change.
    skip: (kind) => (kind === "chromium" ? unmanageable(kind) : "read at the start only"),
    run: (context) =>
      company(context, async ({ own, host, web, bundle, publish, managed, settings }) => {
        await installed(own, host);
        await inForce(own, 1, INSTALLING);
        const set = (change) => {
          const next = JSON.parse(settings);
          Object.assign(next["3rdparty"].extensions[own.extensionId], change);
          return managed.set(JSON.stringify(next));
        };

        // Another ring: another address, whose versions begin anew. There the policy is only tried out, and asks for
        // a newer browser.
        const pilot = path.join(web, "pilot.dgb");
        const trial = await bundle("pilot", 1, ["Bluehawk", "Starling"], {
          change: (text) =>
            text
              .replace("[settings]", '[settings]\nmode = "observe"')
              .replace("[policy]", '[policy]\nmin_browser = { chrome = 999 }\nmin_extension = "9.9"'),
        });
        await cp(trial, pilot);
        await set({ policyUrl: `https://${POLICY_HOST}/pilot.dgb`, language: "en", role: "press" });
        await until("the new address is asked", () => host.requests.some((r) => r.path === "/pilot.dgb"));
        await until("the trial is in force", async () => {
          const { view } = await command(own, { kind: "state.view" });
          return view.policies.every(({ mode }) => mode === "observe") && view.settings.role === "press";
        });
        const text = await popupSays(own, "your company asks for 999 or newer");
        assert.ok(text.includes("your company asks for 9.9 or newer"), text);
        assert.ok(text.includes("Private windows are not covered"), text);

        // On trial nothing is held; it is counted, without a word of the text.
        const { report } = await command(own, {
          kind: "draft.try",
          draft: {
            parts: [{ id: "body", role: "body", text: "We ship Starling in May" }],
            links: [],
            media: [],
          },
          context: {},
        });
        assert.deepEqual([report.verdict, report.observed.length], ["clear", 1]);
        await withBench(own, BOX, async (bench) => {
          await bench.focus();
          await bench.type("We ship Starling in May");
          await bench.post();
          await postedOnce(bench, "We ship Starling in May");
        });
        const entries = await until("the trial has counted", async () => {
          const { entries } = await command(own, { kind: "history.list" });
          return entries.length > 0 && entries;
        });
        assert.deepEqual(
          entries.map(({ outcome, site }) => [outcome, site]),
          [["observed", "mastodon"]],
        );
        assert.ok(!JSON.stringify(entries).includes("Starling"));

        // Withdrawn: back to the address of before, where a higher version has taken its mistake back.
        await publish(
          await bundle("withdrawn", 2, ["Starling"], {
            change: (text) => text.replaceAll("Bluehawk", "Starling"),
          }),
        );
        await set({
          mayDisable: true,
          pauseMinutes: 30,
          unavailable: "hold",
          sites: [ADDED],
          colour: 1,
        });
        await inForce(own, 2);
        const { view } = await command(own, { kind: "state.view" });
        assert.deepEqual([view.settings.mayDisable, view.settings.pauseMinutes], [true, 30]);
        assert.deepEqual(view.access.added, [ADDED]);
        assert.deepEqual(view.distribution.problems, []);
        await popupSays(own, `asks for these sites to be checked too: ${ADDED}`);
        await withBench(own, BOX, async (bench) => {
          await bench.focus();
          await bench.type("We ship Bluehawk in May");
          await bench.post();
          await postedOnce(bench, "We ship Bluehawk in May");
        });
        await withBench(own, BOX, (bench) => hold(bench, "We ship Starling in May"));
      }),
  },
  {
    id: "a site that the administrator added is checked once it was allowed",
    // Chromium's own question cannot be answered by a driver, and has no switch.
    skip: (kind) => (kind === "firefox" ? unmanageable(kind) : "nobody can answer the browser's question"),
    run: (context) =>
      company(context, async ({ own, host }) => {
        await installed(own, host);
        await inForce(own, 1, INSTALLING);
        await popupSays(own, `asks for these sites to be checked too: ${ADDED}`);
        const scripts = () => inExtension(own, () => chrome.scripting.getRegisteredContentScripts());
        assert.deepEqual(await scripts(), []);
        await popupSays(own, "Allow");
        const at = await inExtension(
          own,
          () => {
            const button = [...document.querySelectorAll("button")].find((el) => el.textContent === "Allow");
            button.scrollIntoView({ block: "center" });
            const { left, top, width, height } = button.getBoundingClientRect();
            return { x: left + width / 2, y: top + height / 2 };
          },
          undefined,
          "pages/popup/index.html",
        );
        await own.console.mouse.click(at.x, at.y);
        await until("the site may be checked", async () => {
          const { view } = await command(own, { kind: "state.view" });
          return view.access.added.length === 0;
        });
        const [script] = await until("its scripts are registered", async () => {
          const all = await scripts();
          return all.length > 0 && all;
        });
        assert.deepEqual(script.matches, [`https://${ADDED}/*`]);
      }),
  },
];
