// A browser of its own for one test, with a policy in force and our own pages within reach.
import { readFile } from "node:fs/promises";
import path from "node:path";
import { until } from "./harness.mjs";
import { command, extensionPage, apart as withOwnBrowser } from "./policy.mjs";
import { startGallery } from "./surfaces.mjs";

/**
 * Runs `work(session)` in a browser of its own. `policy`: the name of a shipped pack, a compiled policy, or null for
 * none. Further options go to the browser.
 */
export async function apart(context, work, { policy = "demo", language = "en", ...options } = {}) {
  const packed = () => readFile(path.join(context.env.extensionDir, `policies/${policy}.policy`));
  const bytes = typeof policy === "string" ? await packed() : policy;
  return withOwnBrowser(
    context,
    async (own) => {
      await command(own, { kind: "settings.set", change: { language } });
      return work(own);
    },
    { policy: bytes, ...options },
  );
}

/** As {@link apart}, with the page that shows the card. */
export async function withGallery(context, work, options) {
  const gallery = await startGallery(context.env.root);
  try {
    return await apart(context, (session) => work(session, gallery), options);
  } finally {
    gallery.close();
  }
}

/** Opens one of our pages and waits for `css`. */
export async function open(session, name, css) {
  const page = await session.browser.newPage();
  await page.bringToFront();
  // Firefox tells its driver only of the first page of an extension that it has loaded; the page itself is asked.
  const arrived = page.goto(extensionPage(session, `pages/${name}/index.html`));
  arrived.catch(() => {});
  if (session.kind === "chromium") await arrived;
  await appears(page, css);
  return page;
}

export const appears = (page, css) =>
  until(`${css} appears`, () => page.evaluate((it) => document.querySelector(it) !== null, css));

export const says = (page, text) =>
  until(`the page says "${text}"`, () => page.evaluate((it) => document.body.innerText.includes(it), text));

/** Presses the button with these words, as a click of the page would. */
export const press = (page, words) =>
  until(`"${words}" can be pressed`, () =>
    page.evaluate((it) => {
      const button = [...document.querySelectorAll("button")].find((el) => el.textContent.includes(it));
      button?.click();
      return button !== undefined;
    }, words),
  );
