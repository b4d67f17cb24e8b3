// How long it takes from a change of a filter to the new figures, on a million rows, view by view.
//   node tests/e2e/bench-filters.mjs [--write] [--runs N] [--views NAMES]
//
// The clock starts when the page gets the change and stops with the frame that holds the last of what it changed. After
// that nothing moves for a while, nothing is marked as busy, and the words of the view are other words than before: a
// change that changes nothing fails. All views are measured on one page, as a person goes through them.
import { chromium } from "@playwright/test";
import { serve } from "../../tools/serve.mjs";
import { App } from "./support/app.mjs";
import { launchOptions } from "./support/browser.mjs";
import { dist } from "./support/data.mjs";
import { watch } from "./support/painted.mjs";
import { machine, median, million, ms, runsOr, writeSection } from "./support/performance.mjs";

const args = process.argv.slice(2);
const runs = runsOr(5);
const limit = 100;

// The views that orders alone fill; --views a,b for some of them. The models are fitted anew by every change: they are not
// among those that have to answer at once.
const views = args.includes("--views")
  ? args[args.indexOf("--views") + 1].split(",")
  : ["overview", "value", "retention", "customers", "segments", "journey", "data"];

// What is chosen after what; the first of each run begins with all that there is.
const changes = [
  { name: "channel", query: "d2=0" },
  { name: "channel and country", query: "d2=0&d3=1" },
  { name: "one product", query: "d0=3" },
  { name: "last 12 months", query: "from=2025-01-01" },
  { name: "a quarter", query: "from=2024-04-01&to=2024-06-30" },
  { name: "all again", query: "" },
];

const site = await serve({ folder: dist, base: "/perennial/" });
const browser = await chromium.launch(launchOptions);
const measured = new Map();
const tasks = [];
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  const app = new App(page, site);
  await app.open();
  await app.analyse(million());
  await page.evaluate(watch);
  for (let run = 0; run < runs; run++) {
    for (const view of views) {
      await app.view(view);
      for (const { name, query } of changes) {
        const hash = `#/${view}${query ? `?${query}` : ""}`;
        const { painted, task } = await page.evaluate((hash) => window.changeTo(hash), hash);
        const key = `${view} ${name}`;
        measured.set(key, [...(measured.get(key) ?? []), painted]);
        tasks.push(task);
      }
    }
  }
} finally {
  await browser.close();
  await site.close();
}

const line = (view) => changes.map(({ name }) => ms(median(measured.get(`${view} ${name}`)))).join(" | ");
const table = [
  `| view | ${changes.map(({ name }) => name).join(" | ")} |`,
  `| --- |${" ---: |".repeat(changes.length)}`,
  ...views.map((view) => `| ${view} | ${line(view)} |`),
].join("\n");
const slowest = Math.max(...[...measured.values()].map(median));
const task = Math.max(...tasks);
console.log(`${table}\nslowest median ${ms(slowest)} ms of at most ${limit}; longest task of the page's own thread ${ms(task)} ms`);
if (args.includes("--write")) {
  writeSection(
    "Filters",
    `From a change of a filter to the painted figures, in ms, with 1,000,000 rows loaded (\`make bench-filters ARGS=--write\`,
${machine()}). Medians of ${runs} rounds through all views; at most ${limit} is wanted, the slowest takes ${ms(slowest)}. The longest task
of the page's own thread took ${ms(task)} ms.

${table}`,
  );
}
