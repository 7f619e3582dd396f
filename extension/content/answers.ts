/** What an author has answered for in this frame: a `warn` is not asked again for the same text. */
import type { Session } from "./session.ts";

/** Texts that are remembered; the oldest goes first. */
const MOST = 50;

export class Answers {
  readonly #known = new Set<string>();

  /** The author has answered for the present text of `session`. */
  remember(session: Session): void {
    const key = keyOf(session);
    this.#known.delete(key);
    this.#known.add(key);
    const [oldest] = this.#known;
    if (this.#known.size > MOST && oldest !== undefined) this.#known.delete(oldest);
  }

  /** Whether the author has answered for this text, and for nothing less than is found in it now. */
  knows(session: Session): boolean {
    return this.#known.has(keyOf(session));
  }
}

function keyOf({ snapshot: { draft }, report }: Session): string {
  const texts = draft.parts.map(({ role, text }) => [role, text.trim()]);
  const links = draft.links.map(({ href }) => href);
  const media = draft.media.map(({ name }) => name);
  const rules = (report?.findings ?? []).map(({ rule, text }) => [rule, text]).sort();
  return JSON.stringify([texts, links, media, rules]);
}
