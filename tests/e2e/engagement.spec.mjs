// How engaged customers are and how they come along: real files through the page, the sample's views, and the keyboard.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { findings } from "./support/axe.mjs";
import { expect, numberIn, tabTo, test } from "./support/app.mjs";
import { cdnow, file, root } from "./support/data.mjs";

const reference = JSON.parse(readFileSync(join(root, "tests/fixtures/expected/engagement_cdnow_sample.json"), "utf8"));
/** Fewer digits, as the page writes them. */
const percent = (share, places) => `${(100 * share).toFixed(places)}%`;

test("figures of a real file equal the reference", async ({ app, page }) => {
  await app.analyse([cdnow.path]);
  await app.view("engagement");
  await expect.poll(() => app.figure(/^Most engaged/)).toMatch(/^751\s+of 2,357$/);
  expect(numberIn(await app.figure(/^Told apart rightly/))).toBe(Math.round(100 * reference.outlook.concordance));
  const top = reference.outlook.groups.at(-1);
  await expect(page.locator("main .finding")).toContainText(percent(top.bought / top.customers, 0));
  await expect(page.locator("main .notice")).toContainText("There is no file of events yet.");

  await app.view("journey");
  const [first] = reference.journey;
  await expect.poll(() => app.figure(/^Go on within a year/)).toBe(percent(first.within["365"], 1));
  expect(numberIn(await app.figure(/^Began/))).toBe(first.people);
  expect(numberIn(await app.figure(/^Not gone on to this day/))).toBe(first.stopped);
  expect(numberIn(await app.figure(/^Typically takes/))).toBe(first.median_days);
  const { engagement, journey } = await app.report();
  expect(engagement.levels.map(({ customers }) => customers)).toEqual(reference.levels);
  journey.whole.steps.forEach(({ within }, at) =>
    within.forEach(({ days, share }) => expect(share).toBeCloseTo(reference.journey[at].within[days], 9)),
  );
});

test("events beside the orders become parts of the score and stages of the journey", async ({ app, page }) => {
  const orders = file(
    "orders.csv",
    "order_id,customer_id,order_date,total\n" +
      Array.from({ length: 60 }, (_, n) => `${n},c${n % 40},2024-0${1 + (n % 6)}-1${n % 9},20.00`).join("\n"),
  );
  const events = file(
    "events.csv",
    "date,customer_id,event\n" +
      Array.from({ length: 50 }, (_, n) => `2024-01-0${1 + (n % 9)},c${n},${n % 3 ? "Visit" : "Sign-up"}`).join("\n"),
  );
  await app.analyse([orders, events]);
  await app.view("engagement");
  const slider = page.getByRole("slider", { name: /^Visit/ });
  await expect(slider).toHaveValue("5");
  // The panel behind the first figure says what the score is worked out from.
  const worked = page.locator("#x-active");
  await expect(worked).toContainText("5 × visit");
  // With the arrow keys, as with the pointer.
  await tabTo(page, slider);
  await page.keyboard.press("End");
  await expect(slider).toHaveValue("10");
  await expect(slider).toBeFocused();
  await expect(page.locator("output[for^=weight]").nth(3)).toHaveText("10");
  await expect(worked).toContainText("10 × visit");
  await page.getByRole("button", { name: "All alike again" }).click();
  await expect(worked).toContainText("5 × visit");
  await expect(slider).toHaveValue("5");

  await app.view("journey");
  await page.getByLabel("Stages", { exact: true }).selectOption({ label: "As the events come" });
  await expect(page.locator("main .finding")).toContainText("people who came to “");
  await page.getByLabel("Stage 1", { exact: true }).selectOption({ label: "Sign-up" });
  await expect(page.locator("main .finding")).toContainText("17 people came to “Sign-up”");
  await expect(page.getByLabel("Stages", { exact: true })).toHaveValue("own");
});

test("an address that names nobody says so, and leads back", async ({ app, page }) => {
  await app.analyse([cdnow.path]);
  for (const nobody of ["C-9999", "4000000"]) {
    await page.evaluate((hash) => (location.hash = hash), `#/customers/${nobody}`);
    await expect(page.locator("main .finding")).toHaveText("There is no such customer.");
    await page.getByRole("link", { name: "To all customers" }).click();
    await expect(page).toHaveURL(/#\/customers$/);
  }
});

for (const width of [1440, 390]) {
  test.describe(`${width} px`, () => {
    test.use({ viewport: { width, height: 900 }, reducedMotion: "reduce" });

    test("the sample's views hold together and axe finds nothing", async ({ app, page }) => {
      await app.sample();
      await app.view("engagement");
      await expect(page.locator("main .finding")).toHaveText(/^Of the most engaged tenth of your customers, \d+% bought again/);
      await expect(page.locator("figure.chart")).toHaveCount(3);
      await expect(page.getByRole("heading", { name: /^Before they leave, customers do less/ })).toBeVisible();
      expect(await findings(page)).toEqual([]);
      const customer = page.locator("table.cards-s").last().locator("tbody a").first();
      const id = await customer.textContent();
      await customer.click();
      await expect(page.locator("main h1")).toContainText(id);
      await expect(page.getByRole("heading", { name: /^Health \d+ of 100/ })).toBeVisible();
      await expect(page.locator("main .facts").first()).toContainText(/Last bought \d+ days? ago/);

      await app.view("journey");
      await expect(page.locator("main .finding")).toHaveText(/who made a first purchase, [\d.]+% make a second purchase within a year\.$/);
      await expect(page.getByRole("heading", { name: /^By channel, going on to .* differs by more than chance/ })).toBeVisible();
      await page.getByLabel("Apart by").selectOption({ label: "Country" });
      await expect(page.getByRole("heading", { name: /^By country/ })).toBeVisible();
      expect(await findings(page)).toEqual([]);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(overflow).toBeLessThanOrEqual(0);
    });
  });
}
