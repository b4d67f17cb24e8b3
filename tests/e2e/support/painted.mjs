// How long a change takes until what it changed is painted. Runs in the page: `page.evaluate(watch)`, once.

/**
 * Puts `changeTo(change, needs)` on the window, which resolves to { painted, task } when what the change changed is painted:
 * the time of the last frame that did, and the longest that the page's own thread was busy meanwhile, in ms. The change is an
 * address, or { label, value } of a select. What `needs` selects has to stand there with text in it; until then it is not over.
 */
export function watch() {
  const root = document.documentElement;
  const now = () => performance.now();
  let task = 0;
  let last = now();
  const channel = new MessageChannel();
  // The longest that a message to the page had to wait: the browser reports long tasks only from 50 ms on.
  channel.port1.onmessage = () => {
    task = Math.max(task, now() - last);
    setTimeout(() => {
      last = now();
      channel.port2.postMessage(0);
    }, 0);
  };
  channel.port2.postMessage(0);

  const make = (change) => {
    if (typeof change === "string") return void (location.hash = change);
    const label = [...document.querySelectorAll("main label")].find((label) => label.innerText.trim() === change.label);
    const select = label.control;
    select.value = change.value;
    select.dispatchEvent(new Event("change", { bubbles: true }));
  };

  window.changeTo = (change, needs = "h1") =>
    new Promise((resolve, reject) => {
      const main = document.querySelector("main");
      const before = main.innerText;
      let painted = 0;
      let waiting = 0;
      const busy = () => root.dataset.state !== "ready" || main.querySelector("[aria-busy=true]");
      const observer = new MutationObserver(() => {
        waiting += 1;
        requestAnimationFrame(() => {
          // After the frame: a message sent while it is made is heard once it is.
          const frame = new MessageChannel();
          frame.port1.onmessage = () => {
            painted = now();
            waiting -= 1;
            frame.port1.close();
          };
          frame.port2.postMessage(0);
        });
      });
      observer.observe(main, { childList: true, subtree: true, characterData: true, attributes: true });
      const began = now();
      task = 0;
      make(change);
      const look = () => {
        const there = main.querySelector(needs)?.innerText.trim() && main.innerText !== before;
        const quiet = painted && !waiting && !busy() && now() - painted > 250;
        if (!(quiet && there) && now() - began < 30_000) return setTimeout(look, 50);
        observer.disconnect();
        const name = JSON.stringify(change);
        if (!quiet) return reject(new Error(`${name}: no end`));
        if (!there) return reject(new Error(`${name}: nothing changed, or no ${needs}`));
        resolve({ painted: painted - began, task });
      };
      look();
    });
}
