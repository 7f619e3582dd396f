/**
 * Every message between the parts of the extension: one tagged union.
 *
 * Content scripts may send what {@link ContentRequest} lists; everything else is a command of our own pages, and the
 * router checks where it comes from. Messages travel as JSON in Chromium, so bytes go as base64.
 */
import type { Context } from "./generated/Context.ts";
import type { Draft } from "./generated/Draft.ts";
import type { Handbook } from "./generated/Handbook.ts";
import type { Help } from "./generated/Help.ts";
import type { Media } from "./generated/Media.ts";
import type { Oldest } from "./generated/Oldest.ts";
import type { Report } from "./generated/Report.ts";
import type { Verdict } from "./generated/Verdict.ts";
import type { SiteFile } from "./site-file.ts";

/** The languages of our own strings. */
export type Language = "en" | "id";

/** Appearance: as the system, or fixed. */
export type Theme = "auto" | "light" | "dark";

/** What a content script needs to know about the policy in force. */
export interface FrameState {
  /** False while paused or switched off, where the policy allows it. */
  enabled: boolean;
  /** Whether direct messages are checked. */
  messages: boolean;
  /** What happens to a post when no verdict can be had. */
  unavailable: "notice" | "hold";
  /** Language of the interface. */
  language: Language;
  theme: Theme;
  /** Whether the person wants the texts in the history. */
  keepText: boolean;
  /** Data of this page's site that came with the policy; counts instead of the extension's own. */
  sites?: SiteFile[];
}

/** How a held post went on. */
export interface HistoryEvent {
  /** Site id. */
  site: string;
  /** Ids of the rules that held it. */
  rules: string[];
  outcome:
    | "held"
    | "fixed"
    | "edited"
    | "posted-anyway"
    | "let-go"
    | "false-positive"
    | "unavailable"
    | "observed";
  /** The verdict that held it. */
  verdict?: Verdict;
  /** Code of the reason given, never its free text. */
  reason?: string;
  /** Free words of the reason; kept as the text is. */
  words?: string;
  /** The draft, only where the person wants that, and never where a concealed list found something in it. */
  text?: string;
}

/** An event as it is kept: with its time. */
export interface HistoryEntry extends HistoryEvent {
  /** Milliseconds since 1970. */
  time: number;
}

/** A draft on its way to the background: bytes of attachments in base64. */
export interface WireDraft extends Omit<Draft, "media"> {
  media: (Omit<Media, "bytes"> & { bytes?: string })[];
}

/** What can be wrong with the data of a site. */
export type SiteFault = "selector" | "submit" | "generic";

/** How often the data of a site did not fit. Never any text. */
export interface FaultCount {
  site: string;
  fault: SiteFault;
  count: number;
  /** Milliseconds since 1970. */
  last: number;
}

/** What a frame saw of its own page. */
export interface SiteHealth {
  /** Compose boxes in the page now. */
  boxes: number;
  /**
   * What does not fit the site's data any more; none when all is well. `selector`: a selector that the browser refuses,
   * or nothing that sends where there should be. `submit`: a post left and no rule saw it. `generic`: a compose box
   * that only the general rule found.
   */
  fault?: SiteFault;
}

/** A policy as lists show it. */
export interface PolicyInfo {
  id: string;
  version: number;
  name: string;
  /** Where it came from: shipped with the extension, imported by a person, or distributed by the administrator. */
  source: "core" | "personal" | "managed";
  /** When it was imported or last fetched (milliseconds since 1970); none for the core pack. */
  since?: number;
  /** Roles that it knows, with their names in the interface's language. */
  roles: { id: string; name: string }[];
  mode: "enforce" | "observe";
  rules: number;
  /** Which versions of browser and extension it reports as out of date. */
  oldest: Oldest;
  /** Fingerprints of the keys that sign it, where it came as a bundle. */
  signers?: string[];
}

/** A signed bundle that a person wants to import, before it is believed. */
export interface BundleInfo {
  policy: string;
  version: number;
  /** When it expires (milliseconds since 1970). */
  expires: number;
  /** Fingerprints of the keys that signed it: for the person to compare. */
  signers: string[];
  /** Whether a version by the same keys is in force already. */
  known: boolean;
}

/** Where the browser does not let Draftguard work. */
export interface Access {
  privateWindows: boolean;
  /** Known sites without permission, by name. */
  missing: string[];
  /** Match patterns to ask permission for: of `missing`, and of sites that the administrator added. */
  wanted: string[];
  /** Hosts that the administrator added and that still need a permission. */
  added: string[];
}

/** What a person chose for himself. */
export interface Settings {
  language: Language | "auto";
  theme: Theme;
  /** Role id in the policy; empty for an ordinary employee. */
  role: string;
  /** False where the person switched the checking off, and the policy allows that. */
  enabled: boolean;
  /** Paused until then (milliseconds since 1970), where the policy allows it. */
  pausedUntil?: number;
  /** Sites switched off in the person's own settings, where no managed policy is in force. */
  sitesOff: string[];
  /** Whether the first-run page was finished. */
  welcomed: boolean;
  /** Whether the history keeps the texts; not unless the person says so. */
  historyText: boolean;
}

/** Settings as pages show them. */
export interface SettingsView extends Settings {
  /** Names of the settings that the administrator fixed. */
  locked: (keyof Settings)[];
  /** The language in use, `auto` resolved. */
  resolved: Language;
  /** Whether the policies in force allow a pause, and for how many minutes at most (0: not). */
  pauseMinutes: number;
  /** Whether the policies in force allow switching off. */
  mayDisable: boolean;
}

/** Whether drafts are checked now, and if not, why. */
export type Protection =
  | { kind: "on" }
  | { kind: "observing" }
  | { kind: "paused"; until: number }
  | { kind: "off" }
  | { kind: "fault"; code: string; message: string };

/** How the company's policy gets here. */
export interface DistributionView {
  /**
   * `current`: in force and confirmed. `fetching`: being asked for. `stale`: in force, and expired. `unreachable`: in
   * force, and the address does not answer. `refused`: something came that is not trusted. `none`: nothing came yet.
   */
  state: "current" | "fetching" | "stale" | "unreachable" | "refused" | "none";
  version?: number;
  /** When this version came (milliseconds since 1970). */
  since?: number;
  /** When it expires (milliseconds since 1970). */
  expires?: number;
  /** Why nothing better, by the policy client. */
  code?: string;
  message?: string;
  /** Managed settings that cannot be used. */
  problems: { setting: string; message: string }[];
}

/** What the popup shows. */
export interface StateView {
  protection: Protection;
  policies: PolicyInfo[];
  settings: SettingsView;
  version: string;
  /** How the company's policy gets here, where it is managed. */
  distribution?: DistributionView;
  /** Where the data of a site did not fit lately, most recent first. */
  faults: FaultCount[];
  access: Access;
  /** The site of the tab in front, where it is one of ours. */
  site?: { id: string; name: string; enabled: boolean; health?: SiteHealth };
}

/** Pages that a content script may ask to be opened. */
export type PageName = "handbook" | "practice" | "safety" | "history" | "options" | "welcome";

/** Requests that any frame may send. */
export type ContentRequest =
  | { kind: "draft.check"; revision: number; draft: WireDraft; context: Context }
  | { kind: "state.get" }
  /** What helps with an answer: who gives such answers, and approved replies. */
  | { kind: "draft.help"; draft: WireDraft; context: Context }
  /** Whether a card of the action `warn` may hold a post here now: the policy limits them. */
  | { kind: "card.allowance" }
  | { kind: "event.record"; event: HistoryEvent }
  | { kind: "site.report"; health: SiteHealth }
  | { kind: "page.open"; page: PageName; anchor?: string };

/** Commands of our own pages. */
export type PageRequest =
  | { kind: "draft.try"; draft: WireDraft; context: Context }
  | { kind: "state.view" }
  | { kind: "policy.list" }
  /** Asks the policy's address now. */
  | { kind: "policy.fetch" }
  /** `bytes` in base64. */
  | { kind: "policy.import"; name: string; bytes: string }
  /** What a bundle says of itself, before it is imported. `bytes` in base64. */
  | { kind: "policy.inspect"; bytes: string }
  | { kind: "policy.remove"; id: string }
  | { kind: "settings.get" }
  | { kind: "settings.set"; change: Partial<Settings> }
  | { kind: "handbook.get" }
  | { kind: "history.list" }
  | { kind: "history.clear" };

export type Request = ContentRequest | PageRequest;

/** A tagged error. Codes are stable; the message is for the log. */
export interface ErrorResponse {
  kind: "error";
  code: string;
  message: string;
}

export type Response =
  | { kind: "report"; revision: number; report: Report }
  | { kind: "state"; state: FrameState }
  | { kind: "help"; help: Help }
  /** `left`: how many more may open within the hour after this one; none where there is no limit. */
  | { kind: "allowance"; opens: boolean; left?: number }
  | { kind: "view"; view: StateView }
  | { kind: "policies"; policies: PolicyInfo[] }
  | { kind: "bundle"; bundle: BundleInfo }
  | { kind: "settings"; settings: SettingsView }
  | { kind: "handbook"; handbooks: Handbook[] }
  | { kind: "history"; entries: HistoryEntry[] }
  | { kind: "done" }
  | ErrorResponse;

type ResponseKind<R extends Request> = R["kind"] extends "draft.check" | "draft.try"
  ? "report"
  : R["kind"] extends "state.get"
    ? "state"
    : R["kind"] extends "draft.help"
      ? "help"
      : R["kind"] extends "card.allowance"
        ? "allowance"
        : R["kind"] extends "state.view" | "policy.fetch"
          ? "view"
          : R["kind"] extends "policy.list" | "policy.import" | "policy.remove"
            ? "policies"
            : R["kind"] extends "policy.inspect"
              ? "bundle"
              : R["kind"] extends "settings.get" | "settings.set"
                ? "settings"
                : R["kind"] extends "handbook.get"
                  ? "handbook"
                  : R["kind"] extends "history.list"
                    ? "history"
                    : "done";

/** What a request is answered with; always also possibly an error. */
export type ResponseOf<R extends Request> = Extract<Response, { kind: ResponseKind<R> }> | ErrorResponse;

/** Sent by the background to frames and pages when policy or settings changed. */
export type Notice = { kind: "state.changed"; state: FrameState };

/** Makes a draft ready for a message. */
export function toWire(draft: Draft): WireDraft {
  return {
    ...draft,
    media: draft.media.map(({ bytes, ...rest }) =>
      bytes === undefined ? rest : { ...rest, bytes: toBase64(bytes) },
    ),
  };
}

/** The draft that a message carries. */
export function fromWire(wire: WireDraft): Draft {
  return {
    ...wire,
    media: wire.media.map(({ bytes, ...rest }) =>
      bytes === undefined ? rest : { ...rest, bytes: fromBase64(bytes) },
    ),
  };
}

/** Bytes as base64. */
export function toBase64(bytes: Uint8Array): string {
  let binary = "";
  // fromCharCode takes its bytes as arguments, and a call has a limited number of those.
  for (let at = 0; at < bytes.length; at += 8192) {
    binary += String.fromCharCode(...bytes.subarray(at, at + 8192));
  }
  return btoa(binary);
}

/**
 * Base64 as bytes.
 * @throws DOMException where `text` is not base64
 */
export function fromBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
}
