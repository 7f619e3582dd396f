// Slate as Discord runs it: Enter sends, Shift+Enter breaks the line.
import { createElement, useState } from "react";
import { flushSync } from "react-dom";
import { createRoot } from "react-dom/client";
import { createEditor, Editor, Node, Transforms } from "slate";
import { withHistory } from "slate-history";
import { Editable, Slate, withReact } from "slate-react";

export function mountSlate(host, { attributes = {}, placeholder, onSend, onText = () => {} }) {
  const editor = withHistory(withReact(createEditor()));
  const model = () => editor.children.map((n) => Node.string(n)).join("\n");
  function Box() {
    const [value] = useState([{ type: "paragraph", children: [{ text: "" }] }]);
    return createElement(
      Slate,
      { editor, initialValue: value, onChange: () => onText(model()) },
      createElement(Editable, {
        ...attributes,
        placeholder,
        onKeyDown: (event) => {
          if (event.key !== "Enter" || event.nativeEvent.isComposing) return;
          event.preventDefault();
          if (event.shiftKey) Editor.insertBreak(editor);
          else if (model().trim()) onSend?.(event, "key");
        },
      }),
    );
  }
  const root = createRoot(host);
  flushSync(() => root.render(createElement(Box)));
  return {
    family: "slate",
    editor: () => host.querySelector("[data-slate-editor]"),
    model,
    clear: () => {
      Transforms.delete(editor, { at: { anchor: Editor.start(editor, []), focus: Editor.end(editor, []) } });
      Transforms.select(editor, Editor.start(editor, []));
    },
    slate: editor,
  };
}
