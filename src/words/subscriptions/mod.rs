//! What is said of subscriptions: the finding, what was not counted, what to do.
//!
//! * here: the sentences of the view.
//! * [`figures`]: its key figures, each with its explanation.
//! * [`charts`]: the words around its charts. [`remaining`]: how long those who subscribe will still stay.

pub mod charts;
pub mod figures;
pub mod remaining;

#[cfg(test)]
mod tests;

use crate::ingest::profile::shown;
use crate::math::stats::Share;
use crate::report::Report;
use crate::report::subscriptions::{BillingBasis, Form, Lasting, Movement, Subscriptions, SurvivalPoint, WhyNot};

use super::facts::FEW;
use super::findings::Finding;
use super::format::Format;
use super::told::ToDo;

/// Below this a difference is within chance.
const CHANCE: f64 = 0.05;

/// Watched subscribers below which a point of a curve is not drawn and not spoken of.
pub const WATCHED: u64 = 10;

/// What comes in every month, and how that moved over a year.
pub fn finding(told: &Subscriptions, _: &Report, f: &dyn Format) -> Finding {
    let plain = |before: String, lead: &str| Finding { before, lead: Some(lead.to_owned()), ..Finding::default() };
    if told.form == Form::Tenures {
        return of_tenures(told, f);
    }
    let Some(last) = told.mrr.last() else {
        return plain(
            "No subscription runs in this selection.".to_owned(),
            "Widen the period, or take a filter away. What was left out stands below.",
        );
    };
    if last.paying.end == 0 {
        let when = format!("Nobody paid for a subscription on {}.", f.day(last.to));
        return plain(when, "Ended contracts and trials bring nothing in. The months before stand below.");
    }
    let pays = if last.paying.end == 1 { "pays" } else { "pay" };
    Finding {
        before: format!("{} {pays} you ", f.count(last.paying.end, "customer")),
        strong: format!("{} a month", f.money(last.mrr.to_f64())),
        after: told.year.as_ref().map_or_else(|| ".".to_owned(), |year| against_a_year_ago(year, f)),
        lead: lead(told, f),
    }
}

/// What is told where a file says how long each has been there, and whether they left, but no dates.
fn of_tenures(told: &Subscriptions, f: &dyn Format) -> Finding {
    let Some(all) = told.lifetimes.all.as_ref().filter(|all| all.subscribers >= FEW) else {
        let before = format!("Too little to tell: how long {} stayed.", f.count(told.contracts, "subscriber"));
        return Finding {
            before,
            lead: Some(format!("From about {FEW} on it begins to mean something.")),
            ..Finding::default()
        };
    };
    let (strong, after) = match (all.median_months, last_watched(all).filter(|point| point.month > 0)) {
        (Some(months), _) => {
            ("Half of all subscribers".to_owned(), format!(" have left after {}.", spoken_months(months, f)))
        }
        (None, Some(point)) => {
            let months = f.count(u64::from(point.month), "month");
            (f.percent(point.share, 0), format!(" of all subscribers are estimated to be still there after {months}."))
        }
        (None, None) => ("It is too early".to_owned(), " to tell how long subscribers stay.".to_owned()),
    };
    let gone = format!("{} of {} have left so far.", f.integer(all.left), f.count(all.subscribers, "subscriber"));
    let Extremes { month, worst, left, best, stay } = match (extremes(&told.lifetimes.plans), told.lifetimes.plans_test)
    {
        (Some(extremes), Some(test)) if test.p < CHANCE => extremes,
        _ => return Finding { strong, after, lead: Some(gone), ..Finding::default() },
    };
    let lead = format!(
        "{gone} After {} an estimated {} of {} are still there, of {} {}.",
        f.count(u64::from(month), "month"),
        f.percent(stay, 0),
        plan(&best.group),
        plan(&worst.group),
        f.percent(left, 0)
    );
    Finding { strong, after, lead: Some(lead), ..Finding::default() }
}

fn against_a_year_ago(year: &Movement, f: &dyn Format) -> String {
    let change = year.mrr.to_f64() / year.mrr_start.to_f64() - 1.0;
    match change {
        change if change.abs() < 0.02 => ", about as much as a year earlier.".to_owned(),
        change if change >= 2.0 => format!(", {} times as much as a year earlier.", f.number(change + 1.0, 1)),
        change if change > 0.0 => format!(", {} more than a year earlier.", f.percent(change, 0)),
        change => format!(", {} less than a year earlier.", f.percent(-change, 0)),
    }
}

/// What of a year ago still comes in, and how long subscribers stay; of a handful that it is one.
fn lead(told: &Subscriptions, f: &dyn Format) -> Option<String> {
    let paid = told.lifetimes.all.as_ref()?.subscribers;
    if paid < FEW {
        let people =
            if paid == 1 { "1 customer has".to_owned() } else { format!("{} customers have", f.integer(paid)) };
        return Some(format!("{people} ever paid; from about {FEW} on, rates and lifetimes begin to mean something."));
    }
    let kept = told.year.as_ref().filter(|year| year.paying.start >= FEW).and_then(|year| {
        let (grr, nrr) = (year.grr?, year.nrr?);
        Some(format!(
            "Of each {} that came in a year ago, {} still do, and with what those customers added it is {}.",
            f.money_short(100.0),
            f.money_short((grr * 100.0).round()),
            f.money_short((nrr * 100.0).round())
        ))
    });
    let stay = told.lifetimes.all.as_ref().map(|all| stays(all, f));
    Some([kept, stay].into_iter().flatten().collect::<Vec<_>>().join(" "))
}

/// How long half of a group stays, or how many are left at the last month that enough were watched for.
pub fn stays(group: &Lasting, f: &dyn Format) -> String {
    match (group.median_months, last_watched(group)) {
        (Some(months), _) => format!("Half of all subscribers have left after {}.", spoken_months(months, f)),
        (None, Some(point)) if point.month > 0 => format!(
            "After {} an estimated {} are still there.",
            f.count(u64::from(point.month), "month"),
            f.percent(point.share, 0)
        ),
        _ => "It is too early to tell how long subscribers stay.".to_owned(),
    }
}

/// A number of months as it is said: whole from a year on, with a decimal below.
pub fn spoken_months(months: f64, f: &dyn Format) -> String {
    let text = f.number(months, u8::from(months < 12.0 && months.fract() != 0.0));
    format!("{text} {}", if text == "1" { "month" } else { "months" })
}

/// The last month that at least [`WATCHED`] were watched for.
pub fn last_watched(group: &Lasting) -> Option<&SurvivalPoint> {
    group.survival.iter().rev().find(|point| point.at_risk >= WATCHED)
}

/// What the figures are taken from: at the end of the row of filters.
pub fn scope(told: &Subscriptions, _: &Report, f: &dyn Format) -> String {
    let what = match told.form {
        Form::Contracts => "contract",
        Form::Snapshots => "row by month",
        Form::Tenures => "row",
    };
    let rows = match told.form {
        Form::Snapshots if told.contracts != 1 => format!("{} rows by month", f.integer(told.contracts)),
        _ => f.count(told.contracts, what),
    };
    let until = told.end.map(|end| format!(", until {}", f.day(end))).unwrap_or_default();
    format!("{rows} of {}{until}", f.count(told.customers, "customer"))
}

/// What was taken for granted, and what could not be counted: a sentence each.
pub fn remarks(told: &Subscriptions, _: &Report, f: &dyn Format) -> Vec<String> {
    let mut remarks = Vec::new();
    if told.form == Form::Tenures {
        remarks.push(
            "The file tells how long each subscriber has been there and whether they left, and no dates. What comes in every \
             month, what moved it, who came when, and what becomes of trials need the day on which each contract began: a column \
             of starts would tell."
                .to_owned(),
        );
    } else if told.billing == BillingBasis::TakenAsMonthly {
        remarks.push(
            "No column says how often contracts are paid, so each amount is taken as paid every month. A column with \
             “monthly” or “yearly” would tell."
                .to_owned(),
        );
    }
    for left in &told.left_out {
        let contracts = f.count(left.contracts, if told.form == Form::Tenures { "row" } else { "contract" });
        let (is, it) = if left.contracts == 1 { ("is", "it") } else { ("are", "they") };
        remarks.push(match left.reason {
            WhyNot::NoCustomer => format!("{contracts} {is} not counted: no customer stands there."),
            WhyNot::EndsBeforeStart => format!("{contracts} {is} not counted: the end lies before the start."),
            WhyNot::UnknownBilling => {
                format!("{contracts} {is} not counted: how often {it} {is} paid can’t be read.")
            }
            WhyNot::UnknownQuantity => format!("{contracts} {is} not counted: how many {is} paid for can’t be read."),
            WhyNot::UnknownStay => {
                format!("{contracts} {is} not counted: how long the stay was, or whether it has ended, can’t be read.")
            }
            WhyNot::StoppedUnknownWhen => {
                format!(
                    "{contracts} {is} not counted: the status says that {it} ended or paused, and no date says when."
                )
            }
            WhyNot::TooLarge => format!("{contracts} {is} not counted: the amount is too large to add up."),
        });
    }
    remarks
}

/// The name of a plan.
pub fn plan(name: &str) -> String {
    if name.is_empty() { "(no plan told)".to_owned() } else { shown(name) }
}

/// Two groups that differ most, and the share that is left of each after so many months.
struct Extremes<'a> {
    month: u32,
    worst: &'a Lasting,
    left: f64,
    best: &'a Lasting,
    stay: f64,
}

/// Who is worst and best off at the latest month that all groups were watched for, at most a year on.
fn extremes(groups: &[Lasting]) -> Option<Extremes<'_>> {
    let enough: Vec<&Lasting> = groups.iter().filter(|group| group.subscribers >= FEW).collect();
    let month = enough.iter().filter_map(|group| last_watched(group)).map(|point| point.month).min()?.min(12);
    let share = |group: &&Lasting| group.survival.iter().find(|point| point.month == month).map(|point| point.share);
    let mut shares = enough.iter().filter_map(|group| Some((*group, share(group)?)));
    let first = shares.next()?;
    let (worst, best) = shares.fold((first, first), |(worst, best), next| {
        (if next.1 < worst.1 { next } else { worst }, if next.1 > best.1 { next } else { best })
    });
    let found = Extremes { month, worst: worst.0, left: worst.1, best: best.0, stay: best.1 };
    (month > 0 && found.worst.group != found.best.group).then_some(found)
}

/// What to do.
pub fn to_do(told: &Subscriptions, _: &Report, f: &dyn Format) -> Vec<ToDo> {
    [trying(told, f), weakest(told, f), risky_month(told, f)].into_iter().flatten().collect()
}

/// Those who are trying it now.
fn trying(told: &Subscriptions, f: &dyn Format) -> Option<ToDo> {
    let trials = told.trials.as_ref().filter(|trials| trials.running > 0)?;
    let began = match (trials.median_days, trials.converted.rate) {
        (Some(days), Some(_)) if trials.converted.of >= FEW => {
            format!("Half of those who began to pay did so within {} of their first day.", f.days(days))
        }
        _ => "A short note while they try is worth more than one after.".to_owned(),
    };
    let behind = match trials.converted.of >= FEW {
        true => ("of trials that are decided".to_owned(), f.rate(&trials.converted), "became contracts".to_owned()),
        false => ("not shown:".to_owned(), String::new(), "too few trials are decided".to_owned()),
    };
    Some(ToDo { title: format!("Write to {} on trial", f.count(trials.running, "customer")), why: began, behind })
}

/// The plan that is left soonest, where that is more than chance.
fn weakest(told: &Subscriptions, f: &dyn Format) -> Option<ToDo> {
    told.lifetimes.plans_test.filter(|test| test.p < CHANCE)?;
    let Extremes { month, worst, left, best, stay } = extremes(&told.lifetimes.plans)?;
    let months = f.count(u64::from(month), "month");
    Some(ToDo {
        title: format!("Ask those who leave {} what was missing", plan(&worst.group)),
        why: format!(
            "After {months} an estimated {} of its subscribers are still there, of {} {}. The plans differ by more than chance.",
            f.percent(left, 0),
            plan(&best.group),
            f.percent(stay, 0)
        ),
        behind: (format!("still there after {months}"), f.percent(left, 0), String::new()),
    })
}

/// The month of the first year in which clearly more leave, of those who get that far, than in its other months.
fn risky_month(told: &Subscriptions, f: &dyn Format) -> Option<ToDo> {
    let all = told.lifetimes.all.as_ref()?;
    let year = all.survival.iter().take_while(|point| point.month <= 12 && point.at_risk >= FEW);
    let points: Vec<&SurvivalPoint> = year.collect();
    let lost = |pair: &[&SurvivalPoint]| 1.0 - pair[1].share / pair[0].share;
    let worst =
        points.windows(2).filter(|pair| pair[0].share > 0.0).reduce(|a, b| if lost(b) > lost(a) { b } else { a })?;
    let month = worst[1].month;
    // Those who left, of all who got so far, in that month and in the others together.
    let (mut here, mut others) = ((0.0, 0), (0.0, 0));
    for pair in points.windows(2).filter(|pair| pair[0].share > 0.0) {
        let (gone, of) = if pair[1].month == month { &mut here } else { &mut others };
        (*gone, *of) = (*gone + lost(pair) * pair[0].at_risk as f64, *of + pair[0].at_risk);
    }
    let [here, others] = [here, others].map(|(gone, of)| Share::new((gone.round() as u64).min(of), of));
    let is_clear = !here.within_chance_of(&others);
    let lost = lost(worst);
    (points.len() > 3 && all.left >= FEW && lost >= 0.03 && is_clear).then(|| ToDo {
        title: format!("Be in touch before month {month} is over"),
        why: format!(
            "Of those who get so far {} leave in that month, more than in any other of their first year: {} on average in these.",
            f.percent(lost, 1),
            f.rate(&others)
        ),
        behind: ("leave in that month".to_owned(), f.percent(lost, 1), "of those still there".to_owned()),
    })
}

/// A plan, as a row of the table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PlanRow {
    /// Its name.
    pub plan: String,
    /// Customers who pay for it.
    pub customers: String,
    /// What it brings in a month.
    pub monthly: String,
    /// Its share of all.
    pub share: String,
    /// When half of its first subscribers have left.
    pub half: String,
}

/// The plans by what they bring, the most first.
pub fn plan_rows(told: &Subscriptions, _: &Report, f: &dyn Format) -> Vec<PlanRow> {
    let all = told.lifetimes.all.iter().filter(|_| told.plans.len() == 1);
    let half = |name: &str| {
        let group = told.lifetimes.plans.iter().find(|group| group.group == name).or_else(|| all.clone().next());
        match group {
            None => "not shown".to_owned(),
            Some(group) => group.median_months.map_or_else(|| "not reached".to_owned(), |m| spoken_months(m, f)),
        }
    };
    let row = |row: &crate::report::subscriptions::Plan| PlanRow {
        plan: plan(&row.plan),
        customers: f.integer(row.customers),
        monthly: f.money(row.mrr.to_f64()),
        share: f.share(row.share),
        half: half(&row.plan),
    };
    told.plans.iter().map(row).collect()
}

/// What becomes of trials: a finding, and the numbers behind it. Nothing where there is none.
pub fn trial_facts(told: &Subscriptions, _: &Report, f: &dyn Format) -> Option<(String, Vec<(String, String)>)> {
    let trials = told.trials.as_ref()?;
    let share = &trials.converted;
    let title = match share.rate {
        Some(_) if share.of >= FEW => format!("{} of trials become contracts", f.rate(share)),
        _ => {
            format!("{} of {} so far", f.count(share.of + trials.running, "trial"), f.count(told.customers, "customer"))
        }
    };
    let mut facts = vec![(
        "Began to pay".to_owned(),
        match f.interval(share) {
            Some(interval) => format!(
                "{} of {} whose trial is decided ({interval})",
                f.integer(share.count),
                f.count(share.of, "customer")
            ),
            None => super::format::NOT_DEFINED.to_owned(),
        },
    )];
    if let Some(days) = trials.median_days {
        facts.push(("Half of them within".to_owned(), f.days(days)));
    }
    facts.push(("Let it end".to_owned(), f.integer(share.of - share.count)));
    facts.push(("Still trying, not decided".to_owned(), f.integer(trials.running)));
    Some((title, facts))
}

/// What counts as a trial, and when it is decided.
pub const TRIALS_NOTE: &str = "Of each customer the first trial counts, unless they paid before it: they are fewer than the \
     customers. It is decided when they pay for the first time, or when it ends without that.";
