/**
 * The corpus in the engine that ships: the same cases as natively, through the border that the extension uses.
 * `./build.sh test` writes them down for it, with their policies compiled.
 */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { isDeepStrictEqual } from "node:util";

const target = fileURLToPath(new URL("../../target/", import.meta.url));
const { default: init, Engine } = await import(join(target, "engine/engine.js"));
await init({
  module_or_path: await WebAssembly.compile(readFileSync(join(target, "engine/engine_bg.wasm"))),
});

/** As it would travel: without what is undefined. */
const plain = (finding) => JSON.parse(JSON.stringify(finding));

/** What does not agree, in words. */
function differences(expect, findings) {
  const left = [...findings];
  const wrong = [];
  for (const expected of expect) {
    const before = left.length;
    if (typeof expected === "string") {
      // One finding can speak for several rules.
      const says = (f) => f.rule === expected || (f.also ?? []).includes(expected);
      for (let at = left.length - 1; at >= 0; at -= 1) if (says(left[at])) left.splice(at, 1);
      if (findings.some(says)) continue;
    } else {
      const fits = (f) => Object.entries(expected).every(([key, value]) => isDeepStrictEqual(f[key], value));
      const at = left.map(plain).findIndex(fits);
      if (at >= 0) left.splice(at, 1);
    }
    if (left.length === before) wrong.push(`missing ${JSON.stringify(expected)}`);
  }
  for (const f of left) if (f.action !== "note") wrong.push(`not expected: ${f.rule} “${f.text}”`);
  return wrong;
}

const folder = join(target, "corpus");
for (const file of readdirSync(folder).filter((name) => name.endsWith(".json"))) {
  const corpus = JSON.parse(readFileSync(join(folder, file), "utf8"));
  const stem = file.replace(/\.json$/, "");
  const policies = Array.from({ length: corpus.policies }, (_, at) =>
    readFileSync(join(folder, `${stem}.${at}.policy`)),
  );
  const engine = new Engine(policies.map((bytes) => new Uint8Array(bytes)));
  for (const { name, draft, context, expect } of corpus.cases) {
    test(`${corpus.name}: ${name}`, () => {
      assert.deepEqual(differences(expect, engine.check(draft, context).findings), []);
    });
  }
}
