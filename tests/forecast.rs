//! What is said of the time to come: of CDNOW, and of shops too small to tell.
#![allow(clippy::disallowed_methods, reason = "tests run natively, and read fixtures")]

use std::fs::File;
use std::path::PathBuf;

use perennial::ledger::build::Row;
use perennial::ledger::{Base, Ledger, LedgerBuilder, Selection, Summary};
use perennial::math::random::Random;
use perennial::math::{Day, Money};
use perennial::models::forecast;
use perennial::models::outlook::Outlook;
use perennial::models::years::{Span, of_all, of_customer};
use perennial::report::Settings;
use perennial::report::forecast::{Candidate, Forecast, Trust};

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
    // Its times are random, and the model of a rhythm takes no part.
    assert!(told.origins.iter().all(|origin| origin.score(Candidate::MbgCnbd).is_none()));
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
fn years_of_all_are_those_of_each_customer_and_the_first_is_the_next_12_months() {
    let visits = Selection::new(Base::new(made_up(5, 150, 1, 40.0)).into(), &Settings::default()).visits;
    let outlook = Outlook::of(&visits, Day(730));
    let (year, summary) = (outlook.year.as_ref().unwrap(), &outlook.summary);
    let near = |one: f64, other: f64, by: f64| assert!((one / other - 1.0).abs() < by, "{one} {other}");
    for (years, discount, by) in [(Some(1), 0.0, 1e-9), (Some(5), 0.1, 1e-9), (None, 0.1, 0.02)] {
        let span = Span { years, discount };
        let all = of_all(year, summary, span);
        let each: Vec<_> = summary.buyers.iter().map(|&c| of_customer(year, summary, c as usize, span)).collect();
        // Without an end the whole is told by some of the customers.
        near(all.value, each.iter().map(|total| total.value).sum(), by);
        // Draws of all are those of each, weighted by what they bring; so is what chance adds.
        let draw: f64 = each.iter().map(|total| total.value * total.factors[7]).sum();
        near(all.factors[7], draw / all.value, 5.0 * by);
        if years.is_some() {
            near(all.noise, each.iter().map(|total| total.noise).sum(), 0.1);
        }
        if years == Some(1) {
            near(all.value, year.revenue.value, 1e-9);
            near(all.noise, year.revenue.noise, 1e-9);
        }
        // Kept for the same span, and made anew for another.
        assert_eq!(outlook.over_years(year, span).factors, all.factors);
    }
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

/// Customers who come over 500 days and buy up to day 730 after gaps of so many stages each, `gap` days in the mean, and who
/// drop out after each purchase with a probability of their own.
fn made_up(seed: u64, customers: u32, stages: u32, gap: f64) -> Ledger {
    let mut random = Random::new(seed);
    let mut builder = LedgerBuilder::new(Vec::new(), false);
    for customer in 0..customers {
        let customer = format!("c{customer}");
        let mut at = f64::from(random.below(500));
        let rate = random.gamma(2.0, 2.0 * gap / f64::from(stages));
        let [x, y] = [random.gamma(0.6, 1.0), random.gamma(3.0, 1.0)];
        let leaves = x / (x + y);
        while at <= 730.0 {
            let day = Day(at.ceil() as i32);
            builder.push(Row { customer: &customer, day, second: None, amount: 300_000, order: None, dimensions: &[] });
            if random.uniform() < leaves {
                break;
            }
            at += (0..stages).map(|_| random.exponential(rate)).sum::<f64>();
        }
    }
    builder.finish()
}

#[test]
fn who_buys_in_a_rhythm_is_told_by_the_model_of_one() {
    let told = forecast(made_up(3, 400, 4, 40.0), Day(730), None);
    assert_eq!(told.chosen, Some(Candidate::MbgCnbd));
    assert!(told.origins.iter().all(|origin| {
        let score = |candidate| origin.score(candidate).unwrap().log_score.unwrap();
        score(Candidate::MbgCnbd) < score(Candidate::Mean).min(score(Candidate::MbgNbd))
    }));
    assert!(told.verdict.trust.may_be_told() && told.verdict.error.unwrap().abs() < 0.15, "{:?}", told.verdict);
}

#[test]
fn from_ten_repeat_buyers_on_a_direction_is_told_in_a_wide_band() {
    let told = forecast(made_up(8, 110, 1, 900.0), Day(730), None);
    let verdict = told.verdict;
    assert!((10..30).contains(&verdict.repeat_buyers), "{verdict:?}");
    assert_eq!((verdict.trust, verdict.enough_on), (Trust::Direction, None), "{verdict:?}");
    let band = told.purchases.unwrap();
    assert!(band.high > 2.0 * band.low && band.low > 0.0, "{band:?}");
    // Of a third of them nothing is told, but when there will be enough.
    let few = forecast(made_up(8, 60, 1, 2500.0), Day(730), None).verdict;
    assert!(few.repeat_buyers < 10 && few.trust == Trust::TooFew && few.enough_on.is_some(), "{few:?}");
}
