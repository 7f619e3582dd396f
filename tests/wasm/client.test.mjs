/**
 * The policy client that ships against hosts that do everything wrong, over real connections: each way has its code,
 * and what was accepted before is as good as it was.
 */
import assert from "node:assert/strict";
import { createPrivateKey, createPublicKey } from "node:crypto";
import { readFileSync } from "node:fs";
import https from "node:https";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { certificate } from "../e2e/fixtures.mjs";

// The host's certificate is of this run, and node takes an authority only when it starts.
process.env.NODE_TLS_REJECT_UNAUTHORIZED = "0";

const root = fileURLToPath(new URL("../../", import.meta.url));
const { default: init, fetchBundle } = await import(join(root, "target/engine/engine.js"));
await init({
  module_or_path: await WebAssembly.compile(readFileSync(join(root, "target/engine/engine_bg.wasm"))),
});

/** The time of the golden bundles, in milliseconds since 1970, and key 1 of those that signed them. */
const NOW = 1_800_000_000_000;
const KEY = (() => {
  const header = Buffer.from("302e020100300506032b657004220420", "hex");
  const key = createPrivateKey({
    key: Buffer.concat([header, Buffer.alloc(32, 1)]),
    format: "der",
    type: "pkcs8",
  });
  return `dgpub1-${createPublicKey(key).export({ type: "spki", format: "der" }).subarray(-32).toString("hex")}`;
})();
const exhibit = (name) => readFileSync(join(root, "tests/bundles", name));
const good = exhibit("golden/plain.dgb");

/** More than the client takes, in bytes. */
const TOO_MUCH = 66 * 1024 * 1024;
const bomb = gzipSync(Buffer.alloc(2 * TOO_MUCH));
let redirected = 0;

/** What the host does with each address. */
const HOST = {
  "/good": (res) => res.end(good),
  "/page": (res) =>
    res.writeHead(200, { "content-type": "text/html" }).end("<!doctype html><title>Sign in</title>"),
  "/empty": (res) => res.end(),
  "/304": (res) => res.writeHead(304).end(),
  "/404": (res) => res.writeHead(404).end("no"),
  "/503": (res) => res.writeHead(503).end(good),
  "/206": (res) => res.writeHead(206).end(good),
  "/moved": (res) => res.writeHead(302, { location: "/elsewhere" }).end(),
  "/elsewhere": (res) => {
    redirected += 1;
    res.end(good);
  },
  "/endless": (res) => {
    const chunk = Buffer.alloc(64 * 1024);
    const more = () => {
      while (!res.destroyed && res.write(chunk));
    };
    res.on("drain", more);
    more();
  },
  "/bomb": (res) => res.writeHead(200, { "content-encoding": "gzip" }).end(bomb),
  "/cut": (res) => {
    res.writeHead(200, { "content-length": good.length });
    res.write(good.subarray(0, 100), () => res.destroy());
  },
  "/short": (res) => res.end(good.subarray(0, good.length - 1)),
  "/longer": (res) => res.end(Buffer.concat([good, Buffer.from([0])])),
  "/forged": (res) => res.end(exhibit("attack/forged.dgb")),
  "/older-format": (res) => res.end(exhibit("attack/other-format.dgb")),
  "/silent": () => {},
  "/drip": (res) => {
    const drip = setInterval(() => res.write("D"), 500);
    res.on("close", () => clearInterval(drip));
  },
};

const server = https.createServer(await certificate(["localhost"]), (req, res) => HOST[req.url](res));
await new Promise((done) => server.listen(0, "127.0.0.1", done));
after(() => {
  server.close();
  server.closeAllConnections();
});
const address = (path) => `https://127.0.0.1:${server.address().port}${path}`;
const ask = (path, kept) => fetchBundle({ policyUrl: address(path), trustedKeys: [KEY] }, kept, NOW);

const first = await ask("/good");

test("a good host brings the policy, and again", async () => {
  assert.deepEqual([first.kind, first.policy, first.version], ["new", "acme", 3]);
  const again = await ask("/good", first.kept);
  assert.deepEqual([again.kind, again.version], ["new", 3]);
});

for (const [path, kind, code] of [
  ["/page", "refused", "not-a-bundle"],
  ["/empty", "refused", "not-a-bundle"],
  ["/304", "failed", "bad-status"],
  ["/404", "failed", "bad-status"],
  ["/503", "failed", "bad-status"],
  ["/206", "failed", "bad-status"],
  ["/moved", "failed", "unreachable"],
  ["/endless", "failed", "bundle-too-large"],
  ["/bomb", "failed", "bundle-too-large"],
  ["/cut", "failed", "broken-off"],
  ["/short", "refused", "bundle-damaged"],
  ["/longer", "refused", "bundle-damaged"],
  ["/forged", "refused", "bundle-signatures"],
  ["/older-format", "refused", "bundle-other-format"],
]) {
  test(`${path} is ${kind}: ${code}`, async () => {
    for (const kept of [undefined, first.kept]) {
      const answer = await ask(path, kept);
      assert.deepEqual([answer.kind, answer.code], [kind, code], answer.message);
      assert.deepEqual(Object.keys(answer).sort(), ["code", "kind", "message"]);
    }
    assert.equal((await ask("/good", first.kept)).kind, "new");
  });
}

test("nobody was sent elsewhere", () => assert.equal(redirected, 0));

test("a host that does not end, or does not begin, is given up after half a minute", async () => {
  const begin = performance.now();
  const answers = await Promise.all([ask("/drip", first.kept), ask("/silent", first.kept)]);
  const took = performance.now() - begin;
  for (const { kind, code } of answers) assert.deepEqual([kind, code], ["failed", "too-slow"]);
  assert.ok(took > 29_000 && took < 60_000, `${took} ms`);
});

test("nobody listens", async () => {
  const settings = { policyUrl: "https://127.0.0.1:1/acme.dgb", trustedKeys: [KEY] };
  const answer = await fetchBundle(settings, first.kept, NOW);
  assert.deepEqual([answer.kind, answer.code], ["failed", "unreachable"]);
});

test("settings that cannot be used ask nobody", async () => {
  for (const settings of [
    {},
    { policyUrl: address("/good") },
    { policyUrl: address("/good").replace("https", "http"), trustedKeys: [KEY] },
    { policyUrl: address("/good"), trustedKeys: ["-----BEGIN PRIVATE KEY-----"] },
    { policyUrl: address("/good"), trustedKeys: [KEY], threshold: 2 },
  ]) {
    const answer = await fetchBundle(settings, undefined, NOW);
    assert.deepEqual([answer.kind, answer.code], ["failed", "not-managed"]);
  }
});
