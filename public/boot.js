// Starts Perennial, and locks the page before it does.
//
//   theme -> wasm, glue and font are loaded -> service worker -> the lock, and a check that it holds -> the program
//
// The lock is a second content security policy: from then on the browser refuses this page and its workers any request
// at all. So everything that is ever needed is loaded before, and nothing is loaded late. docs/privacy.md says more.
//
// What the program (src/page, src/worker.rs) finds in `window.perennial`:
//
//   module               the compiled WebAssembly.Module
//   newWorker()          a Worker that runs the same program; assign its onmessage at once, in the same task
//   lock                 { set, at, reason }: whether the browser holds the lock, since when (performance.now()), and
//                        where it does not, why
//   requestsSinceLock()  { count, bytes, refused }: requests to a network address since the lock, seen by the browser
//                        in the page and its workers, the bytes that came back, and attempts that the lock refused
//   tryToSend()          tries every way out, to an address that cannot exist, and resolves to
//                        [{ what, where, refused }]
"use strict";

const tag = document.querySelector("script[data-wasm]");
const { wasmIntegrity, jsIntegrity } = tag.dataset;
const wasmUrl = new URL(tag.dataset.wasm, document.baseURI).href;
const glueUrl = new URL(tag.dataset.js, document.baseURI).href;

const LOCK_MARK = "connect-src 'none'";
const LOCK =
  `${LOCK_MARK}; default-src 'none'; style-src 'none'; worker-src blob:; script-src 'wasm-unsafe-eval'; img-src data: blob:; font-src 'none'; ` +
  "object-src 'none'; frame-src 'none'; media-src 'none'; manifest-src 'none'";
const FIRST_INSTALL_MS = 4000;
const UPDATE_CHECK_MS = 600;
const FONT_MS = 3000;
const REFUSAL_MS = 2000;

applyTheme();
start().catch(showProblem);

async function start() {
  if (typeof WebAssembly !== "object") throw new Error("this browser has no WebAssembly");
  const [module, glueText] = await Promise.all([
    compile(wasmUrl, wasmIntegrity),
    loadText(glueUrl, jsIntegrity),
    within(FONT_MS, document.fonts.load('500 1em "Brygada 1918"')),
  ]);
  // Now both come out of the browser's cache, where they have just been checked.
  const glue = await import(glueUrl);
  await registerServiceWorker();

  const meter = newMeter();
  const lock = await setLock(meter);
  const newWorker = workerMaker(module, glueText, meter);
  window.perennial = Object.freeze({
    module,
    newWorker,
    lock,
    requestsSinceLock: () => meter.read(),
    tryToSend,
  });

  // Runs the program's main, which takes away #first-paint and mounts the page.
  await glue.default({ module_or_path: module });
}

/** The theme that was chosen on an earlier visit, before anything is painted. */
function applyTheme() {
  try {
    const theme = localStorage.getItem("perennial-theme");
    if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
  } catch {
    // Storage is refused: the page follows the system.
  }
}

// Loading -------------------------------------------------------------------------------------------------------------

/** A file with the content of this build: a cache that holds another build's is passed by. */
async function load(url, integrity) {
  const response = await fetch(url, { integrity }).catch(() => fetch(url, { integrity, cache: "reload" }));
  if (!response.ok) throw new Error(`the server answered ${response.status} for ${url}`);
  return response;
}

async function loadText(url, integrity) {
  return (await load(url, integrity)).text();
}

async function compile(url, integrity) {
  const response = await load(url, integrity);
  if (response.headers.get("content-type")?.startsWith("application/wasm")) return WebAssembly.compileStreaming(response);
  return WebAssembly.compile(await response.arrayBuffer());
}

/** Resolves with the promise, and at the latest after so many milliseconds; never rejects. */
function within(ms, promise) {
  return Promise.race([promise.catch(() => null), new Promise((resolve) => setTimeout(resolve, ms, null))]);
}

// Working without a network --------------------------------------------------------------------------------------------

/** Registers the service worker and lets it finish, so that its own loading does not run on under the lock. */
async function registerServiceWorker() {
  const container = navigator.serviceWorker;
  if (!container) return;
  try {
    const known = await container.getRegistration();
    const registration = await container.register("sw.js", { updateViaCache: "none" });
    if (known) await within(UPDATE_CHECK_MS, registration.update());
    if (registration.installing) await within(FIRST_INSTALL_MS, installed(registration.installing));
  } catch (error) {
    // The page works without it, only not without a network.
    console.info(`Perennial will not work offline here: ${error.message}`);
  }
}

function installed(worker) {
  return new Promise((resolve) => {
    const look = () => worker.state !== "installing" && resolve();
    worker.addEventListener("statechange", look);
    look();
  });
}

// The lock -------------------------------------------------------------------------------------------------------------

/**
 * Adds the second policy and has the browser say that it enforces it. That is asked where the data will be, in a worker,
 * which has its policies from the page; and by compiling text, which the lock forbids too: of all that it forbids this
 * is refused without a line in the console at every visit. tryToSend() tries the ways out themselves.
 */
async function setLock(meter) {
  const meta = document.createElement("meta");
  meta.httpEquiv = "Content-Security-Policy";
  meta.content = LOCK;
  document.head.append(meta);
  const at = performance.now();
  meter.start(at);
  const [{ refused: set }] = await tryInWorker({ compile: "" });
  const reason = set ? null : "The browser does not enforce the policy that forbids every connection.";
  return Object.freeze({ set, at, reason });
}

/** Sums up what left the page and its workers from the lock on. */
function newMeter() {
  const requests = [];
  const refused = [];
  let observer = null;
  const add = (seen) => {
    requests.push(...seen.requests);
    refused.push(...seen.refused);
  };
  return {
    start(at) {
      observer = observe(self, document, at, LOCK_MARK, add);
    },
    /** Takes what a worker saw. */
    listen(port) {
      port.onmessage = ({ data }) => add(data);
    },
    read() {
      observer.now();
      // The browser lists some attempts among the requests although the policy stopped them.
      const stopped = new Set(refused);
      const left = requests.filter(({ url }) => !stopped.has(url));
      return {
        count: left.length,
        bytes: left.reduce((sum, { bytes }) => sum + bytes, 0),
        refused: refused.length,
      };
    },
  };
}

/**
 * Reports requests and refusals of a page or worker from a moment on. It runs in both, so it uses nothing from around it.
 */
function observe(scope, target, since, mark, report) {
  const count = (entries) => {
    const requests = entries
      .filter(({ startTime, name }) => startTime >= since && !/^(blob|data):/.test(name))
      .map(({ name, transferSize, encodedBodySize }) => ({ url: name, bytes: transferSize || encodedBodySize }));
    if (requests.length > 0) report({ requests, refused: [] });
  };
  const observer = new scope.PerformanceObserver((list) => count(list.getEntries()));
  observer.observe({ type: "resource", buffered: true });
  target.addEventListener("securitypolicyviolation", (event) => {
    // Both policies report an attempt; the lock's report is the one that counts.
    if (event.originalPolicy.startsWith(mark)) report({ requests: [], refused: [event.blockedURI] });
  });
  return { now: () => count(observer.takeRecords()) };
}

/** Tries every way out of page and worker. The name cannot exist (RFC 2606), so nothing would arrive even unlocked. */
async function tryToSend() {
  const outside = (where, whats) =>
    Object.fromEntries(whats.map((what) => [what, `https://${what}.${where}.perennial.invalid/`]));
  const inWorker = ["fetch", "websocket", "events", "script"];
  const found = await Promise.all([
    attempt(document, "page", LOCK_MARK, REFUSAL_MS, outside("page", [...inWorker, "beacon", "image", "style"])),
    tryInWorker(outside("worker", inWorker)),
  ]);
  return found.flat();
}

/**
 * Tries ways out, each to its own address, and resolves to [{ what, where, refused }]. An attempt that fails for another
 * reason, such as a missing network, does not count as refused: only the browser's own report does, and it must name
 * the lock. It runs in page and worker, so it uses nothing from around it.
 */
function attempt(target, where, mark, patience, urls) {
  const ways = {
    compile: () => new Function(""),
    fetch: (to) => fetch(to, { method: "POST", mode: "no-cors", cache: "no-store", body: "test" }),
    beacon: (to) => navigator.sendBeacon(to, "test"),
    websocket: (to) => new WebSocket(to.replace(/^http/, "ws")),
    events: (to) => new EventSource(to),
    image: (to) => Object.assign(new Image(), { src: to }),
    script: (to) => import(to),
    style: (to) => document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href: to })),
  };
  const tries = Object.entries(urls).map(([what, url]) => {
    const refused = new Promise((resolve) => {
      const place = what === "compile" ? "eval" : url.replace(/^\w+:/, "");
      target.addEventListener("securitypolicyviolation", ({ disposition, originalPolicy, blockedURI }) => {
        const byLock = disposition === "enforce" && originalPolicy.startsWith(mark);
        if (byLock && blockedURI.replace(/^\w+:/, "") === place) resolve(true);
      });
      setTimeout(resolve, patience, false);
    });
    // What it returns or throws does not matter; what the browser reports decides.
    Promise.resolve(url).then(ways[what]).catch(() => {});
    return refused.then((refused) => ({ what, where, refused }));
  });
  return Promise.all(tries);
}

/** The same in a worker that is made for it. */
function tryInWorker(urls) {
  const [mark, list] = [LOCK_MARK, urls].map((value) => JSON.stringify(value));
  const text = `(${attempt})(self, "worker", ${mark}, ${REFUSAL_MS}, ${list}).then((found) => postMessage(found));`;
  const address = URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
  const worker = new Worker(address, { type: "module" });
  return new Promise((resolve) => {
    const end = (found) => {
      worker.terminate();
      URL.revokeObjectURL(address);
      resolve(found);
    };
    const nothing = Object.keys(urls).map((what) => ({ what, where: "worker", refused: false }));
    worker.onmessage = ({ data }) => end(data);
    worker.onerror = () => end(nothing);
    // Longer than the worker itself waits: where it does not even start, nothing is proved.
    setTimeout(end, 2 * REFUSAL_MS, nothing);
  });
}

// Workers --------------------------------------------------------------------------------------------------------------

/**
 * Makes workers out of a blob: they inherit the page's policies, the lock among them, which a worker with an address of
 * its own does not. The blob holds the whole program text, so that a worker starts without asking for anything.
 */
function workerMaker(module, glueText, meter) {
  const init = /export\s*\{[^}]*?([\w$]+)\s+as\s+default\b[^}]*\}/.exec(glueText)?.[1];
  if (!init) throw new Error("the program's JavaScript part has no default export");
  const text = `${glueText}\n;(${workerProgram})(${init}, ${observe}, ${JSON.stringify(LOCK_MARK)});\n`;
  const address = URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
  return () => {
    const worker = new Worker(address, { type: "module", name: "perennial" });
    const { port1, port2 } = new MessageChannel();
    meter.listen(port1);
    worker.postMessage({ module, port: port2 }, [port2]);
    return worker;
  };
}

/**
 * What a worker does first. Messages that come before the program listens wait and lose neither order nor content. The
 * program finds `perennial` there: `newHelper()` makes a worker of this worker that runs the same program, out of the same
 * blob, and `helpersFrom` says for which files.
 */
function workerProgram(init, observe, mark) {
  self.onmessage = async ({ data: { module, port } }) => {
    observe(self, self, 0, mark, (seen) => port.postMessage(seen));
    const newHelper = () => {
      const helper = new Worker(self.location.href, { type: "module", name: "perennial-helper" });
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = ({ data }) => port.postMessage(data);
      helper.postMessage({ module, port: port2 }, [port2]);
      return helper;
    };
    // Bytes of a file from which on they are worth starting: docs/performance.md.
    self.perennial = Object.freeze({ newHelper, helpersFrom: 192e6 });
    const waiting = [];
    const wait = (event) => waiting.push(event);
    self.onmessage = wait;
    try {
      await init({ module_or_path: module });
      if (self.onmessage === wait) throw new Error("The program did not listen for messages.");
      for (const event of waiting) self.onmessage(event);
    } catch (error) {
      // Reaches the page as the worker's onerror.
      self.reportError(error);
    }
  };
}

// ----------------------------------------------------------------------------------------------------------------------

/** The program did not start: says so in the place where it would stand. */
function showProblem(error) {
  console.error(error);
  document.documentElement.dataset.state = "failed";
  const status = document.getElementById("boot-status") ?? document.body.appendChild(document.createElement("p"));
  status.setAttribute("role", "alert");
  status.textContent = `Perennial could not start: ${error.message}. Reload the page; if that does not help, try a current version of Firefox, Chrome, Edge or Safari. Nothing was sent.`;
}
