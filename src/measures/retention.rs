//! Who stays: the active window, CRR and churn by month and by year (definitions.md, section 3).
//!
//! Whether a customer is active is judged from the whole history up to the end (after the filters of dimensions), not
//! from the period shown alone: who bought the week before the first day shown was there when it began.

use crate::ledger::visits::gaps;
use crate::ledger::{Visit, Visits};
use crate::math::calendar::{Periods, YEAR_DAYS};
use crate::math::stats::{Share, quantile_of_counts};
use crate::math::{Day, Unit};
use crate::report::schema::{MonthlyRetention, YearlyRetention};
use crate::settings::ActiveRule;

/// The window in days where nobody has bought twice, so that there is no rhythm to take it from.
pub const NO_RHYTHM_DAYS: u32 = 365;

/// The shortest stretch in days from which a yearly rate is scaled up, and the history that has to lie before it
/// (or the window, where that is shorter).
const SHORTEST_DAYS: i32 = 90;

/// The gaps between consecutive distinct purchase days of the same customer, all customers together.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rhythm {
    /// How many gaps.
    pub gaps: u64,
    /// Their median in days.
    pub median: Option<f64>,
    /// Their 90th percentile, rounded up to whole days, at least 1; [`NO_RHYTHM_DAYS`] without gaps.
    pub window: u32,
}

/// The rhythm of all visits.
pub fn rhythm(visits: &Visits) -> Rhythm {
    let mut counts: Vec<u64> = Vec::new();
    for own in visits.by_customer() {
        for gap in gaps(own) {
            if counts.len() <= gap as usize {
                counts.resize(gap as usize + 1, 0);
            }
            counts[gap as usize] += 1;
        }
    }
    let window = quantile_of_counts(&counts, 0.9).map_or(NO_RHYTHM_DAYS, |days| libm::ceil(days).max(1.0) as u32);
    Rhythm { gaps: counts.iter().sum(), median: quantile_of_counts(&counts, 0.5), window }
}

/// When a customer is active on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Activity {
    /// Bought in the last so many days, that day included: in `(day - window, day]`.
    Window(u32),
    /// Bought in the day's calendar month, up to that day.
    Month,
}

impl Activity {
    /// The rule that the settings ask for.
    pub fn new(rule: ActiveRule, rhythm: &Rhythm) -> Activity {
        match rule {
            ActiveRule::OwnRhythm => Activity::Window(rhythm.window),
            ActiveRule::Window { days } => Activity::Window(days.max(1)),
            ActiveRule::CalendarMonth => Activity::Month,
        }
    }

    /// The first of the days on which a purchase makes a customer active on `day`.
    pub fn since(self, day: Day) -> Day {
        match self {
            Activity::Window(days) => Day(day.0.saturating_sub(days.min(i32::MAX as u32) as i32).saturating_add(1)),
            Activity::Month => Unit::Month.start(Unit::Month.of(day)),
        }
    }

    /// Whether a purchase among a customer's visits makes the customer active on `day`.
    pub fn on(self, day: Day, visits: &[Visit]) -> bool {
        let since = self.since(day);
        let recent = visits.iter().rev().take_while(|visit| visit.day >= since);
        recent.filter(|visit| visit.day <= day).any(|visit| visit.purchases > 0)
    }
}

/// Customers active on `day`.
pub fn active_on(visits: &Visits, activity: Activity, day: Day) -> u64 {
    visits.by_customer().filter(|own| activity.on(day, own)).count() as u64
}

/// CRR and churn of each calendar month from `from` on, the first month of the history left out: nobody was there
/// before it. S are those active on the evening before the month, E those active at its end. The last month ends with
/// the observation where that is earlier, and is marked as not complete.
pub fn monthly(visits: &Visits, activity: Activity, from: Day, end: Day) -> Vec<MonthlyRetention> {
    let Some(first) = first_purchase(visits) else { return Vec::new() };
    let (zero, last) = (Unit::Month.of(first), Unit::Month.of(end));
    let months = (last - zero + 1) as usize;
    let periods = Periods::new(Unit::Month, zero, last);
    let mut tally = Tally::new(months);
    for own in visits.by_customer() {
        let mut first_month = None;
        let mut run: Option<(usize, usize)> = None;
        for visit in own.iter().filter(|visit| visit.purchases > 0) {
            // No purchase lies before the first one of all.
            let Some(month) = periods.place(visit.day) else { continue };
            let first_month = *first_month.get_or_insert(month);
            // The months at whose ends this purchase makes the customer active: its own one up to, not with, `past`.
            let past = match activity {
                Activity::Month => month + 1,
                Activity::Window(window) => match visit.day.0.saturating_add(window.min(i32::MAX as u32) as i32) {
                    over if over > end.0 => months,
                    over => periods.place(Day(over)).unwrap_or(month),
                },
            };
            if past <= month {
                continue;
            }
            run = match run {
                Some((start, until)) if month <= until => Some((start, until.max(past))),
                Some(done) => {
                    tally.add(done, first_month);
                    Some((month, past))
                }
                None => Some((month, past)),
            };
        }
        if let (Some(run), Some(first_month)) = (run, first_month) {
            tally.add(run, first_month);
        }
    }
    tally.rows(zero, from, end)
}

/// The day of the first purchase of all.
fn first_purchase(visits: &Visits) -> Option<Day> {
    let first = |own: &[Visit]| own.iter().find(|visit| visit.purchases > 0).map(|visit| visit.day);
    visits.by_customer().filter_map(first).min()
}

/// Counts of customers by month: runs of months at whose ends a customer is active without a break.
struct Tally {
    /// Change of the number of active customers from the month before.
    change: Vec<i64>,
    /// Runs that begin here.
    new: Vec<u64>,
    /// Of them, those of customers who had bought before the month.
    reactivated: Vec<u64>,
}

impl Tally {
    fn new(months: usize) -> Tally {
        Tally { change: vec![0; months + 1], new: vec![0; months], reactivated: vec![0; months] }
    }

    fn add(&mut self, (start, past): (usize, usize), first_month: usize) {
        self.change[start] += 1;
        self.change[past] -= 1;
        self.new[start] += 1;
        self.reactivated[start] += u64::from(first_month < start);
    }

    fn rows(&self, zero: i32, from: Day, end: Day) -> Vec<MonthlyRetention> {
        let mut active = self.change[0];
        let mut rows = Vec::new();
        for at in 1..self.new.len() {
            let month = zero + at as i32;
            let start = active as u64;
            active += self.change[at];
            if Unit::Month.end(month) < from {
                continue;
            }
            let kept = active as u64 - self.new[at];
            let of_start = |count: u64| (start > 0).then(|| count as f64 / start as f64);
            rows.push(MonthlyRetention {
                month: Unit::Month.label(month),
                complete: Unit::Month.end(month) <= end,
                start,
                new: self.new[at],
                reactivated: self.reactivated[at],
                end: active as u64,
                crr: of_start(kept),
                churn: of_start(start - kept),
            });
        }
        rows
    }
}

/// CRR over the 12 months up to the end.
///
/// S are those active 12 months before the end, kept those of them who are active at the end. Some history has to lie
/// before the start, or S would be whoever bought on the first few days: 90 days, or the window where that is shorter.
/// If the data does not reach back so far, the longest stretch that does is measured and scaled to a year; below 90
/// days nothing is said. With a window longer than the stretch, who bought before its start may still be active at its
/// end: that is what the window says. Under the rule of the calendar month, the last complete month is held against the same month
/// a year before, or the first month of the data, at least three months before.
pub fn yearly(visits: &Visits, activity: Activity, end: Day) -> YearlyRetention {
    yearly_by(visits, activity, end, 1, &|_| Some(0)).pop().unwrap_or_default()
}

/// [`yearly`] of each of so many groups of customers; how far back the data reaches is that of all.
pub fn yearly_by(
    visits: &Visits,
    activity: Activity,
    end: Day,
    groups: usize,
    group_of: &dyn Fn(usize) -> Option<usize>,
) -> Vec<YearlyRetention> {
    let none = || vec![YearlyRetention::default(); groups];
    let Some(first) = first_purchase(visits) else { return none() };
    let (before, end, full, enough) = match activity {
        Activity::Window(window) => {
            let lead = SHORTEST_DAYS.min(window.min(i32::MAX as u32) as i32);
            let (year, earliest) = (end.plus_months(-12), first.plus(lead - 1));
            let before = year.max(earliest);
            (before, end, year >= earliest, end.0 - before.0 >= SHORTEST_DAYS)
        }
        Activity::Month => {
            let month = Unit::Month.of(end.plus(1)) - 1;
            let before = (month - 12).max(Unit::Month.of(first));
            (Unit::Month.end(before), Unit::Month.end(month), month - before == 12, month - before >= 3)
        }
    };
    if !enough {
        return none();
    }
    let days = end.0 - before.0;
    let mut counts = vec![(0, 0); groups];
    for (customer, own) in visits.by_customer().enumerate() {
        if let Some(group) = group_of(customer).filter(|_| activity.on(before, own)) {
            counts[group].0 += 1;
            counts[group].1 += u64::from(activity.on(end, own));
        }
    }
    let of_counts = |(of, count): (u64, u64)| {
        let kept = Share::new(count, of);
        let (crr, churn) = match kept.rate {
            None => return YearlyRetention::default(),
            Some(rate) if full => (rate, (of - count) as f64 / of as f64),
            Some(rate) => {
                let crr = libm::pow(rate, YEAR_DAYS / f64::from(days));
                (crr, 1.0 - crr)
            }
        };
        let start = Some(before.plus(1));
        YearlyRetention { kept: Some(kept), start, days, crr: Some(crr), churn: Some(churn), scaled: !full }
    };
    counts.into_iter().map(of_counts).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measures::tests::Whole;

    fn visits(days: &[i32]) -> Vec<Visit> {
        days.iter().map(|&day| Visit { day: Day(day), purchases: 1, revenue: 1 }).collect()
    }

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    #[test]
    fn the_window_is_the_ninetieth_percentile_of_the_gaps_rounded_up() {
        let days: Vec<String> = (0..12).map(|i| day("2024-01-01").plus(i * (i + 1) / 2).to_string()).collect();
        let rows: Vec<(&str, &str, i64)> = days.iter().map(|day| ("a", &**day, 1)).collect();
        let rhythm = rhythm(Whole::rows(&rows).shown().visits);
        // Gaps 1, 2, ... 11: the median is 6, the 90th percentile 10.
        assert_eq!(rhythm, Rhythm { gaps: 11, median: Some(6.0), window: 10 });
    }

    #[test]
    fn active_within_a_window_counts_its_days() {
        let window = Activity::Window(10);
        assert!(window.on(Day(100), &visits(&[91])));
        assert!(window.on(Day(100), &visits(&[91, 101])));
        assert!(!window.on(Day(100), &visits(&[90, 101])));
        let refund = Visit { day: Day(95), purchases: 0, revenue: -1 };
        assert!(!window.on(Day(100), &[refund]));
        let month = |days: &[&str]| visits(&days.iter().map(|text| day(text).0).collect::<Vec<_>>());
        assert!(Activity::Month.on(day("2024-02-29"), &month(&["2024-02-01"])));
        assert!(!Activity::Month.on(day("2024-02-29"), &month(&["2024-01-31", "2024-03-01"])));
    }

    /// Definitions, section 3: 100 at the start, 10 lost is 90 %; 5 of 50 lost in a month is 10 % churn.
    #[test]
    fn the_published_examples_come_out_of_rows() {
        for (start, lost, crr, churn) in [(100, 10, 0.9, 0.1), (50, 5, 0.9, 0.1)] {
            let ids: Vec<String> = (0..start).map(|i| format!("c{i}")).collect();
            let mut rows: Vec<(&str, &str, i64)> = ids.iter().map(|id| (&**id, "2024-01-15", 1)).collect();
            rows.extend(ids[lost..].iter().map(|id| (&**id, "2024-02-15", 1)));
            rows.push(("new", "2024-02-20", 1));
            let whole = Whole::rows(&rows);
            let from = day("2024-01-01");
            let months = monthly(whole.shown().visits, Activity::Window(31), from, day("2024-02-29"));
            assert_eq!(months.len(), 1);
            assert_eq!((months[0].start, months[0].new, months[0].end), (start as u64, 1, (start - lost + 1) as u64));
            assert_eq!((months[0].crr, months[0].churn), (Some(crr), Some(churn)));
        }
    }

    #[test]
    fn who_comes_back_is_new_again_but_told_apart() {
        let rows = [("a", "2024-01-10", 1), ("a", "2024-04-10", 1), ("b", "2024-04-01", 1), ("b", "2024-04-30", 1)];
        let whole = Whole::rows(&rows);
        let visits = whole.shown().visits;
        for activity in [Activity::Window(25), Activity::Month] {
            let months = monthly(visits, activity, day("2024-03-05"), day("2024-05-10"));
            let rows: Vec<_> = months.iter().map(|m| (m.start, m.new, m.reactivated, m.end, m.complete)).collect();
            let kept = u64::from(activity == Activity::Window(25));
            assert_eq!(rows, [(0, 0, 0, 0, true), (0, 2, 1, 2, true), (2, 0, 0, kept, false)], "{activity:?}");
            assert_eq!((months[0].crr, months[1].crr), (None, None));
        }
    }

    #[test]
    fn the_tally_of_a_month_equals_a_count_of_its_ends() {
        let mut random = crate::math::random::Random::new(5);
        let start = day("2023-01-10");
        let days: Vec<(String, String)> = (0..400)
            .map(|_| (random.below(60).to_string(), start.plus(random.below(500) as i32).to_string()))
            .collect();
        let rows: Vec<(&str, &str, i64)> = days.iter().map(|(id, day)| (&**id, &**day, 1)).collect();
        let whole = Whole::rows(&rows);
        let visits = whole.shown().visits;
        let end = day("2024-06-17");
        for activity in [Activity::Window(1), Activity::Window(20), Activity::Window(95), Activity::Month] {
            for row in monthly(visits, activity, start, end) {
                let first = day(&format!("{}-01", row.month));
                let (before, until) = (first.plus(-1), Unit::Month.end(Unit::Month.of(first)).min(end));
                assert_eq!(row.start, active_on(visits, activity, before));
                assert_eq!(row.end, active_on(visits, activity, until));
                let both = |own: &&[Visit]| activity.on(before, own) && activity.on(until, own);
                assert_eq!(row.end - row.new, visits.by_customer().filter(both).count() as u64);
            }
        }
    }

    #[test]
    fn a_year_is_measured_whole_or_scaled_or_not_at_all() {
        // Ten customers buy every 30 days for two years; one of them stops after 300 days.
        let mut dates = Vec::new();
        for customer in 0..10 {
            let stop = if customer == 0 { 300 } else { 720 };
            dates.extend((0..=stop).step_by(30).map(|d| (customer.to_string(), day("2022-01-01").plus(d).to_string())));
        }
        let rows: Vec<(&str, &str, i64)> = dates.iter().map(|(id, day)| (&**id, &**day, 1)).collect();
        let whole = Whole::rows(&rows);
        let visits = whole.shown().visits;
        let at = |days: i32| yearly(visits, Activity::Window(40), day("2022-01-01").plus(days));
        let (half, whole) = (at(220), at(600));
        assert_eq!((half.scaled, half.days, half.crr), (true, 220 - 39, Some(1.0)));
        assert_eq!((whole.scaled, whole.days, whole.crr, whole.churn), (false, 365, Some(0.9), Some(0.1)));
        assert_eq!(at(100), YearlyRetention::default());
    }
}
