// Who brings whom: a small file worked by hand, and the chains of the sample shop.
import { findings } from "./support/axe.mjs";
import { expect, numberIn, tabTo, test } from "./support/app.mjs";
import { file } from "./support/data.mjs";

// a brought b and c, b brought d; e and f name each other, g names somebody unknown.
const orders = file(
  "orders.csv",
  [
    "order,customer_id,date,amount",
    ...["a", "b", "c", "d", "e", "f", "g", "h"].map((who, at) => `A${at},${who},2024-0${at + 1}-05,${10 * (at + 1)}.00`),
    "A9,d,2024-08-20,60.00",
    "",
  ].join("\n"),
);
const customers = file("customers.csv", "customer_id,referred_by\na,\nb,a\nc,a\nd,b\ne,f\nf,e\ng,nobody\nh,\n");

test("chains, what they are worth, and what is no link", async ({ app, page }) => {
  await app.analyse([orders, customers]);
  await app.view("referrals");
  const main = page.locator("main");
  await expect(main.locator(".finding").first()).toHaveText(/3 customers were brought by another, and have brought in 150\.00/);
  await expect(main).toContainText("2 customers stand in a circle");
  await expect(main).toContainText("For 1 customer the one who brought them is not among the customers");
  const { referrals } = await app.report();
  expect(referrals).toMatchObject({ named: 6, unknown: 1, themselves: 0, in_circles: 2, customers: 8, referrers: 2 });
  expect(referrals.k_factor).toBeCloseTo(3 / 8, 12);
  expect(referrals.chain.map(({ steps, customers, revenue }) => [steps, customers, revenue])).toEqual([
    [1, 2, "50.00"],
    [2, 1, "100.00"],
  ]);
  expect(referrals.top.map(({ customer, brought, value, own, chain_value }) => [customer, brought, value, own, chain_value])).toEqual([
    ["a", 2, "50.00", "10.00", "150.00"],
    ["b", 1, "100.00", "20.00", "100.00"],
  ]);
});

test("invitations are told with what they come to", async ({ app, page }) => {
  const invited = file("customers.csv", "customer_id,invited,joined\n" + ["a,4,1", "b,0,0", "c,3,1", "d,1,0"].join("\n") + "\n");
  await app.analyse([orders, invited]);
  await app.view("referrals");
  await expect(page.locator("main .finding").first()).toHaveText("Of 8 invitations, 25% were taken up: 0.50 new customers for each customer.");
  expect(numberIn(await app.figure("Invitations a customer"))).toBe(2);
  expect(numberIn(await app.figure("New ones for each customer, by invitation"))).toBe(0.5);
  expect(await findings(page)).toEqual([]);
});

for (const width of [1440, 390]) {
  test.describe(`${width} px`, () => {
    test.use({ viewport: { width, height: 900 }, reducedMotion: "reduce" });

    test("the sample: who was brought comes back more often, and axe finds nothing", async ({ app, page }) => {
      await app.sample();
      await app.view("referrals");
      const main = page.locator("main");
      await expect(main.locator(".lead").first()).toContainText("They come back more often than others");
      await expect(main.getByRole("heading", { name: "Who brings most" })).toBeVisible();
      await expect(main.getByRole("heading", { name: /steps$/ })).toBeVisible();
      expect(await findings(page)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    });
  });
}

test("the view is reached by keyboard, and leads to a customer", async ({ app, page }) => {
  await app.sample();
  await tabTo(page, page.locator("nav.rail").getByRole("link", { name: "Who brings whom" }));
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/#\/referrals/);
  expect(numberIn(await app.figure(/^Brought by customers/))).toBeGreaterThan(300);
  await tabTo(page, page.getByRole("region", { name: "Table: Who brings most" }).getByRole("link").first());
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/#\/customers\/\d+/);
});
