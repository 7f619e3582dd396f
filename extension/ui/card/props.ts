/** The border of the card: what the content script gives it, and what it tells back. */
import type { Finding } from "../../shared/generated/Finding.ts";
import type { Fix } from "../../shared/generated/Fix.ts";
import type { Report } from "../../shared/generated/Report.ts";
import type { Suggestion } from "../../shared/generated/Suggestion.ts";
import type { Language, PageName, Theme } from "../../shared/protocol.ts";

/** A rectangle in the viewport, in CSS pixels. */
export interface Anchor {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** Why a post may go although findings ask for a reason. */
export interface GivenReason {
  /** Code of a reason of the policy, or `other`. */
  code: string;
  /** Free words; they stay on this device. */
  text: string;
}

/** What became of a fix. */
export type FixOutcome = "written" | "failed";

export interface CardProps {
  report: Report;
  language: Language;
  theme: Theme;
  /** What the card stands beside: the compose box, or its Post button. */
  anchor: Anchor;
  /** True where a post is being held; false where the card was opened from the badge. */
  held: boolean;
  /** How many more cards may hold a post here within the hour, where the policy limits them. */
  left?: number | undefined;
  /** Approved replies on offer; those that fit the answered text first. */
  replies?: Suggestion[];
  /** The card was opened for the replies: they come first, and open. */
  repliesFirst?: boolean;
  /** Whether fixes can be written into this editor; otherwise they are offered for copying. */
  canWrite: boolean;
  /** The draft's text, for a request for approval that the employee copies. */
  draftText?: string;
  /**
   * Writes fixes into the editor, all or none; heed the revision of the report. Offsets are those of the report: write
   * from the end backwards. A new report follows through `update`.
   */
  onFix(fixes: Fix[]): Promise<FixOutcome>;
  /** The employee goes back to the text: close the card, give the focus to the editor. */
  onEdit(): void;
  /** Only for `warn` (no reason) and `justify` (with one). */
  onPostAnyway(reason?: GivenReason): void;
  /** Escape or the close button: as `onEdit`, without anything having been chosen. */
  onClose(): void;
  /** Recorded for the administrator, without text. Releases nothing. */
  onFalsePositive(finding: Finding): void;
  /** Opens one of our pages in a tab. */
  onOpenPage(page: PageName, anchor?: string): void;
}
