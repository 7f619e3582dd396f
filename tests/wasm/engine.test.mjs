/** The border of the engine that ships: what goes wrong comes out as an error with a code, and is over then. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants } from "node:zlib";

const target = fileURLToPath(new URL("../../target/", import.meta.url));
const engineModule = await import(join(target, "engine/engine.js"));
const { default: init, Engine } = engineModule;
await init({
  module_or_path: await WebAssembly.compile(readFileSync(join(target, "engine/engine_bg.wasm"))),
});

const pack = (name) => new Uint8Array(readFileSync(join(target, `policies/${name}.policy`)));
const draft = (text) => ({ parts: [{ id: "body", role: "body", text }], links: [], media: [] });

test("the module grows by no more than a few kB unnoticed", () => {
  const module = readFileSync(join(target, "engine/engine_bg.wasm"));
  const packed = brotliCompressSync(module, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } });
  // What was reached; docs/performance.md says what the parts take. Whoever adds more says why here.
  assert.ok(packed.length < 620_000, `${packed.length} bytes compressed`);
});

test("every pack that ships loads and checks", () => {
  for (const file of readdirSync(join(target, "policies"))) {
    const engine = new Engine([pack(file.replace(/\.policy$/, ""))]);
    assert.equal(engine.check(draft("Good morning."), {}).verdict, "clear", file);
    engine.free();
  }
});

test("what is missing in a report is missing: nothing has to tell null from undefined", () => {
  const engine = new Engine([pack("demo")]);
  for (const text of ["Good morning.", "Bluehawk ships in May"]) {
    const report = engine.check(draft(text), {});
    assert.deepEqual(Object.keys(report).sort(), ["findings", "lengths", "observed", "verdict"]);
  }
});

test("spans are UTF-16 units, also behind emoji and lone surrogates", () => {
  const engine = new Engine([pack("demo")]);
  for (const before of ["", "👩‍👩‍👧‍👦 ", "\ud800 ", "مرحبا ", "e\u0301 "]) {
    const text = `${before}Bluehawk ships in May`;
    const [finding] = engine.check(draft(text), {}).findings;
    assert.equal(text.slice(finding.start, finding.end), "Bluehawk");
  }
});

test("bytes that are no policy are refused with a code", () => {
  for (const bytes of [
    new Uint8Array(),
    new Uint8Array([1, 2, 3]),
    new TextEncoder().encode("<!doctype html>"),
  ]) {
    assert.throws(
      () => new Engine([bytes]),
      (error) => error.code === "policy-not-compiled" && error.name === "PolicyError",
    );
  }
});

test("a draft of the wrong form is refused with a code, and the engine goes on", () => {
  const engine = new Engine([pack("core")]);
  assert.throws(
    () => engine.check(42, {}),
    (error) => error.code === "border",
  );
  assert.equal(engine.check(draft("Good morning."), {}).verdict, "clear");
});

test("a megabyte is checked", () => {
  const engine = new Engine([pack("core")]);
  const report = engine.check(draft("Lovely weather in Bandung today. ".repeat(32_000)), {});
  assert.equal(report.verdict, "clear");
});
