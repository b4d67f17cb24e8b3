// The data receipt: rows can be looked at, a decision is undone from where one stands, and what changed is told.
import { readFile } from "node:fs/promises";
import { expect, test } from "./support/app.mjs";

const rows = Array.from({ length: 12 }, (_, at) => `A${at},c${at % 4},2024-0${(at % 9) + 1}-1${at % 3},10.00,paid`);
const file = {
  name: "orders.csv",
  mimeType: "text/csv",
  buffer: Buffer.from(
    ["order number,customer,date,amount,status", ...rows, "B1,c1,2024-03-03,7.50,cancelled", "B2,,2024-03-04,2.25,paid", "Total,,,129.75,", ""].join("\n"),
  ),
};

const changed = (page) => page.getByTestId("changed");
const line = (page, name) => page.locator("table.lines tr", { has: page.getByRole("rowheader", { name }) }).first();

test("both sides add up, and the total of the file itself agrees", async ({ app }) => {
  await app.analyse(file);
  const { receipt, tables, totals } = await app.report();
  expect(receipt.off).toEqual({ rows: 0, amount: "0.00" });
  expect(receipt.read).toEqual({ rows: 15, amount: "129.75" });
  expect(receipt.used.reduce((sum, { rows }) => sum + rows, 0)).toBe(totals.rows);
  expect(tables[0].own_totals).toEqual([{ line: 16, amount: "129.75", of: "above", rows_add_up_to: "129.75" }]);
  await app.view("data");
  await expect(app.page.locator("main")).toContainText("All rows above it add up to the same.");
  await expect(app.page.locator("main .finding").first()).toContainText("Every cent is accounted for.");
});

test("rows left out are shown with their lines, and saved with their reasons", async ({ app }) => {
  const { page } = app;
  await app.analyse(file);
  await app.view("data");
  await page.getByRole("button", { name: "See rows: No customer" }).click();
  const seen = page.locator("table.seen tbody tr");
  await expect(seen).toHaveCount(1);
  await expect(seen.getByRole("rowheader")).toHaveText("15");
  await expect(seen).toContainText("B2");
  await expect(seen.locator(".blamed")).toHaveText("nothing");
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Download what was left out" }).click()]);
  const text = await readFile(await download.path(), "utf8");
  expect(text.trim().split("\r\n")).toEqual([
    "file,line,reason,order number,customer,date,amount,status",
    "orders.csv,14,cancelled,B1,c1,2024-03-03,7.50,cancelled",
    "orders.csv,15,no_customer,B2,,2024-03-04,2.25,paid",
    "orders.csv,16,totals_row,Total,,,129.75,",
  ]);
});

test("a decision is undone from the receipt and taken back, without leaving it", async ({ app }) => {
  const { page } = app;
  await app.analyse(file);
  await app.view("data");
  const decided = page.locator(".decided li", { hasText: "cancelled" });
  const button = decided.getByRole("button");
  await expect(button).toHaveText("Count them");
  await button.click();
  await expect(changed(page)).toContainText("Rows used: 12 before, 13 now. Revenue: 120.00 before, 127.50 now.");
  await expect(page).toHaveURL(/#\/data/);
  await expect(button).toHaveText("Leave them out");
  await expect(button).toBeFocused();
  expect((await app.report()).totals.revenue).toBe("127.50");
  await changed(page).getByRole("button", { name: "Undo" }).click();
  await expect(changed(page)).toContainText("Rows used: 13 before, 12 now.");
  await expect(line(page, /^Cancelled/)).toContainText("−1");
  await changed(page).getByRole("button", { name: "Close" }).click();
  await expect(changed(page)).toHaveCount(0);
});

test("what leads to no results is said, and the file is read as before", async ({ app }) => {
  const { page } = app;
  await app.analyse(file);
  await app.view("data");
  const decided = page.locator(".decided li", { hasText: "Cells are parted by commas." });
  await decided.getByText("Change").click();
  await decided.getByRole("button", { name: "Part cells by semicolons" }).click();
  await expect(page.getByRole("alert")).toBeVisible();
  await expect(changed(page)).toHaveCount(0);
  // Everything still works, on the file as it was read before.
  await page.locator(".decided li", { hasText: "cancelled" }).getByRole("button").click();
  await expect(changed(page)).toContainText("Rows used: 12 before, 13 now.");
  expect((await app.report()).tables[0].delimiter).toBe(",");
});

test("in the review, too, a decision can be said otherwise", async ({ app }) => {
  const { page } = app;
  await app.give(file);
  await app.state("review");
  const decided = page.locator(".decided li", { hasText: "one purchase" });
  await decided.getByRole("button", { name: "Go by time instead" }).click();
  await expect(decided).toContainText("You said so.");
  await decided.getByRole("button", { name: "Go by order numbers again" }).click();
  await expect(decided).toContainText("Rows with the same order number are one purchase.");
});
