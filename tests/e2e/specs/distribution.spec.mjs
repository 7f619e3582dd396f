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
import { command } from "../policy.mjs";
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
    const bundle = async (name, version, terms, { by = "acme.key", expires = "90d" } = {}) => {
      await writeFile(path.join(scratch, `${name}.toml`), await authored(env.root, version, terms));
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
      prefs: { "xpinstall.signatures.required": false, "extensions.install.requireBuiltInCerts": false },
    });
    own.extensionId = chromium ? id : undefined;
    return await work({ own, host, web, bundle, publish });
  } finally {
    await own?.close();
    await managed?.close();
    host.close();
    await rm(scratch, { recursive: true, force: true, maxRetries: 5 });
  }
}

const distribution = async (own) => (await command(own, { kind: "state.view" })).view.distribution;

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
];
