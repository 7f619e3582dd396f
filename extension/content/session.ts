/**
 * One compose box under watch: its revisions, what is known about the present one, and the checks. Never two checks at
 * once for a box, and the last text is never the one left out.
 */
import type { Finding } from "../shared/generated/Finding.ts";
import type { Reply } from "../shared/generated/Reply.ts";
import type { Report } from "../shared/generated/Report.ts";
import type { UsedReply } from "../shared/generated/UsedReply.ts";
import type { Composer } from "./composer.ts";
import { words } from "./dom.ts";
import type { Life } from "./life.ts";
import type { Attachments } from "./media.ts";
import { type Snapshot, snapshotOf } from "./snapshot.ts";
import { followAll } from "./spans.ts";
import { type Event, next, type State, UNKNOWN, type Why } from "./state.ts";

/** How long a check may take before the box counts as unavailable, in milliseconds. */
export const TIME_LIMIT = 1000;

/** Asks the engine. */
export type Ask = (revision: number, snapshot: Snapshot) => Promise<Report | Why>;

export interface Surroundings {
  life: Life;
  ask: Ask;
  attachments: Attachments;
  /** Something to draw changed. */
  changed(session: Session): void;
  /** Whether its author has answered for just this text and these findings before. */
  answered(session: Session): boolean;
  /** The box was emptied, and nothing of ours had seen a post leave. */
  lost(session: Session): void;
}

/** A box that a person emptied was touched within this time, in milliseconds. */
const BY_HAND = 1000;
/** A box may take this long to empty itself after a post, in milliseconds. */
const AFTER_POST = 10_000;

/** A text is sought in the page with so many characters, for so long and so often (milliseconds). */
const SOUGHT = { least: 12, most: 80, for: 4000, every: 400 };

/** Counts up over all boxes of the frame: a revision is never named twice. */
let revisions = 0;

export class Session {
  #snapshot: Snapshot;
  #revision: number;
  #state: State = UNKNOWN;
  #report: Report | undefined;
  /** The texts that `#report` is about, by part. */
  #reported: ReadonlyMap<string, string> = new Map();
  #findings: Finding[] = [];
  #busy = false;
  #scheduled: (() => void) | undefined;
  #waiting: (() => void)[] = [];
  /** What the last walk cost, in milliseconds: a page that floods us with changes is read less often. */
  #cost = 0;
  readonly #observers: MutationObserver[] = [];
  #observed: Element[] = [];
  /** The revision whose rules on trial were counted. */
  counted: number | undefined;
  /** Whether the page changed since the snapshot. */
  #dirty = false;
  /** The revision that its author answered for. */
  allowed: number | undefined;
  #passed: number | undefined;
  #passedAt = Number.NEGATIVE_INFINITY;
  /** When a person last typed, pasted or pressed something here (`performance.now()`). */
  touched = Number.NEGATIVE_INFINITY;
  /** Whether that took text away. */
  #takenBack = false;
  composing = false;
  /** The approved reply that was put into the box. */
  #used: UsedReply | undefined;
  /** The field that was last in use: where the focus goes back to. */
  last: Element | undefined;

  constructor(
    composer: Composer,
    readonly around: Surroundings,
  ) {
    this.#snapshot = snapshotOf(composer, around.attachments.of);
    revisions += 1;
    this.#revision = revisions;
    this.#observe();
  }

  get composer(): Composer {
    return this.#snapshot.composer;
  }

  get snapshot(): Snapshot {
    return this.#snapshot;
  }

  get revision(): number {
    return this.#revision;
  }

  get state(): State {
    return this.#state;
  }

  /** The report for exactly the present revision. */
  get report(): Report | undefined {
    const known = this.#state.kind !== "unknown" && this.#state.kind !== "checking";
    return known && this.#state.kind !== "unavailable" ? this.#report : undefined;
  }

  /** Findings as they stand in the text of the present snapshot; those in doubt are left out. */
  get findings(): readonly Finding[] {
    return this.#findings;
  }

  /** How far the text has moved away from the approved reply in it, as last reported. */
  get reply(): Reply | undefined {
    return this.#used === undefined ? undefined : this.#report?.reply;
  }

  /** An approved reply was put into the box: from now on it is followed. */
  use(reply: UsedReply): void {
    this.#used = reply;
    this.refresh();
  }

  /** The revision that last went out with a person behind it. */
  get passed(): number | undefined {
    return this.#passed;
  }

  set passed(revision: number | undefined) {
    this.#passed = revision;
    this.#passedAt = performance.now();
  }

  /** A person did something here; `what` is the type of the input. */
  byHand(what: string): void {
    this.touched = performance.now();
    this.#takenBack = /^(?:delete|history|cut)/u.test(what);
  }

  get dirty(): boolean {
    return this.#dirty || this.#fieldsDiffer();
  }

  /** Whether the composer is still in the page. */
  get connected(): boolean {
    return this.composer.scope.isConnected && this.composer.editor.isConnected;
  }

  /** Reads the composer now. `composer` replaces the one known, where the page rebuilt it. */
  refresh(composer: Composer = this.composer): Snapshot {
    const began = performance.now();
    let fresh = snapshotOf(composer, this.around.attachments.of, this.#used);
    if (fresh.empty && this.#used !== undefined) {
      this.#used = undefined;
      fresh = snapshotOf(composer, this.around.attachments.of);
    }
    this.#cost = performance.now() - began;
    this.#dirty = false;
    const changed = fresh.key !== this.#snapshot.key;
    const emptied = changed && fresh.empty && !this.#snapshot.empty;
    const before = this.#snapshot;
    this.#snapshot = fresh;
    if (this.#bodiesChanged()) this.#observe();
    if (changed) {
      revisions += 1;
      this.#revision = revisions;
      this.#step({ kind: "changed" });
      this.#findings =
        this.#report === undefined ? [] : followAll(this.#report.findings, this.#reported, texts(fresh));
      if (fresh.empty) this.around.attachments.emptied(composer.scope);
      const byHand = this.#takenBack && began - this.touched < BY_HAND;
      if (emptied && !byHand && began - this.#passedAt > AFTER_POST) this.#seek(before);
    }
    return fresh;
  }

  /** The box emptied itself: where its text appears in the page, a post went out that nothing of ours had seen. */
  #seek(before: Snapshot): void {
    const text = words(before.fields.map((f) => f.text).join(" "), SOUGHT.most);
    if (text.length < SOUGHT.least) return;
    const until = performance.now() + SOUGHT.for;
    const look = () => {
      if (words(document.body?.textContent ?? "", Number.POSITIVE_INFINITY).includes(text))
        this.around.lost(this);
      else if (performance.now() < until) this.around.life.after(SOUGHT.every, look);
    };
    this.around.life.after(0, look);
  }

  /** What is known is no longer so: the policy changed. */
  forget(): void {
    this.#step({ kind: "changed" });
    this.#report = undefined;
    this.#findings = [];
    this.look();
  }

  /** Looks soon whether the text changed, and has it checked if so. */
  look(): void {
    this.#dirty = true;
    if (this.#scheduled !== undefined) return;
    // A walk that costs a millisecond may run every few; one that costs a hundred must not eat the page's time.
    const wait = this.#cost < 2 ? 0 : Math.min(500, this.#cost * 8);
    this.#scheduled = this.around.life.after(wait, () => {
      this.#scheduled = undefined;
      if (!this.connected) return;
      this.refresh();
      if (!this.composing) this.check();
      this.around.changed(this);
    });
  }

  /** Has the present revision checked, unless it is known or being checked. */
  check(): void {
    if (this.#state.kind !== "unknown" || this.#busy) return;
    if (this.#snapshot.empty && this.#snapshot.context.answering === undefined) {
      this.#step({ kind: "sent", revision: this.#revision });
      this.#settle(this.#revision, this.#snapshot, NOTHING);
      return;
    }
    void this.#run();
  }

  /**
   * Resolves when the present revision is judged, or `limit` milliseconds are over and it counts as unavailable.
   */
  async judged(limit = TIME_LIMIT): Promise<void> {
    const until = performance.now() + limit;
    // Whoever asks again may be lucky: the worker may be back.
    if (this.#state.kind === "unavailable") this.#step({ kind: "changed" });
    for (;;) {
      this.check();
      if (this.#state.kind !== "unknown" && this.#state.kind !== "checking") return;
      const left = until - performance.now();
      if (left <= 0) break;
      await new Promise<void>((resolve) => {
        const cancel = this.around.life.after(left, resolve);
        this.#waiting.push(() => {
          cancel();
          resolve();
        });
        this.around.life.onEnd(resolve);
      });
      if (!this.around.life.goesOn) break;
    }
    const revision = this.#revision;
    this.#step({ kind: "sent", revision });
    this.#step({ kind: "failed", revision, why: this.around.life.goesOn ? "timeout" : "orphaned" });
    this.around.changed(this);
  }

  /** Lets go of the page. */
  end(): void {
    this.#scheduled?.();
    for (const observer of this.#observers) observer.disconnect();
    this.#findings = [];
    this.#report = undefined;
    this.#wake();
  }

  async #run(): Promise<void> {
    this.#busy = true;
    try {
      while (this.#state.kind === "unknown" && this.around.life.goesOn) {
        const revision = this.#revision;
        const snapshot = this.#snapshot;
        this.#step({ kind: "sent", revision });
        const answer = this.around.ask(revision, snapshot);
        const late = Symbol("late");
        let cancel = () => {};
        const limit = new Promise<typeof late>((resolve) => {
          cancel = this.around.life.after(TIME_LIMIT, () => resolve(late));
        });
        const first = await Promise.race([answer, limit]);
        cancel();
        if (first === late) {
          this.#step({ kind: "failed", revision, why: "timeout" });
          // The engine may still be starting: its answer counts when it comes, if the text is still that one.
          void answer.then((report) => this.#settle(revision, snapshot, report));
        } else {
          this.#settle(revision, snapshot, first);
        }
        this.around.changed(this);
      }
    } finally {
      this.#busy = false;
    }
  }

  #settle(revision: number, snapshot: Snapshot, answer: Report | Why): void {
    if (typeof answer === "string") {
      this.#step({ kind: "failed", revision, why: answer });
      return;
    }
    // Newer than what is known, even where the text has moved on: its findings follow the edit.
    this.#report = answer;
    this.#reported = texts(snapshot);
    this.#findings = followAll(answer.findings, this.#reported, texts(this.#snapshot));
    if (answer.unavailable !== undefined && answer.verdict === "clear") {
      this.#step({ kind: "failed", revision, why: "too-much" });
    } else {
      this.#step({ kind: "answered", revision, verdict: answer.verdict });
      // Only `warn` is remembered: the others ask each time, or cannot be answered.
      if (answer.verdict === "warn" && revision === this.#revision && this.around.answered(this))
        this.allowed = revision;
    }
    this.around.changed(this);
  }

  #step(event: Event): void {
    this.#state = next(this.#state, event);
    if (event.kind === "answered" || event.kind === "failed") this.#wake();
  }

  #wake(): void {
    for (const wake of this.#waiting.splice(0)) wake();
  }

  #bodiesChanged(): boolean {
    const now = this.#snapshot.fields.map((f) => f.element);
    return now.length !== this.#observed.length || now.some((e, at) => e !== this.#observed[at]);
  }

  /** Watches the editors themselves, and nothing else of the page. */
  #observe(): void {
    for (const observer of this.#observers.splice(0)) observer.disconnect();
    this.#observed = this.#snapshot.fields.map((f) => f.element);
    const observer = new MutationObserver(() => {
      if (this.around.life.goesOn) this.look();
    });
    for (const element of this.#observed) {
      observer.observe(element, { childList: true, characterData: true, subtree: true });
    }
    this.#observers.push(observer);
  }

  /** Text fields change without a mutation, and scripts change them without an event. */
  #fieldsDiffer(): boolean {
    return this.#snapshot.fields.some(
      (f) => "value" in f.element && (f.element as HTMLTextAreaElement).value.length !== f.text.length,
    );
  }
}

const NOTHING: Report = { verdict: "clear", findings: [], observed: [], lengths: [] };

function texts(snapshot: Snapshot): ReadonlyMap<string, string> {
  return new Map(snapshot.fields.map((f) => [f.id, f.text]));
}
