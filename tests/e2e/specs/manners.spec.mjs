// How the people who write are treated: who answers, approved replies, limits on interruptions, and what is remembered.
// Each flow in a browser of its own, with a policy of its own, on the page of a real editor.
import assert from "node:assert/strict";
import { apart as withPolicy } from "../apart.mjs";
import { until, withBench } from "../harness.mjs";
import { command, compilePolicy } from "../policy.mjs";
import { BOXES } from "../sites.mjs";
import { answered, holdsText, nothingPosted, postedOnce } from "../steps.mjs";

const REPLY = BOXES.find(({ id }) => id === "x-reply");
// A plain text field: what is typed at once after a post stands where it was typed.
const POST = BOXES.find(({ id }) => id === "mastodon-post");
const COMPLAINT = "Acme never answers, my order is still broken";

let compiled;

/** A browser of its own with the policy of these tests. */
async function apart(context, work) {
  compiled ??= compilePolicy(context.env.root, "tests/e2e/manners.toml");
  return withPolicy(context, work, { policy: await compiled });
}

/** The reply box of a page, under a post that says `text`. */
const answering = (session, text, work) =>
  withBench(session, REPLY, async (bench) => {
    await bench.page.evaluate((it) => {
      document.querySelector('[data-testid="tweetText"]').textContent = it;
    }, text);
    await work(bench);
  });

const lineSays = (bench, text) =>
  until(`the line says "${text}"`, async () => (await bench.line())?.includes(text));
const noLine = (bench) => until("the line is gone", async () => (await bench.line()) === undefined);

/** Types `text` into an empty box and tries to post it. */
async function attempt(bench, text) {
  await bench.focus();
  await holdsText(bench, "");
  await bench.type(text);
  await bench.post();
}

async function postAnyway(bench, count) {
  await bench.openCard();
  await bench.clickInside("[data-action=post-anyway]");
  await bench.settled(count);
  await bench.noCard();
}

const history = async (session) => (await command(session, { kind: "history.list" })).entries;

/** Waits until the newest entries of the history have these outcomes. */
const happened = (session, ...outcomes) =>
  until(`the history says ${outcomes}`, async () => {
    const entries = (await history(session)).slice(0, outcomes.length).map(({ outcome }) => outcome);
    if (entries.join() === outcomes.join()) return true;
    throw new Error(entries.join());
  });

export const tests = [
  {
    id: "a complaint names who answers before anything is typed, and goes for good when it is closed",
    run: (context) =>
      apart(context, (session) =>
        answering(session, COMPLAINT, async (bench) => {
          await bench.focus();
          await lineSays(bench, "Customer care answers complaints like this one.");
          await lineSays(bench, "Write a mail");
          // It took no focus: what is typed goes into the box, and the line goes.
          await bench.type("Hi");
          await holdsText(bench, "Hi");
          await noLine(bench);
          for (let key = 0; key < 2; key++) await bench.page.keyboard.press("Backspace");
          await holdsText(bench, "");
          await bench.page.mouse.click(5, 400);
          await bench.focus();
          await lineSays(bench, "Customer care");
          await bench.clickInside(".line [aria-label=Close]");
          await noLine(bench);
          await bench.page.mouse.click(5, 400);
          await bench.focus();
          await answered(bench);
          assert.equal(await bench.line(), undefined);
        }),
      ),
  },
  {
    id: "a crisis word of the policy names somebody else; an ordinary post names nobody",
    run: (context) =>
      apart(context, async (session) => {
        await answering(session, "There will be a flash mob at noon", async (bench) => {
          await bench.focus();
          await lineSays(bench, "Press desk answers posts about incidents like this.");
        });
        await answering(session, "Does anybody know a good router?", async (bench) => {
          await bench.focus();
          await answered(bench);
          assert.equal(await bench.line(), undefined);
        });
      }),
  },
  {
    id: "whoever may answer customers is shown the reply that fits, and nobody to ask",
    run: (context) =>
      apart(context, async (session) => {
        await command(session, { kind: "settings.set", change: { role: "care" } });
        await answering(session, COMPLAINT, async (bench) => {
          await bench.focus();
          await lineSays(bench, "An approved reply fits: Money back");
          assert.ok(!(await bench.line()).includes("Customer care"));
        });
      }),
  },
  {
    id: "an approved reply is found, filled in, written, followed, and can be had back",
    run: (context) =>
      apart(context, (session) =>
        answering(session, COMPLAINT, async (bench) => {
          await bench.focus();
          await lineSays(bench, "Approved replies (1)");
          await bench.clickInside(".line button", "Approved replies");
          const card = await bench.openCard();
          assert.equal(card.title, "Approved replies");
          const titles = async () => (await bench.inCard(".preview-title")).join();
          await until(
            "the one that fits comes first",
            async () => (await titles()) === "Money back,Service is down",
          );
          assert.deepEqual(await bench.inCard(".fits"), ["Fits this post"]);
          await bench.clickInside("input[type=search]");
          await bench.page.keyboard.type("OUTAGE");
          await until("found by its topic", async () => (await titles()) === "Service is down");
          for (let key = 0; key < 6; key++) await bench.page.keyboard.press("Backspace");
          await bench.page.keyboard.type("put right");
          await until("found by its words", async () => (await titles()) === "Money back");
          // Nothing is written while a blank is open.
          assert.equal((await bench.inCard(".preview [aria-disabled]")).length, 1);
          await bench.clickInside(".blank input");
          await bench.page.keyboard.type("@rina");
          await bench.clickInside(".preview .dg-button", "Use this reply");
          const text = "Hi @rina, sorry for the trouble! Our team will put this right for you today.";
          await holdsText(bench, text);
          await bench.noCard();
          // Fifteen words: two more are within a third, and the badge says so; five are too many.
          await bench.chord(["Control", "End"]);
          await bench.type(" Thank you so");
          await until("the badge counts the changes", async () =>
            (await bench.badge())?.label.includes("20/30\u00a0% of the approved reply changed"),
          );
          await bench.type(" very much");
          await until(
            "beyond the limit it is a finding",
            async () => (await bench.badge())?.tone === "medium",
          );
          await bench.post();
          const held = await bench.openCard();
          assert.deepEqual(held.findings, ["No longer the approved reply"]);
          assert.ok(held.text.includes("more than the 30\u00a0% that is fine"), held.text);
          await nothingPosted(bench);
          await bench.clickInside(".finding .dg-button", "Use this reply");
          await holdsText(bench, text);
          await bench.noCard();
          await bench.post();
          await postedOnce(bench, text);
        }),
      ),
  },
  {
    id: "the limit of interruptions: the last card says so, then the badge alone; stricter actions go on",
    run: (context) =>
      apart(context, (session) =>
        withBench(session, POST, async (bench) => {
          await attempt(bench, "Bluehawk one");
          assert.match((await bench.openCard()).text, /1 more reminder like this within the hour/);
          await postAnyway(bench, 1);
          await attempt(bench, "Bluehawk two");
          assert.match((await bench.openCard()).text, /The last reminder like this for an hour/);
          await postAnyway(bench, 2);
          await attempt(bench, "Bluehawk three");
          await bench.settled(3);
          assert.equal(await bench.card(), undefined);
          await happened(session, "let-go", "posted-anyway", "held", "posted-anyway", "held");
          await attempt(bench, "Our quarterly figures");
          assert.ok((await bench.openCard()).held);
          assert.equal((await bench.posted()).length, 3);
        }),
      ),
  },
  {
    id: "a warning that was answered is not asked again for the same text, another is",
    run: (context) =>
      apart(context, (session) =>
        withBench(session, POST, async (bench) => {
          await attempt(bench, "Bluehawk ships in May");
          await postAnyway(bench, 1);
          await attempt(bench, "Bluehawk ships in May");
          await bench.settled(2);
          assert.equal(await bench.card(), undefined);
          await attempt(bench, "Bluehawk ships in June");
          assert.ok((await bench.openCard()).held);
          await happened(session, "held", "posted-anyway", "held");
        }),
      ),
  },
  {
    id: "a reason is asked each time",
    run: (context) =>
      apart(context, (session) =>
        withBench(session, POST, async (bench) => {
          for (const count of [1, 2]) {
            await attempt(bench, "Our quarterly figures");
            await bench.openCard();
            await bench.clickInside("input[value=public]");
            await postAnyway(bench, count);
          }
          assert.equal((await history(session))[0].reason, "public");
        }),
      ),
  },
  {
    id: "texts are kept for those who want that, never around a concealed term, and go when they no longer do",
    run: (context) =>
      apart(context, (session) =>
        withBench(session, POST, async (bench) => {
          const texts = async () => (await history(session)).map(({ text }) => text ?? null);
          await attempt(bench, "Bluehawk one");
          await postAnyway(bench, 1);
          await happened(session, "posted-anyway", "held");
          assert.deepEqual(await texts(), [null, null]);
          await command(session, { kind: "settings.set", change: { historyText: true } });
          await until("the frame has heard of it", async () => {
            await answered(bench);
            return true;
          });
          await attempt(bench, "Bluehawk two");
          await postAnyway(bench, 2);
          await happened(session, "posted-anyway", "held", "posted-anyway", "held");
          assert.deepEqual((await texts()).slice(0, 2), ["Bluehawk two", "Bluehawk two"]);
          await attempt(bench, "Operation nightfall and Bluehawk");
          await bench.openCard();
          await happened(session, "held", "posted-anyway");
          assert.equal((await texts())[0], null);
          assert.ok(!JSON.stringify(await history(session)).includes("nightfall"));
          await command(session, { kind: "settings.set", change: { historyText: false } });
          assert.ok((await texts()).every((text) => text === null));
        }),
      ),
  },
];
