// axe-core finds nothing: every step and view, light and dark, wide and narrow, with an explanation open.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { expect, test, views } from "./support/app.mjs";
import { unplanned } from "./support/data.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What axe finds, in a form that can be read in a failed test. */
async function findings(page) {
  // Evaluated through the debugger, which the page's policy does not bind; a script element would be refused.
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() =>
    window.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }),
  );
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id}: ${target} ${failureSummary}`));
}

for (const colorScheme of ["light", "dark"]) {
  for (const width of [1440, 390]) {
    test.describe(`${colorScheme}, ${width} px`, () => {
      test.use({ colorScheme, viewport: { width, height: 900 }, reducedMotion: "reduce" });

      test("drop, review and failure", async ({ app, page }) => {
        expect(await findings(page)).toEqual([]);
        await app.give(unplanned.file);
        await app.state("review");
        expect(await findings(page)).toEqual([]);
        await page.goto(app.site.address);
        await app.started();
        await app.give({ name: "empty.csv", mimeType: "text/csv", buffer: Buffer.from("") });
        await app.state("failed");
        expect(await findings(page)).toEqual([]);
      });

      test("every view", async ({ app, page }) => {
        await app.sample();
        for (const view of [...views, await app.firstCustomer()]) {
          await app.view(view);
          expect(await findings(page), view).toEqual([]);
        }
      });

      test("an explanation", async ({ app, page }) => {
        await app.sample();
        await app.view("overview");
        await page.locator(".figures .term").first().click();
        await expect(page.locator(".explain:popover-open")).toBeVisible();
        expect(await findings(page)).toEqual([]);
      });
    });
  }
}
