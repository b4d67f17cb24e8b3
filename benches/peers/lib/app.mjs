// The released page as a person meets it: opened, given a file, the stop at the review passed by a press at once.
import { readFileSync } from "node:fs";
import { Checksum } from "../page/src/lib/checksum.js";

/** Opens the page; resolves to the ms until it has mounted and hears its worker. */
export async function open(page, address) {
  const began = Date.now();
  await page.goto(address);
  await page.waitForFunction(
    () => window.perennial && !document.getElementById("first-paint") && document.documentElement.dataset.state === "empty",
  );
  const ms = Date.now() - began;
  await page.evaluate(watch);
  return ms;
}

/** Gives the file; resolves to `ms` (the report is back on the page), `review` and `painted`, and the longest `task`. */
export async function run(page, path) {
  await page.getByTestId("file-input").setInputFiles(path);
  return page.evaluate(() => window.measured);
}

/** Runs in the page: resolves `measured` once results are painted. */
function watch() {
  const root = document.documentElement;
  const now = () => performance.now();
  const times = { review: null, ms: null, painted: null, task: 0 };
  let began = null;
  const input = document.querySelector("[data-testid=file-input]");
  input.addEventListener("change", () => (began = now()), { capture: true });
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) {
      if (began !== null && startTime + duration > began) times.task = Math.max(times.task, duration);
    }
  }).observe({ type: "longtask" });
  window.measured = new Promise((resolve, reject) => {
    const look = () => {
      const { state } = root.dataset;
      if (state === "failed") return reject(new Error(document.querySelector("main").innerText));
      if (state === "review") {
        times.review ??= now() - began;
        document.querySelector("[data-testid=analyse]")?.click();
      }
      if (state !== "ready" || times.ms !== null) return;
      times.ms = now() - began;
      observer.disconnect();
      // In the second frame from now on the first one has been painted. Long tasks are reported a moment after they end.
      requestAnimationFrame(() =>
        requestAnimationFrame(() => {
          times.painted = now() - began;
          setTimeout(() => resolve(times), 200);
        }),
      );
    };
    const observer = new MutationObserver(look);
    observer.observe(root, { attributes: true, childList: true, subtree: true });
  });
}

/** The checksum, from what the page exports: customers as CSV and the report. */
export async function verify(page) {
  const checksum = new Checksum();
  const [header, ...lines] = (await saved(page, "export-customers")).trimEnd().split("\n");
  const names = header.split(",");
  const columns = ["customer", "frequency", "first_purchase", "last_purchase", "purchases", "revenue"].map((name) => {
    const at = names.indexOf(name);
    if (at < 0) throw new Error(`the customers' CSV has no column ${name}`);
    return at;
  });
  for (const line of lines) {
    // The ids of the benchmark's files need no quotes.
    const cells = line.split(",");
    const [id, frequency, first, last, purchases, revenue] = columns.map((column) => cells[column]);
    checksum.customer(id, Number(frequency) + 1, first, last, Number(purchases), cents(revenue));
  }
  const report = JSON.parse(await saved(page, "save-report"));
  for (const { cohort, active } of report.retention.cohorts) {
    active.forEach((customers, later) => customers > 0 && checksum.cell(cohort, later, customers));
  }
  const { customers, purchases, revenue } = report.totals;
  const totals = `-${customers}-${purchases}-${cents(revenue)}`;
  if (!checksum.toString().endsWith(totals)) throw new Error(`the report's totals, ${totals}, are not those of its customers`);
  return checksum.toString();
}

/** Money as the report writes it, in cents. */
const cents = (money) => Math.round(Number(money) * 100);

/** What an entry of the menu "Save or export" saves. */
async function saved(page, entry) {
  await page.getByRole("button", { name: "Save or export" }).first().click();
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByTestId(entry).click()]);
  return readFileSync(await download.path(), "utf8");
}
