// Our own words: complete in every language, with the same placeholders, and none that nobody says.
import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import test from "node:test";
import { load, root } from "./load.mjs";

const LANGUAGES = ["en", "id"];

const { CARD } = await load("extension/ui/strings/card.ts");
const { PAGES } = await load("extension/ui/strings/pages.ts");
const { PRACTICE } = await load("extension/ui/strings/practice.ts");
const { SAFETY } = await load("extension/ui/strings/safety.ts");
const { NOTICE } = await load("extension/ui/strings/notice.ts");
const { HOSTS } = await load("extension/ui/strings/hosts.ts");
const { direction, translator } = await load("extension/ui/strings/index.ts");
const catalogues = { CARD, NOTICE, HOSTS, PAGES, PRACTICE, SAFETY };

const forms = (text) => (typeof text === "string" ? [text] : Object.values(text));
const placeholders = (text) => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort().join();

for (const [name, catalogue] of Object.entries(catalogues)) {
  test(`${name} speaks every language`, () => {
    for (const [key, entry] of Object.entries(catalogue)) {
      assert.deepEqual(Object.keys(entry).sort(), [...LANGUAGES].sort(), key);
      for (const language of LANGUAGES) {
        for (const form of forms(entry[language])) {
          assert.notEqual(form.trim(), "", `${key} in ${language} is empty`);
          assert.equal(placeholders(form), placeholders(forms(entry.en).at(-1)), `${key} in ${language}`);
        }
      }
    }
  });

  test(`${name} has the plural forms that its languages need`, () => {
    for (const [key, entry] of Object.entries(catalogue)) {
      for (const language of LANGUAGES) {
        const text = entry[language];
        if (typeof text === "string") continue;
        const needed = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
        assert.deepEqual(Object.keys(text).sort(), [...needed].sort(), `${key} in ${language}`);
      }
    }
  });
}

test("a number chooses its form and is written as the language writes it", () => {
  const en = translator(CARD, "en");
  assert.equal(en("fix.remaining", { n: 1 }), "1 character left after this");
  assert.equal(en("fix.remaining", { n: 1200 }), "1,200 characters left after this");
  assert.equal(translator(CARD, "id")("fix.remaining", { n: 1200 }), "Sisa 1.200 karakter setelah ini");
});

test("a value is put in as it is, and is no pattern itself", () => {
  assert.equal(translator(CARD, "en")("fix.replace", { text: "{n} $& <b>" }), "Use “{n} $& <b>”");
});

async function sources(folder) {
  const out = [];
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) out.push(...(await sources(file)));
    else if (/\.tsx?$/.test(entry.name) && !file.includes("ui/strings/"))
      out.push(await readFile(file, "utf8"));
  }
  return out;
}

const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

test("nothing is left in the catalogues that nobody says", async () => {
  const text = (await sources(path.join(root, "extension"))).join("\n");
  const patterns = [...text.matchAll(/`([\w.${}-]*\$\{[^`]*?)`/g)].map(
    ([, template]) =>
      new RegExp(
        `^${template
          .split(/\$\{[^}]*\}/)
          .map(escaped)
          .join("[\\w-]+")}$`,
      ),
  );
  const unused = Object.values(catalogues)
    .flatMap((catalogue) => Object.keys(catalogue))
    .filter((key) => !text.includes(`"${key}"`) && !patterns.some((pattern) => pattern.test(key)));
  assert.deepEqual(unused, []);
});

test("the manifest's words exist in every language", async () => {
  const locales = await Promise.all(
    LANGUAGES.map(async (language) =>
      JSON.parse(await readFile(path.join(root, `extension/_locales/${language}/messages.json`), "utf8")),
    ),
  );
  for (const locale of locales) assert.deepEqual(Object.keys(locale), Object.keys(locales[0]));
  const manifest = await readFile(path.join(root, "manifest.json"), "utf8");
  for (const [, key] of manifest.matchAll(/__MSG_(\w+)__/g)) assert.ok(locales[0][key], key);
});

test("a language with more plural forms than ours finds each of them", () => {
  const forms = { one: "{n} wpis", few: "{n} wpisy", many: "{n} wpisów", other: "{n} wpisu" };
  const polish = translator({ posts: { pl: forms } }, "pl");
  assert.deepEqual(
    [1, 3, 12, 22].map((n) => polish("posts", { n })),
    ["1 wpis", "3 wpisy", "12 wpisów", "22 wpisy"],
  );
});

test("languages say which way they are written", () => {
  assert.deepEqual(["en", "id", "ar", "he-IL", "fa"].map(direction), ["ltr", "ltr", "rtl", "rtl", "rtl"]);
});

test("no style sheet of ours says left or right where start or end is meant", async () => {
  const folders = ["ui", "pages"].map((name) => sources(path.join(root, "extension", name)));
  const text = (await Promise.all(folders)).flat().join("\n");
  const physical = text.match(
    /^.*\b(margin|padding|border|inset)-(left|right)\b(?!-radius).*$|^.*\btext-align:\s*(left|right).*$|^.*\bfloat:.*$/gm,
  );
  // The card, the badge and the line stand at places of the viewport, which have no language.
  assert.deepEqual(physical ?? [], []);
});
