// Every surface that an employee sees, and how to open it: for the screenshots and for the accessibility tests.
import { readFile } from "node:fs/promises";
import http from "node:http";
import path from "node:path";
import { build } from "esbuild";
import { until } from "./harness.mjs";
import { command, extensionPage } from "./policy.mjs";

export const LANGUAGES = ["en", "id"];
export const THEMES = ["light", "dark"];

/** The extension's own pages: `shows` is what is there once the page has all that it needs. */
const PAGES = [
  { name: "popup", page: "popup", shows: ".status:not([aria-busy])", size: { width: 372, height: 600 } },
  {
    name: "popup-found",
    page: "popup",
    shows: ".status:not([aria-busy])",
    size: { width: 372, height: 600 },
    act: async (page) => {
      await page.type("textarea", "Globex is a scam! Bluehawk ships in May, ask budi.santoso@gmail.com");
      await appears(page, ".finding");
    },
  },
  { name: "options", page: "options", shows: "#policies li" },
  { name: "handbook", page: "handbook", shows: ".book-section" },
  {
    name: "handbook-search",
    page: "handbook",
    shows: ".book-section",
    act: async (page, language) => {
      await page.type('input[type="search"]', language === "id" ? "nama sandi" : "code name");
      await appears(page, ".book-section");
    },
  },
  { name: "practice", page: "practice", shows: ".finding" },
  {
    name: "practice-open",
    page: "practice",
    shows: ".situation",
    act: async (page) => {
      await page.click(".situation");
      await appears(page, ".finding, .notice");
    },
  },
  { name: "safety", page: "safety", shows: ".checklist" },
  {
    name: "safety-account",
    page: "safety",
    shows: ".checklist",
    act: async (page) => {
      await page.type("#account-name", "@acme.budi");
      await page.click("#account-add");
      await appears(page, ".account");
      await page.click(".account input");
    },
  },
  { name: "taken-over", page: "safety", anchor: "taken-over", shows: ".playbook" },
  { name: "history-empty", page: "history", shows: ".panel ~ .history-empty" },
  {
    name: "history",
    page: "history",
    shows: ".panel ~ .panel table",
    before: (session) => remember(session),
  },
  { name: "welcome", page: "welcome", shows: ".step" },
  {
    name: "welcome-try",
    page: "welcome",
    shows: ".step",
    act: async (page) => {
      await page.click(".next");
      await page.click(".next");
      await appears(page, ".finding");
    },
  },
];

/** The card, in a page of ours that stands for somebody else's. */
const CARDS = [
  { name: "card-block", query: "report=block" },
  { name: "card-warn", query: "report=warn" },
  { name: "card-reply", query: "report=reply" },
  { name: "card-justify", query: "report=justify" },
  { name: "card-approve", query: "report=approve" },
  { name: "card-concealed", query: "report=concealed" },
  { name: "card-copy", query: "report=block&write=no" },
  { name: "card-on-demand", query: "report=warn&held=no" },
  { name: "card-hostile", query: "report=hostile" },
  { name: "card-many", query: "report=many" },
  { name: "card-clear", query: "report=clear" },
  { name: "card-replies", query: "report=clear&held=no&replies=first" },
  { name: "card-replies-below", query: "report=reply&replies=below" },
  { name: "card-near", query: "report=near&held=no" },
  { name: "card-over", query: "report=over" },
  { name: "card-last", query: "report=warn&left=0" },
  { name: "line-complaint", query: "report=clear&line=complaint" },
  { name: "line-crisis", query: "report=clear&line=crisis" },
  { name: "line-reply", query: "report=clear&line=reply" },
  { name: "line-narrow", query: "report=clear&line=complaint", size: { width: 320, height: 560 } },
  { name: "card-narrow", query: "report=block", size: { width: 390, height: 740 } },
];

/** All surfaces, in the order of a tour. */
export const SURFACES = [
  ...CARDS.map((card) => ({ ...card, open: openCard })),
  ...PAGES.map((page) => ({ ...page, open: openPage })),
];

/** What a browser is started with where pictures are taken or measured: nothing fades in. */
export const STILL = {
  args: ["--force-prefers-reduced-motion"],
  prefs: { "ui.prefersReducedMotion": 1 },
};

/** Serves the page that shows the card alone; gives its address and how to stop. */
export async function startGallery(root) {
  const bundle = await build({
    entryPoints: [path.join(root, "tests/ui/gallery.ts")],
    bundle: true,
    format: "esm",
    write: false,
    jsx: "automatic",
    jsxImportSource: "preact",
    logLevel: "warning",
  });
  const files = {
    "/gallery.html": ["text/html", await readFile(path.join(root, "tests/ui/gallery.html"))],
    "/gallery.js": ["text/javascript", bundle.outputFiles[0].contents],
  };
  const server = http.createServer((request, response) => {
    const [type, body] = files[new URL(request.url, "http://gallery").pathname] ?? [];
    if (!body) return response.writeHead(404).end();
    response.writeHead(200, { "content-type": `${type}; charset=utf-8` }).end(body);
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  return {
    url: `http://127.0.0.1:${server.address().port}/gallery.html`,
    close: () => server.close(),
  };
}

/**
 * Opens a surface in a page of its own, in a language and a theme, and waits until it is complete.
 * The caller closes the page.
 */
export async function openSurface(session, surface, { gallery, language, theme }) {
  await surface.before?.(session);
  const page = await session.browser.newPage();
  const errors = [];
  page.on("pageerror", (error) => errors.push(String(error?.message ?? error)));
  await page.setViewport(surface.size ?? { width: 1000, height: 760 });
  await surface.open({ session, surface, page, gallery, language, theme });
  await surface.act?.(page, language);
  // What moves has come to rest, and the buttons that arm have armed.
  await until(`${surface.name} is at rest`, () =>
    page.evaluate(() => {
      const inside = document.querySelector("draftguard-card")?.shadowRoot?.getAnimations() ?? [];
      return [...document.getAnimations(), ...inside].every(({ playState }) => playState !== "running");
    }),
  );
  if (errors.length > 0) throw new Error(`${surface.name}: ${errors.join("; ")}`);
  return page;
}

const appears = (page, selector) =>
  until(`${selector} appears`, () => page.evaluate((css) => document.querySelector(css) !== null, selector));

async function openCard({ surface, page, gallery, language, theme }) {
  await page.goto(`${gallery.url}?${surface.query}&language=${language}&theme=${theme}`);
  await page.waitForFunction(() => window.ready === true);
  await until("the card is armed", () =>
    page.evaluate(() => {
      const root = document.querySelector("draftguard-card").shadowRoot;
      const button = root?.querySelector("[data-action=post-anyway]");
      return !button || root.querySelector(".reasons") !== null || !button.hasAttribute("aria-disabled");
    }),
  );
}

async function openPage({ session, surface, page, language, theme }) {
  await command(session, { kind: "settings.set", change: { language, theme } });
  // Pages in the background draw no frames, and waiting for a selector counts frames.
  await page.bringToFront();
  const anchor = surface.anchor ? `#${surface.anchor}` : "";
  // Firefox tells its driver only of the first page of an extension that it has loaded; the page itself is asked.
  const arrived = page.goto(extensionPage(session, `pages/${surface.page}/index.html${anchor}`));
  arrived.catch(() => {});
  if (session.kind === "chromium") await arrived;
  await appears(page, surface.shows);
  await until("the page is in its language", () =>
    page.evaluate((wanted) => document.documentElement.lang === wanted, language),
  );
}

/** Some history, as the content script reports it. */
async function remember(session) {
  const { entries } = await command(session, { kind: "history.list" });
  if (entries.length > 0) return;
  const events = [
    { rules: ["acme.codenames"], outcome: "held" },
    { rules: ["acme.codenames"], outcome: "fixed" },
    { rules: ["core.fact-question", "core.insult"], outcome: "posted-anyway", reason: "public" },
    { rules: ["core.source-credit"], outcome: "let-go" },
    { rules: ["core.contact-data"], outcome: "false-positive" },
  ];
  for (const event of events)
    await command(session, { kind: "event.record", event: { site: "linkedin", ...event } });
}
