// Takes the pictures of docs/screens/: every step and view, 390 and 1440 px wide, light and dark, with the sample shop.
//   node tests/e2e/screens.mjs [name...]
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "@playwright/test";
import UPNG from "upng-js";
import { serve } from "../../tools/serve.mjs";
import { App, views } from "./support/app.mjs";
import { launchOptions } from "./support/browser.mjs";
import { dist, root, unplanned } from "./support/data.mjs";

const only = process.argv.slice(2);
const folder = join(root, "docs/screens");
const colours = 64;
mkdirSync(folder, { recursive: true });

const site = await serve({ folder: dist, base: "/perennial/" });
const browser = await chromium.launch(launchOptions);
let bytes = 0;
let count = 0;

for (const width of [1440, 390]) {
  for (const colorScheme of ["light", "dark"]) {
    const context = await browser.newContext({
      viewport: { width, height: width < 600 ? 844 : 900 },
      colorScheme,
      reducedMotion: "reduce",
      locale: "en-GB",
    });
    const page = await context.newPage();
    const app = new App(page, site);
    const shoot = async (name) => {
      if (only.length && !only.includes(name)) return;
      // A wide picture shows the first two screens, a narrow one the first three: what a person sees, not a roll of paper.
      const height = await page.evaluate(() => document.scrollingElement.scrollHeight);
      await page.setViewportSize({ width, height: Math.min(height, width < 600 ? 2400 : 1800) });
      const small = reduce(await page.screenshot());
      await page.setViewportSize({ width, height: width < 600 ? 844 : 900 });
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
    for (const view of views) {
      await app.view(view);
      await shoot(view);
    }
    await app.view(await app.firstCustomer());
    await shoot("customer");
    await context.close();
  }
}
await browser.close();
await site.close();
console.log(`${count} pictures in docs/screens, ${Math.round(bytes / 1000)} kB`);

/** The same picture with few colours: the page has few, and the file becomes a third. */
function reduce(png) {
  const image = UPNG.decode(png);
  return Buffer.from(UPNG.encode(UPNG.toRGBA8(image), image.width, image.height, colours));
}
