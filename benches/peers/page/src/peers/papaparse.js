// Papa Parse streams the File in its own pieces of 10 MB, in `chunk` mode and without objects (its fast setting), into Maps.
import Papa from "papaparse";
import { Summary, positions } from "../lib/maps.js";

let summary;

export async function init() {}

export function run(file) {
  summary = new Summary();
  let places = null;
  return new Promise((resolve, reject) => {
    Papa.parse(file, {
      header: false,
      skipEmptyLines: true,
      delimiter: ",",
      chunk: ({ data }) => {
        let row = 0;
        if (!places) {
          places = positions(data[0]);
          row = 1;
        }
        const [order, customer, date, quantity, price] = places;
        for (; row < data.length; row++) {
          const cells = data[row];
          summary.add(cells[order], cells[customer], cells[date], +cells[quantity], +cells[price]);
        }
      },
      complete: () => resolve(summary.finish()),
      error: reject,
    });
  });
}

export async function verify(checksum) {
  summary.verify(checksum);
}
