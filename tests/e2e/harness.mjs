// Drives real Chromium and real Firefox with the unpacked extension. Waits are always for a condition, never for a time.
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import puppeteer from "puppeteer-core";

/** A condition that has not come true in this time is a failure, in milliseconds. */
export const PATIENCE = Number(process.env.DRAFTGUARD_TEST_PATIENCE ?? 15_000);

// Branded Chrome and Edge refuse unpacked extensions from the command line, so only Chromium is looked for.
export const CHROMIUM =
  process.env.CHROMIUM ?? firstOf(["/usr/bin/chromium", "/usr/bin/chromium-browser", "/snap/bin/chromium"]);
export const FIREFOX = process.env.FIREFOX ?? firstOf(["/usr/bin/firefox-esr", "/usr/bin/firefox"]);

function firstOf(paths) {
  return paths.find((p) => existsSync(p));
}

/** The browsers that are installed here. */
export function browsers() {
  return [CHROMIUM && "chromium", FIREFOX && "firefox"].filter(Boolean);
}

// Firefox makes a host name for each add-on at random; a known one lets the tests open the extension's pages.
export const GECKO_ID = "draftguard@draftguard.example";
const FIREFOX_UUID = "5d1f0f1c-2a52-4f0e-9c55-6d7261667467";

/** Starts one browser with a profile of its own. kind: "chromium" or "firefox". */
export async function launch(
  kind,
  {
    proxyPort,
    extensionDir,
    headless = true,
    args = [],
    prefs = {},
    size = { width: 1100, height: 820 },
    executable = kind === "chromium" ? CHROMIUM : FIREFOX,
    without = [],
  },
) {
  const profile = await mkdtemp(path.join(os.tmpdir(), `draftguard-${kind}-`));
  const options =
    kind === "chromium"
      ? {
          executablePath: executable,
          ignoreDefaultArgs: without,
          pipe: true,
          enableExtensions: true,
          args: [
            "--no-sandbox",
            `--proxy-server=http://127.0.0.1:${proxyPort}`,
            "--disable-renderer-backgrounding",
            "--disable-backgrounding-occluded-windows",
            "--lang=en-US",
            ...args,
          ],
        }
      : {
          browser: "firefox",
          executablePath: executable,
          // Only so are the extension's own pages within reach.
          args: ["--remote-allow-system-access", ...args],
          extraPrefsFirefox: {
            "network.proxy.type": 1,
            "network.proxy.ssl": "127.0.0.1",
            "network.proxy.ssl_port": proxyPort,
            "extensions.background.idle.timeout": 30_000,
            "extensions.webextensions.uuids": JSON.stringify({ [GECKO_ID]: FIREFOX_UUID }),
            "intl.accept_languages": "en-US, en",
            "intl.locale.requested": "en-US",
            "toolkit.cosmeticAnimations.enabled": false,
            ...prefs,
          },
        };
  const browser = await puppeteer.launch({
    headless,
    acceptInsecureCerts: true,
    userDataDir: profile,
    defaultViewport: headless ? size : null,
    ...options,
  });
  const extensionId = extensionDir ? await browser.installExtension(extensionDir) : undefined;
  return {
    kind,
    browser,
    extensionId,
    uuid: FIREFOX_UUID,
    async close() {
      await browser.close();
      await rm(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** Answers once `probe` gives a truthy value, and gives it; says what it last saw when it never does. */
export async function until(what, probe, patience = PATIENCE) {
  const end = Date.now() + patience;
  let last;
  for (;;) {
    try {
      last = await probe();
      if (last) return last;
    } catch (error) {
      last = error;
    }
    if (Date.now() > end) {
      const seen = last instanceof Error ? last.message : JSON.stringify(last);
      throw new Error(`waited in vain: ${what} (last seen: ${seen})`);
    }
    await new Promise((next) => setTimeout(next, 15));
  }
}

/** A page of a fixture with one compose box: everything a scenario does goes through here. */
export class Bench {
  constructor(session, page, box) {
    this.session = session;
    this.page = page;
    this.box = box;
    this.frame = page.mainFrame();
    this.errors = [];
    page.on("pageerror", (error) => this.errors.push(String(error?.message ?? error)));
    page.on("dialog", (dialog) => dialog.accept().catch(() => {}));
  }

  static async open(session, box, { before } = {}) {
    const page = await session.browser.newPage();
    const bench = new Bench(session, page, box);
    await before?.(page);
    await page.goto(box.url, { waitUntil: "load" });
    if (box.frame) {
      const element = await page.waitForSelector(box.frame);
      bench.frame = await element.contentFrame();
    }
    await until("the fixture page is ready", () => bench.frame.evaluate(() => window.__ready === true));
    return bench;
  }

  async close() {
    if (!this.page.isClosed()) await this.page.close({ runBeforeUnload: false });
  }

  /** Handle of the editor, its button, or another element that the box names. */
  async part(name = "editor") {
    const handle = await this.frame.evaluateHandle(
      (box, part) => window.__boxes[box][part]?.() ?? null,
      this.box.box,
      name,
    );
    return handle.asElement();
  }

  async button() {
    return until("the site's button is there", () => this.part("button"));
  }

  model() {
    return this.frame.evaluate((box) => window.__model(box), this.box.box);
  }

  dom() {
    return this.frame.evaluate((box) => window.__dom(box), this.box.box);
  }

  posted() {
    return this.frame.evaluate(() => window.__posted.map((p) => ({ ...p })));
  }

  events() {
    return this.frame.evaluate(() => window.__events.map((e) => ({ ...e })));
  }

  async focus() {
    const editor = await this.part();
    await editor.click();
    await until("the editor has the focus", () =>
      editor.evaluate((el) => {
        const active = el.getRootNode().activeElement;
        return active === el || el.contains(active);
      }),
    );
  }

  /** Types as a person: one key at a time; "\n" is the box's own way to break a line. */
  async type(text) {
    const lines = text.split("\n");
    for (const [i, line] of lines.entries()) {
      if (i > 0) await this.chord(this.box.newline);
      await this.page.keyboard.type(line);
    }
  }

  async chord(keys) {
    // WebDriver's "Enter" is the one of the number pad; its "Return" is the key that people press.
    const last = this.session.kind === "firefox" && keys.at(-1) === "Enter" ? "\uE006" : keys.at(-1);
    for (const key of keys.slice(0, -1)) await this.page.keyboard.down(key);
    await this.page.keyboard.press(last);
    for (const key of keys.slice(0, -1).reverse()) await this.page.keyboard.up(key);
  }

  /** Puts text on the clipboard by a real copy, then pastes it with the keyboard. */
  async paste(text) {
    await this.#copy(text);
    await this.focus();
    await this.chord(["Control", "v"]);
  }

  /** Pastes where the caret stands, instead of the selection. */
  async pasteHere(text) {
    const editor = await this.part();
    await editor.evaluate((el) => {
      window.__caret =
        "selectionStart" in el
          ? [el.selectionStart, el.selectionEnd]
          : (({ anchorNode, anchorOffset, focusNode, focusOffset }) => [
              anchorNode,
              anchorOffset,
              focusNode,
              focusOffset,
            ])(el.getRootNode().getSelection?.() ?? getSelection());
    });
    await this.#copy(text);
    await editor.evaluate((el) => {
      el.focus();
      if ("selectionStart" in el) el.setSelectionRange(...window.__caret);
      else if (window.__caret[0])
        (el.getRootNode().getSelection?.() ?? getSelection()).setBaseAndExtent(...window.__caret);
    });
    await this.page.evaluate(
      () => new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next))),
    );
    await this.chord(["Control", "v"]);
  }

  async #copy(text) {
    await this.frame.evaluate((value) => {
      const area = document.createElement("textarea");
      area.id = "clipboard-source";
      area.value = value;
      area.style.cssText = "position:fixed;left:0;bottom:0;width:40px;height:20px;min-height:0;z-index:99";
      (document.querySelector("dialog[open]") ?? document.body).append(area);
      area.focus();
      area.select();
    }, text);
    await this.chord(["Control", "c"]);
    await this.frame.evaluate(() => document.querySelector("#clipboard-source").remove());
  }

  async undo() {
    await this.chord(["Control", "z"]);
  }

  /** Tries to post, in one of the box's ways. */
  async post(way = this.box.ways[0]) {
    if (way.how === "click") return (await this.enabledButton()).click();
    if (way.how === "button-key") {
      const button = await this.enabledButton();
      await button.focus();
    }
    return this.chord(way.keys);
  }

  async enabledButton() {
    const button = await this.button();
    await until("the site's button is enabled", () =>
      button.evaluate((el) => !el.disabled && el.getAttribute("aria-disabled") !== "true"),
    );
    return button;
  }

  /** Waits until the page has sent `count` posts and the server has answered them all. */
  settled(count = 1) {
    return until(`${count} post(s) are sent and answered`, () =>
      this.frame.evaluate(
        (n) => window.__posted.length >= n && window.__answered === window.__posted.length,
        count,
      ),
    );
  }

  // --- what the extension shows, in its closed shadow roots --------------------------------------------------------

  /** Runs `fn(root, ...args)` in the page for every closed shadow root; gives the list of results. */
  async inClosedRoots(fn, ...args) {
    return this.session.kind === "chromium" ? this.#closedChromium(fn, args) : this.#closedFirefox(fn, args);
  }

  async #closedChromium(fn, args) {
    this.cdp ??= await this.page.createCDPSession();
    const { root } = await this.cdp.send("DOM.getDocument", { depth: -1, pierce: true });
    const roots = [];
    const walk = (node) => {
      for (const shadow of node.shadowRoots ?? []) {
        if (shadow.shadowRootType === "closed") roots.push(shadow);
        walk(shadow);
      }
      for (const child of node.children ?? []) walk(child);
      if (node.contentDocument) walk(node.contentDocument);
    };
    walk(root);
    const out = [];
    for (const { backendNodeId } of roots) {
      const { object } = await this.cdp.send("DOM.resolveNode", { backendNodeId });
      const { result, exceptionDetails } = await this.cdp.send("Runtime.callFunctionOn", {
        objectId: object.objectId,
        functionDeclaration: `function(...args) { return (${fn})(this, ...args) }`,
        arguments: args.map((value) => ({ value })),
        returnByValue: true,
      });
      if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
      out.push(result.value);
    }
    return out;
  }

  async #closedFirefox(fn, args) {
    const out = [];
    for (const frame of this.page.frames()) {
      const context = frame._id;
      const send = (method, params) => this.session.browser.connection.send(method, params);
      const { result } = await send("script.callFunction", {
        functionDeclaration: `() => {
          const found = [];
          const walk = (root) => { for (const el of root.querySelectorAll("*")) { found.push(el); if (el.shadowRoot) walk(el.shadowRoot); } };
          walk(document);
          return found.filter((el) => el.localName.includes("-") && !el.shadowRoot);
        }`,
        awaitPromise: false,
        target: { context },
        serializationOptions: { maxDomDepth: 0, includeShadowTree: "all" },
      });
      for (const host of result.result?.value ?? []) {
        const shadow = host.value?.shadowRoot;
        if (shadow?.value?.mode !== "closed") continue;
        const answer = await send("script.callFunction", {
          functionDeclaration: `function(root, json) { return JSON.stringify((${fn})(root, ...JSON.parse(json)) ?? null) }`,
          awaitPromise: false,
          target: { context },
          arguments: [{ sharedId: shadow.sharedId }, { type: "string", value: JSON.stringify(args) }],
        });
        if (answer.result.type === "exception") throw new Error(answer.result.exceptionDetails.text);
        out.push(JSON.parse(answer.result.result.value));
      }
    }
    return out;
  }

  /** The words of the notice near a compose box, or undefined. */
  async notice() {
    const found = await this.inClosedRoots((root) => root.querySelector(".notice")?.textContent ?? null);
    return found.find(Boolean);
  }

  /** The open card: { title, text, buttons, held, focus }, or undefined. */
  async card() {
    const found = await this.inClosedRoots((root) => {
      const card = root.querySelector(".card[role=dialog]");
      if (!card || card.getBoundingClientRect().height === 0) return null;
      return {
        title: card.querySelector("h2")?.textContent ?? "",
        text: card.innerText,
        held: card.getAttribute("aria-modal") === "true",
        findings: [...card.querySelectorAll(".finding h3")].map((el) => el.textContent),
        quotes: [...card.querySelectorAll(".finding .quote")].map((el) => el.textContent),
        buttons: [...card.querySelectorAll("button")].map(
          (el) => el.textContent || el.getAttribute("aria-label"),
        ),
        said: card.querySelector(".said")?.textContent ?? "",
        focus: root.activeElement !== null,
      };
    });
    return found.find(Boolean);
  }

  /** The text of the quiet line beside the box, or undefined. */
  async line() {
    const found = await this.inClosedRoots((root) => root.querySelector(".line")?.innerText ?? null);
    return found.find(Boolean);
  }

  /** The texts of what `css` finds in the card. */
  async inCard(css) {
    const found = await this.inClosedRoots(
      (root, selector) => [...root.querySelectorAll(`.card ${selector}`)].map((el) => el.textContent),
      css,
    );
    return found.flat();
  }

  /** The badge beside the box: { tone, label }, or undefined. */
  async badge() {
    const found = await this.inClosedRoots((root) => {
      const badge = root.querySelector(".badge");
      return badge && { tone: badge.dataset.tone, label: badge.getAttribute("aria-label") };
    });
    return found.find(Boolean);
  }

  /** The marks drawn over the text, as boxes in the viewport of the editor's frame. */
  async marks() {
    const found = await this.inClosedRoots((root) =>
      [...root.querySelectorAll("[data-mark], .mark-box")]
        .map((el) => el.getBoundingClientRect())
        .filter((r) => r.width > 0 && r.height > 0)
        .map(({ left, top, width, height }) => ({ left, top, width, height })),
    );
    return found.flat();
  }

  openCard(patience) {
    return until("the card opens", () => this.card(), patience);
  }

  noCard() {
    return until("the card is gone", async () => !(await this.card()));
  }

  /** Clicks, with the mouse, the first visible element of our closed roots that fits. */
  async clickInside(selector, text) {
    const rect = await until(`"${text ?? selector}" can be clicked in the card`, async () => {
      const found = await this.inClosedRoots(
        (root, css, label) => {
          for (const el of root.querySelectorAll(css)) {
            if (label && !(el.textContent ?? "").includes(label)) continue;
            const r = el.getBoundingClientRect();
            if (r.width > 0 && r.height > 0 && !el.disabled && el.getAttribute("aria-disabled") !== "true") {
              return { x: r.x + r.width / 2, y: r.y + r.height / 2 };
            }
          }
          return null;
        },
        selector,
        text ?? null,
      );
      return found.find(Boolean);
    });
    let { x, y } = rect;
    if (this.box.frame) {
      const outer = await this.page.$eval(this.box.frame, (el) => {
        const r = el.getBoundingClientRect();
        return { x: r.x + el.clientLeft, y: r.y + el.clientTop };
      });
      x += outer.x;
      y += outer.y;
    }
    await this.page.mouse.click(x, y);
  }
}

/** Stops the extension's background as the browser does when it idles. Chromium only. */
export async function stopWorker(session) {
  const target = session.browser
    .targets()
    .find((t) => t.type() === "service_worker" && t.url().startsWith("chrome-extension://"));
  if (!target) return false;
  const worker = await target.worker();
  await worker.close().catch((error) => {
    // It ended between being told to and being let go: it is stopped, which is what was asked.
    if (!/No session with given id/.test(error.message)) throw error;
  });
  return true;
}

/** Opens the box's page, runs `work(bench)`, closes the page whatever happens. */
export async function withBench(session, box, work, options) {
  const bench = await Bench.open(session, box, options);
  try {
    return await work(bench);
  } finally {
    await bench.close();
  }
}
