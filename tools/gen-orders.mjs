// Writes a file of made-up order lines for the benchmark: the same seed and count give the same bytes everywhere.
//   node tools/gen-orders.mjs ROWS FILE
//
// Shaped like a shop's export: three years in order of time, growth and a season, few customers who buy often and many
// who buy once, one to several lines an order, product names with commas in quotes, some letters beyond ASCII, about one
// line in a hundred a return.
import { closeSync, openSync, writeSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { randomFrom } from "./random.mjs";

const HEADER = "order_id,customer_id,order_date,product,category,channel,country,quantity,unit_price\n";
const FIRST_DAY = Date.UTC(2023, 0, 1);
const DAYS = 1096;
const LINES_PER_ORDER = 1.8;

const things = ["Trowel", "Planter", "Seed box", "Apron", "Kettle", "Lantern", "Basket", "Stool", "Blanket", "Jug", "Bench", "Café table"];
const kinds = ["oak", "clay", "linen", "copper", "wool", "glass", "cork", "slate", "beech", "crème", "willow", "tin", "bamboo"];
const sizes = ["small", "large", "set of 4", '12"" wide', "gift wrapped"];
const categories = ["Garden", "Kitchen", "Home", "Outdoor", "Lighting", "Textiles", "Furniture", "Seasonal"];
const channels = ["web", "web", "web", "web", "store", "store", "marketplace", "newsletter", "phone"];
const countries = ["DE", "DE", "DE", "DE", "AT", "AT", "CH", "FR", "NL", "PL", "GB", "SE", "IT"];

const pick = (random, list) => list[Math.floor(random() * list.length)];
const two = (n) => String(n).padStart(2, "0");

function catalogue(random) {
  return Array.from({ length: 1500 }, (_, i) => {
    const name = `${pick(random, things)} of ${pick(random, kinds)} ${two(i % 97)}`;
    const quoted = i % 18 === 5;
    return {
      name: quoted ? `"${name}, ${pick(random, sizes)}"` : name,
      category: categories[i % categories.length],
      cents: 250 + Math.floor(Math.exp(random() * 4) * 300),
    };
  });
}

/** How many orders fall on each day: growth, a strong November and December, busy weekends. */
function calendar(orders) {
  const weights = Array.from({ length: DAYS }, (_, day) => {
    const date = new Date(FIRST_DAY + day * 86_400_000);
    const season = [1, 1, 1, 1.1, 1.15, 1, 0.9, 0.9, 1, 1.05, 1.5, 1.7][date.getUTCMonth()];
    const weekend = date.getUTCDay() % 6 === 0 ? 1.2 : 0.94;
    return (1 + (1.4 * day) / DAYS) * season * weekend;
  });
  const sum = weights.reduce((a, b) => a + b, 0);
  return weights.map((weight) => (orders * weight) / sum);
}

/** Writes so many rows to a file and returns the file's size in bytes. */
export function generate(rows, file, seed = 1907) {
  const random = randomFrom(seed);
  const products = catalogue(random);
  const perDay = calendar(Math.ceil(rows / LINES_PER_ORDER) + 1);
  const buyers = []; // who placed each order so far: who bought often is drawn often
  const homes = [];
  const out = openSync(file, "w");
  let chunk = [HEADER];
  let bytes = 0;
  let written = 0;
  let due = 0;
  const flush = () => {
    bytes += writeSync(out, chunk.join(""));
    chunk = [];
  };
  for (let day = 0; written < rows; day++) {
    due += perDay[Math.min(day, DAYS - 1)];
    const date = new Date(FIRST_DAY + Math.min(day, DAYS - 1) * 86_400_000).toISOString().slice(0, 10);
    for (; due >= 1 && written < rows; due--) {
      const isNew = buyers.length === 0 || random() < 0.34;
      // Who comes back is mostly someone who bought not long ago.
      const from = random() < 0.6 ? Math.floor(0.8 * buyers.length) : 0;
      const back = () => buyers[from + Math.floor(random() * (buyers.length - from))];
      const customer = isNew ? homes.push(pick(random, countries)) - 1 : back();
      buyers.push(customer);
      const second = Math.floor(86_400 * (0.25 + 0.7 * random()));
      const time = `${date} ${two(Math.floor(second / 3600))}:${two(Math.floor(second / 60) % 60)}:${two(second % 60)}`;
      const order = `ORD-${1_000_000 + buyers.length}`;
      const channel = pick(random, channels);
      // 61 803 399 and 100 000 000 have no common factor: every customer gets another number, in no order to be seen.
      const id = `CUST-${String(((customer + 1) * 61_803_399) % 100_000_000).padStart(8, "0")}`;
      do {
        const product = products[Math.floor(products.length * random() ** 1.6)];
        const sign = random() < 0.01 ? "-" : "";
        const quantity = random() < 0.78 ? 1 : 2 + Math.floor(random() * 4);
        const price = (product.cents / 100).toFixed(2);
        chunk.push(`${order},${id},${time},${product.name},${product.category},${channel},${homes[customer]},${sign}${quantity},${price}\n`);
        written += 1;
        if (chunk.length >= 20_000) flush();
      } while (random() < 1 - 1 / LINES_PER_ORDER && written < rows);
    }
  }
  flush();
  closeSync(out);
  return bytes;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [rows, file] = [Number(process.argv[2]), process.argv[3]];
  if (!(rows > 0) || !file) {
    console.error("usage: node tools/gen-orders.mjs ROWS FILE");
    process.exit(2);
  }
  console.log(`${rows} rows, ${(generate(rows, file) / 1e6).toFixed(1)} MB in ${file}`);
}
