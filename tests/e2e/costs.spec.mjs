// What winning one costs: a file of costs through the page, the sample's view, and everybody's way to it.
import { findings } from "./support/axe.mjs";
import { expect, numberIn, tabTo, test } from "./support/app.mjs";
import { file } from "./support/data.mjs";

/** 120 customers in two months: 80 by search, 40 by social ads, who buy once; one in two of the first come back. */
const orders = () => {
  const day = (n) => `2025-0${1 + (n % 2)}-${String(1 + (n % 28)).padStart(2, "0")}`;
  const rows = Array.from({ length: 120 }, (_, n) => `c${n},${day(n)},${n % 3 ? "40.00,Search" : "20.00,Social ads"}`);
  const again = Array.from({ length: 120 }, (_, n) => n).filter((n) => n % 3 === 1);
  return file("orders.csv", ["customer,date,amount,channel", ...rows, ...again.map((n) => `c${n},2025-06-30,30.00,Search`), ""].join("\n"));
};
const costs = file(
  "costs.csv",
  "month,channel,campaign,kind,cost\n2025-01-01,search,Brand,marketing,600\n2025-02-01,search,Brand,marketing,200\n" +
    "2025-01-01,SOCIAL-ADS,Film,marketing,600\n2025-02-01,SOCIAL-ADS,Film,sales,600\n2025-02-01,Radio,,marketing,100\n" +
    "2025-02-01,,,overhead,300\n",
);

/** The cells of a row of a table, by the row's name. */
const cells = async (page, name) =>
  page.locator("main tr").filter({ has: page.getByRole("rowheader", { name, exact: true }) }).first().locator("td").allInnerTexts();

test("a file of costs tells what a customer of each channel costs, and what could not be joined", async ({ app }) => {
  const { page } = app;
  await app.analyse([orders(), costs]);
  const report = await app.report();
  expect(report.acquisition).toMatchObject({ spend: "2400.00", new_customers: 120 });
  const told = report.acquisition.channels.map(({ channel, spend, new_customers, cac }) => [channel, spend, new_customers, cac]);
  expect(told).toEqual([
    ["SOCIAL-ADS", "1200.00", 40, "30"],
    ["search", "800.00", 80, "10"],
    ["", "300.00", null, null],
    ["Radio", "100.00", 0, null],
  ]);
  // 40 customers came back once: 80 × 40 + 40 × 30 of revenue for 800.
  expect(report.acquisition.channels[1].roi).toBeCloseTo((4400 - 800) / 800, 9);

  await app.view("costs");
  const main = page.locator("main");
  await expect(main.locator(".finding")).toContainText("Winning a new customer costs you 20.00");
  await expect(main.locator(".finding")).toContainText("from 10.00 (search) to 30.00 (SOCIAL-ADS)");
  expect(numberIn(await app.figure(/^Spent/))).toBe(2400);
  expect(numberIn(await app.figure(/^Cost to win one/))).toBe(20);
  const social = await cells(page, "SOCIAL-ADS");
  expect(social[0]).toContain("40");
  expect(social[1]).toContain("30.00");
  await expect(main).toContainText("Nobody came by Radio.");
  await expect(main).toContainText("300.00 name no channel.");

  // What can be paid follows the months that a person allows: 20.00 from social ads, and never more.
  const within = page.getByRole("combobox", { name: "Should be paid back within" });
  await within.selectOption("1");
  await expect.poll(async () => (await cells(page, "search"))[4]).toContain("40.00");
  await within.selectOption("3");
  await expect(main).toContainText("Within 3 months a customer from SOCIAL-ADS does not pay back");

  // After margin less is left; under a filter of a channel its own costs are told, and of nothing else what was spent on all.
  await app.view("value");
  await page.getByLabel("Gross margin, in % of revenue").filter({ visible: true }).first().fill("50");
  await page.keyboard.press("Enter");
  await app.view("costs");
  await expect.poll(async () => (await cells(page, "search"))[4]).toContain("20.00");
  await page.getByRole("combobox", { name: "Channel" }).selectOption({ label: "Search" });
  await expect(main.locator(".finding")).toContainText("Winning a new customer from Search costs you 10.00.");
  expect(numberIn(await app.figure(/^Cost to win one/))).toBe(10);
  expect((await cells(page, "search"))[0]).toContain("80");
  await expect(main.locator("tr", { hasText: "SOCIAL-ADS" })).toHaveCount(0);
});

test("a customer's row and page say what is left after the cost of their channel", async ({ app }) => {
  const { page } = app;
  await app.sample();
  await app.view("customers");
  await expect(page.getByRole("columnheader", { name: "Left over" })).toBeVisible();
  await app.view(await app.firstCustomer());
  await expect(page.locator("main .facts", { hasText: "Cost to win one from" })).toContainText("Left over so far");
  await expect(page.locator("main")).toContainText("Less that cost, these leave (relationship value, CRV)", {
    timeout: 45_000,
  });
});

test("without a file of costs the view says what it needs", async ({ app }) => {
  const { page } = app;
  await app.analyse([orders()]);
  await app.view("costs");
  await expect(page.locator("main .finding")).toContainText("this view needs what you spend on winning customers");
  await expect(page.locator("main svg[role=img]")).toHaveCount(0);
});

test("costs in another currency are said and not converted", async ({ app }) => {
  const { page } = app;
  const text = "customer,date,amount,currency\na,2025-01-02,5.00,EUR\nb,2025-02-03,6.00,EUR\n";
  const dollars = file("ads.csv", "month,channel,Amount spent (USD)\n2025-01-01,x,100\n");
  await app.analyse([file("orders.csv", text), dollars]);
  await app.view("costs");
  await expect(page.locator("main .finding")).toContainText("No cost counts: all are in another currency.");
  await expect(page.locator("main .lead")).toContainText("1 row of ads.csv");
});

test.describe("the sample shop", () => {
  for (const { width, height } of [{ width: 390, height: 844 }, { width: 1440, height: 900 }]) {
    test(`has a view of costs without findings of axe at ${width} px`, async ({ app }) => {
      const { page } = app;
      await page.setViewportSize({ width, height });
      await app.sample();
      await app.view("costs");
      await expect(page.locator("main .finding")).toContainText("(Social ads).");
      await expect(page.locator("main")).toContainText("A customer from Social ads barely earns back the cost");
      await expect(page.locator("main figure.chart svg[role=img]")).toHaveCount(3);
      // Who came by word of mouth is told apart, and so is what would contradict the worth beside it.
      await expect(page.locator("main .lead")).toContainText("came without spend, as by word of mouth");
      const [all, paid] = [await app.figure(/^Cost to win one/), await app.figure("Cost to win one, paid for")];
      expect(numberIn(paid)).toBeGreaterThan(numberIn(all));
      await expect(page.locator("main .note", { hasText: "Most you can pay" })).toContainText("Go by what is counted.");
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      expect(wide).toBe(0);
      expect(await findings(page)).toEqual([]);
    });
  }

  test("is told by the keyboard, and its overview names the channel that barely earns back", async ({ app }) => {
    const { page } = app;
    await app.sample();
    await expect(page.getByRole("heading", { name: "A customer from Social ads barely earns back the cost" })).toBeVisible();
    const row = await cells(page, "Word of mouth");
    expect(row[2]).toContain("no spend given");
    await tabTo(page, page.getByRole("link", { name: "See what winning one costs" }));
    await page.keyboard.press("Enter");
    await expect(page.locator("main h1")).toHaveText("What winning one costs");
    await tabTo(page, page.getByRole("button", { name: "Return so far", exact: true }));
    await page.keyboard.press("Enter");
    await expect(page.getByRole("dialog", { name: "Explain: Return so far" })).toContainText("marketing ROI");
    await page.keyboard.press("Escape");
    await tabTo(page, page.getByRole("combobox", { name: "Should be paid back within" }));
  });
});
