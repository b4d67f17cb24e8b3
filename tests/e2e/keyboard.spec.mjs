// The whole way without a pointer.
import { expect, tabTo, test } from "./support/app.mjs";
import { cdnow } from "./support/data.mjs";

test("from drop to a customer's page with the keyboard only", async ({ app, page }) => {
  await page.keyboard.press("Tab");
  await expect(page.locator(".skip")).toBeFocused();

  // Waited for from here on: asking the browser to hand over its chooser takes a while, and Enter must not come first.
  const chosen = page.waitForEvent("filechooser");
  await tabTo(page, page.getByRole("button", { name: "Choose files" }));
  await page.keyboard.press("Enter");
  await (await chosen).setFiles(cdnow.path);
  await app.state("review");

  await tabTo(page, page.getByTestId("analyse"));
  await page.keyboard.press("Enter");
  await app.state("ready");

  // A figure opens its explanation; Escape closes it and gives the focus back.
  const term = page.locator(".figures .term").first();
  await tabTo(page, term);
  await page.keyboard.press("Enter");
  await expect(page.locator(".explain:popover-open")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.locator(".explain:popover-open")).toHaveCount(0);
  await expect(term).toBeFocused();

  await tabTo(page, page.locator("nav.rail").getByRole("link", { name: /^Customers/ }));
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/#\/customers/);
  await tabTo(page, page.locator('main a[href^="#/customers/"]').first());
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/#\/customers\/\d+/);
  await expect(page.locator("main .finding").first()).toBeVisible();
});

test("going back from a customer finds the link that was followed, in the same list, at the same height", async ({ app, page }) => {
  await app.sample();
  await app.view("customers");
  await page.getByRole("button", { name: /^Purchases/ }).click();
  await page.getByRole("button", { name: "Next" }).click();
  await expect(page.getByRole("status").filter({ hasText: "Rows 51" })).toBeVisible();
  const link = page.locator('main a[href^="#/customers/"]').nth(30);
  await link.scrollIntoViewIfNeeded();
  const [address, height] = await link.evaluate((link) => [link.getAttribute("href"), link.getBoundingClientRect().top]);
  await link.focus();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/#\/customers\/\d+/);
  await expect(page.locator("#main")).toBeFocused();
  expect(await page.evaluate(() => scrollY)).toBe(0);

  await page.goBack();
  await expect(page.getByRole("status").filter({ hasText: "Rows 51" })).toBeVisible();
  await expect(page.locator(`main a[href="${address}"]`)).toBeFocused();
  await expect(page.locator("th[aria-sort=descending]")).toHaveText(/Purchases/);
  const now = await page.evaluate(() => document.activeElement.getBoundingClientRect().top);
  expect(Math.abs(now - height)).toBeLessThan(2);

  // By the menu the list begins at its top.
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/#\/customers\/\d+/);
  await page.locator("nav.rail").getByRole("link", { name: /^Customers/ }).click();
  await expect(page.locator("#main")).toBeFocused();
  expect(await page.evaluate(() => scrollY)).toBe(0);
});

test("the focus is always to be seen", async ({ app, page }) => {
  await app.sample();
  await app.view("overview");
  const seen = new Set();
  for (let i = 0; i < 60; i++) {
    await page.keyboard.press("Tab");
    const focus = await page.evaluate(() => {
      const element = document.activeElement;
      if (!element || element === document.body) return null;
      const { outlineStyle, outlineWidth } = getComputedStyle(element);
      const box = element.getBoundingClientRect();
      const at = document.elementFromPoint(box.left + box.width / 2, box.top + Math.min(box.height / 2, 20));
      return {
        name: `${element.tagName} ${element.textContent.trim().slice(0, 40)}`,
        outlined: outlineStyle !== "none" && parseFloat(outlineWidth) >= 2,
        hidden: !!at && !element.contains(at) && !at.contains(element) && !!at.closest(".top, .gobar"),
      };
    });
    if (!focus) continue;
    seen.add(focus.name);
    expect(focus, focus.name).toMatchObject({ outlined: true, hidden: false });
  }
  expect(seen.size).toBeGreaterThan(10);
});
