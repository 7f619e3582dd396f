// A day of 1,000 browsers and one static host: node benches/clients.mjs
//
// The clock is simulated; the requests are real ones over loopback, and when the next one comes is decided by the
// policy client that ships. In the day: a new version is published, and the host is down for an hour.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import http from "node:http";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const target = fileURLToPath(new URL("../target/", import.meta.url));
const { default: init, nextFetchMs } = await import(join(target, "engine/engine.js"));
await init({
  module_or_path: await WebAssembly.compile(readFileSync(join(target, "engine/engine_bg.wasm"))),
});

const CLIENTS = 1000;
const REFRESH_MINUTES = 60;
const HOUR = 3_600_000;
const [PUBLISHED, DOWN, UP, END] = [6 * HOUR, 12 * HOUR, 13 * HOUR, 24 * HOUR];

let seed = 42n;
const random = () => {
  seed = (seed * 6364136223846793005n + 1442695040888963407n) & 0xffffffffffffffffn;
  return Number(seed >> 40n) / 2 ** 24;
};

const policy = readFileSync(join(target, "policies/core.policy"));
const versions = [policy, Buffer.concat([policy, Buffer.from([1])])].map((bytes) => ({
  bytes,
  etag: `"${createHash("sha256").update(bytes).digest("hex").slice(0, 32)}"`,
}));

let now = 0;
const sockets = new Set();
const server = http.createServer((req, res) => {
  const { bytes, etag } = versions[now < PUBLISHED ? 0 : 1];
  const down = now >= DOWN && now < UP;
  const status = down ? 503 : req.headers["if-none-match"] === etag ? 304 : 200;
  res.writeHead(status, {
    "access-control-allow-origin": "*",
    "cache-control": "no-cache",
    ...(down ? {} : { etag }),
  });
  res.end(status === 200 ? bytes : "");
});
await new Promise((done) => server.listen(0, "127.0.0.1", done));
const agent = new http.Agent({ keepAlive: true, maxSockets: 8 });

const ask = (etag) =>
  new Promise((done, fail) => {
    const headers = { "accept-encoding": "gzip, deflate, br", ...(etag ? { "if-none-match": etag } : {}) };
    http
      .get({ port: server.address().port, path: "/acme.dgb", agent, headers }, (res) => {
        res.resume();
        res.on("end", () => done({ status: res.statusCode, etag: res.headers.etag }));
      })
      .on("socket", (socket) => sockets.add(socket))
      .on("error", fail);
  });

// Every browser starts within the same minute: the worst morning.
const clients = Array.from({ length: CLIENTS }, () => ({
  at: random() * 60_000,
  failures: 0,
  etag: undefined,
}));
const counts = { 200: 0, 304: 0, 503: 0 };
const perSecond = new Map();
let last = 0;
for (;;) {
  const next = clients.reduce((a, b) => (a.at <= b.at ? a : b));
  if (next.at >= END) break;
  now = next.at;
  const answer = await ask(next.etag);
  counts[answer.status] += 1;
  const second = Math.floor(now / 1000);
  perSecond.set(second, (perSecond.get(second) ?? 0) + 1);
  if (answer.status === 503) next.failures += 1;
  else {
    next.failures = 0;
    if (next.etag !== answer.etag && now >= PUBLISHED) last = Math.max(last, now - PUBLISHED);
    next.etag = answer.etag;
  }
  next.at = now + nextFetchMs(REFRESH_MINUTES, next.failures, random());
}
const sum = (field) => [...sockets].reduce((total, socket) => total + socket[field], 0);
const [received, sent] = [sum("bytesWritten"), sum("bytesRead")];
agent.destroy();
await new Promise((done) => server.close(done));

const requests = counts[200] + counts[304] + counts[503];
const peak = (from) => Math.max(...[...perSecond].filter(([s]) => s * 1000 >= from).map(([, n]) => n));
const show = (what, value) => console.log(`${what}: ${value}`);
show("clients", CLIENTS);
show("bundle, bytes", policy.length);
show("requests a client a day", requests / CLIENTS);
show("  answered 200 / 304 / 503", [200, 304, 503].map((s) => counts[s] / CLIENTS).join(" / "));
show("bytes received by the host, a client a day", Math.round(received / CLIENTS));
show("bytes sent by the host, a client a day", Math.round(sent / CLIENTS));
show("  of these not the bundle itself", Math.round((sent - counts[200] * policy.length) / CLIENTS));
show("most requests in one second, first minute", peak(0));
show("most requests in one second, after the first hour", peak(HOUR));
show("last client has the new version after, minutes", Math.round(last / 60_000));
