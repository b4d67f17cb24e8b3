// Recorded runs as tables in Markdown, and what is wanted of the page beside what was measured.
import { PEERS, WANTED } from "../peers.mjs";

const FLOOR = "w0-byob4";
const RIVAL = "duckdb-wasm";
const APP = "perennial";

const whole = (value) => (Number.isFinite(value) ? Math.round(value).toLocaleString("en-GB") : "");
const ratio = (value) => (Number.isFinite(value) ? (value >= 10 ? value.toFixed(1) : value.toFixed(2)) : "");

export function median(values) {
  const sorted = values.filter(Number.isFinite).sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** The runs of one size, by peer. */
class Size {
  constructor(runs) {
    this.runs = runs;
    [{ size: this.name, rows: this.rows, bytes: this.bytes }] = runs;
    this.names = [...new Set(runs.map((run) => run.peer))];
    this.checksum = mostFrequent(runs.map((run) => run.checksum).filter(Boolean));
  }

  of(peer) {
    return this.runs.filter((run) => run.peer === peer && !run.error);
  }

  median(peer, value) {
    return median(this.of(peer).map((run) => (value === "memory" ? run.peak - run.idle : run[value])));
  }
}

function mostFrequent(values) {
  const count = (value) => values.filter((other) => other === value).length;
  return [...new Set(values)].sort((a, b) => count(b) - count(a))[0];
}

/** A section for each size among the runs. */
export function sections(runs) {
  return [...new Set(runs.map((run) => run.size))]
    .map((name) => section(new Size(runs.filter((run) => run.size === name))))
    .join("\n\n");
}

function section(size) {
  const kind = size.name.endsWith("-shuffled") ? ", in random order" : "";
  const order = (name) => [PEERS[name].command ? 1 : 0, PEERS[name].floor ? 0 : 1, size.median(name, "ms") || Infinity];
  const names = [...size.names].sort((a, b) => {
    const [x, y] = [order(a), order(b)];
    const at = x.findIndex((value, i) => value !== y[i]);
    return at < 0 ? 0 : x[at] - y[at];
  });
  return [
    `### ${whole(size.rows)} rows${kind}, ${(size.bytes / 1e6).toFixed(1)} MB`,
    "",
    "| | what it is | runs | ms | range | × the floor | DuckDB-Wasm takes × as long | CPU ms | memory MB | longest task ms | checksum |",
    "| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | --- |",
    ...names.map((name) => line(size, name)),
    ...appLine(size),
    ...wantedLines(size),
  ].join("\n");
}

function line(size, name) {
  const runs = size.of(name);
  const about = `| ${name === APP ? `**${name}**` : name} | ${PEERS[name].about} | ${runs.length} |`;
  if (!runs.length) return `${about} ${size.runs.find((run) => run.peer === name).error} | | | | | | | |`;
  const times = runs.map((run) => run.ms);
  const ms = size.median(name, "ms");
  const range = `${whole(Math.min(...times))} to ${whole(Math.max(...times))}`;
  const cells = [
    name === APP ? `**${whole(ms)}**` : whole(ms),
    range,
    ratio(ms / size.median(FLOOR, "ms")),
    PEERS[name].floor ? "" : ratio(size.median(RIVAL, "ms") / ms),
    whole(size.median(name, "cpu")),
    whole(size.median(name, "memory")),
    whole(size.median(name, "task")),
    agreement(size, runs),
  ];
  return `${about} ${cells.join(" | ")} |`;
}

function agreement(size, runs) {
  if (!runs[0].checksum) return "";
  return runs.every((run) => run.checksum === size.checksum) ? "agrees" : `differs: ${runs[0].checksum}`;
}

/** Where the time of the page goes. */
function appLine(size) {
  if (!size.of(APP).length) return [];
  const [review, ms, painted] = ["review", "ms", "painted"].map((value) => size.median(APP, value));
  const above = median(size.of(APP).map((run) => run.peak - run.empty));
  return [
    "",
    `Perennial: ${whole(review)} ms to the review, when all is read; ${whole(ms)} ms to the report on the page; ${whole(painted)} ms ` +
      `until it is painted. Above its own empty page it took ${whole(above)} MB.`,
  ];
}

function wantedLines(size) {
  const wanted = WANTED[size.name] ?? [];
  if (!wanted.length || !size.of(APP).length) return [];
  return [
    "",
    "| wanted of the page | | measured | |",
    "| --- | ---: | ---: | --- |",
    ...wanted.map((one) => wantedLine(size, one)).filter(Boolean),
  ];
}

function wantedLine(size, { times, over, value, atLeast, atMost, below }) {
  const own = size.median(APP, value ?? "ms");
  const measured = times ? size.median(times, "ms") / own : over ? own / size.median(over, "ms") : own;
  if (!Number.isFinite(measured)) return null;
  const what = times ? `times as fast as ${times}` : over ? `times as long as ${over}` : NAMES[value];
  const bound = atLeast ? `at least ${atLeast}` : atMost ? `at most ${atMost}` : `below ${below}`;
  const isReached = atLeast ? measured >= atLeast : atMost ? measured <= atMost : measured < below;
  const missing = atLeast ? atLeast / measured : measured / (atMost ?? below);
  const shown = value ? whole(measured) : ratio(measured);
  return `| ${what} | ${bound} | ${shown} | ${isReached ? "reached" : `missed by a factor of ${ratio(missing)}`} |`;
}

const NAMES = { memory: "memory above the blank page, MB", task: "longest task of the page's own thread, ms" };
