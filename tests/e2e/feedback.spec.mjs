// What they say: a survey through the page, what is missing without one, the made-up shop's own, and everyone can use it.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { findings } from "./support/axe.mjs";
import { expect, tabTo, test } from "./support/app.mjs";
import { cdnow, file, root } from "./support/data.mjs";

test("the figures of a survey are those of the reference", async ({ app, page }) => {
  const fixtures = join(root, "tests/fixtures");
  const expected = JSON.parse(readFileSync(join(fixtures, "expected/survey.json"), "utf8"));
  await app.analyse(join(fixtures, "survey_synthetic.csv"));
  await app.view("feedback");
  expect(await app.figure("Would recommend")).toBe("−2");
  expect(await app.figure("Content")).toBe("62.8%");
  expect(await app.figure("Effort")).toMatch(/^4\.86\s*of 7$/);
  await expect(page.locator("main .finding")).toContainText("−2 (−6 to +3): 33% would recommend you, 34% would not.");

  // Each answer that is none is told, with what stands in the cell.
  await page.locator(".figures .term", { hasText: "Would recommend" }).click();
  await expect(page.locator(".explain:popover-open")).toContainText(/not on the scale\s*4/);
  await page.keyboard.press("Escape");

  const { surveys } = await app.report();
  for (const scale of ["nps", "csat", "ces"]) {
    const { answered_valid, rejected } = expected[scale];
    expect(surveys[scale], scale).toMatchObject({ answers: answered_valid, rejected });
  }
  expect(surveys.nps.score).toBeCloseTo(expected.nps.nps, 9);
  expect([surveys.nps.low, surveys.nps.high].map((end) => end.toFixed(9))).toEqual(expected.nps.ci95.map((end) => end.toFixed(9)));
  expect(surveys.csat.score).toBeCloseTo(expected.csat.csat_pct / 100, 9);
  expect(surveys.ces.score).toBeCloseTo(expected.ces.ces_mean, 9);

  // The charts follow the question, and the scale of effort can be turned round.
  await page.getByLabel("Question shown below").selectOption("ces");
  await expect(page.locator("main .finding")).toContainText("4.86");
  await expect(page.locator("main .finding")).toContainText("for 16% it was easy");
  await page.getByLabel("On the scale of effort").selectOption("high");
  await expect(page.locator("main .finding")).toContainText("for 62% it was easy");
});

test("orders without a survey say what is missing, and a survey without comments what would bring themes", async ({ app, page }) => {
  await app.analyse(cdnow.path);
  await app.view("feedback");
  await expect(page.locator("main .finding")).toContainText("this view needs answers from your customers");
  await expect(page.locator("main figure.chart")).toHaveCount(0);

  await page.goto(app.site.address);
  await app.started();
  await app.analyse(file("survey.csv", "date,nps\n2026-01-02,9\n2026-01-03,3\n2026-01-04,12\n"));
  await app.view("feedback");
  await expect(page.locator("main .finding")).toContainText("Too little to tell: 2 answers so far");
  await expect(page.locator("main")).toContainText("The file has no comments.");
  // Nothing is drawn of two answers: they are listed.
  await expect(page.locator("main ul.answers li")).toHaveText([/3 of 10/, /9 of 10/]);
  await expect(page.locator("main figure.chart")).toHaveCount(0);
});

test("the made-up shop's survey tells what hurts, and opens the comments behind it", async ({ app, page }) => {
  await app.sample();
  await app.view("feedback");
  const main = page.locator("main");
  await expect(main.locator(".lead")).toContainText("What hurts most is “late delivery”");
  await expect(main.getByRole("heading", { name: /The unhappy come back less often/ })).toBeVisible();
  const row = main.locator("table.themes").first().getByRole("row", { name: /late delivery/ });
  await row.getByText("Comments").first().click();
  await expect(row.locator("q").first()).toBeVisible();
  const shown = await row.locator("q").count();
  await row.getByRole("button", { name: "Show all" }).click();
  await expect.poll(() => row.locator("q").count()).toBeGreaterThan(shown);

  // Who answers is told by segment, also of those of whom nobody did.
  await page.getByLabel("Who answers, by").selectOption({ label: "Channel of the first purchase" });
  await expect(main.getByRole("heading", { name: /^Answers come from/ })).toBeVisible();

  // A filter asks for the section again.
  const before = await app.figure("Customers heard");
  await page.getByLabel("Period", { exact: true }).selectOption({ index: 1 });
  await expect.poll(() => app.figure("Customers heard")).not.toBe(before);
});

test("it is reached and used with the keyboard", async ({ app, page }) => {
  await app.sample();
  await tabTo(page, page.locator("nav.rail").getByRole("link", { name: /^What they say/ }));
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/#\/feedback/);
  const comments = page.locator("table.themes summary").first();
  await tabTo(page, comments, 200);
  await page.keyboard.press("Enter");
  await expect(page.locator("table.themes q").first()).toBeVisible();
});

for (const width of [1440, 390]) {
  test.describe(`${width} px`, () => {
    test.use({ viewport: { width, height: 900 }, colorScheme: "light", reducedMotion: "reduce" });

    test("axe finds nothing, and nothing scrolls sideways", async ({ app, page }) => {
      await app.sample();
      await app.view("feedback");
      await expect(page.locator("table.themes").first()).toBeVisible();
      await page.locator("table.themes summary").first().click();
      expect(await findings(page)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    });
  });
}
