// Every surface, looked at by axe: no violation in either appearance, and its keys work.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { withGallery } from "../apart.mjs";
import { until } from "../harness.mjs";
import { openSurface, STILL, SURFACES } from "../surfaces.mjs";

/** What axe finds on a page, in words. */
async function violations(page, axe) {
  await page.evaluate(axe);
  const { violations: found } = await page.evaluate(() =>
    window.axe.run(document, { resultTypes: ["violations"] }),
  );
  return found.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target}: ${failureSummary}`),
  );
}

const surface = (name) => SURFACES.find((it) => it.name === name);

/** The text of the focused element of the card. */
const focused = (page) =>
  page.evaluate(() => {
    const { activeElement } = document.querySelector("draftguard-card").shadowRoot;
    return activeElement?.getAttribute("role") ?? activeElement?.textContent ?? "";
  });

const told = (page) => page.evaluate(() => window.told.map(([what]) => what));

const looks = [
  { language: "en", theme: "light" },
  { language: "id", theme: "dark" },
].map(({ language, theme }) => ({
  id: `axe finds nothing, ${theme}, ${language}`,
  // It reads the tree and the colours, which are the same in both; each browser's own look is in `craft`.
  skip: (kind) => (kind === "firefox" && theme === "light" ? "in Chromium, and in dark in both" : undefined),
  run: (context) =>
    withGallery(context, async (session, gallery) => {
      const axe = await readFile(path.join(context.env.root, "node_modules/axe-core/axe.min.js"), "utf8");
      const found = [];
      for (const it of SURFACES) {
        const page = await openSurface(session, it, { gallery, language, theme });
        found.push(...(await violations(page, axe)).map((line) => `${it.name}: ${line}`));
        await page.close();
      }
      assert.deepEqual(found, []);
    }),
}));

export const tests = [
  ...looks,
  {
    id: "the card is worked by keys alone, and gives the focus back",
    run: (context) =>
      withGallery(context, async (session, gallery) => {
        const page = await openSurface(session, surface("card-warn"), {
          gallery,
          language: "en",
          theme: "light",
        });
        assert.equal(await focused(page), "dialog", "no button has the focus at first");
        // A key that was meant for the text presses nothing.
        await page.keyboard.press("Enter");
        await page.keyboard.press(" ");
        assert.deepEqual(await told(page), []);
        await page.keyboard.down("Shift");
        await page.keyboard.press("Tab");
        await page.keyboard.up("Shift");
        assert.equal(await focused(page), "Edit", "backwards from the start comes the last button");
        await page.keyboard.press("Tab");
        assert.equal(await page.evaluate(() => document.activeElement.localName), "draftguard-card");
        await page.keyboard.press("Escape");
        assert.deepEqual(await told(page), ["close"]);
        await page.close();
      }),
  },
  {
    id: "post anyway is not armed under a cover, nor by a script",
    run: (context) =>
      withGallery(context, async (session, gallery) => {
        const page = await openSurface(session, surface("card-warn"), {
          gallery,
          language: "en",
          theme: "light",
        });
        const rect = await page.evaluate(() => {
          const button = document
            .querySelector("draftguard-card")
            .shadowRoot.querySelector("[data-action=post-anyway]");
          button.click();
          button.dispatchEvent(new MouseEvent("click", { bubbles: true }));
          const cover = document.createElement("div");
          cover.id = "cover";
          cover.style.cssText =
            "position:fixed;inset:0;z-index:2147483647;background:#0001;pointer-events:none";
          document.documentElement.append(cover);
          const { x, y, width, height } = button.getBoundingClientRect();
          return { x: x + width / 2, y: y + height / 2 };
        });
        assert.deepEqual(await told(page), [], "a script cannot press it");
        // A cover that lets clicks through is no cover for the hit test; one that takes them keeps them.
        await page.evaluate(() => {
          document.querySelector("#cover").style.pointerEvents = "auto";
        });
        await page.mouse.click(rect.x, rect.y);
        assert.deepEqual(await told(page), []);
        await page.evaluate(() => document.querySelector("#cover").remove());
        await page.mouse.click(rect.x, rect.y);
        await until("a person can", async () => (await told(page)).includes("anyway"));
        await page.close();
      }),
  },
  {
    id: "a reason has to be given where one is asked",
    run: (context) =>
      withGallery(context, async (session, gallery) => {
        const page = await openSurface(session, surface("card-justify"), {
          gallery,
          language: "en",
          theme: "light",
        });
        const button = await page.evaluateHandle(() =>
          document.querySelector("draftguard-card").shadowRoot.querySelector("[data-action=post-anyway]"),
        );
        await button.click();
        assert.deepEqual(await told(page), []);
        const radio = await page.evaluateHandle(() =>
          document.querySelector("draftguard-card").shadowRoot.querySelector('input[value="published"]'),
        );
        await radio.click();
        await until("it is armed", () => button.evaluate((el) => !el.hasAttribute("aria-disabled")));
        await button.click();
        assert.deepEqual(await page.evaluate(() => window.told), [
          ["anyway", { code: "published", text: "" }],
        ]);
        await page.close();
      }),
  },
  {
    id: "who asked for less motion gets none",
    run: (context) =>
      withGallery(
        context,
        async (session, gallery) => {
          const page = await openSurface(session, surface("card-justify"), {
            gallery,
            language: "en",
            theme: "light",
          });
          const moving = await page.evaluate(() => {
            const { shadowRoot } = document.querySelector("draftguard-card");
            return [...shadowRoot.querySelectorAll(".dg *")]
              .filter((el) => {
                const { animationName, transitionDuration } = getComputedStyle(el);
                return animationName !== "none" || transitionDuration !== "0s";
              })
              .map((el) => el.className);
          });
          assert.deepEqual(moving, []);
          await page.close();
        },
        STILL,
      ),
  },
];
