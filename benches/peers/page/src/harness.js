// The page in which a peer is measured: ?peer=NAME&mode=worker|main, and the peer's own options.
//
// A peer is a module with `init(options)`, `run(file, options)` and `verify(checksum)`. The runner calls
// `bench.init()`, gives the file to #file, calls `bench.run()` and, when the clock has stopped, `bench.verify()`.
import { Checksum } from "./lib/checksum.js";

const options = Object.fromEntries(new URLSearchParams(location.search));
const tasks = [];
new PerformanceObserver((list) => {
  for (const { startTime, duration } of list.getEntries()) tasks.push({ end: startTime + duration, duration });
}).observe({ type: "longtask", buffered: true });

const longest = (from) => Math.max(0, ...tasks.filter((task) => task.end > from).map((task) => task.duration));
/** Long tasks are reported a moment after they end. */
const reported = () => new Promise((resolve) => setTimeout(resolve, 200));

/** A peer in a dedicated worker, with the same three functions. */
async function inWorker(name) {
  const worker = new Worker(`dist/${name}.worker.js`, { type: "module" });
  const waiting = new Map();
  let calls = 0;
  await new Promise((resolve, reject) => {
    worker.onerror = (event) => reject(new Error(`worker: ${event.message}`));
    worker.onmessage = ({ data }) => {
      if (data.ready) return resolve();
      const { fulfil, fail } = waiting.get(data.call);
      waiting.delete(data.call);
      if (data.error) fail(new Error(data.error));
      else fulfil(data.value);
    };
  });
  const call = (what, file) =>
    new Promise((fulfil, fail) => {
      waiting.set(++calls, { fulfil, fail });
      worker.postMessage({ call: calls, what, file, options });
    });
  return { init: () => call("init"), run: (file) => call("run", file), verify: () => call("verify") };
}

async function onPage(name) {
  const peer = await import(new URL(`${name}.js`, import.meta.url));
  return {
    init: () => peer.init(options),
    run: (file) => peer.run(file, options),
    verify: async () => {
      const checksum = new Checksum();
      await peer.verify(checksum);
      return checksum.toString();
    },
  };
}

let peer;
window.bench = {
  /** Loads and compiles the peer; resolves to how long it took, in ms. */
  async init() {
    const began = performance.now();
    peer = await (options.mode === "worker" ? inWorker : onPage)(options.peer);
    await peer.init();
    return performance.now() - began;
  },
  /** The file at #file to the summary: ms, and the longest task of the page's own thread meanwhile. */
  async run() {
    const [file] = document.getElementById("file").files;
    const began = performance.now();
    await peer.run(file);
    const ms = performance.now() - began;
    await reported();
    return { ms, task: longest(began) };
  },
  /** The checksum of the summary; none where there is only a floor to measure. */
  verify: () => peer.verify(),
};
