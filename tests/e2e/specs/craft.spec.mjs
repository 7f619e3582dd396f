// The craft of every surface: 200 % zoom, a narrow popup, high contrast, print, and languages from right to left.
import assert from "node:assert/strict";
import { open, press, withGallery } from "../apart.mjs";
import { until } from "../harness.mjs";
import { openSurface, SURFACES } from "../surfaces.mjs";

const surface = (name) => SURFACES.find((it) => it.name === name);
const plain = { language: "id", theme: "light" };
/** One of each: the longest of our words are the Indonesian ones. */
const PAGES = SURFACES.filter(({ page }) => page);
const CARDS = SURFACES.filter(({ query }) => query);

/** How far what is drawn reaches beyond the sides of the window, in CSS pixels, and what does. */
const beyond = (page) =>
  page.evaluate(() => {
    const out = [];
    const look = (root) => {
      for (const el of root.querySelectorAll("*")) {
        if (el.shadowRoot) look(el.shadowRoot);
        const { left, right, width, height } = el.getBoundingClientRect();
        if (width < 2 || height < 2 || !el.checkVisibility()) continue;
        // What scrolls by itself, and what is there for screen readers only, may be wider.
        if (el.closest(".scroll, .skip, .dg-offstage, .said[data-empty]")) continue;
        if (left < -1 || right > innerWidth + 1)
          out.push(`${el.localName}.${el.className} ${left}..${right}`);
      }
    };
    look(document);
    if (document.documentElement.scrollWidth > innerWidth + 1)
      out.push(`the page is ${document.documentElement.scrollWidth} wide`);
    return out;
  });

/** Gives the window another size and waits until the page is drawn in it. */
async function resize(page, size) {
  await page.bringToFront();
  await page.setViewport(size);
  await until(`the page is ${size.width} wide`, () =>
    page.evaluate(
      (width) =>
        new Promise((done) =>
          requestAnimationFrame(() => requestAnimationFrame(() => done(innerWidth === width))),
        ),
      size.width,
    ),
  );
}

/** Turns every surface round, as a language from right to left does. */
const turn = (page) =>
  page.evaluate(() => {
    document.documentElement.dir = "rtl";
    for (const host of document.querySelectorAll("draftguard-card, draftguard-badge, draftguard-line")) {
      const shell = host.shadowRoot?.querySelector(".dg");
      if (shell) shell.dir = "rtl";
    }
  });

export const tests = [
  {
    // A window of 1000 x 760 at 200 % has the room of one of 500 x 380. Each surface is opened once for all.
    id: "at 200 %, in 320 pixels, and from right to left everything fits, the popup too",
    run: (context) =>
      withGallery(context, async (session, gallery) => {
        const found = [];
        for (const it of [...PAGES, ...CARDS]) {
          const usual = it.size ?? { width: 1000, height: 760 };
          const zoomed = { width: 500, height: 380 };
          const page = await openSurface(session, { ...it, size: zoomed }, { gallery, ...plain });
          const fits = async (where) =>
            found.push(...(await beyond(page)).map((line) => `${it.name}, ${where}: ${line}`));
          await fits("200 %");
          await resize(page, { width: 320, height: 560 });
          await fits("320 pixels");
          await resize(page, usual);
          await turn(page);
          await fits("right to left");
          if (it.name === "card-block") {
            const sides = await page.evaluate(() => {
              const root = document.querySelector("draftguard-card").shadowRoot;
              const at = (css) => root.querySelector(css).getBoundingClientRect().left;
              const { borderRightWidth, borderLeftWidth } = getComputedStyle(root.querySelector(".finding"));
              return {
                close: at("[data-look=icon]") < at("h2"),
                edge: Number.parseFloat(borderRightWidth) > Number.parseFloat(borderLeftWidth),
              };
            });
            assert.deepEqual(sides, { close: true, edge: true });
          }
          await page.close();
        }
        assert.deepEqual(found, []);
      }),
  },
  {
    id: "high contrast: cards, findings and buttons have edges, and the chosen is not told by colour alone",
    run: (context) =>
      withGallery(
        context,
        async (session, gallery) => {
          for (const name of ["card-block", "card-justify", "line-complaint", "popup-found", "options"]) {
            const page = await openSurface(session, surface(name), { gallery, ...plain });
            if (session.kind === "chromium") {
              const cdp = await page.createCDPSession();
              await cdp.send("Emulation.setEmulatedMedia", {
                features: [{ name: "forced-colors", value: "active" }],
              });
            }
            const flat = await page.evaluate(() => {
              if (!matchMedia("(forced-colors: active)").matches) return ["colours are not forced here"];
              const roots = [document];
              for (const host of document.querySelectorAll("*"))
                if (host.shadowRoot) roots.push(host.shadowRoot);
              return roots
                .flatMap((root) => [
                  ...root.querySelectorAll(
                    ".card, .finding, .line, .panel, .notice, .status, .dg-input, .dg-button:not([data-look=icon]):not([data-look=quiet]), .badge",
                  ),
                ])
                .filter((el) => el.checkVisibility())
                .filter((el) => {
                  const { borderTopWidth, borderTopStyle, borderTopColor, backgroundColor } =
                    getComputedStyle(el);
                  return (
                    borderTopStyle === "none" ||
                    Number.parseFloat(borderTopWidth) < 1 ||
                    /^rgba\(.*, 0\)$/.test(borderTopColor) ||
                    borderTopColor === backgroundColor
                  );
                })
                .map((el) => `${el.localName}.${el.className}`);
            });
            assert.deepEqual(flat, [], name);
            await page.close();
          }
        },
        { prefs: { "browser.display.document_color_use": 2, "ui.useAccessibilityTheme": 1 } },
      ),
  },
  {
    id: "the handbook on paper: no controls, every example, addresses written out",
    run: (context) =>
      withGallery(context, async (session) => {
        const page = await open(session, "handbook", ".examples");
        await page.evaluate(() => {
          window.print = () => {
            dispatchEvent(new Event("beforeprint"));
            window.asked = true;
          };
        });
        await press(page, "Print");
        assert.equal(await page.evaluate(() => window.asked), true);
        await until("every example is open", () =>
          page.evaluate(() =>
            [...document.querySelectorAll(".examples")].every(
              (el) => el.open && el.querySelector(".example") !== null,
            ),
          ),
        );
        // WebDriver cannot show a page in another medium; what the sheet says is read instead.
        if (session.kind === "chromium") {
          await page.emulateMediaType("print");
          const printed = await page.evaluate(
            () =>
              [...document.querySelectorAll(".top, .no-print")].filter((el) => el.checkVisibility()).length,
          );
          assert.equal(printed, 0);
          const after = await page.evaluate(() => {
            const link = document.querySelector('#contacts a[href^="https:"]');
            return getComputedStyle(link, "::after").content;
          });
          assert.match(after, /help\.acme\.example|\(/);
          const paper = await page.pdf({ format: "A4" });
          assert.ok(paper.length > 20_000, `${paper.length} bytes`);
        } else {
          const rules = await page.evaluate(() =>
            document.adoptedStyleSheets
              .flatMap((sheet) => [...sheet.cssRules])
              .filter((rule) => rule instanceof CSSMediaRule && rule.conditionText === "print")
              .map((rule) => rule.cssText)
              .join(),
          );
          assert.match(rules, /\.no-print[^}]*display: none/);
        }
        await page.evaluate(() => dispatchEvent(new Event("afterprint")));
        await until("the examples are closed again", () =>
          page.evaluate(() => [...document.querySelectorAll(".examples")].every((el) => !el.open)),
        );
      }),
  },
  {
    id: "the Tab key alone reaches everything that can be worked, and shows where it is",
    run: (context) =>
      withGallery(context, async (session, gallery) => {
        const wrong = [];
        // As it opens: what was typed before would leave the focus in the middle.
        for (const it of PAGES.filter(({ act }) => act === undefined)) {
          const page = await openSurface(session, it, { gallery, ...plain });
          await page.bringToFront();
          const count = await page.evaluate(() => {
            const css =
              "button:not(:disabled), a[href], input:not(:disabled), select, textarea, summary, [tabindex='0']";
            const groups = new Set();
            window.__left = new Set(
              [...document.querySelectorAll(css)].filter((el) => {
                if (!el.checkVisibility() || el.tabIndex < 0) return false;
                // Of a group of choices one is reached, and the arrow keys do the rest.
                if (el.type !== "radio") return true;
                const first = !groups.has(el.name);
                groups.add(el.name);
                return first;
              }),
            );
            window.__unseen = [];
            addEventListener("focusin", ({ target }) => {
              const group = target.type === "radio" ? target.name : undefined;
              for (const el of window.__left)
                if (el === target || (group !== undefined && el.name === group)) window.__left.delete(el);
              const { outlineStyle, boxShadow } = getComputedStyle(target);
              if (outlineStyle === "none" && boxShadow === "none") window.__unseen.push(target.outerHTML);
            });
            document.activeElement?.blur();
            return window.__left.size;
          });
          // Round once, wherever it began, past the browser's own controls.
          for (let n = 0; n < count + 4; n += 1) await page.keyboard.press("Tab");
          const { left, unseen } = await page.evaluate(() => ({
            left: [...window.__left].map((el) => el.outerHTML),
            unseen: window.__unseen,
          }));
          for (const html of left) wrong.push(`${it.name}: not reached: ${html.slice(0, 120)}`);
          for (const html of unseen) wrong.push(`${it.name}: not shown: ${html.slice(0, 120)}`);
          await page.close();
        }
        assert.deepEqual(wrong, []);
      }),
  },
];
