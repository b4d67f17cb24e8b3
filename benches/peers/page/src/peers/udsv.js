// uDSV, incremental: the File's stream through a TextDecoderStream, piece by piece into Maps.
import { inferSchema, initParser } from "udsv";
import { Summary, positions } from "../lib/maps.js";

let summary;

export async function init() {}

export async function run(file) {
  summary = new Summary();
  let parser = null;
  let order, customer, date, quantity, price;
  const take = (cells) => summary.add(cells[order], cells[customer], cells[date], +cells[quantity], +cells[price]);
  const reader = file.stream().pipeThrough(new TextDecoderStream()).getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    if (!parser) {
      const schema = inferSchema(value, { encl: '"' });
      [order, customer, date, quantity, price] = positions(schema.cols.map((column) => column.name));
      parser = initParser(schema);
    }
    parser.chunk(value, parser.stringArrs, take);
  }
  parser.end();
  return summary.finish();
}

export async function verify(checksum) {
  summary.verify(checksum);
}
