// Measures the peers and the released page beside each other and writes docs/performance.md.
//   node run.mjs [--sizes 1m,5m] [--peers @core,perennial] [--reps 3] [--quiet 60] [--timeout 300] [--dry]
//   node run.mjs --report RUNS.jsonl ... [--dry]
//
// Without --sizes and --peers it measures what PLAN in peers.mjs names. Every measurement is a fresh Chromium with a fresh
// profile; peers take turns, and each round begins with another. Before each it waits, at most --quiet seconds, until the
// machine has nothing else to do. --report puts recorded runs together and measures nothing; --dry leaves the document.
import { execFileSync } from "node:child_process";
import { appendFileSync, closeSync, existsSync, mkdirSync, openSync, readFileSync, readSync } from "node:fs";
import { join, relative } from "node:path";
import { launchOptions } from "../../tests/e2e/support/browser.mjs";
import { serve } from "../../tools/serve.mjs";
import { orders } from "./gen.mjs";
import { circumstances, write } from "./lib/document.mjs";
import { measure } from "./lib/measure.mjs";
import { dist, root, runs as folder, site } from "./lib/paths.mjs";
import { calm } from "./lib/processes.mjs";
import { sections } from "./lib/table.mjs";
import { named, PEERS, PLAN } from "./peers.mjs";

const args = process.argv.slice(2);
const option = (name, otherwise) => (args.includes(`--${name}`) ? args[args.indexOf(`--${name}`) + 1] : otherwise);

const recorded = args.includes("--report")
  ? args.slice(args.indexOf("--report") + 1).filter((name) => !name.startsWith("--"))
  : [await record()];
const all = recorded.flatMap((file) =>
  readFileSync(file, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line)),
);
const text = `${circumstances(all.at(-1))}\n\n${sections(all)}`;
console.log(`\n${text}`);
if (!args.includes("--dry")) {
  write(text);
  console.log("\nWritten to docs/performance.md");
}

/** Measures, and resolves to the file that holds every run as a line of JSON. */
async function record() {
  if (!existsSync(join(dist, "index.html"))) throw new Error("There is no dist/: run `make build` first.");
  mkdirSync(folder, { recursive: true });
  const out = join(folder, `${new Date().toISOString().slice(0, 19).replaceAll(":", "")}.jsonl`);
  const sizes = option("sizes", Object.keys(PLAN).join(",")).split(",");
  const [peers, app] = [await serve({ folder: site, compress: false }), await serve({ folder: dist, base: "/app/" })];
  const sites = { peers: peers.address, app: app.address };
  const about = { version: version(), browser: browser() };
  for (const size of sizes) await recordSize(size, { out, sites, about });
  await Promise.all([peers.close(), app.close()]);
  console.log(`Recorded in ${relative(process.cwd(), out)}`);
  return out;
}

async function recordSize(size, { out, sites, about }) {
  const plan = PLAN[size] ?? PLAN["1m"];
  const names = named(option("peers", plan.peers));
  const reps = Number(option("reps", plan.reps));
  const { path, rows, bytes } = orders(size);
  warm(path);
  const failed = new Set();
  for (let rep = 0; rep < reps; rep++) {
    const first = rep * Math.max(1, Math.floor(names.length / reps));
    for (let i = 0; i < names.length; i++) {
      const peer = names[(first + i) % names.length];
      // What has failed once would fail again.
      if (failed.has(peer)) continue;
      const before = await calm(Number(option("quiet", 60)) * 1000);
      const run = { peer, size, rows, bytes, at: new Date().toISOString(), ...about, others: before };
      try {
        Object.assign(run, await measure(PEERS[peer], path, sites, Number(option("timeout", 300)) * 1000));
      } catch (error) {
        run.error = error.message.split("\n")[0];
        failed.add(peer);
      }
      appendFileSync(out, `${JSON.stringify(run)}\n`);
      console.log(said(run, rep + 1));
    }
  }
}

function said({ size, peer, error, ms, cpu, peak, idle, task, others, checksum }, rep) {
  const start = `${size} #${rep} ${peer.padEnd(18)}`;
  if (error) return `${start} failed: ${error}`;
  const rest = `cpu ${cpu.toFixed(0)}  memory ${(peak - idle).toFixed(0)} MB  task ${task?.toFixed(0) ?? "-"}  others ${others.toFixed(2)}`;
  return `${start} ${ms.toFixed(0)} ms  ${rest}  ${checksum ?? ""}`;
}

/** Reads a file once, so that every peer finds it in the system's cache. */
function warm(path) {
  const file = openSync(path, "r");
  const buffer = Buffer.alloc(8 << 20);
  while (readSync(file, buffer) > 0);
  closeSync(file);
}

function version() {
  return readFileSync(join(root, "Cargo.toml"), "utf8").match(/^version = "(.*)"$/m)[1];
}

/** The browser's name and version as it says them: "Chromium 140.0.7339.80". */
function browser() {
  const stdio = ["ignore", "pipe", "ignore"];
  const text = execFileSync(launchOptions.executablePath, ["--version"], { encoding: "utf8", stdio });
  return text.match(/^\S+ [\d.]+/)?.[0] ?? text.trim();
}
