//! The drop before churn: what customers did in the six months before their last purchase, and what those did then who
//! stayed.
//!
//! Who left is whoever is not active any more at the end. Each is looked at before the last purchase. What is compared with
//! it must not differ by season, nor by having just bought: customers who are active at the end, before their last purchase
//! in the very same calendar month. Months without such a customer count for neither side; the others are weighted by how
//! many left in them (direct standardisation). A month is 30 days, and the day of the purchase itself counts into none, as
//! a purchase comes with a visit.
//!
//! A customer must have bought six months before, and the tables of events must reach back so far.

use crate::ledger::{Visit, Visits};
use crate::math::Day;
use crate::math::calendar::Unit;
use crate::measures::retention::Activity;
use crate::report::engagement::{Decline, DeclineSeries};
use crate::tables::events::{Event, Events};

/// Months looked back.
const MONTHS: usize = 6;

/// Days of such a month.
const MONTH_DAYS: i32 = 30;

/// With fewer who left nothing is said.
const LEAST: u64 = 30;

/// The normal deviate of a two-sided 95 % interval.
const Z: f64 = 1.959_963_984_540_054;

/// What came before customers left; nothing where fewer than 30 can be compared.
pub fn decline(history: &Visits, activity: Activity, end: Day, events: Option<&Events>) -> Option<Decline> {
    let (first, last) = history.span()?;
    let months = (Unit::Month.of(last) - Unit::Month.of(first) + 1) as usize;
    let kinds = events.map_or(0, |events| events.kinds.len());
    let mut sides = [Side::new(months, kinds), Side::new(months, kinds)];
    let earliest = events.and_then(Events::span).map(|(day, _)| day.plus(MONTHS as i32 * MONTH_DAYS));
    let mut counted = Counted::new(kinds);
    for (customer, own) in history.by_customer().enumerate() {
        let stays = activity.on(end, own);
        let own_events = events.map_or(&[][..], |events| events.of_person(history.customers[customer] as usize));
        let bought = || own.iter().filter(|visit| visit.purchases > 0);
        let Some(first_own) = bought().next() else { continue };
        let mut month_before = None;
        // Backwards, so that the first purchase met of a calendar month is its last.
        for visit in bought().rev() {
            if visit.day.0 - first_own.day.0 < MONTHS as i32 * MONTH_DAYS || earliest.is_some_and(|day| visit.day < day)
            {
                break;
            }
            let month = Unit::Month.of(visit.day) - Unit::Month.of(first);
            if month_before.replace(month) != Some(month) {
                counted.count(visit.day, own, own_events);
                sides[usize::from(stays)].add(month as usize, customer as u32, &counted);
            }
            if !stays {
                break;
            }
        }
    }
    told(&sides, events)
}

/// Purchases, events, and events of each kind, in the months before a purchase; the month next to it last.
struct Counted {
    series: Vec<[u32; MONTHS]>,
}

impl Counted {
    fn new(kinds: usize) -> Counted {
        Counted { series: vec![[0; MONTHS]; if kinds > 0 { 2 + kinds } else { 1 }] }
    }

    fn count(&mut self, day: Day, visits: &[Visit], events: &[Event]) {
        self.series.fill([0; MONTHS]);
        let month = |other: Day| {
            let before = day.0 - other.0;
            ((1..=MONTHS as i32 * MONTH_DAYS).contains(&before))
                .then(|| MONTHS - 1 - ((before - 1) / MONTH_DAYS) as usize)
        };
        for visit in visits.iter().filter(|visit| visit.purchases > 0) {
            if let Some(month) = month(visit.day) {
                self.series[0][month] += visit.purchases;
            }
        }
        for event in events {
            if let Some(month) = month(event.day) {
                self.series[1][month] += 1;
                self.series[2 + usize::from(event.kind)][month] += 1;
            }
        }
    }
}

/// The sums of those who left, or of those who stayed, by calendar month of the purchase that they are looked at before.
struct Side {
    customers: Vec<u64>,
    /// By series, then by calendar month.
    sums: Vec<Vec<Sum>>,
    /// Who was looked at in which month, customer by customer.
    looks: Vec<(u32, usize)>,
}

/// What customers of one calendar month add up to.
#[derive(Clone, Copy, Debug, Default)]
struct Sum {
    months: [u64; MONTHS],
    /// Of the change of each, last three months less first three: the sum, and the sum of squares.
    change: i64,
    squares: u64,
}

impl Side {
    fn new(months: usize, kinds: usize) -> Side {
        let series = Counted::new(kinds).series.len();
        Side { customers: vec![0; months], sums: vec![vec![Sum::default(); months]; series], looks: Vec::new() }
    }

    fn add(&mut self, month: usize, customer: u32, counted: &Counted) {
        self.customers[month] += 1;
        self.looks.push((customer, month));
        for (sums, counts) in self.sums.iter_mut().zip(&counted.series) {
            let sum = &mut sums[month];
            sum.months.iter_mut().zip(counts).for_each(|(sum, count)| *sum += u64::from(*count));
            let half = |range: std::ops::Range<usize>| counts[range].iter().map(|count| i64::from(*count)).sum::<i64>();
            let change = half(MONTHS / 2..MONTHS) - half(0..MONTHS / 2);
            sum.change += change;
            sum.squares += (change * change) as u64;
        }
    }
}

fn told([left, stayed]: &[Side; 2], events: Option<&Events>) -> Option<Decline> {
    // The spread within a month is told by two at least.
    let shared: Vec<usize> =
        (0..left.customers.len()).filter(|month| left.customers[*month] > 0 && stayed.customers[*month] > 1).collect();
    let count: u64 = shared.iter().map(|month| left.customers[*month]).sum();
    if count < LEAST {
        return None;
    }
    let kinds = events.iter().flat_map(|events| &events.kinds);
    let named = kinds.map(|kind| format!("event:{}", kind.name.as_deref().unwrap_or_default()));
    let keys = ["purchases", "events"].map(str::to_owned).into_iter().chain(named);
    let series = |(place, key): (usize, String)| {
        let (left_sums, stayed_sums) = (&left.sums[place], &stayed.sums[place]);
        let mut series =
            DeclineSeries { key, left: vec![0.0; MONTHS], stayed: vec![0.0; MONTHS], change: 0.0, low: 0.0, high: 0.0 };
        let n = count as f64;
        let (mut change, mut squares, mut noise) = (0i64, 0u64, 0.0);
        for &month in &shared {
            let (own, others) = (&left_sums[month], &stayed_sums[month]);
            let (weight, of) = (left.customers[month] as f64 / n, stayed.customers[month] as f64);
            for at in 0..MONTHS {
                series.left[at] += own.months[at] as f64 / n;
                series.stayed[at] += weight * others.months[at] as f64 / of;
            }
            change += own.change;
            squares += own.squares;
            let mean = others.change as f64 / of;
            series.change -= weight * mean;
            noise += weight * weight * variance(others.squares, mean, of) / of;
        }
        let mean = change as f64 / n;
        noise += variance(squares, mean, n) / n;
        // From a sum of three months to one.
        let per_month = MONTHS as f64 / 2.0;
        series.change = (series.change + mean) / per_month;
        let spread = Z * libm::sqrt(noise) / per_month;
        (series.low, series.high) = (series.change - spread, series.change + spread);
        series
    };
    let of_one = stayed.looks.chunk_by(|a, b| a.0 == b.0);
    let is_compared = |looks: &&[(u32, usize)]| looks.iter().any(|(_, month)| shared.contains(month));
    Some(Decline {
        left: count,
        stayed: of_one.filter(is_compared).count() as u64,
        series: (0..left.sums.len()).zip(keys).map(series).collect(),
    })
}

/// The sample variance from a sum of squares and a mean.
fn variance(squares: u64, mean: f64, of: f64) -> f64 {
    ((squares as f64 - of * mean * mean) / (of - 1.0)).max(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::random::Random;
    use crate::measures::tests::Whole;
    use crate::tables::events::tests::events;

    const START: i32 = 19_723;

    /// Customers who all buy on day 0 and day 200 of 2024, the last `stay` of them on day 400 too.
    fn rows(customers: usize, stay: usize) -> Vec<(String, String, i64)> {
        let day = |after: i32| Day(START + after).to_string();
        let days = |customer: usize| [0, 200, 400].into_iter().take(if customer < customers - stay { 2 } else { 3 });
        (0..customers).flat_map(|c| days(c).map(move |after| (format!("{c:03}"), day(after), 1))).collect()
    }

    fn of(rows: &[(String, String, i64)], kinds: Option<&Events>) -> Option<Decline> {
        let rows: Vec<(&str, &str, i64)> = rows.iter().map(|(id, day, amount)| (&**id, &**day, *amount)).collect();
        let whole = Whole::rows(&rows);
        decline(whole.shown().visits, Activity::Window(100), whole.shown().end, kinds)
    }

    #[test]
    fn months_are_thirty_days_before_the_last_purchase() {
        let rows = rows(70, 30);
        // The day of the purchase and the day before the six months count into none of them.
        let mut seen = vec![(69, START + 19, "visit"), (0, START + 200, "visit")];
        for customer in 0..70 {
            let left = customer < 40;
            let visits = if left { [(20, 3), (199, 1)] } else { [(20, 3), (170, 3)] };
            let visits = visits.into_iter().flat_map(|(after, times)| (0..times).map(move |_| after));
            seen.extend(visits.map(|after| (customer, START + after, "visit")));
        }
        seen.push((0, START - 100, "wish"));
        let told = of(&rows, Some(&events(70, &seen))).unwrap();
        assert_eq!((told.left, told.stayed), (40, 30));
        let keys: Vec<_> = told.series.iter().map(|series| &*series.key).collect();
        assert_eq!(keys, ["purchases", "events", "event:visit", "event:wish"]);
        let [purchases, all, visits, wishes] = &told.series[..] else { panic!() };
        assert_eq!(visits.left, [3.0, 0.0, 0.0, 0.0, 0.0, 1.0]);
        assert_eq!(visits.stayed, [3.0, 0.0, 0.0, 0.0, 0.0, 3.0]);
        assert_eq!((&all.left, &all.stayed), (&visits.left, &visits.stayed));
        // Everybody who left goes from 3 to 1, everybody else from 3 to 3, in three months.
        let near = |a: f64, b: f64| (a - b).abs() < 1e-12;
        assert!(near(visits.change, -2.0 / 3.0) && near(visits.low, visits.change) && near(visits.high, visits.change));
        assert_eq!((purchases.change, wishes.change), (0.0, 0.0));
    }

    #[test]
    fn who_left_is_compared_within_the_same_calendar_month_only() {
        let mut rows = rows(70, 30);
        // Of these nobody stayed who bought in their last month.
        rows.extend(
            (0..40).flat_map(|c| [0, 240].map(|after| (format!("x{c:02}"), Day(START + after).to_string(), 1))),
        );
        let told = of(&rows, None).unwrap();
        assert_eq!((told.left, told.stayed, told.series.len()), (40, 30, 1));
        assert_eq!(of(&self::rows(59, 30), None), None, "29 are too few");
        assert_eq!(of(&self::rows(60, 0), None), None, "nobody stayed");
        let late = events(70, &[(0, START + 30, "visit")]);
        assert_eq!(of(&self::rows(70, 30), Some(&late)), None, "no events of the first months");
    }

    #[test]
    fn what_is_chance_is_told_as_chance() {
        let rows = rows(400, 200);
        let mut covered = 0;
        for seed in 0..40 {
            let random = &mut Random::new(seed);
            let mut seen = vec![(0, START - 1, "visit")];
            for customer in 0..400 {
                seen.extend((0..5).map(|_| (customer, START + random.below(200) as i32, "visit")));
            }
            let told = of(&rows, Some(&events(400, &seen))).unwrap();
            let visits = &told.series[2];
            covered += u32::from(visits.low < 0.0 && visits.high > 0.0);
        }
        assert!((35..=40).contains(&covered), "{covered} of 40 intervals of 95 % hold 0");
    }
}
