// What was measured, and where it is written down.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import { join } from "node:path";
import { generate } from "../../../tools/gen-orders.mjs";
import { root } from "./data.mjs";

const file = join(root, "docs/performance.md");

/** The path of 1,000,000 made-up order lines, which are written once. */
export function million() {
  const folder = join(root, ".tools/bench");
  mkdirSync(folder, { recursive: true });
  const path = join(folder, "orders-1000000.csv");
  if (!existsSync(path)) {
    console.log("Writing 1,000,000 made-up order lines (5 s)");
    generate(1_000_000, path);
  }
  return path;
}

/** The number behind `--runs`, or another one. */
export function runsOr(usual) {
  const at = process.argv.indexOf("--runs");
  return at < 0 ? usual : Number(process.argv[at + 1]);
}

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

export const ms = (value) => Math.round(value).toLocaleString("en-GB");

/** Where and when: `Perennial 0.1.0 on 2 x AMD EPYC, 24 GiB, 2026-11-22`. */
export function machine() {
  const model = cpus()[0]?.model.replace(/\s+/g, " ").trim() ?? "unknown processor";
  const version = readFileSync(join(root, "Cargo.toml"), "utf8").match(/^version = "(.*)"$/m)[1];
  const memory = Math.round(totalmem() / 2 ** 30);
  return `Perennial ${version} on ${cpus().length} x ${model}, ${memory} GiB, ${new Date().toISOString().slice(0, 10)}`;
}

/** Puts what stands above all sections of docs/performance.md in the place of what stands there. */
export function writeTop(text) {
  write([text, ...parts().slice(1)]);
}

/** Puts a section of docs/performance.md in the place of the one with its heading, or at the end. */
export function writeSection(heading, text) {
  const all = parts();
  const own = `## ${heading}\n\n${text}`;
  const at = all.findIndex((part) => part.startsWith(`## ${heading}\n`));
  if (at < 0) all.push(own);
  else all[at] = own;
  write(all);
}

/** What stands above the sections of docs/performance.md, and these. */
function parts() {
  return readFileSync(file, "utf8").split(/\n(?=## )/);
}

function write(parts) {
  writeFileSync(file, `${parts.map((part) => part.trim()).join("\n\n")}\n`);
  console.log("Written to docs/performance.md");
}
