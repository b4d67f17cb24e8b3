// What is still to come, on CDNOW and in the sample shop: the figures are those of the exported report, the verdict says how
// far they can be trusted, the list is saved in full, and axe finds nothing.
import { readFileSync } from "node:fs";
import { findings } from "./support/axe.mjs";
import { expect, numberIn, tabTo, test } from "./support/app.mjs";
import { cdnow, file } from "./support/data.mjs";

/** Goes to a view and waits until the models are fitted. */
async function fitted(app, view) {
  await app.view(view);
  await expect(app.page.locator("main")).not.toContainText("are being fitted", { timeout: 30_000 });
}

/** Three digits, as estimates are written. */
const rough = (value) => Number(Number(value).toPrecision(3));

test("CDNOW: the page shows what the report says, and how far it can be trusted", async ({ app, page }) => {
  await app.analyse([cdnow.path]);
  await fitted(app, "forecast");
  const main = page.locator("main");
  await expect(main.locator(".finding")).toContainText("will bring about");
  await expect(main.locator(".notice")).toContainText("Good for direction, not for a budget. We hid your last 9 months");
  await expect(main.locator(".notice")).toContainText("Assuming the same rate for ever, as the usual formula does, was 55% high.");
  const shown = numberIn(await app.figure("Next 12 months"));
  const equity = numberIn(await app.figure("These 12 months, worth today"));

  const { forecast, risk, checks } = await app.report();
  expect(shown).toBe(rough(forecast.ahead.revenue.value));
  expect(equity).toBe(rough(forecast.ahead.equity.value));
  expect(numberIn(await app.figure("Purchases expected"))).toBe(rough(forecast.ahead.purchases.value));

  // Worth looks as many years ahead as are chosen, with its range; the address says how many.
  await page.getByLabel("Worth looks ahead").selectOption("3");
  await expect(main).toContainText(/the next 3 years, discounted by 10% a year: \S+ to \S+ with 8 chances in 10/);
  await expect(page).toHaveURL(/years=3/);

  // Without a discount it is worth what it brings.
  await page.getByLabel("Discount a year").selectOption("0");
  await expect.poll(async () => numberIn(await app.figure("These 12 months, worth today"))).toBe(shown);

  await fitted(app, "risk");
  await expect(main.locator(".finding")).toContainText(`${risk.at_risk} customers are overdue`);
  await expect(page.locator("nav.rail").getByRole("link", { name: /^At risk/ })).toContainText(String(risk.at_risk));
  await expect(main.locator("tbody tr").first()).toContainText(risk.list[0].customer);
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Download this list" }).click(),
  ]);
  expect(readFileSync(await download.path(), "utf8").trim().split("\r\n")).toHaveLength(risk.at_risk + 1);

  await fitted(app, "models");
  await expect(main.locator(".checks > li")).toHaveCount(checks.assumptions.length);
  await expect(main.getByRole("row", { name: /^Pareto\/NBD/ })).toContainText("α");
  await expect(main.locator("table.heat")).toHaveCount(2);
});

test("CDNOW: as the Python package lifetimes counts it, in each of its units", async ({ app, page }) => {
  await app.analyse([cdnow.path]);
  await fitted(app, "models");
  const main = page.locator("main");
  const { checks } = await app.report();
  const told = checks.as_lifetimes;
  const row = main.getByRole("row", { name: /^00004/ });
  const cells = async () => (await row.getByRole("cell").allInnerTexts()).map((text) => text.trim());
  await expect.poll(async () => numberIn((await cells())[4])).toBe(Math.round(Number(told.rows[0].values[0]) * 100) / 100);
  expect(numberIn((await cells())[0])).toBe(told.rows[0].frequency);
  const days = (await cells())[4];
  await page.getByLabel("Unit of its summary").selectOption("calendar");
  // Weeks from Monday to Sunday, as the package's own summary of CDNOW has them.
  await expect.poll(async () => (await cells()).slice(0, 3).join(" ")).toBe("3 49 78");
  const weeks = (await cells())[4];
  expect(weeks).not.toBe(days);
  // The page of a customer tells the same, in the unit that was set.
  await page.evaluate((number) => (location.hash = `#/customers/${number}`), told.rows[0].number);
  await expect(main).toContainText(`lifetimes” would tell ${weeks} for 12 months (BG/NBD, in calendar weeks`, { timeout: 30_000 });
  await expect(main).toContainText("All five are revenue: no margin is set.");
});

test("the checks of the models are drawn, each with its finding, and say which days they rest on", async ({ app, page }) => {
  await app.analyse([cdnow.path]);
  await fitted(app, "models");
  const main = page.locator("main");
  for (const heading of [/in another class than they are in$/, /missed the hidden purchases by/, /of silence take a customer below/, /are still there, of those of/, /were still there; .* have bought at that age or later$/, /^On your own past, the chosen method missed by/, /drawn customers have likely left$/]) {
    await expect(main.getByRole("heading", { name: heading })).toBeVisible();
  }
  await expect(main.locator(".scope")).toHaveText("All customers up to 30 Jun 1998, from their first purchase on");
  await expect(main).not.toContainText("eta squared");
  await page.evaluate(() => (location.hash = "#/forecast?from=1998-01-01"));
  await expect(main.locator(".scope")).toContainText("the first day that you chose (1 Jan 1998) does not count here", { timeout: 30_000 });
  await app.view("value");
});

test("what the models say stands in the other views: contracts, answers, channels and who leaves", async ({ app, page }) => {
  await app.sample();
  const report = await app.report();
  const main = page.locator("main");
  const { remaining } = report.subscriptions;
  await app.view("subscriptions");
  const title = remaining.holds ? /will stay .* more in the mean, and bring/ : /how long those who subscribe will still stay/i;
  await expect(main.getByRole("heading", { name: title })).toBeVisible({ timeout: 30_000 });
  await app.view("feedback");
  await expect(main).toContainText("is expected of them", { timeout: 30_000 });
  const ahead = report.surveys.unhappy_ahead;
  expect(numberIn(await app.figure("Expected of the unhappy"))).toBe(rough(ahead.value));
  await app.view("costs");
  await page.getByLabel("Should be paid back within").selectOption("6");
  await expect(main.getByRole("row", { name: /^Search ads/ })).toContainText(/chance (over )?\d+% within 6 months/, { timeout: 30_000 });
  await app.view("drivers");
  await expect(main.getByRole("heading", { name: /^Who leaves is told/ })).toBeVisible({ timeout: 30_000 });
});

test("a view without orders, reached by its address, says that orders are missing", async ({ app, page }) => {
  await app.analyse([file("mrr.csv", "customer_id,month,plan,mrr\nc1,2024-01,Pro,20.00\nc1,2024-02,Pro,20.00\n")]);
  for (const view of ["forecast", "value", "risk"]) {
    await app.view(view);
    await expect(page.locator("main .finding")).toHaveText(/Nothing here yet: this view needs your orders\./);
    await expect(page.locator("main")).not.toContainText("Widen the period");
  }
  await app.view("subscriptions");
  await expect(page.locator("main .finding")).toContainText("a month");
});

test("a customer's page says what is expected and why", async ({ app, page }) => {
  await app.sample();
  await fitted(app, "risk");
  await page.locator('main tbody a[href^="#/customers/"]').first().click();
  const main = page.locator("main");
  await expect(main.getByRole("heading", { name: "What comes next" })).toBeVisible({ timeout: 30_000 });
  await expect(main).toContainText("In the next 12 months about");
  await expect(main.locator(".reasons > li")).toHaveCount(3);
  await expect(main.getByRole("heading", { name: "What they are worth, told in five ways" })).toBeVisible();
  await expect(main.getByRole("heading", { name: /^The chance that they are still there/ })).toBeVisible();
});

test("a small shop is told what is missing, and no number", async ({ app, page }) => {
  const rows = Array.from({ length: 40 }, (_, n) => `c${n % 23},2024-0${(n % 9) + 1}-1${n % 9},10.00`);
  await app.analyse([file("orders.csv", ["customer,date,amount", ...rows, ""].join("\n"))]);
  await fitted(app, "forecast");
  await expect(page.locator("main .finding")).toHaveText(/Too little to tell: 23 customers; from about 50 on it will\./);
  await expect(page.locator("main .figures")).toHaveCount(0);
  await fitted(app, "risk");
  await expect(page.locator("main .finding")).toContainText("Too little to tell");
});

test("the keyboard reaches the views, by their keys and by Tab", async ({ app, page }) => {
  await app.sample();
  for (const [key, hash] of [["p", "forecast"], ["a", "risk"], ["m", "models"]]) {
    await page.keyboard.press("g");
    await page.keyboard.press(key);
    await expect(page).toHaveURL(new RegExp(`#/${hash}`));
  }
  await fitted(app, "forecast");
  await tabTo(page, page.getByLabel("Discount a year"));
  await tabTo(page, page.locator("main .plot").first());
  await page.keyboard.press("ArrowRight");
  await expect(page.locator("main .plot .pt.shown")).toHaveCount(1);
});

for (const width of [1440, 390]) {
  test.describe(`${width} px`, () => {
    test.use({ viewport: { width, height: 900 }, reducedMotion: "reduce" });

    test("axe finds nothing, and nothing scrolls sideways", async ({ app, page }) => {
      await app.sample();
      for (const view of ["forecast", "risk", "models"]) {
        await fitted(app, view);
        expect(await findings(page), view).toEqual([]);
        expect(await page.evaluate(() => document.scrollingElement.scrollWidth), view).toBe(width);
      }
    });
  });
}
