//! Exports of known platforms, from their real headers to figures: `tests/fixtures/layouts/`, made-up rows with the traps
//! that each export sets. A new layout takes a fixture and a line in [`CASES`].
#![allow(clippy::disallowed_methods, reason = "tests run natively, and read fixtures")]

use std::path::Path;

use perennial::engine::Engine;
use perennial::ingest::profile::{column_names, profile};
use perennial::math::Money;
use perennial::protocol::{FileInfo, FileReview, ReadOptions, Reply, Request, Review};
use perennial::report::Report;
use perennial::roles::layouts::{self, Found};
use perennial::roles::{Role, Why};

/// A fixture and what is to come of it.
struct Case {
    file: &'static str,
    platform: &'static str,
    /// The name of the layout.
    layout: &'static str,
    kind: &'static str,
    /// Lines above the header.
    above: usize,
    /// Every part but dimensions without a meaning: the columns that play it.
    roles: &'static [(Role, &'static str)],
    rows_used: u64,
    customers: u64,
    purchases: u64,
    revenue: &'static str,
    refunds: &'static str,
    left_out: &'static [(&'static str, u64)],
}

/// A table that takes no part.
const NO_PART: Case = Case {
    file: "",
    platform: "",
    layout: "",
    kind: "other",
    above: 0,
    roles: &[],
    rows_used: 0,
    customers: 0,
    purchases: 0,
    revenue: "0.00",
    refunds: "0.00",
    left_out: &[],
};

const CASES: &[Case] = &[
    Case {
        file: "shopify-orders.csv",
        platform: "Shopify",
        layout: "orders export",
        kind: "orders",
        roles: &[
            (Role::Customer, "Email"),
            (Role::Date, "Created at"),
            (Role::Amount, "Total"),
            (Role::Quantity, "Lineitem quantity"),
            (Role::UnitPrice, "Lineitem price"),
            (Role::Refund, "Refunded Amount"),
            (Role::Order, "Name"),
            (Role::Currency, "Currency"),
            (Role::Status, "Financial Status"),
            (Role::Channel, "Source"),
            (Role::Country, "Shipping Country"),
            (Role::Product, "Lineitem name"),
        ],
        rows_used: 7,
        customers: 4,
        purchases: 5,
        revenue: "97.50",
        refunds: "32.50",
        left_out: &[("cancelled", 2), ("test_order", 1), ("gift_card", 1), ("no_customer", 1)],
        ..NO_PART
    },
    Case {
        file: "woocommerce-orders.csv",
        platform: "WooCommerce",
        layout: "Analytics, orders",
        kind: "orders",
        roles: &[
            (Role::Customer, "Customer"),
            (Role::Date, "Date"),
            (Role::Amount, "Net Sales"),
            (Role::Order, "Order #"),
            (Role::Status, "Status"),
            (Role::Channel, "Attribution"),
        ],
        rows_used: 5,
        customers: 3,
        purchases: 4,
        revenue: "117.00",
        refunds: "20.50",
        left_out: &[("no_customer", 1), ("cancelled", 1)],
        ..NO_PART
    },
];

fn bytes(file: &str) -> Vec<u8> {
    std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/layouts").join(file)).unwrap()
}

/// The review of a file in slices of so many bytes, and its report where there is one.
fn read(file: &str, slice: usize, options: ReadOptions) -> (Review, Option<Report>) {
    let bytes = bytes(file);
    let mut engine = Engine::with_slices_of(slice);
    let info = FileInfo { name: file.to_owned(), size: bytes.len() as u64 };
    let mut replies = engine.handle(Request::Open { job: 1, files: vec![info], options: vec![options] });
    while let Some(want) = engine.wants() {
        let from = want.offset as usize;
        replies = engine.feed(&bytes[from..from + want.len]);
    }
    let Some(Reply::Review { review, .. }) = replies.pop() else { panic!("no review of {file} but {replies:?}") };
    match engine.handle(Request::Compute { job: 1, settings: Box::default() }).pop() {
        Some(Reply::Report { report, .. }) => (*review, Some(*report)),
        _ => (*review, None),
    }
}

impl Case {
    /// The records of the fixture, the header first.
    fn records(&self) -> Vec<Vec<String>> {
        let text = String::from_utf8(bytes(self.file)).unwrap();
        let text = text.trim_start_matches('\u{feff}');
        let below: String = text.split_inclusive('\n').skip(self.above).collect();
        let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(below.as_bytes());
        reader.records().map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect()
    }

    fn header(&self) -> Vec<String> {
        self.records().remove(0)
    }

    /// The layout that the header by itself has.
    fn found(&self) -> Option<Found> {
        layouts::recognise(&profile(&column_names(&self.header()), &[]), &[])
    }

    fn assert_columns(&self, file: &FileReview) {
        let header = self.header();
        for (at, column) in file.columns.iter().enumerate() {
            let expected: Vec<Role> = self
                .roles
                .iter()
                .filter(|(_, name)| header.get(at).is_some_and(|other| other == name))
                .map(|(role, _)| *role)
                .collect();
            let told = matches!(column.role, Role::Dimension | Role::Unused);
            assert_eq!(expected, if told { Vec::new() } else { vec![column.role] }, "{}: {}", self.file, column.name);
            if !told {
                let why = matches!(&column.why, Why::KnownExport { platform, .. } if platform == self.platform);
                assert!(why, "{}: {} {:?}", self.file, column.name, column.why);
            }
        }
        let there = |(_, name): &(Role, &str)| header.iter().any(|other| other == name);
        assert!(self.roles.iter().all(there), "{}", self.file);
    }
}

#[test]
fn real_headers_are_recognised() {
    for case in CASES {
        let found = case.found().map(|found| (found.layout.platform, found.layout.name));
        assert_eq!(found, Some((case.platform, case.layout)), "{}", case.file);
        assert!((6..=12).contains(&(case.records().len() - 1)), "{}", case.file);
    }
}

#[test]
fn known_exports_give_their_figures() {
    for case in CASES {
        for slice in [57, 1 << 20] {
            let (review, report) = read(case.file, slice, ReadOptions::default());
            let file = &review.files[0];
            let name = case.file;
            assert_eq!((file.kind.name(), file.platform.as_deref()), (case.kind, Some(case.platform)), "{name}");
            assert_eq!(file.is_orders, case.kind == "orders", "{name}");
            case.assert_columns(file);
            assert_eq!((file.rows_used, review.customers), (case.rows_used, case.customers), "{name}");
            assert_eq!(review.revenue.to_string(), case.revenue, "{name}");
            let left_out: Vec<(&str, u64)> = file.left_out.iter().map(|out| (out.reason.name(), out.rows)).collect();
            assert_eq!(left_out, case.left_out, "{name}");
            assert_eq!(file.questions, [], "{name}");
            assert_eq!(report.is_some(), file.is_orders, "{name}");
            let Some(report) = report else { continue };
            let table = &report.tables[0];
            assert_eq!((table.kind.as_str(), table.rows_used), (case.kind, case.rows_used), "{name}");
            let out: Money = table.left_out.iter().filter_map(|out| out.amount).sum();
            assert_eq!(table.amount_read, table.amount_used + out, "{name}: every cent is accounted for");
            assert_eq!(table.rows_read, table.rows_used + case.left_out.iter().map(|out| out.1).sum::<u64>(), "{name}");
            assert_eq!(report.totals.revenue.to_string(), case.revenue, "{name}");
            assert_eq!(report.totals.refunds.to_string(), case.refunds, "{name}");
            assert_eq!(report.totals.purchases, case.purchases, "{name}");
        }
    }
}
