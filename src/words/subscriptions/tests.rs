//! What is said of subscriptions, from sections as the measures make them.

use super::*;
use crate::charts::figures::tests::check;
use crate::math::stats::Share;
use crate::math::{Day, Money, order};
use crate::measures::subscriptions::{Contract, Contracts, subscriptions};
use crate::report::subscriptions::{Lifetimes, NotCounted, Trials};
use crate::words::fixture::report;
use crate::words::format::Plain;

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

/// Contracts of customer, start, end ("" for none), whole units a month and plan; customers in the order of their names.
fn contracts(rows: &[(&str, &str, &str, i64, &str)]) -> Contracts {
    let names = |of: &dyn Fn(usize) -> Box<str>| {
        let mut names: Vec<Box<str>> = (0..rows.len()).map(of).collect();
        order::sort_by(&mut names, Ord::cmp);
        names.dedup();
        names
    };
    let (customers, plans) = (names(&|row| rows[row].0.into()), names(&|row| rows[row].4.into()));
    let place = |names: &[Box<str>], name: &str| names.iter().position(|known| **known == *name).unwrap() as u32;
    let list = rows
        .iter()
        .map(|&(customer, start, end, monthly, plan)| {
            let end = (!end.is_empty()).then(|| day(end));
            let (customer, plan) = (place(&customers, customer), place(&plans, plan));
            let monthly = Money::units(monthly).0;
            Contract { customer, start: day(start), end, covers: end, monthly, plan, trial: false }
        })
        .collect();
    Contracts { customers, plans, list, ..Contracts::default() }
}

fn format() -> Plain {
    Plain::new(Some("EUR"))
}

/// Forty who pay for a small box, every second of whom leaves after three months, and forty for a large one who stay.
fn boxes() -> Contracts {
    let names: Vec<String> = (0..80).map(|n| format!("c{n:02}")).collect();
    let rows: Vec<_> = names
        .iter()
        .enumerate()
        .map(|(n, name)| match (n < 40, n % 2 == 0) {
            (true, true) => (&**name, "2023-01-01", "2023-04-01", 10, "Small"),
            (true, false) => (&**name, "2023-01-01", "", 10, "Small"),
            (false, _) => (&**name, "2023-06-01", "", 20, "Large"),
        })
        .collect();
    contracts(&rows)
}

fn told(contracts: &Contracts, end: &str) -> Subscriptions {
    subscriptions(contracts, day("2020-01-01"), day(end))
}

#[test]
fn the_finding_is_what_comes_in_and_how_that_moved() {
    let told = told(&boxes(), "2024-06-30");
    let finding = finding(&told, &report(), &format());
    assert_eq!(finding.text(), "60 customers pay you €1,000 a month, about as much as a year earlier.");
    let lead = finding.lead.unwrap();
    assert!(lead.starts_with("Of each €100 that came in a year ago, €100 still do"), "{lead}");
    assert!(lead.ends_with("are still there."), "{lead}");
}

#[test]
fn a_handful_is_said_to_be_one_and_nobody_is_said_to_be_nobody() {
    let few = contracts(&[("a", "2024-01-10", "", 9, ""), ("b", "2024-01-12", "2024-02-12", 9, "")]);
    let now = finding(&told(&few, "2024-03-31"), &report(), &format());
    assert_eq!(now.text(), "1 customer pays you €9.00 a month.");
    assert!(now.lead.unwrap().starts_with("2 customers have ever paid; from about 30 on"));
    let gone = contracts(&[("b", "2024-01-12", "2024-02-12", 9, "")]);
    let finding = finding(&told(&gone, "2024-03-31"), &report(), &format());
    assert_eq!(finding.text(), "Nobody paid for a subscription on 31 Mar 2024.");
    let before = super::finding(&told(&gone, "2023-03-31"), &report(), &format());
    assert_eq!(before.text(), "No subscription runs in this selection.");
}

#[test]
fn figures_have_their_numbers_in() {
    let told = told(&boxes(), "2024-06-30");
    let all = figures::figures(&told, &report(), &format());
    let value = |key: &str| all.iter().find(|figure| figure.key == key).map(|figure| &*figure.value).unwrap();
    assert_eq!(["mrr", "arpa", "logo-churn", "nrr"].map(value), ["€1,000", "€16.67", "0.0%", "100.0%"]);
    assert_eq!((value("quick-ratio"), value("half-left")), ("not defined", "75%"));
    assert_eq!(all[0].numbers, "€1,000.00 + €0.00 + €0.00 + €0.00 − €0.00 − €0.00 = €1,000.00");
    assert_eq!(all[1].numbers, "€1,000.00 ÷ 60 = €16.67");
    assert_eq!((all[5].name, &*all[5].unit), ("Still there", "after 12 months"), "half have not left");
    assert!(all[5].beside.starts_with("6") && all[5].beside.contains("% to 8"), "{}", all[5].beside);
    let keys: std::collections::BTreeSet<_> = all.iter().map(|figure| figure.key).collect();
    assert_eq!(keys.len(), all.len());
    assert!(all.iter().all(|figure| !figure.meaning.is_empty() && figure.meaning.ends_with('.')));
    // Without a year behind them, what needs one is not defined, and says so.
    let young = figures::figures(&super::tests::told(&boxes(), "2023-09-30"), &report(), &format());
    assert_eq!((&*young[3].value, &*young[3].beside), ("not defined", "needs contracts of a year ago"));
}

/// A file that tells how long each has been there and whether they left, and knows neither plans nor payments.
#[test]
fn of_stays_without_plans_and_payments_no_plan_and_no_payment_is_told() {
    let of_contracts = told(&contracts(&[("", "2023-01-01", "", 10, "")]), "2024-06-30");
    let all = told(&boxes(), "2024-06-30").lifetimes.all;
    let stays = Subscriptions {
        form: Form::Tenures,
        contracts: 80,
        customers: 80,
        left_out: vec![NotCounted { reason: WhyNot::UnknownStay, contracts: 2 }],
        lifetimes: Lifetimes { all, ..Lifetimes::default() },
        ..of_contracts
    };
    let figures = figures::figures(&stays, &report(), &format());
    assert_eq!(figures.len(), 1);
    assert_eq!((&*figures[0].value, figures[0].name, &*figures[0].unit), ("75%", "Still there", "after 12 months"));
    let figure = crate::charts::lasting_by_plan(&stays, &report(), 700, &format());
    let remarks = remarks(&stays, &report(), &format());
    assert!(remarks[1].starts_with("2 rows are not counted"), "{remarks:?}");
    let said = format!("{figures:?} {figure:?}");
    assert!(["by plan", "paid", "pay", "contract"].iter().all(|word| !said.contains(word)));
}

#[test]
fn plans_that_differ_are_told_and_those_within_chance_are_not() {
    let mut told_of = told(&boxes(), "2024-06-30");
    let words = charts::lasting_by_plan(&told_of, &report(), &format());
    assert_eq!(words.title, "After 12 months 100% are still there of Large, 50% of Small");
    let to_do = to_do(&told_of, &report(), &format());
    assert_eq!(to_do[0].title, "Ask those who leave Small what was missing");
    assert_eq!(to_do.len(), 1, "twenty who left are too few to name a month");
    told_of.lifetimes.all.as_mut().unwrap().left = 30;
    let to_do = super::to_do(&told_of, &report(), &format());
    assert_eq!(to_do[1].title, "Be in touch before month 3 is over");
    let mut same = told_of.clone();
    same.lifetimes.plans_test.as_mut().unwrap().p = 0.4;
    let words = charts::lasting_by_plan(&same, &report(), &format());
    assert_eq!(words.title, "How long they stay: the plans differ within chance");
    assert_eq!(super::to_do(&same, &report(), &format()).len(), 1);
}

/// Of each hundred who get so far ten leave in every month but the sixth, in which as many more leave as is said.
#[test]
fn a_month_is_named_only_where_clearly_more_leave_in_it() {
    let lasting = |sixth: f64| {
        let mut share = 1.0;
        let point = |month: u32| {
            let now = share;
            share *= if month == 5 { 1.0 - sixth } else { 0.95 };
            SurvivalPoint { month, at_risk: (1_000.0 * now) as u64, share: now, low: None, high: None }
        };
        let survival: Vec<SurvivalPoint> = (0..=12).map(point).collect();
        Lasting { subscribers: 1_000, left: 500, survival, ..Lasting::default() }
    };
    let said = |sixth: f64| {
        let lifetimes = Lifetimes { all: Some(lasting(sixth)), ..Lifetimes::default() };
        to_do(&Subscriptions { lifetimes, ..Subscriptions::default() }, &report(), &format())
    };
    assert_eq!(said(0.06), [], "a hair more may be chance");
    let [month] = &said(0.15)[..] else { panic!("one month") };
    assert_eq!((&*month.title, &*month.behind.1), ("Be in touch before month 6 is over", "15.0%"));
    assert!(
        month.why.starts_with("Of those who get so far 15.0% leave in that month, more than in any other"),
        "{}",
        month.why
    );
}

#[test]
fn without_dates_only_how_long_they_stay_is_told() {
    let survival = [1.0, 0.8, 0.6].into_iter().zip(0..).map(|(share, month)| SurvivalPoint {
        month,
        at_risk: 60,
        share,
        low: None,
        high: None,
    });
    let all = Lasting { subscribers: 100, left: 40, survival: survival.collect(), ..Lasting::default() };
    let lifetimes = Lifetimes { all: Some(all), ..Lifetimes::default() };
    let told =
        Subscriptions { form: Form::Tenures, contracts: 100, customers: 100, lifetimes, ..Subscriptions::default() };
    let said = finding(&told, &report(), &format());
    assert_eq!(said.text(), "60% of all subscribers are estimated to be still there after 2 months.");
    assert_eq!(said.lead.as_deref(), Some("40 of 100 subscribers have left so far."));
    assert!(remarks(&told, &report(), &format())[0].contains("need the day on which each contract began"));
    assert_eq!(figures::figures(&told, &report(), &format()).len(), 1);
    assert_eq!(scope(&told, &report(), &format()), "100 rows of 100 customers");
}

#[test]
fn trials_are_told_with_their_interval() {
    let mut told = told(&boxes(), "2024-06-30");
    assert_eq!(trial_facts(&told, &report(), &format()), None);
    told.trials = Some(Trials { converted: Share::new(30, 50), running: 4, median_days: Some(14.0) });
    let (title, facts) = trial_facts(&told, &report(), &format()).unwrap();
    assert_eq!(
        (&*title, &*facts[0].1),
        ("60% of trials become contracts", "30 of 50 customers whose trial is decided (46% to 72%)")
    );
    assert_eq!(to_do(&told, &report(), &format())[0].title, "Write to 4 customers on trial");
    told.trials = Some(Trials { converted: Share::new(1, 2), running: 1, median_days: Some(14.0) });
    assert_eq!(trial_facts(&told, &report(), &format()).unwrap().0, "3 trials of 80 customers so far");
    assert_eq!(to_do(&told, &report(), &format())[0].behind.2, "too few trials are decided");
}

#[test]
fn what_is_taken_for_granted_and_left_out_is_said() {
    let mut told = told(&boxes(), "2024-06-30");
    assert!(remarks(&told, &report(), &format())[0].starts_with("No column says how often"));
    told.billing = BillingBasis::Column;
    assert_eq!(remarks(&told, &report(), &format()), [] as [&str; 0]);
    let reasons = [
        WhyNot::NoCustomer,
        WhyNot::EndsBeforeStart,
        WhyNot::UnknownBilling,
        WhyNot::UnknownQuantity,
        WhyNot::UnknownStay,
        WhyNot::StoppedUnknownWhen,
        WhyNot::TooLarge,
    ];
    told.left_out = reasons.iter().map(|&reason| NotCounted { reason, contracts: 2 }).collect();
    let said = remarks(&told, &report(), &format());
    assert_eq!((said.len(), &*said[1]), (7, "2 contracts are not counted: the end lies before the start."));
    assert!(said.iter().all(|line| line.ends_with('.')));
}

#[test]
fn charts_and_their_tables_say_the_same() {
    let told_of = told(&boxes(), "2024-06-15");
    let (report, f) = (report(), format());
    let mrr = crate::charts::mrr(&told_of, &report, 900, &f);
    assert_eq!((mrr.points.len(), mrr.table.rows.len()), (18, 18));
    assert_eq!(mrr.table.rows[17][1].raw, Money::units(1000).to_string());
    assert!(mrr.note.unwrap().contains("not over"));
    let moved = crate::charts::mrr_movements(&told_of, &report, 900, &f);
    assert_eq!(moved.table.rows[3][6].raw, Money::units(-200).to_string(), "April: twenty small ones ended");
    let plans = crate::charts::lasting_by_plan(&told_of, &report, 900, &f);
    assert!(
        plans.note.unwrap().contains("By chance alone the lines would lie so far apart in fewer than 1 case in 1,000.")
    );
    let cohorts = crate::charts::lasting_by_cohort(&told_of, &report, 900, &f);
    assert!(cohorts.table.rows.iter().any(|row| row[0].text == "Apr–Jun 2023"));
    assert_eq!(told_of.mrr[1].paying.start, 40);
}

#[test]
fn charts_keep_their_words_apart_and_within_the_picture() {
    let one = contracts(&[("a", "2024-01-10", "", 9, "")]);
    let many: Vec<String> = (0..90).map(|n| format!("c{n:02}")).collect();
    let rows: Vec<_> = many
        .iter()
        .enumerate()
        .map(|(n, name)| {
            let start = ["2020-02-01", "2021-03-01", "2022-04-01", "2023-05-01", "2024-01-01"][n % 5];
            let end = if n % 3 == 0 { "" } else { ["2024-02-01", "2024-05-07", "2025-01-01"][n % 3] };
            (
                &**name,
                start,
                end,
                10_000_000,
                ["A", "Plan with a name that goes on and on", "", "D", "E", "F", "G"][n % 7],
            )
        })
        .collect();
    let sections = [
        told(&boxes(), "2024-06-15"),
        told(&one, "2024-01-15"),
        told(&contracts(&rows), "2025-06-30"),
        told(&boxes(), "2022-06-15"),
    ];
    for section in &sections {
        for width in [328, 520, 640, 1120] {
            let draw = [crate::charts::mrr, crate::charts::mrr_movements, crate::charts::lasting_by_plan];
            draw.iter().for_each(|draw| check(&draw(section, &report(), width, &format())));
            check(&crate::charts::lasting_by_cohort(section, &report(), width, &format()));
        }
    }
}
