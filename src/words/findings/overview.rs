//! What the shop took, and which way that goes: against the year before, or where there is none, of the last months.

use crate::math::{Day, Money, Unit};
use crate::report::Report;
use crate::report::schema::{MonthRow, Recent};
use crate::words::facts::{self, FEW, last_twelve_months};
use crate::words::format::Format;

use super::{Finding, nothing_selected};

/// Changes smaller than this are "about the same".
const TINY: f64 = 0.02;

/// From this on a change from one quarter of a year to the next is told, season or not.
const LARGE: f64 = 0.25;

/// Without a new customer for so many days that is said.
const NO_ONE_NEW: i32 = 90;

/// What the shop took, and how that moved.
pub fn overview(report: &Report, f: &dyn Format) -> Finding {
    if let Some(nothing) = nothing_selected(report) {
        return nothing;
    }
    let nobody_new = nobody_new(report, f);
    match &report.recent {
        Some(recent) if recent.revenue_change.is_some() => Finding { lead: nobody_new, ..year_on_year(recent, f) },
        _ => match last_months(report, f) {
            Some(finding) => Finding {
                after: format!("{}{}", finding.after, nobody_new.map_or_else(String::new, |said| format!(" {said}"))),
                lead: Some(format!(
                    "{} The season may be part of the change: there is no year before to tell.",
                    since_the_beginning(report, f).text()
                )),
                ..finding
            },
            None => Finding { lead: nobody_new, ..since_the_beginning(report, f) },
        },
    }
}

/// What the last three whole months brought beside the three before, where that is a large change and purchases are
/// enough to tell it.
fn last_months(report: &Report, f: &dyn Format) -> Option<Finding> {
    let whole = facts::complete_months(report);
    let (before, now) = whole.get(whole.len().checked_sub(6)?..)?.split_at(3);
    let purchases: u64 = before.iter().chain(now).map(|month| month.purchases).sum();
    let sum = |months: &[&MonthRow]| months.iter().map(|month| month.revenue).sum::<Money>();
    let (then, last) = (sum(before), sum(now));
    if purchases < FEW || then <= Money::ZERO || last < Money::ZERO {
        return None;
    }
    let change = last.to_f64() / then.to_f64() - 1.0;
    if change.abs() < LARGE {
        return None;
    }
    let (strong, than) = how_much(change, f);
    let (first, end) = (f.month(&now[0].month), f.month(&now[2].month));
    let before = format!("In the last three whole months, {first} to {end}, you took ");
    Some(Finding::new(before, strong, format!(" {than} in the three before.")))
}

/// Since when no one has bought for the first time, where that is long ago. Of the last one new the month is known: it is
/// counted from its end.
fn nobody_new(report: &Report, f: &dyn Format) -> Option<String> {
    let (first, end) = (report.months.first()?, report.period.end?);
    // Where no one was new in any of them, it is since before the first.
    let last = report.months.iter().rfind(|month| month.new_customers > 0);
    let day: Day = format!("{}-01", last.unwrap_or(first).month).parse().ok()?;
    let since = match last {
        Some(_) => Unit::Month.end(Unit::Month.of(day)),
        None => report.period.start?.max(day),
    };
    let month = f.month(&last.unwrap_or(first).month);
    // Of a period that ends before the data does, it is not said as of today.
    let over = report.period.data_end.is_some_and(|data_end| end < data_end);
    (end.0 - since.0 >= NO_ONE_NEW).then(|| match over {
        true => format!("No one new came between {month} and {}.", f.day(end)),
        false => format!("No one new has come since {month}."),
    })
}

fn year_on_year(recent: &Recent, f: &dyn Format) -> Finding {
    let when = last_twelve_months(recent.now.end, f);
    let before = format!("You took {} {when}, ", f.money(recent.now.revenue.to_f64()));
    let change = recent.revenue_change.unwrap_or_default();
    if change.abs() < TINY {
        return Finding::new(before, "about the same", " as in the year before.");
    }
    let (strong, than) = how_much(change, f);
    Finding::new(before, strong, format!(" {than} the year before.{}", what_moved(recent, change)))
}

/// A change in words, and what stands before that which it is held against: `42% more`, `than`.
fn how_much(change: f64, f: &dyn Format) -> (String, &'static str) {
    match change {
        c if c >= 2.0 => (format!("{} times as much", f.number(1.0 + c, 1)), "as"),
        c if c > 0.0 => (format!("{} more", f.percent(c, 0)), "than"),
        c => (format!("{} less", f.percent(-c, 0)), "than"),
    }
}

/// Who the change came from: one side where it brought most of it, both where they shared it.
fn what_moved(recent: &Recent, change: f64) -> String {
    let whole = (recent.change_from_returning + recent.change_from_new).to_f64();
    if whole == 0.0 {
        return String::new();
    }
    let returning = recent.change_from_returning.to_f64() / whole;
    let (what, people, new) = if change > 0.0 {
        ("growth", "from people coming back", "from new customers")
    } else {
        ("drop", "from fewer people coming back", "from fewer new customers")
    };
    match returning {
        share if share > 1.0 => format!(" All of the {what} came {people}."),
        share if share > 0.6 => format!(" Most of the {what} came {people}."),
        share if share < 0.0 => format!(" All of the {what} came {new}."),
        share if share < 0.4 => format!(" Most of the {what} came {new}."),
        _ => format!(" New and returning customers had about equal parts in the {what}."),
    }
}

fn since_the_beginning(report: &Report, f: &dyn Format) -> Finding {
    let totals = &report.totals;
    let since = match (report.period.start, report.period.end) {
        (Some(start), Some(end)) if report.settings.to.is_some() => {
            format!("From {} to {} ", f.day(start), f.day(end))
        }
        (Some(start), _) => format!("Since {} ", f.day(start)),
        _ => String::new(),
    };
    let you = if since.is_empty() { "You" } else { "you" };
    let took = format!(
        "{since}{you} took {} from {}",
        f.money(totals.revenue.to_f64()),
        f.count(totals.customers, "customer")
    );
    match totals.repeat.rate {
        Some(_) if totals.customers >= FEW => {
            Finding::new(format!("{took}; "), f.rate(&totals.repeat), " of them bought more than once.")
        }
        _ => Finding::plain(format!("{took}.")),
    }
}
