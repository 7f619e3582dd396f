// The benchmarks: node benches/run.mjs. A table on standard output and in docs/performance.md, its rows in
// target/bench.json.
//
// Parts: the engine natively (`cargo bench`), the engine that ships as WebAssembly, peers beside it on the same drafts,
// the administrators' command, and, unless --no-browser is given, the extension in a browser. A figure in microseconds
// is the median over 200 different drafts (a loop over one draft teaches the branch predictor its text); the time of one
// draft is the median of its rounds.
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { brotliCompressSync, constants } from "node:zlib";
import { page } from "./page.mjs";
import { peers } from "./peers.mjs";

const root = fileURLToPath(new URL("../", import.meta.url));
const target = join(root, "target");
const out = join(target, "bench");
mkdirSync(out, { recursive: true });
const { values: options } = parseArgs({
  options: { browser: { type: "boolean", default: true }, command: { type: "boolean", default: true } },
  allowNegative: true,
});
const read = (file) => JSON.parse(readFileSync(join(out, file), "utf8"));
const run = (file, args, more = {}) => execFileSync(file, args, { cwd: root, encoding: "utf8", ...more });

const rows = [];
/** `target`: the most that the figure may be; the least, where `least` is set. `more`: p99 and worst. */
function row(measure, value, unit, target = null, { least = false, ...more } = {}) {
  const ok = target === null || (least ? value >= target : value <= target);
  const short = (n) => (typeof n === "number" ? Number(n.toPrecision(3)) : n);
  rows.push({
    measure,
    value: short(value),
    unit,
    target,
    ok,
    least,
    p99: short(more.p99),
    worst: short(more.worst),
  });
}
/** A row of something that could not be measured here. */
function absent(measure, reason) {
  rows.push({ measure, value: null, unit: "", target: null, ok: true, reason });
}

/** The middle one of the drafts' times, the 99th of a hundred, the slowest. */
function spread(times) {
  const all = times.toSorted((a, b) => a - b);
  const at = (share) => all[Math.min(all.length - 1, Math.floor((all.length * share) / 100))];
  return { median: at(50), p99: at(99), worst: at(100) };
}

/** Microseconds of each draft: the median of the rounds, after one to warm up. */
async function each(work, drafts, rounds = 9) {
  const times = drafts.map(() => []);
  for (let round = 0; round <= rounds; round += 1) {
    for (const [n, draft] of drafts.entries()) {
      const start = performance.now();
      await work(draft);
      if (round > 0) times[n].push((performance.now() - start) * 1000);
    }
  }
  return spread(times.map((of) => spread(of).median));
}

// --- the engine natively -----------------------------------------------------------------------------------------

const native = new Map();
const said = run("cargo", [
  "bench",
  "--quiet",
  "-p",
  "draftguard-bundle",
  "--bench",
  "engine",
  "--",
  "--out",
  out,
]);
for (const line of said.split("\n").filter((l) => l.startsWith("{"))) {
  const { measure, value, unit, ...more } = JSON.parse(line);
  native.set(measure, value);
  row(`native: ${measure}`, value, unit, measure === "index bytes a term" ? 13 : null, more);
}
const floor = native.get("floor");
const [drafts, long, dense] = read("drafts.json");

// --- the engine that ships ---------------------------------------------------------------------------------------

const module = readFileSync(join(target, "engine/engine_bg.wasm"));
const brotli = brotliCompressSync(module, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } });
row("wasm: size", module.length / 1000, "kB");
row("wasm: size, brotli", brotli.length / 1000, "kB", 250);
const core = new Uint8Array(readFileSync(join(target, "policies/core.policy")));
const { default: init, Engine } = await import(join(target, "engine/engine.js"));
const draftOf = (words) => ({ parts: [{ id: "body", role: "body", text: words }], links: [], media: [] });
// Node loads its own fetch when a class of it is first mentioned; a browser has it.
void globalThis.Request;
const cold = performance.now();
await init({ module_or_path: await WebAssembly.compile(module) });
new Engine([core]).check(draftOf(drafts[0]), {});
row("wasm: from nothing to the first check, core pack", performance.now() - cold, "ms", 60);

const wasm = new Map();
async function measure(name, policies, texts = drafts) {
  const engine = new Engine(policies);
  const { median, p99, worst } = await each((draft) => engine.check(draftOf(draft), {}), texts);
  wasm.set(name, median);
  row(`wasm: ${name}`, median, "us", null, { p99, worst });
  engine.free();
  return { median, worst };
}
const compiled = (name) => new Uint8Array(readFileSync(join(out, `${name}.policy`)));
for (const count of [10_000, 100_000, 1_000_000]) await measure(`terms${count}`, [compiled(`terms${count}`)]);
const list = compiled("terms100000");
const loads = Array.from({ length: 7 }, () => {
  const start = performance.now();
  const engine = new Engine([list]);
  const took = performance.now() - start;
  engine.free();
  return took;
});
row("wasm: loading a compiled list of 100,000 terms", spread(loads).median, "ms", 10);
const whole = await measure("whole", [compiled("whole")]);
const ours = whole.median;
await measure("whole long", [compiled("whole")], long);
await measure("whole dense", [compiled("whole")], dense);
await measure("core and company packs", [
  core,
  new Uint8Array(readFileSync(join(target, "policies/company.policy"))),
]);
row("whole check / floor", ours / floor, "x", 15);
row("whole check, wasm / native", ours / native.get("whole"), "x", 1.5);
row("1,000,000 / 10,000 terms", wasm.get("terms1000000") / wasm.get("terms10000"), "x", 3);
row("40,000 / 3,000 characters", wasm.get("whole long") / ours, "x", 16);
row("worst / median draft", whole.worst / ours, "x", 3);
row("draft full of hits / median draft", wasm.get("whole dense") / ours, "x", 3);

// --- peers -------------------------------------------------------------------------------------------------------

for await (const { name, each: times, least, absent: reason } of peers({ root, out, drafts, each })) {
  if (reason) {
    absent(name, reason);
    continue;
  }
  const { median, p99, worst } = Array.isArray(times) ? spread(times) : times;
  row(name, median, "us", null, { p99, worst });
  if (name.startsWith("hyperscan")) {
    const [terms, most] = name.includes("100,000") ? [100_000, 0.7] : [10_000, 1.3];
    row(`${terms} terms alone, wasm / hyperscan`, wasm.get(`terms${terms}`) / median, "x", most);
  } else {
    row(`times faster than ${name}`, median / ours, "x", least ?? null, { least: true });
  }
}

// --- the administrators' command -----------------------------------------------------------------------------------

if (options.command) {
  run("cargo", ["build", "--quiet", "--release", "-p", "draftguard"]);
  const posts = Array.from({ length: 20_000 }, (_, n) => {
    const start = (n * 97) % 2700;
    return JSON.stringify({ text: drafts[n % drafts.length].slice(start, start + 280) });
  });
  writeFileSync(join(out, "posts.jsonl"), posts.join("\n"));
  for (const pack of ["core", "demo"]) {
    const start = performance.now();
    try {
      run(
        join(target, "release/draftguard"),
        ["check", "--policy", `pack:${pack}`, join(out, "posts.jsonl")],
        {
          stdio: ["ignore", "ignore", "ignore"],
        },
      );
    } catch (ended) {
      // Drafts with findings end the command with 1 or 2.
      if (ended.status !== 1 && ended.status !== 2) {
        absent(`draftguard check, ${pack} pack`, `it ended with status ${ended.status}`);
        continue;
      }
    }
    const seconds = (performance.now() - start) / 1000;
    row(`draftguard check, ${pack} pack, 280 characters`, posts.length / seconds, "drafts/s", 10_000, {
      least: true,
    });
  }
} else {
  absent("draftguard check, drafts a second", "left out with --no-command");
}

// --- in a browser ------------------------------------------------------------------------------------------------

if (options.browser) {
  const file = join(out, "browser.json");
  try {
    run("node", [join(root, "tests/e2e/bench.mjs"), "--out", file], {
      stdio: ["ignore", "ignore", "inherit"],
    });
    rows.push(...read("browser.json"));
  } catch (reason) {
    absent("the extension in a browser", `the run ended with status ${reason.status}`);
  }
} else {
  absent("the extension in a browser", "left out with --no-browser");
}

const width = Math.max(...rows.map((r) => r.measure.length));
for (const { measure, value, unit, target: goal, ok, least, reason } of rows) {
  const wanted =
    goal == null ? (reason ?? "") : `target ${least ? ">=" : "<="} ${goal}${ok ? "" : "  MISSED"}`;
  console.log(
    `${measure.padEnd(width)}  ${String(value ?? "absent").padStart(10)} ${unit.padEnd(10)} ${wanted}`,
  );
}
writeFileSync(join(target, "bench.json"), `${JSON.stringify(rows, null, 1)}\n`);
writeFileSync(join(root, "docs/performance.md"), page(rows, { node: process.version, cpu: cpus() }));
console.log(`wrote target/bench.json: ${rows.length} rows, ${rows.filter((r) => !r.ok).length} missed`);
process.exit(0);
