// The policy of the browser tests: compiled by the project's own command, imported as a person would.
import { execFile } from "node:child_process";
import { mkdir, readFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Compiles tests/e2e/policy.toml; gives the payload of the compiled file. */
export async function compilePolicy(root, source = "tests/e2e/policy.toml") {
  const out = path.join(root, "target/e2e", `${path.basename(source, ".toml")}.policy`);
  await mkdir(path.dirname(out), { recursive: true });
  await run("cargo", ["run", "--quiet", "-p", "xtask", "--", "policy", source, out], { cwd: root });
  return readFile(out);
}

/** The address of one of the extension's pages. */
export function extensionPage(session, page) {
  return session.kind === "chromium"
    ? `chrome-extension://${session.extensionId}/${page}`
    : `moz-extension://${session.uuid}/${page}`;
}

/** Sends a command to the background from one of the extension's own pages; throws what it answers as an error. */
export async function command(session, request) {
  session.console ??= await session.browser.newPage();
  const page = session.console;
  const url = extensionPage(session, "pages/options/index.html");
  if (page.url() !== url) await page.goto(url);
  await page.bringToFront();
  const answer = await page.evaluate((message) => chrome.runtime.sendMessage(message), request);
  if (answer?.kind === "error") throw new Error(`${request.kind}: ${answer.code}: ${answer.message}`);
  return answer;
}

/** Imports a compiled policy, as the options page does. */
export function importPolicy(session, bytes, name = "e2e.policy") {
  return command(session, { kind: "policy.import", name, bytes: bytes.toString("base64") });
}
