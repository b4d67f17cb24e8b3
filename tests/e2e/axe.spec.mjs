// axe-core finds nothing: every step and view, light and dark, wide and narrow, with an explanation open.
import { findings } from "./support/axe.mjs";
import { expect, test, views } from "./support/app.mjs";
import { unplanned } from "./support/data.mjs";

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
