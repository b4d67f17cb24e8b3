// The files that the tests drop, and what must come out of them.
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

export const root = resolve(dirname(fileURLToPath(import.meta.url)), "../../..");
export const dist = join(root, "dist");

/** Reference data beside the checkout; not every clone has it. */
const shared = process.env.PERENNIAL_SHARED ?? resolve(root, "../shared");
export const beside = (path) => (existsSync(join(shared, path)) ? join(shared, path) : null);

export const file = (name, text) => ({ name, mimeType: "text/csv", buffer: Buffer.from(text) });

/** A made-up workbook: 120 orders of 32 customers (9,652.32 in all), a sheet of notes, a hidden sheet. */
export const workbook = join(root, "tests/fixtures/orders.xlsx");

/**
 * The CDNOW sample (Fader & Hardie): no order numbers and no times, so that a purchase is a customer's day. Figures from
 * the oracle's metrics_cdnow_sample.json, computed with pandas and DuckDB.
 */
export const cdnow = {
  path: join(root, "tests/fixtures/cdnow_sample_log.csv"),
  totals: { customers: 2357, purchases: 6696, revenue: "244091.94", aov: 36.45339605734767, repeat_rate: 0.4832414085702163 },
  gini: 0.6309171170162412,
  rows: 6919,
};

/** The Online Retail sample, as it is and cleaned as the oracle cleans it: rows with a customer, a quantity and a price. */
export function onlineRetail() {
  const path = beside("oracle/data/online_retail_2010_2011_sample.csv");
  const metrics = beside("oracle/expected/metrics_online_retail_sample.json");
  if (!path || !metrics) return null;
  const text = readFileSync(path, "utf8");
  const [header, ...rows] = parseCsv(text);
  const at = (name) => header.indexOf(name);
  const kept = rows.filter((row) => row[at("CustomerID")] && Number(row[at("Quantity")]) > 0 && Number(row[at("UnitPrice")]) > 0);
  const line = (row) => row.map((cell) => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(",");
  return {
    path,
    rows: rows.length,
    withoutCustomer: rows.filter((row) => !row[at("CustomerID")]).length,
    cleaned: file("online_retail_cleaned.csv", [header, ...kept].map(line).join("\n") + "\n"),
    expected: JSON.parse(readFileSync(metrics, "utf8")),
  };
}

/** Orders under names that nobody planned for; of the two columns of numbers, the likelier one is not the amount. */
export const unplanned = {
  file: file(
    "till-roll.txt",
    [
      "kol_a;kol_b;kol_c;kol_d",
      "Kim;2026-01-03;12,50;7",
      "Robin;2026-01-05;8,00;3",
      "Kim;2026-02-07;20,25;9",
      "Sasha;2026-02-11;5,75;1",
      "Robin;2026-03-13;30,00;4",
      "Kim;2026-03-17;11,00;2",
    ].join("\n") + "\n",
  ),
  roles: { kol_a: "Customer", kol_b: "Date", kol_c: "Not used", kol_d: "Amount" },
  totals: { customers: 3, purchases: 6, revenue: "26.00" },
};

/** Reads CSV (RFC 4180). */
export function parseCsv(text) {
  const rows = [];
  let row = [];
  let cell = "";
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (quoted) {
      if (c !== '"') cell += c;
      else if (text[i + 1] === '"') (cell += c), i++;
      else quoted = false;
    } else if (c === '"') quoted = true;
    else if (c === "," || c === "\n") {
      row.push(cell);
      cell = "";
      if (c === "\n") {
        rows.push(row);
        row = [];
      }
    } else if (c !== "\r") cell += c;
  }
  if (cell || row.length) rows.push([...row, cell]);
  return rows;
}
