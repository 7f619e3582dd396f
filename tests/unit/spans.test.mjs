// Spans that follow an edit: what is kept still covers the same characters.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { load } from "./load.mjs";

const { editBetween, follow } = await load("extension/content/spans.ts");

test("an edit is found and leads from one text to the other", () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (before, after) => {
      const edit = editBetween(before, after);
      if (edit === undefined) return assert.equal(before, after);
      const made =
        before.slice(0, edit.start) + after.slice(edit.start, edit.newEnd) + before.slice(edit.oldEnd);
      assert.equal(made, after);
    }),
  );
});

test("a span that is kept covers the same characters", () => {
  const texts = fc.string({ unit: fc.constantFrom("a", "b", " ", "👩", "é"), maxLength: 30 });
  fc.assert(
    fc.property(texts, texts, texts, fc.nat(30), fc.nat(30), (head, middle, tail, start, length) => {
      const before = head + tail;
      const after = head + middle + tail;
      const edit = editBetween(before, after);
      const span = { start, end: start + length };
      if (edit === undefined || span.end > before.length) return;
      const moved = follow(span, edit);
      if (moved === undefined) return;
      assert.equal(after.slice(moved.start, moved.end), before.slice(span.start, span.end));
    }),
  );
});

test("a span is dropped when something is typed right behind it", () => {
  const edit = editBetween("a bluehawk", "a bluehawks");
  assert.equal(follow({ start: 2, end: 10 }, edit), undefined);
});
