// How far wasm can go: the program of native/, which computes the summary and nothing else, for wasm32 with simd128.
import { dayText, monthText } from "../lib/calendar.js";
import { pieces } from "../lib/pieces.js";

/** Bytes of a customer: revenue (f64), first and last day (i32), orders and days (u32). */
const CUSTOMER = 24;
/** Bytes of a cohort cell: month, months later, customers (i32 each). */
const CELL = 12;

let wasm;

export async function init() {
  const { instance } = await WebAssembly.instantiateStreaming(fetch(new URL("../vendor/probe.wasm", import.meta.url)), {});
  wasm = instance.exports;
}

export async function run(file, { how }) {
  wasm.start();
  await pieces(file, how, (piece) => {
    const at = wasm.space(piece.length);
    new Uint8Array(wasm.memory.buffer, at, piece.length).set(piece);
    wasm.consume();
  });
  wasm.finish();
  const view = customers();
  let cents = 0;
  let orders = 0;
  for (let at = 0; at < view.byteLength; at += CUSTOMER) {
    cents += centsAt(view, at);
    orders += ordersAt(view, at);
  }
  return { customers: wasm.customers(), orders, cents, cohorts: cells() };
}

export async function verify(checksum) {
  wasm.export_ids();
  const offsets = new Uint32Array(wasm.memory.buffer, wasm.id_offsets(), wasm.customers() + 1);
  const ids = new Uint8Array(wasm.memory.buffer, wasm.id_bytes());
  const decoder = new TextDecoder();
  const view = customers();
  for (let i = 0, at = 0; at < view.byteLength; i++, at += CUSTOMER) {
    const id = decoder.decode(ids.subarray(offsets[i], offsets[i + 1]));
    const [first, last] = [view.getInt32(at + 8, true), view.getInt32(at + 12, true)];
    const days = view.getUint32(at + 20, true);
    checksum.customer(id, days, dayText(first), dayText(last), ordersAt(view, at), centsAt(view, at));
  }
  for (const cell of cells()) checksum.cell(...cell);
}

const customers = () => new DataView(wasm.memory.buffer, wasm.customers_at(), wasm.customers() * CUSTOMER);
const centsAt = (view, at) => Math.round(view.getFloat64(at, true) * 100);
const ordersAt = (view, at) => view.getUint32(at + 16, true);

/** The cohort cells: cohort, months later, customers. */
function cells() {
  const view = new DataView(wasm.memory.buffer, wasm.cells_at(), wasm.cells() * CELL);
  const all = [];
  for (let at = 0; at < view.byteLength; at += CELL) {
    all.push([monthText(view.getInt32(at, true)), view.getInt32(at + 4, true), view.getInt32(at + 8, true)]);
  }
  return all;
}
