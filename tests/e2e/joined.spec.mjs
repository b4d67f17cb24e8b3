// Several tables, one analysis: orders with customers, costs and a survey beside them.
import { expect, numberIn, test } from "./support/app.mjs";
import { file } from "./support/data.mjs";

const orders = () => {
  const row = (n) => `A${n},c${(n % 8) + 1}@x.com,2024-0${(n % 6) + 1}-1${n % 8},${10 + n}.00`;
  const rows = Array.from({ length: 24 }, (_, n) => row(n));
  // One customer more, by another way of writing an address.
  return file("orders.csv", ["order,email,date,amount", ...rows, "A99,C1+shop@x.com,2024-06-20,100.00", ""].join("\n"));
};

const customers = file(
  "customers.csv",
  "email,name,gender\n" +
    [1, 2, 3, 4, 5, 6].map((n) => `c${n}@x.com,Name ${n},${n % 2 ? "f" : "m"}`).join("\n") +
    "\nnobody@x.com,Nobody,f\nelse@x.com,Else,m\n",
);
const spend = file("spend.csv", "day,campaign,cost\n2024-01-10,spring,120.00\n2024-02-11,spring,40.00\n2024-06-20,autumn,20.00\n");
const survey = file("survey.csv", "email,date,nps\nc1@x.com,2024-05-01,9\nC2@x.com,2024-05-02,3\nc3@x.com,2024-05-03,10\n");

test("orders, customers, costs and a survey are one analysis: who is found, a near miss, a filter", async ({ app }) => {
  const { page } = app;
  await app.give([orders(), customers, spend, survey]);
  await app.state("review");
  const main = page.locator("main");
  await expect(main).toContainText("6 of 8 customers are in your orders (75%)");
  await expect(main).toContainText("Not found: else@x.com and nobody@x.com.");
  await expect(main).toContainText("2 of 3 customers are in your orders");
  await expect(main).toContainText("180.00 in all");

  // Two addresses are the same but for case, one of them but for a tag too: apart until it is said.
  await expect(page.getByRole("heading", { name: "Are these the same customers?" })).toBeVisible();
  const box = (name) => page.getByRole("checkbox", { name });
  await expect(box(/Small and capital letters/)).not.toBeChecked();
  await expect(main).toContainText("9 customers");
  await box(/Small and capital letters/).focus();
  await page.keyboard.press("Space");
  await expect(main).toContainText("3 of 3 customers are in your orders (100%)");
  await expect(box(/Small and capital letters/)).toBeFocused();
  await box(/between \+ and @/).check();
  await expect(page.locator(".gobar")).toContainText("8 customers");

  await page.getByTestId("analyse").click();
  await app.state("ready");
  const report = await app.report();
  expect(report.tables.map(({ kind, rows_used }) => [kind, rows_used])).toEqual([
    ["orders", 25],
    ["customers", 8],
    ["spend", 3],
    ["survey", 3],
  ]);
  expect(report.totals.customers).toBe(8);
  expect(report.merged_ids).toBe(2);
  expect(report.near_misses.map(({ rule, merged }) => [rule, merged])).toEqual([["case", true], ["tags", true]]);
  expect(report.tables[3].matched).toMatchObject({ customers: 3, customers_found: 3 });
  expect(report.acquisition).toMatchObject({ spend: "180.00", typed: false });

  await app.view("data");
  await expect(main).toContainText("Beside your orders");
  await expect(box(/Small and capital letters/)).toBeChecked();

  // What winning a customer costs is told by the costs, and what is typed in wins.
  await app.view("value");
  const cost = numberIn(await app.figure(/^Cost to win one/));
  expect(cost).toBeCloseTo(180 / report.acquisition.new_customers, 2);

  // A column of the table of customers filters the orders.
  await app.view("overview");
  await page.getByRole("combobox", { name: "Gender" }).selectOption({ label: "f" });
  const women = ["c1", "c3", "c5"];
  const expected = Array.from({ length: 24 }, (_, n) => [(n % 8) + 1, 10 + n])
    .filter(([customer]) => women.includes(`c${customer}`))
    .reduce((sum, [, amount]) => sum + amount, 100);
  await expect.poll(async () => (await app.report()).totals.revenue).toBe(`${expected}.00`);
  expect((await app.report()).totals.customers).toBe(3);
});
