// Measures lifetimes' fits beside ours, natively and in a worker of Chromium, and how long the page takes to show a forecast
// of CDNOW; writes the section "Models" of docs/performance.md.
//   node run.mjs [--runs 5] [--customers 200000] [--quiet 60] [--dry]
//
// Everything is measured in one run on one machine, one after the other; before each it waits, at most --quiet seconds, until
// the machine has nothing else to do, and how busy it was with others is told. All fit the same frequency, recency and T: CDNOW's
// by lifetimes' own summary, and made-up customers, the same on every machine. The clocks stand around the fit: ours
// counts the grouping of equal histories in, neither counts reading. Of what takes lifetimes more than 10 s one run must do.
import { execFileSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { App } from "../../tests/e2e/support/app.mjs";
import { launchOptions } from "../../tests/e2e/support/browser.mjs";
import { cdnow, dist, root } from "../../tests/e2e/support/data.mjs";
import { machine, median, runsOr, writeSection } from "../../tests/e2e/support/performance.mjs";
import { serve } from "../../tools/serve.mjs";
import { calm } from "../peers/lib/processes.mjs";
import { chromium } from "../../tests/e2e/node_modules/@playwright/test/index.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const tools = resolve(root, ".tools/models");
const probe = join(tools, "target/release/perennial-models-probe");
const program = join(tools, "target/wasm32-unknown-unknown/release/perennial_models_probe.wasm");
const site = join(tools, "site");
const runs = runsOr(5);
const args = process.argv.slice(2);
const option = (name, usual) => (args.includes(`--${name}`) ? Number(args[args.indexOf(`--${name}`) + 1]) : usual);
const count = option("customers", 200_000);
const quiet = option("quiet", 60);
const models = ["BG/NBD", "Pareto/NBD"];

const json = (command, args) => JSON.parse(execFileSync(command, args.map(String), { encoding: "utf8", maxBuffer: 1 << 26 }));
const peer = (...args) => [join(tools, "venv/bin/python"), [join(here, "peer.py"), ...args]];

mkdirSync(site, { recursive: true });
for (const name of ["index.html", "worker.js"]) copyFileSync(join(here, "page", name), join(site, name));
copyFileSync(program, join(site, "probe.wasm"));
const sets = [
  { name: "CDNOW", customers: 2357, file: "cdnow.csv" },
  { name: "made up", customers: count, file: `made-up-${count}.csv` },
];
const [command, summary] = peer("summary", cdnow.path, join(site, "cdnow.csv"));
execFileSync(command, summary);
const madeUp = join(site, sets[1].file);
if (!existsSync(madeUp)) execFileSync(probe, ["make", String(count), madeUp]);

const rows = [];
let others = 0;
for (const set of sets) {
  for (const [model, name] of models.entries()) rows.push(await row(set, model, name));
}
await still();
const forecast = { native: median(json(probe, ["shop", runs, cdnow.path]).seconds), page: await shown() };
const text = `${machine()}, written by \`make bench-models\`. Fits in seconds, medians of ${runs} runs (of one, where marked with \*); others kept up to
${others.toFixed(1)} of the machine's cores busy before a measurement.

| customers | model | lifetimes 0.11.3 | Perennial, in the browser | times as fast | natively | times as fast | log-likelihood, ours − theirs |
| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |
${rows.join("\n")}

All get the same frequency, recency and T: CDNOW's, and those of ${count.toLocaleString("en-GB")} made-up customers who buy as CDNOW's do
(\`benches/models/probe/src/lib.rs\`). In the browser it is the engine compiled as for the page (without wasm-opt), in a worker of Chromium; ours
count the grouping of equal histories in, nobody's the reading. Where it says *stopped*, lifetimes ended its fit without an answer.

What a forecast of CDNOW rests on, three tests on the shop's own past with all candidates and the fit of the chosen one, takes
${seconds(forecast.native)} s natively. From opening the view Forecast to its figures, in the released page: **${seconds(forecast.page)} s**; at most 2 are wanted.`;
console.log(text);
if (!args.includes("--dry")) writeSection("Models", text);

async function row({ name, customers, file }, model, of) {
  const path = join(site, file);
  await still();
  let theirs = json(...peer("fit", model, 1, path));
  const once = theirs.seconds[0] > 10;
  if (!once) theirs = json(...peer("fit", model, runs, path));
  await still();
  const native = json(probe, ["fit", model, runs, path]);
  const browser = await worker({ model, runs, file });
  if (browser.told !== native.told) throw new Error(`${browser.told} in the browser, ${native.told} natively`);
  const took = [theirs, browser, native].map((of) => median(of.seconds));
  const times = (ours) => Math.round(took[0] / ours).toLocaleString("en-GB");
  const apart = theirs.told === null ? "*stopped*" : difference(native.told - theirs.told);
  const first = `${name}, ${customers.toLocaleString("en-GB")}`;
  console.log(first, of, took, theirs.said ?? "");
  return `| ${first} | ${of} | ${seconds(took[0])}${once ? " \\*" : ""} | **${seconds(took[1])}** | ${times(took[1])} | ${seconds(
    took[2],
  )} | ${times(took[2])} | ${apart} |`;
}

/** Waits until the machine has nothing else to do, and keeps how busy it was with others in the end. */
async function still() {
  others = Math.max(others, await calm(quiet * 1000));
}

/** Differences that the order of a sum makes count as none. */
function difference(value) {
  return Math.abs(value) < 1e-6 ? "0" : value.toPrecision(2);
}

/** Two significant digits. */
function seconds(value) {
  return String(Number(value.toPrecision(2)));
}

/** What the worker of the measurement answers, in a fresh Chromium. */
async function worker(job) {
  const server = await serve({ folder: site, compress: false });
  const browser = await chromium.launch(launchOptions);
  try {
    const page = await browser.newPage();
    await page.goto(server.address);
    return await page.evaluate(
      (job) =>
        new Promise((fulfil, reject) => {
          const worker = new Worker("worker.js");
          worker.onmessage = ({ data }) => fulfil(data);
          worker.onerror = ({ message }) => reject(new Error(message));
          worker.postMessage(job);
        }),
      { program: "probe.wasm", ...job },
    );
  } finally {
    await browser.close();
    await server.close();
  }
}

/** Seconds from opening the view Forecast of CDNOW to its figures, each time in a fresh Chromium. */
async function shown() {
  const site = await serve({ folder: dist, base: "/perennial/" });
  const measured = [];
  for (let run = 0; run < runs; run++) {
    const browser = await chromium.launch(launchOptions);
    try {
      const page = await browser.newPage();
      const app = new App(page, site);
      await app.open();
      await app.analyse([cdnow.path]);
      measured.push(
        await page.evaluate(
          () =>
            new Promise((fulfil) => {
              const start = performance.now();
              const look = () => {
                const told = document.querySelector("main .finding")?.textContent.includes("will bring about");
                if (told) requestAnimationFrame(() => requestAnimationFrame(() => fulfil((performance.now() - start) / 1000)));
                else requestAnimationFrame(look);
              };
              location.hash = "#/forecast";
              look();
            }),
        ),
      );
    } finally {
      await browser.close();
    }
  }
  await site.close();
  return median(measured);
}
