/** Opens the card for a compose box, and carries out what is chosen in it. */
import type { Finding } from "../shared/generated/Finding.ts";
import type { Fix } from "../shared/generated/Fix.ts";
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
}

/** A post that is being held. */
export interface Held {
  /** Sends it, if its text is still the one that its author answered for. */
  release(): void;
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

  open(session: Session, held?: Held): void {
    const { report } = session;
    if (report === undefined) return;
    if (this.#session !== session) this.close();
    this.#shown = session.revision;
    this.#session = session;
    this.#held = held ?? this.#held;
    if (held !== undefined) this.#record("held");
    if (this.#card !== undefined) {
      this.#card.update({ report, held: this.#held !== undefined, anchor: anchorOf(session) });
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
      canWrite: true,
      draftText: session.snapshot.draft.parts.map((p) => p.text).join("\n\n"),
      onFix: (fixes) => this.#fix(fixes),
      onEdit: () => this.#leave("edited"),
      onClose: () => this.#leave(undefined),
      onPostAnyway: (reason) => this.#postAnyway(reason),
      onFalsePositive: (finding) => this.#falsePositive(finding),
      onOpenPage: (page, anchor) => this.office.openPage(page, anchor),
    });
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
    this.#writing = true;
    let outcome: FixOutcome = "failed";
    try {
      outcome = await write(snapshot, changes);
    } finally {
      this.#writing = false;
    }
    if (outcome === "written") this.#record("fixed");
    session.refresh();
    await session.judged();
    this.office.changed(session);
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
    this.#record("posted-anyway", reason?.code);
    this.close();
    held?.release();
  }

  #falsePositive(finding: Finding): void {
    const site = this.#session?.composer.site.id;
    if (site !== undefined) this.office.record({ site, rules: [finding.rule], outcome: "false-positive" });
  }

  #record(outcome: HistoryEvent["outcome"], reason?: string): void {
    const session = this.#session;
    if (session === undefined) return;
    const rules = [...new Set(session.report?.findings.map((f) => f.rule) ?? [])];
    const event: HistoryEvent = { site: session.composer.site.id, rules, outcome };
    this.office.record(reason === undefined ? event : { ...event, reason });
  }
}

function anchorOf(session: Session): Anchor {
  const { editor } = session.composer;
  return visibleBox(editor) ?? editor.getBoundingClientRect();
}
