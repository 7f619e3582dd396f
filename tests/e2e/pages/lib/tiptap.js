// Tiptap (ProseMirror) as Bluesky and LinkedIn's newer dialog run it: paragraphs, hard breaks, mention atoms, and
// decorations over links and tags.
import { Editor, Extension, Node } from "@tiptap/core";
import { closeHistory } from "@tiptap/pm/history";
import { Plugin } from "@tiptap/pm/state";
import { Decoration, DecorationSet } from "@tiptap/pm/view";
import StarterKit from "@tiptap/starter-kit";

const TOKEN = /https?:\/\/[^\s]+|#[\p{L}\p{N}_]+/gu;

const Tokens = Extension.create({
  name: "tokens",
  addProseMirrorPlugins() {
    const decorate = (doc) => {
      const marks = [];
      doc.descendants((node, at) => {
        if (!node.isText) return;
        for (const m of node.text.matchAll(TOKEN))
          marks.push(Decoration.inline(at + m.index, at + m.index + m[0].length, { class: "autolink" }));
      });
      return DecorationSet.create(doc, marks);
    };
    return [
      new Plugin({
        state: {
          init: (_, { doc }) => decorate(doc),
          apply: (tr, old) => (tr.docChanged ? decorate(tr.doc) : old),
        },
        props: {
          decorations(state) {
            return this.getState(state);
          },
        },
      }),
    ];
  },
});

const Mention = Node.create({
  name: "mention",
  group: "inline",
  inline: true,
  atom: true,
  addAttributes: () => ({ id: {} }),
  parseHTML: () => [{ tag: "span.mention" }],
  renderHTML: ({ node }) => ["span", { class: "mention", contenteditable: "false" }, `@${node.attrs.id}`],
  renderText: ({ node }) => `@${node.attrs.id}`,
});

export function mountTiptap(host, { attributes = {}, onSend, onText = () => {} }) {
  const editor = new Editor({
    element: host,
    extensions: [StarterKit.configure({ link: false, trailingNode: false }), Mention, Tokens],
    editorProps: {
      attributes,
      handleKeyDown: (_, event) => {
        if (!onSend || event.code !== "Enter" || !(event.ctrlKey || event.metaKey)) return false;
        onSend(event, "key");
        return true;
      },
    },
    onUpdate: () => onText(model()),
  });
  const model = () => editor.getText({ blockSeparator: "\n" });
  return {
    family: "prosemirror",
    editor: () => editor.view.dom,
    model,
    clear: () => editor.commands.clearContent(),
    pause: () => editor.view.dispatch(closeHistory(editor.state.tr)),
    tiptap: editor,
  };
}
