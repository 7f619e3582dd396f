// What travels with a text: whose account, what is answered, in which language, with what attached and linked, and how
// long it may be. Read where it arrives, at the background.
import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { withBench } from "../harness.mjs";
import { overhear } from "../policy.mjs";
import { box, CLEAN, nothingPosted, postedOnce } from "../steps.mjs";

/** Types `text` in a box, and gives what was sent to be checked. */
let texts = 0;

async function said(session, bench, fits = () => true) {
  // No two tests type the same, so that each hears its own.
  texts += 1;
  const text = `${CLEAN}, for the ${texts}. time`;
  const last = await overhear(session);
  await bench.focus();
  await bench.type(text);
  return last(
    `the draft ${JSON.stringify(text)} is checked`,
    (heard) => heard.draft.parts.some((part) => part.text.includes(text)) && fits(heard),
  );
}

const context = (id, expected) => ({
  id: `${id}: ${Object.keys(expected).join(", ")}`,
  run: ({ session }) =>
    withBench(session, box(id), async (bench) => {
      const heard = await said(session, bench);
      for (const [key, value] of Object.entries(expected)) assert.equal(heard.context[key], value, key);
    }),
});

const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

/** A chunk of a picture. Its sum is not looked at. */
function chunk(type, data) {
  const out = Buffer.alloc(data.length + 12);
  out.writeUInt32BE(data.length, 0);
  out.write(type, 4, "latin1");
  data.copy(out, 8);
  return out;
}

/** The picture, longer by `filler` bytes, and then `more`. */
const blank = (filler, more = Buffer.alloc(0)) =>
  Buffer.concat([PNG.subarray(0, 33), chunk("fiLL", Buffer.alloc(filler)), more, PNG.subarray(33)]);

/** The same with its author's name behind the filler. */
const signed = (filler) => blank(filler, chunk("tEXt", Buffer.from("Author\0Mira Santoso", "latin1")));

/** Puts a file into a box in the way `how`, as the page's own events bring it. */
async function attach(bench, how, name, bytes = PNG, more = []) {
  if (how === "chosen") {
    const folder = path.join(process.cwd(), "target/e2e/files");
    await mkdir(folder, { recursive: true });
    const files = [...more, [name, bytes]].map(([own, data]) => [path.join(folder, own), data]);
    for (const [own, data] of files) await writeFile(own, data);
    await bench.frame.evaluate(() => {
      const input = document.createElement("input");
      input.type = "file";
      input.id = "choose";
      input.multiple = true;
      window.__boxes.post.editor().form.append(input);
    });
    await (await bench.frame.$("#choose")).uploadFile(...files.map(([own]) => own));
    return;
  }
  await bench.frame.evaluate(
    (type, file, bytes) => {
      const data = new DataTransfer();
      data.items.add(
        new File([Uint8Array.from(atob(bytes), (c) => c.charCodeAt(0))], file, { type: "image/png" }),
      );
      const init = { bubbles: true, cancelable: true, composed: true };
      const event =
        type === "paste"
          ? new ClipboardEvent("paste", { ...init, clipboardData: data })
          : new DragEvent("drop", { ...init, dataTransfer: data });
      window.__boxes.post.editor().dispatchEvent(event);
    },
    how === "pasted" ? "paste" : "drop",
    name,
    PNG.toString("base64"),
  );
}

const attachment = (how) => ({
  id: `a ${how} file: its name and first bytes`,
  // A page's own paste carries no files there that a content script may read; a person's does.
  skip: (kind) =>
    kind === "firefox" && how !== "chosen" && "Firefox lets no script make such an event with files",
  run: ({ session }) =>
    withBench(session, box("mastodon-post"), async (bench) => {
      const name = `Q3-board-deck-${how}.png`;
      await bench.focus();
      await attach(bench, how, name);
      const { draft } = await said(session, bench, (h) => h.draft.media.length > 0);
      const file = draft.media.find((m) => m.name === name);
      assert.ok(file, JSON.stringify(draft.media.map((m) => m.name)));
      assert.equal(file.kind, "image");
      assert.deepEqual(Buffer.from(file.bytes, "base64"), PNG);
    }),
});

export const tests = [
  context("x-post", { site: "x", surface: "post", handle: "mira_acme" }),
  context("x-reply", { surface: "reply", answering: "Does anybody know a good router?" }),
  context("mastodon-post", { site: "mastodon", handle: "mira", language: "en" }),
  context("mastodon-reply", { surface: "reply", answering: "Does anybody know a good router?" }),
  context("linkedin-comment", { site: "linkedin", surface: "comment" }),
  context("discord-channel", { site: "discord", surface: "post", audience: "group" }),
  context("youtube-community", { surface: "post", handle: "acme" }),
  attachment("chosen"),
  attachment("dropped"),
  attachment("pasted"),
  {
    id: "a post waits until its attachment is read",
    run: ({ session }) =>
      withBench(session, box("mastodon-post"), async (bench) => {
        await bench.focus();
        await bench.type(CLEAN);
        // So many and so long that they are not read before the button is pressed; what is found stands in the last.
        const many = Array.from({ length: 4 }, (_, at) => [`meadow-${at}.png`, blank(250_000)]);
        await attach(bench, "chosen", "holiday.png", signed(250_000), many);
        await bench.post();
        const card = await bench.openCard();
        assert.deepEqual(card.findings, ["Author of a picture"]);
        await nothingPosted(bench);
      }),
  },
  {
    id: "a clean attachment is judged, and the post goes once",
    run: ({ session }) =>
      withBench(session, box("mastodon-post"), async (bench) => {
        await bench.focus();
        await bench.type(CLEAN);
        const last = await overhear(session, { fresh: true });
        await attach(bench, "chosen", "meadow.png");
        await bench.post();
        await postedOnce(bench, CLEAN);
        const { draft } = await last("the picture was judged", (h) =>
          h.draft.media.some((m) => m.name === "meadow.png"),
        );
        const picture = draft.media.find((m) => m.name === "meadow.png");
        assert.deepEqual(Buffer.from(picture.bytes, "base64"), PNG);
      }),
  },
  {
    id: "a link with other words than its address",
    run: ({ session }) =>
      withBench(session, box("youtube-comment"), async (bench) => {
        await bench.focus();
        await bench.frame.evaluate(() => {
          const editor = window.__boxes.comment.editor();
          const link = document.createElement("a");
          link.href = "https://acme.example/plan";
          link.textContent = "our plan";
          editor.append("See ", link, " for it.");
          editor.dispatchEvent(new InputEvent("input", { bubbles: true }));
        });
        const last = await overhear(session);
        const { draft } = await last("the link is in the draft", (h) => h.draft.links.length > 0);
        assert.deepEqual(
          draft.links.map(({ text, href, start, end }) => ({ text, href, start, end })),
          [{ text: "our plan", href: "https://acme.example/plan", start: 4, end: 12 }],
        );
      }),
  },
  {
    id: "the limit in a server's settings counts, also where the box holds words already",
    run: ({ session }) =>
      withBench(session, box("mastodon-reply"), async (bench) => {
        await bench.frame.evaluate(() => {
          document.querySelector("script#initial-state").remove();
          const settings = document.createElement("script");
          settings.type = "application/json";
          settings.id = "initial-state";
          settings.textContent = '{"meta":{"me":"1"},"max_toot_chars":5000,"rights":"none 9"}';
          document.body.append(settings);
        });
        await bench.focus();
        await bench.type("@neighbour ");
        const heard = await said(session, bench);
        assert.equal(heard.context.limit, 5000);
      }),
  },
  {
    id: "the limit that the page shows counts: a server with a limit of its own",
    run: ({ session }) =>
      withBench(session, box("mastodon-post"), async (bench) => {
        await bench.frame.evaluate(() => {
          document.querySelector(".character-counter").textContent = "3000";
        });
        const heard = await said(session, bench);
        assert.equal(heard.context.limit, 3000);
        await nothingPosted(bench);
      }),
  },
];
