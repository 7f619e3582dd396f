import { visible } from "./page.js";

// A contenteditable with no library. Its model is what it took in at the last input event, so that text written
// behind its back shows up as a difference.
export function mountPlain(editable, { onText = () => {} } = {}) {
  let text = visible(editable);
  const take = () => {
    text = visible(editable);
    onText(text);
  };
  editable.addEventListener("input", take);
  return {
    family: "plain",
    editor: () => editable,
    model: () => text,
    clear: () => {
      editable.textContent = "";
      take();
    },
  };
}
