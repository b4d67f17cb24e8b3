//! What is said of the time to come: of CDNOW, and of shops too small to tell.
#![allow(clippy::disallowed_methods, reason = "tests run natively, and read fixtures")]

use std::fs::File;
use std::path::PathBuf;

use perennial::ledger::build::Row;
use perennial::ledger::{Base, Ledger, LedgerBuilder, Selection, Summary};
use perennial::math::{Day, Money};
use perennial::models::forecast;
use perennial::report::Settings;
use perennial::report::forecast::Forecast;

fn fixture(name: &str) -> File {
    File::open(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name)).unwrap()
}

fn cdnow() -> Ledger {
    let mut builder = LedgerBuilder::new(Vec::new(), false);
    for record in csv::Reader::from_reader(fixture("cdnow_sample_log.csv")).records() {
        let record = record.unwrap();
        let (day, amount): (Day, Money) = (record[2].parse().unwrap(), record[4].parse().unwrap());
        builder.push(Row { customer: &record[0], day, second: None, amount: amount.0, order: None, dimensions: &[] });
    }
    builder.finish()
}

fn forecast(ledger: Ledger, end: Day, margin: Option<f64>) -> Forecast {
    let visits = Selection::new(Base::new(ledger).into(), &Settings::default()).visits;
    forecast::forecast(&visits, &Summary::of(&visits, end), end, margin)
}

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

#[test]
fn the_forecast_of_cdnow_rests_on_its_past() {
    let ledger = cdnow();
    let told = forecast(ledger, day("1998-06-30"), Some(0.5));
    assert_eq!(told.origins.len(), 3);
    let [count, revenue, equity] = [
        told.purchases.map(|estimate| [estimate.low, estimate.value, estimate.high]),
        told.revenue.map(|estimate| [estimate.low.0, estimate.value.0, estimate.high.0]),
        told.equity.map(|estimate| [estimate.low.0, estimate.value.0, estimate.high.0]),
    ]
    .map(Option::unwrap);
    for [low, value, high] in [count, revenue, equity] {
        assert!(low < value && value < high && low > 0.7 * value && high < 1.4 * value, "{low} {value} {high}");
    }
    assert!((told.months.iter().sum::<f64>() / count[1] - 1.0).abs() < 1e-9);
    assert!(told.months.windows(2).all(|pair| pair[1] < pair[0]), "{:?}", told.months);
    // Discounted by half a year in the mean, and halved by the margin.
    assert!((equity[1] / revenue[1] / 0.5 - 0.955).abs() < 0.01, "{equity:?} {revenue:?}");
}

#[test]
fn of_a_small_shop_nothing_is_told() {
    let mut builder = LedgerBuilder::new(Vec::new(), false);
    for (customer, day) in [("a", 0), ("a", 40), ("b", 3), ("c", 90)] {
        builder.push(Row { customer, day: Day(day), second: None, amount: 100, order: None, dimensions: &[] });
    }
    for ledger in [builder.finish(), LedgerBuilder::new(Vec::new(), false).finish()] {
        let told = forecast(ledger, Day(100), None);
        assert_eq!((told.origins.len(), told.chosen, told.purchases, told.equity), (0, None, None, None));
    }
}
