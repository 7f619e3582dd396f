// Plain Lexical, with rich text and history, as Facebook and Reddit run it.
import { createEmptyHistoryState, registerHistory } from "@lexical/history";
import { registerRichText } from "@lexical/rich-text";
import {
  $createParagraphNode,
  $getRoot,
  COMMAND_PRIORITY_HIGH,
  createEditor,
  KEY_ENTER_COMMAND,
} from "lexical";

export function mountLexical(
  editable,
  { enterSends = false, shortcutSends = false, onSend, onText = () => {} },
) {
  const editor = createEditor({ namespace: "fixture", onError: (e) => console.error(e) });
  editor.setRootElement(editable);
  registerRichText(editor);
  registerHistory(editor, createEmptyHistoryState(), 300);
  const model = () =>
    editor.getEditorState().read(() =>
      $getRoot()
        .getChildren()
        .map((child) => child.getTextContent())
        .join("\n"),
    );
  editor.registerCommand(
    KEY_ENTER_COMMAND,
    (event) => {
      const shortcut = event.ctrlKey || event.metaKey;
      if (!(enterSends && !event.shiftKey) && !(shortcutSends && shortcut)) return false;
      event.preventDefault();
      if (model().trim()) onSend?.(event, "key");
      return true;
    },
    COMMAND_PRIORITY_HIGH,
  );
  editor.registerUpdateListener(() => onText(model()));
  const clear = () => editor.update(() => $getRoot().clear().append($createParagraphNode()));
  editor.update(() => $getRoot().append($createParagraphNode()), { discrete: true });
  return { family: "lexical", editor: () => editable, model, clear, lexical: editor };
}
