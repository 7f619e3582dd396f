/** A line of words near a compose box, with at most one thing to do: for what needs no card. */
import type { FrameState } from "../shared/protocol.ts";
import { translator } from "../ui/strings/index.ts";
import { NOTICE } from "../ui/strings/notice.ts";
import { adopt, TOKENS } from "../ui/tokens.ts";
import { visibleBox } from "./boxes.ts";
import { Layer } from "./layer.ts";
import type { Life } from "./life.ts";

type Key = keyof typeof NOTICE;

const STYLE = `
.notice { position: fixed; left: var(--x); top: var(--y); max-width: min(420px, calc(100vw - 16px)); pointer-events: auto;
  display: flex; gap: 10px; align-items: center; padding: 8px 12px; border: 1px solid var(--line); border-radius: 8px;
  background: var(--bg); color: var(--text); font: 14px/1.4 var(--font); box-shadow: var(--shadow); }
.notice button { flex: none; border: 1px solid var(--line-strong); border-radius: 6px; padding: 4px 10px; min-height: 26px;
  background: transparent; color: inherit; font: inherit; cursor: pointer; }
`;

/** How long a notice stays, in milliseconds: time to read two short sentences. */
const STAYS = 8000;
/** A button that releases a post is no trap for a click that was meant for the page. */
const ARMING = 600;

export class Notice {
  readonly #layer: Layer;
  #box: HTMLElement | undefined;
  #cancel: () => void = () => {};

  constructor(
    readonly life: Life,
    readonly state: () => FrameState,
  ) {
    this.#layer = new Layer(life);
    const style = document.createElement("style");
    style.textContent = STYLE;
    adopt(this.#layer.root, TOKENS);
    this.#layer.root.append(style);
    life.onEnd(() => this.close());
  }

  /** Says something near `near`. `act` adds a button that sends all the same; it stays until it is answered. */
  say(key: Exclude<Key, "close" | "post-anyway">, near: Element, act?: () => void): void {
    this.close();
    const { language, theme } = this.state();
    const t = translator(NOTICE, language);
    this.#layer.show(near);
    const shell = document.createElement("div");
    shell.className = "dg";
    shell.dataset.theme = theme;
    shell.lang = language;
    const box = document.createElement("div");
    box.className = "notice";
    box.setAttribute("role", "status");
    const words = document.createElement("span");
    box.append(words);
    if (act !== undefined) {
      const at = performance.now();
      box.append(
        button(t("post-anyway"), () => {
          if (performance.now() - at < ARMING) return;
          this.close();
          act();
        }),
      );
    }
    box.append(button(t("close"), () => this.close()));
    shell.append(box);
    this.#layer.root.append(shell);
    // A live region speaks what is put into it after it is there.
    words.textContent = t(key);
    const place = visibleBox(near) ?? near.getBoundingClientRect();
    box.style.setProperty("--x", `${Math.max(8, Math.min(place.left, innerWidth - 428))}px`);
    box.style.setProperty("--y", `${Math.max(8, Math.min(place.bottom + 8, innerHeight - 64))}px`);
    this.#box = shell;
    if (act === undefined) this.#cancel = this.life.after(STAYS, () => this.close());
  }

  close(): void {
    this.#cancel();
    this.#cancel = () => {};
    this.#box?.remove();
    this.#box = undefined;
    this.#layer.hide();
  }
}

function button(label: string, act: () => void): HTMLElement {
  const element = document.createElement("button");
  element.type = "button";
  element.textContent = label;
  element.addEventListener("click", (event) => {
    if (event.isTrusted) act();
  });
  return element;
}
