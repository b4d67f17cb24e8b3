// Tests and drivers: a file of a test alone and beside orders, the sample's views, a test typed in, a plan.
import { readFileSync } from "node:fs";
import { findings } from "./support/axe.mjs";
import { expect, tabTo, test } from "./support/app.mjs";
import { beside, file } from "./support/data.mjs";

/** A test of so many a side, of whom so many did it. */
const trial = (sides) =>
  file(
    "trial.csv",
    "visitor_id,variant,converted\n" +
      sides.flatMap(([name, all, did]) => Array.from({ length: all }, (_, n) => `${name}${n},${name},${n < did ? 1 : 0}`)).join("\n") +
      "\n",
  );

test("a file of a test alone: its figures are those of the reference", async ({ app, page }) => {
  const path = beside("oracle/expected/models_and_tests.json");
  const expected = path && JSON.parse(readFileSync(path, "utf8")).ab_test_cases[0];
  await app.analyse([trial([["control", 1000, 120], ["banner", 1000, 150]])]);
  await app.view("tests");
  await expect(page.locator(".finding")).toContainText("banner did better, 15.0% against 12.0%");
  await expect(page.locator("main table.cards-s")).toContainText("banner");
  const { experiments } = await app.report();
  expect(experiments).toHaveLength(1);
  const [control, banner] = experiments[0].variants;
  expect([control.name, control.rate.count, banner.rate.count]).toEqual(["control", 120, 150]);
  expect(banner.against).toMatchObject({ method: "proportions", verdict: "better" });
  if (expected) {
    // The reference takes the first group less the second.
    expect(banner.against.p).toBeCloseTo(expected.p_two_sided, 12);
    expect(banner.against.difference).toBeCloseTo(-expected.diff, 12);
    expect(banner.against.low).toBeCloseTo(-expected.newcombe_diff95[1], 12);
    expect(banner.against.high).toBeCloseTo(-expected.newcombe_diff95[0], 12);
  }
  // The other way round: what is held against what can be chosen.
  await page.getByLabel("Held against").selectOption("banner");
  await expect(page.locator(".finding")).toContainText("control did worse, 12.0% against 15.0%");
});

test("sides that are not as large as each other are not trusted", async ({ app, page }) => {
  await app.analyse([trial([["a", 900, 60], ["b", 700, 80]])]);
  await app.view("tests");
  await expect(page.locator(".notice.bad")).toContainText("This result can’t be trusted.");
  await expect(page.locator(".finding")).toContainText("too uneven to trust");
});

test("the sample's tests, one typed in, and a plan", async ({ app, page }) => {
  await app.sample();
  await app.view("tests");
  await expect(page.locator(".finding")).toContainText("“Free delivery banner”: Banner did better");
  await expect(page.getByRole("heading", { name: "“Name in the subject”, who did it" })).toBeVisible();
  await expect(page.locator(".chart .h2").filter({ hasText: "No clear difference: First name" }).first()).toBeVisible();

  const typed = page.locator("section", { has: page.getByRole("heading", { name: "Type in a test" }) });
  await expect(typed.getByRole("status")).toHaveText("");
  const first = typed.getByLabel("A: visitors");
  await tabTo(page, first);
  await page.keyboard.type("4000");
  for (const number of ["200", "4,000", "260"]) {
    await page.keyboard.press("Tab");
    await page.keyboard.type(number);
  }
  await expect(typed.getByRole("status")).toHaveText("B did better: 6.5% against 5.0%, a difference of 1.5 points (0.5 to 2.5).");
  await typed.getByLabel("B: did it").fill("5000");
  await expect(typed.getByRole("status")).toContainText("no more who did it than there were");

  const plan = page.locator("section", { has: page.getByRole("heading", { name: "Plan the next one" }) });
  await plan.getByLabel("How many do it now, in %").fill("5");
  await plan.getByLabel("Visitors or customers a day, on all sides").fill("400");
  await expect(plan.getByRole("status")).toHaveText("8,158 on each side, which takes 41 days at this rate, to tell 6.0% from 5.0%.");
});

test("the sample's drivers, by revenue and by coming back", async ({ app, page }) => {
  await app.sample();
  await app.view("drivers");
  const finding = page.locator(".finding");
  await expect(finding).toContainText("Customers from Newsletter bring");
  await expect(finding).toContainText("than those from Search ads, all else equal");
  await page.getByRole("combobox", { name: "Explain" }).selectOption("back");
  await expect(finding).toContainText("come back");
  const channel = page.getByRole("checkbox", { name: /^Channel/ });
  await channel.focus();
  await page.keyboard.press("Space");
  await expect(channel).not.toBeChecked();
  await expect(channel).toBeFocused();
  await expect(finding).not.toContainText("Newsletter");
  await page.getByLabel("By what was known before").selectOption({ label: "Days since the last purchase" });
  await expect(page.locator(".chart .h2").filter({ hasText: "Days since the last purchase" })).toBeVisible();
  const { drivers } = await app.report();
  expect(drivers.outcome).toBe("revenue");
  expect(drivers.model.effects.some((effect) => effect.is_clear)).toBe(true);
});

for (const width of [1440, 390]) {
  test.describe(`${width} px`, () => {
    test.use({ viewport: { width, height: 900 }, reducedMotion: "reduce" });

    test("axe finds nothing, and nothing scrolls sideways", async ({ app, page }) => {
      await app.sample();
      for (const view of ["tests", "drivers"]) {
        await app.view(view);
        await expect(page.locator(".chart svg").first()).toBeVisible();
        expect(await findings(page), view).toEqual([]);
        expect(await page.evaluate(() => document.scrollingElement.scrollWidth <= innerWidth), view).toBe(true);
      }
    });
  });
}
