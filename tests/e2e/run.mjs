// Runs the browser tests: node tests/e2e/run.mjs [--browser chromium|firefox] [--only PATTERN] [--extension DIR]
//   [--runs N] [--seed N]
//
// Both browsers run at the same time, each with one profile and many pages. Nothing is tried twice.
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { startFixtures } from "./fixtures.mjs";
import { launch } from "./harness.mjs";
import { compilePolicy, importPolicy } from "./policy.mjs";
import { writeTable } from "./table.mjs";

const here = path.dirname(fileURLToPath(import.meta.url));
const root = path.join(here, "../..");

const { values: options } = parseArgs({
  options: {
    browser: { type: "string", multiple: true },
    only: { type: "string", multiple: true, default: [] },
    extension: { type: "string", default: path.join(root, "dist/draftguard") },
    table: { type: "boolean", default: false },
    list: { type: "boolean", default: false },
    // Of the property tests: how often, and from which seed.
    runs: { type: "string" },
    seed: { type: "string" },
  },
});

const kinds = options.browser ?? ["chromium", "firefox"];
const wanted = (test) => options.only.every((pattern) => `${test.spec}/${test.id}`.includes(pattern));

const specs = [];
for (const file of (await readdir(path.join(here, "specs"))).filter((f) => f.endsWith(".spec.mjs")).sort()) {
  const spec = file.replace(".spec.mjs", "");
  const module = await import(path.join(here, "specs", file));
  specs.push({
    spec,
    bare: module.bare === true,
    all: module.tests.map((t) => t.id),
    tests: module.tests.map((t) => ({ spec, ...t })).filter(wanted),
  });
}
if (options.list) {
  for (const s of specs) for (const t of s.tests) console.log(`${t.spec}/${t.id}`);
  process.exit(0);
}

const withExtension = specs.some((s) => !s.bare && s.tests.length > 0);
if (withExtension && !existsSync(path.join(options.extension, "manifest.json"))) {
  console.error(`no extension in ${options.extension}: run ./build.sh first`);
  process.exit(2);
}
const policy = withExtension ? await compilePolicy(root) : undefined;
const started = Date.now();
const results = [];

async function runTest(test, session, env) {
  const begin = Date.now();
  const result = { spec: test.spec, id: test.id, browser: session.kind, row: test.row };
  try {
    const skip = test.skip?.(session.kind);
    if (skip) Object.assign(result, { state: "skipped", why: skip });
    else {
      await test.run({ session, env });
      result.state = "passed";
    }
  } catch (error) {
    const cause = error?.cause ? `\n  because of ${error.cause.stack ?? error.cause}` : "";
    Object.assign(result, { state: "failed", why: `${error?.stack ?? error}${cause}` });
  }
  result.ms = Date.now() - begin;
  results.push(result);
  if (result.state === "failed")
    console.log(`FAILED ${session.kind} ${test.spec}/${test.id} (${result.ms} ms)\n  ${result.why}`);
}

async function runBrowser(kind) {
  for (const bare of [true, false]) {
    const todo = specs.filter((s) => s.bare === bare).flatMap((s) => s.tests);
    if (todo.length === 0) continue;
    const fixtures = await startFixtures();
    const session = await launch(kind, {
      proxyPort: fixtures.proxyPort,
      extensionDir: bare ? undefined : options.extension,
    });
    try {
      const env = {
        fixtures,
        policy,
        root,
        extensionDir: options.extension,
        runs: options.runs === undefined ? undefined : Number(options.runs),
        seed: options.seed === undefined ? undefined : Number(options.seed),
      };
      if (!bare) await importPolicy(session, policy);
      for (const test of todo) await runTest(test, session, env);
    } catch (error) {
      results.push({
        spec: "session",
        id: "start",
        browser: kind,
        state: "failed",
        why: String(error?.stack ?? error),
        ms: 0,
      });
      console.log(`FAILED ${kind} to start: ${error?.stack ?? error}`);
    } finally {
      await session.close();
      await fixtures.close();
    }
  }
}

/** Writes what is known: a run of some tests keeps what the others last showed, so that the table can be made of several. */
async function keep() {
  await mkdir(path.join(root, "target/e2e"), { recursive: true });
  const file = path.join(root, "target/e2e/results.json");
  const key = (r) => `${r.browser} ${r.spec}/${r.id}`;
  const before = existsSync(file) ? JSON.parse(await readFile(file, "utf8")) : [];
  const now = new Set(results.map(key));
  const known = new Set(
    kinds.flatMap((browser) => specs.flatMap((s) => s.all.map((id) => `${browser} ${s.spec}/${id}`))),
  );
  const kept = before.filter((r) => !now.has(key(r)) && (!kinds.includes(r.browser) || known.has(key(r))));
  const together = [...kept, ...results];
  await writeFile(file, `${JSON.stringify(together, null, 1)}\n`);
  if (options.table) await writeTable(path.join(root, "docs/sites.md"), together);
}

// Stopped in the middle, it still leaves what it saw.
for (const signal of ["SIGTERM", "SIGINT"]) process.once(signal, () => keep().finally(() => process.exit(1)));

await Promise.all(kinds.map(runBrowser));

await keep();

const count = (state) => results.filter((r) => r.state === state).length;
console.log(`browser tests: ${kinds.join(" and ")}, ${Math.round((Date.now() - started) / 1000)} s`);
const skipped = count("skipped");
console.log(`${count("passed")} passed, ${count("failed")} failed${skipped ? `, ${skipped} skipped` : ""}`);
process.exit(count("failed") === 0 && results.length > 0 ? 0 : 1);
