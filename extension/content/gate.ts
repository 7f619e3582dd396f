/**
 * The gate: holds what sends a draft until the verdict for exactly that text is known. The rules are written down in
 * `docs/gate.md`; the states are in `state.ts`. With a fresh `clear` verdict nothing here touches the site's own event.
 */
import {
  type Composer,
  composerOf,
  composerOfForm,
  controlsIn,
  inner,
  type Sending,
  sendingOf,
} from "./composer.ts";
import { editableIn } from "./dom.ts";
import { type Chord, chordOf, composing, known, sends } from "./keys.ts";
import type { Life } from "./life.ts";
import type { Held } from "./panel.ts";
import type { Session } from "./session.ts";
import type { Site } from "./site.ts";
import { answerFor } from "./state.ts";

/** What the gate asks of the frame around it. */
export interface Surroundings {
  life: Life;
  /** The site of this page; none while nothing is known about it, or while checking is off. */
  site(): Site | undefined;
  /** Whether a composer is watched at all: direct messages are the policy's choice. */
  watched(composer: Composer): boolean;
  session(composer: Composer): Session;
  sessions(): readonly Session[];
  /** Resolves when settings and attachments are known. */
  ready(session: Session): Promise<void>;
  /** Whether they are known already. */
  isReady(session: Session): boolean;
  open(session: Session, held: Held): void;
  /**
   * Whether a card may hold this post: `quiet` where the policy's limit of interruptions is reached and the badge alone
   * says what was found, else how many more may open within the hour, where there is a limit.
   */
  allowance(session: Session): Promise<"quiet" | number | undefined>;
  /** A post goes that the limit of interruptions lets go. */
  letGo(session: Session): void;
  say(
    what: "changed" | "scripted" | "unavailable.passed" | "unavailable.held" | "again",
    session: Session,
    act?: () => void,
  ): void;
  onUnavailable(): "notice" | "hold";
  /** A post is let go. */
  posted(session: Session): void;
  recordUnavailable(session: Session): void;
}

/** How something is sent, so that it can be sent in the same way later. */
type Attempt =
  | { how: "click"; composer: Composer; control: Element }
  | { how: "key"; composer: Composer; chord: Chord; editor: Element }
  | {
      how: "submit";
      composer: Composer;
      form: HTMLFormElement;
      submitter: HTMLElement | null;
      native: boolean;
    };

const PRESSES = ["pointerdown", "mousedown", "touchstart"];
const RISES = ["pointerup", "mouseup", "touchend"];

/** How long after a person's last doing in a box a script's click is taken for theirs, in milliseconds. */
const VOUCHED = 3000;
/** Scripted sends that are decided in a minute; the rest are held unread, so that a page cannot probe the lists. */
const SCRIPTED_A_MINUTE = 5;

export class Gate {
  #releasing = false;
  readonly #deciding = new WeakSet<Session>();
  #gesture: { control: Element; held: boolean } | undefined;
  #heldKey: string | undefined;
  #scripted: number[] = [];

  constructor(readonly around: Surroundings) {}

  /** Registers every listener; again after `document.open()` has wiped them. Twice is once. */
  arm(): void {
    const { life } = this.around;
    for (const type of PRESSES) life.listen(window, type, this.#onPress, capture(type));
    for (const type of RISES) life.listen(window, type, this.#onRise, capture(type));
    life.listen(window, "click", this.#onClick, capture("click"));
    life.listen(window, "keydown", this.#onKeyDown, capture("keydown"));
    life.listen(window, "keypress", this.#onKeyRest, capture("keypress"));
    life.listen(window, "keyup", this.#onKeyRest, capture("keyup"));
    life.listen(window, "submit", this.#onSubmit, capture("submit"));
    const navigation = (window as { navigation?: EventTarget }).navigation;
    if (navigation !== undefined) life.listen(navigation, "navigate", this.#onNavigate);
  }

  readonly #onPress = (event: Event): void => {
    const sending = this.#sending(event);
    if (sending === undefined) {
      this.#gesture = undefined;
      return;
    }
    // One decision for the whole gesture: a site must not see half of one.
    if (event.type === "pointerdown" || this.#gesture?.control !== sending.control) {
      this.#gesture = { control: sending.control, held: !this.#passes(sending.composer) };
    }
    if (this.#gesture.held) stop(event, event.type !== "touchstart");
  };

  readonly #onRise = (event: Event): void => {
    if (this.#gesture?.held !== true || this.#sending(event) === undefined) return;
    stop(event, event.type !== "touchend");
  };

  readonly #onClick = (event: MouseEvent): void => {
    const sending = this.#sending(event);
    if (sending === undefined) return;
    const { composer, control } = sending;
    const wasHeld = this.#gesture?.control === control && this.#gesture.held;
    this.#gesture = undefined;
    const scripted = !event.isTrusted && !this.#vouched(composer);
    // A site that sends when the pointer goes down has missed that: it gets the whole gesture anew.
    if (!scripted && this.#passes(composer) && !(wasHeld && composer.rule.press)) {
      this.#letPass(composer);
      return;
    }
    stop(event, true);
    if (scripted) this.#refuse(composer);
    else void this.#decide({ how: "click", composer, control });
  };

  readonly #onKeyDown = (event: KeyboardEvent): void => {
    const site = this.#site();
    if (site === undefined || composing(event)) return;
    const path = event.composedPath();
    if (event.key === "Enter" || event.key === " ") {
      const sending = sendingOf(site, path, this.#recent);
      if (
        sending !== undefined &&
        !editableIn(path) &&
        this.around.watched(sending.composer) &&
        isEnabled(sending.control)
      ) {
        if (!this.#passes(sending.composer)) {
          this.#heldKey = "button";
          // Stopped, but not prevented: the click that follows is what is held and released. An element that only
          // plays a button gets no click from the browser: its site acts on the key, so the key is held.
          const clicks = path[0] instanceof Element && path[0].matches("button, input, a[href], summary");
          stop(event, !clicks);
          if (!clicks && !event.repeat) void this.#decide({ how: "click", ...sending });
        }
        return;
      }
    }
    const found = this.#chord(site, event, path);
    if (found === undefined) return;
    const { composer, chord, editor } = found;
    const scripted = !event.isTrusted && !this.#vouched(composer);
    if (!scripted && this.#passes(composer)) {
      this.#letPass(composer);
      return;
    }
    this.#heldKey = event.key;
    stop(event, true);
    if (event.repeat) return;
    if (scripted) this.#refuse(composer);
    else void this.#decide({ how: "key", composer, chord, editor });
  };

  /** The rest of a held key; and sites that send when the key comes up. */
  readonly #onKeyRest = (event: KeyboardEvent): void => {
    if (this.#releasing || !this.around.life.goesOn) return;
    const last = event.type === "keyup";
    if (this.#heldKey === "button" && (event.key === "Enter" || event.key === " ")) {
      stop(event, false);
      if (last) this.#heldKey = undefined;
      return;
    }
    if (this.#heldKey === event.key) {
      stop(event, true);
      if (last) this.#heldKey = undefined;
      return;
    }
    const site = last ? this.#site() : undefined;
    if (site === undefined) return;
    const found = this.#chord(site, event, event.composedPath());
    if (found === undefined || !found.composer.rule.keys.has("mod-enter-up")) return;
    const { composer, chord, editor } = found;
    if (this.#passes(composer)) return;
    stop(event, true);
    void this.#decide({ how: "key", composer, chord, editor });
  };

  readonly #onSubmit = (event: SubmitEvent): void => {
    const site = this.#site();
    const form = event.composedPath()[0];
    if (site === undefined || !(form instanceof HTMLFormElement)) return;
    if (event.submitter !== null && site.notSubmit.closest(event.submitter) !== undefined) return;
    const composer = composerOfForm(site, form);
    if (composer === undefined || !this.around.watched(composer)) return;
    if (this.#passes(composer)) {
      this.#letPass(composer);
      return;
    }
    stop(event, true);
    void this.#decide({ how: "submit", composer, form, submitter: event.submitter, native: false });
  };

  /** `form.submit()` fires no submit event; the navigation that it starts can be stopped. */
  readonly #onNavigate = (
    event: Event & { formData?: FormData | null; sourceElement?: Element | null },
  ): void => {
    if (this.#releasing || !event.cancelable || !event.formData || this.#site() === undefined) return;
    const sent = new Set<string>();
    // Gecko gives a content script no iterator of the page's form data.
    event.formData.forEach((value) => {
      if (typeof value === "string") sent.add(plainLines(value));
    });
    const session = this.around
      .sessions()
      .find(
        (s) =>
          s.connected && s.refresh().fields.some((f) => f.text.trim() !== "" && sent.has(plainLines(f.text))),
      );
    if (session === undefined || !this.around.watched(session.composer) || this.#passes(session.composer))
      return;
    const form = event.sourceElement?.closest("form") ?? session.composer.editor.closest("form");
    event.preventDefault();
    if (!form) {
      this.around.say("changed", session);
      return;
    }
    void this.#decide({ how: "submit", composer: session.composer, form, submitter: null, native: true });
  };

  #site(): Site | undefined {
    return this.#releasing || !this.around.life.goesOn ? undefined : this.around.site();
  }

  readonly #recent = (): readonly Composer[] =>
    this.around
      .sessions()
      .filter((s) => s.connected)
      .map((s) => s.composer);

  #sending(event: Event): Sending | undefined {
    const site = this.#site();
    if (site === undefined) return undefined;
    const sending = sendingOf(site, event.composedPath(), this.#recent);
    if (sending === undefined || !this.around.watched(sending.composer) || !isEnabled(sending.control))
      return undefined;
    return sending;
  }

  #chord(
    site: Site,
    event: KeyboardEvent,
    path: EventTarget[],
  ): { composer: Composer; chord: Chord; editor: Element } | undefined {
    const chord = chordOf(event);
    if (chord === undefined) return undefined;
    const editor = editableIn(path);
    const composer = editor === undefined ? undefined : composerOf(site, editor);
    if (editor === undefined || composer === undefined || !this.around.watched(composer)) return undefined;
    if (!sends(chord, composer.rule.keys)) return undefined;
    // Enter in a title moves on or submits a form, and a form's submit is held by itself.
    if (chord === "enter" && (!composer.rule.editors.matches(editor) || suggests(editor))) return undefined;
    return { composer, chord, editor };
  }

  /** Whether exactly what stands in the composer now may go. Starts a check where that is not known. */
  #passes(composer: Composer): boolean {
    const session = this.around.session(composer);
    session.refresh(composer);
    session.check();
    if (session.snapshot.empty) return true;
    return (
      this.around.isReady(session) && answerFor(session.state, session.revision, session.allowed) === "pass"
    );
  }

  #letPass(composer: Composer): void {
    const session = this.around.session(composer);
    if (session.snapshot.empty) return;
    session.passed = session.revision;
    this.around.posted(session);
  }

  /** Whether a person stands behind what a script does here. */
  #vouched(composer: Composer): boolean {
    const session = this.around.session(composer);
    session.refresh(composer);
    if (session.passed === session.revision) return true;
    const now = performance.now();
    if (now - session.touched > VOUCHED) return false;
    this.#scripted = this.#scripted.filter((at) => now - at < 60_000);
    if (this.#scripted.length >= SCRIPTED_A_MINUTE) return false;
    this.#scripted.push(now);
    return true;
  }

  /** Held the same way whatever the text is: a page learns nothing from it. */
  #refuse(composer: Composer): void {
    const session = this.around.session(composer);
    if (!session.snapshot.empty) this.around.say("scripted", session);
  }

  async #decide(attempt: Attempt): Promise<void> {
    const session = this.around.session(attempt.composer);
    // What is pressed again while a decision is under way is held with it.
    if (this.#deciding.has(session)) return;
    this.#deciding.add(session);
    try {
      await this.around.ready(session);
      if (!this.around.watched(attempt.composer)) {
        this.#letGoUnread(attempt);
        return;
      }
      for (let round = 0; round < 2; round += 1) {
        await session.judged();
        if (!this.around.life.goesOn) return;
        const judged = session.revision;
        session.refresh();
        if (session.revision !== judged) continue;
        switch (answerFor(session.state, judged, session.allowed)) {
          case "pass":
            // An attachment that cannot be read in time was not judged: that is no clear verdict.
            if (this.around.isReady(session)) this.#release(attempt, session, judged);
            else this.#unavailable(attempt, session, judged);
            return;
          case "card": {
            const left = await this.around.allowance(session);
            if (!this.around.life.goesOn) return;
            const release = () => this.#release(attempt, session, judged);
            if (left === "quiet" && session.revision === judged) {
              this.around.letGo(session);
              session.allowed = judged;
              release();
            } else {
              this.around.open(session, left === "quiet" ? { release } : { release, left });
            }
            return;
          }
          case "unavailable":
            this.#unavailable(attempt, session, judged);
            return;
          case "wait":
        }
      }
      this.around.say("changed", session);
    } finally {
      this.#deciding.delete(session);
    }
  }

  #unavailable(attempt: Attempt, session: Session, revision: number): void {
    this.around.recordUnavailable(session);
    const send = () => {
      session.allowed = revision;
      this.#release(attempt, session, revision);
    };
    if (this.around.onUnavailable() === "hold") {
      this.around.say("unavailable.held", session, send);
    } else {
      send();
      this.around.say("unavailable.passed", session);
    }
  }

  /** Sends, once, and only the text that was judged. */
  #release(attempt: Attempt, session: Session, revision: number): void {
    if (!this.around.life.goesOn || !session.connected) return;
    session.refresh();
    if (session.revision !== revision || answerFor(session.state, revision, session.allowed) !== "pass") {
      this.around.say("changed", session);
      return;
    }
    session.passed = revision;
    this.#send(attempt);
    this.around.posted(session);
  }

  /** It was held only until the settings were known, and they say that such posts are nobody's business. */
  #letGoUnread(attempt: Attempt): void {
    if (this.around.life.goesOn && attempt.composer.editor.isConnected) this.#send(attempt);
  }

  #send(attempt: Attempt): void {
    this.#releasing = true;
    try {
      this.#doAgain(attempt);
    } finally {
      this.#releasing = false;
    }
  }

  #doAgain(attempt: Attempt): void {
    const { composer } = attempt;
    switch (attempt.how) {
      case "click": {
        const control = attempt.control.isConnected ? attempt.control : this.#control(composer);
        if (control !== undefined) press(control, composer.rule.press);
        return;
      }
      case "key": {
        // A button is the surer way, where it certainly is the composer's own.
        const named = !composer.rule.scope.empty && composer.bounded;
        const wanted = attempt.chord === "enter" ? named : composer.bounded;
        const control =
          wanted && known(attempt.chord, composer.rule.keys) ? this.#control(composer) : undefined;
        if (control !== undefined) press(control, composer.rule.press);
        else strike(attempt.editor.isConnected ? attempt.editor : composer.editor, attempt.chord);
        return;
      }
      case "submit": {
        const { form, submitter, native } = attempt;
        // A control may be named `submit` and hide the method of the form.
        if (native) HTMLFormElement.prototype.submit.call(form);
        else if (submitter?.isConnected) HTMLFormElement.prototype.requestSubmit.call(form, submitter);
        else HTMLFormElement.prototype.requestSubmit.call(form);
      }
    }
  }

  #control(composer: Composer): Element | undefined {
    const control = controlsIn(composer.site, composer.rule, composer.scope).find(isEnabled);
    return control === undefined ? undefined : inner(control);
  }
}

function capture(type: string): AddEventListenerOptions {
  // A touch listener that may prevent makes every scroll of the page wait for it; ours only stops.
  return type.startsWith("touch") ? { capture: true, passive: true } : { capture: true, passive: false };
}

function stop(event: Event, prevent: boolean): void {
  event.stopImmediatePropagation();
  if (prevent && event.cancelable) event.preventDefault();
}

/** A disabled control sends nothing, and its clicks are the site's own business. */
function isEnabled(control: Element): boolean {
  return !control.matches(":disabled, [aria-disabled=true]");
}

/** Whether a list of suggestions is open, in which Enter picks an entry. */
function suggests(editor: Element): boolean {
  const owner = editor.closest("[role=combobox], [aria-expanded], [aria-activedescendant]") ?? editor;
  return (
    owner.getAttribute("aria-expanded") === "true" ||
    (editor.getAttribute("aria-activedescendant") ?? "") !== ""
  );
}

function press(control: Element, whole: boolean): void {
  if (whole) {
    const init = { bubbles: true, cancelable: true, composed: true, button: 0, detail: 1 };
    control.dispatchEvent(
      new PointerEvent("pointerdown", { ...init, isPrimary: true, pointerType: "mouse" }),
    );
    control.dispatchEvent(new MouseEvent("mousedown", init));
    control.dispatchEvent(new PointerEvent("pointerup", { ...init, isPrimary: true, pointerType: "mouse" }));
    control.dispatchEvent(new MouseEvent("mouseup", init));
  }
  if (control instanceof HTMLElement) control.click();
  else control.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true, composed: true }));
}

/** Strikes a key in an editor, for sites that know no button. */
function strike(editor: Element, chord: Chord): void {
  if (editor instanceof HTMLElement) editor.focus({ preventScroll: true });
  const key =
    chord === "mod-s"
      ? { key: "s", code: "KeyS", keyCode: 83 }
      : { key: "Enter", code: "Enter", keyCode: 13 };
  const ctrlKey = chord !== "enter";
  const init = {
    ...key,
    which: key.keyCode,
    ctrlKey,
    bubbles: true,
    cancelable: true,
    composed: true,
  } as KeyboardEventInit;
  const untouched = editor.dispatchEvent(new KeyboardEvent("keydown", init));
  if (untouched)
    editor.dispatchEvent(
      new KeyboardEvent("keypress", { ...init, charCode: key.keyCode } as KeyboardEventInit),
    );
  editor.dispatchEvent(new KeyboardEvent("keyup", init));
}

function plainLines(text: string): string {
  return text.replaceAll("\r\n", "\n").trim();
}
