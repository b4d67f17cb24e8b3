// The page as the tests see it: served from dist/ under a path of its own, as on GitHub Pages, and held by the names
// that outside checks hold on to (docs/testing.md).
import { readFile } from "node:fs/promises";
import { test as base, expect } from "@playwright/test";
import { serve } from "../../../tools/serve.mjs";
import { dist } from "./data.mjs";

export { expect };

export const views = [
  "overview",
  "value",
  "retention",
  "costs",
  "feedback",
  "subscriptions",
  "customers",
  "segments",
  "engagement",
  "journey",
  "referrals",
  "drivers",
  "tests",
  "forecast",
  "risk",
  "data",
  "models",
];

export const test = base.extend({
  /** The server of the page: { address, requests, close }. */
  site: async ({}, use) => {
    const site = await serve({ folder: dist, base: "/perennial/" });
    await use(site);
    await site.close();
  },
  /** The page, opened, locked and running. */
  app: async ({ page, site }, use) => {
    const app = new App(page, site);
    await app.open();
    await use(app);
    expect(app.errors, "errors on the page").toEqual([]);
  },
});

export class App {
  constructor(page, site) {
    this.page = page;
    this.site = site;
    this.errors = [];
    page.on("pageerror", (error) => this.errors.push(error.message));
  }

  async open(hash = "") {
    await this.page.goto(this.site.address + hash);
    await this.started();
  }

  /** The program has mounted and hears the worker. */
  async started() {
    await this.page.waitForFunction(() => window.perennial && !document.getElementById("first-paint"));
  }

  async state(name) {
    await expect(this.page.locator("html")).toHaveAttribute("data-state", name, { timeout: 30_000 });
  }

  /** Gives the page files: paths, or { name, mimeType, buffer }. */
  async give(files) {
    await this.page.getByTestId("file-input").setInputFiles(files);
  }

  /** From files to results, whether or not the page asks first. */
  async analyse(files) {
    await this.give(files);
    await this.state("review");
    await this.page.getByTestId("analyse").click();
    await this.state("ready");
  }

  async sample() {
    await this.page.getByTestId("sample").click();
    await this.state("ready");
  }

  /** Goes to a view and waits until it stands; views of the models may take longer than what is usually waited for. */
  async view(name, timeout) {
    await this.page.evaluate((hash) => (location.hash = hash), `#/${name}`);
    await expect(this.page.locator("main h1")).toBeVisible();
    await expect(this.page.locator("main .finding").first()).toBeVisible({ timeout });
  }

  /** The address of a customer's page, from the table of customers. */
  async firstCustomer() {
    await this.view("customers");
    const link = this.page.locator('main a[href^="#/customers/"]').first();
    return (await link.getAttribute("href")).replace("#/", "");
  }

  /** Saves the report as a person does, and returns its bytes. */
  async exported() {
    const button = this.page.getByTestId("export-json");
    if (!(await button.isVisible())) await this.page.getByRole("button", { name: "Save or export" }).first().click();
    const [download] = await Promise.all([this.page.waitForEvent("download"), button.click()]);
    return readFile(await download.path());
  }

  async report() {
    return JSON.parse((await this.exported()).toString("utf8"));
  }

  /** The value of a figure of the view, as it is written there. */
  async figure(name) {
    const figure = this.page.locator(".figures > div").filter({ has: this.page.locator("dt", { hasText: name }) });
    return (await figure.first().locator("dd.value").innerText()).trim();
  }
}

/** The number in a text such as "€244,092" or "48.3%"; NaN if there is none. */
export const numberIn = (text) => Number(/-?[\d,]*\.?\d+/.exec(text.replace("−", "-"))?.[0].replaceAll(",", "") ?? NaN);

/** Presses Tab until an element has the focus; fails after so many. */
export async function tabTo(page, locator, most = 150) {
  await expect(locator).toBeVisible();
  const target = await locator.elementHandle();
  for (let i = 0; i < most; i++) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`${locator} was not reached with ${most} presses of Tab`);
}
