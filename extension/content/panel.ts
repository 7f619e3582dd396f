/** Opens the card for a compose box, and carries out what is chosen in it. */
import type { Finding } from "../shared/generated/Finding.ts";
import type { Fix } from "../shared/generated/Fix.ts";
import type { Help } from "../shared/generated/Help.ts";
import type { Surface } from "../shared/generated/Surface.ts";
import type { FrameState, HistoryEvent } from "../shared/protocol.ts";
import {
  type Anchor,
  type CardProps,
  type FixOutcome,
  type GivenReason,
  type MountedCard,
  mountCard,
} from "../ui/mount.ts";
import { visibleBox } from "./boxes.ts";
import { Layer } from "./layer.ts";
import type { Life } from "./life.ts";
import type { Session } from "./session.ts";
import { changesOf, write } from "./writer.ts";

export interface Office {
  life: Life;
  state(): FrameState;
  record(event: HistoryEvent): void;
  openPage: CardProps["onOpenPage"];
  /** Something to draw changed. */
  changed(session: Session): void;
  /** Its author has answered for this text. */
  answered(session: Session): void;
  /** Who answers such posts, and approved replies; none where that cannot be had. */
  help(session: Session): Promise<Help | undefined>;
}

/** A post that is being held. */
export interface Held {
  /** Sends it, if its text is still the one that its author answered for. */
  release(): void;
  /** How many more cards may open here within the hour, where the policy limits them. */
  left?: number | undefined;
}

export class Panel {
  readonly #layer: Layer;
  #card: MountedCard | undefined;
  #session: Session | undefined;
  #held: Held | undefined;
  #writing = false;
  /** The revision whose report the card shows: what is chosen in it holds for no other. */
  #shown = 0;

  constructor(readonly office: Office) {
    this.#layer = new Layer(office.life);
    office.life.onEnd(() => this.close());
  }

  /** The session whose card is open. */
  get session(): Session | undefined {
    return this.#card === undefined ? undefined : this.#session;
  }

  /** The closed root of the card, for keys that are meant for it. */
  get root(): ShadowRoot {
    return this.#layer.root;
  }

  /** Opens the card; with `replies`, at the approved replies. */
  open(session: Session, held?: Held, replies = false): void {
    const { report } = session;
    if (report === undefined) return;
    if (this.#session !== session) this.close();
    this.#shown = session.revision;
    this.#session = session;
    this.#held = held ?? this.#held;
    if (held !== undefined) this.#record("held");
    if (this.#card !== undefined) {
      const isHeld = this.#held !== undefined;
      this.#card.update({ report, held: isHeld, left: this.#held?.left, anchor: anchorOf(session) });
      return;
    }
    this.#layer.show(session.composer.editor);
    const { language, theme } = this.office.state();
    this.#card = mountCard(this.#layer.root, {
      report,
      language,
      theme,
      anchor: anchorOf(session),
      held: this.#held !== undefined,
      left: this.#held?.left,
      replies: [],
      repliesFirst: replies,
      canWrite: true,
      draftText: session.snapshot.draft.parts.map((p) => p.text).join("\n\n"),
      onFix: (fixes) => this.#fix(fixes),
      onEdit: () => this.#leave("edited"),
      onClose: () => this.#leave(undefined),
      onPostAnyway: (reason) => this.#postAnyway(reason),
      onFalsePositive: (finding) => this.#falsePositive(finding),
      onOpenPage: (page, anchor) => this.office.openPage(page, anchor),
    });
    if (ANSWERS.has(session.composer.surface)) {
      void this.office.help(session).then((help) => {
        if (this.#session === session) this.#card?.update({ replies: help?.replies ?? [] });
      });
    }
  }

  /** The findings of `session` changed. */
  refresh(session: Session): void {
    if (this.#card === undefined || this.#session !== session || this.#writing) return;
    if (!session.connected) {
      this.close();
      return;
    }
    if (session.report !== undefined) {
      this.#shown = session.revision;
      this.#card.update({
        report: session.report,
        anchor: anchorOf(session),
        draftText: session.snapshot.draft.parts.map((p) => p.text).join("\n\n"),
      });
    }
  }

  /** Escape was pressed outside of the card; whether it had something to close. */
  escape(): boolean {
    if (this.#card === undefined) return false;
    this.#leave(undefined);
    return true;
  }

  close(): void {
    this.#card?.destroy();
    this.#card = undefined;
    this.#held = undefined;
    this.#session = undefined;
    this.#layer.hide();
  }

  #leave(outcome: "edited" | undefined): void {
    const session = this.#session;
    if (outcome !== undefined) this.#record(outcome);
    this.close();
    const editor = session?.last?.isConnected ? session.last : session?.composer.editor;
    if (editor instanceof HTMLElement && editor.isConnected) editor.focus({ preventScroll: true });
  }

  async #fix(fixes: Fix[]): Promise<FixOutcome> {
    const session = this.#session;
    if (session === undefined || this.#writing) return "failed";
    const snapshot = session.refresh();
    // The offsets are those of the report; another text has others.
    if (session.revision !== this.#shown || session.report === undefined) {
      session.look();
      return "failed";
    }
    const changes = changesOf(fixes, new Map(snapshot.fields.map((f) => [f.id, f.text])));
    if (changes === undefined) return "failed";
    const event = eventOf(session, "fixed", this.office.state().keepText);
    const fixed = session.report.findings.filter((f) => f.fixes.some((fix) => fixes.includes(fix)));
    if (fixed.length > 0) event.rules = [...new Set(fixed.map((f) => f.rule))];
    this.#writing = true;
    let outcome: FixOutcome = "failed";
    try {
      outcome = await write(snapshot, changes);
    } finally {
      this.#writing = false;
    }
    if (outcome === "written") this.office.record(event);
    const [first] = fixes;
    const reply = outcome === "written" && first?.kind === "response" ? first : undefined;
    if (reply !== undefined) session.use({ id: reply.id, text: reply.text });
    session.refresh();
    await session.judged();
    this.office.changed(session);
    // A reply that nothing is wrong with: all is done, and the text has the focus.
    if (reply !== undefined && session.report?.findings.length === 0) {
      this.close();
      return outcome;
    }
    this.refresh(session);
    // Writing took the focus into the text. With nothing left to decide that is where it belongs.
    if ((session.report?.findings.length ?? 0) > 0 || outcome === "failed") {
      this.root.querySelector<HTMLElement>("[role=dialog]")?.focus({ preventScroll: true });
    }
    return outcome;
  }

  #postAnyway(reason: GivenReason | undefined): void {
    const session = this.#session;
    const held = this.#held;
    if (session === undefined) return;
    session.refresh();
    // The page may have changed the text under the card: the author has answered for what he saw.
    if (session.revision !== this.#shown || session.state.kind !== "warned") {
      session.look();
      return;
    }
    session.allowed = session.revision;
    if (session.report?.verdict === "warn") this.office.answered(session);
    this.#record("posted-anyway", reason);
    this.close();
    held?.release();
  }

  #falsePositive(finding: Finding): void {
    const site = this.#session?.composer.site.id;
    if (site !== undefined) this.office.record({ site, rules: [finding.rule], outcome: "false-positive" });
  }

  #record(outcome: HistoryEvent["outcome"], reason?: GivenReason): void {
    const session = this.#session;
    if (session === undefined) return;
    this.office.record(eventOf(session, outcome, this.office.state().keepText, reason));
  }
}

/** Surfaces on which approved replies are offered. */
const ANSWERS: ReadonlySet<Surface> = new Set(["reply", "comment", "message", "quote"]);

/** What the history is told. The text goes with it only where the person wants that. */
export function eventOf(
  session: Session,
  outcome: HistoryEvent["outcome"],
  keepText: boolean,
  reason?: GivenReason,
): HistoryEvent {
  const findings = session.report?.findings ?? [];
  const event: HistoryEvent = {
    site: session.composer.site.id,
    rules: [...new Set(findings.map((f) => f.rule))],
    outcome,
  };
  if (session.report !== undefined) event.verdict = session.report.verdict;
  if (reason !== undefined) event.reason = reason.code;
  // What a concealed list found is kept nowhere, and the text around it holds it.
  if (keepText && !findings.some((f) => f.concealed)) {
    event.text = session.snapshot.draft.parts.map((p) => p.text).join("\n\n");
    if (reason !== undefined && reason.text !== "") event.words = reason.text;
  }
  return event;
}

function anchorOf(session: Session): Anchor {
  const { editor } = session.composer;
  return visibleBox(editor) ?? editor.getBoundingClientRect();
}
