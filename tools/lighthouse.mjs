// Lighthouse against the release build, served as GitHub Pages would: median of three runs, mobile, simulated slow 4G.
// Fails below 95 in any of the four categories.
//
// One audit is left out, robots-txt: Lighthouse asks for that file in the name of the page, after the page has locked
// itself, and is refused like everybody else ("unable to download"). It is looked at here instead.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { serve } from "./serve.mjs";

const least = 95;
const runs = 3;
const home = process.env.PERENNIAL_LIGHTHOUSE;
if (!home) throw new Error("Lighthouse is not installed: run `make lighthouse`.");
const { default: lighthouse } = await import(pathToFileURL(join(home, "core/index.js")).href);
const { launch } = createRequire(join(home, "package.json"))("chrome-launcher");

const robots = readFileSync("dist/robots.txt", "utf8");
if (!/^User-agent: \*\nAllow: \/\n$/.test(robots)) throw new Error("public/robots.txt must let everybody in.");

const site = await serve({ folder: "dist", base: "/perennial/" });
const results = [];
try {
  for (let i = 0; i < runs; i++) {
    const flags = ["--headless=new", "--disable-quic", "--disable-background-networking", "--disable-component-update"];
    if (process.getuid?.() === 0) flags.push("--no-sandbox");
    const chrome = await launch({ chromePath: process.env.CHROME_PATH, chromeFlags: flags });
    try {
      const { lhr } = await lighthouse(site.address, {
        port: chrome.port,
        output: "json",
        logLevel: "error",
        onlyCategories: ["performance", "accessibility", "best-practices", "seo"],
        skipAudits: ["robots-txt"],
      });
      results.push(lhr);
    } finally {
      chrome.kill();
    }
  }
} finally {
  await site.close();
}

mkdirSync(".tools", { recursive: true });
writeFileSync(".tools/lighthouse.json", JSON.stringify(results.at(-1), null, 1));

let failed = false;
for (const { id, title } of Object.values(results[0].categories)) {
  const scores = results.map((lhr) => Math.round(100 * lhr.categories[id].score)).sort((a, b) => a - b);
  const score = scores[Math.floor(runs / 2)];
  console.log(`${String(score).padStart(5)}  ${title}${score < least ? `   below ${least}` : ""}`);
  if (score >= least) continue;
  failed = true;
  for (const { id: audit, weight } of results.at(-1).categories[id].auditRefs) {
    const { score, title, displayValue } = results.at(-1).audits[audit];
    if (weight > 0 && score !== null && score < 1) console.log(`         ${score.toFixed(2)} ${title} ${displayValue ?? ""}`);
  }
}
const of = (audit) => results.at(-1).audits[audit]?.displayValue ?? "-";
console.log(`       first paint ${of("first-contentful-paint")}, largest ${of("largest-contentful-paint")}, blocked ${of("total-blocking-time")}, shift ${of("cumulative-layout-shift")}`);
process.exitCode = failed ? 1 : 0;
