// Peers on the same drafts: what each needs to start, and what it does with a draft. They do not do the same job; each
// is the tool that people use for a part of it.
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";

const NPM = {
  "write-good": {
    least: 40,
    async make(from) {
      const { default: writeGood } = await from("write-good/write-good.js");
      return (draft) => writeGood(draft);
    },
  },
  alex: {
    least: 170,
    async make(from) {
      const { text } = await from("alex/index.js");
      return (draft) => text(draft);
    },
  },
  obscenity: {
    least: 10,
    async make(from) {
      const { englishDataset, englishRecommendedTransformers, RegExpMatcher } =
        await from("obscenity/dist/index.js");
      const matcher = new RegExpMatcher({ ...englishDataset.build(), ...englishRecommendedTransformers });
      return (draft) => matcher.getAllMatches(draft);
    },
  },
  "@secretlint/core": {
    least: 2,
    async make(from) {
      const { lintSource } = await from("@secretlint/core/module/index.js");
      const { creator } = await from("@secretlint/secretlint-rule-preset-recommend/module/index.js");
      const config = { rules: [{ id: "@secretlint/secretlint-rule-preset-recommend", rule: creator }] };
      return (content) =>
        lintSource({
          source: { filePath: "draft.txt", content, contentType: "text", ext: ".txt" },
          options: { config },
        });
    },
  },
  "redact-pii": {
    async make(from) {
      const { default: module } = await from("redact-pii/lib/index.js");
      const redactor = new module.SyncRedactor();
      return (draft) => redactor.redact(draft);
    },
  },
  "@2toad/profanity": {
    async make(from) {
      const { Profanity } = await from("@2toad/profanity/dist/index.js");
      const profanity = new Profanity();
      return (draft) => profanity.exists(draft);
    },
  },
  "harper.js": {
    least: 300,
    async make(from) {
      const { binaryInlined } = await from("harper.js/dist/binaryInlined.js");
      const { LocalLinter } = await from("harper.js/dist/index.js");
      const harper = new LocalLinter({ binary: binaryInlined });
      await harper.setup();
      return (draft) => harper.lint(draft);
    },
  },
};

/** Each peer's times, one after the other: `{name, each, least}` or `{name, absent}`. */
export async function* peers({ root, out, drafts, each }) {
  const modules = join(root, "benches/node_modules");
  for (const [name, { least, make }] of Object.entries(NPM)) {
    try {
      const work = await make((file) => import(join(modules, file)));
      yield { name, least, each: await each(work, drafts.slice(0, 10), 3) };
    } catch (reason) {
      yield { name, absent: `${reason.code ?? reason.name}: ${String(reason.message).split("\n")[0]}` };
    }
  }
  yield* python({ root, out });
}

/** Those of PyPI, in an environment of their own under target/, where python3 has pip. */
function* python({ root, out }) {
  const environment = join(root, "target/bench-venv");
  try {
    if (!existsSync(join(environment, "bin/python"))) execFileSync("python3", ["-m", "venv", environment]);
    const pip = ["install", "--quiet", "hyperscan==0.9.1", "presidio-analyzer==2.2.366"];
    execFileSync(join(environment, "bin/pip"), pip, { stdio: "ignore" });
    const said = execFileSync(join(environment, "bin/python"), [join(root, "benches/peers.py"), out], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
    for (const line of said.split("\n").filter((l) => l.startsWith("{"))) {
      const { peer, each, absent } = JSON.parse(line);
      yield { name: peer, each, absent, least: peer.startsWith("presidio") ? 150 : undefined };
    }
  } catch (reason) {
    yield {
      name: "hyperscan and presidio-analyzer",
      absent: `python3 with pip: ${reason.code ?? reason.message}`,
    };
  }
}
