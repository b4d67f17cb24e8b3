// The summary with JavaScript's own Maps and Sets, as a careful developer would write it: for parsers that give strings.
import { dayNumber, dayText, monthText } from "./calendar.js";

/** Days of one customer lie this far apart in a number that holds both. */
const DAYS = 32768;
/** Months later of one cohort lie this far apart in a number that holds both. */
const AGES = 1024;

export class Summary {
  #ids = new Map();
  #revenue = [];
  #first = [];
  #last = [];
  #orders = [];
  #days = [];
  /** The customer of each order; the few orders that have more customers than one stand beside. */
  #customerOfOrder = new Map();
  #furtherCustomers = new Set();
  #seenDays = new Set();
  #dayOfText = new Map();
  #monthOfDay = new Map();
  #lastOrder = "";
  #lastCustomer = -1;
  #lastDay = -1;
  #cells = new Map();
  #cents = [];

  add(order, id, date, quantity, price) {
    const customer = this.#customer(id);
    const day = this.#day(date.slice(0, 10));
    this.#revenue[customer] += quantity * price;
    if (customer !== this.#lastCustomer || order !== this.#lastOrder) {
      if (this.#isNew(order, customer)) this.#orders[customer] += 1;
    } else if (day === this.#lastDay) return;
    this.#lastOrder = order;
    this.#lastCustomer = customer;
    this.#lastDay = day;
    if (day < this.#first[customer]) this.#first[customer] = day;
    if (day > this.#last[customer]) this.#last[customer] = day;
    const before = this.#seenDays.size;
    this.#seenDays.add(customer * DAYS + day);
    if (this.#seenDays.size !== before) this.#days[customer] += 1;
  }

  finish() {
    const active = new Set();
    const cohorts = this.#first.map((day) => this.#monthOfDay.get(day));
    for (const key of this.#seenDays) {
      const customer = Math.floor(key / DAYS);
      const month = this.#monthOfDay.get(key % DAYS);
      const before = active.size;
      active.add(customer * DAYS + month);
      if (active.size === before) continue;
      const cell = cohorts[customer] * AGES + (month - cohorts[customer]);
      this.#cells.set(cell, (this.#cells.get(cell) || 0) + 1);
    }
    this.#cents = this.#revenue.map((revenue) => Math.round(revenue * 100));
    let cents = 0;
    let orders = 0;
    for (let i = 0; i < this.#cents.length; i++) {
      cents += this.#cents[i];
      orders += this.#orders[i];
    }
    return { customers: this.#ids.size, orders, cents, cohorts: this.#cellList() };
  }

  verify(checksum) {
    for (const [id, i] of this.#ids) {
      const [first, last] = [dayText(this.#first[i]), dayText(this.#last[i])];
      checksum.customer(id, this.#days[i], first, last, this.#orders[i], this.#cents[i]);
    }
    for (const cell of this.#cellList()) checksum.cell(...cell);
  }

  #customer(id) {
    let customer = this.#ids.get(id);
    if (customer === undefined) {
      customer = this.#ids.size;
      this.#ids.set(id, customer);
      this.#revenue.push(0);
      this.#orders.push(0);
      this.#days.push(0);
      this.#first.push(1e9);
      this.#last.push(-1e9);
    }
    return customer;
  }

  #day(text) {
    let day = this.#dayOfText.get(text);
    if (day === undefined) {
      const [year, month] = [+text.slice(0, 4), +text.slice(5, 7)];
      day = dayNumber(year, month, +text.slice(8, 10));
      this.#dayOfText.set(text, day);
      this.#monthOfDay.set(day, year * 12 + month - 1);
    }
    return day;
  }

  #isNew(order, customer) {
    const known = this.#customerOfOrder.get(order);
    if (known === undefined) {
      this.#customerOfOrder.set(order, customer);
      return true;
    }
    if (known === customer) return false;
    const before = this.#furtherCustomers.size;
    this.#furtherCustomers.add(`${order}\0${customer}`);
    return this.#furtherCustomers.size !== before;
  }

  #cellList() {
    return [...this.#cells].map(([key, count]) => [monthText(Math.floor(key / AGES)), key % AGES, count]);
  }
}

/** The places of the columns that the summary needs, from the header: order, customer, date, quantity, price. */
export function positions(header) {
  return ["order_id", "customer_id", "order_date", "quantity", "unit_price"].map((name) => {
    const at = header.indexOf(name);
    if (at < 0) throw new Error(`no column ${name}`);
    return at;
  });
}
