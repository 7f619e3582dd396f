/**
 * Every message between the parts of the extension: one tagged union.
 *
 * Content scripts may send `draft.*`, `state.*` and `event.*`; `policy.*`, `settings.*`
 * and the rest are commands of our own pages, and the router checks their origin.
 */
import type { Context } from "./generated/Context.ts";
import type { Draft } from "./generated/Draft.ts";
import type { Report } from "./generated/Report.ts";

/** What a content script needs to know about the policy in force. */
export interface FrameState {
  /** False while paused or switched off, where the policy allows it. */
  enabled: boolean;
  /** Whether direct messages are checked. */
  messages: boolean;
  /** What happens to a post when no verdict can be had. */
  unavailable: "notice" | "hold";
  /** Language of the interface. */
  language: "en" | "id";
  /** Appearance: as the system, or fixed. */
  theme: "auto" | "light" | "dark";
}

/** How a held post went on. Never any text. */
export interface HistoryEvent {
  /** Site id. */
  site: string;
  /** Ids of the rules that held it. */
  rules: string[];
  outcome: "held" | "fixed" | "edited" | "posted-anyway" | "false-positive" | "unavailable";
  /** Code of the reason given, never its free text. */
  reason?: string;
}

export type Request =
  | { kind: "draft.check"; revision: number; draft: Draft; context: Context }
  | { kind: "state.get" }
  | { kind: "event.record"; event: HistoryEvent };

export type Response =
  | { kind: "report"; revision: number; report: Report }
  | { kind: "state"; state: FrameState }
  | { kind: "done" }
  | { kind: "error"; code: string; message: string };

/** Sent by the background to frames when policy or settings changed. */
export type Notice = { kind: "state.changed"; state: FrameState };
