// The whole way: a file is given, what was understood is shown, the results agree with the oracle.
import { readFileSync, writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { expect, numberIn, test } from "./support/app.mjs";
import { cdnow, onlineRetail, unplanned, workbook } from "./support/data.mjs";

test("CDNOW: the report and the page agree with the oracle", async ({ app }) => {
  await app.analyse(cdnow.path);
  const report = await app.report();
  expect(report.schema).toBe("perennial-report/1");
  expect(report.period).toMatchObject({ start: "1997-01-01", end: "1998-06-30" });
  expect(report.tables[0]).toMatchObject({ kind: "orders", rows_read: cdnow.rows, rows_used: cdnow.rows, left_out: [] });
  expect(report.totals).toMatchObject({
    customers: cdnow.totals.customers,
    purchases: cdnow.totals.purchases,
    revenue: cdnow.totals.revenue,
  });
  expect(Number(report.totals.aov)).toBeCloseTo(cdnow.totals.aov, 4);
  expect(report.totals.repeat_rate).toBeCloseTo(cdnow.totals.repeat_rate, 12);
  expect(report.concentration.gini).toBeCloseTo(cdnow.gini, 9);

  await app.view("overview");
  expect(numberIn(await app.figure(/^Customers/))).toBe(cdnow.totals.customers);
  expect(numberIn(await app.figure(/^Revenue/))).toBe(Math.round(Number(cdnow.totals.revenue)));
  expect(numberIn(await app.figure(/^Average order/))).toBe(Number(cdnow.totals.aov.toFixed(2)));
  await expect(app.page.locator("main .finding").first()).toContainText("28% less than in the three before");
  await expect(app.page.locator("main .lead").first()).toContainText("48.3%");
});

test("a file with nothing to ask goes from drop to results with one press", async ({ app }) => {
  await app.give(cdnow.path);
  await app.state("review");
  await expect(app.page.getByTestId("analyse")).toBeEnabled();
  await expect(app.page.locator("main")).toContainText("6,919");
  await app.page.getByTestId("analyse").click();
  await app.state("ready");
  await expect(app.page).toHaveURL(/#\/overview/);
});

test("what comes packed is read as it would be unpacked: gzip, a workbook, JSON", async ({ app }, info) => {
  const packed = info.outputPath("cdnow.csv.gz");
  writeFileSync(packed, gzipSync(readFileSync(cdnow.path)));
  await app.analyse(packed);
  expect((await app.report()).totals).toMatchObject({ customers: cdnow.totals.customers, revenue: cdnow.totals.revenue });

  await app.page.reload();
  await app.started();
  const rows = [1, 2, 3].map((day) => ({ customer: `c${day % 2}`, date: `2024-01-0${day}`, amount: day * 10 }));
  const json = info.outputPath("orders.json");
  writeFileSync(json, JSON.stringify(rows));
  await app.give([workbook, json]);
  await app.state("review");
  await expect(app.page.locator("main")).toContainText("orders.xlsx › Orders");
  await app.page.getByTestId("analyse").click();
  await app.state("ready");
  const report = await app.report();
  expect(report.tables.map(({ kind, rows_used }) => [kind, rows_used])).toEqual([["orders", 120], ["other", 0], ["orders", 3]]);
  expect(report.totals).toMatchObject({ customers: 34, revenue: "9712.32" });
  expect(app.errors).toEqual([]);
});

const retail = onlineRetail();
if (retail) {
  test("Online Retail, cleaned as the oracle cleans it: the same figures", async ({ app }) => {
    await app.analyse(retail.cleaned);
    const { totals } = await app.report();
    expect(totals).toMatchObject({
      customers: retail.expected.customers,
      purchases: retail.expected.orders,
      revenue: retail.expected.revenue.toFixed(2),
    });
    expect(Number(totals.aov)).toBeCloseTo(retail.expected.aov_per_order, 4);
    await app.view("overview");
    expect(numberIn(await app.figure(/^Customers/))).toBe(retail.expected.customers);
  });

  test("Online Retail as it is: every row is used or counted with its reason", async ({ app }) => {
    await app.analyse(retail.path);
    const [table] = (await app.report()).tables;
    expect(table.rows_read).toBe(retail.rows);
    const left = Object.fromEntries(table.left_out.map(({ reason, rows }) => [reason, rows]));
    expect(left.no_customer).toBe(retail.withoutCustomer);
    const out = table.left_out.reduce((sum, { rows }) => sum + rows, 0);
    expect(table.rows_used + out).toBe(table.rows_read);
    await app.view("data");
    await expect(app.page.locator("main")).toContainText(retail.withoutCustomer.toLocaleString("en-GB"));
  });
} else {
  console.log("way.spec: the reference data is not beside this checkout, so Online Retail is not tested.");
}

test("columns that nobody planned for are mapped by hand, with the keyboard", async ({ app }) => {
  const { page } = app;
  await app.give(unplanned.file);
  await app.state("review");
  for (const [column, role] of Object.entries(unplanned.roles)) {
    const select = page.getByRole("combobox", { name: new RegExp(`of ${column}$`) });
    await select.focus();
    const chosen = () => select.evaluate((element) => element.selectedOptions[0].text);
    if ((await chosen()) !== role) await page.keyboard.type(role);
    await expect.poll(chosen).toBe(role);
  }
  await expect(page.getByTestId("analyse")).toBeEnabled();
  await page.getByTestId("analyse").focus();
  await page.keyboard.press("Enter");
  await app.state("ready");
  const { totals } = await app.report();
  expect(totals).toMatchObject(unplanned.totals);
});

test("a file that is no table is refused in words, and another can be given", async ({ app }) => {
  await app.give({ name: "photo.csv", mimeType: "text/csv", buffer: Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 0]) });
  await app.state("failed");
  await expect(app.page.getByRole("alert")).toContainText("photo.csv");
  await app.analyse(cdnow.path);
  expect((await app.report()).totals.customers).toBe(cdnow.totals.customers);
});

test("a filter recomputes everything and stands in the address, without any data", async ({ app }) => {
  await app.sample();
  const before = (await app.report()).totals.revenue;
  await app.page.evaluate(() => (location.hash = "#/overview?from=2025-01-01"));
  await expect.poll(async () => (await app.report()).period.start >= "2025-01-01").toBe(true);
  expect((await app.report()).totals.revenue).not.toBe(before);
});
