//! The data sets with reference results, read with the cleaning rules that the references were computed with.

use std::collections::BTreeMap;
use std::fs::File;
use std::path::PathBuf;

use perennial::ledger::build::Row;
use perennial::ledger::{Ledger, LedgerBuilder};
use perennial::math::{Day, Money};
use serde_json::Value;

/// A data set and where it and its reference results lie.
pub struct Set {
    pub name: &'static str,
    data: PathBuf,
    expected: PathBuf,
}

/// What a row of a data set says.
struct Entry {
    customer: String,
    day: Day,
    second: Option<u32>,
    amount: Money,
    order: Option<String>,
}

type Record = BTreeMap<String, String>;

/// All data sets that are there: CDNOW with the project, the others where they are laid beside the checkout.
pub fn sets() -> Vec<Set> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let fixtures = root.join("tests/fixtures");
    let mut sets = vec![Set {
        name: "cdnow_sample",
        data: fixtures.join("cdnow_sample_log.csv"),
        expected: fixtures.join("expected"),
    }];
    let oracle = root.join("../shared/oracle");
    for (name, file) in [
        ("apparel", "apparel_transactions.csv"),
        ("online_retail_sample", "online_retail_2010_2011_sample.csv"),
        ("olist_10k", "olist_orders_10k.csv"),
    ] {
        let data = oracle.join("data").join(file);
        if data.exists() {
            sets.push(Set { name, data, expected: oracle.join("expected") });
        } else {
            println!("{name} is not beside this checkout (../shared/oracle): not compared");
        }
    }
    sets
}

impl Set {
    /// Whether its file tells orders apart by an id or a time; if not, a day is a purchase.
    pub fn tells_orders_apart(&self) -> bool {
        matches!(self.name, "online_retail_sample" | "olist_10k")
    }

    /// The rows that the references count, as a ledger.
    pub fn ledger(&self) -> Ledger {
        let mut builder = LedgerBuilder::new(Vec::new(), self.name == "olist_10k");
        for record in records(&self.data) {
            let entry = match self.name {
                "online_retail_sample" => online_retail(&record),
                "olist_10k" => olist(&record),
                _ => Some(dated(&record)),
            };
            if let Some(Entry { customer, day, second, amount, order }) = &entry {
                let (order, dimensions) = (order.as_deref(), &[][..]);
                assert!(builder.push(Row {
                    customer,
                    day: *day,
                    second: *second,
                    amount: amount.0,
                    order,
                    dimensions
                }));
            }
        }
        builder.finish()
    }

    /// The records of a reference table, in the order of customers.
    pub fn table(&self, kind: &str, suffix: &str) -> Vec<Record> {
        records(&self.expected.join(format!("{kind}_{}{suffix}.csv", self.name)))
    }

    /// A reference document.
    pub fn json(&self, kind: &str) -> Value {
        let path = self.expected.join(format!("{kind}_{}.json", self.name));
        serde_json::from_reader(File::open(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))).unwrap()
    }
}

fn records(path: &PathBuf) -> Vec<Record> {
    let mut reader = csv::Reader::from_path(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    reader.deserialize().map(Result::unwrap).collect()
}

/// Every row; some amounts of the clothing shop are written with the noise of floats (118.22999999999999).
fn dated(record: &Record) -> Entry {
    let (day, amount) = (record["date"].parse().unwrap(), cents(number(record, "spend")));
    Entry { customer: record["customer_id"].clone(), day, second: None, amount, order: None }
}

/// Rows with a customer, a quantity and a price above zero; an order is a customer at a timestamp.
fn online_retail(record: &Record) -> Option<Entry> {
    let quantity: i64 = record["Quantity"].parse().unwrap();
    let price: Money = record["UnitPrice"].parse().unwrap();
    if record["CustomerID"].is_empty() || quantity <= 0 || price <= Money::ZERO {
        return None;
    }
    let (day, second) = timestamp(&record["InvoiceDate"]);
    let amount = Money(quantity * price.0);
    Some(Entry { customer: record["CustomerID"].clone(), day, second: Some(second), amount, order: None })
}

/// Delivered orders with items; the customer is the person, not the order's own customer id.
fn olist(record: &Record) -> Option<Entry> {
    if record["order_status"] != "delivered" || record["item_total"].is_empty() {
        return None;
    }
    let (day, second) = timestamp(&record["order_purchase_timestamp"]);
    Some(Entry {
        customer: record["customer_unique_id"].clone(),
        day,
        second: Some(second),
        amount: cents(number(record, "item_total")),
        order: Some(record["order_id"].clone()),
    })
}

/// `2010-12-01 08:45:00` as a day and the second of it.
fn timestamp(text: &str) -> (Day, u32) {
    let (day, time) = text.split_once(' ').unwrap();
    let second = time.split(':').fold(0, |sum, part| sum * 60 + part.parse::<u32>().unwrap());
    (day.parse().unwrap(), second)
}

/// A number of a reference, as floats are written there.
pub fn number(record: &Record, column: &str) -> f64 {
    record[column].parse().unwrap()
}

/// A reference's float sum of money, as the exact amount that it stands for: sums of cents.
pub fn cents(value: f64) -> Money {
    Money((value * 100.0).round() as i64 * 100)
}

/// Asserts that two numbers agree to 1e-9 of their size.
#[track_caller]
pub fn assert_close(ours: f64, theirs: f64, what: &str) {
    let tolerance = 1e-9 * theirs.abs().max(1e-3);
    assert!((ours - theirs).abs() <= tolerance, "{what}: {ours} is not {theirs}");
}
