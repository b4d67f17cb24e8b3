// Arquero: the whole text at once, then its own verbs.
import * as aq from "arquero";
import { dayText, monthText } from "../lib/calendar.js";

const DAY = 864e5;
const text = (cell) => cell;
const none = () => null;
const number = (cell) => +cell;
const parse = {
  order_id: text,
  customer_id: text,
  order_date: (cell) => Date.parse(cell.slice(0, 10)) / DAY,
  product: none,
  category: none,
  channel: none,
  country: none,
  quantity: number,
  unit_price: number,
};
const monthOf = aq.escape((row) => {
  const date = new Date(row.order_date * DAY);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
});

let customers;
let cells;

export async function init() {}

export async function run(file) {
  const orders = aq
    .fromCSV(await file.text(), { parse })
    .select("order_id", "customer_id", "order_date", "quantity", "unit_price")
    .derive({ revenue: (d) => d.quantity * d.unit_price, month: monthOf });
  customers = orders
    .groupby("customer_id")
    .rollup({
      days: (d) => aq.op.distinct(d.order_date),
      first: (d) => aq.op.min(d.order_date),
      last: (d) => aq.op.max(d.order_date),
      revenue: (d) => aq.op.sum(d.revenue),
      orders: (d) => aq.op.distinct(d.order_id),
      cohort: (d) => aq.op.min(d.month),
    })
    .derive({ cents: (d) => aq.op.round(d.revenue * 100) })
    .reify();
  cells = orders
    .select("customer_id", "month")
    .dedupe()
    .join(customers.select("customer_id", "cohort"), "customer_id")
    .groupby("cohort", "month")
    .count()
    .reify();
  const totals = customers
    .rollup({ customers: () => aq.op.count(), cents: (d) => aq.op.sum(d.cents), orders: (d) => aq.op.sum(d.orders) })
    .object();
  return { ...totals, cohorts: cellList() };
}

export async function verify(checksum) {
  for (const row of customers.objects({ limit: Infinity })) {
    checksum.customer(row.customer_id, row.days, dayText(row.first), dayText(row.last), row.orders, row.cents);
  }
  for (const cell of cellList()) checksum.cell(...cell);
}

const cellList = () =>
  cells.objects({ limit: Infinity }).map((row) => [monthText(row.cohort), row.month - row.cohort, row.count]);
