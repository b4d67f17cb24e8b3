// Bundles the page of the peers into .tools/peers/site: each peer as a module and as a worker, and what they load.
//   node bundle.mjs
import { copyFileSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import esbuild from "esbuild";
import { here, site, target } from "./lib/paths.mjs";

const src = join(here, "page/src");
const names = readdirSync(join(src, "peers")).map((file) => file.replace(/\.js$/, ""));
const inWorker = (name) => `import * as peer from "./peers/${name}.js"; import { serve } from "./lib/worker.js"; serve(peer);`;
const options = { bundle: true, format: "esm", minify: true, target: "es2022", logLevel: "warning" };

rmSync(site, { recursive: true, force: true });
const out = (name) => join(site, "dist", name);
await esbuild.build({ ...options, entryPoints: [join(src, "harness.js")], outfile: out("harness.js") });
for (const name of names) {
  await esbuild.build({ ...options, entryPoints: [join(src, "peers", `${name}.js`)], outfile: out(`${name}.js`) });
  const stdin = { contents: inWorker(name), resolveDir: src };
  await esbuild.build({ ...options, stdin, outfile: out(`${name}.worker.js`) });
}

const duckdb = join(here, "node_modules/@duckdb/duckdb-wasm/dist");
copy(join(here, "page/index.html"), "index.html");
for (const file of ["duckdb-browser-eh.worker.js", "duckdb-eh.wasm"]) copy(join(duckdb, file), `vendor/duckdb/${file}`);
copy(join(target, "wasm32-unknown-unknown/release/perennial_probe.wasm"), "vendor/probe.wasm");

function copy(from, to) {
  mkdirSync(dirname(join(site, to)), { recursive: true });
  copyFileSync(from, join(site, to));
}
