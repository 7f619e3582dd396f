// Quill as LinkedIn's older composer runs it, in an open shadow root too.
import Quill from "quill";

// Quill asks document.getSelection(), which does not look into shadow roots: a site that runs it there has to teach
// its selection module the root's own selection and focus.
function teachShadowRoot(selection, shadow) {
  const find = () => {
    const native = shadow.getSelection?.() ?? document.getSelection();
    const composed = native?.getComposedRanges?.({ shadowRoots: [shadow] })[0];
    if (!composed) return native?.rangeCount ? native.getRangeAt(0) : null;
    const range = document.createRange();
    range.setStart(composed.startContainer, composed.startOffset);
    range.setEnd(composed.endContainer, composed.endOffset);
    return range;
  };
  selection.hasFocus = () => {
    const active = shadow.activeElement;
    return active === selection.root || selection.root.contains(active);
  };
  selection.getNativeRange = () => {
    const range = find();
    return range ? selection.normalizeNative(range) : null;
  };
  selection.setNativeRange = (
    startNode,
    startOffset,
    endNode = startNode,
    endOffset = startOffset,
    force = false,
  ) => {
    if (startNode == null) {
      document.getSelection()?.removeAllRanges();
      selection.root.blur();
      return;
    }
    if (selection.root.parentNode == null || startNode.parentNode == null || endNode.parentNode == null)
      return;
    if (!selection.hasFocus()) selection.root.focus({ preventScroll: true });
    const place = (node, offset) =>
      node.nodeName === "BR"
        ? [node.parentNode, [...node.parentNode.childNodes].indexOf(node)]
        : [node, offset];
    const now = find();
    const same =
      now?.startContainer === startNode &&
      now.startOffset === startOffset &&
      now.endContainer === endNode &&
      now.endOffset === endOffset;
    if (same && !force) return;
    document.getSelection().setBaseAndExtent(...place(startNode, startOffset), ...place(endNode, endOffset));
  };
}

export function mountQuill(host, { attributes = {}, placeholder, onText = () => {} }) {
  const quill = new Quill(host, { placeholder, modules: { toolbar: false } });
  const root = host.getRootNode();
  if (root instanceof ShadowRoot) teachShadowRoot(quill.selection, root);
  for (const [key, value] of Object.entries(attributes)) quill.root.setAttribute(key, value);
  const model = () => quill.getText().replace(/\n$/, "");
  quill.on("text-change", () => onText(model()));
  return {
    family: "quill",
    editor: () => quill.root,
    model,
    clear: () => quill.setText(""),
    pause: () => quill.history.cutoff(),
    quill,
  };
}
