/** What is taken out of events. */

/** The files that a paste or a drop brings. */
export function filesOf(event: Event): File[] {
  const transfer =
    event instanceof ClipboardEvent
      ? event.clipboardData
      : event instanceof DragEvent
        ? event.dataTransfer
        : null;
  return listed(transfer?.files);
}

/** The files of a list, by index: Gecko gives a content script no iterator of what the page made. */
export function listed(files: FileList | null | undefined): File[] {
  return Array.from({ length: files?.length ?? 0 }, (_, at) => files?.[at]).filter((f) => f !== undefined);
}

/** What handlers of ours read of a key or an input. */
const COPIED = [
  "key",
  "code",
  "ctrlKey",
  "metaKey",
  "shiftKey",
  "altKey",
  "repeat",
  "isComposing",
  "data",
  "inputType",
];

/**
 * A copy that stays inside our shadow root. A plain event: Firefox makes every KeyboardEvent of a content script
 * composed, whatever is asked for, and a composed one would pass the page's listeners, and ours again.
 */
export function copyOf(event: Event): Event | undefined {
  if (!(event instanceof KeyboardEvent) && !(event instanceof InputEvent && /input$/u.test(event.type)))
    return undefined;
  const copy = new Event(event.type, { bubbles: true, cancelable: event.cancelable, composed: false });
  const source = event as unknown as Record<string, unknown>;
  for (const name of COPIED) {
    if (source[name] !== undefined) Object.defineProperty(copy, name, { value: source[name] });
  }
  return copy;
}
