/**
 * Draws the PNG icons from the SVG sources: `node extension/icons/make.mjs`. The pictures are checked in; a test
 * compares them with what this script draws. It knows filled paths of M, L, C and Z, which is all that the icons use,
 * and so needs no drawing library.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { crc32, deflateSync } from "node:zlib";

const SIZES = [16, 32, 48, 128];
/** Samples for each pixel, in each direction. */
const SAMPLES = 8;
/** Pieces that a curve is cut into: finer than a sample at the largest size. */
const PIECES = 24;

const here = new URL(".", import.meta.url);

/** Name and bytes of every picture. */
export function pictures() {
  return ["icon", "icon-dark"].flatMap((name) => {
    const shapes = read(readFileSync(new URL(`${name}.svg`, here), "utf8"));
    return SIZES.map((size) => ({ name: `${name}-${size}.png`, bytes: png(size, draw(shapes, size)) }));
  });
}

function read(svg) {
  return [...svg.matchAll(/<path fill="#([0-9a-f]{6})" d="([^"]+)"/g)].map(([, fill, d]) => ({
    color: [0, 2, 4].map((at) => Number.parseInt(fill.slice(at, at + 2), 16)),
    points: flatten(d),
  }));
}

function flatten(d) {
  const tokens = d.match(/[MLCZ]|-?[\d.]+/g);
  const points = [];
  let at = 0;
  const pair = () => [Number(tokens[at++]), Number(tokens[at++])];
  while (at < tokens.length) {
    const command = tokens[at++];
    if (command === "Z") continue;
    if (command !== "C") {
      points.push(pair());
      continue;
    }
    const [from, a, b, to] = [points.at(-1), pair(), pair(), pair()];
    for (let i = 1; i <= PIECES; i++) {
      const t = i / PIECES;
      const u = 1 - t;
      points.push(
        [0, 1].map((k) => u ** 3 * from[k] + 3 * u * u * t * a[k] + 3 * u * t * t * b[k] + t ** 3 * to[k]),
      );
    }
  }
  return points;
}

function inside(points, x, y) {
  let odd = false;
  for (let i = 0, j = points.length - 1; i < points.length; j = i++) {
    const [xi, yi] = points[i];
    const [xj, yj] = points[j];
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) odd = !odd;
  }
  return odd;
}

function draw(shapes, size) {
  const pixels = new Uint8Array(size * size * 4);
  const step = 128 / (size * SAMPLES);
  for (let py = 0; py < size; py++) {
    for (let px = 0; px < size; px++) {
      const sum = [0, 0, 0];
      let covered = 0;
      for (let s = 0; s < SAMPLES * SAMPLES; s++) {
        const x = (px * SAMPLES + (s % SAMPLES) + 0.5) * step;
        const y = (py * SAMPLES + Math.floor(s / SAMPLES) + 0.5) * step;
        const top = shapes.findLast(({ points }) => inside(points, x, y));
        if (!top) continue;
        covered++;
        for (const k of [0, 1, 2]) sum[k] += top.color[k];
      }
      const at = (py * size + px) * 4;
      for (const k of [0, 1, 2]) pixels[at + k] = covered && Math.round(sum[k] / covered);
      pixels[at + 3] = Math.round((covered * 255) / SAMPLES ** 2);
    }
  }
  return pixels;
}

function png(size, pixels) {
  const rows = Buffer.alloc(size * (size * 4 + 1));
  for (let y = 0; y < size; y++)
    rows.set(pixels.subarray(y * size * 4, (y + 1) * size * 4), y * (size * 4 + 1) + 1);
  const head = Buffer.alloc(13);
  head.writeUInt32BE(size, 0);
  head.writeUInt32BE(size, 4);
  // Eight bits a channel, colour with alpha.
  head.set([8, 6, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk("IHDR", head),
    chunk("IDAT", deflateSync(rows, { level: 9 })),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const out = Buffer.alloc(body.length + 8);
  out.writeUInt32BE(data.length, 0);
  body.copy(out, 4);
  out.writeUInt32BE(crc32(body), body.length + 4);
  return out;
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  for (const { name, bytes } of pictures()) writeFileSync(new URL(name, here), bytes);
}
