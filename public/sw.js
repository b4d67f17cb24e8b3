// The service worker: after one visit the page loads without a network.
//
// It keeps the files of one build in one cache and serves them from there; the page itself is asked for from the network
// first, for three seconds, so that a new build is seen as soon as there is one. It touches nothing but GET requests for
// the page's own folder, and no data ever passes through it: the page is locked before a person can give it any.
//
// tools/precache.mjs fills in the next two lines when the page is built.
const VERSION = /*VERSION*/ "";
const FILES = /*FILES*/ [];

// All pages of one origin share its caches, so ours carry our name.
const PREFIX = "perennial-";
const CACHE = PREFIX + VERSION;
const PATIENCE_MS = 3000;
const SCOPE = new URL(self.registration.scope);
const PAGES = new Set([SCOPE.pathname, SCOPE.pathname + "index.html"]);

self.addEventListener("install", (event) => {
  event.waitUntil(
    (async () => {
      const cache = await caches.open(CACHE);
      await Promise.all(FILES.map(([name, integrity]) => keep(cache, new URL(name, SCOPE), integrity)));
      // A page that is open needs nothing more from the old build: it has loaded all that it will ever load.
      await self.skipWaiting();
    })(),
  );
});

/** Keeps one file, and only with the very content of this build: from the browser's cache if that has it, else anew. */
async function keep(cache, url, integrity) {
  const response = await fetch(url, { integrity }).catch(() => fetch(url, { integrity, cache: "reload" }));
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  await cache.put(url, response);
}

self.addEventListener("activate", (event) => {
  event.waitUntil(
    (async () => {
      for (const name of await caches.keys()) {
        if (name.startsWith(PREFIX) && name !== CACHE) await caches.delete(name);
      }
    })(),
  );
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  const ours = url.origin === SCOPE.origin && url.pathname.startsWith(SCOPE.pathname);
  if (request.method !== "GET" || !ours) return;
  if (request.mode !== "navigate") event.respondWith(file(request));
  else if (PAGES.has(url.pathname)) event.respondWith(page(url));
});

/** The page: from the network within the time limit, else the one that was kept. */
async function page(url) {
  const fresh = fetch(url, { cache: "no-cache" }).catch(() => null);
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE_MS, null));
  const first = await Promise.race([fresh, late]);
  if (first?.ok) return first;
  const kept = await (await caches.open(CACHE)).match(SCOPE);
  return kept ?? (await fresh) ?? Response.error();
}

/** A file: the kept one, else from the network. */
async function file(request) {
  const kept = await (await caches.open(CACHE)).match(request);
  return kept ?? fetch(request);
}
