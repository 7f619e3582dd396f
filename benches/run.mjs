// The benchmarks: node benches/run.mjs. A table on standard output, the rows in target/bench.json.
//
// Parts: the engine natively (`cargo bench`), the engine that ships as WebAssembly, peers beside it on the same drafts,
// and, unless --no-browser is given, the extension in a browser. Every figure is the mean over 200 different drafts: a
// loop over one draft teaches the branch predictor its text.
import { execFile, execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs, promisify } from "node:util";
import { brotliCompressSync, constants } from "node:zlib";

const root = fileURLToPath(new URL("../", import.meta.url));
const target = join(root, "target");
const out = join(target, "bench");
mkdirSync(out, { recursive: true });
const { values: options } = parseArgs({
  options: { browser: { type: "boolean", default: true } },
  allowNegative: true,
});

const rows = [];
/** `target`: the most that the figure may be; the least, where `least` is set. */
function row(measure, value, unit, target = null, least = false) {
  const ok = target === null || (least ? value >= target : value <= target);
  rows.push({ measure, value: Number(value.toPrecision(4)), unit, target, ok });
}

// --- drafts and lists, the same in every run ---------------------------------------------------------------------

let seed = 42n;
function below(n) {
  seed = (seed * 6364136223846793005n + 1442695040888963407n) & 0xffffffffffffffffn;
  return Number((seed >> 33n) % BigInt(n));
}
const COMMON =
  "the of and to a in is it you that he was for on are with as his they be at one have this from or had by hot but some what there we can out other were all your when up use word how said an each she which do their time if will way about many then them would write like so these her long make thing see him two has look more day could go come did my sound no most number who over know water than call first people may down side been now find any new work part take get place made live where after back little only round man year came show every good me give our under name".split(
    " ",
  );
const SYLLABLES = ["ka", "ro", "lin", "mer", "sta", "ve", "tion", "ple", "gar", "dis", "hu", "nor"];
const made = (count) => Array.from({ length: count }, () => SYLLABLES[below(SYLLABLES.length)]).join("");
const word = () => (below(10) < 7 ? COMMON[below(COMMON.length)] : made(2 + below(2)));
function text(chars) {
  let all = "";
  while (all.length < chars) all += word() + (below(12) === 0 ? ". " : " ");
  return all.slice(0, chars);
}
const drafts = Array.from({ length: 200 }, () => text(3000));

/** A policy with that many terms beside what `extend` brings, compiled. */
async function policy(name, count, extend) {
  const terms = new Set();
  while (terms.size < count) {
    terms.add(Array.from({ length: 1 + below(3) }, () => made(3)).join(" "));
  }
  const source = `[policy]
id = "${name}"
name = "${name}"
extends = [${extend.map((pack) => `"pack:${pack}"`)}]

[company]
names = ["Acme"]

[[lists]]
id = "l"
terms = ${JSON.stringify([...terms])}

[[rules]]
id = "${name}.l"
kind = "terms"
lists = ["l"]
message = "A term."
`;
  const file = join(out, `${name}.toml`);
  writeFileSync(file, source);
  const compiled = join(out, `${name}.policy`);
  await promisify(execFile)("cargo", ["run", "--quiet", "-p", "xtask", "--", "policy", file, compiled], {
    cwd: root,
  });
  return new Uint8Array(readFileSync(compiled));
}

const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];

/** Microseconds for one draft: the median of the rounds' means. */
async function each(work, rounds = 7, some = drafts) {
  const means = [];
  for (let round = 0; round <= rounds; round += 1) {
    const start = performance.now();
    for (const draft of some) await work(draft);
    // The first round warms up.
    if (round > 0) means.push(((performance.now() - start) * 1000) / some.length);
  }
  return median(means);
}

// --- the engine natively -----------------------------------------------------------------------------------------

const native = new Map();
const said = execFileSync("cargo", ["bench", "--quiet", "-p", "draftguard-core", "--bench", "engine"], {
  cwd: root,
  encoding: "utf8",
});
for (const line of said.split("\n").filter((l) => l.startsWith("{"))) {
  const { measure, value, unit } = JSON.parse(line);
  native.set(measure, value);
  const most = { "whole check / floor": 15, "loading a compiled list of 100000 terms": 10 }[measure];
  row(`native: ${measure}`, value, unit, measure.startsWith("index of") ? 13 : (most ?? null));
}

// --- the engine that ships ---------------------------------------------------------------------------------------

const module = readFileSync(join(target, "engine/engine_bg.wasm"));
const brotli = brotliCompressSync(module, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } });
row("wasm: size, brotli", brotli.length / 1000, "kB", 250);
const core = new Uint8Array(readFileSync(join(target, "policies/core.policy")));
const { default: init, Engine } = await import(join(target, "engine/engine.js"));
const draftOf = (words) => ({ parts: [{ id: "body", role: "body", text: words }], links: [], media: [] });
const cold = performance.now();
await init({ module_or_path: await WebAssembly.compile(module) });
new Engine([core]).check(draftOf(drafts[0]), {});
row("wasm: compile, core pack, first check, from nothing", performance.now() - cold, "ms", 60);

const alone = async (count) => {
  const bytes = await policy(`terms${count}`, count, []);
  const loads = [];
  let engine;
  for (let n = 0; n < 5; n += 1) {
    engine?.free();
    const start = performance.now();
    engine = new Engine([bytes]);
    loads.push(performance.now() - start);
  }
  if (count === 100_000) row("wasm: loading a compiled list of 100,000 terms", median(loads), "ms", 10);
  const took = await each((draft) => engine.check(draftOf(draft), {}));
  row(`wasm: check, ${count} terms alone; 3,000 chars`, took, "us");
  const beside = native.get(`check, ${count} terms alone; 3,000 chars`);
  if (beside) row(`wasm / native, ${count} terms alone`, took / beside, "x", 1.5);
  engine.free();
};
await alone(10_000);
await alone(100_000);

const packs = ["core", "company"];
const whole = new Engine([await policy("whole", 10_000, packs)]);
const ours = await each((draft) => whole.check(draftOf(draft), {}));
row("wasm: whole check, core and company packs and 10,000 terms; 3,000 chars", ours, "us");

// --- peers -------------------------------------------------------------------------------------------------------

const peers = join(root, "benches/node_modules");
if (existsSync(peers)) {
  const few = drafts.slice(0, 10);
  const beside = async (name, least, work, some = few, rounds = 3) => {
    const took = await each(work, rounds, some);
    row(`${name}: the same drafts`, took, "us");
    row(`times faster than ${name}`, took / ours, "x", least, true);
  };
  const { default: writeGood } = await import(join(peers, "write-good/write-good.js"));
  await beside("write-good", 40, (draft) => writeGood(draft));
  const { text: alex } = await import(join(peers, "alex/index.js"));
  await beside("alex", 170, (draft) => alex(draft));
  const { englishDataset, englishRecommendedTransformers, RegExpMatcher } = await import(
    join(peers, "obscenity/dist/index.js")
  );
  const matcher = new RegExpMatcher({ ...englishDataset.build(), ...englishRecommendedTransformers });
  await beside("obscenity", 10, (draft) => matcher.getAllMatches(draft));
  const { binaryInlined } = await import(join(peers, "harper.js/dist/binaryInlined.js"));
  const { LocalLinter } = await import(join(peers, "harper.js/dist/index.js"));
  const harper = new LocalLinter({ binary: binaryInlined });
  await harper.setup();
  await beside("harper.js", 300, (draft) => harper.lint(draft));
} else {
  console.log("peers are left out: run 'npm ci --prefix benches'");
}

// --- in a browser ------------------------------------------------------------------------------------------------

if (options.browser) {
  const file = join(out, "browser.json");
  execFileSync("node", [join(root, "tests/e2e/bench.mjs"), "--out", file], {
    stdio: ["ignore", "ignore", "inherit"],
  });
  rows.push(...JSON.parse(readFileSync(file, "utf8")));
}

const width = Math.max(...rows.map((r) => r.measure.length));
for (const { measure, value, unit, target: goal, ok } of rows) {
  const wanted = goal === null ? "" : `target ${goal}${ok ? "" : "  MISSED"}`;
  console.log(`${measure.padEnd(width)}  ${String(value).padStart(10)} ${unit.padEnd(10)} ${wanted}`);
}
writeFileSync(join(target, "bench.json"), `${JSON.stringify(rows, null, 1)}\n`);
console.log(`wrote target/bench.json: ${rows.length} rows, ${rows.filter((r) => !r.ok).length} missed`);
process.exit(0);
