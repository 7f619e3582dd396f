/**
 * The quiet line beside a box in which an answer is about to be written: who answers such posts, or which approved
 * reply fits. It takes no focus, and goes as soon as something is typed.
 */
import type { Help } from "../shared/generated/Help.ts";
import type { FrameState } from "../shared/protocol.ts";
import { type MountedLine, mountLine } from "../ui/mount.ts";
import { visibleBox } from "./boxes.ts";
import { holds } from "./dom.ts";
import { Layer } from "./layer.ts";
import type { Life } from "./life.ts";
import type { Session } from "./session.ts";

export interface Surroundings {
  life: Life;
  state(): FrameState;
  help(session: Session): Promise<Help | undefined>;
  openReplies(session: Session): void;
}

export class Advice {
  readonly #layer: Layer;
  #line: MountedLine | undefined;
  #session: Session | undefined;
  /** Answered texts for which the line was closed by hand. */
  readonly #dismissed = new Set<string>();

  constructor(readonly around: Surroundings) {
    this.#layer = new Layer(around.life);
    around.life.onEnd(() => this.close());
  }

  /** A box got the focus. */
  async offer(session: Session): Promise<void> {
    const { answering } = session.snapshot.context;
    if (this.#session === session && this.#line !== undefined) return;
    this.close();
    if (answering === undefined || this.#dismissed.has(answering) || !untouched(session)) return;
    this.#session = session;
    const help = await this.around.help(session);
    if (help === undefined || this.#session !== session || this.#line !== undefined) return;
    if (!untouched(session) || !session.connected || !this.around.life.goesOn) return;
    const fitting = help.replies.filter(({ fits }) => fits);
    if (help.route === undefined && fitting.length === 0) return;
    this.#layer.show(session.composer.editor);
    const { language, theme } = this.around.state();
    this.#line = mountLine(this.#layer.root, {
      route: help.route,
      replies: fitting,
      language,
      theme,
      anchor: anchorOf(session),
      onReplies: () => {
        this.close();
        this.around.openReplies(session);
      },
      onClose: () => {
        this.#dismissed.add(answering);
        this.close();
      },
    });
    addEventListener("scroll", this.#place, { capture: true, passive: true });
    addEventListener("resize", this.#place);
  }

  /** The box of `session` changed. */
  refresh(session: Session): void {
    if (session === this.#session && this.#line !== undefined && !untouched(session)) this.close();
  }

  /** Whether `node` belongs to what the line is about. */
  about(node: Node): boolean {
    return this.#session !== undefined && holds(this.#session.composer.scope, node);
  }

  close(): void {
    removeEventListener("scroll", this.#place, { capture: true });
    removeEventListener("resize", this.#place);
    this.#line?.destroy();
    this.#line = undefined;
    this.#session = undefined;
    this.#layer.hide();
  }

  readonly #place = (): void => {
    const session = this.#session;
    if (session === undefined || this.#line === undefined) return;
    if (session.connected && this.around.life.goesOn) this.#line.update({ anchor: anchorOf(session) });
    else this.close();
  };
}

/** Whether nobody has written yet: sites put the name of the one who is answered into the box. */
function untouched(session: Session): boolean {
  return session.snapshot.fields.every(({ text }) => text.replace(/@[\p{L}\p{N}._@-]+/gu, "").trim() === "");
}

function anchorOf(session: Session): { left: number; top: number; right: number; bottom: number } {
  const { editor } = session.composer;
  return visibleBox(editor) ?? editor.getBoundingClientRect();
}
