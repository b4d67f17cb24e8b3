// What the summary is, as one value that all peers must agree on. Computed when the clock has stopped.
//
// Per customer `id|purchase days|first day|last day|orders|cents`, per cohort cell `cohort|months later|customers`; the sum
// of the CRC-32 of each, modulo 2^32, so that no order matters. The text is the two sums, and then plainly the customers,
// the orders and the cents.
const TABLE = new Uint32Array(256);
for (let n = 0; n < 256; n++) {
  let c = n;
  for (let bit = 0; bit < 8; bit++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  TABLE[n] = c;
}
const encoder = new TextEncoder();
const bytes = new Uint8Array(4096);

function crc32(text) {
  const { written } = encoder.encodeInto(text, bytes);
  let c = 0xffffffff;
  for (let i = 0; i < written; i++) c = TABLE[(c ^ bytes[i]) & 255] ^ (c >>> 8);
  return (c ^ 0xffffffff) >>> 0;
}

export class Checksum {
  #customers = { sum: 0, count: 0, orders: 0, cents: 0 };
  #cells = 0;

  /** A customer: id, distinct days with a purchase, first and last of them (YYYY-MM-DD), distinct orders, revenue. */
  customer(id, days, first, last, orders, cents) {
    const all = this.#customers;
    all.sum = (all.sum + crc32(`${id}|${days}|${first}|${last}|${orders}|${cents}`)) >>> 0;
    all.count += 1;
    all.orders += orders;
    all.cents += cents;
  }

  /** Of the customers of a cohort (YYYY-MM), how many bought so many months later. */
  cell(cohort, later, customers) {
    this.#cells = (this.#cells + crc32(`${cohort}|${later}|${customers}`)) >>> 0;
  }

  toString() {
    const hex = (value) => value.toString(16).padStart(8, "0");
    const { sum, count, orders, cents } = this.#customers;
    return `${hex(sum)}-${hex(this.#cells)}-${count}-${orders}-${cents}`;
  }
}
