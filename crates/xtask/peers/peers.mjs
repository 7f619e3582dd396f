// What the peers that npm has find in the texts of a set: one line a peer.
// usage: node peers.mjs SET.json PEER…   (a JSON array of texts; run from the folder they are installed in)
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const require = createRequire(`${process.cwd()}/`);
const load = (name) => import(pathToFileURL(require.resolve(name)).href);

const peers = {
  async obscenity() {
    const { RegExpMatcher, englishDataset, englishRecommendedTransformers } = require("obscenity");
    const matcher = new RegExpMatcher({ ...englishDataset.build(), ...englishRecommendedTransformers });
    return (text) => matcher.hasMatch(text);
  },
  async "indonesian-badwords"() {
    const words = require("indonesian-badwords");
    return (text) => words.flag(text);
  },
  async alex() {
    const { text: check } = await import(
      pathToFileURL(`${process.cwd()}/node_modules/alex/index.js`).href
    );
    return (text) => check(text).messages.length > 0;
  },
  async secretlint() {
    const { lintSource } = await load("@secretlint/core");
    const { creator } = await load("@secretlint/secretlint-rule-preset-recommend");
    const rules = [{ id: "@secretlint/secretlint-rule-preset-recommend", rule: creator, options: {} }];
    return async (content) => {
      const source = { filePath: "/draft.txt", content, ext: ".txt", contentType: "text" };
      const { messages } = await lintSource({ source, options: { config: { rules } } });
      return messages.length > 0;
    };
  },
};

const [set, ...wanted] = process.argv.slice(2);
const texts = JSON.parse(readFileSync(set, "utf8"));
for (const name of wanted) {
  try {
    const flags = await peers[name]();
    const found = [];
    for (const [index, text] of texts.entries()) {
      if (await flags(text)) found.push(index);
    }
    console.log(JSON.stringify({ peer: name, found }));
  } catch (error) {
    console.log(JSON.stringify({ peer: name, absent: String(error).split("\n")[0] }));
  }
}
