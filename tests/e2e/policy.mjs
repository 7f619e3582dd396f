// The policy of the browser tests: compiled by the project's own command, imported as a person would.
import { execFile } from "node:child_process";
import { mkdir, readFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { launch, until } from "./harness.mjs";

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

/** Runs `fn(arg)` in one of the extension's own pages, and gives what it resolves to. */
export async function inExtension(session, fn, arg, at = "pages/options/index.html") {
  const url = extensionPage(session, at);
  session.console ??= await session.browser.newPage();
  const page = session.console;
  if (session.kind === "chromium") {
    if (page.url() !== url) await page.goto(url);
    return page.evaluate(fn, arg);
  }
  // WebDriver opens an extension's page only with system access, and does not report its load to puppeteer.
  const context = page.mainFrame()._id;
  const send = async (method, params) => (await session.browser.connection.send(method, params)).result;
  const here = async () => (await send("browsingContext.getTree", { root: context })).contexts[0].url;
  if ((await here()) !== url) {
    await send("browsingContext.navigate", { context, url, wait: "none" });
    await until("the extension's page is open", async () => (await here()) === url);
  }
  const answer = await until("the extension's page can be spoken to", async () => {
    const said = await send("script.callFunction", {
      functionDeclaration: `async (json) => JSON.stringify((await (${fn})(JSON.parse(json))) ?? null)`,
      arguments: [{ type: "string", value: JSON.stringify(arg ?? null) }],
      target: { context },
      awaitPromise: true,
    });
    return said.type === "success" ? said : Promise.reject(new Error(said.exceptionDetails.text));
  });
  return JSON.parse(answer.result.value);
}

/** Sends a command to the background from one of the extension's own pages; throws what it answers as an error. */
export async function command(session, request) {
  const answer = await inExtension(session, (message) => chrome.runtime.sendMessage(message), request);
  if (answer?.kind === "error") throw new Error(`${request.kind}: ${answer.code}: ${answer.message}`);
  return answer;
}

/**
 * Keeps the drafts that frames send to be checked, as one of the extension's own pages hears them; gives how to ask for
 * the last one that `fits`. `fresh`: of those that come from now on.
 */
export async function overhear(session, { fresh = false } = {}) {
  await inExtension(
    session,
    (anew) => {
      globalThis.heard = anew ? [] : (globalThis.heard ?? []);
      if (globalThis.hears) return;
      globalThis.hears = true;
      chrome.runtime.onMessage.addListener((message) => {
        if (message?.kind === "draft.check")
          globalThis.heard.push({ draft: message.draft, context: message.context });
        return false;
      });
    },
    fresh,
  );
  return (what, fits) =>
    until(what, async () => {
      const heard = await inExtension(session, () => globalThis.heard.slice(-20));
      const found = heard.reverse().find(fits);
      if (found) return found;
      throw new Error(JSON.stringify(heard.map((h) => h.context)).slice(0, 600));
    });
}

/** Imports a compiled policy, as the options page does. */
export function importPolicy(session, bytes, name = "e2e.policy") {
  return command(session, { kind: "policy.import", name, bytes: bytes.toString("base64") });
}

/** A browser of its own for what would disturb the others: with `policy`, or the tests' own, or none where it is null. */
export async function apart(
  { session, env },
  work,
  { policy = env.policy, extensionDir = env.extensionDir, ...options } = {},
) {
  const own = await launch(session.kind, { proxyPort: env.fixtures.proxyPort, extensionDir, ...options });
  try {
    if (policy !== null) await importPolicy(own, policy);
    return await work(own);
  } finally {
    await own.close();
  }
}
