// A file made to be executed: HTML and script wherever the page shows something of it, on every view.
import { expect, test, views } from "./support/app.mjs";
import { file } from "./support/data.mjs";

const hit = (where) => `<img src=x onerror="window.hit='${where}'"><script>window.hit='${where}'</script><svg onload=window.hit='${where}'>`;
const cell = (text) => `"${text.replaceAll('"', '""')}"`;
const turn = "\u202e";

/** Orders of 24 customers over two years, with something to execute in every text, and rows that are left out. */
function orders() {
  const header = ["order", "customer", "date", "amount", "channel", hit("header")].map(cell).join(",");
  const rows = [];
  for (let n = 0; n < 240; n++) {
    const date = n % 40 === 7 ? hit("date") : `202${4 + Math.floor(n / 120)}-${String((n % 12) + 1).padStart(2, "0")}-${String((n % 27) + 1).padStart(2, "0")}`;
    rows.push([`${hit("order")}${n}`, `${turn}${hit("id")}${n % 24}`, date, `${n % 50}.50`, `${hit("value")}${n % 3}`, `${hit("group")}${n % 2}`].map(cell).join(","));
  }
  return [header, ...rows, ""].join("\n");
}

/** A table beside them, with something to execute in every text. */
const table = (name, header, row) =>
  file(`${hit(name)}.csv`, [header, ...Array.from({ length: 60 }, (_, n) => row(n))].map((cells) => cells.map((one) => cell(String(one))).join(",")).join("\n") + "\n");
const id = (n) => `${turn}${hit("id")}${n % 24}`;
const day = (n) => `2025-${String((n % 12) + 1).padStart(2, "0")}-${String((n % 27) + 1).padStart(2, "0")}`;
const tables = [
  table("survey", ["customer", "date", "nps", "comment", hit("survey header")], (n) => [id(n), day(n), n % 11, `late ${hit("comment")} ${turn}late`, hit(`touch${n % 3}`)]),
  table("subscriptions", ["customer_id", "plan", "start_date", "end_date", "mrr"], (n) => [id(n), hit(`plan${n % 2}`), day(n), n % 3 ? "" : "2025-12-30", 9]),
  table("events", ["user_id", "timestamp", "event"], (n) => [id(n), `${day(n)} 10:00:00`, hit(`event${n % 4}`)]),
  table("test", ["customer_id", "variant", "converted"], (n) => [id(n), hit(`variant${n % 2}`), n % 5 ? 0 : 1]),
  table("spend", ["date", "channel", "campaign", "cost"], (n) => [day(n), `${hit("value")}${n % 3}`, hit(`campaign${n % 4}`), 5]),
  table("customers", ["customer", "referred_by", hit("customers header")], (n) => [id(n), id(n + 1), hit(`band${n % 2}`)]),
];

test("HTML and script in names, headers, ids and values execute nothing on any view", async ({ app }) => {
  const { page } = app;
  const refused = [];
  await page.exposeFunction("refused", (what) => refused.push(what));
  await page.evaluate(() => addEventListener("securitypolicyviolation", (event) => window.refused(`${event.violatedDirective} ${event.sample}`)));
  const clean = async (where) => {
    expect(await page.evaluate(() => window.hit), where).toBeUndefined();
    expect(await page.locator('img[src="x"], svg[onload], main script').count(), where).toBe(0);
    expect(await page.locator("body").innerText(), `${where}: no text is turned round`).not.toContain(turn);
  };
  await app.give([{ name: `${turn}${hit("file")}.csv`, mimeType: "text/csv", buffer: Buffer.from(orders()) }, ...tables]);
  await app.state("review");
  // What was written is shown as it was written.
  await expect(page.locator(".filesread")).toContainText("<img src=x onerror=");
  await expect(page.locator("main")).toContainText("onerror=\"window.hit='header'\"");
  await clean("review");
  await page.getByTestId("analyse").click();
  await app.state("ready");
  for (const view of views) {
    await app.view(view);
    await page.locator("details").evaluateAll((all) => all.forEach((one) => (one.open = true)));
    await clean(view);
  }
  await app.view("customers");
  await expect(page.locator("main")).toContainText("window.hit='id'");
  await page.locator('main a[href^="#/customers/"]').first().click();
  await expect(page.locator("main .viewhead")).toContainText("window.hit='id'");
  await clean("customer");
  const report = await app.report();
  expect(report.tables[0].left_out.map(({ reason }) => reason)).toContain("unreadable_date");
  // A filter by one of the values, and its words above the figures.
  await app.view("overview");
  const value = report.dimensions[0].values[0].value;
  await page.evaluate(() => (location.hash = "#/overview?d0=0"));
  await expect.poll(async () => (await app.report()).settings.filters?.[0]?.values ?? []).toEqual([value]);
  await clean("filtered");
  // A refusal names the file, too.
  await page.reload();
  await app.started();
  await app.give({ name: `${turn}${hit("refused")}.csv`, mimeType: "text/csv", buffer: Buffer.from("%PDF-1.7") });
  await app.state("failed");
  await expect(page.getByRole("alert")).toContainText("<img src=x");
  await clean("failed");
  expect(refused, "nothing even tried").toEqual([]);
});
