// Benchmark rows of many tabs, and of a tab in which nobody does anything. Chromium alone tells what its pages use.
import { Bench, until } from "./harness.mjs";
import { BOXES } from "./sites.mjs";

const TABS = 50;
/** How long a tab is left alone, in milliseconds. */
const IDLE = 4000;

const BOX = BOXES.find(({ id }) => id === "mastodon-post");
const RICH = BOXES.find(({ id }) => id === "bluesky-post");
const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

/** Opens as many tabs as an office day leaves behind, each with a begun draft; gives them and how to close them. */
async function openTabs(session) {
  const tabs = [];
  for (let at = 0; at < TABS; at += 1) {
    const bench = await Bench.open(session, BOX);
    await bench.focus();
    await bench.type("Good morning");
    tabs.push(bench);
  }
  return tabs;
}

/** Megabytes of the heap that a page's scripts use, ours among them. */
async function heap(bench) {
  const cdp = await bench.page.createCDPSession();
  await cdp.send("HeapProfiler.enable");
  await cdp.send("HeapProfiler.collectGarbage");
  const { usedSize } = await cdp.send("Runtime.getHeapUsage");
  await cdp.detach();
  return usedSize / 1024 / 1024;
}

/** Milliseconds a second that the main thread of a page is busy while nobody touches it. */
async function idle(bench) {
  await bench.page.bringToFront();
  const cdp = await bench.page.createCDPSession();
  await cdp.send("Performance.enable");
  const busy = async () => {
    const { metrics } = await cdp.send("Performance.getMetrics");
    return metrics.find(({ name }) => name === "ScriptDuration").value * 1000;
  };
  // The page's own start is over, and so is the check of what was typed; the one report of how the page fits its site's
  // data is sent within the first second.
  await bench.page.waitForNetworkIdle();
  await new Promise((later) => setTimeout(later, 1500));
  const before = await busy();
  await new Promise((later) => setTimeout(later, IDLE));
  const spent = (await busy()) - before;
  await cdp.detach();
  return (spent * 1000) / IDLE;
}

/** What 50 tabs cost in this browser. `keys`: measures, with them open, the milliseconds from a key to its mark. */
async function costs(session, keys) {
  const tabs = await openTabs(session);
  try {
    const last = tabs.at(-1);
    const quiet = await idle(last);
    const heaps = [];
    for (const tab of tabs) heaps.push(await heap(tab));
    return { quiet, heap: median(heaps), most: Math.max(...heaps), keys: await keys() };
  } finally {
    for (const tab of tabs) await tab.close();
  }
}

/** Script of ours in an idle tab that shows a finding: what keeps its mark at its text. */
async function shown(session, box) {
  const bench = await Bench.open(session, box);
  try {
    await bench.focus();
    await bench.type("We ship Bluehawk");
    await until("a mark is drawn", async () => (await bench.marks()).length > 0);
    return await idle(bench);
  } finally {
    await bench.close();
  }
}

/** Rows as `target/bench.json` holds them: `bare` has no extension. `keys(session)` gives milliseconds of each key. */
export async function tabRows(bare, session, keys) {
  const without = await costs(bare, () => undefined);
  const own = await costs(session, () => keys(session));
  const shownInField = await shown(session, BOX);
  const shownInEditor = await shown(session, RICH);
  const row = (measure, value, unit, target = null) => {
    const rounded = Math.round(value * 1000) / 1000;
    return {
      measure: `chromium: ${measure}`,
      value: rounded,
      unit,
      target,
      ok: target === null || value <= target,
    };
  };
  const p99 = own.keys.toSorted((a, b) => a - b)[Math.ceil(own.keys.length * 0.99) - 1];
  return [
    row("an idle tab's script, without the extension", without.quiet, "ms/s"),
    row("script added in an idle tab", Math.max(0, own.quiet - without.quiet), "ms/s", 0.1),
    row("script added in an idle tab that shows a finding, text field", shownInField - without.quiet, "ms/s"),
    row(
      "script added in an idle tab that shows a finding, rich editor",
      shownInEditor - without.quiet,
      "ms/s",
    ),
    row(`${TABS} tabs open: heap of one, without the extension`, without.heap, "MB"),
    row(`${TABS} tabs open: heap added in one`, own.heap - without.heap, "MB", 2),
    row(`${TABS} tabs open: heap added in the one that has most`, own.most - without.most, "MB", 2),
    row(`${TABS} tabs open: key to marks drawn, 3,000 characters, p99`, p99, "ms", 16),
  ];
}
