// docs/performance.md, written from the rows of a run.

/** Why a target is missed, for the rows where it was when this was written. */
const WHY = {
  "wasm: size, brotli":
    "compressed by themselves, the parts take, in kB: detectors, rules and text some 190; reading and writing policies, reports and settings 48; sorting, one copy for each type, 36; regular expressions 52 with their Unicode tables; lexicons 39; the suffix list 29; tables of folding 17; rules of secrets 9; upper and lower case and decimal numbers of the standard library 18. Built for size altogether it would be some 60 less and three times slower; wasm-opt makes it smaller but compress worse",
  "wasm: from nothing to the first check, core pack":
    "at the first check the lexicons are written out from their text and expressions are compiled, in code that the browser has not optimised yet; tables of hashes made at build time would save a part and weigh more than the text, since hashes do not compress",
  "whole check / floor":
    "the floor reads a draft once and decides nothing; natively personal data and secrets take half of the check, and as WebAssembly the way of 3,000 characters in from JavaScript takes several times the floor",
  "10000 terms alone, wasm / hyperscan":
    "more than half is the way in from JavaScript and what all rules share: folding, words, sentences, entities; ours looks at whole words and their forms, hyperscan compares bytes",
  "100000 terms alone, wasm / hyperscan": "as with 10,000 terms",
  "1,000,000 / 10,000 terms":
    "a third of the list's inner words come from 200 common ones, so that with a million terms many pairs of words in a draft begin a phrase and are looked up",
  "40,000 / 3,000 characters":
    "natively it is in proportion: other work ran on the machine beside the measurement",
  "draft full of hits / median draft":
    "natively it is far less: a hundred findings go to JavaScript field by field, which takes longer than finding them",
  "times faster than obscenity": "ours is the whole check, obscenity's the profanity of one language",
  "times faster than @secretlint/core": "ours is the whole check, secretlint's the secrets alone",
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
