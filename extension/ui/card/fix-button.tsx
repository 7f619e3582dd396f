/** A button that changes the text, or, where writing is not proven, copies the words. */
import { useState } from "preact/hooks";
import type { Fix } from "../../shared/generated/Fix.ts";
import { copyText } from "../copy.ts";
import type { CardKey } from "../strings/card.ts";
import type { Translate } from "../strings/index.ts";
import { trusted } from "../trusted.ts";
import { shorten } from "./folded.tsx";
import type { CardProps } from "./props.ts";

interface Props {
  card: CardProps;
  t: Translate<CardKey>;
  say: (text: string) => void;
  fix: Fix;
  edits: Fix[];
  label: string;
  primary: boolean;
  /** Why it does nothing yet. */
  blocked?: string | undefined;
}

export function FixButton({ fix, edits, label, primary, blocked, card, t, say }: Props) {
  const [byHand, setByHand] = useState(false);
  const [refused, setRefused] = useState(false);
  const look = primary ? "primary" : undefined;
  const wordless = fix.kind === "remove" || fix.kind === "contact";
  if (!card.canWrite && wordless) return null;
  // Where writing is not proven, or the editor did not take it, the words are offered for copying; there is nothing to
  // copy in a removal.
  if ((!card.canWrite || refused) && !wordless) {
    const text = fix.text.trim();
    const copy = async (event: Event) => {
      if (blocked !== undefined) return say(blocked);
      const copied = await copyText(text, event.currentTarget as Element);
      setByHand(!copied);
      say(copied ? t("fix.copied") : t("fix.copy.failed"));
    };
    return (
      <>
        <button
          type="button"
          class="dg-button"
          data-look={look}
          aria-disabled={blocked === undefined ? undefined : "true"}
          onClick={trusted((event) => void copy(event))}
        >
          {t("fix.copy", { text: shorten(text, 60) })}
        </button>
        {byHand && <textarea class="dg-input" readOnly={true} aria-label={label} value={text} />}
      </>
    );
  }
  const write = async () => {
    if (blocked !== undefined) return say(blocked);
    const outcome = await card.onFix(edits);
    setRefused(outcome === "failed");
    say(outcome === "written" ? t("fix.done") : t("fix.failed"));
  };
  return (
    <button
      type="button"
      class="dg-button"
      data-look={look}
      aria-disabled={blocked === undefined ? undefined : "true"}
      onClick={trusted(() => void write())}
    >
      {label}
    </button>
  );
}
