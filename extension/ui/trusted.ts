/** Handlers that a page's script cannot set off: our interface answers people only. */

/** Calls `handle` for events that the browser vouches for. */
export function trusted<E extends Event>(handle: (event: E) => void): (event: E) => void {
  return (event) => {
    if (event.isTrusted) handle(event);
  };
}
