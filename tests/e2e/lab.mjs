// The laboratory: a second extension that lets a test read and write through Draftguard's own code.
import { cp, mkdir } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import esbuild from "esbuild";
import { siteFiles } from "../../extension/sites/scripts.mjs";

const here = path.join(path.dirname(fileURLToPath(import.meta.url)), "lab");

/** Installs the laboratory in a browser, once. */
export function installLab(session, root) {
  session.lab ??= install(session, path.join(root, "target/e2e", `lab-${session.kind}`));
  return session.lab;
}

async function install(session, folder) {
  await mkdir(folder, { recursive: true });
  await cp(path.join(here, "manifest.json"), path.join(folder, "manifest.json"));
  await esbuild.build({
    entryPoints: [path.join(here, "lab.ts")],
    bundle: true,
    format: "iife",
    target: "es2022",
    outfile: path.join(folder, "lab.js"),
    define: { SITES: JSON.stringify(siteFiles()) },
    logLevel: "error",
  });
  await session.browser.installExtension(folder);
}

/** Asks the laboratory in a page. */
export async function askLab(frame, ask) {
  const said = await frame.evaluate(
    (request) =>
      new Promise((resolve) => {
        addEventListener("lab-answer", (event) => resolve(JSON.parse(event.detail)), { once: true });
        dispatchEvent(new CustomEvent("lab-ask", { detail: JSON.stringify(request) }));
      }),
    ask,
  );
  if (said?.error) throw new Error(said.error);
  return said;
}
