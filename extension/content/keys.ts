/** Which keys send. */
import type { Key } from "../shared/site-file.ts";

/** A key as far as sending is concerned. */
export type Chord = "enter" | "mod-enter" | "mod-s";

/** What the gate needs of a keyboard event. */
export interface Press {
  key: string;
  keyCode: number;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
  isComposing: boolean;
}

/** An input method at work owns its keys: Enter picks a candidate, and sends nothing. */
export function composing(event: Press): boolean {
  return event.isComposing || event.keyCode === 229;
}

/** The chord of an event that may send; none for any other key. */
export function chordOf(event: Press): Chord | undefined {
  if (composing(event)) return undefined;
  const mod = event.ctrlKey || event.metaKey;
  if (event.key === "Enter") {
    if (mod) return "mod-enter";
    return event.shiftKey || event.altKey ? undefined : "enter";
  }
  return mod && !event.altKey && event.key.toLowerCase() === "s" ? "mod-s" : undefined;
}

/** Whether a chord may send on a surface with these keys. Ctrl+Enter may, wherever something can be sent. */
export function sends(chord: Chord, keys: ReadonlySet<Key>): boolean {
  switch (chord) {
    case "enter":
      return keys.has("enter") || keys.has("enter-by-setting");
    case "mod-enter":
      return true;
    case "mod-s":
      return keys.has("mod-s");
  }
}

/** Whether the site's data says that the chord sends, so that it may be answered by the site's own button. */
export function known(chord: Chord, keys: ReadonlySet<Key>): boolean {
  return chord === "mod-enter" ? keys.has("mod-enter") || keys.has("mod-enter-up") : sends(chord, keys);
}
