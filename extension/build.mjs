/**
 * Puts the extension together: `node extension/build.mjs --engine DIR --policies DIR --out DIR`.
 *
 * Entries are found by their place, so that a new page needs no line here.
 */
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { build } from "esbuild";
import { ANY_HOST_SCRIPT, siteScripts } from "./sites/scripts.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const root = resolve(here, "..");

const { values } = parseArgs({
  options: {
    engine: { type: "string", default: join(root, "target/engine") },
    policies: { type: "string", default: join(root, "target/policies") },
    out: { type: "string", default: join(root, "dist/draftguard") },
  },
});
const [engine, policies, out] = [values.engine, values.policies, values.out].map((path) => resolve(path));

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });

/**
 * Preact can set markup (`dangerouslySetInnerHTML`). Nothing of ours does, and nothing that the package holds can:
 * texts of a policy stay texts whatever stands in them.
 */
const noMarkup = {
  name: "no-markup",
  setup({ onLoad }) {
    onLoad({ filter: /preact\/dist\/preact\.mjs$/ }, ({ path }) => {
      const source = readFileSync(path, "utf8");
      const contents = source.replace(/(\w+)\.innerHTML=/g, "$1.textContent=");
      if (contents === source) throw new Error("Preact sets markup in a way that the build does not know");
      return { contents, loader: "js" };
    });
  },
};

const common = {
  plugins: [noMarkup],
  bundle: true,
  target: ["chrome120", "firefox142"],
  charset: "utf8",
  legalComments: "none",
  jsx: "automatic",
  jsxImportSource: "preact",
  minify: true,
  // Reviewers of the stores read the package: names stay, only space goes.
  minifyIdentifiers: false,
  logLevel: "warning",
  alias: {
    "draftguard-engine": join(engine, "engine.js"),
    "draftguard-author": join(engine, "author.js"),
  },
};

const modules = { background: join(here, "background/index.ts") };
const pages = join(here, "pages");
for (const page of existsSync(pages) ? readdirSync(pages) : []) {
  const entry = ["index.tsx", "index.ts"].map((n) => join(pages, page, n)).find(existsSync);
  if (entry) modules[`pages/${page}/index`] = entry;
  for (const file of existsSync(join(pages, page)) ? readdirSync(join(pages, page)) : []) {
    if (/\.(html|css)$/.test(file)) cpSync(join(pages, page, file), join(out, "pages", page, file));
  }
}
await build({
  ...common,
  format: "esm",
  splitting: true,
  chunkNames: "chunks/[name]-[hash]",
  entryPoints: modules,
  outdir: out,
});
// Content scripts are classic scripts: each is one file.
await build({
  ...common,
  format: "iife",
  entryPoints: { content: join(here, "content/index.ts") },
  outdir: out,
});

cpSync(join(engine, "engine_bg.wasm"), join(out, "engine.wasm"));
cpSync(join(engine, "author_bg.wasm"), join(out, "author.wasm"));
cpSync(policies, join(out, "policies"), { recursive: true });
for (const folder of ["_locales", "icons"]) {
  if (existsSync(join(here, folder))) {
    cpSync(join(here, folder), join(out, folder), {
      recursive: true,
      filter: (name) => !/\.(svg|mjs|md)$/.test(name),
    });
  }
}

cpSync(join(here, "managed_schema.json"), join(out, "managed_schema.json"));
const scripts = siteScripts();
for (const file of scripts.files) {
  mkdirSync(dirname(join(out, file.path)), { recursive: true });
  writeFileSync(join(out, file.path), file.text);
}
const manifest = JSON.parse(readFileSync(join(root, "manifest.json"), "utf8"));
manifest.content_scripts = scripts.contentScripts;
manifest.host_permissions = scripts.hosts;
writeFileSync(join(out, "manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);
if (!existsSync(join(out, ANY_HOST_SCRIPT)))
  throw new Error(`the script for other hosts is missing: ${ANY_HOST_SCRIPT}`);
