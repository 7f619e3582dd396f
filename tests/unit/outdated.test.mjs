// Which browsers and versions of the extension the popup calls out of date.
import assert from "node:assert/strict";
import test from "node:test";
import { load } from "./load.mjs";

const { outdated } = await load("extension/shared/outdated.ts");

const CHROME =
  "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Safari/537.36";
const EDGE = `${CHROME} Edg/149.0.0.0`;
const asks = (browser, extension) => ({ oldest: { browser, extension: extension ?? null } });

test("nothing is asked for, nothing is out of date", () => {
  assert.deepEqual(outdated([], CHROME, "0.1.0"), []);
  assert.deepEqual(outdated([asks({})], CHROME, "0.1.0"), []);
});

test("each browser has its own number, and the strictest policy counts", () => {
  const policies = [asks({ chrome: 150, edge: 149 }), asks({ edge: 150, firefox: 200 })];
  assert.deepEqual(outdated(policies, CHROME, "1"), []);
  assert.deepEqual(outdated(policies, EDGE, "1"), [
    { what: "browser", name: "Edge", version: "149", least: "150" },
  ]);
});

test("versions are ordered by their numbers", () => {
  for (const [have, least, old] of [
    ["1.2.0", "1.2", false],
    ["1.10", "1.9.9", false],
    ["1.9.9", "1.10", true],
    ["0.1.0", "0.1.0.1", true],
  ]) {
    const found = outdated([asks({}, "0.0.1"), asks({}, least)], CHROME, have);
    assert.equal(found.length > 0, old, `${have} against ${least}`);
    if (old) assert.equal(found[0].least, least);
  }
});
