/** Long texts, folded. */
import { useState } from "preact/hooks";
import type { CardKey } from "../strings/card.ts";
import type { Translate } from "../strings/index.ts";
import { trusted } from "../trusted.ts";

/** Beyond this many characters a message is folded. */
const LONG = 420;

export function Folded({ text, t }: { text: string; t: Translate<CardKey> }) {
  const [open, setOpen] = useState(false);
  if (text === "") return null;
  if (text.length <= LONG || open) return <p class="message">{text}</p>;
  return (
    <p class="message">
      {shorten(text, LONG)}{" "}
      <button type="button" class="dg-link" onClick={trusted(() => setOpen(true))}>
        {t("finding.show-all")}
      </button>
    </p>
  );
}

/** At most `length` characters, never half of one. */
export function shorten(text: string, length: number): string {
  const chars = [...text];
  return chars.length <= length
    ? text
    : `${chars
        .slice(0, length - 1)
        .join("")
        .trimEnd()}…`;
}
