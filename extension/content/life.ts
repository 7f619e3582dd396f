/**
 * The life of a content script. Everything it starts hangs on one signal, so that nothing outlives it: an update or a
 * reload of the extension leaves the old script in the page as an orphan, which must let go of it.
 */
import { isAlive } from "../shared/browser.ts";

export class Life {
  readonly #abort = new AbortController();

  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  /** False from the moment on that the extension is gone; ends everything when it notices. */
  get goesOn(): boolean {
    if (!this.#abort.signal.aborted && !isAlive()) this.end();
    return !this.#abort.signal.aborted;
  }

  end(): void {
    this.#abort.abort();
  }

  /** Runs `then` when everything ends. */
  onEnd(then: () => void): void {
    this.#abort.signal.addEventListener("abort", then, { once: true });
  }

  /** Listens until the end. The same function may be given twice: it is registered once. */
  listen(
    target: EventTarget,
    type: string,
    handle: (event: never) => void,
    options?: AddEventListenerOptions,
  ): void {
    target.addEventListener(type, handle as (event: Event) => void, { ...options, signal: this.signal });
  }

  /** Runs once after `ms` milliseconds, unless everything ended. Returns how to cancel. */
  after(ms: number, run: () => void): () => void {
    const timer = setTimeout(() => {
      if (this.goesOn) run();
    }, ms);
    return () => clearTimeout(timer);
  }
}
