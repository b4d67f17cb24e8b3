//! The report as JSON, lists as CSV that is safe to open in a spreadsheet.

use super::Report;
use super::build::Analysis;
use super::csv::csv;
use super::customers::{self, CustomerQuery};
use super::prospect::Expected;
use super::risk::{AtRisk, Risk};
use crate::math::Money;
use crate::math::money::{Derived, SCALE};
use crate::wire;

/// The names of the columns of [`customers_csv`].
const CUSTOMER_COLUMNS: [&str; 25] = [
    "customer",
    "purchases",
    "revenue",
    "first_purchase",
    "last_purchase",
    "frequency",
    "recency_days",
    "observed_days",
    "monetary_value",
    "days_since_last",
    "usual_gap_days",
    "r",
    "f",
    "m",
    "rfm_group",
    "value_tier",
    "lifecycle_stage",
    "p_alive",
    "expected_purchases_12m",
    "expected_purchases_12m_low",
    "expected_purchases_12m_high",
    "value_12m",
    "value_12m_low",
    "value_12m_high",
    "due_by",
];

/// The report as indented JSON with a line break at the end; the same report gives the same bytes.
pub fn json(report: &Report) -> String {
    let mut text = wire::json(report);
    text.push('\n');
    text
}

/// The names of the columns of [`at_risk_csv`].
const AT_RISK_COLUMNS: [&str; 9] = [
    "customer",
    "recoverable",
    "p_alive",
    "purchase_days",
    "last_purchase",
    "due",
    "days_overdue",
    "purchase_value",
    "state",
];

/// An estimate to the cent: more would say that it is exact.
fn cents(amount: Derived) -> String {
    Money(libm::round(amount.0 * 100.0) as i64 * (SCALE / 100)).to_string()
}

/// A decimal of four places, as money is.
fn decimal(value: f64) -> String {
    Money(libm::round(value * SCALE as f64) as i64).to_string()
}

/// Those at risk, or lost, as CSV, the most to recover first.
pub fn at_risk_csv(risk: &Risk) -> String {
    let cells = |row: &AtRisk| {
        [
            row.customer.clone(),
            cents(row.recoverable),
            decimal(row.alive),
            row.purchase_days.to_string(),
            row.last.to_string(),
            row.due.to_string(),
            row.overdue_days.to_string(),
            cents(row.value),
            row.state.name().to_owned(),
        ]
    };
    csv(&AT_RISK_COLUMNS, risk.list.iter().map(cells))
}

/// All customers that match a query, in its order, as CSV; its offset and limit do not count. What is expected of them stands
/// behind, where it is known: in the order of numbers.
pub fn customers_csv(analysis: &Analysis, query: &CustomerQuery, expected: &[Expected]) -> String {
    let all = CustomerQuery { offset: 0, limit: u32::MAX, ..query.clone() };
    let score = |score: u8| if score > 0 { score.to_string() } else { String::new() };
    let rows = customers::page(analysis, &all).rows.into_iter().map(|row| {
        let ahead = expected.binary_search_by_key(&row.number, |one| one.number).ok().map(|at| {
            let Expected { alive, purchases: [mean, low, high], value, due, .. } = expected[at];
            let [value, least, most] = value.map(cents);
            [decimal(alive), decimal(mean), decimal(low), decimal(high), value, least, most, due.to_string()]
        });
        let own = [
            row.customer,
            row.purchases.to_string(),
            row.revenue.to_string(),
            row.first.to_string(),
            row.last.to_string(),
            row.frequency.to_string(),
            row.recency.to_string(),
            row.observed.to_string(),
            row.monetary_value.0.to_string(),
            row.days_since.to_string(),
            row.usual_gap.map(|gap| gap.to_string()).unwrap_or_default(),
            score(row.rfm.0),
            score(row.rfm.1),
            score(row.rfm.2),
            row.group,
            row.tier,
            row.stage,
        ];
        own.into_iter().chain(ahead.unwrap_or_default()).collect::<Vec<String>>()
    });
    csv(&CUSTOMER_COLUMNS, rows)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measures::tests::ledger;
    use crate::report::Settings;
    use crate::report::build::{Context, analyse};

    #[test]
    fn customers_come_as_csv_that_reads_back() {
        let rows = [("=cmd|'/C calc'!A0", "2024-01-01", 5), ("say \"hi\", twice", "2024-01-02", 7)];
        let analysis = analyse(&ledger(&rows), &Settings::default(), Context::default());
        let text = customers_csv(&analysis, &CustomerQuery { limit: 1, ..CustomerQuery::default() }, &[]);
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        assert_eq!(reader.headers().unwrap(), &CUSTOMER_COLUMNS[..]);
        let cells: Vec<_> = reader.records().map(|record| record.unwrap()).collect();
        assert_eq!((&cells[0][0], &cells[0][2], &cells[1][0]), ("say \"hi\", twice", "7.00", "'=cmd|'/C calc'!A0"));
    }

    #[test]
    fn the_json_reads_back() {
        let rows = [("a", "2024-01-01", 5), ("a", "2024-03-01", 7), ("b", "2024-02-01", 1)];
        let report = analyse(&ledger(&rows), &Settings::default(), Context::default()).report;
        assert_eq!(json(&report), serde_json::to_string_pretty(&*report).unwrap() + "\n");
        let read: Report = serde_json::from_str(&json(&report)).unwrap();
        assert_eq!((&read.months, &read.retention.cohorts), (&report.months, &report.retention.cohorts));
        assert_eq!((read.totals.aov, read.period), (report.totals.aov, report.period));
    }
}
