// What a first visit transfers, gzip -9, as GitHub Pages would send it. Fails above the limit; with --held, which the
// tests use as long as the limit is not reached, above what was reached so far, so that it can only shrink.
//   node tools/size.mjs [folder] [--held]
import { readdirSync, readFileSync } from "node:fs";
import { extname, join } from "node:path";
import { gzipSync } from "node:zlib";

const limit = 350_000;
// Lower it with every gain; docs/size.md says where the bytes are.
const reached = 1_405_000;
const held = process.argv.includes("--held");
const folder = process.argv.slice(2).find((word) => !word.startsWith("--")) ?? "dist";
const counted = { ".wasm": "wasm", ".js": "js", ".css": "css", ".html": "html" };

const rows = [];
for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
  const file = join(entry.parentPath ?? entry.path, entry.name);
  const kind = counted[extname(entry.name)] ?? (entry.name.endsWith(".woff2") ? "font" : null);
  // The service worker comes after the page and is not needed for it.
  if (!entry.isFile() || !kind || entry.name === "sw.js") continue;
  const bytes = readFileSync(file);
  const sent = kind === "font" ? bytes.length : gzipSync(bytes, { level: 9 }).length;
  rows.push({ kind, name: entry.name, raw: bytes.length, sent });
}
for (const kind of Object.values(counted)) {
  if (!rows.some((row) => row.kind === kind)) throw new Error(`${folder} holds no ${kind}: build the page first.`);
}

const kb = (bytes) => (bytes / 1000).toFixed(1).padStart(8);
console.log("     raw   gzip -9  (kB)");
rows.sort((a, b) => b.sent - a.sent);
for (const { raw, sent, name, kind } of rows) console.log(`${kb(raw)}  ${kb(sent)}  ${name}${kind === "font" ? " (font, apart)" : ""}`);
const total = rows.filter(({ kind }) => kind !== "font").reduce((sum, { sent }) => sum + sent, 0);
console.log(`          ${kb(total)}  first visit: wasm, js, css, html; at most ${limit / 1000} kB`);
if (total > limit) {
  console.error(`The first visit is ${((total - limit) / 1000).toFixed(1)} kB too large.`);
  if (held) console.error(`Held so far: ${reached / 1000} kB. 'make size' fails until the limit is met.`);
  if (!held || total > reached) process.exitCode = 1;
}
