// Writes made-up files for the views that need more than orders: the same count gives the same bytes everywhere.
//   node tools/gen-beside.mjs FOLDER
//
// Orders of 100,000 customers over two years, of whom all are observed for a year; a file of these customers with eight numbers
// and eight marks of yes and no, some of which have a say in who comes back; 200,000 answers with comments of 15 words on average; and
// 1,000,000 events of six kinds.
import { closeSync, mkdirSync, openSync, writeSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { randomFrom } from "./random.mjs";

const FIRST_DAY = Date.UTC(2024, 0, 1);
const DAYS = 730;

const channels = ["web", "store", "marketplace", "newsletter", "phone"];
const countries = ["DE", "AT", "CH", "FR", "NL", "GB"];
const kinds = ["Visit", "Newsletter opened", "Wish list", "Basket", "Complaint", "Review"];

// Words as they come: the frequent ones of English, then some of a shop, then rare ones that are made up.
const words = (
  "the was and it to my i not very is a of but for with they in on have so order delivery late pots plants broken arrived box " +
  "great good bad love lovely happy never again service price quality packed quickly roots healthy dead wrong colour refund " +
  "reply support thanks disappointed excellent GREAT terrible"
).split(" ");

const below = (random, n) => Math.floor(random() * n);
const day = (after) => new Date(FIRST_DAY + after * 86_400_000).toISOString().slice(0, 10);

/** Writes a header and rows, a part at a time. */
function write(path, header, count, row) {
  const file = openSync(path, "w");
  let part = `${header}\n`;
  for (let at = 0; at < count; at++) {
    part += row(at);
    if (part.length > 1 << 20) {
      writeSync(file, part);
      part = "";
    }
  }
  writeSync(file, part);
  closeSync(file);
}

/** Eight numbers and eight marks, and how much they make a customer come back. */
function traits(random) {
  const numbers = Array.from({ length: 8 }, () => below(random, 12));
  const groups = Array.from({ length: 8 }, () => below(random, 2));
  const pull = numbers.reduce((sum, number, at) => sum + (number - 5.5) * (at - 3.5) * 0.03, 0);
  return { numbers, groups, chance: 1 / (1 + Math.exp(0.5 - pull - (groups[0] === 1 ? 0.8 : 0))) };
}

/** Writes all four files and returns their paths by name. */
export function generate(folder, { customers = 100_000, answers = 200_000, events = 1_000_000 } = {}) {
  mkdirSync(folder, { recursive: true });
  const paths = Object.fromEntries(
    ["orders", "customers", "survey", "events"].map((name) => [name, join(folder, `${name}.csv`)]),
  );
  const random = randomFrom(20);
  const people = Array.from({ length: customers }, () => traits(random));
  let order = 0;
  write(paths.orders, "order_id,customer_id,order_date,amount,channel,country", customers, (who) => {
    const [channel, country] = [channels[below(random, 5)], countries[below(random, 6)]];
    const line = (after) => `B${order++},C${who},${day(after)},${(5 + random() * 95).toFixed(2)},${channel},${country}\n`;
    const first = below(random, DAYS - 366);
    const again = random() < people[who].chance ? line(first + 1 + below(random, 364)) : "";
    // Somebody buys on the last day, so that everybody is observed for a year.
    return line(first) + again + (who === 0 ? line(DAYS - 1) : "");
  });
  const header = ["customer_id", ...people[0].numbers.map((_, at) => `measure_${at}`), ...people[0].groups.map((_, at) => `trait_${at}`)];
  write(paths.customers, header.join(","), customers, (who) => {
    const { numbers, groups } = people[who];
    return `C${who},${numbers.join(",")},${groups.map((group) => ["no", "yes"][group]).join(",")}\n`;
  });
  write(paths.survey, "customer_id,date,nps,comment", answers, () => {
    const score = below(random, 11);
    const said = Array.from({ length: 5 + below(random, 21) }, (_, place) => {
      const rank = Math.floor((below(random, 60) * below(random, 60)) / 60);
      return (words[rank] ?? `word${below(random, 20_000)}`) + (place % 7 === 6 ? "," : "");
    });
    return `C${below(random, customers)},${day(below(random, DAYS))},${score},"${said.join(" ")}${score % 10 === 3 ? " 😡" : "!"}"\n`;
  });
  write(paths.events, "customer_id,date,event", events, () => {
    return `C${below(random, customers)},${day(below(random, DAYS))},${kinds[below(random, kinds.length)]}\n`;
  });
  return paths;
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  if (!process.argv[2]) throw new Error("node tools/gen-beside.mjs FOLDER");
  console.log(generate(process.argv[2]));
}
