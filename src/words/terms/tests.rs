//! Every figure of the made-up shop, and of a shop without rows.

use super::{Direction, Term};
use crate::math::Money;
use crate::math::money::Derived;
use crate::report::Report;
use crate::report::settings::{ActiveRule, LifespanRule};
use crate::words::fixture;
use crate::words::format::Plain;

fn euros() -> Plain {
    Plain { currency: Some("EUR".to_string()), today: Some(fixture::day("2026-10-02")) }
}

fn every_text(term: Term, report: &Report) -> Vec<String> {
    let f = euros();
    let mut texts = vec![term.value(report, &f), term.mean(report, &f), term.with_numbers(report, &f)];
    texts.extend(term.note(report, &f));
    texts.extend(term.delta(report, &f).map(|delta| format!("{}{}", delta.amount, delta.rest)));
    texts.extend(term.inputs(report, &f).into_iter().map(|(name, value)| format!("{name}: {value}")));
    texts.extend([term.name(), term.trade(), term.meaning(), term.formula_for(report)].map(str::to_string));
    texts
}

#[test]
fn no_figure_says_nan_or_nothing() {
    let mut odd = fixture::report();
    odd.settings.active = ActiveRule::CalendarMonth;
    odd.retention.active_window_days = None;
    odd.settings.lifespan = LifespanRule::Fixed { years: 3.0 };
    odd.retention.yearly.scaled = true;
    odd.totals.cac = None;
    odd.totals.crv = None;
    odd.totals.ltv_cac = None;
    odd.totals.payback_months = None;
    for report in [fixture::report(), fixture::empty(), odd] {
        for term in Term::ALL {
            for text in every_text(term, &report) {
                assert!(!text.trim().is_empty(), "{term:?}");
                for wrong in ["NaN", "inf", "!", "None"] {
                    assert!(!text.contains(wrong), "{term:?}: {text}");
                }
            }
        }
    }
}

#[test]
fn undefined_is_said_and_never_zero() {
    let report = fixture::empty();
    let f = euros();
    for term in [
        Term::AverageOrder,
        Term::Repeat,
        Term::Frequency,
        Term::Kept,
        Term::Lost,
        Term::CameBack,
        Term::Lifespan,
        Term::Worth,
        Term::CostToWin,
        Term::LeftOver,
        Term::Ratio,
        Term::Payback,
        Term::SoFar,
        Term::SoFarMedian,
        Term::Gini,
        Term::TopTenth,
        Term::Window,
    ] {
        assert_eq!(term.value(&report, &f), "not defined", "{term:?}");
        assert!(term.with_numbers(&report, &f).starts_with("not defined"), "{term:?}");
    }
}

#[test]
fn a_worth_that_is_not_told_has_no_formula_beside_it() {
    let (mut report, f) = (fixture::report(), euros());
    assert!(Term::Worth.made_of(&report, &f).is_some_and(|made| made.contains(" a year × ")));
    // The last 12 months of three years: the pace within them is one that nobody keeps up.
    report.settings.from = Some(fixture::day("2025-10-01"));
    (report.period.start, report.period.days) = (report.settings.from, 365);
    (report.totals.cltv, report.totals.cltv_margin) = (None, None);
    assert_eq!(Term::Worth.made_of(&report, &f), None);
    assert_eq!(Term::Worth.mean(&report, &f), "Told from two years on; shown is less");
    assert_eq!(Term::Worth.with_numbers(&report, &f), "not defined: told from two years on; shown is less");
    assert!(Term::Worth.inputs(&report, &f).iter().all(|(name, _)| name.starts_with("Rows")));
}

#[test]
fn formulas_hold_with_the_numbers_in() {
    let (report, f) = (fixture::report(), euros());
    for (term, text) in [
        (Term::Revenue, "€271,846 − €6,869 = €264,977"),
        (Term::AverageOrder, "€264,977 ÷ 7,460 = €35.52"),
        (Term::Repeat, "1,369 ÷ 3,069 = 44.6%"),
        (Term::Frequency, "7,460 ÷ 4,414 years = 1.69"),
        (Term::Kept, "570 ÷ 1,372 = 41.5%"),
        (Term::Lost, "100% − 41.5% = 58.5%"),
        (Term::CameBack, "570 ÷ 1,372 = 41.5%"),
        (Term::Lifespan, "1 ÷ 58.5% = 1.71 years"),
        (Term::CostToWin, "€65,707 ÷ 3,069 = €21.41"),
        (Term::LeftOver, "€102.69 − €21.41 = €81.28"),
        (Term::Ratio, "€102.69 ÷ €21.41 = 4.8"),
        (Term::Payback, "€34.00 in the first month ≥ €21.41"),
        (Term::TopTenth, "€111,290 ÷ €264,977 = 42%"),
    ] {
        assert_eq!(term.with_numbers(&report, &f), text, "{term:?}");
    }
}

#[test]
fn the_worked_example_of_the_definitions_reads_as_it_stands_there() {
    let mut report = fixture::report();
    report.totals.aov = Some(Derived(50.0));
    report.totals.purchase_frequency = Some(4.0);
    report.totals.lifespan_years = Some(3.0);
    report.totals.cltv = Some(Derived(600.0));
    report.totals.cac = Some(Derived(20.0));
    report.totals.crv = Some(Derived(580.0));
    let f = euros();
    assert_eq!(Term::Worth.with_numbers(&report, &f), "€50.00 × 4.00 × 3.00 = €600.00");
    assert_eq!(Term::LeftOver.with_numbers(&report, &f), "€600.00 − €20.00 = €580.00");
    report.settings.margin = Some(0.58);
    report.totals.cltv_margin = Some(Derived(348.0));
    assert_eq!(Term::Worth.with_numbers(&report, &f), "€50.00 × 4.00 × 3.00 × 58% = €348.00");
    assert_eq!(Term::Worth.value(&report, &f), "€348.00");
}

#[test]
fn rounding_that_shows_is_not_called_equal() {
    let (mut report, f) = (fixture::report(), euros());
    report.totals.gross = "1300.50".parse().unwrap();
    report.totals.refunds = "100.25".parse().unwrap();
    report.totals.revenue = "1200.25".parse().unwrap();
    assert_eq!(Term::Revenue.with_numbers(&report, &f), "€1,300.50 − €100.25 = €1,200.25");
    report.totals.aov = Some(Derived(1.0 / 3.0));
    report.totals.purchase_frequency = Some(7.0 / 3.0);
    report.totals.lifespan_years = Some(100.0);
    report.totals.cltv = Some(Derived(700.0 / 9.0));
    assert!(Term::Worth.with_numbers(&report, &f).contains('≈'));
}

#[test]
fn changes_are_said_with_their_sign_or_as_no_clear_change() {
    let (mut report, f) = (fixture::report(), euros());
    let delta = Term::Revenue.delta(&report, &f).unwrap();
    assert_eq!((delta.amount.as_str(), delta.rest.as_str()), ("42%", "in the last 12 months"));
    assert_eq!((delta.direction, delta.good, delta.arrow()), (Direction::Up, Some(true), ("↑", "up")));
    report.period.start = report.recent.as_ref().map(|recent| recent.now.start);
    assert_eq!(Term::Revenue.delta(&report, &f).unwrap().rest, "from €88,360");
    let kept = Term::CameBack.delta(&report, &f).unwrap();
    assert_eq!((kept.direction, kept.rest.as_str()), (Direction::Flat, "39.0% the year before: no clear change"));
    report.recent.as_mut().unwrap().before.revenue = Money::ZERO;
    assert_eq!(Term::Revenue.delta(&report, &f), None);
    report.recent = None;
    assert!(Term::ALL.iter().all(|term| term.delta(&report, &f).is_none()));
}

#[test]
fn inputs_say_how_many_rows_were_used_and_left_out() {
    let (report, f) = (fixture::report(), euros());
    let pair = |name: &str, value: &str| (name.to_string(), value.to_string());
    assert_eq!(
        Term::Revenue.inputs(&report, &f),
        [
            pair("Purchases", "7,460"),
            pair("Refunds, on their own date", "164"),
            pair("Rows used", "8,495"),
            pair("Rows left out", "119"),
        ]
    );
    let mut beside = report.clone();
    beside.tables[0].refund_rows = 3;
    assert_eq!(Term::Revenue.inputs(&beside, &f)[1].0, "Refunds, on the date of their row");
    for term in Term::ALL {
        let inputs = term.inputs(&report, &f);
        assert_eq!(inputs[inputs.len() - 1], pair("Rows left out", "119"), "{term:?}");
    }
}

#[test]
fn keys_find_their_figures() {
    for (i, term) in Term::ALL.into_iter().enumerate() {
        assert_eq!(Term::from_key(term.key()), Some(term));
        assert!(Term::ALL[..i].iter().all(|other| other.name() != term.name()), "{term:?}");
    }
    assert_eq!(Term::from_key("profit"), None);
}
