// Loads a TypeScript module of the extension into node, bundled by the extension's own bundler.
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";

export const root = path.join(path.dirname(fileURLToPath(import.meta.url)), "../..");

/** The exports of `file`, a path from the root of the checkout. */
export async function load(file) {
  const folder = await mkdtemp(path.join(os.tmpdir(), "draftguard-unit-"));
  const outfile = path.join(folder, "module.mjs");
  try {
    await build({
      entryPoints: [path.join(root, file)],
      bundle: true,
      format: "esm",
      platform: "neutral",
      mainFields: ["module", "main"],
      jsx: "automatic",
      jsxImportSource: "preact",
      logLevel: "silent",
      outfile,
    });
    return await import(pathToFileURL(outfile));
  } finally {
    await rm(folder, { recursive: true });
  }
}
