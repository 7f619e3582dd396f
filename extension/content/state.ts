/**
 * What is known about a compose box: the state machine of `docs/gate.md`. Pure: events in, state out. Every state but
 * the first names the revision that it is about, and a revision is one exact text.
 */
import type { Verdict } from "../shared/generated/Verdict.ts";

/** Why there is no verdict. */
export type Why = "timeout" | "no-answer" | "orphaned" | "engine" | "too-much";

export type State =
  | { kind: "unknown" }
  | { kind: "checking"; revision: number }
  | { kind: "clear"; revision: number }
  /** `warn` or `justify`: the author may post anyway. */
  | { kind: "warned"; revision: number }
  /** `approve` or `block`: the author may not. */
  | { kind: "blocked"; revision: number }
  | { kind: "unavailable"; revision: number; why: Why };

export type Event =
  /** The text changed: nothing is known about it. */
  | { kind: "changed" }
  /** A check of `revision` was sent. */
  | { kind: "sent"; revision: number }
  | { kind: "answered"; revision: number; verdict: Verdict }
  | { kind: "failed"; revision: number; why: Why };

export const UNKNOWN: State = { kind: "unknown" };

/** The state after `event`. Answers about anything but the revision being checked are ignored. */
export function next(state: State, event: Event): State {
  switch (event.kind) {
    case "changed":
      return UNKNOWN;
    case "sent":
      return { kind: "checking", revision: event.revision };
    case "answered": {
      // A late answer still counts for the text it was about, if that is the text in the box.
      const about = state.kind === "checking" || state.kind === "unavailable" ? state.revision : undefined;
      return about === event.revision ? settled(event.revision, event.verdict) : state;
    }
    case "failed":
      return state.kind === "checking" && state.revision === event.revision
        ? { kind: "unavailable", revision: event.revision, why: event.why }
        : state;
  }
}

function settled(revision: number, verdict: Verdict): State {
  switch (verdict) {
    case "clear":
    case "note":
      return { kind: "clear", revision };
    case "warn":
    case "justify":
      return { kind: "warned", revision };
    case "approve":
    case "block":
      return { kind: "blocked", revision };
  }
}

/** What the gate does with an action that sends `revision`. */
export type Answer = "pass" | "wait" | "card" | "unavailable";

/**
 * `allowed` is the revision that its author has answered for ("post anyway", with a reason where one is asked).
 */
export function answerFor(state: State, revision: number, allowed: number | undefined): Answer {
  if (allowed === revision && state.kind !== "blocked") return "pass";
  if (state.kind === "unknown" || state.revision !== revision) return "wait";
  switch (state.kind) {
    case "clear":
      return "pass";
    case "warned":
    case "blocked":
      return "card";
    case "unavailable":
      return "unavailable";
    case "checking":
      return "wait";
  }
}
