/** Editor families, told apart by what the libraries themselves put on the elements they edit. */
import { isTextField } from "../dom.ts";

export type Family =
  | "field"
  | "draft"
  | "lexical"
  | "prosemirror"
  | "quill"
  | "slate"
  | "gutenberg"
  | "plain";

export function familyOf(element: Element): Family {
  if (isTextField(element)) return "field";
  if (element.matches("[data-lexical-editor]")) return "lexical";
  if (element.matches(".ProseMirror")) return "prosemirror";
  if (element.matches(".ql-editor")) return "quill";
  if (element.matches("[data-slate-editor]")) return "slate";
  if (element.matches(".public-DraftEditor-content, .DraftEditor-root *")) return "draft";
  if (element.matches(".block-editor-rich-text__editable")) return "gutenberg";
  return "plain";
}

/** What differs in writing between the families. */
export interface Manner {
  /**
   * How a line feed goes in: as a paragraph of its own (`insertParagraph`), a line break within one
   * (`insertLineBreak`), or as a character of the inserted text (`text`).
   */
  newline: "insertParagraph" | "insertLineBreak" | "text";
  /** Whether a synthetic `beforeinput` is offered before `execCommand`. */
  offersBeforeInput: boolean;
  /** Whether a change is asked of the editor by a person's events, because it does not survive one made in its DOM. */
  byModel: boolean;
  /** Whether the editor undoes by itself, on the key for it. */
  ownsUndo: boolean;
  /** How many milliseconds the editor may take to commit and draw. */
  commit: number;
}

const MANNERS: Record<Family, Manner> = {
  field: { byModel: false, ownsUndo: false, newline: "text", offersBeforeInput: false, commit: 0 },
  draft: { byModel: true, ownsUndo: true, newline: "insertParagraph", offersBeforeInput: false, commit: 200 },
  lexical: {
    byModel: false,
    ownsUndo: true,
    newline: "insertParagraph",
    offersBeforeInput: true,
    commit: 300,
  },
  prosemirror: {
    byModel: false,
    ownsUndo: true,
    newline: "insertParagraph",
    offersBeforeInput: false,
    commit: 200,
  },
  quill: { byModel: false, ownsUndo: true, newline: "insertParagraph", offersBeforeInput: true, commit: 200 },
  slate: { byModel: false, ownsUndo: true, newline: "insertParagraph", offersBeforeInput: true, commit: 300 },
  gutenberg: {
    byModel: false,
    ownsUndo: true,
    newline: "insertLineBreak",
    offersBeforeInput: false,
    commit: 200,
  },
  plain: {
    byModel: false,
    ownsUndo: false,
    newline: "insertLineBreak",
    offersBeforeInput: false,
    commit: 50,
  },
};

export function mannerOf(element: Element): Manner {
  return MANNERS[familyOf(element)];
}
