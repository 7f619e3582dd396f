// Benchmark rows of what an employee waits for: the card, and the popup.
import { until } from "./harness.mjs";
import { command, extensionPage } from "./policy.mjs";
import { startGallery } from "./surfaces.mjs";

/** Times that each thing is opened: enough that one hiccup of the machine is no median. */
const RUNS = 15;

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
const row = (measure, values, target) => {
  const value = Math.round(median(values) * 10) / 10;
  return { measure, value, unit: "ms", target, ok: value <= target };
};

/** Rows as `target/bench.json` holds them. The session has the extension and a policy. */
export async function interfaceRows(session, root) {
  const gallery = await startGallery(root);
  try {
    return [...(await cardRows(session, gallery)), ...(await popupRows(session))];
  } finally {
    gallery.close();
  }
}

/** From the call that opens the card to its place in the page, three findings in it; styles and scripts are cold. */
async function cardRows(session, gallery) {
  const opened = [];
  for (let run = 0; run < RUNS; run++) {
    const page = await session.browser.newPage();
    await page.goto(`${gallery.url}?report=block`);
    opened.push(await until("the card is open", () => page.evaluate(() => window.opened)));
    await page.close();
  }
  return [row(`card opens (${session.kind})`, opened, 50)];
}

/** From the start of the navigation, the background awake, until the popup can be used and until it knows all. */
async function popupRows(session) {
  const usable = [];
  const complete = [];
  for (let run = 0; run < RUNS; run++) {
    await command(session, { kind: "settings.get" });
    const page = await session.browser.newPage();
    const arrived = page.goto(extensionPage(session, "pages/popup/index.html"));
    arrived.catch(() => {});
    const times = await until("the popup is complete", () =>
      page.evaluate(() => {
        const at = (name) => performance.getEntriesByName(name)[0]?.startTime;
        const complete = at("draftguard-complete");
        return complete === undefined ? undefined : { usable: at("draftguard-usable"), complete };
      }),
    );
    usable.push(times.usable);
    complete.push(times.complete);
    await page.close();
  }
  return [
    row(`popup can be used (${session.kind})`, usable, 150),
    row(`popup shows its state (${session.kind})`, complete, 300),
  ];
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  const { readFile } = await import("node:fs/promises");
  const { fileURLToPath } = await import("node:url");
  const { startFixtures } = await import("./fixtures.mjs");
  const { launch } = await import("./harness.mjs");
  const { importPolicy } = await import("./policy.mjs");
  const root = fileURLToPath(new URL("../..", import.meta.url));
  const extensionDir = process.argv[2] ?? `${root}/dist/draftguard`;
  for (const kind of ["chromium", "firefox"]) {
    const fixtures = await startFixtures();
    const session = await launch(kind, { proxyPort: fixtures.proxyPort, extensionDir });
    try {
      await importPolicy(session, await readFile(`${extensionDir}/policies/demo.policy`), "demo.policy");
      for (const it of await interfaceRows(session, root)) console.log(JSON.stringify(it));
    } finally {
      await session.close();
      await fixtures.close();
    }
  }
}
