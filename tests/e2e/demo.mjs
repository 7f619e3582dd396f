// The main job, to be tried: node tests/e2e/demo.mjs [--headless] [--browser chromium|firefox] [--extension DIR]
//
// Without --headless a browser opens with the extension, the demonstration policy and a compose page. With it the
// demonstration drives itself: it types real drafts on several sites, prints each finding and what the gate did, and
// saves screenshots under target/demo/.
import { existsSync } from "node:fs";
import { mkdir, readFile, rm } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { startFixtures } from "./fixtures.mjs";
import { Bench, browsers, launch, until } from "./harness.mjs";
import { command, extensionPage, importPolicy } from "./policy.mjs";
import { BOXES } from "./sites.mjs";

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), "../..");
const { values: options } = parseArgs({
  options: {
    headless: { type: "boolean", default: false },
    browser: { type: "string" },
    extension: { type: "string", default: path.join(root, "dist/draftguard") },
  },
});

/** What is typed, where, and what the employee then does: post, fix (the first fix of each finding), or leave it held. */
const DRAFTS = [
  { box: "x-post", text: "Had a great weekend in the mountains. Back to work!", next: "post" },
  { box: "x-post", text: "Bluehawk ships in May, and you will love it.", next: "fix", shot: "x-code-name" },
  {
    box: "linkedin-quill",
    text: "Nobody makes better skates than Acme. I use RocketSkates every day and I love them!",
    next: "fix",
    shot: "linkedin-disclosure",
  },
  {
    box: "bluesky-post",
    text: "Globex is a scam and their boss is a crook.",
    next: "leave",
    shot: "bluesky-competitor",
    theme: "dark",
  },
  {
    box: "mastodon-post",
    text: "Customer called again: Budi Santoso, budi.santoso@gmail.com, +62 812-3456-7890",
    next: "leave",
    shot: "mastodon-personal-data",
  },
  { box: "facebook-comment", text: "Thank you! See you on Monday.", next: "post" },
  {
    box: "reddit-comment",
    text: "Our shop has moved, have a look: http://acrne.example",
    next: "leave",
    shot: "reddit-look-alike",
  },
  {
    box: "youtube-reply",
    text: "Skate Acme paling bagus, saya pakai tiap hari. Bluehawk nanti lebih keren lagi!",
    next: "leave",
    shot: "youtube-indonesian",
    language: "id",
  },
  {
    box: "discord-channel",
    text: "Data pelanggan tadi: NIK 3174012505900001",
    next: "leave",
    shot: "discord-personal-data",
    language: "id",
    theme: "dark",
  },
];

const say = (line = "") => console.log(line);

async function settings(session, change) {
  await command(session, { kind: "settings.set", change });
}

async function act(session, draft, folder, number) {
  const box = BOXES.find((b) => b.id === draft.box);
  await settings(session, { language: draft.language ?? "en", theme: draft.theme ?? "light" });
  const bench = await Bench.open(session, box, {
    before: (page) =>
      page
        .emulateMediaFeatures?.([
          { name: "prefers-color-scheme", value: draft.theme ?? "light" },
          // A picture of a card half faded in shows nothing that a person would see.
          { name: "prefers-reduced-motion", value: "reduce" },
        ])
        .catch(() => {}),
  });
  try {
    say(`\n${number}. ${box.site}, ${box.surface}: ${JSON.stringify(draft.text)}`);
    await bench.focus();
    await bench.type(draft.text);
    await bench.post();
    const outcome = await until("the post goes out or is held", async () => {
      const card = await bench.card();
      if (card) return { card };
      return (await bench.posted()).length > 0 ? { posted: true } : undefined;
    });
    if (outcome.posted) {
      await bench.settled();
      const notice = await bench.notice();
      if (notice) throw new Error(`the gate let it go and said: ${notice}`);
      say("   the gate: let it go; nothing was found");
    } else {
      outcome.card.findings.forEach((title, i) => {
        say(`   finding: ${title}${outcome.card.quotes[i] ? ` ${outcome.card.quotes[i]}` : ""}`);
      });
      say(`   the gate: held. ${outcome.card.title}`);
      if (draft.shot) await shoot(bench, folder, `${number}-${draft.shot}`);
      if (draft.next === "fix") await fix(bench, folder, `${number}-${draft.shot}`);
      else if ((await bench.posted()).length !== 0) throw new Error("a held post went out");
    }
    return outcome.posted ? "post" : "hold";
  } finally {
    await bench.close();
  }
}

async function fix(bench, folder, name) {
  const before = await bench.model();
  await bench.clickInside(".fixes button.dg-button");
  const after = await until("the fix is in the editor", async () => {
    const now = await bench.model();
    return now !== before && now;
  });
  say(`   fixed: ${JSON.stringify(after)}`);
  if (await bench.card()) {
    await bench.page.keyboard.press("Escape");
    await bench.noCard();
  }
  await bench.focus();
  await bench.post();
  const card = await until("the fixed post goes out or is held", async () => {
    if ((await bench.posted()).length > 0) return "posted";
    const held = await bench.card();
    return held;
  });
  if (card === "posted") {
    const [post] = await bench.posted();
    const notice = await bench.notice();
    if (notice) throw new Error(`the gate let it go and said: ${notice}`);
    say(`   posted, once, to the character: ${post.text === after}`);
  } else say(`   held again: ${card.findings.join(", ")}`);
  await shoot(bench, folder, `${name}-after`);
}

async function shoot(bench, folder, name) {
  const file = path.join(folder, `${name}.png`);
  await bench.page.screenshot({ path: file });
  say(`   screenshot: ${path.relative(root, file)}`);
}

function installed() {
  const found = options.browser ? [options.browser] : browsers();
  if (found.length > 0) return found[0];
  console.error(
    "no browser found: install chromium or firefox-esr (apt-get install chromium), or set CHROMIUM or FIREFOX",
  );
  process.exit(2);
}

if (!existsSync(path.join(options.extension, "manifest.json"))) {
  console.error("the extension is not built: run ./build.sh first");
  process.exit(2);
}

const kind = installed();
const fixtures = await startFixtures();
const session = await launch(kind, {
  proxyPort: fixtures.proxyPort,
  extensionDir: options.extension,
  headless: options.headless,
  size: { width: 1000, height: 760 },
});
let failed = false;
try {
  await importPolicy(
    session,
    await readFile(path.join(options.extension, "policies/demo.policy")),
    "demo.policy",
  );
  if (options.headless) {
    const folder = path.join(root, "target/demo");
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
    say(
      `Draftguard in ${await session.browser.version()}, with the demonstration policy of the fictional company Acme.`,
    );
    const seen = new Set();
    for (const [i, draft] of DRAFTS.entries()) seen.add(await act(session, draft, folder, i + 1));
    if (!seen.has("post") || !seen.has("hold"))
      throw new Error("the demonstration saw no post go out, or none held");
    say(
      `\nPosts that reached the page server: ${fixtures.received.filter((r) => r.path === "/__post").length}`,
    );
  } else {
    const page = (await session.browser.pages())[0] ?? (await session.browser.newPage());
    await page.goto("https://x.com/home");
    say(
      "A browser is open on a page that looks to the extension like X. Nothing leaves this machine. Try:\n",
    );
    for (const draft of DRAFTS.slice(0, 4)) say(`  - type: ${draft.text}`);
    say("\nthen press Post or Ctrl+Enter, and see what the card offers. Other pages that are served:\n");
    for (const url of new Set(BOXES.map((b) => b.url))) say(`  ${url}`);
    say(`\nThe extension's own pages: ${extensionPage(session, "pages/options/index.html")}`);
    say("Close the browser to end.");
    await new Promise((done) => session.browser.once("disconnected", done));
  }
} catch (error) {
  failed = true;
  console.error(error?.stack ?? error);
} finally {
  await session.close().catch(() => {});
  await fixtures.close();
}
process.exit(failed ? 1 : 0);
