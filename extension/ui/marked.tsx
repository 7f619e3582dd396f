/** A text with what was found in it marked. */
import type { ComponentChildren } from "preact";
import type { Finding } from "../shared/generated/Finding.ts";

export function MarkedText({ text, findings }: { text: string; findings: Finding[] }) {
  const spans = findings
    .filter(({ start, end }) => start < end && end <= text.length)
    .sort((a, b) => a.start - b.start || b.end - a.end);
  const out: ComponentChildren[] = [];
  let at = 0;
  for (const { start, end, severity, title } of spans) {
    // Of two that overlap, the first is marked.
    if (start < at) continue;
    out.push(
      text.slice(at, start),
      <mark data-severity={severity} title={title}>
        {text.slice(start, end)}
      </mark>,
    );
    at = end;
  }
  out.push(text.slice(at));
  return <p class="marked">{out}</p>;
}
