// Plain JavaScript by hand: no strings and no Maps, bytes into typed arrays, open addressing, exact keys. Any field may be
// quoted; columns are found by the header.
import { dayNumber, dayText, monthText } from "../lib/calendar.js";
import { Keys, Pairs } from "../lib/tables.js";
import { positions } from "../lib/maps.js";
import { pieces } from "../lib/pieces.js";

const PIECE = 4 * 2 ** 20;
const [LF, CR, QUOTE, COMMA, MINUS, POINT, ZERO] = [10, 13, 34, 44, 45, 46, 48];

let summary;

export async function init() {}

export async function run(file) {
  summary = new Summary();
  await pieces(file, "slice:4:2", (piece) => summary.take(piece));
  return summary.finish();
}

export async function verify(checksum) {
  summary.verify(checksum);
}

class Summary {
  #customers = new Keys();
  #orderIds = new Keys();
  #daysSeen = new Pairs();
  #cells = new Map();
  #room = 1 << 16;
  #revenue = new Float64Array(this.#room);
  #first = new Int32Array(this.#room);
  #last = new Int32Array(this.#room);
  #orders = new Int32Array(this.#room);
  #days = new Int32Array(this.#room);
  #cents;
  /** Packed year, month and day, from 1970 to 2225, to day numbers; 0 where not computed yet. */
  #dayCache = new Int32Array(1 << 17);
  #buffer = new Uint8Array(PIECE + (1 << 20));
  #left = 0;
  #places = null;
  #starts = new Int32Array(64);
  #ends = new Int32Array(64);
  #lastOrder = new Uint8Array(64);
  #lastOrderLength = -1;
  #lastCustomer = -1;
  #lastDay = -1;

  /** The next bytes of the file. */
  take(piece) {
    const length = this.#left + piece.length;
    if (length > this.#buffer.length) {
      const larger = new Uint8Array(length * 2);
      larger.set(this.#buffer.subarray(0, this.#left));
      this.#buffer = larger;
    }
    this.#buffer.set(piece, this.#left);
    const done = this.#parse(this.#buffer, length, false);
    this.#buffer.copyWithin(0, done, length);
    this.#left = length - done;
  }

  finish() {
    this.#parse(this.#buffer, this.#left, true);
    this.#countCells();
    const count = this.#customers.count;
    this.#cents = new Float64Array(count);
    let cents = 0;
    let orders = 0;
    for (let i = 0; i < count; i++) {
      this.#cents[i] = Math.round(this.#revenue[i] * 100);
      cents += this.#cents[i];
      orders += this.#orders[i];
    }
    return { customers: count, orders, cents, cohorts: this.#cellList() };
  }

  verify(checksum) {
    const decoder = new TextDecoder();
    for (let i = 0; i < this.#customers.count; i++) {
      const [first, last] = [dayText(this.#first[i]), dayText(this.#last[i])];
      checksum.customer(decoder.decode(this.#customers.key(i)), this.#days[i], first, last, this.#orders[i], this.#cents[i]);
    }
    for (const cell of this.#cellList()) checksum.cell(...cell);
  }

  /** Takes the whole records of bytes[0, length); returns where the first incomplete one begins. */
  #parse(bytes, length, isLast) {
    const starts = this.#starts;
    const ends = this.#ends;
    let at = 0;
    while (at < length) {
      const record = at;
      let fields = 0;
      for (;;) {
        let start = at;
        let end;
        let sign = -1;
        if (bytes[at] === QUOTE && at < length) {
          start = ++at;
          for (;;) {
            while (at < length && bytes[at] !== QUOTE) at++;
            if (at + 1 >= length && !isLast) return record;
            if (at + 1 >= length || bytes[at + 1] !== QUOTE) break;
            at += 2;
          }
          end = at++;
          if (at < length) sign = bytes[at];
        } else {
          while (at < length && (sign = bytes[at]) !== COMMA && sign !== LF) at++;
          if (at >= length) {
            if (!isLast) return record;
            sign = -1;
          }
          end = at;
          if (sign === LF && end > start && bytes[end - 1] === CR) end--;
        }
        starts[fields] = start;
        ends[fields] = end;
        fields++;
        at++;
        if (sign !== COMMA) break;
      }
      if (this.#places) {
        if (fields > 1) this.#row(bytes);
      } else {
        const decoder = new TextDecoder();
        const names = [];
        for (let i = 0; i < fields; i++) names.push(decoder.decode(bytes.subarray(starts[i], ends[i])));
        this.#places = positions(names);
      }
    }
    return length;
  }

  /** The record whose cells `#starts` and `#ends` tell. */
  #row(bytes) {
    const [orderAt, customerAt, dateAt, quantityAt, priceAt] = this.#places;
    const starts = this.#starts;
    const ends = this.#ends;
    const day = this.#day(bytes, starts[dateAt]);
    let customer = this.#customers.find(bytes, starts[customerAt], ends[customerAt], 0);
    if (customer < 0) {
      customer = ~customer;
      if (customer >= this.#room) this.#widen();
      this.#first[customer] = day;
      this.#last[customer] = day;
    }
    this.#revenue[customer] +=
      number(bytes, starts[quantityAt], ends[quantityAt]) * number(bytes, starts[priceAt], ends[priceAt]);
    const [start, end] = [starts[orderAt], ends[orderAt]];
    const same = customer === this.#lastCustomer && this.#isLastOrder(bytes, start, end);
    if (!same) {
      if (this.#orderIds.find(bytes, start, end, customer) < 0) this.#orders[customer]++;
      this.#lastOrderLength = end - start <= 64 ? end - start : -1;
      for (let i = 0; i < this.#lastOrderLength; i++) this.#lastOrder[i] = bytes[start + i];
    }
    if (!same || day !== this.#lastDay) {
      if (day < this.#first[customer]) this.#first[customer] = day;
      if (day > this.#last[customer]) this.#last[customer] = day;
      if (this.#daysSeen.add(customer, day)) this.#days[customer]++;
    }
    this.#lastCustomer = customer;
    this.#lastDay = day;
  }

  #isLastOrder(bytes, start, end) {
    if (end - start !== this.#lastOrderLength) return false;
    for (let i = 0; i < this.#lastOrderLength; i++) if (this.#lastOrder[i] !== bytes[start + i]) return false;
    return true;
  }

  #day(bytes, at) {
    const digits = (from) => (bytes[at + from] - ZERO) * 10 + bytes[at + from + 1] - ZERO;
    const [year, month, day] = [digits(0) * 100 + digits(2), digits(5), digits(8)];
    const key = (year - 1970) * 512 + month * 32 + day;
    if (key < 0 || key >= this.#dayCache.length) return dayNumber(year, month, day);
    return (this.#dayCache[key] ||= dayNumber(year, month, day));
  }

  #widen() {
    this.#room *= 2;
    const wider = (list) => {
      const longer = new list.constructor(this.#room);
      longer.set(list);
      return longer;
    };
    this.#revenue = wider(this.#revenue);
    this.#first = wider(this.#first);
    this.#last = wider(this.#last);
    this.#orders = wider(this.#orders);
    this.#days = wider(this.#days);
  }

  #countCells() {
    const months = new Map();
    const monthOf = (day) => {
      let month = months.get(day);
      if (month === undefined) {
        const date = new Date(day * 864e5);
        month = date.getUTCFullYear() * 12 + date.getUTCMonth();
        months.set(day, month);
      }
      return month;
    };
    const active = new Pairs();
    this.#daysSeen.each((customer, day) => {
      const month = monthOf(day);
      if (!active.add(customer, month)) return;
      const cohort = monthOf(this.#first[customer]);
      const cell = cohort * 1024 + month - cohort;
      this.#cells.set(cell, (this.#cells.get(cell) || 0) + 1);
    });
  }

  #cellList() {
    return [...this.#cells].map(([key, count]) => [monthText(Math.floor(key / 1024)), key % 1024, count]);
  }
}

/** A plain decimal number; NaN where there is anything else. */
function number(bytes, start, end) {
  const isNegative = bytes[start] === MINUS;
  let value = 0;
  let scale = 1;
  let inFraction = false;
  for (let i = isNegative ? start + 1 : start; i < end; i++) {
    const digit = bytes[i] - ZERO;
    if (bytes[i] === POINT) inFraction = true;
    else if (digit >= 0 && digit <= 9) {
      value = value * 10 + digit;
      if (inFraction) scale *= 10;
    } else return NaN;
  }
  return (isNegative ? -value : value) / scale;
}
