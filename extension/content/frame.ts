/** One frame of a page: its site, its compose boxes, and everything that watches them. */
import { onNotice, send } from "../shared/browser.ts";
import type { Help } from "../shared/generated/Help.ts";
import type { Report } from "../shared/generated/Report.ts";
import { type FrameState, type SiteFault, toWire } from "../shared/protocol.ts";
import type { SiteFile } from "../shared/site-file.ts";
import general from "../sites/generic.json";
import { vouch } from "../ui/trusted.ts";
import { Advice } from "./advice.ts";
import { Answers } from "./answers.ts";
import { type Composer, controlsIn, knownComposerOf } from "./composer.ts";
import { editableIn, holds } from "./dom.ts";
import { copyOf, filesOf, listed } from "./events.ts";
import { Gate } from "./gate.ts";
import { clearLeftovers, isOurs } from "./layer.ts";
import { Life } from "./life.ts";
import { Marks } from "./marks.ts";
import { Attachments } from "./media.ts";
import { Notice } from "./notice.ts";
import { eventOf, Panel } from "./panel.ts";
import { Session, TIME_LIMIT } from "./session.ts";
import { pickSite, Site } from "./site.ts";
import type { Snapshot } from "./snapshot.ts";
import type { Why } from "./state.ts";

/** In force until the background has answered: everything is checked, nothing is lost. */
const AT_FIRST: FrameState = {
  enabled: true,
  // A message that is sent before the answer waits for it; nobody's policy can be missed by being quick.
  messages: true,
  unavailable: "notice",
  language: "en",
  theme: "auto",
  keepText: false,
};

/** How long the health of a page is gathered before it is told, in milliseconds. */
const GATHER = 1000;

/** Keys and input inside our own interface: what is typed there is no business of the page. */
const OURS = [
  "keydown",
  "keypress",
  "keyup",
  "beforeinput",
  "input",
  "paste",
  "copy",
  "cut",
  "compositionstart",
  "compositionupdate",
  "compositionend",
];

export class Frame {
  readonly life = new Life();
  readonly #attachments = new Attachments();
  readonly #sessions: Session[] = [];
  readonly #broken = new Set<string>();
  readonly #probed = new WeakSet<Session>();
  #sites: { path: string; site: Site | undefined } | undefined;
  readonly #made = new Map<string, Site>();
  #state: FrameState = AT_FIRST;
  #asked: Promise<void> | undefined;
  #known = false;
  #parts: { marks: Marks; panel: Panel; notice: Notice } | undefined;
  readonly #answers = new Answers();
  readonly #advice: Advice;
  #reporting = false;
  #fault: SiteFault | undefined;
  readonly #gate: Gate;

  constructor(readonly files: readonly SiteFile[]) {
    this.#gate = new Gate({
      life: this.life,
      site: () => (this.#state.enabled ? this.#site() : undefined),
      watched: (composer) => this.#watched(composer),
      session: (composer) => this.#session(composer),
      sessions: () => this.#sessions,
      ready: (session) => this.#ready(session),
      isReady: (session) => this.#known && !this.#attachments.pending(session.composer.scope),
      open: (session, held) => {
        this.#ui.marks.show(session);
        this.#ui.panel.open(session, held);
      },
      allowance,
      letGo: (session) =>
        void send({ kind: "event.record", event: eventOf(session, "let-go", this.#state.keepText) }),
      say: (what, session, act) => this.#ui.notice.say(what, session.composer.editor, act),
      onUnavailable: () => this.#state.unavailable,
      posted: (session) => {
        this.#attachments.posted(session.composer.scope);
        this.#countObserved(session);
      },
      recordUnavailable: (session) =>
        void send({
          kind: "event.record",
          event: { site: session.composer.site.id, rules: [], outcome: "unavailable" },
        }),
    });
    this.#advice = new Advice({
      life: this.life,
      state: () => this.#state,
      help,
      openReplies: (session) => this.#openCard(session, true),
    });
  }

  /** What rules on trial would have found in a post that went; once, however many events a site sends it with. */
  #countObserved(session: Session): void {
    const rules = session.report?.observed ?? [];
    if (rules.length === 0 || session.counted === session.revision) return;
    session.counted = session.revision;
    void send({
      kind: "event.record",
      event: { site: session.composer.site.id, rules, outcome: "observed" },
    });
  }

  /** Starts listening. All that a page without compose boxes ever pays. */
  start(): void {
    this.#arm();
    // `document.open()` takes every listener of the window away; this observer it leaves.
    const rearm = new MutationObserver(() => {
      if (this.life.goesOn) this.#arm();
    });
    rearm.observe(document, { childList: true });
    this.life.onEnd(() => {
      rearm.disconnect();
      for (const session of this.#sessions.splice(0)) session.end();
    });
    clearLeftovers();
  }

  #arm(): void {
    const capture = { capture: true };
    // Before the gate: what happens in our own interface never reaches it.
    for (const type of OURS) this.life.listen(window, type, this.#onOurs, capture);
    for (const type of ["pointerdown", "mousedown", "click"])
      this.life.listen(window, type, this.#onBadge, capture);
    for (const type of ["focusin", "focusout", "focus", "blur"])
      this.life.listen(window, type, this.#onFocus, capture);
    this.#gate.arm();
    for (const type of ["beforeinput", "input", "paste", "drop"])
      this.life.listen(window, type, this.#onInput, capture);
    this.life.listen(window, "compositionstart", this.#onComposition, capture);
    this.life.listen(window, "compositionend", this.#onComposition, capture);
    this.life.listen(window, "change", this.#onChange, capture);
  }

  readonly #onOurs = (event: Event): void => {
    if (!this.life.goesOn || this.#parts === undefined) return;
    if (!isOurs(event)) {
      // With the card open, Escape closes the card and not the site's dialog under it.
      const leaves = event.type === "keydown" && (event as KeyboardEvent).key === "Escape" && event.isTrusted;
      if (leaves && !(event as KeyboardEvent).isComposing && this.#parts.panel.escape()) {
        event.stopImmediatePropagation();
        event.preventDefault();
      }
      return;
    }
    // The page must not read a reason that is typed in the card; ours must. A copy goes in by another way.
    event.stopImmediatePropagation();
    const inner = this.#parts.panel.root.activeElement;
    const copy = inner === null ? undefined : copyOf(event);
    if (inner === null || copy === undefined) return;
    if (event.isTrusted) vouch(copy);
    if (!inner.dispatchEvent(copy)) event.preventDefault();
  };

  /** The badge takes no pointer events, lest a page finds it by asking what is under a point. */
  readonly #onBadge = (event: MouseEvent): void => {
    const marks = this.#parts?.marks;
    if (marks?.session === undefined || !event.isTrusted || !this.life.goesOn) return;
    if (!marks.onBadge(event.clientX, event.clientY)) return;
    event.stopImmediatePropagation();
    event.preventDefault();
    if (event.type === "click") this.#openCard(marks.session);
  };

  readonly #onFocus = (event: FocusEvent): void => {
    if (!this.life.goesOn) return;
    if (isOurs(event)) {
      // A dialog that traps the focus would take it out of our card.
      event.stopImmediatePropagation();
      return;
    }
    if (event.type === "focusout" || event.type === "blur") {
      const to = event.relatedTarget;
      if (to instanceof Element && this.#parts?.panel.root.host === to) event.stopImmediatePropagation();
      return;
    }
    if (event.type !== "focusin") return;
    const session = this.#enter(event.composedPath());
    if (session !== undefined) {
      this.#show(session);
      session.look();
      void this.#ask().then(() => this.#advice.offer(session));
      return;
    }
    const entered = event.composedPath()[0];
    if (entered instanceof Node && !this.#advice.about(entered)) this.#advice.close();
    const shown = this.#parts?.marks.session;
    const target = event.composedPath()[0];
    if (shown === undefined || !(target instanceof Node) || holds(shown.composer.scope, target)) return;
    if (this.#parts?.panel.session !== shown) this.#parts?.marks.show(undefined);
  };

  readonly #onInput = (event: Event): void => {
    if (!this.life.goesOn) return;
    const session = this.#enter(event.composedPath());
    if (session === undefined) return;
    if (event.isTrusted) session.byHand(event instanceof InputEvent ? event.inputType : event.type);
    const files = filesOf(event);
    if (files.length > 0) this.#attachments.take(session.composer.scope, files, () => session.look());
    if (event.type === "beforeinput") return;
    this.#show(session);
    session.look();
    // Once a text stands there, what sends it must be there too.
    if (!this.#probed.has(session)) {
      this.#probed.add(session);
      this.#health(undefined);
    }
  };

  readonly #onComposition = (event: Event): void => {
    if (!this.life.goesOn) return;
    const session = this.#enter(event.composedPath());
    if (session === undefined) return;
    session.composing = event.type === "compositionstart";
    if (!session.composing) session.look();
  };

  /** A file was chosen: it belongs to the composer around its input, or to the one last used. */
  readonly #onChange = (event: Event): void => {
    const input = event.composedPath()[0];
    if (!(input instanceof HTMLInputElement) || input.type !== "file" || !this.life.goesOn) return;
    const files = listed(input.files);
    const open = this.#sessions.filter((s) => s.connected);
    const session = open.find((s) => holds(s.composer.scope, input)) ?? open.at(-1);
    if (files.length === 0 || session === undefined) return;
    this.#attachments.take(session.composer.scope, files, () => session.look());
  };

  /** The session of the compose box that an event happened in. */
  #enter(path: EventTarget[]): Session | undefined {
    const editor = editableIn(path);
    if (editor === undefined) return undefined;
    this.#ask();
    const site = this.#state.enabled ? this.#site() : undefined;
    const composer = site === undefined ? undefined : knownComposerOf(site, editor);
    if (composer === undefined || !this.#watched(composer)) return undefined;
    const session = this.#session(composer);
    session.last = editor;
    return session;
  }

  #site(): Site | undefined {
    const path = location.pathname;
    if (this.#sites?.path === path && this.#sites.site !== undefined) return this.#sites.site;
    // What came with the policy mends what came with the extension.
    const files = [...(this.#state.sites ?? []), ...this.files];
    const file = pickSite(files, location.hostname, path, (marker) => marked(marker));
    let site = file === undefined ? undefined : this.#made.get(file.id);
    if (file !== undefined && site === undefined) {
      site = new Site(file, (selector) => this.#brokenSelector(selector), general as SiteFile);
      this.#made.set(file.id, site);
    }
    this.#sites = { path, site };
    return site;
  }

  #watched(composer: Composer): boolean {
    return this.#state.enabled && (composer.surface !== "message" || this.#state.messages);
  }

  #session(composer: Composer): Session {
    for (let at = this.#sessions.length - 1; at >= 0; at -= 1) {
      const session = this.#sessions[at];
      if (session === undefined) continue;
      const own = session.composer;
      if (own.scope === composer.scope || own.editor === composer.editor) {
        // The rule may have changed with the page's path or with what is answered.
        if (own.scope !== composer.scope || own.rule !== composer.rule || own.surface !== composer.surface) {
          session.refresh(composer);
        }
        return session;
      }
      if (!session.connected) {
        session.end();
        this.#sessions.splice(at, 1);
      }
    }
    this.#ask();
    const session = new Session(composer, {
      life: this.life,
      ask: check,
      attachments: this.#attachments,
      answered: (s) => this.#answers.knows(s),
      changed: (s) => this.#changed(s),
      lost: () => this.#health("submit"),
    });
    this.#sessions.push(session);
    const known = this.#sessions.some((s) => s.connected && s.composer.rule !== s.composer.site.fallback);
    this.#health(known ? undefined : "generic");
    return session;
  }

  #changed(session: Session): void {
    this.#advice.refresh(session);
    if (this.#parts === undefined) {
      if (session.findings.length === 0 && session.state.kind !== "unavailable") return;
      this.#show(session);
    }
    if (this.#parts?.marks.session === session) this.#parts.marks.show(session);
    this.#parts?.panel.refresh(session);
  }

  #show(session: Session): void {
    if (session.findings.length > 0 || this.#parts !== undefined) this.#ui.marks.show(session);
  }

  #openCard(session: Session, replies = false): void {
    session.refresh();
    void session.judged().then(() => this.#ui.panel.open(session, undefined, replies));
  }

  /** Made when there is something to draw for the first time. */
  get #ui(): { marks: Marks; panel: Panel; notice: Notice } {
    this.#parts ??= {
      marks: new Marks(
        this.life,
        (session) => this.#openCard(session),
        () => this.#state,
      ),
      panel: new Panel({
        life: this.life,
        state: () => this.#state,
        record: (event) => void send({ kind: "event.record", event }),
        openPage: (page, anchor) =>
          void send(anchor === undefined ? { kind: "page.open", page } : { kind: "page.open", page, anchor }),
        changed: (session) => this.#changed(session),
        answered: (session) => this.#answers.remember(session),
        help,
      }),
      notice: new Notice(this.life, () => this.#state),
    };
    return this.#parts;
  }

  /** Asks the background once what holds here, and listens for changes from then on. */
  #ask(): Promise<void> {
    this.#asked ??= send({ kind: "state.get" }).then(async (first) => {
      const answer =
        first.kind === "error" && first.code === "no-answer" ? await send({ kind: "state.get" }) : first;
      if (answer.kind === "state") this.#adopt(answer.state);
      else this.#asked = undefined;
      this.#known = true;
      this.life.onEnd(onNotice((notice) => this.#adopt(notice.state)));
    });
    return this.#asked;
  }

  #adopt(state: FrameState): void {
    if (!this.life.goesOn) return;
    if (JSON.stringify(state.sites ?? []) !== JSON.stringify(this.#state.sites ?? [])) {
      this.#sites = undefined;
      this.#made.clear();
      for (const session of this.#sessions.splice(0)) session.end();
      this.#parts?.marks.show(undefined);
    }
    this.#state = state;
    for (const session of this.#sessions.filter((s) => !this.#watched(s.composer))) {
      session.end();
      this.#sessions.splice(this.#sessions.indexOf(session), 1);
      if (this.#parts?.marks.session === session) this.#parts.marks.show(undefined);
    }
    if (!state.enabled) {
      this.#parts?.marks.show(undefined);
      this.#parts?.panel.close();
      this.#advice.close();
    } else {
      // Another policy may judge the same text otherwise.
      for (const session of this.#sessions) session.forget();
    }
  }

  async #ready(session: Session): Promise<void> {
    const waits = [this.#ask(), this.#attachments.ready(session.composer.scope)];
    await Promise.race([
      Promise.all(waits),
      new Promise<void>((resolve) => {
        this.life.after(TIME_LIMIT, resolve);
        this.life.onEnd(resolve);
      }),
    ]);
  }

  #brokenSelector(selector: string): void {
    this.#broken.add(selector);
    this.#health("selector");
  }

  /** Tells the background, without text, how the page fits the site's data. */
  #health(fault: SiteFault | undefined): void {
    this.#fault = fault ?? this.#fault;
    if (this.#reporting) return;
    this.#reporting = true;
    this.life.after(GATHER, () => {
      this.#reporting = false;
      if (this.#sessions.some(cannotSend)) this.#fault ??= "selector";
      const boxes = this.#sessions.filter((s) => s.connected).length;
      const health = this.#fault === undefined ? { boxes } : { boxes, fault: this.#fault };
      void send({ kind: "site.report", health });
    });
  }
}

/** A draft that nothing known could send: its button is another than the site's data says. */
function cannotSend({ connected, composer, snapshot }: Session): boolean {
  const { site, rule, scope } = composer;
  const expected = !rule.submit.empty || rule.submitText !== undefined;
  return connected && expected && !snapshot.empty && controlsIn(site, rule, scope).length === 0;
}

function marked(marker: string): boolean {
  try {
    return document.querySelector(marker) !== null;
  } catch {
    return false;
  }
}

/** One check; once more where the worker died under it. */
async function check(revision: number, snapshot: Snapshot): Promise<Report | Why> {
  const request = {
    kind: "draft.check" as const,
    revision,
    draft: toWire(snapshot.draft),
    context: { ...snapshot.context },
  };
  let answer = await send(request);
  if (answer.kind === "error" && answer.code === "no-answer") answer = await send(request);
  if (answer.kind === "report") return answer.revision === revision ? answer.report : "engine";
  return answer.code === "orphaned" || answer.code === "no-answer" ? answer.code : "engine";
}

/** Whether a card may hold a post: only the action `warn` is limited, and where nobody answers it holds. */
async function allowance(session: Session): Promise<"quiet" | number | undefined> {
  if (session.report?.verdict !== "warn") return undefined;
  const answer = await send({ kind: "card.allowance" });
  if (answer.kind === "error") return undefined;
  return answer.opens ? answer.left : "quiet";
}

/** Who answers such posts, and the approved replies. */
async function help(session: Session): Promise<Help | undefined> {
  const { draft, context } = session.snapshot;
  const answer = await send({
    kind: "draft.help",
    draft: { parts: draft.parts, links: [], media: [] },
    context: { ...context },
  });
  return answer.kind === "help" ? answer.help : undefined;
}
