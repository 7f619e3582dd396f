// Which site a page is, and what is read off it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./load.mjs";

const { hostFits, pathFits } = await load("extension/shared/address.ts");
const { pickSite } = await load("extension/content/site.ts");
const { take } = await load("extension/content/reading.ts");
const { chordOf, known, sends } = await load("extension/content/keys.ts");

test("paths with stars", () => {
  assert.ok(pathFits("/a/status/1", "/*/status/*"));
  assert.ok(!pathFits("/a/statuses", "/*/status/*"));
  assert.ok(pathFits("/submit", "/submit*"));
  assert.ok(!pathFits("/x/submit", "/submit*"));
  assert.ok(pathFits("/home", "/home"));
  assert.ok(!pathFits("/home/2", "/home"));
});

test("hosts", () => {
  assert.ok(hostFits("id.quora.com", "*.quora.com"));
  assert.ok(hostFits("quora.com", "*.quora.com"));
  assert.ok(!hostFits("notquora.com", "*.quora.com"));
  assert.ok(!hostFits("x.com.example", "x.com"));
});

test("a host decides before a marker", () => {
  const files = [
    { id: "software", marker: "#it", surfaces: [] },
    { id: "site", hosts: ["site.example"], surfaces: [] },
    { id: "k", hosts: ["two.example"], paths: ["/k/*"], surfaces: [] },
  ];
  const pick = (host, path, marked) => pickSite(files, host, path, () => marked)?.id;
  assert.equal(pick("site.example", "/", true), "site");
  assert.equal(pick("other.example", "/", true), "software");
  assert.equal(pick("other.example", "/", false), undefined);
  assert.equal(pick("two.example", "/k/1", false), "k");
  assert.equal(pick("two.example", "/a/1", false), undefined);
});

test("what is kept of something read", () => {
  assert.equal(take("Mira Santoso @mira_acme", "handle"), "mira_acme");
  assert.equal(take("@mira@social.example", "handle"), "mira@social.example");
  assert.equal(take("https://bsky.app/profile/mira.example?x=1", "last-segment"), "mira.example");
  assert.equal(take("/@mira/", "last-segment"), "mira");
  assert.equal(take("12/5,000", "number"), "5000");
  assert.equal(take("  Acme\n Public", "first-line"), "Acme");
});

test("keys", () => {
  const key = (change) => ({
    key: "Enter",
    keyCode: 13,
    ctrlKey: false,
    metaKey: false,
    altKey: false,
    shiftKey: false,
    isComposing: false,
    ...change,
  });
  assert.equal(chordOf(key({})), "enter");
  assert.equal(chordOf(key({ shiftKey: true })), undefined);
  assert.equal(chordOf(key({ metaKey: true })), "mod-enter");
  assert.equal(chordOf(key({ isComposing: true })), undefined);
  assert.equal(chordOf(key({ keyCode: 229 })), undefined);
  assert.equal(chordOf(key({ key: "s", ctrlKey: true })), "mod-s");
  assert.ok(!sends("enter", new Set(["mod-enter"])));
  assert.ok(sends("mod-enter", new Set(["enter"])));
  assert.ok(!known("mod-enter", new Set(["enter"])));
});
