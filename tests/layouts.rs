//! Exports of known platforms, from their real headers to figures: `tests/fixtures/layouts/`, made-up rows with the traps
//! that each export sets. A new layout takes a fixture and an entry in `layouts/cases.rs`.
#![allow(clippy::disallowed_methods, reason = "tests run natively, and read fixtures")]

use std::path::Path;
use std::sync::Arc;

use perennial::engine::Engine;
use perennial::ingest::profile::{column_names, profile};
use perennial::math::Money;
use perennial::protocol::{FileInfo, FileReview, Problem, ReadOptions, Reply, Request, Review};
use perennial::report::{Report, Settings};
use perennial::roles::kind::TableKind;
use perennial::roles::layouts::{self, Found, Says, Trap};
use perennial::roles::{Confidence, Role, Why, names};
use perennial::settings::DimensionFilter;

#[path = "layouts/cases.rs"]
mod cases;

use cases::{CASES, Case};

fn bytes(file: &str) -> Vec<u8> {
    std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/layouts").join(file)).unwrap()
}

/// An engine that has read a file, and its review.
struct Opened {
    engine: Engine,
    review: Review,
}

fn open(name: &str, bytes: &[u8], slice: usize, options: ReadOptions) -> Opened {
    let mut engine = Engine::with_slices_of(slice);
    let info = FileInfo { name: name.to_owned(), size: bytes.len() as u64 };
    let mut replies = engine.handle(Request::Open { job: 1, files: vec![info], options: vec![options] });
    while let Some(want) = engine.wants() {
        let from = want.offset as usize;
        replies = engine.feed(&bytes[from..from + want.len]);
    }
    match replies.pop() {
        Some(Reply::Review { review, .. }) => Opened { engine, review: *review },
        other => panic!("no review of {name} but {other:?}"),
    }
}

fn open_text(text: &str, options: ReadOptions) -> Opened {
    open("export.csv", text.as_bytes(), 1 << 20, options)
}

/// A fixture with some of its text changed.
fn changed(file: &str, from: &str, to: &str) -> String {
    let text = String::from_utf8(bytes(file)).unwrap();
    assert!(text.contains(from), "{file}: {from}");
    text.replacen(from, to, 1)
}

impl Opened {
    fn file(&self) -> &FileReview {
        &self.review.files[0]
    }

    fn compute(&mut self, settings: Settings) -> Result<Report, Problem> {
        match self.engine.handle(Request::Compute { job: 1, settings: Box::new(settings) }).pop() {
            Some(Reply::Report { report, .. }) => Ok(Arc::unwrap_or_clone(report)),
            Some(Reply::Failed { problem, .. }) => Err(problem),
            other => panic!("no report but {other:?}"),
        }
    }

    /// Revenue of the rows with a value of a dimension.
    fn revenue_of(&mut self, dimension: &str, value: &str) -> String {
        let filter = DimensionFilter { dimension: dimension.to_owned(), values: vec![value.to_owned()] };
        let report = self.compute(Settings { filters: vec![filter], ..Settings::default() });
        report.unwrap().totals.revenue.to_string()
    }

    /// Every customer with the net amounts of its purchases and refunds, in the order of ids.
    fn customers(&mut self) -> Vec<(String, Vec<String>)> {
        self.compute(Settings::default()).unwrap();
        let mut all = Vec::new();
        loop {
            let number = all.len() as u32;
            match self.engine.handle(Request::Customer { job: 1, number }).pop() {
                Some(Reply::Customer { detail: Some(detail), .. }) => {
                    let amounts = detail.events.iter().map(|event| event.amount.to_string()).collect();
                    all.push((detail.row.customer, amounts));
                }
                _ => return all,
            }
        }
    }

    fn role(&self, name: &str) -> Role {
        self.file().columns.iter().find(|column| column.name == name).unwrap().role
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
            // Which question is answered by a score and which in words, its own words tell.
            if !told && !matches!(column.role, Role::Score | Role::Comment) {
                let why = matches!(&column.why, Why::KnownExport { platform, .. } if platform == self.platform);
                assert!(why, "{}: {} {:?}", self.file, column.name, column.why);
            }
        }
        let there = |(_, name): &(Role, &str)| header.iter().any(|other| other == name);
        assert!(self.roles.iter().all(there), "{}", self.file);
    }
}

#[test]
fn every_layout_has_a_fixture_under_its_real_header() {
    for layout in layouts::ALL {
        let cases = CASES.iter().filter(|case| case.platform == layout.platform && case.layout == layout.name);
        assert_eq!(cases.count(), 1, "{}, {}", layout.platform, layout.name);
    }
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
            let name = case.file;
            let mut opened = open(name, &bytes(name), slice, ReadOptions::default());
            let report = opened.compute(Settings::default());
            let (review, file) = (&opened.review, opened.file());
            assert_eq!((file.kind.name(), file.platform.as_deref()), (case.kind, Some(case.platform)), "{name}");
            assert_eq!(file.is_orders, case.kind == "orders", "{name}");
            case.assert_columns(file);
            assert_eq!((file.rows_used, review.customers), (case.rows_used, case.customers), "{name}");
            assert_eq!(review.revenue.to_string(), case.revenue, "{name}");
            let left_out: Vec<(&str, u64)> = file.left_out.iter().map(|out| (out.reason.name(), out.rows)).collect();
            assert_eq!(left_out, case.left_out, "{name}");
            assert_eq!(file.questions, [], "{name}");
            let Ok(report) = report else {
                assert!(!file.is_orders && matches!(report, Err(Problem::MissingRoles { .. })), "{name}: {report:?}");
                continue;
            };
            let table = &report.tables[0];
            assert_eq!((table.kind.as_str(), table.rows_used), (case.kind, case.rows_used), "{name}");
            let out: Money = table.left_out.iter().filter_map(|out| out.amount).sum();
            assert_eq!(table.amount_read, table.amount_used + out, "{name}: every cent is accounted for");
            assert_eq!(table.rows_read, table.rows_used + case.left_out.iter().map(|out| out.1).sum::<u64>(), "{name}");
            assert_eq!(report.totals.revenue.to_string(), case.revenue, "{name}");
            assert_eq!(report.totals.refunds.to_string(), case.refunds, "{name}");
            assert_eq!(report.totals.purchases, case.purchases, "{name}");
            // What stands alone beside orders is analysed without any.
            let rows = if file.is_orders { table.rows_used + table.refund_rows } else { 0 };
            assert_eq!(report.totals.rows, rows, "{name}");
        }
    }
}

#[test]
fn the_fixtures_set_the_traps_that_their_layouts_name() {
    for case in CASES {
        let layout = case.found().unwrap().layout;
        let records = case.records();
        let at = |name: &str| {
            layouts::column(&records[0], name).unwrap_or_else(|| panic!("{}: no column {name}", case.file))
        };
        let filled = |name: &str| records[1..].iter().filter(|record| !record[at(name)].is_empty()).count();
        let column = |role: Role| layout.roles.iter().find(|(other, _)| *other == role).map(|(_, name)| *name);
        let says = |record: &[String], (name, says): (&str, Says)| says.is_said_by(&record[at(name)]);
        for trap in layout.traps {
            let set = match *trap {
                Trap::LeaveOut(_, conditions) => {
                    records[1..].iter().any(|record| conditions.iter().all(|told| says(record, *told)))
                }
                Trap::Refunds { when, customer, order } => {
                    let mut back = records[1..].iter().filter(|record| says(record, when));
                    back.any(|record| !record[at(customer)].is_empty() && !record[at(order)].is_empty())
                }
                // What the plug-in writes was chosen by a person: the fixture has no customers.
                _ if case.layout == "order export plugin" => true,
                Trap::EmailIsCustomer => {
                    let customer = at(column(Role::Customer).unwrap());
                    records.iter().any(|record| record[customer].contains('@'))
                }
                Trap::NameIsCustomer => {
                    records.iter().all(|record| !record[at(column(Role::Customer).unwrap())].contains('@'))
                }
                Trap::LinesOfOrders(_) => filled(column(Role::Amount).unwrap()) < records.len() - 1,
                Trap::CancelledWhereFilled(name) | Trap::Guests(name) => filled(name) > 0,
                Trap::RefundsAsRemainder(whole) => {
                    let is_whole = |record: &Vec<String>| whole.iter().any(|told| says(record, *told));
                    let left: Vec<bool> = records[1..]
                        .iter()
                        .map(|record| Says::NotZero.is_said_by(&record[at("Adjusted Order Total")]))
                        .collect();
                    let refunded: Vec<bool> = records[1..].iter().map(is_whole).collect();
                    // Some of it, all of it, nothing.
                    [(true, true), (false, true), (false, false)]
                        .iter()
                        .all(|set| left.iter().copied().zip(refunded.iter().copied()).any(|other| other == *set))
                }
                Trap::Apostrophes => records[1..].iter().flatten().any(|cell| cell.starts_with('\'')),
                Trap::Dates(_) => {
                    filled(column(Role::Date).unwrap()) + usize::from(records[1][0].is_empty()) == records.len() - 1
                }
                Trap::CurrencyInHeader => records[0].iter().any(|name| names::currency_of_header(name).is_some()),
                Trap::Preamble => case.above > 0,
                Trap::SecondHeader => records[1][0].is_empty() && records[1].last().unwrap() == "Open-Ended Response",
                Trap::Totals => records
                    .iter()
                    .any(|record| record[0].is_empty() || names::is_totals_word(&record[0]) || record[2].is_empty()),
            };
            assert!(set, "{}: {trap:?}", case.file);
        }
    }
}

#[test]
fn lines_of_an_order_share_its_total_and_carry_what_holds_for_it() {
    let mut opened = open("orders.csv", &bytes("shopify-orders.csv"), 1 << 20, ReadOptions::default());
    // 2 mugs and a tea at 10.00 each share 35.00: to the hundredth of a cent, and nothing is lost.
    let of_first = [("Mug", "48.3333"), ("Tea", "36.6667"), ("Pot", "12.50")];
    for (product, revenue) in of_first {
        assert_eq!(opened.revenue_of("Lineitem name", product), revenue, "{product}");
    }
    // The country stands on the first line only.
    assert_eq!(opened.revenue_of("Shipping Country", "DE"), "97.50");
    let report = opened.compute(Settings::default()).unwrap();
    let country = report.dimensions.iter().find(|dimension| dimension.name == "Shipping Country").unwrap();
    assert_eq!(country.values.iter().map(|value| value.value.as_str()).collect::<Vec<_>>(), ["DE"]);
}

#[test]
fn customers_are_told_apart_as_the_export_knows_them() {
    let customers = |file| {
        let mut opened = open(file, &bytes(file), 1 << 20, ReadOptions::default());
        let named = opened.customers().into_iter().map(|(name, amounts)| format!("{name}: {}", amounts.join(" ")));
        named.collect::<Vec<_>>()
    };
    assert_eq!(
        customers("shopify-orders.csv"),
        [
            // Marked with an apostrophe in the file.
            "+4915100000001: 15.00",
            "anna@example.com: 35.00 10.00",
            "bert@example.com: 0.00",
            "cara@example.com: 37.50"
        ]
    );
    assert_eq!(
        customers("stripe-payments.csv"),
        ["ann@example.com: 40.00 22.00", "bob@example.com: 20.00", "cus_E1: 18.00", "cy@example.com: 0.00"]
    );
    // The refund is one of the sale that it names.
    assert_eq!(customers("paypal-activity.csv"), ["ann@example.com: 0.00", "bob@example.com: 1040.50 12.00"]);
}

#[test]
fn cancelled_orders_count_where_a_person_says_so() {
    let options = ReadOptions { count_cancelled: true, ..ReadOptions::default() };
    let opened = open("orders.csv", &bytes("shopify-orders.csv"), 1 << 20, options);
    assert_eq!((opened.file().rows_used, opened.review.customers), (9, 5));
    // It was given back, too.
    assert_eq!(opened.review.revenue.to_string(), "97.50");
}

#[test]
fn without_its_total_an_order_is_what_its_lines_add_up_to() {
    let columns = Case::header(&CASES[0]);
    let at = |name: &str| columns.iter().position(|other| other == name).unwrap();
    let roles = [(at("Total"), Role::Unused), (at("Refunded Amount"), Role::Unused)].into();
    let options = ReadOptions { roles, ..ReadOptions::default() };
    let mut opened = open("orders.csv", &bytes("shopify-orders.csv"), 1 << 20, options);
    // 30 and 15 and 45 and 10 and 10; the gift card of 25 is left out.
    assert_eq!(opened.review.revenue.to_string(), "110.00");
    let table = opened.compute(Settings::default()).unwrap().tables.remove(0);
    let out: Money = table.left_out.iter().filter_map(|out| out.amount).sum();
    assert_eq!(table.amount_read, table.amount_used + out);
}

/// The plug-in's export with a customer and items: the total of an order stands on each of its lines.
const ITEMS: &str = "\
Order Number,Order Status,Order Date,Email (Billing),Order Total Amount,Order Total Tax Amount,Item Name,Quantity,Item Cost
1,completed,2026-01-02,a@example.com,30.00,0,Mug,1,10.00
1,completed,2026-01-02,a@example.com,30.00,0,Tea,2,5.00
2,completed,2026-01-05,b@example.com,12.00,0,Tea,1,5.00
1,completed,2026-01-02,a@example.com,30.00,0,Pot,1,5.00
3,completed,2026-01-09,A@example.com,8.00,0,Mug,1,8.00
";

#[test]
fn a_total_that_stands_on_each_line_counts_once_wherever_the_lines_lie() {
    let mut opened = open_text(ITEMS, ReadOptions::default());
    assert_eq!(opened.file().platform.as_deref(), Some("WooCommerce"));
    assert_eq!((opened.file().rows_used, opened.review.customers), (5, 2));
    assert_eq!(opened.review.revenue.to_string(), "50.00");
    let report = opened.compute(Settings::default()).unwrap();
    assert_eq!((report.totals.purchases, report.tables[0].amount_read), (3, Money::units(50)));
}

#[test]
fn an_order_of_many_lines_is_read_with_little_memory_and_to_the_cent() {
    let mut text = ITEMS.lines().next().unwrap().to_owned() + "\n";
    for line in 0..9_000 {
        text += match line {
            0 => "7,completed,2026-01-02,a@example.com,100.00,0,Mug,1,1.00\n",
            _ => "7,,,,,,Tea,1,1.00\n",
        };
    }
    text += "8,completed,2026-02-02,b@example.com,5.00,0,Mug,1,5.00\n";
    let mut opened = open_text(&text, ReadOptions::default());
    assert_eq!((opened.file().rows_used, opened.review.revenue), (9_001, Money::units(105)));
    assert_eq!(opened.compute(Settings::default()).unwrap().totals.purchases, 2);
    // The first 4,096 lines, which are kept, share the total.
    assert_eq!(opened.revenue_of("Item Name", "Mug"), "5.0244");
}

#[test]
fn a_renamed_column_matters_only_where_it_is_needed() {
    let platform = |text: &str| open_text(text, ReadOptions::default()).file().platform.clone();
    let shopify = |from, to| changed("shopify-orders.csv", from, to);
    assert_eq!(platform(&shopify(",Paid at,", ",Payment time,")).as_deref(), Some("Shopify"));
    // Then names and values tell the columns, as in any other file.
    let opened = open_text(&shopify(",Email,", ",Customer mail,"), ReadOptions::default());
    assert_eq!(opened.file().platform, None);
    assert_eq!((opened.role("Customer mail"), opened.role("Total")), (Role::Customer, Role::Amount));
}

#[test]
fn a_translated_header_is_told_by_names_and_values() {
    let header = bytes("woocommerce-orders.csv");
    let header = std::str::from_utf8(&header).unwrap().lines().next().unwrap().to_owned();
    let german = "Datum,Bestellung #,N. Umsatz (formatiert),Status,Kunde,Kundentyp,Produkt(e),Verkaufte Artikel,\
                  Gutschein(e),Nettoumsatz,Zuordnung";
    let opened = open_text(&changed("woocommerce-orders.csv", &header, german), ReadOptions::default());
    assert_eq!(opened.file().platform, None);
    assert_eq!(opened.file().kind, TableKind::Orders);
    assert_eq!([opened.role("Datum"), opened.role("Kunde")], [Role::Date, Role::Customer]);
}

#[test]
fn values_that_do_not_fit_make_it_another_table() {
    let header = bytes("woocommerce-orders.csv");
    let header = std::str::from_utf8(&header).unwrap().lines().next().unwrap().to_owned();
    let rows = "x,1,y,ok,Ann,new,tea,1,,soon,web\nz,2,y,ok,Bob,new,tea,1,,later,web\n";
    let opened = open_text(&format!("{header}\n{rows}"), ReadOptions::default());
    assert_eq!((opened.file().platform.as_deref(), opened.file().is_orders), (None, false));
}

#[test]
fn customers_known_by_name_only_are_said_to_be() {
    let opened = open("orders.csv", &bytes("woocommerce-orders.csv"), 1 << 20, ReadOptions::default());
    let customer = opened.file().columns.iter().find(|column| column.role == Role::Customer).unwrap();
    assert_eq!(customer.confidence, Confidence::Likely);
    assert!(matches!(customer.why, Why::KnownExport { by_name: true, .. }));
}

#[test]
fn who_maps_the_columns_of_another_table_means_orders() {
    let columns = ["Customer ID", "Total Spent", "Note"];
    let text = "Customer ID,First Name,Last Name,Email,Accepts Email Marketing,Default Address City,\
                Default Address Country Code,Default Address Zip,Accepts SMS Marketing,Total Spent,Total Orders,Tax Exempt,Note\n\
                1,A,B,a@example.com,no,,DE,1,no,10.50,1,no,2026-01-02\n2,C,D,b@example.com,no,,DE,1,no,7.00,1,no,2026-01-03\n";
    assert_eq!(open_text(text, ReadOptions::default()).file().kind, TableKind::Customers);
    let header: Vec<&str> = text.lines().next().unwrap().split(',').collect();
    let at = columns.map(|name| header.iter().position(|other| *other == name).unwrap());
    let roles = at.into_iter().zip([Role::Customer, Role::Amount, Role::Date]).collect();
    let mut opened = open_text(text, ReadOptions { roles, ..ReadOptions::default() });
    assert_eq!(opened.file().kind, TableKind::Orders);
    assert_eq!(opened.compute(Settings::default()).unwrap().totals.revenue.to_string(), "17.50");
}

#[test]
fn a_title_above_the_header_changes_nothing_of_what_a_table_is() {
    for case in CASES.iter().filter(|case| case.above > 0) {
        let text = String::from_utf8(bytes(case.file)).unwrap();
        let bare: String = text.split_inclusive('\n').skip(case.above).collect();
        let opened = open_text(&bare, ReadOptions::default());
        assert_eq!(opened.file().platform.as_deref(), Some(case.platform), "{}", case.file);
        assert_eq!(opened.file().kind.name(), case.kind, "{}", case.file);
        case.assert_columns(opened.file());
    }
}
