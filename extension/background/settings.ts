/** What a person chose, and what the administrator fixed, kept in local storage and checked on the way in. */
import { browserLanguage, managed, onManaged, onStored, store, stored } from "../shared/browser.ts";
import type { Language, Settings } from "../shared/protocol.ts";

const CHOSEN = "settings";
const MANAGED = "managed";

const DEFAULTS: Settings = {
  language: "auto",
  theme: "auto",
  role: "",
  enabled: true,
  sitesOff: [],
  welcomed: false,
  historyText: false,
};

/** What managed settings may fix. */
type Fixed = Partial<Pick<Settings, "language" | "role">>;

/** What managed settings may say in the place of the policy. */
export interface Instead {
  unavailable?: "notice" | "hold";
  mayDisable?: boolean;
  pauseMinutes?: number;
}

interface State {
  chosen: Settings;
  fixed: Fixed;
}

let state: Promise<State> | undefined;

async function load(): Promise<State> {
  const [chosen, fixed] = await Promise.all([stored(CHOSEN), stored(MANAGED)]);
  return { chosen: { ...DEFAULTS, ...valid(chosen) }, fixed: validFixed(fixed) };
}

/** The settings in force. */
export async function settings(): Promise<Settings> {
  state ??= load();
  const { chosen, fixed } = await state;
  return { ...chosen, ...fixed };
}

/** The managed settings as they were mirrored, unchecked. */
export function mirrored(): Promise<unknown> {
  return stored(MANAGED);
}

/**
 * What holds in the place of what the policy says. Read here and not by the engine: one of them says what happens where
 * there is no engine. The engine names what cannot be used.
 */
export async function instead(): Promise<Instead> {
  const given = ((await mirrored()) ?? {}) as Record<string, unknown>;
  const { unavailable, mayDisable, pauseMinutes } = given;
  return {
    ...(unavailable === "notice" || unavailable === "hold" ? { unavailable } : {}),
    ...(typeof mayDisable === "boolean" ? { mayDisable } : {}),
    ...(Number.isInteger(pauseMinutes) && Number(pauseMinutes) >= 0 && Number(pauseMinutes) <= 1440
      ? { pauseMinutes: Number(pauseMinutes) }
      : {}),
  };
}

/** Names of the settings that the administrator fixed. */
export async function locked(): Promise<(keyof Settings)[]> {
  state ??= load();
  return Object.keys((await state).fixed) as (keyof Settings)[];
}

/** Changes settings. What the administrator fixed stays, and so does what is not a setting. */
export async function change(wanted: Partial<Settings>): Promise<void> {
  state ??= load();
  const { chosen, fixed } = await state;
  const next = { ...chosen, ...valid(wanted) };
  if ("pausedUntil" in wanted && wanted.pausedUntil === undefined) delete next.pausedUntil;
  state = Promise.resolve({ chosen: next, fixed });
  await store(CHOSEN, next);
}

/** The language of the interface. */
export function resolve(language: Settings["language"]): Language {
  if (language !== "auto") return language;
  // Old systems still report Indonesian by its withdrawn code.
  return /^(id|in)\b/i.test(browserLanguage()) ? "id" : "en";
}

/**
 * Follows storage and the managed settings. Managed storage is mirrored, never awaited: it can take seconds to answer,
 * and an empty first answer means "not known yet".
 */
export function follow(changed: () => void, managedChanged: () => void): void {
  const forget = () => {
    state = undefined;
    changed();
  };
  onStored(CHOSEN, forget);
  onStored(MANAGED, () => {
    forget();
    managedChanged();
  });
  const mirror = async () => {
    const now = await managed();
    if (now === undefined) return;
    const before = await stored(MANAGED);
    if (JSON.stringify(before ?? {}) !== JSON.stringify(now)) await store(MANAGED, now);
  };
  onManaged(() => void mirror());
  void mirror();
}

function valid(value: unknown): Partial<Settings> {
  const given = (typeof value === "object" && value !== null ? value : {}) as Record<string, unknown>;
  const out: Partial<Settings> = {};
  if (given.language === "auto" || given.language === "en" || given.language === "id") {
    out.language = given.language;
  }
  if (given.theme === "auto" || given.theme === "light" || given.theme === "dark") out.theme = given.theme;
  if (typeof given.role === "string" && given.role.length <= 128) out.role = given.role;
  if (typeof given.enabled === "boolean") out.enabled = given.enabled;
  if (typeof given.welcomed === "boolean") out.welcomed = given.welcomed;
  if (typeof given.historyText === "boolean") out.historyText = given.historyText;
  if (typeof given.pausedUntil === "number" && Number.isFinite(given.pausedUntil)) {
    out.pausedUntil = given.pausedUntil;
  }
  if (Array.isArray(given.sitesOff)) {
    out.sitesOff = given.sitesOff.filter((site) => typeof site === "string").slice(0, 100);
  }
  return out;
}

function validFixed(value: unknown): Fixed {
  const { language, role } = valid(value);
  return { ...(language === undefined ? {} : { language }), ...(role ? { role } : {}) };
}
