// Pages that work against the extension. Each test is one row of the table in docs/gate.md.
import assert from "node:assert/strict";
import { until, withBench } from "../harness.mjs";
import {
  BLOCK,
  box,
  CLEAN,
  dismiss,
  hold,
  holdsText,
  marked,
  NOTE,
  nothingPosted,
  on,
  postedOnce,
  WARN,
} from "../steps.mjs";

const early = (script) => (page) => page.evaluateOnNewDocument(script);

/** Runs in the page: the elements that hide a closed root of ours. */
const hosts = () =>
  [...document.querySelectorAll("*")].filter(
    (el) => el.localName.includes("draftguard") || el.localName.startsWith("dg-"),
  );

export const tests = [
  {
    id: "a scripted click on the button is held like a person's",
    run: on("x-post", async (bench) => {
      await bench.focus();
      await bench.type(WARN);
      await marked(bench, "Bluehawk");
      await bench.frame.evaluate(() => window.__boxes.inline.button().click());
      await bench.openCard();
      await nothingPosted(bench);
    }),
  },
  {
    id: "forged keys and a forged submit are held",
    run: on("mastodon-post", async (bench) => {
      await bench.focus();
      await bench.type(WARN);
      await marked(bench, "Bluehawk");
      await bench.frame.evaluate(() => {
        const area = window.__boxes.post.editor();
        for (const type of ["keydown", "keypress", "keyup"])
          area.dispatchEvent(
            new KeyboardEvent(type, {
              key: "Enter",
              code: "Enter",
              ctrlKey: true,
              bubbles: true,
              composed: true,
              cancelable: true,
            }),
          );
        area.form.dispatchEvent(new SubmitEvent("submit", { bubbles: true, cancelable: true }));
      });
      await bench.openCard();
      await nothingPosted(bench);
    }),
  },
  {
    id: "requestSubmit() is held",
    run: on("mastodon-post", async (bench) => {
      await bench.focus();
      await bench.type(WARN);
      await bench.frame.evaluate(() => window.__boxes.post.editor().form.requestSubmit());
      await bench.openCard();
      await nothingPosted(bench);
    }),
  },
  {
    id: "our host taken out of the page comes back, and the post stays held",
    run: on("x-post", async (bench) => {
      await bench.focus();
      await bench.type(WARN);
      await marked(bench, "Bluehawk");
      await bench.frame.evaluate((find) => {
        for (const el of new Function(`return (${find})()`)()) el.remove();
      }, hosts.toString());
      await bench.post();
      await bench.openCard();
      await nothingPosted(bench);
      await bench.frame.evaluate((find) => {
        for (const el of new Function(`return (${find})()`)()) el.remove();
      }, hosts.toString());
      await bench.openCard();
      await bench.clickInside("[data-action=post-anyway]");
      await postedOnce(bench, WARN);
    }),
  },
  {
    id: "a page that keeps taking our host out does not open the gate",
    run: on("x-post", async (bench) => {
      await bench.focus();
      await bench.type(WARN);
      await marked(bench, "Bluehawk");
      await bench.frame.evaluate((find) => {
        const look = new Function(`return (${find})()`);
        new MutationObserver(() => {
          for (const el of look()) el.remove();
        }).observe(document, { childList: true, subtree: true });
        document.body.append(document.createElement("i"));
      }, hosts.toString());
      await bench.post();
      await bench.post();
      await holdsText(bench, WARN);
      await nothingPosted(bench);
    }),
  },
  {
    id: "our host hidden by style sheets shows all the same",
    run: on("x-post", async (bench) => {
      await bench.frame.evaluate(() => {
        const style = document.createElement("style");
        style.textContent =
          "html > :not(head, body) { display: none !important; opacity: 0 !important; visibility: hidden !important; transform: translateX(-9999px) !important }";
        document.head.append(style);
      });
      await hold(bench);
      await bench.clickInside("[data-action=post-anyway]");
      await postedOnce(bench, WARN);
    }),
  },
  {
    id: "a card under a cover does not post",
    run: on("x-post", async (bench) => {
      await hold(bench);
      await bench.frame.evaluate(() => {
        const cover = document.createElement("div");
        cover.id = "cover";
        cover.style.cssText =
          "position:fixed;inset:0;margin:0;border:0;width:100vw;height:100vh;max-width:none;max-height:none;background:rgb(255 0 0 / 5%)";
        cover.popover = "manual";
        document.body.append(cover);
        cover.showPopover();
      });
      const spot = await until("where the button is", async () => {
        const found = await bench.inClosedRoots(
          (root) => root.querySelector("[data-action=post-anyway]")?.getBoundingClientRect().toJSON() ?? null,
        );
        return found.find(Boolean);
      });
      await bench.page.mouse.click(spot.x + spot.width / 2, spot.y + spot.height / 2);
      await holdsText(bench, WARN);
      await nothingPosted(bench);
    }),
  },
  {
    id: "the page cannot press our buttons",
    run: on("x-post", async (bench) => {
      await hold(bench);
      await bench.frame.evaluate((find) => {
        for (const el of new Function(`return (${find})()`)()) {
          el.click();
          const r = el.getBoundingClientRect();
          for (const type of ["pointerdown", "mousedown", "mouseup", "click", "keydown", "keyup"])
            el.dispatchEvent(
              new (type.startsWith("key") ? KeyboardEvent : MouseEvent)(type, {
                key: "Enter",
                clientX: r.x + 20,
                clientY: r.y + 20,
                bubbles: true,
                composed: true,
              }),
            );
        }
      }, hosts.toString());
      assert.ok(await bench.card());
      await nothingPosted(bench);
    }),
  },
  {
    id: "prototypes changed before us do not reach us",
    run: on(
      "x-post",
      async (bench) => {
        await hold(bench);
        const leaks = await bench.frame.evaluate(() => window.__leaks);
        assert.deepEqual(leaks, []);
        await bench.clickInside("[data-action=post-anyway]");
        await postedOnce(bench, WARN);
      },
      early(() => {
        window.__leaks = [];
        const attach = Element.prototype.attachShadow;
        Element.prototype.attachShadow = function (init) {
          if (init?.mode === "closed") window.__leaks.push("closed root");
          return attach.call(this, init);
        };
        const stop = Event.prototype.stopImmediatePropagation;
        Event.prototype.stopImmediatePropagation = function () {
          return this.type === "click" ? undefined : stop.call(this);
        };
        Event.prototype.preventDefault = ((original) =>
          function () {
            return this.type === "submit" ? undefined : original.call(this);
          })(Event.prototype.preventDefault);
        Object.defineProperty(Event.prototype, "isTrusted", { get: () => true });
        Document.prototype.elementFromPoint = () => document.body;
        Element.prototype.checkVisibility = () => false;
      }),
    ),
  },
  {
    id: "no finding can be read by the page",
    run: on("facebook-post", async (bench) => {
      await hold(bench, "Nightfall is near");
      const seen = await bench.frame.evaluate((find) => {
        const ours = new Function(`return (${find})()`)();
        return {
          hosts: ours.length,
          roots: ours.filter((el) => el.shadowRoot).length,
          text: ours
            .map(
              (el) =>
                el.textContent +
                el
                  .getAttributeNames()
                  .map((n) => el.getAttribute(n))
                  .join(),
            )
            .join(),
          html:
            document.documentElement.getHTML?.({ serializableShadowRoots: true }) ??
            document.documentElement.innerHTML,
          highlights: CSS.highlights ? [...CSS.highlights.keys()] : [],
          selection: String(getSelection()),
        };
      }, hosts.toString());
      assert.ok(seen.hosts > 0);
      assert.equal(seen.roots, 0);
      assert.doesNotMatch(seen.text, /secret|Nightfall/i);
      assert.doesNotMatch(seen.html, /This project is secret/);
      assert.deepEqual(seen.highlights, []);
      assert.doesNotMatch(seen.selection, /secret/i);
    }),
  },
  {
    id: "a flood of mutations neither opens the gate nor freezes the page",
    run: on("bluesky-post", async (bench) => {
      await bench.frame.evaluate(() => {
        const field = document.createElement("div");
        field.style.cssText = "position:fixed;left:0;bottom:0";
        document.body.append(field);
        window.__frames = 0;
        // About 10,000 changes a second: 170 in each frame.
        const flood = () => {
          for (let i = 0; i < 85; i += 1) {
            const el = document.createElement("span");
            el.textContent = "x";
            field.append(el);
            el.remove();
          }
          window.__frames += 1;
          requestAnimationFrame(flood);
        };
        flood();
      });
      await hold(bench);
      const frames = await bench.frame.evaluate(() => window.__frames);
      await until(
        "frames go on",
        async () => (await bench.frame.evaluate(() => window.__frames)) > frames + 10,
      );
      await bench.clickInside("[data-action=post-anyway]");
      await postedOnce(bench, WARN);
    }),
  },
  {
    id: "500 compose boxes in one page",
    run: on("mastodon-post", async (bench) => {
      await bench.frame.evaluate(() => {
        const many = document.createDocumentFragment();
        for (let i = 0; i < 500; i += 1) {
          const form = document.createElement("form");
          form.className = "compose-form";
          const area = document.createElement("textarea");
          area.className = "autosuggest-textarea__textarea";
          area.value = "Bluehawk";
          const submit = document.createElement("div");
          submit.className = "compose-form__submit";
          submit.innerHTML = '<button type="submit">Post</button>';
          form.append(area, submit);
          many.append(form);
        }
        document.body.append(many);
      });
      await bench.page.evaluate(() => scrollTo(0, 0));
      await hold(bench);
      await bench.clickInside("[data-action=post-anyway]");
      await postedOnce(bench, WARN);
    }),
  },
  {
    id: "text swapped between verdict and click is judged again",
    run: on("mastodon-post", async (bench) => {
      await bench.focus();
      await bench.type(NOTE);
      await until("the verdict is there", () => bench.badge());
      await bench.frame.evaluate((text) => {
        const area = window.__boxes.post.editor();
        const set = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value").set;
        window.addEventListener("pointermove", () => set.call(area, text), true);
        window.addEventListener("mouseover", () => set.call(area, text), true);
      }, BLOCK);
      await bench.post();
      await bench.openCard();
      await nothingPosted(bench);
    }),
  },
  {
    id: "text swapped under the open card is not released by the old verdict",
    run: on("mastodon-post", async (bench) => {
      await hold(bench);
      await bench.frame.evaluate((text) => {
        const area = window.__boxes.post.editor();
        Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value").set.call(area, text);
      }, BLOCK);
      // The silent change is seen in the next frame: the card shows the new verdict, which leaves no way to post.
      await until("the card shows the new verdict", async () =>
        (await bench.card())?.findings.includes("Secret project"),
      );
      const card = await bench.card();
      assert.ok(!card.buttons.some((label) => /post/i.test(label)), card.buttons.join(", "));
      await nothingPosted(bench);
    }),
  },
  {
    id: "a modal that traps the focus does not disarm the card",
    run: on("x-modal", async (bench) => {
      await bench.frame.evaluate(() => {
        const editor = window.__boxes.modal.editor();
        document.addEventListener("focusin", (e) => {
          if (!e.target.closest?.("[role=dialog]")) editor.focus();
        });
      });
      await hold(bench);
      await bench.clickInside("[data-action=post-anyway]");
      await postedOnce(bench, WARN);
    }),
  },
  {
    id: "marks stand right under zoom, scrolling and transformed ancestors",
    run: on("x-post", async (bench) => {
      await bench.focus();
      await bench.type(WARN);
      await marked(bench, "Bluehawk");
      for (const css of [
        "main { transform: translate(40px, 30px) }",
        "main { transform: scale(1.2); transform-origin: 0 0 }",
        "main { margin-top: 900px }",
        "html { zoom: 1.25 }",
      ]) {
        const style = await bench.page.addStyleTag({ content: css });
        await bench.frame.evaluate(() => window.__boxes.inline.editor().scrollIntoView({ block: "center" }));
        await marked(bench, "Bluehawk");
        await style.evaluate((el) => el.remove());
        await bench.frame.evaluate(() => window.__boxes.inline.editor().scrollIntoView({ block: "center" }));
      }
      await marked(bench, "Bluehawk");
    }),
  },
  ...["x-post", "mastodon-post", "reddit-comment"].map((id) => ({
    id: `a page that stood still moves: the mark goes with its text, ${id}`,
    run: on(id, async (bench) => {
      await bench.focus();
      await bench.type(WARN);
      await marked(bench, "Bluehawk");
      for (const how of ["rule", "animation", "element", "inside"]) {
        await bench.frame.evaluate(
          async (box, move) => {
            // Long enough that nothing is measured in every frame any more.
            for (let n = 0; n < 45; n += 1) await new Promise(requestAnimationFrame);
            const editor = window.__boxes[box].editor();
            const body = document.body;
            if (move === "rule") {
              // No element changes when a rule comes into a sheet.
              const sheet = new CSSStyleSheet();
              document.adoptedStyleSheets.push(sheet);
              sheet.insertRule("body { padding-left: 33px !important }");
            } else if (move === "animation") {
              body.animate([{}, { transform: "translate(21px, 17px)" }], { duration: 60, fill: "forwards" });
            } else if (move === "element") {
              body.prepend(Object.assign(document.createElement("p"), { textContent: "An advertisement" }));
            } else editor.style.setProperty("padding-top", "29px", "important");
          },
          bench.box.box,
          how,
        );
        // Sooner than the glance that a page at rest gets.
        await marked(bench, "Bluehawk", 400);
      }
    }),
  })),
  {
    id: "navigation within the page keeps the gate",
    run: on("bluesky-post", async (bench) => {
      await bench.frame.evaluate(() => history.pushState(null, "", "/profile/somebody"));
      await hold(bench);
    }),
  },
  {
    id: "back and forward keep the gate",
    run: on("mastodon-post", async (bench) => {
      await bench.page.goto("https://mastodon.social/@neighbour/1");
      // In a task of its own: the answer to this call must not be lost with the page that gives it.
      await bench.page.evaluate(() => void setTimeout(() => history.back()));
      await until("the page is back", () =>
        bench.page.mainFrame().evaluate(() => location.pathname === "/home" && window.__ready === true),
      );
      bench.frame = bench.page.mainFrame();
      await hold(bench);
      await dismiss(bench);
    }),
  },
  {
    id: "document.open() does not shake the gate off",
    run: on("mastodon-post", async (bench) => {
      await bench.frame.evaluate(() => {
        document.open();
        document.write(
          '<!doctype html><link rel=stylesheet href=/assets/page.css><body><script src="/assets/page.js"><' +
            "/script>",
        );
        document.close();
      });
      await until("the page wrote itself anew", () =>
        bench.frame.evaluate(() => window.__boxes?.post?.editor()?.isConnected === true),
      );
      await hold(bench);
    }),
  },
  {
    id: "text that no person typed tells the page nothing",
    run: on("mastodon-post", async (bench) => {
      // Twice the same, once with and once without a listed word: the page must see no difference in the gate.
      const probe = (text) =>
        bench.frame.evaluate(async (value) => {
          const area = window.__boxes.post.editor();
          Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value").set.call(area, value);
          area.dispatchEvent(new InputEvent("input", { bubbles: true }));
          const before = window.__posted.length;
          window.__boxes.post.button().click();
          await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
          return window.__posted.length - before;
        }, text);
      assert.equal(await probe(WARN), 0);
      const said = await until("it is said why", () => bench.notice());
      assert.match(said, /by itself/);
      assert.equal(await bench.card(), undefined, "nothing tells whether the text would be held");
      assert.equal(await probe(CLEAN), 0, "a clean text is held the same way");
      assert.equal(await bench.card(), undefined);
      // The person behind the page can still send.
      await bench.post();
      await postedOnce(bench, CLEAN);
    }),
  },
  {
    id: "the strictest content-security policy and Trusted Types",
    run: (context) =>
      withBench(
        context.session,
        { ...box("x-post"), url: "https://x.com/home?csp=strict" },
        async (bench) => {
          await hold(bench);
          await bench.clickInside("button", "our next release");
          await holdsText(bench, "We ship our next release in May");
          await dismiss(bench);
          await bench.post();
          await postedOnce(bench, "We ship our next release in May");
        },
      ),
  },
  {
    id: "input-method composition: its Enter is not a post",
    skip: (kind) => kind !== "chromium" && "only Chromium's protocol can compose",
    run: on("discord-channel", async (bench) => {
      await bench.focus();
      const cdp = await bench.page.createCDPSession();
      await cdp.send("Input.imeSetComposition", { text: "Bluehawk", selectionStart: 8, selectionEnd: 8 });
      await cdp.send("Input.dispatchKeyEvent", {
        type: "rawKeyDown",
        windowsVirtualKeyCode: 229,
        key: "Process",
        code: "Enter",
      });
      await cdp.send("Input.insertText", { text: "Bluehawk" });
      await until("the composed text is in", async () => (await bench.model()) === "Bluehawk");
      assert.equal(await bench.card(), undefined);
      await nothingPosted(bench);
      await bench.post();
      await bench.openCard();
      await nothingPosted(bench);
    }),
  },
  {
    id: "many attempts send nothing, and one release sends once",
    run: on("x-post", async (bench) => {
      await bench.focus();
      await bench.type(WARN);
      const button = await bench.enabledButton();
      await button.evaluate((el) => {
        for (let i = 0; i < 20; i += 1) el.click();
      });
      await bench.openCard();
      await nothingPosted(bench);
      await bench.clickInside("[data-action=post-anyway]");
      await postedOnce(bench, WARN);
      // The pass was for one post: the next attempt is judged again.
      await until("the box is empty", async () => (await bench.model()) === "");
      await bench.focus();
      await bench.type(WARN);
      await bench.post();
      await bench.openCard();
      assert.equal((await bench.posted()).length, 1);
    }),
  },
];
