// The state machine of docs/gate.md.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { load } from "./load.mjs";

const { next, answerFor, UNKNOWN } = await load("extension/content/state.ts");
const run = (...events) => events.reduce(next, UNKNOWN);
const sent = (revision) => ({ kind: "sent", revision });
const answered = (revision, verdict) => ({ kind: "answered", revision, verdict });
const failed = (revision) => ({ kind: "failed", revision, why: "timeout" });
const changed = { kind: "changed" };

test("each verdict has its state", () => {
  const states = {
    clear: "clear",
    note: "clear",
    warn: "warned",
    justify: "warned",
    approve: "blocked",
    block: "blocked",
  };
  for (const [verdict, kind] of Object.entries(states)) {
    assert.deepEqual(run(sent(1), answered(1, verdict)), { kind, revision: 1 });
  }
});

test("an answer about another text is ignored", () => {
  assert.deepEqual(run(sent(1), changed, answered(1, "clear")), UNKNOWN);
  assert.deepEqual(run(sent(1), changed, sent(2), answered(1, "clear")), { kind: "checking", revision: 2 });
});

test("a late answer counts for the text it is about", () => {
  assert.equal(run(sent(1), failed(1)).kind, "unavailable");
  assert.deepEqual(run(sent(1), failed(1), answered(1, "warn")), { kind: "warned", revision: 1 });
  assert.deepEqual(run(sent(1), failed(1), changed, answered(1, "clear")), UNKNOWN);
});

test("a failure about another text is ignored", () => {
  assert.deepEqual(run(sent(2), failed(1)), { kind: "checking", revision: 2 });
  assert.deepEqual(run(sent(1), answered(1, "clear"), failed(1)), { kind: "clear", revision: 1 });
});

const revision = fc.integer({ min: 1, max: 4 });
const event = fc.oneof(
  fc.constant(changed),
  revision.map(sent),
  revision.map(failed),
  fc
    .tuple(revision, fc.constantFrom("clear", "note", "warn", "justify", "approve", "block"))
    .map(([r, v]) => answered(r, v)),
);

test("whatever happens, only a clear verdict or an answer for the very revision lets a text pass", () => {
  fc.assert(
    fc.property(
      fc.array(event, { maxLength: 30 }),
      revision,
      fc.option(revision, { nil: undefined }),
      (events, now, allowed) => {
        const state = events.reduce(next, UNKNOWN);
        const answer = answerFor(state, now, allowed);
        if (answer !== "pass") return;
        const clear = state.kind === "clear" && state.revision === now;
        assert.ok(clear || (allowed === now && state.kind !== "blocked"));
      },
    ),
  );
});

test("what is blocked stays blocked, whatever was answered", () => {
  const state = run(sent(1), answered(1, "block"));
  assert.equal(answerFor(state, 1, 1), "card");
});
