//! The key figures of subscriptions, each with its explanation.

use crate::math::Money;
use crate::math::stats::Share;
use crate::report::Report;
use crate::report::subscriptions::{BillingBasis, Form, Movement, Running, Subscriptions};

use super::super::format::{Format, NOT_DEFINED};
use super::super::told::{Told, rate};
use super::{WATCHED, last_watched, spoken_months};

/// All of them, in the order in which they stand.
pub fn figures(told: &Subscriptions, _: &Report, f: &dyn Format) -> Vec<Told> {
    if told.form == Form::Tenures {
        return vec![half(told, f)];
    }
    vec![income(told, f), each(told, f), lost(told, f), still_there(told, f), against(told, f), half(told, f)]
}

/// What a movement comes to, with its signs: `€90 + €10 + … − €20 = €138`.
fn sum(month: &Movement, f: &dyn Format) -> String {
    let gained = [month.new, month.reactivated, month.expansion];
    let gone = [month.contraction, month.churned];
    let signed = |sign: &'static str| move |amount: &Money| (sign, *amount);
    let parts = gained.iter().map(signed("+")).chain(gone.iter().map(signed("−")));
    let parts: String = parts.map(|(sign, amount)| format!(" {sign} {}", f.money_exact(amount))).collect();
    format!("{}{parts} = {}", f.money_exact(month.mrr_start), f.money_exact(month.mrr))
}

/// A change of more than a hair, and whether it is a rise.
fn change(by: f64, f: &dyn Format) -> Option<(bool, String)> {
    (by.abs() >= 0.005).then(|| (by > 0.0, f.percent(by.abs(), 0)))
}

fn income(told: &Subscriptions, f: &dyn Format) -> Told {
    let last = told.mrr.last();
    let basis = match told.billing {
        BillingBasis::Header => "the header of the amounts",
        BillingBasis::Column => "a column of each contract",
        BillingBasis::TakenAsMonthly => "not told, taken as monthly",
    };
    let left_out: u64 = told.left_out.iter().map(|left| left.contracts).sum();
    let when = last.map(|last| f.day(last.to)).unwrap_or_default();
    Told {
        key: "mrr",
        name: "Comes in every month",
        trade: "monthly recurring revenue, MRR",
        value: last.map_or_else(|| NOT_DEFINED.to_owned(), |last| f.money(last.mrr.to_f64())),
        change: told.year.as_ref().and_then(|year| change(year.mrr.to_f64() / year.mrr_start.to_f64() - 1.0, f)),
        beside: told
            .year
            .as_ref()
            .map_or_else(String::new, |year| format!("from {} a year earlier", f.money(year.mrr_start.to_f64()))),
        line: last.map_or_else(String::new, |last| format!("{} a year at this rate", f.money(last.arr.to_f64()))),
        meaning: "What all contracts that run bring in a month: what is paid for a year counts with a twelfth."
            .to_owned(),
        formula: "on the evening before the month + new + came back + larger − smaller − ended".to_owned(),
        numbers: last.map_or_else(|| NOT_DEFINED.to_owned(), |last| sum(last, f)),
        inputs: vec![
            ("Contracts".to_owned(), f.integer(told.contracts)),
            ("Not counted".to_owned(), f.integer(left_out)),
            ("How often they are paid".to_owned(), basis.to_owned()),
            ("On the evening of".to_owned(), when),
        ],
        note: "Trials bring nothing. Twelve times this is the yearly rate, ARR; it is no forecast.".to_owned(),
        ..Told::default()
    }
}

fn each(told: &Subscriptions, f: &dyn Format) -> Told {
    let last = told.mrr.last();
    let numbers = last.filter(|last| last.arpa.is_some()).map(|last| {
        let (mrr, arpa) = (f.money_exact(last.mrr), f.derived(last.arpa));
        format!("{mrr} ÷ {} = {arpa}", f.integer(last.paying.end))
    });
    Told {
        key: "arpa",
        name: "Each customer pays",
        trade: "average revenue per account, ARPA",
        value: f.derived(last.and_then(|last| last.arpa)),
        beside: "a month".to_owned(),
        line: last.map_or_else(String::new, |last| format!("{} pay", f.count(last.paying.end, "customer"))),
        meaning: "What a customer who pays brings in a month, all contracts of that customer together.".to_owned(),
        formula: "comes in every month ÷ customers who pay".to_owned(),
        numbers: numbers.unwrap_or_else(|| NOT_DEFINED.to_owned()),
        ..Told::default()
    }
}

/// Of all customers at the starts of the last 12 whole months, those who were gone at their ends: lost, and all.
fn monthly_loss(told: &Subscriptions) -> Share {
    let whole = told.mrr.iter().rev().filter(|month| month.complete).take(12);
    let (lost, start) =
        whole.fold((0, 0), |(lost, start), month| (lost + month.paying.lost, start + month.paying.start));
    Share::new(lost, start)
}

fn lost(told: &Subscriptions, f: &dyn Format) -> Told {
    let loss = monthly_loss(told);
    let months = told.mrr.iter().filter(|month| month.complete).count().min(12) as u64;
    let year = told.year.as_ref().map(|year| year.paying);
    let line = match year {
        Some(Running { churn: Some(churn), start, .. }) => {
            format!("{} of the {} a year ago are gone", f.percent(churn, 0), f.integer(start))
        }
        _ => String::new(),
    };
    let revenue = told.mrr.iter().rev().find(|month| month.complete);
    let of_revenue = revenue.map(|month| rate(month.revenue_churn, f)).unwrap_or_else(|| NOT_DEFINED.to_owned());
    let last_name = revenue.and_then(|month| month.month.as_deref()).map(|month| f.month(month)).unwrap_or_default();
    Told {
        key: "logo-churn",
        name: "Lost in a month",
        trade: "logo churn",
        value: rate(loss.rate, f),
        beside: match (loss.low, loss.high) {
            (Some(low), Some(high)) => format!("{} to {}", f.percent(low, 1), f.percent(high, 1)),
            _ => String::new(),
        },
        line,
        meaning: "Of the customers who paid when a month began, those who no longer did at its end.".to_owned(),
        formula: "customers lost ÷ customers at the start, the last 12 whole months together".to_owned(),
        numbers: match loss.rate {
            Some(_) => format!("{} ÷ {} = {}", f.integer(loss.count), f.integer(loss.of), rate(loss.rate, f)),
            None => NOT_DEFINED.to_owned(),
        },
        inputs: vec![
            ("Whole months".to_owned(), f.integer(months)),
            (format!("Of revenue, in {last_name}"), of_revenue),
        ],
        note: "The interval is a 95% one. Who comes back later counts as lost, and then as come back.".to_owned(),
        ..Told::default()
    }
}

fn still_there(told: &Subscriptions, f: &dyn Format) -> Told {
    let year = told.year.as_ref();
    let numbers = year.filter(|year| year.nrr.is_some()).map(|year| {
        let [start, more, less, gone] =
            [year.mrr_start, year.expansion, year.contraction, year.churned].map(|amount| f.money_exact(amount));
        format!("({start} + {more} − {less} − {gone}) ÷ {start} = {}", rate(year.nrr, f))
    });
    Told {
        key: "nrr",
        name: "Income kept, a year",
        trade: "net revenue retention, NRR; without what was added gross revenue retention, GRR",
        value: rate(year.and_then(|year| year.nrr), f),
        beside: match year {
            Some(year) => format!("{} without what they added", rate(year.grr, f)),
            None => "needs contracts of a year ago".to_owned(),
        },
        line: "Of what came in a year ago".to_owned(),
        meaning: "Of what came in a month a year ago, what the same customers bring now.".to_owned(),
        formula: "(at the start + larger − smaller − ended) ÷ at the start".to_owned(),
        numbers: numbers.unwrap_or_else(|| NOT_DEFINED.to_owned()),
        inputs: year
            .map(|year| vec![("From".to_owned(), f.day(year.from)), ("To".to_owned(), f.day(year.to))])
            .unwrap_or_default(),
        note: "Above 100% the business grows without a single new customer.".to_owned(),
        ..Told::default()
    }
}

/// What was won and what was lost in the last 12 months that are told, month by month.
pub(super) fn won_and_lost(told: &Subscriptions) -> (u64, Money, Money) {
    let months = &told.mrr[told.mrr.len().saturating_sub(12)..];
    let won = months.iter().map(|month| month.new + month.reactivated + month.expansion).sum();
    let lost = months.iter().map(|month| month.contraction + month.churned).sum();
    (months.len() as u64, won, lost)
}

fn against(told: &Subscriptions, f: &dyn Format) -> Told {
    let (months, won, lost) = won_and_lost(told);
    let ratio = (lost > Money::ZERO).then(|| won.to_f64() / lost.to_f64());
    let value = ratio.map_or_else(|| NOT_DEFINED.to_owned(), |ratio| f.number(ratio, 1));
    Told {
        key: "quick-ratio",
        name: "Won against lost",
        trade: "quick ratio",
        beside: match ratio {
            None => "nothing was lost".to_owned(),
            Some(_) => format!("in money, over {}", f.count(months, "month")),
        },
        line: "Above 1 it grows".to_owned(),
        meaning: "How much recurring revenue was won for what was lost, month by month, over the last 12 months."
            .to_owned(),
        formula: "(new + came back + larger) ÷ (smaller + ended)".to_owned(),
        numbers: match ratio {
            Some(_) => format!("{} ÷ {} = {value}", f.money_exact(won), f.money_exact(lost)),
            None => NOT_DEFINED.to_owned(),
        },
        value,
        ..Told::default()
    }
}

/// When half have left; where that has not come yet, the share still there after a year, or as long as enough were watched.
fn half(told: &Subscriptions, f: &dyn Format) -> Told {
    let all = told.lifetimes.all.as_ref();
    let tenures = told.form == Form::Tenures;
    let far = all.and_then(|all| {
        let year = all.survival.iter().find(|point| point.month == 12 && point.at_risk >= WATCHED);
        year.or_else(|| last_watched(all)).filter(|point| point.month > 0)
    });
    let after = far.map(|point| f.count(u64::from(point.month), "month")).unwrap_or_default();
    let interval = far.and_then(|point| Some(format!("{} to {}", f.percent(point.low?, 0), f.percent(point.high?, 0))));
    let share = far.map(|point| f.percent(point.share, 0)).unwrap_or_default();
    let median = all.and_then(|all| all.median_months);
    let who = if tenures { "subscribers" } else { "who ever paid" };
    let left = all.map_or_else(String::new, |all| {
        let of = if tenures { "of" } else { "of the" };
        format!("{} {of} {} {who} have left", f.integer(all.left), f.integer(all.subscribers))
    });
    let told_for = "Those who are still there count for as long as they have been watched.";
    let mut figure = Told {
        key: "half-left",
        name: "Half have left after",
        trade: "median lifetime, by Kaplan and Meier",
        value: if all.is_some() { "not reached".to_owned() } else { NOT_DEFINED.to_owned() },
        line: left,
        meaning: format!("How long it takes until half of all subscribers have left. {told_for}"),
        formula: "first time at which the product of (1 − those who leave ÷ those still there) is one half or less".to_owned(),
        inputs: all
            .map(|all| {
                let [first, left] = match tenures {
                    true => ["Subscribers", "Have left"],
                    false => ["Have ever paid", "Have left, back or not"],
                };
                vec![
                    (first.to_owned(), f.integer(all.subscribers)),
                    (left.to_owned(), f.integer(all.left)),
                    ("Have never left".to_owned(), f.integer(all.subscribers - all.left)),
                ]
            })
            .unwrap_or_default(),
        note: match tenures {
            true => "Counted as the file tells it: for how long, and whether it has ended.",
            false => {
                "Counted from the first paid day; contracts that follow each other without a gap are one stay. Who comes back \
                 after a gap counts with the first stay, so more may pay today than have never left."
            }
        }
        .to_owned(),
        ..Told::default()
    };
    match (median, far) {
        (Some(months), _) => {
            let spoken = spoken_months(months, f);
            let (number, unit) = spoken.split_once(' ').unwrap_or((&spoken, ""));
            (figure.value, figure.unit) = (number.to_owned(), unit.to_owned());
            if far.is_some() {
                let interval = interval.map_or_else(String::new, |interval| format!(" ({interval})"));
                figure.beside = format!("after {after} {share}{interval} are still there");
            }
        }
        (None, Some(_)) => {
            figure.name = "Still there";
            figure.trade = "share that stays, by Kaplan and Meier";
            figure.value = share;
            figure.unit = format!("after {after}");
            figure.beside = interval.unwrap_or_default();
            figure.meaning = format!(
                "The estimated share of subscribers who are still there after {after}. When half will have left can’t be told \
                 yet: more than half are still there. {told_for}"
            );
            figure.formula =
                "product of (1 − those who leave ÷ those still there) over all times up to then".to_owned();
            figure.note.push_str(" The interval is a 95% one.");
        }
        (None, None) => {}
    }
    figure
}
