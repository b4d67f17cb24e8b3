// How long it takes from asking for a view to its figures, where the view rests on files beside the orders.
//   node tests/e2e/bench-beside.mjs [--write] [--runs N]
//
// Each run is a fresh page that has read orders of 100,000 customers, a file of these with 16 columns, 200,000 answers with
// comments and 1,000,000 events. The clock starts when a view is asked for the first time, and stops with the frame that holds
// the last of its figures: what is worked out once for all later questions is in it.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "@playwright/test";
import { generate } from "../../tools/gen-beside.mjs";
import { serve } from "../../tools/serve.mjs";
import { App } from "./support/app.mjs";
import { launchOptions } from "./support/browser.mjs";
import { dist, root } from "./support/data.mjs";
import { watch } from "./support/painted.mjs";
import { machine, median, ms, runsOr, writeSection } from "./support/performance.mjs";

const runs = runsOr(3);

// What is asked for, what has to stand there then, and how long it may take.
const figures = "main .figures dd.value";
const asked = [
  { name: "what they say: 200,000 answers with comments", change: "#/feedback", needs: figures, most: 2000 },
  { name: "the same, of another question of time", change: "#/feedback?from=2025-01-01", needs: figures, most: 2000 },
  { name: "engagement: 1,000,000 events", change: "#/engagement", needs: figures, most: 1000 },
  { name: "journey: 1,000,000 events", change: "#/journey", needs: "main figure.chart", most: 1000 },
  { name: "drivers of revenue: 100,000 customers, 20 features", change: "#/drivers", needs: figures, most: 3000 },
  {
    name: "drivers of coming back, by logistic regression, cross-validated",
    change: { label: "Explain", value: "back" },
    needs: figures,
    most: 3000,
  },
];

const folder = join(root, ".tools/bench/beside");
const names = ["orders", "customers", "survey", "events"];
const files = names.map((name) => join(folder, `${name}.csv`));
if (!files.every(existsSync)) {
  console.log("Writing made-up orders, customers, answers and events (15 s)");
  generate(folder);
}

const site = await serve({ folder: dist, base: "/perennial/" });
const browser = await chromium.launch(launchOptions);
const measured = asked.map(() => []);
const tasks = [];
try {
  for (let run = 0; run < runs; run++) {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    const app = new App(page, site);
    await app.open();
    await app.analyse(files);
    await page.evaluate(watch);
    for (const [at, { change, needs }] of asked.entries()) {
      const { painted, task } = await page.evaluate(([change, needs]) => window.changeTo(change, needs), [change, needs]);
      measured[at].push(painted);
      tasks.push(task);
      // The next view is of all again, and waits for the report that says so.
      if (typeof change === "string" && change.includes("?")) {
        await page.evaluate((hash) => window.changeTo(hash), change.split("?")[0]);
      }
    }
    await page.close();
  }
} finally {
  await browser.close();
  await site.close();
}

const row = ({ name, most }, at) => {
  const values = measured[at];
  return `| ${name} | **${ms(median(values))}** | ${ms(most)} | ${ms(Math.min(...values))} to ${ms(Math.max(...values))} |`;
};
const table = ["| view | ms | at most | range |", "| --- | ---: | ---: | ---: |", ...asked.map(row)].join("\n");
const missed = asked.filter(({ most }, at) => median(measured[at]) > most).length;
const task = Math.max(...tasks);
console.log(`${table}\n${missed} of ${asked.length} missed; longest task of the page's own thread ${ms(task)} ms`);
if (process.argv.includes("--write")) {
  writeSection(
    "Beside the orders",
    `From asking for a view to its painted figures, in ms, where it rests on files beside the orders (\`make bench-beside
ARGS=--write\`, ${machine()}). Medians of ${runs} runs, each on a fresh page that has read the files of
tools/gen-beside.mjs; the first question of a view, so that what is worked out once is in it. The longest task of the page's own
thread took ${ms(task)} ms.

${table}`,
  );
}
