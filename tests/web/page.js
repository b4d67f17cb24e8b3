// Stands in for boot.js where components are mounted: the worker computes nothing, it writes down what it is asked.
let sent = [];

/**
 * The page as it was just opened: no address, a silent worker, and a language in which dates and numbers are known.
 * Gives the place for a piece; what a test that failed has left behind is taken away.
 */
export function open() {
  sent = [];
  document.getElementById("piece")?.remove();
  history.replaceState(null, "", location.pathname + location.search);
  Object.defineProperty(navigator, "language", { value: "en-US", configurable: true });
  const worker = () => ({ postMessage: (message) => sent.push(written(message)), terminate() {} });
  globalThis.perennial = { newWorker: worker };
  const place = document.createElement("div");
  place.id = "piece";
  place.style.width = "640px";
  document.body.append(place);
  return place;
}

/** A message as text; of a file that is its name and size. */
export function written(message) {
  return JSON.stringify(message, (_, value) => (value instanceof File ? `${value.name}, ${value.size} bytes` : value));
}

/** What was sent to the worker since this was asked last. */
export function takeSent() {
  return sent.splice(0);
}

export function fire(element, type) {
  element.dispatchEvent(new Event(type, { bubbles: true }));
}

export function press(element, key) {
  element.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
}

/** A frame, after which sizes have been observed. */
export function frame() {
  return new Promise((done) => requestAnimationFrame(() => done()));
}
