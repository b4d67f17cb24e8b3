// A large file is read by several workers, and nobody can tell from the report: not from how many, nor whether one died.
import { existsSync, mkdirSync, renameSync } from "node:fs";
import { join } from "node:path";
import { generate } from "../../tools/gen-orders.mjs";
import { App, expect, test } from "./support/app.mjs";
import { root } from "./support/data.mjs";

/** 40 MB, written once. Helpers are started for larger files only; here they are for this one. */
function large() {
  const folder = join(root, ".tools/bench");
  mkdirSync(folder, { recursive: true });
  const path = join(folder, "orders-440000.csv");
  if (!existsSync(path)) {
    // Tests beside each other may both make it: none of them reads what another has begun.
    const own = `${path}.${process.pid}`;
    generate(440_000, own);
    renameSync(own, path);
  }
  return path;
}

/** What boot.js does with a helper that it has just made. */
const ways = {
  "helpers read": "",
  "no helper can be made": "throw new Error('no helper');",
  "a helper never starts": "helper.postMessage = () => {};",
  "helpers end in the middle": `let read = 0;
    helper.addEventListener("message", ({ data }) => data?.length === 2 && ++read === 2 && helper.dispatchEvent(new Event("error")));`,
};

/** Opens the page with helpers that are treated so; returns how many stretches they have read so far. */
async function open(app, what) {
  let read = 0;
  app.page.on("console", (message) => (read += Number(message.text() === "a stretch is read")));
  await app.page.route("**/boot.js*", async (route) => {
    const response = await route.fetch();
    const made = "const helper = new Worker(";
    const text = await response.text();
    expect(text).toContain(made);
    const at = text.indexOf("\n", text.indexOf(made));
    const told = `helper.addEventListener("message", ({ data }) => data?.length === 2 && console.log("a stretch is read"));`;
    const body = `${text.slice(0, at)}\n${told}${what}${text.slice(at)}`;
    expect(body).toMatch(/helpersFrom: \w+/);
    await route.fulfill({ response, body: body.replace(/helpersFrom: \w+/, "helpersFrom: 1") });
  });
  await app.open();
  return () => read;
}

test.describe("a large file", () => {
  test.use({ serviceWorkers: "block" });
  let expected;

  test("is read the same whoever reads it", async ({ browser, site }) => {
    test.setTimeout(300_000);
    for (const [name, what] of Object.entries(ways)) {
      const helped = name.startsWith("helpers");
      let stretches = 0;
      // Where the machine is busy, all may be read before a helper has started: then nothing was shown, and it is read again.
      for (let tries = 0; tries === 0 || (helped && stretches < 2 && tries < 5); tries++) {
        const context = await browser.newContext({ serviceWorkers: "block" });
        const app = new App(await context.newPage(), site);
        const read = await open(app, what);
        await app.analyse(large());
        stretches = read();
        const report = (await app.exported()).toString("utf8");
        expected ??= report;
        expect(report === expected, name).toBe(true);
        expect(JSON.parse(report).tables[0].rows_read).toBe(440_000);
        await context.close();
      }
      if (helped) expect(stretches, name).toBeGreaterThan(1);
      else expect(stretches, name).toBe(0);
    }
  });

  test("has models that can be stopped, and keep nobody waiting", async ({ page, site }) => {
    test.setTimeout(180_000);
    const app = new App(page, site);
    await open(app, "");
    await app.analyse(large());
    const main = page.locator("main");
    await page.evaluate(() => (location.hash = "#/forecast"));
    await main.getByRole("button", { name: "Stop" }).click();
    await expect(main.getByText("Stopped. Nothing was fitted.")).toBeVisible();
    await main.getByRole("button", { name: "Fit the models" }).click();
    await expect(main.getByRole("progressbar")).toBeVisible();
    // Whichever comes first: with the models fitted in one go, the customers would come after them.
    await app.view("customers");
    await expect(main.locator("tbody a").first()).toBeVisible();
    await page.evaluate(() => (location.hash = "#/forecast"));
    await expect(main.getByRole("progressbar")).toBeVisible();
    await expect(main.locator(".finding")).toBeVisible({ timeout: 120_000 });
    await expect(main.getByRole("progressbar")).toHaveCount(0);
  });

  test("is let go of at once", async ({ page, site }) => {
    const app = new App(page, site);
    await open(app, "");
    // By the page itself, while it reads: a person's hand may come too late.
    await page.evaluate(() => {
      const watch = new MutationObserver(() => {
        const cancel = document.querySelector("[data-testid=cancel]");
        if (!cancel || window.cancelled) return;
        setTimeout(() => (window.cancelled = performance.now(), cancel.click()), 100);
        watch.disconnect();
        const ended = new MutationObserver(() => {
          if (document.documentElement.dataset.state === "empty") window.took ??= performance.now() - window.cancelled;
        });
        ended.observe(document.documentElement, { attributes: true });
      });
      watch.observe(document.documentElement, { attributes: true, childList: true, subtree: true });
    });
    await app.give(large());
    const took = () => page.evaluate(() => window.took ?? Infinity);
    await expect.poll(took, "ms from the press until it is let go of").toBeLessThan(500);
    // And the next file is read as ever.
    await app.analyse({ name: "few.csv", mimeType: "text/csv", buffer: Buffer.from("customer,date,amount\na,2026-01-02,5.00\nb,2026-01-03,6.00\n") });
    expect((await app.report()).totals.customers).toBe(2);
  });
});
