/** The situations that are practised. Their words are in the catalogue. */
import type { Context } from "../../shared/generated/Context.ts";
import type { PracticeKey } from "../../ui/strings/practice.ts";

/** A name of a situation: it has a title, a task and a draft in the catalogue. */
type SituationId = PracticeKey extends infer K ? (K extends `${infer Id}.task` ? Id : never) : never;

export interface Situation {
  id: SituationId;
  context: Pick<Context, "site" | "surface" | "account">;
  /** Whether it answers a post. */
  answers?: "complaint" | "press";
}

const personal = (site: string, surface: Context["surface"] = "post") => ({
  site,
  surface,
  account: "personal" as const,
});

export const SITUATIONS: Situation[] = [
  { id: "launch", context: personal("linkedin") },
  { id: "complaint", context: personal("x", "reply"), answers: "complaint" },
  { id: "praise", context: personal("facebook") },
  { id: "chart", context: personal("linkedin") },
  { id: "rival", context: personal("facebook", "comment") },
  { id: "help", context: personal("discord") },
  { id: "customer", context: { site: "x", surface: "post", account: "brand" } },
  { id: "press", context: personal("x", "reply"), answers: "press" },
  { id: "photo", context: personal("linkedin") },
  { id: "bad-day", context: personal("mastodon") },
  { id: "promise", context: personal("youtube", "comment") },
  { id: "pay", context: personal("facebook") },
];
