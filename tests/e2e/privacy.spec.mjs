// Nothing leaves the page once it is locked, and nothing stays behind: measured at the servers, not believed.
import { serve } from "../../tools/serve.mjs";
import { expect, test, views } from "./support/app.mjs";
import { cdnow, dist } from "./support/data.mjs";

/** Runs in page or worker: tries every way out to an address that answers, and says which of them were let through. */
const tryAll = async (address) => {
  const path = (what) => `${address}${what}?data=secret`;
  const image = (to) =>
    new Promise((resolve, reject) => {
      const element = new Image();
      element.onload = () => resolve();
      element.onerror = () => reject(new Error("no image"));
      element.src = to;
    });
  const socket = (make, open) =>
    new Promise((resolve, reject) => {
      const channel = make();
      channel[open] = () => resolve();
      channel.onerror = () => reject(new Error("closed"));
    });
  const ways = {
    fetch: () => fetch(path("fetch"), { method: "POST", mode: "no-cors", body: "secret" }),
    xhr: () =>
      new Promise((resolve, reject) => {
        const request = new XMLHttpRequest();
        request.onload = resolve;
        request.onerror = reject;
        request.open("GET", path("xhr"));
        request.send();
      }),
    websocket: () => socket(() => new WebSocket(path("ws").replace("http", "ws")), "onopen"),
    events: () => socket(() => new EventSource(path("events")), "onopen"),
    import: () => import(path("import.js")),
  };
  if (typeof document !== "undefined") {
    ways.image = () => image(path("icon.svg"));
    ways.worker = () => socket(() => new Worker(path("boot.js")), "onmessage");
    ways.serviceWorker = () => navigator.serviceWorker.register(path("sw.js"));
    const link = (rel, to) =>
      new Promise((resolve, reject) => {
        const element = Object.assign(document.createElement("link"), { rel, href: to, onload: resolve, onerror: reject });
        document.head.append(element);
      });
    ways.style = () => link("stylesheet", path("leak.css"));
    // A browser may fetch ahead in silence, or not at all; like a beacon, what counts is that the server never hears of it.
    link("prefetch", path("ahead")).catch(() => {});
    // Its return value promises nothing; what counts is that the server never hears of it.
    navigator.sendBeacon(path("beacon"), "secret");
  }
  const through = [];
  for (const [what, attempt] of Object.entries(ways)) {
    await Promise.resolve()
      .then(attempt)
      .then(() => through.push(what))
      .catch(() => {});
  }
  return through;
};

test.describe("with a file loaded", () => {
  test.beforeEach(async ({ app }) => app.analyse(cdnow.path));

  test("no request leaves the page while a person walks through all views", async ({ app, page, context }) => {
    const seen = [];
    context.on("request", (request) => seen.push(request.url()));
    const before = app.site.requests.length;
    for (const view of [...views, await app.firstCustomer()]) await app.view(view);
    await app.exported();
    expect(seen.filter((url) => !/^(blob|data):/.test(url))).toEqual([]);
    expect(app.site.requests.slice(before)).toEqual([]);
    expect(await page.evaluate(() => window.perennial.requestsSinceLock())).toMatchObject({ count: 0, bytes: 0 });
    await expect(page.locator("header .sent").first()).toContainText("0 bytes sent");
  });

  test("the lock stood before the file was read", async ({ app, page }) => {
    const lock = await page.evaluate(() => window.perennial.lock);
    expect(lock).toMatchObject({ set: true, reason: null });
    const last = await page.evaluate(
      (at) => performance.getEntriesByType("resource").filter((entry) => entry.startTime > at && !/^(blob|data):/.test(entry.name)),
      lock.at,
    );
    expect(last).toEqual([]);
    expect(app.errors).toEqual([]);
  });

  for (const origin of ["another origin", "the page's own origin"]) {
    test(`every way to ${origin} is refused, from the page and from a worker`, async ({ app, page }) => {
      const other = await serve({ folder: dist });
      const address = origin === "another origin" ? other.address : app.site.address;
      const before = app.site.requests.length;
      expect(await page.evaluate(tryAll, address)).toEqual([]);
      const fromWorker = await page.evaluate(
        ([program, address]) =>
          new Promise((resolve, reject) => {
            const text = `(${program})(${JSON.stringify(address)}).then((through) => postMessage(through));`;
            const worker = new Worker(URL.createObjectURL(new Blob([text], { type: "text/javascript" })), { type: "module" });
            worker.onmessage = ({ data }) => resolve(data);
            worker.onerror = (event) => reject(new Error(event.message));
          }),
        [String(tryAll), address],
      );
      expect(fromWorker).toEqual([]);
      // Taking the policy's element away does not take the policy away.
      await page.evaluate(() => document.querySelectorAll("meta[http-equiv]").forEach((meta) => meta.remove()));
      expect(await page.evaluate(tryAll, address)).toEqual([]);
      expect(other.requests).toEqual([]);
      expect(app.site.requests.slice(before)).toEqual([]);
      await other.close();
    });
  }

  test("a person can see every attempt refused", async ({ app, page }) => {
    const tries = await page.evaluate(() => window.perennial.tryToSend());
    expect(tries.map(({ where, what }) => `${where} ${what}`)).toEqual(
      expect.arrayContaining(["page fetch", "page beacon", "page websocket", "page image", "worker fetch", "worker websocket"]),
    );
    expect(tries.filter(({ refused }) => !refused)).toEqual([]);
    // Attempts that were stopped are no requests.
    const since = await page.evaluate(() => window.perennial.requestsSinceLock());
    expect(since).toMatchObject({ count: 0, bytes: 0 });
    expect(since.refused).toBeGreaterThan(0);
    expect(app.errors).toEqual([]);
  });

  test("nothing stays behind but the interface's preferences and the page's own files", async ({ app, page, context }) => {
    for (const view of views) await app.view(view);
    const kept = await page.evaluate(async () => {
      const folder = await navigator.storage.getDirectory();
      const files = [];
      for await (const name of folder.keys()) files.push(name);
      const cached = [];
      for (const name of await caches.keys()) {
        const cache = await caches.open(name);
        for (const request of await cache.keys()) cached.push([name, request.url]);
      }
      return {
        local: Object.keys(localStorage),
        session: Object.keys(sessionStorage),
        databases: (await indexedDB.databases()).map(({ name }) => name),
        files,
        cached,
        url: location.href,
      };
    });
    expect(kept.local.filter((name) => !["perennial-theme", "perennial-keys"].includes(name))).toEqual([]);
    expect(kept.session).toEqual([]);
    expect(kept.databases).toEqual([]);
    expect(kept.files).toEqual([]);
    expect(await context.cookies()).toEqual([]);
    for (const [name, url] of kept.cached) {
      expect(name).toMatch(/^perennial-[0-9a-f]{16}$/);
      expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/perennial\/(|[\w.-]+(\?v=[0-9a-f]{16})?|fonts\/[\w.-]+)$/);
    }
    expect(new URL(kept.url).search).toBe("");
    expect(app.errors).toEqual([]);
  });
});

test("where the lock can't be set, the page says so and counts what is sent", async ({ page, site }) => {
  await page.addInitScript(() => {
    const append = Element.prototype.append;
    Element.prototype.append = function (...nodes) {
      return append.apply(this, nodes.filter((node) => !(node instanceof HTMLMetaElement)));
    };
  });
  await page.goto(site.address);
  await page.waitForFunction(() => window.perennial && !document.getElementById("first-paint"));
  expect(await page.evaluate(() => window.perennial.lock)).toMatchObject({ set: false, reason: expect.stringMatching(/./) });
  await expect(page.locator("header .sent").first()).not.toContainText("0 bytes sent");
  await page.evaluate(() => fetch("robots.txt?sent", { cache: "no-store" }));
  await expect.poll(() => page.evaluate(() => window.perennial.requestsSinceLock().count)).toBe(1);
});

test("a worker that is started again asks for nothing", async ({ app, page }) => {
  const before = app.site.requests.length;
  const first = await page.evaluate(
    () =>
      new Promise((resolve, reject) => {
        const worker = window.perennial.newWorker();
        worker.onmessage = ({ data }) => resolve(data.join(""));
        worker.onerror = (event) => reject(new Error(event.message));
      }),
  );
  // The number of the first kind of reply, Ready (src/wire).
  expect(first).toBe("00000000");
  expect(app.site.requests.slice(before)).toEqual([]);
});
