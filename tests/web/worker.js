// Stands in for boot.js in tests: a worker that runs the test binary itself and becomes the engine's worker.
export function install() {
  const base = location.origin;
  const text = `
    const early = [];
    self.onmessage = (event) => early.push(event);
    (async () => {
      const glue = await import("${base}/wasm-bindgen-test");
      await glue.default({ module_or_path: "${base}/wasm-bindgen-test_bg.wasm" });
      glue.start_worker();
      for (const event of early) self.onmessage(event);
    })();
  `;
  globalThis.perennial = {
    newWorker: () => new Worker(URL.createObjectURL(new Blob([text], { type: "text/javascript" })), { type: "module" }),
  };
}

let tries = 0;

/** Defines a `window.perennial.newWorker` that can make none. */
export function installBroken() {
  tries = 0;
  globalThis.perennial = {
    newWorker() {
      tries += 1;
      throw new Error("no worker here");
    },
  };
}

/** How often one was to be made. */
export function triesSoFar() {
  return tries;
}
