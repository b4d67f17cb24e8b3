// Joins style/*.css into one file, so that a first visit asks for one style sheet: tokens, then the ground, then the
// components by name, then print, which overrides them. Each component brings its own breakpoints.
// Runs as Trunk's pre_build hook; the result is built, never edited.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const first = ["tokens.css", "base.css"];
const last = ["print.css"];

const all = readdirSync(join(root, "style")).filter((name) => name.endsWith(".css"));
const between = all.filter((name) => !first.includes(name) && !last.includes(name)).sort();
const text = [...first, ...between, ...last]
  .map((name) => readFileSync(join(root, "style", name), "utf8"))
  .join("\n")
  // Comments are for those who read style/; blank lines go with them.
  .replace(/\/\*[^]*?\*\//g, "")
  .replace(/[ \t]+$/gm, "")
  .replace(/\n{2,}/g, "\n")
  .trimStart();

mkdirSync(join(root, ".tools"), { recursive: true });
writeFileSync(join(root, ".tools", "perennial.css"), text);
