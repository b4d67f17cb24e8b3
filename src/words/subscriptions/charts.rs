//! The words around the charts of subscriptions.

use crate::report::Report;
use crate::report::subscriptions::{Form, LogRankTest, Movement, Subscriptions};

use super::super::charts::ChartWords;
use super::super::facts::FEW;
use super::super::format::Format;
use super::figures::won_and_lost;
use super::{CHANCE, Extremes, WATCHED, extremes, last_watched, plan, spoken_months};

fn in_currency(f: &dyn Format) -> String {
    f.currency_name().map_or_else(String::new, |name| format!(", {name}"))
}

fn not_over(told: &Subscriptions) -> Option<String> {
    let last = told.mrr.last().filter(|month| !month.complete)?;
    let month = last.month.as_deref()?;
    Some(format!("The last month is not over; its column is paler ({month})."))
}

fn month_name(month: &Movement, f: &dyn Format) -> String {
    month.month.as_deref().map(|month| f.month(month)).unwrap_or_default()
}

/// Recurring revenue at the end of each month.
pub fn level(told: &Subscriptions, _: &Report, f: &dyn Format) -> ChartWords {
    let title = match (told.mrr.first(), told.mrr.last()) {
        (Some(first), Some(last)) if first.month != last.month => format!(
            "Monthly revenue of {} in {}, {} in {}",
            f.money(first.mrr.to_f64()),
            month_name(first, f),
            f.money(last.mrr.to_f64()),
            month_name(last, f)
        ),
        (_, Some(last)) => format!("Monthly revenue of {} in {}", f.money(last.mrr.to_f64()), month_name(last, f)),
        _ => "No month to show".to_owned(),
    };
    ChartWords {
        sub: format!("Recurring revenue on the last evening of each month{}", in_currency(f)),
        sentence: format!("Columns of monthly recurring revenue. {title}."),
        title,
        note: not_over(told),
    }
}

/// What moved it from month to month.
pub fn movements(told: &Subscriptions, _: &Report, f: &dyn Format) -> ChartWords {
    let (months, won, lost) = won_and_lost(told);
    let [won, lost] = [won, lost].map(|sum| f.money(sum.to_f64()));
    let when = if months == 1 { "in one month".to_owned() } else { format!("in {} months", f.integer(months)) };
    let title = format!("{won} of what comes in every month was won and {lost} lost {when}");
    ChartWords {
        sub: format!("Recurring revenue won and lost in each month{}", in_currency(f)),
        sentence: format!("Columns above and below zero: what was won, and what was lost. {title}."),
        title,
        note: not_over(told),
    }
}

/// How long subscribers stay, by plan, or all together where there are no two plans.
pub fn lasting_by_plan(told: &Subscriptions, _: &Report, f: &dyn Format) -> ChartWords {
    let lifetimes = &told.lifetimes;
    let title = if lifetimes.plans.is_empty() {
        match &lifetimes.all {
            Some(all) => match (all.median_months, last_watched(all)) {
                (Some(months), _) => format!("Half have left after {}", spoken_months(months, f)),
                (None, Some(point)) if point.month > 0 => {
                    format!(
                        "{} are still there after {}",
                        f.percent(point.share, 0),
                        f.count(u64::from(point.month), "month")
                    )
                }
                _ => "Too early to tell how long they stay".to_owned(),
            },
            None => "Nobody has paid yet".to_owned(),
        }
    } else {
        compared(&lifetimes.plans, lifetimes.plans_test, "plans", &plan, f)
    };
    let by = if lifetimes.plans.is_empty() { "" } else { ", by plan" };
    lasting(title, by, months_there(told), lifetimes.plans_test, f)
}

/// What the months of a curve are counted from.
pub fn months_there(told: &Subscriptions) -> &'static str {
    match told.form {
        Form::Tenures => "months as a subscriber",
        _ => "months since the first paid day",
    }
}

/// How long subscribers stay, by when they came.
pub fn lasting_by_cohort(told: &Subscriptions, _: &Report, f: &dyn Format) -> ChartWords {
    let lifetimes = &told.lifetimes;
    let title = match lifetimes.cohorts.is_empty() {
        true => "All came in one period".to_owned(),
        false => compared(&lifetimes.cohorts, lifetimes.cohorts_test, "periods", &|name| cohort(name, f), f),
    };
    lasting(title, ", by when they first paid", months_there(told), lifetimes.cohorts_test, f)
}

/// The name of a cohort: a year or a quarter.
pub fn cohort(name: &str, f: &dyn Format) -> String {
    f.period(name, if name.contains('Q') { crate::math::Unit::Quarter } else { crate::math::Unit::Year })
}

fn compared(
    groups: &[crate::report::subscriptions::Lasting],
    test: Option<LogRankTest>,
    what: &str,
    name: &dyn Fn(&str) -> String,
    f: &dyn Format,
) -> String {
    match (test, extremes(groups)) {
        (Some(test), Some(Extremes { month, worst, left, best, stay })) if test.p < CHANCE => format!(
            "After {} {} are still there of {}, {} of {}",
            f.count(u64::from(month), "month"),
            f.percent(stay, 0),
            name(&best.group),
            f.percent(left, 0),
            name(&worst.group)
        ),
        (Some(test), _) if test.p < CHANCE => format!("How long they stay differs between {what}"),
        (Some(_), _) => format!("How long they stay: the {what} differ within chance"),
        (None, _) => format!("Too little has ended to tell {what} apart (from about {FEW} it will)"),
    }
}

fn lasting(title: String, by: &str, months: &str, test: Option<LogRankTest>, f: &dyn Format) -> ChartWords {
    let chance = test.map(|test| {
        let times = match test.p {
            p if p < 0.001 => format!("fewer than 1 case in {}", f.integer(1000)),
            p => format!("{} of all cases", f.percent(p, u8::from(p < 0.1))),
        };
        format!(" By chance alone the lines would lie so far apart in {times}.")
    });
    ChartWords {
        sub: format!("Estimated share of subscribers who are still there{by}; {months}"),
        sentence: format!("Lines that fall from 100% as subscribers leave. {title}."),
        title,
        note: Some(format!(
            "Kaplan and Meier’s estimate. Lines end where fewer than {WATCHED} are watched; the table has all, with 95% \
             intervals.{}",
            chance.unwrap_or_default()
        )),
    }
}
