/** Finding one's way in the handbook. */
import type { Block } from "../../shared/generated/Block.ts";
import type { Handbook } from "../../shared/generated/Handbook.ts";
import type { Inline } from "../../shared/generated/Inline.ts";

/** Text without case and accents, so that a search need not match them. */
function folded(text: string): string {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}

function inlineText(content: Inline[]): string {
  return content.map(({ text }) => text).join("");
}

function blockText(block: Block): string {
  return block.kind === "list" ? block.items.map(inlineText).join(" ") : inlineText(block.content);
}

/** The parts of `book` in which every word of `wanted` stands, and how many those are. */
export function search(book: Handbook, wanted: string): { book: Handbook; matches: number } {
  const words = folded(wanted).split(/\s+/).filter(Boolean);
  if (words.length === 0) return { book, matches: 0 };
  const fits = (...texts: (string | undefined)[]) => {
    const text = folded(texts.filter(Boolean).join(" "));
    return words.every((word) => text.includes(word));
  };
  let matches = 0;
  const sections = book.sections.flatMap((section) => {
    const own = fits(section.title, ...section.body.map(blockText));
    const rules = section.rules.filter((rule) =>
      fits(rule.title, rule.message, rule.consequence, rule.reference, rule.id),
    );
    if (!own && rules.length === 0) return [];
    matches += rules.length + (own ? 1 : 0);
    // A section that fits is shown whole; otherwise only the rules of it that fit.
    return [own ? section : { ...section, body: [], rules }];
  });
  const contacts = book.contacts.filter((contact) => fits(contact.name, contact.mail, ...contact.topics));
  const responses = book.responses.filter(({ title, text, topic }) => fits(title, text, topic));
  matches += contacts.length + responses.length;
  return { book: { ...book, sections, contacts, responses }, matches };
}
