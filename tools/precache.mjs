// Writes into the built service worker which files make up the page, and a digest of their names and contents, so that
// a new build is a new cache. Runs as Trunk's post_build hook, before the new build replaces the old one in dist/.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const dist = process.env.TRUNK_STAGING_DIR;
if (!dist) throw new Error("tools/precache.mjs runs as a hook of Trunk: TRUNK_STAGING_DIR is not set.");

// What the page never asks for while it works.
const apart = /^(sw\.js|robots\.txt|.*\.txt)$/;
const digest = (bytes, length) => createHash("sha256").update(bytes).digest("hex").slice(0, length);

function replaceOnce(text, mark, value, where) {
  if (text.split(mark).length !== 2) throw new Error(`${where} must hold ${mark} exactly once.`);
  return text.replace(mark, () => value);
}

const files = readdirSync(dist, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(dist.length).replaceAll("\\", "/").replace(/^\//, ""))
  .filter((name) => !apart.test(name.split("/").at(-1)))
  .sort();
const integrity = (name) => `sha256-${createHash("sha256").update(readFileSync(join(dist, name))).digest("base64")}`;
const one = (pattern) => {
  const found = files.filter((name) => pattern.test(name));
  if (found.length !== 1) throw new Error(`one file ${pattern} expected in the build, found: ${found.join(", ") || "none"}`);
  return found[0];
};

// Workers carry the program's JavaScript as text in a blob, from where nothing can be imported.
const program = one(/^perennial-\w+\.js$/);
if (/^\s*import\b/m.test(readFileSync(join(dist, program), "utf8"))) {
  throw new Error(`${program} imports another file: the crate uses a JavaScript snippet, which a worker could not load.`);
}

// boot.js has a fixed name, so its address carries its digest.
const boot = `boot.js?v=${digest(readFileSync(join(dist, "boot.js")), 16)}`;
const page = join(dist, "index.html");
let html = readFileSync(page, "utf8");
html = replaceOnce(html, "boot.js?v=BOOT_DIGEST", boot, "index.html");
html = replaceOnce(html, "JS_INTEGRITY", integrity(program), "index.html");
html = replaceOnce(html, "WASM_INTEGRITY", integrity(one(/^perennial-\w+_bg\.wasm$/)), "index.html");
writeFileSync(page, html);

// The page itself is kept under the address of its folder.
const address = (name) => (name === "index.html" ? "./" : name === "boot.js" ? boot : name);
const list = files.map((name) => [address(name), integrity(name)]);
const version = digest(JSON.stringify(list), 16);

const worker = join(dist, "sw.js");
let text = readFileSync(worker, "utf8");
text = replaceOnce(text, '/*VERSION*/ ""', JSON.stringify(version), "sw.js");
text = replaceOnce(text, "/*FILES*/ []", `[\n${list.map((pair) => `  ${JSON.stringify(pair)},\n`).join("")}]`, "sw.js");
writeFileSync(worker, text);
