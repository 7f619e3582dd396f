// Draft.js as X runs it: one block per line, links, mentions and tags split into leaves of their own by a decorator.
import { CompositeDecorator, ContentState, Editor, EditorState, getDefaultKeyBinding } from "draft-js";
import { createElement, useEffect, useState } from "react";
import { flushSync } from "react-dom";
import { createRoot } from "react-dom/client";

const TOKEN = /https?:\/\/[^\s]+|[@#][\p{L}\p{N}_]+/gu;

const decorator = new CompositeDecorator([
  {
    strategy: (block, found) => {
      for (const match of block.getText().matchAll(TOKEN)) found(match.index, match.index + match[0].length);
    },
    component: ({ children }) => createElement("span", { className: "token" }, children),
  },
]);

export function mountDraft(host, { testId, label, placeholder, text = "", onSend, onText = () => {} }) {
  const handle = { state: null, set: null };
  function Box() {
    const [state, setState] = useState(() =>
      EditorState.createWithContent(ContentState.createFromText(text), decorator),
    );
    handle.state = state;
    handle.set = setState;
    useEffect(() => onText(state.getCurrentContent().getPlainText("\n")), [state]);
    return createElement(Editor, {
      editorState: state,
      onChange: setState,
      placeholder,
      ariaLabel: label,
      ariaMultiline: true,
      role: "textbox",
      webDriverTestID: testId,
      stripPastedStyles: true,
      keyBindingFn: (e) => (e.key === "Enter" && (e.ctrlKey || e.metaKey) ? "send" : getDefaultKeyBinding(e)),
      handleKeyCommand: (command) => {
        if (command !== "send") return "not-handled";
        onSend?.(window.event, "key");
        return "handled";
      },
    });
  }
  const root = createRoot(host);
  flushSync(() => root.render(createElement(Box)));
  return {
    family: "draft",
    editor: () => host.querySelector(".public-DraftEditor-content"),
    model: () => handle.state.getCurrentContent().getPlainText("\n"),
    clear: () => handle.set(EditorState.createEmpty(decorator)),
    destroy: () => root.unmount(),
  };
}
