// From 360 to 1600 px nothing but a region that says so scrolls sideways, and everything can be reached at 390 px.
import { expect, test, views } from "./support/app.mjs";
import { cdnow, unplanned } from "./support/data.mjs";

const widths = [360, 390, 640, 768, 1024, 1216, 1440, 1600];

/** How far the page reaches beyond the window, and what reaches there. */
const overflow = (page) =>
  page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    const inside = (element) => element.closest(".scroll, .raw, .vh, [hidden]");
    const wide = [...document.querySelectorAll("body *")].filter((e) => e.getBoundingClientRect().right > width + 1 && !inside(e));
    return {
      by: Math.max(0, document.scrollingElement.scrollWidth - window.innerWidth),
      what: wide.slice(0, 5).map((e) => `${e.tagName.toLowerCase()}.${e.getAttribute("class") ?? ""}`),
    };
  });

async function fits(page, where) {
  for (const width of widths) {
    await page.setViewportSize({ width, height: 800 });
    await expect.poll(async () => (await overflow(page)).by, { message: `${where} at ${width} px` }).toBe(0);
  }
}

test("drop and review fit every width", async ({ app, page }) => {
  await fits(page, "drop");
  await app.give(unplanned.file);
  await app.state("review");
  await fits(page, "review");
});

test("every view fits every width", async ({ app, page }) => {
  test.slow();
  await app.sample();
  for (const view of [...views, await app.firstCustomer()]) {
    await app.view(view);
    await fits(page, view);
  }
});

test.describe("at 390 px", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  test("the whole way by touch", async ({ app, page }) => {
    await app.give(cdnow.path);
    await app.state("review");
    await page.getByTestId("analyse").tap();
    await app.state("ready");
    await page.locator(".contents > summary").tap();
    await page.locator(".sheetnav").getByRole("link", { name: "Who stays" }).tap();
    await expect(page).toHaveURL(/#\/retention/);
    await expect(page.locator("main .finding").first()).toBeVisible();
  });

  test("what is pressed is at least 24 px high and wide", async ({ app, page }) => {
    await app.sample();
    for (const view of views) {
      await app.view(view);
      const small = await page.evaluate(() =>
        [...document.querySelectorAll("button, summary, select, input, main a")]
          .filter((e) => e.checkVisibility() && !e.closest(".vh, p, li > p, td, th, .explain, [role=listbox]"))
          // A label is pressed as well as the box in it.
          .map((e) => ({ box: (e.closest("label") ?? e).getBoundingClientRect(), text: e.textContent.trim().slice(0, 30), tag: e.tagName }))
          .filter(({ box }) => box.width > 0 && (box.height < 24 || box.width < 24))
          .map(({ box, text, tag }) => `${tag} "${text}" ${Math.round(box.width)}x${Math.round(box.height)}`),
      );
      expect(small, view).toEqual([]);
    }
  });
});
