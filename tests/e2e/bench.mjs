// What the extension costs in a real browser: node tests/e2e/bench.mjs [--browser chromium|firefox] [--out FILE]
//
// Each figure stands beside the same page without the extension. Rows: {"measure","value","unit","target","ok"}.
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { tabRows } from "./bench-tabs.mjs";
import { interfaceRows } from "./bench-ui.mjs";
import { startFixtures } from "./fixtures.mjs";
import { Bench, launch, stopWorker, until } from "./harness.mjs";
import { compilePolicy, importPolicy } from "./policy.mjs";
import { BOXES } from "./sites.mjs";

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), "../..");
const { values: options } = parseArgs({
  options: {
    browser: { type: "string", default: "chromium" },
    extension: { type: "string", default: path.join(root, "dist/draftguard") },
    out: { type: "string" },
  },
});

const box = (id) => BOXES.find((b) => b.id === id);
const SENTENCE = "The quick brown fox jumps over the lazy dog near the river bank. ";
/** 3,000 characters, with a finding at the start. */
const LONG = `We ship Bluehawk soon. ${SENTENCE.repeat(46)}`.slice(0, 2970);

const rows = [];
function row(measure, value, unit, target) {
  const rounded = Math.round(value * 1000) / 1000;
  rows.push({
    measure,
    value: rounded,
    unit,
    target: target ?? null,
    ok: target === undefined || value <= target,
  });
}

function quantile(values, q) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * q) - 1)] ?? 0;
}

/** Notes, in the page, when a key goes down, and when that key's task is over. */
function clock() {
  window.__keys = [];
  window.__tasks = [];
  window.addEventListener(
    "keydown",
    (e) => {
      if (e.key.length !== 1 && e.key !== "Backspace") return;
      window.__keys.push(e.timeStamp);
    },
    true,
  );
  window.__drawn = [];
}

/** Notes when our marks change: an observer in the closed root, in the clock of the page. */
async function watchMarks(bench) {
  await bench.inClosedRoots((shadow) => {
    if (shadow.watched) return;
    shadow.watched = true;
    new MutationObserver(() => window.__drawn.push(performance.now())).observe(shadow, {
      childList: true,
      subtree: true,
      attributes: true,
    });
  });
}

/** Types into a box that already holds 3,000 characters; gives the page's own time per key, and key to marks. */
async function typing(session, id, withExtension) {
  const bench = await Bench.open(session, box(id));
  try {
    await bench.focus();
    await bench.paste(LONG);
    await until("the text is in", async () => (await bench.model()).length >= LONG.length);
    if (withExtension) await until("marks are drawn", async () => (await bench.marks()).length > 0);
    await bench.page.evaluate(clock);
    if (withExtension) await watchMarks(bench);
    const cdp = session.kind === "chromium" ? await bench.page.createCDPSession() : undefined;
    await cdp?.send("Performance.enable");
    const script = async () => {
      const { metrics } = await cdp.send("Performance.getMetrics");
      const of = (name) => metrics.find((m) => m.name === name)?.value ?? 0;
      return { task: of("TaskDuration"), script: of("ScriptDuration") };
    };
    // A word before the finding moves its mark with each key, as long as both stand in the first line.
    await bench.chord(["Control", "Home"]);
    const before = cdp && (await script());
    const keys = 120;
    const latencies = [];
    for (let i = 0; i < keys; i += 1) {
      const seen = withExtension ? await bench.page.evaluate(() => window.__drawn.length) : 0;
      await bench.page.keyboard.press(i % 20 < 10 ? "x" : "Backspace");
      if (withExtension) {
        const at = await until("marks follow the key", () =>
          bench.page.evaluate((n) => {
            const key = window.__keys.at(-1);
            const drawn = window.__drawn.slice(n).find((t) => t >= key);
            return drawn === undefined ? undefined : { ms: drawn - key };
          }, seen),
        );
        latencies.push(at.ms);
      }
    }
    const after = cdp && (await script());
    return {
      latencies,
      task: cdp ? ((after.task - before.task) * 1000) / keys : undefined,
      script: cdp ? ((after.script - before.script) * 1000) / keys : undefined,
    };
  } finally {
    await bench.close();
  }
}

/**
 * Click on the site's button to the open card, in milliseconds. The page does not see the click that is held: the clock
 * starts at the pointer's move before it, which adds one round trip of the driver. It ends when our element is there.
 */
async function decision(session, cold) {
  const bench = await Bench.open(session, box("mastodon-post"));
  try {
    await bench.focus();
    await bench.type("We ship Bluehawk soon");
    await until("the verdict is there", () => bench.badge());
    const button = await bench.enabledButton();
    await bench.page.evaluate(() => {
      window.addEventListener("pointermove", (e) => (window.__moved = e.timeStamp), true);
      new MutationObserver((records) => {
        if (records.some((r) => r.addedNodes.length > 0)) window.__opened ??= performance.now();
      }).observe(document.documentElement, { childList: true });
    });
    // Changed at the last moment: the click meets a text without a verdict.
    if (cold) await stopWorker(session);
    else await bench.type(" now");
    if (cold) {
      await bench.frame.evaluate(() => {
        const area = window.__boxes.post.editor();
        Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value").set.call(
          area,
          `${area.value} today`,
        );
      });
    }
    await button.click();
    await bench.openCard();
    return await bench.page.evaluate(() => window.__opened - window.__moved);
  } finally {
    await bench.close();
  }
}

async function blank(session) {
  const times = [];
  for (let i = 0; i < 8; i += 1) {
    const page = await session.browser.newPage();
    await page.goto("https://x.com/blank?blank=1", { waitUntil: "load" });
    const cdp = await page.createCDPSession();
    await cdp.send("Performance.enable");
    const { metrics } = await cdp.send("Performance.getMetrics");
    times.push((metrics.find((m) => m.name === "ScriptDuration")?.value ?? 0) * 1000);
    await page.close();
  }
  return quantile(times, 0.5);
}

async function memory(session) {
  const page = await session.browser.newPage();
  await page.goto("https://mastodon.social/home", { waitUntil: "load" });
  const cdp = await page.createCDPSession();
  await cdp.send("HeapProfiler.enable");
  await cdp.send("HeapProfiler.collectGarbage");
  const { usedSize } = await cdp.send("Runtime.getHeapUsage");
  await page.close();
  return usedSize / 1024 / 1024;
}

const fixtures = await startFixtures();
const kind = options.browser;
try {
  const policy = await compilePolicy(root);
  const bare = await launch(kind, { proxyPort: fixtures.proxyPort });
  const without = {};
  try {
    without.typing = await typing(bare, "bluesky-post", false);
    if (kind === "chromium") {
      without.blank = await blank(bare);
      without.memory = await memory(bare);
    }
  } finally {
    await bare.close();
  }
  const session = await launch(kind, { proxyPort: fixtures.proxyPort, extensionDir: options.extension });
  try {
    await importPolicy(session, policy);
    const typed = await typing(session, "bluesky-post", true);
    row(`${kind}: key to marks drawn, 3,000 characters, p50`, quantile(typed.latencies, 0.5), "ms");
    row(`${kind}: key to marks drawn, 3,000 characters, p99`, quantile(typed.latencies, 0.99), "ms", 16);
    const warm = [];
    for (let i = 0; i < 12; i += 1) warm.push(await decision(session, false));
    row(`${kind}: click to decision, warm, p99`, quantile(warm, 0.99), "ms", 30);
    if (kind === "chromium") {
      const cold = [];
      for (let i = 0; i < 6; i += 1) cold.push(await decision(session, true));
      row(`${kind}: click to decision, cold worker, p99`, quantile(cold, 0.99), "ms", 150);
      row(`${kind}: main thread per key, without the extension`, without.typing.task, "ms");
      row(`${kind}: main thread per key, with it`, typed.task, "ms");
      row(`${kind}: script added per key`, typed.script - without.typing.script, "ms", 1);
      const clear = await blank(session);
      row(
        `${kind}: script at load of a page without compose boxes, without the extension`,
        without.blank,
        "ms",
      );
      row(`${kind}: script added at load of a page without compose boxes`, clear - without.blank, "ms", 1);
      const heap = await memory(session);
      row(`${kind}: heap of a tab, without the extension`, without.memory, "MB");
      row(`${kind}: heap added in a tab`, heap - without.memory, "MB", 2);
    }
    rows.push(...(await interfaceRows(session, root)));
    if (kind === "chromium") {
      const alone = await launch(kind, { proxyPort: fixtures.proxyPort });
      try {
        const keys = async (own) => (await typing(own, "bluesky-post", true)).latencies;
        rows.push(...(await tabRows(alone, session, keys)));
      } finally {
        await alone.close();
      }
    }
  } finally {
    await session.close();
  }
} finally {
  await fixtures.close();
}
for (const r of rows)
  console.log(
    `${r.ok ? "  " : "! "}${r.measure}: ${r.value} ${r.unit}${r.target === null ? "" : ` (target ${r.target})`}`,
  );
if (options.out) await writeFile(options.out, `${JSON.stringify(rows, null, 1)}\n`);
process.exit(0);
