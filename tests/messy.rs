//! Files with one thing wrong each, through the engine, held to the right reading of each.
//!
//! The files and their readings stand beside the checkout in `../shared/messy`; where they are not there, the run says so.
//! Every number of `expectations.json` is held: a name that is not known here fails. Files made up for the purpose are in
//! `tests/hostile.rs`.
#![allow(clippy::disallowed_methods, reason = "tests run natively, and read fixtures")]

use std::io::Write;
use std::path::PathBuf;

use perennial::ingest::dates::DateOrder;
use perennial::ingest::receipt::{LeftOut, Reason};
use perennial::math::{Day, Money};
use perennial::protocol::{Export, FileReview, Note, Problem, Question, ReadOptions, Reply, Request};
use perennial::report::Report;
use perennial::report::customers::{CustomerDetail, CustomerEvent, CustomerQuery};
use perennial::roles::{Confidence, Role};
use serde_json::{Map, Value};

#[path = "support/loaded.rs"]
mod loaded;

use loaded::{JOB, Loaded, load};

/// A file of the collection, read.
struct Case {
    /// Its number there, which its name begins with.
    number: u32,
    name: String,
    loaded: Loaded,
    /// Why there is no report, or the report.
    outcome: Result<Report, Problem>,
}

fn shared(file: &str) -> Option<Vec<u8>> {
    let place: PathBuf = [env!("CARGO_MANIFEST_DIR"), "..", "shared", "messy", file].iter().collect();
    std::fs::read(place).ok()
}

/// The descriptions of all files; nothing, and a line that says so, where they are not there.
fn expectations() -> Vec<Value> {
    let Some(bytes) = shared("expectations.json") else {
        // Not `eprintln!`, which the test harness keeps to itself while a test passes.
        let _ = writeln!(std::io::stderr(), "skipped: there is no ../shared/messy beside the checkout");
        return Vec::new();
    };
    let all: Value = serde_json::from_slice(&bytes).unwrap();
    all["files"].as_array().unwrap().clone()
}

#[test]
fn every_messy_file_gives_its_right_reading() {
    let all = expectations();
    for file in &all {
        let name = file["file"].as_str().unwrap();
        let bytes = shared(name).unwrap_or_else(|| panic!("{name} is described and not there"));
        for slice in [97, 1 << 20] {
            let mut case = Case::read(name, &bytes, slice);
            case.hold_all(file["truth"].as_object().unwrap());
            case.hold_what_is_said();
        }
    }
    assert!(all.is_empty() || all.len() == 41, "{} files", all.len());
}

impl Case {
    fn read(name: &str, bytes: &[u8], slice: usize) -> Case {
        let mut loaded = load(&[(name, bytes)], slice);
        let outcome = match &loaded.last {
            Reply::Failed { problem, .. } => Err(problem.clone()),
            _ => Ok(loaded.report()),
        };
        let number = name[..2].parse().unwrap();
        let mut case = Case { number, name: name.to_owned(), loaded, outcome };
        // Back to the review, with the report still there.
        if case.outcome.is_ok() {
            case.reread(ReadOptions::default());
        }
        case
    }

    fn report(&self) -> &Report {
        self.outcome.as_ref().unwrap_or_else(|problem| panic!("{}: {problem:?}", self.name))
    }

    fn review(&self) -> &FileReview {
        &self.loaded.review().files[0]
    }

    fn reread(&mut self, options: ReadOptions) {
        self.loaded.ask(Request::Reread { job: JOB, options: vec![options] });
    }

    /// The revenue when the file is read so.
    fn revenue_with(&mut self, options: ReadOptions) -> Money {
        self.reread(options);
        let revenue = self.loaded.report().totals.revenue;
        self.reread(ReadOptions::default());
        revenue
    }

    fn left_out(&self, reason: Reason) -> Option<&LeftOut> {
        self.report().tables[0].left_out.iter().find(|left| left.reason == reason)
    }

    fn rows_left_out(&self, reason: Reason) -> u64 {
        self.left_out(reason).map_or(0, |left| left.rows)
    }

    fn details(&mut self) -> Vec<CustomerDetail> {
        let report = self.loaded.report();
        let details = (0..report.totals.customers as u32).map(|number| {
            self.loaded.ask(Request::Customer { job: JOB, number });
            match &self.loaded.last {
                Reply::Customer { detail: Some(detail), .. } => (**detail).clone(),
                other => panic!("no customer but {other:?}"),
            }
        });
        let details = details.collect();
        self.reread(ReadOptions::default());
        details
    }

    fn events(&mut self) -> Vec<CustomerEvent> {
        self.details().into_iter().flat_map(|detail| detail.events).collect()
    }

    fn exported(&mut self, what: Export) -> String {
        self.loaded.report();
        self.loaded.ask(Request::Export { job: JOB, what });
        let Reply::Export { text, .. } = &self.loaded.last else { panic!("{}: no export", self.name) };
        let text = text.clone();
        self.reread(ReadOptions::default());
        text
    }

    fn hold_all(&mut self, truth: &Map<String, Value>) {
        for (what, value) in truth {
            self.hold(what, value);
        }
    }

    /// Holds one number of the right reading.
    fn hold(&mut self, what: &str, value: &Value) {
        let name = self.name.clone();
        let number = || value.as_u64().unwrap_or_else(|| panic!("{name}: {what} is {value}"));
        let context = format!("{name}: {what}");
        match what {
            "data_rows" | "total_data_lines" => self.hold_rows(number()),
            "orders" => assert_eq!(self.report().totals.purchases, number(), "{context}"),
            "revenue" if self.number == 28 => self.hold_too_wide(),
            "columns" if self.number == 28 => self.hold_too_wide(),
            // Of a file without rows nothing but its names is there, and that is said.
            "columns" if self.number == 26 => assert!(matches!(self.outcome, Err(Problem::NoRows { .. })), "{context}"),
            "columns" => assert_eq!(self.review().columns.len() as u64, number(), "{context}"),
            "customers" | "distinct_exact" => {
                assert_eq!(self.report().totals.customers, number(), "{context}");
                assert_eq!(self.loaded.review().customers, number(), "{context}");
            }
            "revenue" | "net" | "sum_amount" | "first_amount_sum" | "revenue_if_dropped" => {
                assert_eq!(self.report().totals.revenue, money(value), "{context}");
                assert_eq!(self.loaded.review().revenue, money(value), "{context}");
                assert_eq!(self.report().tables[0].amount_used, money(value), "{context}");
            }
            "gross" => assert_eq!(self.report().totals.gross, money(value), "{context}"),
            "refunds" => assert_eq!(self.report().totals.refunds, money(value), "{context}"),
            "negative_rows" => assert_eq!(self.report().totals.refund_rows, number(), "{context}"),
            "purchase_rows" => {
                let totals = &self.report().totals;
                assert_eq!(totals.rows - totals.refund_rows, number(), "{context}");
                assert_eq!(totals.purchases, number(), "{context}: refunds are no purchases");
            }
            "first_date" => {
                assert_eq!(self.report().period.start, Some(day(value)), "{context}");
                assert_eq!(self.loaded.review().first, Some(day(value)), "{context}");
            }
            "last_date" => {
                assert_eq!(self.report().period.end, Some(day(value)), "{context}");
                assert_eq!(self.loaded.review().last, Some(day(value)), "{context}");
            }
            "currency" => {
                assert_eq!(self.report().currency.as_deref(), value.as_str(), "{context}");
                assert_eq!(self.loaded.review().currency.as_deref(), value.as_str(), "{context}");
            }
            "must_contain" => {
                let text = self.exported(Export::Customers { query: CustomerQuery::default() });
                let names = value.as_array().unwrap();
                assert!(names.iter().all(|name| text.contains(name.as_str().unwrap())), "{context}: {text}");
                assert!(!text.contains('\u{fffd}'), "{context}");
            }
            "product" => {
                let shown = self.review().columns.iter().any(|column| column.samples == [value.as_str().unwrap()]);
                assert!(shown, "{context}: {:?}", self.review().columns);
            }
            "products" => {
                let column = self.review().columns.iter().find(|column| column.role == Role::Product);
                assert_eq!(column.unwrap().distinct, number(), "{context}");
            }
            "good_rows" | "rows_with_real_id" => {
                assert_eq!(self.report().tables[0].rows_used, number(), "{context}");
            }
            "bad_row_line" => {
                let left = self.left_out(Reason::Malformed).unwrap();
                assert_eq!((left.rows, left.examples[0].line), (1, number()), "{context}");
            }
            "ragged_lines" => self.hold_ragged(value),
            "usable_rows_min" => assert!(self.report().tables[0].rows_used >= number(), "{context}"),
            "usable_rows_max" => assert!(self.report().tables[0].rows_used <= number(), "{context}"),
            "second_amount_sum" => {
                let options = ReadOptions { roles: [(4, Role::Amount)].into(), ..ReadOptions::default() };
                assert_eq!(self.revenue_with(options), money(value), "{context}");
            }
            "ambiguous" => {
                let asked = matches!(self.review().questions[..], [Question::DayOrMonthFirst { .. }]);
                assert_eq!(Value::Bool(asked), *value, "{context}");
                assert!(!self.loaded.review().certain, "{context}");
            }
            "if_dmy" => {
                self.reread(ReadOptions { date_order: Some(DateOrder::DayMonthYear), ..ReadOptions::default() });
                let review = self.loaded.review();
                let span = (review.first, review.last);
                assert_eq!(span, (Some(day(&value["first"])), Some(day(&value["last"]))), "{context}");
                self.reread(ReadOptions::default());
            }
            "first_last_as_written" => {
                let period = self.report().period;
                assert_eq!((period.start, period.end), (Some(day(&value[0])), Some(day(&value[1]))), "{context}");
            }
            // The rule is the day as written, so these are the days that another rule would give.
            "utc_dates" | "rows_whose_utc_date_differs" => self.hold_days_as_written(what, value),
            "rows_null_like" => assert_eq!(self.rows_left_out(Reason::NoCustomer), number(), "{context}"),
            "rows_with_nul" => {
                assert_eq!(self.review().notes, [Note::NulCharacters { count: number() }], "{context}");
                assert_eq!(self.report().totals.customers, 6, "{context}: the ids are whole again");
            }
            "frequency" => assert_eq!(u64::from(self.details()[0].row.frequency), number(), "{context}"),
            "T" => {
                let row = self.details().remove(0).row;
                assert_eq!(u64::from(row.observed), number(), "{context}");
                assert_eq!(row.recency, 0, "{context}");
            }
            "warning" => {
                let note = self.review().notes.first();
                let damaged =
                    matches!(note, Some(Note::DamagedIds { column, rows: 14, .. }) if column == "customer_id");
                assert!(damaged && value == "scientific-notation ids", "{context}: {note:?}");
            }
            "sums" => {
                for (code, sum) in value.as_object().unwrap() {
                    let options = ReadOptions { currency: Some(code.clone()), ..ReadOptions::default() };
                    assert_eq!(self.revenue_with(options), money(sum), "{context} {code}");
                }
            }
            "unique_rows" => {
                assert_eq!(self.report().tables[0].rows_used, number(), "{context}");
                let left = self.left_out(Reason::RepeatedRow).unwrap();
                let lines: Vec<u64> = left.examples.iter().map(|example| example.line).collect();
                assert_eq!((left.rows, lines), (3, vec![16, 17, 18]), "{context}");
            }
            "revenue_if_kept" => {
                let options = ReadOptions { count_repeated: true, ..ReadOptions::default() };
                assert_eq!(self.revenue_with(options), money(value), "{context}");
            }
            "suspicious_rows" => assert_eq!(self.rows_left_out(Reason::OddDate), number(), "{context}"),
            "normal" => {
                for (what, value) in value.as_object().unwrap() {
                    match what.as_str() {
                        "data_rows" => assert_eq!(Some(self.report().tables[0].rows_used), value.as_u64()),
                        what => self.hold(what, value),
                    }
                }
            }
            "odd_rows" => {
                let odd = ["0.00", "0.001", "1000.00"].map(|amount| amount.parse::<Money>().unwrap());
                let found = self.events().iter().filter(|event| odd.contains(&event.amount)).count();
                assert_eq!(found as u64, number(), "{context}");
                assert_eq!(self.report().totals.purchases, 14, "{context}: an order of zero is a purchase");
            }
            "clean_rows_sum" => {
                let odd: Money = "1000.001".parse().unwrap();
                assert_eq!(Money(self.report().totals.revenue.0 - odd.0), money(value), "{context}");
            }
            other => panic!("{name}: nothing holds {other}"),
        }
    }

    fn hold_rows(&self, rows: u64) {
        match &self.outcome {
            Ok(report) => {
                let table = &report.tables[0];
                let left_out: u64 = table.left_out.iter().map(|left| left.rows).sum();
                // A line of totals is a record, and no row of data.
                let totals = self.rows_left_out(Reason::TotalsRow);
                assert_eq!(table.rows_read - totals, rows, "{}", self.name);
                assert_eq!(table.rows_read, table.rows_used + left_out, "{}", self.name);
                assert_eq!(self.review().rows_read, table.rows_read, "{}", self.name);
            }
            Err(Problem::Empty { .. } | Problem::NoRows { .. }) => assert_eq!(rows, 0, "{}", self.name),
            Err(Problem::TooManyColumns { .. }) => assert_eq!(self.number, 28),
            Err(problem) => panic!("{}: {problem:?}", self.name),
        }
    }

    fn hold_too_wide(&self) {
        let Err(Problem::TooManyColumns { columns, at_least, most, .. }) = &self.outcome else {
            panic!("{:?}", self.outcome)
        };
        assert_eq!((*columns, *at_least, *most), (20_000, false, 2_000));
    }

    /// Rows too short are left out, those too long are said.
    fn hold_ragged(&self, lines: &Value) {
        let left = self.left_out(Reason::TooFewCells).unwrap();
        let mut found: Vec<u64> = left.examples.iter().map(|example| example.line).collect();
        let [Note::ExtraCells { rows: 1, example }] = &self.review().notes[..] else {
            panic!("{:?}", self.review().notes)
        };
        found.push(example.line);
        found.sort_unstable();
        assert_eq!(Value::from(found), *lines);
    }

    fn hold_days_as_written(&mut self, what: &str, value: &Value) {
        let mut days: Vec<Day> = self.events().iter().map(|event| event.day).collect();
        days.sort_unstable();
        assert_eq!(days.len(), 14);
        match value.as_array() {
            Some(utc) => {
                let differ = utc.iter().zip(&days).filter(|(utc, written)| day(utc) != **written).count();
                assert_eq!(differ, 4, "{what}");
            }
            None => assert_eq!(value, 4, "{what}"),
        }
    }

    /// What a person is asked and told, beyond the numbers.
    fn hold_what_is_said(&mut self) {
        if self.number == 25 {
            assert!(matches!(self.outcome, Err(Problem::Empty { .. })));
        }
        let Ok(report) = &self.outcome else { return };
        let table = report.tables[0].clone();
        let name = &self.name;
        // Some ask, one by a column; all others need no answer.
        let asked = self.review().questions.len();
        assert_eq!(asked, usize::from(matches!(self.number, 16 | 33 | 34)), "{name}: {:?}", self.review().questions);
        assert_eq!(self.loaded.review().certain, !matches!(self.number, 10 | 16 | 33 | 34), "{name}");
        assert_eq!(
            !self.review().notes.is_empty(),
            matches!(self.number, 8 | 9 | 24 | 33),
            "{name}: {:?}",
            self.review()
        );
        let columns = self.review().columns.clone();
        let names: Vec<&str> = columns.iter().map(|column| column.name.as_str()).collect();
        match self.number {
            1 => assert_eq!(
                (table.encoding.as_str(), table.delimiter.as_str(), names[0]),
                ("UTF-16LE", "\t", "order_id")
            ),
            2 => assert_eq!(names[0], "order_id"),
            3 => assert!(self.review().reading.encoding_guessed),
            4 => assert_eq!(
                (table.delimiter, table.decimal, table.dates),
                (";".into(), ",".into(), "day-month-year".into())
            ),
            5 => assert_eq!(table.delimiter, "\t"),
            10 => {
                assert_eq!(names[3..], ["amount", "amount (2)"]);
                assert_eq!((columns[3].role, columns[3].confidence), (Role::Amount, Confidence::Ask));
                assert_eq!(columns[4].role, Role::Unused, "never added up");
            }
            11 => {
                assert_eq!(names, ["Column 1", "Column 2", "Column 3", "Column 4"]);
                assert!(!self.review().reading.has_header);
            }
            13 => assert_eq!(self.left_out(Reason::TotalsRow).unwrap().examples[0].found, "Total"),
            18 => assert_eq!(table.dates, "excel-serial"),
            19 => assert_eq!(table.dates, "epoch-seconds"),
            23 => {
                let longest = columns.iter().flat_map(|column| &column.samples).map(|text| text.chars().count()).max();
                assert_eq!(longest, Some(40), "samples are cut short");
                assert!(self.review().head.iter().all(|line| line.chars().count() <= 400));
            }
            29 => self.hold_safe_export(),
            30 => assert_eq!(
                columns.iter().find(|c| c.role == Role::Product).unwrap().samples[0],
                "<script>alert(1)</script>"
            ),
            31 => {
                let details = self.details();
                let ids: Vec<&str> = details.iter().map(|detail| detail.row.customer.as_str()).collect();
                assert!(ids.contains(&"👩‍👩‍👧 Fam") && ids.contains(&"محمد علي"), "{ids:?}");
            }
            32 => {
                let details = self.details();
                let ids: Vec<&str> = details.iter().map(|detail| detail.row.customer.as_str()).collect();
                assert_eq!(ids, ["0007", "000123", "00123", "0123", "123"]);
            }
            34 => {
                assert_eq!(table.rows_used, 5, "one currency only");
                assert_eq!(self.rows_left_out(Reason::OtherCurrency), 9);
            }
            37 => assert_eq!(self.review().options, ReadOptions::default()),
            38 => {
                let found = self.left_out(Reason::OddDate).unwrap();
                let cells: Vec<&str> = found.examples.iter().map(|example| example.found.as_str()).collect();
                assert_eq!(
                    (cells, found.amount),
                    (vec!["1900-01-01", "2099-12-31", "1970-01-01"], Some(Money::units(30)))
                );
                let with = ReadOptions { count_odd_dates: true, ..ReadOptions::default() };
                assert_eq!(self.revenue_with(with), "1976.07".parse().unwrap(), "they count where a person says so");
            }
            _ => {}
        }
    }

    /// Formulas in names are text in every export.
    fn hold_safe_export(&mut self) {
        let options = ReadOptions { roles: [(2, Role::Customer)].into(), ..ReadOptions::default() };
        self.reread(options.clone());
        self.loaded.report();
        self.loaded.ask(Request::Export { job: JOB, what: Export::Customers { query: CustomerQuery::default() } });
        let Reply::Export { text, .. } = &self.loaded.last else { panic!("no export") };
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let names: Vec<String> = reader.records().map(|record| record.unwrap()[0].to_owned()).collect();
        assert_eq!(names.len(), 5);
        assert!(names.iter().all(|name| name.starts_with('\'')), "{names:?}");
        self.reread(ReadOptions::default());
    }
}

fn money(value: &Value) -> Money {
    value.to_string().parse().unwrap_or_else(|error| panic!("{value}: {error}"))
}

fn day(value: &Value) -> Day {
    value.as_str().unwrap().parse().unwrap()
}
