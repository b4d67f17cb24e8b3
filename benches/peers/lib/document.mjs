// The section of docs/performance.md that `make peers` writes; the rest of the file is left as it is.
import { readFileSync, writeFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import { join } from "node:path";
import { root } from "./paths.mjs";

const file = join(root, "docs/performance.md");
const HEADING = "## Beside other tools";
const BEGIN = "<!-- Written by `make peers`, up to the next such line. -->";
const END = "<!-- Up to here. -->";

/** Where and when: the version, the browser, the machine and the date of the last of the runs. */
export function circumstances({ version, browser, at }) {
  const model = cpus()[0].model.replace(/\s+/g, " ").trim();
  const memory = Math.round(totalmem() / 2 ** 30);
  return `Perennial ${version}, ${browser}, ${cpus().length} x ${model}, ${memory} GiB, ${at.slice(0, 10)}.`;
}

/** Puts the text between the marks, under a heading of its own where there are none yet. */
export function write(text) {
  const document = readFileSync(file, "utf8");
  const [begin, end] = [document.indexOf(BEGIN), document.indexOf(END)];
  const own = `${BEGIN}\n\n${text}\n\n${END}`;
  const whole =
    begin >= 0 && end > begin
      ? document.slice(0, begin) + own + document.slice(end + END.length)
      : `${document.trimEnd()}\n\n${HEADING}\n\n${own}\n`;
  writeFileSync(file, whole);
}
