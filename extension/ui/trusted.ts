/** Handlers that a page's script cannot set off: our interface answers people only. */

const vouched = new WeakSet<Event>();

/**
 * Vouches for a copy of a trusted event. Keys typed in our interface are stopped before the page sees them, which
 * stops them before ours sees them too, so it is given copies.
 */
export function vouch(copy: Event): void {
  vouched.add(copy);
}

/** Calls `handle` for events that the browser, or {@link vouch}, vouches for. */
export function trusted<E extends Event>(handle: (event: E) => void): (event: E) => void {
  return (event) => {
    if (event.isTrusted || vouched.has(event)) handle(event);
  };
}
