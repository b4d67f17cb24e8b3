// Subscriptions: a real list of contracts without any orders, and the boxes of the sample shop.
import { readFileSync } from "node:fs";
import { findings } from "./support/axe.mjs";
import { expect, numberIn, tabTo, test } from "./support/app.mjs";
import { beside, file } from "./support/data.mjs";

const contracts = beside("oracle/data/ravenstack_subscriptions.csv");
const expected = beside("oracle/expected/crr_ravenstack_subscriptions.json");

if (contracts && expected) {
  test("contracts alone: the months agree with the oracle", async ({ app, page }) => {
    await app.analyse(contracts);
    await expect(page).toHaveURL(/#\/subscriptions/);
    const { tables } = JSON.parse(readFileSync(expected, "utf8"));
    const { subscriptions } = await app.report();
    const months = new Map(subscriptions.mrr.map((month) => [month.month, month]));
    for (const [unit, name] of [["subscription_id", "contracts"], ["account_id", "subscribed"]]) {
      for (const row of tables.find((table) => table.unit === unit).rows) {
        const month = months.get(row.month);
        expect(month[name], `${unit} ${row.month}`).toMatchObject({ start: row.S, end: row.E, new: row.N_still_active_at_end, lost: row.lost });
        expect(Number(month.mrr)).toBe(row.mrr_end);
        if (row.crr_pct === null) expect(month[name].crr).toBeNull();
        else expect(month[name].crr * 100).toBeCloseTo(row.crr_pct, 9);
      }
    }
    const last = tables[0].rows.at(-1);
    await expect(page.locator("main .finding").first()).toContainText("a month");
    expect(numberIn(await app.figure(/^Comes in every month/))).toBe(last.mrr_end);
    // Nothing to filter by without orders, and no view that needs them.
    await expect(page.getByRole("form", { name: "Filters" })).toHaveCount(0);
    // What orders would tell stands among what other files would open.
    await expect(page.locator("nav.rail .unlock").getByRole("link", { name: "Overview" })).toHaveCount(1);
  });
} else {
  console.log("ravenstack_subscriptions.csv is not beside this checkout (../shared): not compared");
}

const churn = beside("oracle/data/telco_churn.csv");
const survival = beside("oracle/expected/survival_telco.json");

if (churn && survival) {
  test("a file without dates tells how long subscribers stay, and what it takes for more", async ({ app, page }) => {
    await app.analyse(churn);
    await expect(page).toHaveURL(/#\/subscriptions/);
    const main = page.locator("main");
    await expect(main.locator(".finding").first()).toContainText("of all subscribers are estimated to be still there after");
    await expect(main).toContainText("need the day on which each contract began");
    await expect(main.locator("figure.chart svg[role=img]")).toHaveCount(1);
    const { all } = JSON.parse(readFileSync(survival, "utf8"));
    const { form, lifetimes, mrr } = (await app.report()).subscriptions;
    expect([form, mrr.length, lifetimes.all.subscribers, lifetimes.all.left]).toEqual(["tenures", 0, all.n, all.events]);
    expect(lifetimes.all.survival[12].share).toBeCloseTo(all.survival["12"], 9);
    expect(await findings(page)).toEqual([]);
  });
}

test("months as rows are understood, and what can't be counted is said", async ({ app, page }) => {
  const months = ["2024-01", "2024-02", "2024-03"];
  const rows = months.flatMap((month, at) => [`c1,${month},Pro,${20 + at}.00`, `c2,${month},Basic,10.00`]);
  await app.analyse(file("mrr.csv", ["customer_id,month,plan,mrr", ...rows, ""].join("\n")));
  await expect(page.locator("main .finding").first()).toContainText("2 customers pay you 32.00 a month");
  expect((await app.report()).subscriptions.mrr.map(({ mrr, expansion }) => [mrr, expansion])).toEqual([
    ["30.00", "0.00"],
    ["31.00", "1.00"],
    ["32.00", "1.00"],
  ]);

  await page.goto(app.site.address);
  await app.started();
  const listed = "customer_id,plan,start_date,end_date,price,status\nc1,Pro,2024-01-05,,20.00,active\nc2,Pro,2024-01-08,,20.00,cancelled\n";
  await app.analyse(file("contracts.csv", listed));
  const main = page.locator("main");
  await expect(main).toContainText("1 contract is not counted: the status says that it ended or paused, and no date says when.");
  await expect(main).toContainText("No column says how often contracts are paid");
});

for (const width of [1440, 390]) {
  test.describe(`${width} px`, () => {
    test.use({ viewport: { width, height: 900 }, reducedMotion: "reduce" });

    test("the sample's boxes: the plan that is left soonest is found, and axe finds nothing", async ({ app, page }) => {
      await app.sample();
      await app.view("subscriptions");
      const main = page.locator("main");
      await expect(main.locator(".finding").first()).toContainText("a month");
      await expect(main.getByRole("heading", { name: /are still there of Harvest box, .* of Seed box/ })).toBeVisible();
      await expect(main.getByRole("heading", { name: /of trials become contracts/ })).toBeVisible();
      await expect(main.getByRole("heading", { name: "Ask those who leave Seed box what was missing" })).toBeVisible();
      expect(await findings(page)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    });
  });
}

test("the view is reached and explained by keyboard, and follows the filters", async ({ app, page }) => {
  await app.sample();
  await tabTo(page, page.locator("nav.rail").getByRole("link", { name: "Subscriptions" }));
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/#\/subscriptions/);
  const term = page.locator(".figures .term").first();
  await tabTo(page, term);
  await page.keyboard.press("Enter");
  await expect(page.locator(".explain:popover-open")).toContainText("monthly recurring revenue, MRR");
  await page.keyboard.press("Escape");
  await expect(term).toBeFocused();

  const all = numberIn(await app.figure(/^Comes in every month/));
  await page.getByLabel("Channel").selectOption({ label: "Newsletter" });
  await expect.poll(async () => numberIn(await app.figure(/^Comes in every month/))).toBeLessThan(all / 2);
  const report = await app.report();
  expect(report.settings.filters).toHaveLength(1);
  expect(Math.round(Number(report.subscriptions.mrr.at(-1).mrr) * 100) / 100).toBe(numberIn(await app.figure(/^Comes in every month/)));
});
