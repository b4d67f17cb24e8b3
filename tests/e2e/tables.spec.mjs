// What a person brings besides a single file: the clipboard, workbooks with several sheets, tables to be set aside.
import { fileURLToPath } from "node:url";
import { expect, tabTo, test } from "./support/app.mjs";

const xls = fileURLToPath(new URL("../fixtures/orders.xls", import.meta.url));
const cells = ["Customer\tDate\tAmount", "anna\t2026-01-02\t12,50", 'bert\t2026-01-03\t"7,50"', "anna\t2026-02-03\t30,00", ""];
const csv = (name, text) => ({ name, mimeType: "text/csv", buffer: Buffer.from(text) });

async function expectPasted(app) {
  await app.state("review");
  await expect(app.page.locator(".filesread")).toContainText("pasted table");
  await app.page.getByTestId("analyse").click();
  await app.state("ready");
  const { tables, totals } = await app.report();
  expect(tables.map(({ file, kind, rows_used }) => [file, kind, rows_used])).toEqual([["pasted table", "orders", 3]]);
  expect(totals).toMatchObject({ customers: 2, revenue: "50.00" });
}

test("cells that were copied in a spreadsheet are pasted with Ctrl+V", async ({ app }) => {
  const { page } = app;
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.evaluate((text) => navigator.clipboard.writeText(text), cells.join("\r\n"));
  await page.keyboard.press("Control+V");
  await expectPasted(app);
  // With results on the page, a text in the clipboard replaces nothing.
  await page.keyboard.press("Control+V");
  await app.view("overview");
  await app.state("ready");
});

test("where there are no keys, a table goes into a field", async ({ app }) => {
  const { page } = app;
  await page.getByText("Or paste a table").click();
  const read = page.getByRole("button", { name: "Read the table" });
  await expect(read).toBeDisabled();
  await page.getByLabel("Paste here").fill(cells.join("\n"));
  await read.click();
  await expectPasted(app);
});

test("a table is set aside and taken back, with the keyboard", async ({ app }) => {
  const { page } = app;
  const header = "order,customer,date,amount\n";
  await app.give([
    csv("march.csv", `${header}1,a,2026-03-25,10.00\n2,b,2026-03-26,20.00\n`),
    csv("april.csv", `${header}3,a,2026-04-25,40.00\n4,c,2026-04-26,80.00\n`),
  ]);
  await app.state("review");
  await expect(page.locator(".gobar")).toContainText("4 rows, 3 customers");
  const box = page.getByRole("checkbox", { name: "Use april.csv" });
  await tabTo(page, box);
  await page.keyboard.press("Space");
  await expect(page.locator(".gobar")).toContainText("2 rows, 2 customers");
  await expect(box).toBeFocused();
  await page.keyboard.press("Space");
  await expect(page.locator(".gobar")).toContainText("4 rows, 3 customers");
  await page.keyboard.press("Space");
  await expect(page.locator(".gobar")).toContainText("2 rows, 2 customers");
  await page.getByTestId("analyse").click();
  await app.state("ready");
  const report = await app.report();
  expect(report.totals.revenue).toBe("30.00");
  expect(report.tables.map(({ kind }) => kind)).toEqual(["orders", "set_aside"]);
});

test("every sheet of an old workbook is a table of its own, with its own choices", async ({ app }) => {
  const { page } = app;
  await app.give(xls);
  await app.state("review");
  await expect(page.locator(".filesread")).toContainText("orders.xls › Orders");
  for (const sheet of ["Notes", "Long"]) await page.getByRole("checkbox", { name: `Use orders.xls › ${sheet}` }).uncheck();
  await expect(page.getByTestId("analyse")).toBeEnabled();
  await page.getByTestId("analyse").click();
  await app.state("ready");
  const report = await app.report();
  expect(report.totals).toMatchObject({ customers: 32, revenue: "9652.32" });
  expect(report.tables.map(({ kind }) => kind)).toEqual(["orders", "set_aside", "set_aside"]);
});
