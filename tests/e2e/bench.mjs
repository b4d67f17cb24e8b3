// How long it takes from drop to results, and whether the page stays answerable meanwhile.
//   node tests/e2e/bench.mjs [--write] [--runs N]
//
// The clock starts when the page gets the File and stops when <html data-state> is "ready" and two frames are painted.
// Where the page stops to ask whether it understood, the button is pressed at once, by the page itself. Each run is a
// fresh Chromium with a fresh profile: nothing is warm but the file in the system's cache.
import { statSync } from "node:fs";
import { chromium } from "@playwright/test";
import { serve } from "../../tools/serve.mjs";
import { App } from "./support/app.mjs";
import { launchOptions } from "./support/browser.mjs";
import { cdnow, dist } from "./support/data.mjs";
import { machine, median, million, ms, runsOr, writeTop } from "./support/performance.mjs";

const args = process.argv.slice(2);
const runs = runsOr(7);

const cases = [
  { name: "CDNOW", rows: 6919, path: cdnow.path, limit: 300 },
  { name: "generated", rows: 1_000_000, path: million(), limit: 3000 },
];

const site = await serve({ folder: dist, base: "/perennial/" });
const lines = [];
for (const { name, rows, path, limit } of cases) {
  const measured = [];
  for (let i = 0; i < runs; i++) measured.push(await measure(path));
  const of = (key) => median(measured.map((run) => run[key]));
  const mb = (statSync(path).size / 1e6).toFixed(1);
  lines.push(
    `| ${name} | ${rows.toLocaleString("en-GB")} | ${mb} | ${ms(of("review"))} | **${ms(of("total"))}** | ${limit} | ${ms(
      Math.min(...measured.map((run) => run.total)),
    )} to ${ms(Math.max(...measured.map((run) => run.total)))} | ${ms(of("task"))} | ${ms(of("gap"))} |`,
  );
}
await site.close();

const table = [
  "| file | rows | MB | to the review (ms) | to results (ms) | at most | range | longest task (ms) | longest gap (ms) |",
  "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
  ...lines,
].join("\n");
console.log(table);
if (args.includes("--write")) writeReport(table);

async function measure(path) {
  const browser = await chromium.launch(launchOptions);
  try {
    const page = await browser.newPage();
    const app = new App(page, site);
    await app.open();
    await page.evaluate(watch);
    await page.getByTestId("file-input").setInputFiles(path);
    return await page.evaluate(() => window.measured);
  } finally {
    await browser.close();
  }
}

/** Runs in the page: resolves `measured` once results are painted. */
function watch() {
  const root = document.documentElement;
  const now = () => performance.now();
  let began = 0;
  let review = 0;
  let task = 0;
  let gap = 0;
  document.querySelector("[data-testid=file-input]").addEventListener("change", () => (began = now()), { capture: true });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (began && entry.startTime + entry.duration > began) task = Math.max(task, entry.duration);
  }).observe({ type: "longtask" });
  // Long tasks below 50 ms are not reported, so the event loop is asked as well.
  let last = now();
  const channel = new MessageChannel();
  channel.port1.onmessage = () => {
    if (began) gap = Math.max(gap, now() - Math.max(last, began));
    last = now();
    setTimeout(() => channel.port2.postMessage(0), 4);
  };
  channel.port2.postMessage(0);

  window.measured = new Promise((resolve) => {
    const look = () => {
      if (root.dataset.state === "review") {
        review ||= now() - began;
        document.querySelector("[data-testid=analyse]")?.click();
      }
      if (root.dataset.state === "ready" && began) {
        observer.disconnect();
        requestAnimationFrame(() =>
          requestAnimationFrame(() => {
            const total = now() - began;
            setTimeout(() => resolve({ total, review, task, gap }), 100);
          }),
        );
      }
    };
    const observer = new MutationObserver(look);
    observer.observe(root, { attributes: true, childList: true, subtree: true });
  });
}

function writeReport(table) {
  writeTop(`# How fast it is

${machine()}, written by \`make bench ARGS=--write\`. Medians of ${runs} runs, each in a fresh Chromium with a fresh profile.

${table}

The clock starts when the page gets the file and stops when the results are painted; the stop at the review is passed
by a press at once. "Longest task" is the longest that the page's own thread was busy (the browser reports tasks from
50 ms on, 0 means that there was none); "longest gap" is the longest that a message to it had to wait.
The generated file comes from tools/gen-orders.mjs: the same bytes on every machine.`);
}
