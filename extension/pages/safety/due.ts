/** Accounts that a person looks after, and when they are worth another look. */

/** Where they are kept. */
export const KEY = "safety";

/** After how long an account is worth another look, in milliseconds: half a year. */
const AGAIN_MS = 182 * 24 * 3600 * 1000;

export const CHECKS = [
  "password",
  "two-factor",
  "recovery",
  "sessions",
  "apps",
  "updates",
  "phishing",
  "shared",
] as const;

export interface Account {
  name: string;
  /** When each point was ticked (milliseconds since 1970). */
  done: Partial<Record<(typeof CHECKS)[number], number>>;
}

/** When the points of an account were ticked. */
export function ticked(account: Account): number[] {
  return CHECKS.map((id) => account.done?.[id]).filter((time) => typeof time === "number");
}

/** Whether the oldest look at an account is too long ago. */
export function isDue(account: Account, now: number): boolean {
  const times = ticked(account);
  return times.length > 0 && now - Math.min(...times) > AGAIN_MS;
}

/** The accounts of what was kept; none where it is something else. */
export function accountsOf(kept: unknown): Account[] {
  return Array.isArray(kept) ? kept.filter((one) => typeof one?.name === "string") : [];
}
