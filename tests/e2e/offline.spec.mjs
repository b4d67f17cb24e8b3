// After one visit the page loads and works with the network cut and the server gone.
import { App, expect, test } from "./support/app.mjs";
import { cdnow, dist } from "./support/data.mjs";
import { serve } from "../../tools/serve.mjs";

const kept = (page) =>
  page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    return registration.active?.state;
  });

test("after one visit, without network and server: the page, the sample and a file", async ({ page, context, site }) => {
  const app = new App(page, site);
  await app.open();
  await expect.poll(() => kept(page)).toBe("activated");
  await context.setOffline(true);
  await site.close();

  await page.reload();
  await app.started();
  expect(await page.evaluate(() => window.perennial.lock.set)).toBe(true);
  await app.sample();
  expect((await app.report()).sample).toBe(true);

  await page.goto(site.address);
  await app.started();
  await app.analyse(cdnow.path);
  expect((await app.report()).totals.customers).toBe(cdnow.totals.customers);
  const font = await page.evaluate(() => document.fonts.check('500 20px "Brygada 1918"'));
  expect(font).toBe(true);
  expect(app.errors).toEqual([]);
});

test("the service worker keeps exactly the files of the build, and keeps out of everything else", async ({ page, site }) => {
  const app = new App(page, site);
  await app.open();
  await expect.poll(() => kept(page)).toBe("activated");
  const { names, urls } = await page.evaluate(async () => {
    const names = await caches.keys();
    const cache = await caches.open(names[0]);
    return { names, urls: (await cache.keys()).map(({ url }) => url) };
  });
  expect(names).toHaveLength(1);
  const paths = urls.map((url) => url.replace(site.address, "")).sort();
  expect(paths).toEqual(expect.arrayContaining(["", "fonts/brygada-1918.woff2", "icon.svg", "manifest.webmanifest"]));
  expect(paths.filter((path) => path.endsWith(".wasm"))).toHaveLength(1);
  expect(paths.filter((path) => /sw\.js|robots|OFL/.test(path))).toEqual([]);
});

test("a new build is taken up on the next visit", async ({ page, site }) => {
  const app = new App(page, site);
  await app.open();
  await expect.poll(() => kept(page)).toBe("activated");
  // The same origin and path, answered by another server: its page says that it is newer.
  const { port } = new URL(site.address);
  await site.close();
  const next = await serve({ folder: dist, base: "/perennial/", port: Number(port) });
  await page.route("**/perennial/", async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: (await response.text()).replace("<title>", "<title>New: ") });
  });
  await page.goto(next.address);
  await app.started();
  expect(next.requests.some(({ path }) => path === "/perennial/")).toBe(true);
  await next.close();
});
