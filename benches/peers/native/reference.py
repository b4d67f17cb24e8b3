"""The summary by DuckDB or Polars, natively: python reference.py duckdb|polars THREADS FILE prints one line of JSON.

The clock runs from the query to the finished tables; importing and the checksum stand outside of it.
"""

import json
import os
import resource
import sys
import time
import zlib


def peak_mb():
    """The most memory so far. ru_maxrss would be that of the process before exec, too."""
    with open("/proc/self/status") as status:
        return int(next(line for line in status if line.startswith("VmHWM")).split()[1]) / 1024


def cpu_ms():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return (usage.ru_utime + usage.ru_stime) * 1000


class Checksum:
    """The same as in page/src/lib/checksum.js."""

    def __init__(self):
        self.customers = self.cells = self.count = self.orders = self.cents = 0

    def customer(self, customer, days, first, last, orders, cents):
        text = f"{customer}|{days}|{first}|{last}|{orders}|{cents}"
        self.customers = (self.customers + zlib.crc32(text.encode())) & 0xFFFFFFFF
        self.count += 1
        self.orders += orders
        self.cents += cents

    def cell(self, cohort, later, customers):
        self.cells = (self.cells + zlib.crc32(f"{cohort}|{later}|{customers}".encode())) & 0xFFFFFFFF

    def __str__(self):
        return f"{self.customers:08x}-{self.cells:08x}-{self.count}-{self.orders}-{self.cents}"


NAMES = ["order_id", "customer_id", "order_date", "product", "category", "channel", "country", "quantity", "unit_price"]


def with_duckdb(threads, path):
    import duckdb

    connection = duckdb.connect()
    connection.execute(f"SET threads={threads}")
    kinds = {"order_date": "TIMESTAMP", "quantity": "INTEGER", "unit_price": "DOUBLE"}
    columns = {name: kinds.get(name, "VARCHAR") for name in NAMES}

    def run():
        source = f"""read_csv('{path}', header=true, delim=',', quote='"', escape='"', auto_detect=false, columns={columns})"""
        connection.execute(
            f"""CREATE TABLE orders AS
            SELECT customer_id, order_id, CAST(order_date AS DATE) AS day, sum(quantity * unit_price) AS revenue
            FROM {source} GROUP BY ALL"""
        )
        connection.execute(
            """CREATE TABLE customers AS
            SELECT customer_id, count(DISTINCT day) AS days, min(day) AS first, max(day) AS last,
                CAST(round(sum(revenue) * 100) AS BIGINT) AS cents, count(DISTINCT order_id) AS orders
            FROM orders GROUP BY 1"""
        )
        connection.execute(
            """CREATE TABLE cohorts AS
            SELECT strftime(date_trunc('month', first), '%Y-%m') AS cohort,
                datediff('month', date_trunc('month', first), month) AS later, count(*) AS customers
            FROM (SELECT DISTINCT customer_id, date_trunc('month', day) AS month FROM orders)
            JOIN customers USING (customer_id) GROUP BY ALL"""
        )
        connection.execute("SELECT count(*), sum(orders), sum(cents) FROM customers").fetchall()
        return connection.execute("SELECT * FROM cohorts").fetchall()

    def customers():
        query = """SELECT customer_id, days, strftime(first, '%Y-%m-%d'), strftime(last, '%Y-%m-%d'), orders, cents
            FROM customers"""
        return connection.execute(query).fetchall()

    return run, lambda cells: (customers(), cells)


def with_polars(threads, path):
    os.environ["POLARS_MAX_THREADS"] = str(threads)
    import polars as pl

    schema = {name: pl.String for name in NAMES} | {"quantity": pl.Int32, "unit_price": pl.Float64}
    month = lambda column: pl.col(column).dt.truncate("1mo")

    def run():
        orders = (
            pl.scan_csv(path, schema=schema)
            .select(
                "customer_id",
                "order_id",
                pl.col("order_date").str.slice(0, 10).str.to_date("%Y-%m-%d").alias("day"),
                (pl.col("quantity") * pl.col("unit_price")).alias("revenue"),
            )
            .collect()
        )
        customers = (
            orders.lazy()
            .group_by("customer_id")
            .agg(
                pl.col("day").n_unique().alias("days"),
                pl.col("day").min().alias("first"),
                pl.col("day").max().alias("last"),
                pl.col("order_id").n_unique().alias("orders"),
                (pl.col("revenue").sum() * 100).round().cast(pl.Int64).alias("cents"),
            )
            .collect()
        )
        years = pl.col("month").dt.year() - pl.col("cohort").dt.year()
        months = pl.col("month").dt.month().cast(pl.Int32) - pl.col("cohort").dt.month().cast(pl.Int32)
        cells = (
            orders.lazy()
            .select("customer_id", month("day").alias("month"))
            .unique()
            .join(customers.lazy().select("customer_id", month("first").alias("cohort")), on="customer_id")
            .group_by("cohort", (years * 12 + months).alias("later"))
            .agg(pl.len().alias("customers"))
            .collect()
        )
        customers.select(pl.len(), pl.col("orders").sum(), pl.col("cents").sum())
        return customers, cells

    def texts(result):
        customers, cells = result
        day = lambda column: pl.col(column).dt.to_string("%Y-%m-%d")
        rows = customers.select("customer_id", "days", day("first"), day("last"), "orders", "cents")
        return rows.iter_rows(), cells.with_columns(pl.col("cohort").dt.to_string("%Y-%m")).iter_rows()

    return run, texts


def main():
    engine, threads, path = sys.argv[1], int(sys.argv[2]), sys.argv[3]
    run, texts = {"duckdb": with_duckdb, "polars": with_polars}[engine](threads, path)
    idle, cpu, began = peak_mb(), cpu_ms(), time.perf_counter()
    result = run()
    measured = {"ms": (time.perf_counter() - began) * 1000, "cpu": cpu_ms() - cpu, "idle": idle, "peak": peak_mb()}
    checksum = Checksum()
    customers, cells = texts(result)
    for customer in customers:
        checksum.customer(*customer)
    for cell in cells:
        checksum.cell(*cell)
    print(json.dumps(measured | {"checksum": str(checksum)}))


main()
