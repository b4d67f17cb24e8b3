// Takes the pictures of docs/screens/: every step and view with the sample shop and all its files, 390 and 1440 px wide, in
// the light theme, and in the dark one what differs most in it. Together they stay below 3 MB.
//   node tests/e2e/screens.mjs [name...]
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { chromium, expect } from "@playwright/test";
import UPNG from "upng-js";
import { serve } from "../../tools/serve.mjs";
import { App, views } from "./support/app.mjs";
import { launchOptions } from "./support/browser.mjs";
import { dist, root, unplanned } from "./support/data.mjs";

const only = process.argv.slice(2);
const folder = join(root, "docs/screens");
const most = 3_000_000;
// The page has few colours: with as many it looks the same, and the file becomes a fifth.
const colours = 32;
/** The screens that are taken in the dark theme, too: coloured tables, and each kind of chart. */
const dark = new Set(["overview", "retention", "costs", "segments", "drivers", "forecast"]);
/** A picture shows what a person sees first, and not a roll of paper. */
const heights = { 1440: 1200, 390: 1600 };
// Pictures of screens that are taken no more go, too.
if (only.length === 0) rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });

/** How long the models may take to be fitted, in milliseconds. */
const fitting = 60_000;

const site = await serve({ folder: dist, base: "/perennial/" });
const browser = await chromium.launch(launchOptions);
let bytes = 0;
let count = 0;

for (const width of [1440, 390]) {
  for (const colorScheme of ["light", "dark"]) {
    const context = await browser.newContext({
      viewport: { width, height: 844 },
      colorScheme,
      reducedMotion: "reduce",
      locale: "en-GB",
    });
    const page = await context.newPage();
    const app = new App(page, site);
    const wanted = (name) => (only.length === 0 || only.includes(name)) && (colorScheme === "light" || dark.has(name));
    const shoot = async (name) => {
      if (!wanted(name)) return;
      await drawn(page);
      const height = await page.evaluate(() => document.scrollingElement.scrollHeight);
      await page.setViewportSize({ width, height: Math.min(height, heights[width]) });
      await drawn(page);
      const small = reduce(await page.screenshot());
      await page.setViewportSize({ width, height: 844 });
      writeFileSync(join(folder, `${name}-${width}-${colorScheme}.png`), small);
      bytes += small.length;
      count += 1;
    };
    await app.open();
    await shoot("drop");
    await app.give(unplanned.file);
    await app.state("review");
    await shoot("review");
    await app.open();
    await app.sample();
    for (const view of views.filter(wanted)) {
      await app.view(view, fitting);
      await shoot(view);
    }
    if (wanted("customer")) {
      await app.view(await app.firstCustomer(), fitting);
      await shoot("customer");
    }
    await context.close();
  }
}
await browser.close();
await site.close();
console.log(`${count} pictures in docs/screens, ${Math.round(bytes / 1000)} kB`);
if (bytes > most) {
  console.error(`They are to stay below ${most / 1000} kB.`);
  process.exitCode = 1;
}

/** Waits until everything stands: the models are fitted, nothing is being computed, and each chart has its width. */
async function drawn(page) {
  const main = page.locator("main");
  await expect(main).not.toContainText("are being fitted", { timeout: fitting });
  await expect(main.locator('[aria-busy="true"]')).toHaveCount(0, { timeout: fitting });
  await expect(main.locator(".plot:empty")).toHaveCount(0);
  await page.evaluate(() => document.fonts.ready.then(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))));
}

/** The same picture with few colours, a byte a pixel or less. */
function reduce(png) {
  const image = UPNG.decode(png);
  return Buffer.from(UPNG.encode(UPNG.toRGBA8(image), image.width, image.height, colours));
}
