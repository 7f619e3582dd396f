// What the interface decides by itself: which fixes go together, where the card stands, what may be a link.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import path from "node:path";
import test from "node:test";
import fc from "fast-check";
import { load, root } from "./load.mjs";

const { compatible, grouped, safeEdits } = await load("extension/ui/card/fixes.ts");
const { matching } = await load("extension/ui/card/replies.tsx");
const { nearing } = await load("extension/ui/card/reply.tsx");
const { place, WIDTH } = await load("extension/ui/card/place.ts");
const { mailLink, safeLink } = await load("extension/ui/link.ts");
const { acknowledge, changesSince } = await load("extension/pages/handbook/acknowledge.ts");
const { search } = await load("extension/pages/handbook/search.ts");
const { browserAge } = await load("extension/pages/safety/browser-age.ts");
const { siteOf, SITES } = await load("extension/shared/sites.ts");
const { fromBase64, toBase64 } = await load("extension/shared/protocol.ts");

const replace = (start, end, text = "x") => ({ kind: "replace", part: "body", start, end, text });
const insert = (at, text = "x") => ({ kind: "insert", part: "body", at, text });
const finding = (over) => ({ rule: "r", part: "body", start: 0, end: 1, text: "a", fixes: [], ...over });

test("edits are written from the end, and none into another", () => {
  assert.deepEqual(compatible([replace(0, 5), insert(9), replace(3, 8), replace(5, 9)]), [
    insert(9),
    replace(5, 9),
    replace(0, 5),
  ]);
  assert.deepEqual(compatible([insert(4, "a"), insert(4, "b")]), [insert(4, "a")]);
});

test("no two edits that go together touch the same text", () => {
  const edit = fc
    .tuple(fc.nat(30), fc.nat(10))
    .map(([start, length]) => (length === 0 ? insert(start) : replace(start, start + length)));
  fc.assert(
    fc.property(fc.array(edit, { maxLength: 12 }), (edits) => {
      const taken = compatible(edits).map((it) =>
        it.kind === "insert" ? [it.at, it.at] : [it.start, it.end],
      );
      for (let i = 1; i < taken.length; i++) assert.ok(taken[i][1] <= taken[i - 1][0], JSON.stringify(taken));
      assert.equal(taken.length > 0, edits.length > 0);
    }),
  );
});

test("fix all never takes words out", () => {
  const remove = { kind: "remove", part: "body", start: 0, end: 4 };
  assert.deepEqual(safeEdits([finding({ fixes: [remove, replace(0, 4)] })]), []);
  assert.deepEqual(safeEdits([finding({ fixes: [replace(0, 4)] }), finding({ fixes: [insert(9)] })]), [
    insert(9),
    replace(0, 4),
  ]);
});

test("the same word in several places is one thing to look at", () => {
  const groups = grouped([
    finding({ text: "Bluehawk" }),
    finding({ text: "bluehawk", start: 9 }),
    finding({ text: "", concealed: true, start: 20 }),
    finding({ text: "", concealed: true, start: 30 }),
  ]);
  assert.deepEqual(
    groups.map(({ all }) => all.length),
    [2, 1, 1],
  );
});

test("one remark is one thing to look at, whatever is wrong with its tone", () => {
  const tone = (rule, start, end, action = "warn") => finding({ kind: "tone", rule, start, end, action });
  const shape = (findings) =>
    grouped(findings).map(({ finding, also }) => [finding.rule, also.map((f) => f.rule)]);
  assert.deepEqual(
    shape([
      tone("competitor", 0, 16),
      tone("accusation", 7, 16),
      tone("insult", 20, 30),
      tone("insult", 12, 16),
    ]),
    [
      ["competitor", ["accusation", "insult"]],
      ["insult", []],
    ],
  );
  // What is asked for more strictly is never folded away, nor is what another kind found.
  assert.equal(grouped([tone("insult", 0, 9), tone("threat", 2, 9, "block")]).length, 2);
  assert.equal(
    grouped([tone("insult", 0, 9), finding({ kind: "terms", rule: "names", start: 2, end: 9 })]).length,
    2,
  );
});

test("the card stays inside the viewport, whatever it stands beside", () => {
  const box = fc.record({
    left: fc.integer({ min: -500, max: 2500 }),
    top: fc.integer({ min: -2000, max: 3000 }),
    width: fc.nat(1500),
    height: fc.nat(2500),
  });
  fc.assert(
    fc.property(
      box,
      fc.integer({ min: 40, max: 3000 }),
      fc.integer({ min: 320, max: 2560 }),
      fc.integer({ min: 240, max: 1600 }),
      (at, height, width, tall) => {
        const anchor = { left: at.left, top: at.top, right: at.left + at.width, bottom: at.top + at.height };
        const to = place(anchor, height, { width, height: tall });
        const used = Math.min(height, to.maxHeight);
        assert.ok(to.left >= 0 && to.left + to.width <= width, `across: ${JSON.stringify(to)}`);
        assert.ok(to.top >= 0 && to.top + used <= tall, `down: ${JSON.stringify(to)}`);
        assert.ok(to.width === WIDTH || to.width === width);
      },
    ),
  );
});

test("only https, mailto and tel become links", () => {
  for (const good of ["https://acme.example/a", "mailto:press@acme.example", "tel:+62211500226"]) {
    assert.equal(safeLink(good), good);
  }
  for (const bad of [
    "http://acme.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "ftp://a.example",
    "//a",
    "",
  ]) {
    assert.equal(safeLink(bad), undefined, bad);
  }
});

test("a mail carries its message, and an address nothing else", () => {
  assert.equal(mailLink("a@b.example", "Hi & bye\n?"), "mailto:a@b.example?body=Hi%20%26%20bye%0A%3F");
  for (const bad of ["", "not an address", "a@b.example?bcc=c@d.example", "a@b@c", undefined]) {
    assert.equal(mailLink(bad, "x"), undefined);
  }
});

const rule = (id, mark, over = {}) => ({
  id,
  mark,
  title: `Title ${id}`,
  message: "",
  examples: [],
  ...over,
});
const book = (version, rules) => ({
  id: "acme",
  version,
  sections: [{ id: "s", title: "Section", body: [], rules }],
  contacts: [],
  responses: [],
});

test("what changed is named, once per rule", () => {
  const read = acknowledge(book(1, [rule("a", "1"), rule("b", "1"), rule("c", "1")]), 5);
  assert.deepEqual(changesSince(read, book(1, [])), []);
  assert.deepEqual(
    changesSince(read, book(2, [rule("a", "1"), rule("b", "2"), rule("d", "1")])).map(({ id, kind }) => [
      id,
      kind,
    ]),
    [
      ["b", "changed"],
      ["d", "added"],
      ["c", "removed"],
    ],
  );
});

test("the search finds words without case and accents, all of them", () => {
  const all = book(1, [
    rule("a", "1", { message: "Never post a résumé of a customer" }),
    rule("b", "1", { message: "Credit the photographer" }),
  ]);
  const found = search(all, "RESUME customer");
  assert.deepEqual(
    found.book.sections[0].rules.map(({ id }) => id),
    ["a"],
  );
  assert.equal(found.matches, 1);
  assert.equal(search(all, "resume photographer").matches, 0);
  assert.equal(search(all, "  ").book, all);
});

test("the browser's age is read off its name", () => {
  const chrome =
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36";
  assert.equal(browserAge(chrome).version, 156);
  assert.equal(browserAge(`${chrome} Edg/155.0.0.0`).name, "Edge");
  assert.equal(
    browserAge("Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0").version,
    153,
  );
  assert.equal(browserAge("curl/8"), undefined);
});

test("an address belongs to a site by its whole host", () => {
  assert.equal(siteOf("https://x.com/compose/post"), "x");
  assert.equal(siteOf("https://www.linkedin.com/feed/"), "linkedin");
  assert.equal(siteOf("https://web.telegram.org/a/#123"), "telegram-a");
  assert.equal(siteOf("https://web.telegram.org/k/"), "telegram-k");
  for (const other of ["https://evil-x.com/", "https://x.com.evil.example/", "about:blank", "x.com"]) {
    assert.equal(siteOf(other), undefined, other);
  }
  assert.equal(new Set(SITES.map(({ id }) => id)).size, SITES.length);
});

test("bytes survive the message", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 20_000 }), (bytes) => {
      assert.deepEqual(fromBase64(toBase64(bytes)), bytes);
    }),
  );
});

test("the icons are what the script draws", async () => {
  const { pictures } = await import("../../extension/icons/make.mjs");
  for (const { name, bytes } of pictures()) {
    // The compressed form may differ between versions of zlib; its head with the size may not.
    const kept = await readFile(path.join(root, "extension/icons", name));
    assert.deepEqual(kept.subarray(0, 33), bytes.subarray(0, 33), name);
  }
});

test("replies are found by topic first, then by title, then by any of their words, whatever the case or accents", () => {
  const reply = (id, topic, title, text) => ({ id, topic, title, text, fits: false, changes: 30 });
  const replies = [
    reply("a", "outage", "We are down", "A refund follows for the café."),
    reply("b", "delivery", "Refund of the fare", "…"),
    reply("c", "refund", "Money back", "…"),
  ];
  const ids = (wanted) => matching(replies, wanted).map(({ id }) => id);
  assert.deepEqual(ids("  "), ["a", "b", "c"]);
  assert.deepEqual(ids("REFUND"), ["c", "b", "a"]);
  assert.deepEqual(ids("follows CAFE"), ["a"]);
  assert.deepEqual(ids("nothing"), []);
});

test("the changes of a reply are shown from half of what is allowed on", () => {
  const reply = (changed, allowed) => nearing({ id: "a", title: "A", changed, allowed }) !== undefined;
  assert.deepEqual([reply(0, 30), reply(14, 30), reply(15, 30), reply(45, 30)], [false, false, true, true]);
  assert.deepEqual([reply(0, 0), reply(1, 0), reply(99, 100)], [false, true, false]);
  assert.equal(nearing(undefined), undefined);
});
