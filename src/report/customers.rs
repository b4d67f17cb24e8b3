//! The table of all customers and the page of one, asked for piece by piece: with 100,000 customers they would make
//! every message of the report heavy.

use serde::{Deserialize, Serialize};

use super::build::Analysis;
use crate::ledger::DimensionColumn;
use crate::ledger::purchases::{Merger, Order};
use crate::ledger::visits::gaps;
use crate::math::money::Derived;
use crate::math::order::{self, Keyed};
use crate::math::stats::quantile;
use crate::math::{Day, Money};
use crate::measures::Shown;
use crate::report::engagement::CustomerHealth;
use crate::segments::rfm::{GONE_QUIET, Scores};
use crate::segments::{Family, dimensions};
use crate::text;

/// A customer in the table: the per-customer summary (definitions.md section 5) and the segments.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CustomerRow {
    /// The id as written in the file.
    pub customer: String,
    /// Place in the order of ids of the whole file: the customer\'s address in the page, which tells nothing of the id.
    pub number: u32,
    /// Purchases.
    pub purchases: u32,
    /// Net revenue.
    pub revenue: Money,
    /// First purchase.
    pub first: Day,
    /// Last purchase.
    pub last: Day,
    /// Distinct purchase days minus 1.
    pub frequency: u32,
    /// Days from the first to the last purchase.
    pub recency: u32,
    /// Days from the first purchase to the end of the period (T).
    pub observed: u32,
    /// Mean revenue of the repeat purchase days; 0 without any.
    pub monetary_value: Derived,
    /// Days from the last purchase to the end of the period.
    pub days_since: u32,
    /// Median gap between this customer's purchase days; nothing with one only.
    pub usual_gap: Option<f64>,
    /// The RFM scores, 1 to 5 each; 0 where customers are too few to be ranked.
    pub rfm: (u8, u8, u8),
    /// Key of the named RFM group; empty where customers are too few to be ranked.
    pub group: String,
    /// Key of the value tier; empty likewise.
    pub tier: String,
    /// Key of the lifecycle stage.
    pub stage: String,
    /// What winning them cost and what is left after it, where the costs of their channel are known for the day of their
    /// first purchase.
    pub cost: Option<CustomerCost>,
}

/// What winning a customer cost, and what is left after it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct CustomerCost {
    /// The channel that they came by.
    pub channel: String,
    /// What winning one costs there: CAC.
    pub cac: Derived,
    /// CRV so far: the revenue of the period, times the margin where one is set, minus CAC.
    pub left: Derived,
}

/// What the table can be sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SortKey {
    /// Net revenue.
    #[default]
    Revenue,
    /// The id; numbers by value where all ids are whole numbers, else byte by byte.
    Customer,
    /// Purchases.
    Purchases,
    /// First purchase.
    First,
    /// Last purchase.
    Last,
    /// Mean revenue of the repeat purchase days.
    MonetaryValue,
}

/// Which rows of the table are wanted.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct CustomerQuery {
    /// Part of the id, in any case; all where empty.
    pub search: String,
    /// Only one segment: family and name, of RFM also the name of groups that are asked for as one ([`GONE_QUIET`]).
    pub segment: Option<(String, String)>,
    /// Column to sort by; ties by customer id.
    pub sort: SortKey,
    /// Smallest first.
    pub ascending: bool,
    /// Rows to skip.
    pub offset: u32,
    /// Rows wanted.
    pub limit: u32,
}

/// The rows wanted, and how many there are.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct CustomerPage {
    /// The query answered.
    pub query: CustomerQuery,
    /// Customers that match.
    pub total: u64,
    /// The rows from `offset` on.
    pub rows: Vec<CustomerRow>,
}

/// One customer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CustomerDetail {
    /// The row of the table.
    pub row: CustomerRow,
    /// Purchases and refunds, oldest first.
    pub events: Vec<CustomerEvent>,
    /// How well they are, and how that is judged.
    pub health: Option<CustomerHealth>,
    /// Place by revenue among all customers, 1 = largest.
    pub rank: u64,
    /// All customers.
    pub customers: u64,
    /// The value of each dimension at the first purchase: name and value.
    pub dimensions: Vec<(String, String)>,
}

/// A purchase, or a refund.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CustomerEvent {
    /// The day.
    pub day: Day,
    /// Net amount; below zero for a refund.
    pub amount: Money,
    /// Whether it counts as a purchase.
    pub purchase: bool,
    /// Lines of the file behind it.
    pub rows: u32,
    /// Dimension values of its first line, in the order of the report's dimensions.
    pub dimensions: Vec<String>,
}

/// The row of a customer with a purchase; `families` begin with RFM, value and lifecycle.
pub(super) fn row(shown: Shown<'_>, scores: &Scores, families: &[Family], customer: usize) -> CustomerRow {
    let summary = shown.summary;
    let group = |family: usize| families.get(family).map_or("", |family| family.group_of(customer)).to_owned();
    let mut gaps: Vec<f64> = gaps(shown.visits.of_customer(customer)).map(f64::from).collect();
    order::sort_by(&mut gaps, f64::total_cmp);
    CustomerRow {
        customer: shown.id(customer).to_owned(),
        number: shown.visits.customers[customer],
        purchases: summary.purchases[customer],
        revenue: Money(summary.revenue[customer]),
        first: summary.first[customer],
        last: summary.last[customer],
        frequency: summary.frequency[customer],
        recency: summary.recency[customer],
        observed: summary.t[customer],
        monetary_value: Derived(summary.monetary_value(customer)),
        days_since: summary.days_since(customer),
        usual_gap: quantile(&gaps, 0.5),
        rfm: (scores.recency[customer], scores.frequency[customer], scores.monetary[customer]),
        group: group(0),
        tier: group(1),
        stage: group(2),
        cost: None,
    }
}

/// The rows that a query wants.
pub fn page(analysis: &Analysis, query: &CustomerQuery) -> CustomerPage {
    let mut found = matching(analysis, query);
    let total = found.len() as u64;
    let start = (query.offset as usize).min(found.len());
    let end = start.saturating_add(query.limit as usize).min(found.len());
    order::sort_smallest(&mut found, end);
    let rows = found[start..end].iter().map(|&(_, customer)| analysis.customer_row(customer as usize)).collect();
    CustomerPage { query: query.clone(), total, rows }
}

/// The customers that match, each behind a key whose order is the one wanted.
fn matching(analysis: &Analysis, query: &CustomerQuery) -> Vec<Keyed> {
    let summary = &analysis.summary;
    let key = |c: usize| match query.sort {
        SortKey::Revenue => summary.revenue[c],
        SortKey::Customer => c as i64,
        SortKey::Purchases => i64::from(summary.purchases[c]),
        SortKey::First => i64::from(summary.first[c].0),
        SortKey::Last => i64::from(summary.last[c].0),
        // Never below zero, and the bits of such floats are in the order of their values.
        SortKey::MonetaryValue => summary.monetary_value(c).to_bits() as i64,
    };
    let search = text::lower(&query.search);
    let groups = query.segment.as_ref().map(|(family, name)| {
        let names = match (family.as_str(), name.as_str()) {
            ("rfm", key) if key == GONE_QUIET.key => Vec::from(GONE_QUIET.groups),
            (_, name) => vec![name],
        };
        names.into_iter().filter_map(|name| analysis.members(family, name)).collect::<Vec<_>>()
    });
    let wanted = |c: usize| {
        groups.as_ref().is_none_or(|groups| groups.iter().any(|(family, place)| family.members[c] == *place))
            && contains(analysis.shown().id(c), &search)
    };
    let buyers = summary.buyers.iter().filter(|&&customer| wanted(customer as usize));
    let sorted = if query.ascending { order::ascending } else { order::descending };
    buyers.map(|&customer| (sorted(key(customer as usize)), customer)).collect()
}

/// Whether an id contains a text that is in lower case already, in any case.
fn contains(id: &str, search: &str) -> bool {
    if !id.is_ascii() {
        return text::lower(id).contains(search);
    }
    let (id, search) = (id.as_bytes(), search.as_bytes());
    search.is_empty() || id.windows(search.len()).any(|part| part.eq_ignore_ascii_case(search))
}

/// The page of a customer, by number, but for what the tables beside the orders say of them; nothing where the period shown has no purchase of such a customer.
pub fn detail(analysis: &Analysis, number: u32) -> Option<CustomerDetail> {
    let shown = analysis.shown();
    let customer = shown.visits.customers.binary_search(&number).ok()?;
    let summary = shown.summary;
    summary.buyers.binary_search(&(customer as u32)).ok()?;
    let columns = &shown.whole.dimensions;
    let (rows, own) = analysis.rows_of(number);
    let event = |order: &Order| {
        let first_row = rows.place(order.first_row as usize) as usize;
        CustomerEvent {
            day: order.day,
            amount: Money(order.amount),
            purchase: order.amount >= 0,
            rows: order.rows,
            dimensions: columns.iter().map(|column| column.label(first_row).to_owned()).collect(),
        }
    };
    let larger = |other: &&u32| summary.revenue[**other as usize] > summary.revenue[customer];
    let first_value = |column: &DimensionColumn| {
        let code = dimensions::first_code(shown, column, customer);
        (column.name.clone(), column.labels[code as usize].to_string())
    };
    Some(CustomerDetail {
        row: analysis.customer_row(customer),
        health: None,
        events: Merger::default().merge(rows, own).iter().map(event).collect(),
        rank: 1 + summary.buyers.iter().filter(larger).count() as u64,
        customers: summary.buyers.len() as u64,
        dimensions: columns.iter().map(first_value).collect(),
    })
}
