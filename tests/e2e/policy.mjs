// The policy of the browser tests: compiled by the project's own command, imported as a person would.
import { execFile } from "node:child_process";
import { mkdir, readFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { until } from "./harness.mjs";

const run = promisify(execFile);

/** Compiles tests/e2e/policy.toml; gives the payload of the compiled file. */
export async function compilePolicy(root, source = "tests/e2e/policy.toml") {
  const out = path.join(root, "target/e2e", `${path.basename(source, ".toml")}.policy`);
  await mkdir(path.dirname(out), { recursive: true });
  await run("cargo", ["run", "--quiet", "-p", "xtask", "--", "pack", source, out], { cwd: root });
  return readFile(out);
}

/** The address of one of the extension's pages. */
export function extensionPage(session, page) {
  return session.kind === "chromium"
    ? `chrome-extension://${session.extensionId}/${page}`
    : `moz-extension://${session.uuid}/${page}`;
}

/** Imports a compiled policy through the router's own command, from one of the extension's pages. */
export async function importPolicy(session, bytes, name = "e2e.policy") {
  const page = await session.browser.newPage();
  try {
    await page.goto(extensionPage(session, "pages/options/index.html"));
    const answer = await until("the policy is imported", () =>
      page.evaluate(
        (base64, file) => chrome.runtime.sendMessage({ kind: "policy.import", name: file, bytes: base64 }),
        bytes.toString("base64"),
        name,
      ),
    );
    if (answer.kind === "error") throw new Error(`policy.import: ${answer.code}: ${answer.message}`);
  } finally {
    await page.close();
  }
}
