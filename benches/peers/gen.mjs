// Writes the files that the peers read: the same bytes on every machine.
//   node gen.mjs 1m 5m 5m-shuffled
//
// Order lines over three years (2022 to 2024) in order of time, with growth, a weekly rhythm and a season; about 1.8 lines
// an order; customers by preferential attachment (Yule-Simon), two thirds of whom buy once. In 5 % of the rows the product
// is quoted and holds a comma, in some a doubled quote or letters beyond ASCII; 1 % of the lines come late, away from their
// order, so that nothing may rely on lines of an order standing together. `-shuffled` is the same file, its rows in random
// order.
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, writeFileSync, writeSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { data } from "./lib/paths.mjs";

const SIZES = { "10k": 1e4, "100k": 1e5, "1m": 1e6, "5m": 5e6, "10m": 1e7 };
const SEED = 7;
const HEADER = "order_id,customer_id,order_date,product,category,channel,country,quantity,unit_price\n";
const FIRST_DAY = Date.UTC(2022, 0, 1) / 864e5;
const DAYS = 1096;
const PRODUCTS = 2000;
/** Of the orders, how many are those of new customers. */
const NEW = 0.36;
/** After each line of an order, how likely one more is. */
const ONE_MORE = 0.4444;

const adjectives = (
  "Classic Organic Handmade Vintage Premium Compact Everyday Nordic Café Eco Ultralight Señorita Deluxe Minimal Über Rustic"
).split(" ");
const materials = "Linen Ceramic Oak Steel Cotton Merino Glass Leather Bamboo Cork Copper Walnut".split(" ");
const nouns = "Mug Apron Throw Backpack Notebook Lamp Kettle Candle Planter Tote Skillet Pillow Tray Scarf Stool".split(" ");
const variants = ["Large", "Small", "Set of 4", "Gift Boxed"];
const categories = "Kitchen Home Apparel Outdoor Stationery Lighting Garden Accessories".split(" ");
const channels = "web web web web mobile mobile mobile store marketplace email".split(" ");
const countries = "US US US US GB GB DE DE FR CA AU NL SE ES IT JP".split(" ");

/** A generator of random numbers in [0, 1) (sfc32), so that the file depends on nothing but the seed. */
function randomFrom(seed) {
  let [a, b, c, d] = [seed | 0, 0x9e3779b9 | 0, 0x243f6a88 | 0, 1];
  const next = () => {
    const t = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + t;
    c |= 0;
    return (t >>> 0) / 2 ** 32;
  };
  for (let i = 0; i < 20; i++) next();
  return next;
}

const padded = (number, width) => String(number).padStart(width, "0");

function productsBy(random) {
  const one = (list) => list[(random() * list.length) | 0];
  return Array.from({ length: PRODUCTS }, (_, i) => {
    const name = `${one(adjectives)} ${one(materials)} ${one(nouns)} ${padded((random() * 1000) | 0, 3)}`;
    let cell = name;
    if (i % 20 === 7) cell = i % 200 === 107 ? `"${name}, 12"" wide"` : `"${name}, ${one(variants)}"`;
    return { cell, category: categories[i % categories.length], cents: 300 + Math.floor(Math.exp(random() * 4.2) * 250) };
  });
}

/** How much of all trade falls on each day. */
function weights() {
  const weights = Array.from({ length: DAYS }, (_, day) => {
    const date = new Date((FIRST_DAY + day) * 864e5);
    const [month, weekday] = [date.getUTCMonth(), date.getUTCDay()];
    const season = month === 10 ? 1.5 : month === 11 ? 1.7 : 1;
    const week = weekday === 0 || weekday === 6 ? 1.2 : 0.95;
    return (1 + (1.6 * day) / DAYS) * season * week;
  });
  return { weights, sum: weights.reduce((sum, weight) => sum + weight, 0) };
}

/** Writes lines in large pieces. */
class Writer {
  bytes = 0;
  rows = 0;
  #lines = [HEADER];
  #file;

  constructor(path) {
    this.#file = openSync(path, "w");
  }

  line(line) {
    this.rows++;
    if (this.#lines.push(line) >= 20_000) this.#flush();
  }

  close() {
    this.#flush();
    closeSync(this.#file);
  }

  #flush() {
    const piece = Buffer.from(this.#lines.join(""));
    this.bytes += piece.length;
    for (let at = 0; at < piece.length; ) at += writeSync(this.#file, piece, at);
    this.#lines = [];
  }
}

function generate(path, rows) {
  const random = randomFrom(SEED * 7919 + rows);
  const products = productsBy(random);
  const trade = weights();
  const expected = Math.ceil(rows / 1.8) * 1.01 + 50;
  const customerOf = new Int32Array(Math.ceil(expected * 1.3) + 1000);
  const countryOf = [];
  const writer = new Writer(path);
  const late = [];
  let orders = 0;
  let carried = 0;

  const customer = () => {
    if (orders === 0 || random() < NEW) return countryOf.push((random() * countries.length) | 0) - 1;
    if (random() < 0.5) return customerOf[(random() * orders) | 0];
    return customerOf[orders - 1 - ((random() * Math.min(orders, 1 + orders * 0.2)) | 0)];
  };
  const emit = (line) => {
    writer.line(line);
    while (late.length && late[0].at <= writer.rows && writer.rows < rows) writer.line(late.shift().line);
  };
  /** An order's lines; whether the file is full. */
  const order = (date, second) => {
    const buyer = customer();
    customerOf[orders] = buyer;
    const id = `O-${10_000_001 + orders++}`;
    // One to one on eight digits: every customer has another number, in no order to be seen.
    const customerId = `C-${padded(((buyer + 1) * 61_803_399) % 100_000_000, 8)}`;
    const time = `${padded((second / 3600) | 0, 2)}:${padded(((second / 60) | 0) % 60, 2)}:${padded(second % 60, 2)}`;
    const channel = channels[(random() * channels.length) | 0];
    let isFirst = true;
    do {
      const product = products[Math.floor(PRODUCTS * Math.pow(random(), 1.5))];
      const quantity = random() < 0.75 ? 1 : 1 + ((random() * 4) | 0) + 1;
      const cents = random() < 0.15 ? Math.round(product.cents * 0.8) : product.cents;
      const country = countries[countryOf[buyer]];
      const line = `${id},${customerId},${date} ${time},${product.cell},${product.category},${channel},${country},${quantity},${(cents / 100).toFixed(2)}\n`;
      if (!isFirst && random() < 0.022) late.push({ at: writer.rows + 50 + ((random() * 5000) | 0), line });
      else emit(line);
      isFirst = false;
      if (writer.rows >= rows) return true;
    } while (random() < ONE_MORE);
    return false;
  };

  for (let day = 0, isFull = false; !isFull; day++) {
    // What rounding leaves over stays on the last day.
    const on = Math.min(day, DAYS - 1);
    carried += (expected * trade.weights[on]) / trade.sum;
    const seconds = new Float64Array(Math.floor(carried));
    carried -= seconds.length;
    for (let i = 0; i < seconds.length; i++) {
      seconds[i] = Math.floor(86_400 * Math.min(0.9999999, (random() + random() + random()) / 3));
    }
    const date = new Date((FIRST_DAY + on) * 864e5).toISOString().slice(0, 10);
    for (const second of seconds.sort()) if ((isFull = order(date, second))) break;
  }
  writer.close();
  return { rows: writer.rows, bytes: writer.bytes };
}

/** The same rows in random order (Fisher-Yates). No cell holds a line end. */
function shuffle(from, path, rows) {
  const text = readFileSync(from);
  const offsets = new Float64Array(rows + 1);
  let at = text.indexOf(10) + 1;
  const header = text.subarray(0, at);
  for (let i = 0; i < rows; i++) {
    offsets[i] = at;
    at = text.indexOf(10, at) + 1;
  }
  offsets[rows] = at;
  const order = Uint32Array.from({ length: rows }, (_, i) => i);
  const random = randomFrom(SEED);
  for (let i = rows - 1; i > 0; i--) {
    const other = Math.floor(random() * (i + 1));
    [order[i], order[other]] = [order[other], order[i]];
  }
  const out = Buffer.allocUnsafe(text.length);
  let to = header.copy(out);
  for (const row of order) to += text.copy(out, to, offsets[row], offsets[row + 1]);
  writeFileSync(path, out);
  return { rows, bytes: to };
}

/** The file of a size, written if it is not there: { path, rows, bytes }. */
export function orders(size) {
  const base = size.replace(/-shuffled$/, "");
  const rows = SIZES[base];
  if (!rows) throw new Error(`'${size}' is not one of ${Object.keys(SIZES).join(", ")}, or one of them and -shuffled`);
  const path = join(data, `orders-${size}.csv`);
  const about = join(data, `orders-${size}.json`);
  if (!existsSync(about)) {
    mkdirSync(data, { recursive: true });
    // A file that was only begun is never taken for a whole one: it gets its name at the end.
    const begun = `${path}.begun`;
    const made = base === size ? generate(begun, rows) : shuffle(orders(base).path, begun, rows);
    renameSync(begun, path);
    writeFileSync(about, `${JSON.stringify(made)}\n`);
  }
  return { path, ...JSON.parse(readFileSync(about, "utf8")) };
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  for (const size of process.argv.slice(2)) console.log(orders(size).path);
}
