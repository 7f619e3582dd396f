/** Puts text on the clipboard, within a click. */

/** Whether it worked; a page's permissions policy may forbid both ways. */
export async function copyText(text: string, near: ParentNode): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelection(text, near);
  }
}

/** The way that needs no permission: a field beside the button, selected and copied. */
function copyBySelection(text: string, near: ParentNode): boolean {
  const before = focused(near);
  const field = document.createElement("textarea");
  field.value = text;
  field.readOnly = true;
  field.className = "dg-offstage";
  near.append(field);
  field.select();
  let copied = false;
  try {
    copied = document.execCommand("copy");
  } finally {
    field.remove();
    before?.focus({ preventScroll: true });
  }
  return copied;
}

function focused(near: ParentNode): HTMLElement | null {
  const root = (near as Node).getRootNode();
  const holder = root instanceof Document || root instanceof ShadowRoot ? root : document;
  return holder.activeElement as HTMLElement | null;
}
