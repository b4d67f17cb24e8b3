//! What several sentences and charts say alike, read from the report once: shares of a year, halves of the cohorts.

use crate::math::calendar::YEAR_DAYS;
use crate::math::stats::Share;
use crate::math::{Day, Money, Unit};
use crate::report::Report;
use crate::report::schema::{Cohort, LIFETIME_DAYS, MonthRow, MonthlyRetention, Segment, TopShare};
use crate::report::settings::LifespanRule;
use crate::segments::{self, rfm::GONE_QUIET};

use super::format::Format;

/// Fewer than this can't carry a finding.
pub const FEW: u64 = 30;

/// Whether so little of the data is shown that a lifetime can't be told from it.
pub fn too_short_for_a_lifetime(report: &Report) -> bool {
    let cut = report.settings.from.is_some() && report.period.data_start < report.period.start;
    cut && report.period.days < LIFETIME_DAYS
}

/// How long the data is, in words, where a lifetime told from how many leave is more than twice as long: then it rests on
/// a pace that nobody has seen last.
pub fn far_beyond_the_data(report: &Report, f: &dyn Format) -> Option<String> {
    let years = report.totals.lifespan_years.filter(|_| report.settings.lifespan == LifespanRule::Churn)?;
    let seen = f64::from(report.period.days) / YEAR_DAYS;
    (years > 2.0 * seen).then(|| match libm::round(seen * 12.0) as u64 {
        months @ ..24 => f.count(months.max(1), "month"),
        months => format!("{} years", f.number(months as f64 / 12.0, 1)),
    })
}

/// Below this share of customers who came back, what a customer does again and again is not known.
const HARDLY_ANY: f64 = 0.05;

/// Whether hardly anybody has bought twice.
pub fn hardly_anybody_came_back(report: &Report) -> bool {
    report.totals.repeat_rate.is_some_and(|rate| rate < HARDLY_ANY)
}

/// Whether the simple formula tells less, in revenue, than a customer has brought on average already.
pub fn worth_is_below_so_far(report: &Report) -> bool {
    report.totals.cltv.zip(report.value.historical_mean).is_some_and(|(worth, so_far)| worth < so_far)
}

/// The largest customers whose share is told: a percent of them has to be one customer at least, or the same one would be
/// told several times.
pub fn tops(report: &Report) -> impl Iterator<Item = &TopShare> {
    let customers = report.totals.customers as f64;
    report.concentration.top.iter().filter(move |top| top.p * customers > 1.0 - 1e-9)
}

/// Whether there are customers enough to be put into groups.
pub fn enough_to_group(report: &Report) -> bool {
    report.totals.customers >= segments::ENOUGH as u64
}

/// Customers who came back and have not been seen for long: the RFM groups [`GONE_QUIET`] together.
#[derive(Clone, Debug, PartialEq)]
pub struct Quiet {
    /// How many they are.
    pub customers: u64,
    /// What they have brought.
    pub revenue: Money,
    /// Its share of all revenue.
    pub share: Option<f64>,
    /// Whether each of them has bought more than once. Where ties are broken by order, one who scores high may have not.
    pub all_came_back: bool,
}

/// Who has gone quiet; nothing where nobody has, or where customers are too few to be grouped.
pub fn gone_quiet(report: &Report) -> Option<Quiet> {
    let is_quiet = |segment: &&Segment| segment.family == "rfm" && GONE_QUIET.groups.contains(&segment.name.as_str());
    let groups: Vec<&Segment> = report.segments.iter().filter(is_quiet).collect();
    let customers: u64 = groups.iter().map(|segment| segment.customers).sum();
    let revenue: Money = groups.iter().map(|segment| segment.revenue).sum();
    let came_back: u64 = groups.iter().map(|segment| segment.repeat.count).sum();
    let whole = report.totals.revenue;
    (customers > 0 && enough_to_group(report)).then(|| Quiet {
        customers,
        revenue,
        share: (whole > Money::ZERO).then(|| revenue.to_f64() / whole.to_f64()),
        all_came_back: came_back == customers,
    })
}

/// The share of revenue that returning customers bring, as the chart of revenue tells it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Returning {
    /// Of the last 12 whole months where there is a first year to hold it against, else of all months. Outside of 0 to 1
    /// where refunds outweigh the purchases of one side.
    pub share: f64,
    /// The share of the first year; nothing where `share` is of all months.
    pub first_year: Option<f64>,
}

/// What returning customers bring; nothing where revenue is not positive.
pub fn returning(report: &Report) -> Option<Returning> {
    let complete = complete_months(report);
    let all: Vec<&MonthRow> = report.months.iter().collect();
    let ever = Returning { share: returning_share(&all)?, first_year: None };
    let is_share = |share: &f64| (0.0..=1.0).contains(share);
    if !is_share(&ever.share) || complete.len() < 23 || all.len() < 24 {
        return Some(ever);
    }
    // The first year begins with the first month also where the data begins within it: that is when most were new.
    let first_year = returning_share(&all[..12]).filter(is_share);
    let share = returning_share(&complete[complete.len() - 12..]).filter(is_share);
    Some(share.filter(|_| first_year.is_some()).map_or(ever, |share| Returning { share, first_year }))
}

/// Share of revenue that comes from returning customers in so many months; nothing where revenue is not positive.
fn returning_share(months: &[&MonthRow]) -> Option<f64> {
    let all: Money = months.iter().map(|month| month.revenue).sum();
    let returning: Money = months.iter().map(|month| month.revenue_returning).sum();
    (all > Money::ZERO).then(|| returning.to_f64() / all.to_f64())
}

/// The complete months of a report.
pub fn complete_months(report: &Report) -> Vec<&MonthRow> {
    report.months.iter().filter(|month| month.complete).collect()
}

/// Whether the first and the last unit that the months of a report are put together to is not whole. One unit alone is the last.
pub fn partial_ends(report: &Report, unit: Unit) -> (bool, bool) {
    let (Some(first), Some(last)) = (report.months.first(), report.months.last()) else { return (false, false) };
    let day = |month: &MonthRow| format!("{}-01", month.month).parse::<Day>().ok();
    let begins = |day: Day| unit.start(unit.of(day)) == day;
    let ends = |day: Day| unit.end(unit.of(day)) == Unit::Month.end(Unit::Month.of(day));
    let cut_first = !first.complete || day(first).is_some_and(|day| !begins(day));
    let cut_last = !last.complete || day(last).is_some_and(|day| !ends(day));
    match (day(first), day(last)) {
        (Some(first), Some(last)) if unit.of(first) == unit.of(last) => (false, cut_first || cut_last),
        _ => (cut_first, cut_last),
    }
}

/// The month with the highest revenue.
pub fn highest_month(report: &Report) -> Option<&MonthRow> {
    // The first of equals, so that a tie does not depend on anything but time.
    report.months.iter().reduce(|best, month| if month.revenue > best.revenue { month } else { best })
}

/// Customers of several cohorts together.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// Label of the first cohort.
    pub first: String,
    /// Label of the last cohort.
    pub last: String,
    /// Customers.
    pub size: u64,
    /// Of those who have lived that age, those active: age 1 first. Only ages that at least half of the group has lived.
    pub ages: Vec<Share>,
}

/// The older and the newer half of the cohorts.
#[derive(Clone, Debug, PartialEq)]
pub struct Halves {
    /// Those who first bought earlier.
    pub older: Group,
    /// Those who first bought later.
    pub newer: Group,
}

impl Halves {
    /// The age that the halves are compared at: a year, or the last that both have lived.
    pub fn compared_at(&self, unit: Unit) -> usize {
        let year = match unit {
            Unit::Day => 365,
            Unit::Week => 52,
            Unit::Month => 12,
            Unit::Quarter => 4,
            Unit::Year => 1,
        };
        year.min(self.older.ages.len()).min(self.newer.ages.len())
    }
}

/// Ages that a cohort has lived to their end, its first period not counted.
fn lived(cohort: &Cohort) -> usize {
    cohort.active.len().saturating_sub(1 + usize::from(cohort.last_is_partial))
}

/// The two halves; nothing with fewer than four cohorts or few customers in one half.
pub fn halves(report: &Report) -> Option<Halves> {
    let cohorts: Vec<&Cohort> = report.retention.cohorts.iter().filter(|c| lived(c) >= 1 && c.size > 0).collect();
    if cohorts.len() < 4 {
        return None;
    }
    let (older, newer) = cohorts.split_at(cohorts.len().div_ceil(2));
    let (older, newer) = (group(older)?, group(newer)?);
    (older.size >= FEW && newer.size >= FEW && !newer.ages.is_empty()).then_some(Halves { older, newer })
}

fn group(cohorts: &[&Cohort]) -> Option<Group> {
    let size = cohorts.iter().map(|cohort| cohort.size).sum();
    let mut ages = Vec::new();
    for age in 1.. {
        let those = || cohorts.iter().filter(|cohort| lived(cohort) >= age);
        let of: u64 = those().map(|cohort| cohort.size).sum();
        if of == 0 || of * 2 < size {
            break;
        }
        ages.push(Share::new(those().map(|cohort| cohort.active[age]).sum(), of));
    }
    Some(Group { first: cohorts.first()?.cohort.clone(), last: cohorts.last()?.cohort.clone(), size, ages })
}

/// Whether a month's retention says anything: a whole month, customers enough at its start, and the data old enough that one of them
/// could have gone. In the first W days of the data no one can have been away for W days.
pub fn is_judged(report: &Report, month: &MonthlyRetention) -> bool {
    let first: Option<Day> = format!("{}-01", month.month).parse().ok();
    let from = match (report.period.data_start, report.retention.active_window_days) {
        (Some(start), Some(window)) => Some(start.plus(window.min(1_000_000) as i32)),
        _ => None,
    };
    month.complete && month.start >= FEW && from.is_none_or(|from| first.is_some_and(|first| first >= from))
}

/// Of those active at the start of a month, those still active at its end.
pub fn stayed(month: &MonthlyRetention) -> Share {
    Share::new(month.end.saturating_sub(month.new).min(month.start), month.start)
}

/// Retention of the last 12 months together, and of the 12 before; nothing where they can't be told.
pub fn monthly_pooled(report: &Report) -> (Option<Share>, Option<Share>) {
    let months: Vec<Share> =
        report.retention.monthly.iter().filter(|month| is_judged(report, month)).map(stayed).collect();
    let pool = |shares: &[Share]| {
        let of = shares.iter().map(|share| share.of).sum();
        (of > 0).then(|| Share::new(shares.iter().map(|share| share.count).sum(), of))
    };
    let cut = months.len().saturating_sub(12);
    let before = (cut >= 12).then(|| pool(&months[cut - 12..cut])).flatten();
    (pool(&months[cut..]), before)
}

/// Rows that no figure rests on, over all tables of orders.
pub fn rows_left_out(report: &Report) -> u64 {
    report
        .tables
        .iter()
        .filter(|table| table.kind == "orders")
        .flat_map(|table| &table.left_out)
        .map(|out| out.rows)
        .sum()
}

/// The day on which refunds count: that of their order, where a file has them in a column beside it.
pub fn refunds_on(report: &Report) -> &'static str {
    match report.tables.iter().any(|table| table.refund_rows > 0) {
        true => "on the date of their row",
        false => "on their own date",
    }
}

/// "in the last 12 months", where that is true today; else with the date.
pub fn last_twelve_months(end: Day, f: &dyn Format) -> String {
    match f.today() {
        Some(today) if (-1..=45).contains(&(today.0 - end.0)) => "in the last 12 months".to_string(),
        _ => format!("in the 12 months to {}", f.day(end)),
    }
}

/// An age in words: `after 3 months`, `after a year`.
pub fn after(unit: Unit, age: usize, f: &dyn Format) -> String {
    match (unit, age) {
        (Unit::Month, 12) | (Unit::Quarter, 4) | (Unit::Year, 1) | (Unit::Week, 52) | (Unit::Day, 365) => {
            "after a year".to_string()
        }
        _ => format!("after {}", units(age as u64, unit, f)),
    }
}

/// So many units: `1 month`, `12 months`.
pub fn units(n: u64, unit: Unit, f: &dyn Format) -> String {
    f.count(n, unit.name())
}
