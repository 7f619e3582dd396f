/** How long a text is on X: as X's own library counts it, over texts that it was written for and texts made at random. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import twitter from "twitter-text";

const target = fileURLToPath(new URL("../../target/", import.meta.url));
const { default: init, Engine } = await import(join(target, "engine/engine.js"));
await init({
  module_or_path: await WebAssembly.compile(readFileSync(join(target, "engine/engine_bg.wasm"))),
});
const engine = new Engine([new Uint8Array(readFileSync(join(target, "policies/core.policy")))]);

const lengthOn = (site, parts, context = {}) =>
  engine.check({ parts, links: [], media: [] }, { site, surface: "post", ...context }).lengths[0];
const body = (text) => [{ id: "body", role: "body", text }];
const theirs = (text) => twitter.parseTweet(text).weightedLength;
const same = (text) => assert.equal(lengthOn("x", body(text)).used, theirs(text), JSON.stringify(text));

test("plain texts of every weight", () => {
  for (const text of [
    "This is a test.",
    "のののののののの",
    "저찀쯿쿿",
    "é à ü ø å",
    "e\u0301a\u0308",
    "“quotes” – dashes … and ‰",
    "\u{10000}\u{10FFFF}",
    "H🐱☺",
    "👍🏽👩‍👩‍👧🏳️‍🌈🇮🇩1️⃣❤️",
    "line\nline\r\nline",
    " leading and trailing ",
  ])
    same(text);
});

test("addresses count 23, whatever they look like", () => {
  for (const text of [
    "http://test.com",
    "https://test.com/a?b=c&d=e#f",
    "test.com",
    "Test https://test.com test https://test.com test.com test",
    "(https://example.com/path)",
    "See https://example.com/a_(b).",
    "www.example.co.uk and example.com",
    "no.address.at-all and e.g. this",
    "mail@example.com is no address",
  ])
    same(text);
});

test("mentions and tags count as they are written", () => {
  for (const text of ["@jane hi", "#tag #ハッシュタグ", "@jane @john_doe #a1"]) same(text);
});

test("any text of these pieces", () => {
  const pieces = [
    "a",
    "é",
    "の",
    "👍🏽",
    "👩‍👩‍👧",
    "🇮🇩",
    "https://acme.example.com/x",
    "test.com",
    "@jane",
    "#tag",
    "…",
    "ß",
    "ไทย",
  ];
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 20 }), (words) =>
      same(words.join(" ")),
    ),
    { numRuns: 500 },
  );
});

test("a text is too long exactly where X says so", () => {
  for (const text of ["a".repeat(280), "a".repeat(281), "の".repeat(140), "の".repeat(141)]) {
    const { used, max } = lengthOn("x", body(text));
    assert.equal(used <= max, twitter.parseTweet(text).valid, `${text.length}`);
  }
});

test("on Mastodon the content warning counts too, an address 23, a mention without its server", () => {
  const parts = [
    ...body("@jane@social.example see https://acme.example/a/long/path/indeed"),
    { id: "warning-0", role: "warning", text: "a story" },
  ];
  assert.deepEqual(lengthOn("mastodon", parts), { part: "body", used: 5 + 5 + 23 + 7, max: 500 });
  assert.equal(lengthOn("mastodon", parts, { limit: 3000 }).max, 3000);
});
