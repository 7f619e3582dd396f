// What is kept of something read off a page.
import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./load.mjs";

const { between, take } = await load("extension/content/reading.ts");

test("what stands between the words that a reading names", () => {
  assert.equal(between("Comment as Mira Acme", { after: ["Comment as ", "Reply as "] }), "Mira Acme");
  assert.equal(between("mira's profile picture", { before: ["'s profile picture"] }), "mira");
  assert.equal(between("Your profile", { after: ["Comment as "] }), undefined);
  assert.equal(between("", { before: ["'s profile picture"] }), undefined);
  assert.equal(between("as is", {}), "as is");
});

test("what is kept of it", () => {
  assert.equal(take("  Mira \n Acme ", "all"), "Mira Acme");
  assert.equal(take("Acme Routers\nPost to anyone", "first-line"), "Acme Routers");
  assert.equal(take("Mira @mira@social.example now", "handle"), "mira@social.example");
  assert.equal(take("/@acme/community", "handle"), "acme");
  assert.equal(take("https://x.com/mira_acme/?lang=en", "last-segment"), "mira_acme");
  assert.equal(take("12 / 3,000", "number"), "3000");
});
