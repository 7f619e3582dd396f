// Serves the fixture pages under the sites' real host names, from one loopback port, through a CONNECT proxy.
import { readFile } from "node:fs/promises";
import http from "node:http";
import https from "node:https";
import { createRequire } from "node:module";
import net from "node:net";
import path from "node:path";
import { fileURLToPath } from "node:url";
import "reflect-metadata";
import * as x509 from "@peculiar/x509";
import esbuild from "esbuild";

const here = path.dirname(fileURLToPath(import.meta.url));
const pages = path.join(here, "pages");
const require = createRequire(import.meta.url);

/** Host name -> page module of that site. */
export const HOSTS = {
  "x.com": "x",
  "www.linkedin.com": "linkedin",
  "www.facebook.com": "facebook",
  "bsky.app": "bluesky",
  "mastodon.social": "mastodon",
  "www.reddit.com": "reddit",
  "www.youtube.com": "youtube",
  "discord.com": "discord",
  "forms.example": "forms",
  "social.example": "mastodon",
};

/** A certificate for the page server, made anew at each start: the browsers are told to accept it. */
export async function certificate(names = Object.keys(HOSTS)) {
  const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
  const keys = await crypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
  const day = 24 * 60 * 60 * 1000;
  const made = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: "01",
    name: "CN=fixture pages",
    notBefore: new Date(Date.now() - day),
    notAfter: new Date(Date.now() + 7 * day),
    signingAlgorithm: algorithm,
    keys,
    extensions: [
      new x509.SubjectAlternativeNameExtension(names.map((value) => ({ type: "dns", value }))),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
    ],
  });
  const pkcs8 = Buffer.from(await crypto.subtle.exportKey("pkcs8", keys.privateKey)).toString("base64");
  const key = `-----BEGIN PRIVATE KEY-----\n${pkcs8.replace(/.{64}/g, "$&\n")}\n-----END PRIVATE KEY-----\n`;
  return { key, cert: made.toString("pem") };
}

async function bundle(site) {
  const result = await esbuild.build({
    entryPoints: [path.join(pages, "entry.js")],
    alias: { fixture: path.join(pages, `${site}.js`) },
    bundle: true,
    write: false,
    format: "iife",
    target: "es2022",
    define: { "process.env.NODE_ENV": '"production"', global: "globalThis" },
    logLevel: "error",
  });
  return result.outputFiles[0].text;
}

const shell = (site, head) => `<!doctype html>
<html lang="en" data-site="${site}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${site}</title><link rel="stylesheet" href="/assets/page.css">${head}</head>
<body><script src="/assets/page.js"></script></body></html>`;

const picture = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><circle cx="12" cy="12" r="12" fill="#1d6ff2"/></svg>`;

/** The strictest policy that the fixture pages themselves can live with. */
const STRICT = {
  "content-security-policy":
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; require-trusted-types-for 'script'; trusted-types 'none'",
};

const strictOnDemand = (_host, url) => (url.searchParams.get("csp") === "strict" ? STRICT : {});

/**
 * Starts the page server.
 *
 * `headers(host, url)` may add response headers (a content-security policy), `head(host, url)` markup for the page's
 * head, and `body(host, url)` may replace the whole document.
 *
 * Returns { proxyPort, received, close }: `received` lists every post that reached the server.
 */
export async function startFixtures({
  headers = strictOnDemand,
  head = () => "",
  body = () => undefined,
} = {}) {
  const received = [];
  const bundles = new Map();
  const script = (site) => {
    if (!bundles.has(site)) bundles.set(site, bundle(site));
    return bundles.get(site);
  };
  const css = await readFile(path.join(pages, "page.css"), "utf8");
  const quill = await readFile(require.resolve("quill/dist/quill.core.css"), "utf8");

  const answer = async (req, res) => {
    const host = (req.headers.host ?? "").split(":")[0];
    const url = new URL(req.url, `https://${host}`);
    // A page made from a site's data file: any host, told by the address or by the page that asks.
    const generated =
      url.searchParams.has("__generated") || (req.headers.referer ?? "").includes("__generated");
    const site = generated ? "generated" : HOSTS[host];
    const send = (status, type, content) => {
      res.writeHead(status, { "content-type": type, "cache-control": "no-cache", ...headers(host, url) });
      res.end(content);
    };
    if (req.method === "POST") {
      const parts = [];
      for await (const part of req) parts.push(part);
      received.push({ host, path: url.pathname, body: Buffer.concat(parts).toString("utf8") });
      return send(200, "text/html; charset=utf-8", "<!doctype html><title>posted</title><p>posted</p>");
    }
    if (!site) return send(404, "text/plain", "no such page");
    if (url.pathname === "/assets/page.js")
      return send(200, "text/javascript; charset=utf-8", await script(site));
    if (url.pathname === "/assets/page.css") return send(200, "text/css; charset=utf-8", css);
    if (url.pathname === "/assets/quill.css") return send(200, "text/css; charset=utf-8", quill);
    if (url.pathname === "/assets/me.svg") return send(200, "image/svg+xml", picture);
    if (url.pathname === "/favicon.ico") return send(204, "image/svg+xml", "");
    return send(200, "text/html; charset=utf-8", body(host, url) ?? shell(site, head(host, url)));
  };

  const server = https.createServer(await certificate(), (req, res) => {
    answer(req, res).catch((error) => {
      console.error(error);
      if (!res.headersSent) res.writeHead(500);
      res.end();
    });
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));

  const proxy = http.createServer((_req, res) => res.writeHead(502).end());
  proxy.on("connect", (_req, client, first) => {
    const up = net.connect(server.address().port, "127.0.0.1", () => {
      client.write("HTTP/1.1 200 OK\r\n\r\n");
      up.write(first);
      up.pipe(client);
      client.pipe(up);
    });
    up.on("error", () => client.destroy());
    client.on("error", () => up.destroy());
  });
  await new Promise((done) => proxy.listen(0, "127.0.0.1", done));

  return {
    proxyPort: proxy.address().port,
    received,
    /** Replaces a site's page module at run time (the hostile pages use it). */
    async close() {
      proxy.close();
      proxy.closeAllConnections();
      server.close();
      server.closeAllConnections();
      await esbuild.stop();
    },
  };
}
