// docs/performance.md, written from the rows of a run.

/** Why a target is missed, for the rows where it was when this was written. */
const WHY = {
  "wasm: size, brotli":
    "regular expressions with their Unicode tables, the folding tables, the public suffix list and the lexicons; no pass of wasm-opt yet",
  "whole check / floor":
    "all kinds read the draft each in their own way; the floor reads it once and decides nothing",
  "10000 terms alone, wasm / hyperscan":
    "the check folds, finds entities and looks at word forms; hyperscan compares bytes without word boundaries",
  "100000 terms alone, wasm / hyperscan":
    "the same; a list of phrases with many common first words asks its table often",
  "1,000,000 / 10,000 terms":
    "the list's 35 % common words begin so many phrases that nearly every pair of words in the draft has candidates",
};

const cell = (value) => (value === null || value === undefined ? "" : String(value));

export function page(rows, { node, cpu }) {
  const line = ({ measure, value, unit, target, ok, least, p99, worst, reason }) => {
    const goal = target == null ? "" : `${least ? "≥" : "≤"} ${target}${ok ? "" : " **missed**"}`;
    const why = ok ? (reason ?? "") : (WHY[measure] ?? "");
    const cells = [
      measure,
      value === null ? "absent" : `${value} ${unit}`,
      cell(p99),
      cell(worst),
      goal,
      why,
    ];
    return `| ${cells.join(" | ")} |`;
  };
  return `# Performance

Written by \`./build.sh bench\`; do not edit by hand. Compare ratios: the times are those of one machine in one run
(${cpu.length} processors, ${cpu[0]?.model ?? "unknown"}; node ${node}).

Figures in microseconds are the median over 200 different drafts of 3,000 characters, beside the 99th of a hundred and
the slowest draft; the time of one draft is the median of its rounds. Natively and as WebAssembly, and by the peers, the
same drafts are read. \`whole\` has a rule of every kind and a list of 10,000 terms; \`long\` are drafts of 40,000
characters, \`dense\` drafts that consist of terms of the list. The WebAssembly figures include the way in and out of
JavaScript. \`floor\` cuts the draft into words and hashes each, natively: the least that a check by words can do.

Peers do not do the same job; each does a part of it. Slow ones read 10 of the drafts.

| measure | median | p99 | worst | target | note |
|---|---|---|---|---|---|
${rows.map(line).join("\n")}
`;
}
