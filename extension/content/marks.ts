/**
 * Draws what was found: a line under each finding and a badge at the corner of the compose box. Boxes are measured
 * again in every frame while something moves, once a second while the page stands still, and never where nothing is
 * drawn.
 */
import type { Finding } from "../shared/generated/Finding.ts";
import type { Reply } from "../shared/generated/Reply.ts";
import type { Severity } from "../shared/generated/Severity.ts";
import type { FrameState } from "../shared/protocol.ts";
import { type BadgeProps, type MountedBadge, mountBadge, nearing } from "../ui/mount.ts";
import { type Box, boxesOf, clip, Mirrors, visibleBox } from "./boxes.ts";
import { isTextField } from "./dom.ts";
import { Layer } from "./layer.ts";
import type { Life } from "./life.ts";
import type { Session } from "./session.ts";
import { fieldById } from "./snapshot.ts";
import { watchStillness } from "./stillness.ts";

const STYLE = `
.mark-box { position: fixed; left: 0; top: 0; pointer-events: none; box-sizing: border-box; border-radius: 2px;
  border-bottom: 2px solid var(--line); background: var(--tint); }
.mark-box.high { --line: #c62f21; --tint: rgb(198 47 33 / 12%); }
.mark-box.medium { --line: #b26b00; --tint: rgb(178 107 0 / 12%); border-bottom-style: dashed; }
.mark-box.low { --line: #2f74b5; --tint: transparent; border-bottom-style: dotted; }
.badge { pointer-events: none !important; }
@media print { .mark-box, .badge { display: none !important; } }
@media (forced-colors: active) { .mark-box { border-bottom-color: Highlight; } }
`;

/** Frames without a change after which the page counts as standing still: half a second. */
const STILL = 30;
/** How often a page that stands still is measured all the same, in milliseconds: no observer tells of everything. */
const GLANCE = 1000;

/** More marks than that help nobody and cost the page's time. */
const MOST = 200;
const BADGE = { width: 44, height: 26 };
/** The badge that counts the changes of an approved reply is wider. */
const WIDE_BADGE = 84;
const RANK: Record<Severity, number> = { low: 0, medium: 1, high: 2 };

interface Mark {
  box: Box;
  severity: Severity;
}

export class Marks {
  readonly #layer: Layer;
  readonly #mirrors: Mirrors;
  readonly #pool: HTMLElement[] = [];
  #badge: MountedBadge | undefined;
  #badgeBox: Box | undefined;
  #badgeShown = "";
  #session: Session | undefined;
  #frame = 0;
  /** Frames in which all stood where it had stood. */
  #still = 0;
  #stopWatching: (() => void) | undefined;
  #drawn = "";

  constructor(
    readonly life: Life,
    readonly open: (session: Session) => void,
    readonly state: () => FrameState,
  ) {
    this.#layer = new Layer(life);
    const style = document.createElement("style");
    style.textContent = STYLE;
    this.#layer.root.append(style);
    this.#mirrors = new Mirrors(this.#layer.root);
    life.onEnd(() => this.clear());
  }

  /** The session whose findings are drawn. */
  get session(): Session | undefined {
    return this.#session;
  }

  /** Shows the findings of `session`; of none: nothing. */
  show(session: Session | undefined): void {
    if (session !== this.#session) this.clear();
    this.#session = session;
    this.#run();
  }

  clear(): void {
    this.#halt();
    this.#still = 0;
    this.#session = undefined;
    this.#badge?.destroy();
    this.#badge = undefined;
    this.#badgeBox = undefined;
    this.#badgeShown = "";
    this.#drawn = "";
    this.#mirrors.clear();
    for (const mark of this.#pool.splice(0)) mark.remove();
    this.#layer.hide();
  }

  /** Whether a point of the viewport is on the badge. It takes no pointer events itself, lest the page finds it. */
  onBadge(x: number, y: number): boolean {
    const box = this.#badgeBox;
    return box !== undefined && x >= box.left && x <= box.right && y >= box.top && y <= box.bottom;
  }

  #run(): void {
    if (this.#session === undefined || (this.#frame !== 0 && this.#stopWatching === undefined)) return;
    this.#halt();
    const before = `${this.#drawn} ${this.#badgeShown}`;
    // Draw at once, so that the next frame shows it.
    if (!this.#draw()) return;
    this.#still = before === `${this.#drawn} ${this.#badgeShown}` ? this.#still + 1 : 0;
    if (this.#still > STILL) this.#rest();
    else
      this.#nextFrame(() => {
        if (this.life.goesOn) this.#run();
      });
  }

  #nextFrame(then: () => void): void {
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      then();
    });
  }

  /** Measures no more until something moves. */
  #rest(): void {
    const session = this.#session;
    if (session === undefined) return;
    const wake = () => {
      this.#still = 0;
      this.#run();
    };
    const stop = watchStillness(session.composer.editor, wake);
    const cancel = this.life.after(GLANCE, () => this.#run());
    this.#stopWatching = () => {
      stop();
      cancel();
    };
    // No event and no observer tells of a field whose value a script sets: its length is asked for in every frame.
    const look = () => {
      if (session.dirty || !session.connected) wake();
      else this.#nextFrame(look);
    };
    if (session.snapshot.fields.some(({ element }) => isTextField(element))) this.#nextFrame(look);
  }

  #halt(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    this.#stopWatching?.();
    this.#stopWatching = undefined;
  }

  /** Draws; false where there is nothing to draw, and no further frame is needed. */
  #draw(): boolean {
    const session = this.#session;
    if (session === undefined) return false;
    if (!session.connected) {
      this.clear();
      return false;
    }
    if (session.dirty) {
      session.refresh();
      session.look();
    }
    const { count, severity, unavailable } = summary(session);
    const reply = nearing(session.reply);
    if (count === 0 && !unavailable && reply === undefined) {
      if (this.#layer.shown) this.#blank();
      return false;
    }
    this.#layer.show(session.composer.editor);
    this.#place(marksOf(session, this.#mirrors));
    this.#placeBadge(session, count, severity, unavailable, count === 0 ? reply : undefined);
    return true;
  }

  #blank(): void {
    this.#place([]);
    this.#badge?.destroy();
    this.#badge = undefined;
    this.#badgeBox = undefined;
    this.#badgeShown = "";
    this.#layer.hide();
  }

  #place(marks: Mark[]): void {
    const drawn = marks
      .map((m) => `${m.severity} ${m.box.left} ${m.box.top} ${m.box.right} ${m.box.bottom}`)
      .join(";");
    if (drawn === this.#drawn) return;
    this.#drawn = drawn;
    marks.forEach(({ box, severity }, at) => {
      let element = this.#pool[at];
      if (element === undefined) {
        element = document.createElement("div");
        this.#pool.push(element);
        this.#layer.root.append(element);
      }
      element.className = `mark-box ${severity}`;
      element.style.cssText = `transform:translate(${box.left}px,${box.top}px);width:${box.right - box.left}px;height:${box.bottom - box.top + 1}px`;
    });
    for (const element of this.#pool.splice(marks.length)) element.remove();
  }

  #placeBadge(
    session: Session,
    count: number,
    severity: Severity,
    unavailable: boolean,
    reply?: Reply,
  ): void {
    const box = visibleBox(session.composer.editor);
    if (box === undefined) {
      this.#badge?.destroy();
      this.#badge = undefined;
      this.#badgeBox = undefined;
      return;
    }
    const right = Math.max(box.left + BADGE.width, box.right) - 4;
    const bottom = Math.max(box.top + BADGE.height, box.bottom) - 4;
    this.#badgeBox = {
      left: right - (reply === undefined ? BADGE.width : WIDE_BADGE),
      top: bottom - BADGE.height,
      right,
      bottom,
    };
    const { language, theme } = this.state();
    const shown = [count, severity, unavailable, reply?.changed, right, bottom, language, theme].join(" ");
    if (shown === this.#badgeShown && this.#badge !== undefined) return;
    this.#badgeShown = shown;
    const props: BadgeProps = {
      count,
      severity,
      unavailable,
      reply,
      language,
      theme,
      right,
      bottom,
      onOpen: () => {
        if (this.#session !== undefined) this.open(this.#session);
      },
    };
    if (this.#badge === undefined) this.#badge = mountBadge(this.#layer.root, props);
    else this.#badge.update(props);
  }
}

function marksOf(session: Session, mirrors: Mirrors): Mark[] {
  const marks: Mark[] = [];
  const visible = new Map<Element, Box | undefined>();
  for (const finding of session.findings) {
    if (marks.length >= MOST) break;
    const field = finding.part === "" ? undefined : fieldById(session.snapshot, finding.part);
    if (field === undefined || finding.end <= finding.start) continue;
    if (!visible.has(field.element)) visible.set(field.element, visibleBox(field.element));
    const bounds = visible.get(field.element);
    if (bounds === undefined) continue;
    for (const box of boxesOf(field, finding.start, finding.end, mirrors)) {
      const seen = clip(box, bounds);
      if (seen !== undefined) marks.push({ box: seen, severity: finding.severity });
    }
  }
  return marks;
}

function summary(session: Session): { count: number; severity: Severity; unavailable: boolean } {
  const findings = session.findings;
  const severity = findings.reduce<Severity>(
    (most, f: Finding) => (RANK[f.severity] > RANK[most] ? f.severity : most),
    "low",
  );
  const { state } = session;
  return {
    count: findings.length,
    severity,
    unavailable: state.kind === "unavailable" && state.revision === session.revision,
  };
}
