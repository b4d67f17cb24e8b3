// What is measured. A peer of the browser is { module, mode, options }: a module of page/src/peers, in a worker or on the page;
// a native one is { command }. `floor` marks what only reads.
import { join } from "node:path";
import { here, python, target } from "./lib/paths.mjs";

const probe = join(target, "release/perennial-probe");
const reference = join(here, "native/reference.py");
const worker = (module, options = {}) => ({ module, mode: "worker", options });
const floor = (how) => ({ ...worker("floor", { how }), floor: true });

export const PEERS = {
  "w0-byob4": { ...floor("byob:4"), about: "reads the bytes, no more" },
  "w0-slice4x2": { ...floor("slice:4:2"), about: "the same, by slices" },
  "w0-stream": { ...floor("stream"), about: "the same, by the default stream" },
  perennial: { app: true, about: "the released page" },
  "wasm-proto2": { ...worker("probe", { how: "byob:1" }), about: "this one summary and nothing else, wasm" },
  jsbytes: { ...worker("jsbytes"), about: "JavaScript over bytes, by hand" },
  "duckdb-wasm": { module: "duckdb", mode: "page", options: {}, about: "DuckDB-Wasm 1.32, in its own worker" },
  udsv: { ...worker("udsv"), about: "uDSV 0.7 and Maps" },
  papaparse: { ...worker("papaparse"), about: "Papa Parse 5.7 and Maps" },
  arquero: { ...worker("arquero"), about: "Arquero 8" },
  "native-read": { command: [probe, "read", "{file}"], floor: true, about: "natively: reads the bytes, no more" },
  "native-probe": { command: [probe, "summary", "{file}"], about: "natively: the same code as wasm-proto2" },
  "native-polars-1t": { command: [python, reference, "polars", "1", "{file}"], about: "natively: Polars 2.1, one thread" },
  "native-polars-2t": { command: [python, reference, "polars", "2", "{file}"], about: "natively: Polars 2.1, two threads" },
  "native-duckdb-1t": { command: [python, reference, "duckdb", "1", "{file}"], about: "natively: DuckDB 2.0, one thread" },
  "native-duckdb-2t": { command: [python, reference, "duckdb", "2", "{file}"], about: "natively: DuckDB 2.0, two threads" },
};

const inBrowser = ["wasm-proto2", "jsbytes", "duckdb-wasm", "udsv", "papaparse", "arquero"];

/** Names for several peers, written @name. */
export const GROUPS = {
  floor: Object.keys(PEERS).filter((name) => PEERS[name].floor),
  core: ["w0-byob4", ...inBrowser, "native-duckdb-1t", "native-polars-2t"],
  native: Object.keys(PEERS).filter((name) => PEERS[name].command),
  all: Object.keys(PEERS),
};

/** What is measured of each size where nothing else is said. */
export const PLAN = {
  "1m": { peers: "@core,perennial", reps: 5 },
  "5m": { peers: "w0-byob4,wasm-proto2,duckdb-wasm,perennial,native-duckdb-1t", reps: 3 },
  "5m-shuffled": { peers: "w0-byob4,wasm-proto2,duckdb-wasm,perennial", reps: 3 },
};

/** What is wanted of the page: that a value is at most so much, or another tool's time so many times its own. */
export const WANTED = {
  "1m": [
    { times: "duckdb-wasm", atLeast: 5 },
    { over: "w0-byob4", atMost: 1.7 },
    { times: "native-duckdb-1t", atLeast: 2.5 },
    { value: "memory", atMost: 100 },
    { value: "task", below: 50 },
  ],
  "5m": [
    { times: "duckdb-wasm", atLeast: 6 },
    { over: "w0-byob4", atMost: 1.7 },
    { times: "native-duckdb-1t", atLeast: 2.5 },
    { value: "memory", atMost: 300 },
    { value: "task", below: 50 },
  ],
  "5m-shuffled": [
    { times: "duckdb-wasm", atLeast: 1.5 },
    { value: "task", below: 50 },
  ],
};

/** The peers that a list of names and groups stands for, each once. */
export function named(list) {
  const names = list.split(",").flatMap((name) => (name.startsWith("@") ? (GROUPS[name.slice(1)] ?? [name]) : [name]));
  for (const name of names) if (!PEERS[name]) throw new Error(`'${name}' is no peer: ${Object.keys(PEERS).join(", ")}`);
  return [...new Set(names)];
}
