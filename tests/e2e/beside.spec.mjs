// Views that other files open: what is missing is said, a file is added to those that are there, and files without orders
// are analysed where they tell something alone.
import { expect, test } from "./support/app.mjs";
import { cdnow, file } from "./support/data.mjs";

const survey = file(
  "survey.csv",
  "customer_id,date,nps,comment\n" +
    Array.from({ length: 40 }, (_, n) => `${String(n + 1).padStart(5, "0")},1998-0${(n % 6) + 1}-1${n % 9},${n % 11},"Answer ${n}"`).join("\n") +
    "\n",
);

test("a view says what it needs, and a file is added to those that are there", async ({ app, page }) => {
  await app.analyse([cdnow.path]);
  const rail = page.locator("nav.rail");
  await expect(rail.getByRole("link", { name: "What they say" })).toBeVisible();
  await rail.locator(".unlock").getByRole("link", { name: "Subscriptions" }).click();
  await expect(page.locator("main .finding")).toHaveText(/^Nothing here yet: this view needs your contracts/);

  await rail.getByRole("link", { name: "What they say" }).click();
  await expect(page.locator("main .finding")).toHaveText(/^Nothing here yet: this view needs answers/);
  const [example] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Download the example" }).click(),
  ]);
  expect(example.suggestedFilename()).toBe("survey.csv");

  await page.locator("main").getByTestId("file-input").setInputFiles([survey]);
  await app.state("review");
  await expect(page.locator(".filesread tbody tr")).toHaveCount(2);
  await page.getByTestId("analyse").click();
  await app.state("ready");
  await app.view("feedback");
  await expect(page.locator("main .finding")).not.toHaveText(/Nothing here yet/);
  const report = await app.report();
  expect(report.totals.customers).toBe(cdnow.totals.customers);
  expect(report.surveys.nps.answers).toBe(40);
});

test("answers alone are analysed, and their view comes first", async ({ app, page }) => {
  await app.give([survey]);
  await app.state("review");
  await expect(page.locator("main")).toContainText("It holds survey answers, no orders.");
  await page.getByTestId("analyse").click();
  await app.state("ready");
  await expect(page).toHaveURL(/#\/feedback$/);
  // What orders would tell stands among what other files would open.
  await expect(page.locator("nav.rail .unlock").getByRole("link", { name: "Overview" })).toHaveCount(1);
  // Nothing to choose a period or a channel from.
  await expect(page.locator("main .filters")).toBeHidden();
});

test("a file that can't be read does not keep the others from being read", async ({ app, page }) => {
  const scan = { name: "scan.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.7 a page") };
  const orders = file("orders.csv", "customer,date,amount\na,2024-01-05,10\nb,2024-02-07,20\na,2024-03-01,5\n");
  await app.give([scan, orders]);
  await app.state("review");
  await expect(page.locator("main h1")).toContainText("We read 1 of 2 files.");
  await expect(page.locator(".notice", { hasText: "scan.pdf takes no part." })).toBeVisible();
  await page.getByTestId("analyse").click();
  await app.state("ready");
  await app.view("data");
  await expect(page.locator(".notice", { hasText: "scan.pdf takes no part." })).toBeVisible();
  expect((await app.report()).tables.map(({ kind }) => kind)).toEqual(["orders", "unreadable"]);
});
