// A company of one browser: a web host for bundles, and a browser that the company manages. The browser sees the
// company's files where it looks for them; in a mount namespace of its own, so that the machine's /etc stays as it is.
import { execFile, spawnSync } from "node:child_process";
import { createHash, createPublicKey } from "node:crypto";
import { existsSync, statSync } from "node:fs";
import { chmod, cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import http from "node:http";
import https from "node:https";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import * as x509 from "@peculiar/x509";
import { CHROMIUM, FIREFOX } from "./harness.mjs";

const run = promisify(execFile);

/** The host of the bundles, the packed extension and its updates. */
export const POLICY_HOST = "policy.acme.example";

/** Where each browser looks for the administrator's files: a folder that is there, and the file in it. */
const PLACES = {
  chromium: [{ folder: "/etc/chromium", file: "policies/managed/draftguard.json" }],
  firefox: [
    "/usr/share/firefox-esr/distribution",
    "/usr/lib/firefox-esr/distribution",
    "/usr/lib/firefox/distribution",
  ].map((folder) => ({ folder, file: "policies.json" })),
};

const place = (kind) =>
  PLACES[kind].find(({ folder }) => existsSync(folder) && statSync(folder).isDirectory());
const asRoot = process.getuid?.() === 0 ? [] : ["--map-root-user"];

/** Why a managed browser cannot be had on this machine; nothing where it can. */
export function unmanageable(kind) {
  if (!place(kind)) return `${kind} has no folder for an administrator's files here`;
  const tried = spawnSync("unshare", ["--mount", ...asRoot, "true"]);
  return tried.status === 0 ? undefined : "this machine allows no mount namespaces";
}

/** A folder of the test's own with a copy of the browser's, and a command that starts the browser on that copy. */
export async function manage(kind, policies, authority) {
  const { folder, file } = place(kind);
  const scratch = await mkdtemp(path.join(os.tmpdir(), `draftguard-managed-${kind}-`));
  const mine = path.join(scratch, "files");
  await cp(folder, mine, { recursive: true });
  const target = path.join(mine, file);
  await mkdir(path.dirname(target), { recursive: true });
  /** Firefox trusts the company's own authority by the same file; Chromium has no policy for that. */
  const write = async (content) => {
    if (kind === "chromium") return writeFile(target, content);
    const { policies } = JSON.parse(content);
    const certificate = path.join(scratch, "authority.pem");
    await writeFile(certificate, authority);
    return writeFile(
      target,
      JSON.stringify({ policies: { ...policies, Certificates: { Install: [certificate] } } }),
    );
  };
  await write(policies);
  if (kind === "chromium") {
    // By default nobody may look into what management installed, and that is how a test sees its pages.
    await writeFile(path.join(path.dirname(target), "tests.json"), '{ "DeveloperToolsAvailability": 1 }');
  }
  const executable = path.join(scratch, "browser");
  const browser = kind === "chromium" ? CHROMIUM : FIREFOX;
  await writeFile(
    executable,
    `#!/bin/sh\nexec unshare --mount ${asRoot.join(" ")} sh -c 'mount --bind "${mine}" "${folder}" && exec "${browser}" "$@"' sh "$@"\n`,
  );
  await chmod(executable, 0o755);
  return {
    executable,
    /** Changes what the administrator set, as its tools do: the file is replaced. */
    set: write,
    close: () => rm(scratch, { recursive: true, force: true }),
  };
}

/**
 * A plain file server over `folder`, and a proxy in front of it and of the fixture pages. Like any static host it
 * answers `If-None-Match`, and nothing that only this test would know.
 */
export async function startHost(folder, fixturesPort) {
  const requests = [];
  const identity = await certified(POLICY_HOST);
  const server = https.createServer(identity, async (req, res) => {
    const { pathname } = new URL(req.url, `https://${POLICY_HOST}`);
    const bytes = await readFile(path.join(folder, path.basename(pathname))).catch(() => undefined);
    const etag = bytes && `"${createHash("sha256").update(bytes).digest("hex")}"`;
    const status = !bytes ? 404 : req.headers["if-none-match"] === etag ? 304 : 200;
    if (pathname === host.broken?.path) {
      host.broken.answer(res, { "access-control-allow-origin": "*" });
      return;
    }
    requests.push({ method: req.method, path: pathname, status });
    res.writeHead(status, {
      "access-control-allow-origin": "*",
      "cache-control": "no-cache",
      "content-type": pathname.endsWith(".xml")
        ? "text/xml"
        : pathname.endsWith(".crx")
          ? "application/x-chrome-extension"
          : "application/octet-stream",
      ...(etag ? { etag } : {}),
    });
    res.end(status === 200 ? bytes : "");
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));

  const proxy = http.createServer((_req, res) => res.writeHead(502).end());
  proxy.on("connect", (req, client, first) => {
    const ours = req.url.startsWith(`${POLICY_HOST}:`);
    const up = net.connect(ours ? server.address().port : fixturesPort, "127.0.0.1", () => {
      if (ours) client.write("HTTP/1.1 200 OK\r\n\r\n");
      else up.write(`CONNECT ${req.url} HTTP/1.1\r\nHost: ${req.url}\r\n\r\n`);
      up.write(first);
      up.pipe(client);
      client.pipe(up);
    });
    up.on("error", () => client.destroy());
    client.on("error", () => up.destroy());
  });
  await new Promise((done) => proxy.listen(0, "127.0.0.1", done));
  const spki = createPublicKey(identity.cert).export({ type: "spki", format: "der" });
  const host = {
    requests,
    /** `{path, answer(res, headers)}`: an address at which the host does something else. */
    broken: undefined,
    authority: identity.authority,
    /** What Chromium takes the host's key by: answers over a connection with an error are not kept in its cache. */
    pin: createHash("sha256").update(spki).digest("base64"),
    proxyPort: proxy.address().port,
    close() {
      for (const each of [proxy, server]) {
        each.close();
        each.closeAllConnections();
      }
    },
  };
  return host;
}

/** Packs the extension for Chromium with a key of this run; gives its id. */
export async function packChromium(extensionDir, out, scratch) {
  const source = path.join(scratch, "extension");
  await cp(extensionDir, source, { recursive: true });
  const profile = path.join(scratch, "packer");
  await run(CHROMIUM, [
    "--headless=new",
    "--no-sandbox",
    `--user-data-dir=${profile}`,
    `--pack-extension=${source}`,
  ]);
  await cp(`${source}.crx`, path.join(out, "draftguard.crx"));
  const der = createPublicKey(await readFile(`${source}.pem`)).export({ type: "spki", format: "der" });
  const id = createHash("sha256")
    .update(der)
    .digest("hex")
    .slice(0, 32)
    .replace(/./g, (digit) => String.fromCharCode(97 + Number.parseInt(digit, 16)));
  const { version } = JSON.parse(await readFile(path.join(source, "manifest.json"), "utf8"));
  await writeFile(
    path.join(out, "updates.xml"),
    `<?xml version='1.0' encoding='UTF-8'?>
<gupdate xmlns='http://www.google.com/update2/response' protocol='2.0'>
  <app appid='${id}'><updatecheck codebase='https://${POLICY_HOST}/draftguard.crx' version='${version}'/></app>
</gupdate>
`,
  );
  return id;
}

/** Packs the extension for Firefox with the project's own packager. */
export async function packFirefox(root, extensionDir, out, scratch) {
  const stores = path.join(scratch, "stores");
  await run("cargo", ["run", "--quiet", "-p", "xtask", "--", "package", extensionDir, stores], { cwd: root });
  const zip = (await readdir(stores)).find((name) => name.endsWith("-firefox.zip"));
  await cp(path.join(stores, zip), path.join(out, "draftguard.xpi"));
}

/** The administrators' command, built once, run in `folder`. Gives what it wrote to standard output. */
export async function administrator(root, folder) {
  await run("cargo", ["build", "--quiet", "-p", "draftguard"], { cwd: root });
  const binary = path.join(root, "target/debug/draftguard");
  const env = { ...process.env, DRAFTGUARD_PASSPHRASE: "a passphrase of one test run", NO_COLOR: "1" };
  return async (...args) => (await run(binary, args, { cwd: folder, env })).stdout;
}

const ALGORITHM = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
const DAY = 24 * 60 * 60 * 1000;

/** The certificate of a host, and that of the company's own authority, which signed it; both are of this run. */
async function certified(host) {
  const dates = { notBefore: new Date(Date.now() - DAY), notAfter: new Date(Date.now() + 7 * DAY) };
  const root = await crypto.subtle.generateKey(ALGORITHM, true, ["sign", "verify"]);
  const keys = await crypto.subtle.generateKey(ALGORITHM, true, ["sign", "verify"]);
  const authority = await x509.X509CertificateGenerator.createSelfSigned({
    ...dates,
    serialNumber: "01",
    name: "CN=company authority",
    signingAlgorithm: ALGORITHM,
    keys: root,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign, true),
    ],
  });
  const leaf = await x509.X509CertificateGenerator.create({
    ...dates,
    serialNumber: "02",
    subject: `CN=${host}`,
    issuer: authority.subject,
    signingAlgorithm: ALGORITHM,
    publicKey: keys.publicKey,
    signingKey: root.privateKey,
    extensions: [
      new x509.SubjectAlternativeNameExtension([{ type: "dns", value: host }]),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
    ],
  });
  const pkcs8 = Buffer.from(await crypto.subtle.exportKey("pkcs8", keys.privateKey)).toString("base64");
  const key = `-----BEGIN PRIVATE KEY-----\n${pkcs8.replace(/.{64}/g, "$&\n")}\n-----END PRIVATE KEY-----\n`;
  return { key, cert: leaf.toString("pem"), authority: authority.toString("pem") };
}
