//! How customers live on: who of each cohort is still there, when some of them bought, and how long a silence may last until
//! what they are worth falls below a value.

use super::spread::round_step;
use crate::math::money::Derived;
use crate::math::random::Random;
use crate::measures::ahead::groups::cohort_unit;
use crate::measures::beside::Beside;
use crate::measures::ratio;
use crate::measures::retention::{Activity, rhythm};
use crate::models::outlook::{Outlook, Year};
use crate::models::{History, MONTH_DAYS, Model};
use crate::report::checks::{CohortAlive, IsoLine, IsoValue, Matrix, Timing};

/// Customers whose purchases are shown one by one.
const DRAWN: usize = 24;

/// The seed by which they are drawn.
const SEED: u64 = 1990;

/// Purchase days that they have: fewer say nothing of a rhythm, more run into each other.
const PURCHASE_DAYS: (usize, usize) = (3, 60);

/// Repeat purchases up to which values are followed.
const REPEATS: u32 = 15;

/// Lines of equal value, about.
const LEVELS: f64 = 5.0;

/// By period of the first purchase: the mean P(alive), and the share that has bought within the active window.
pub fn cohorts(beside: &Beside<'_>, outlook: &Outlook, year: &Year) -> Vec<CohortAlive> {
    let (visits, summary) = (beside.history, &outlook.summary);
    let Some((unit, from, until)) = cohort_unit(beside, summary) else { return Vec::new() };
    let activity = Activity::new(beside.settings.active, &rhythm(visits));
    let mut tallies = vec![(0u64, 0.0, 0u64); (until - from + 1) as usize];
    for &c in &summary.buyers {
        let c = c as usize;
        let tally = &mut tallies[(unit.of(summary.first[c]) - from) as usize];
        tally.0 += 1;
        tally.1 += year.standing.alive[c];
        tally.2 += u64::from(activity.on(outlook.end, visits.of_customer(c)));
    }
    let told = |(place, (customers, alive, active)): (usize, (u64, f64, u64))| {
        Some(CohortAlive {
            cohort: unit.label(from + place as i32),
            customers,
            alive: ratio(alive, customers as f64)?,
            active: ratio(active as f64, customers as f64)?,
        })
    };
    tallies.into_iter().enumerate().filter_map(told).collect()
}

/// The purchase days of some customers, drawn at random among those with neither too few nor too many; those who bought most
/// first.
pub fn timing(beside: &Beside<'_>, outlook: &Outlook, year: &Year) -> Vec<Timing> {
    let (visits, summary) = (beside.history, &outlook.summary);
    let (fewest, most) = PURCHASE_DAYS;
    let enough = |c: &u32| (fewest..=most).contains(&(summary.frequency[*c as usize] as usize + 1));
    let mut able: Vec<u32> = summary.buyers.iter().copied().filter(enough).collect();
    let mut random = Random::new(SEED);
    let drawn = DRAWN.min(able.len());
    for place in 0..drawn {
        let other = place + random.below((able.len() - place) as u32) as usize;
        able.swap(place, other);
    }
    able.truncate(drawn);
    let row = |c: u32| {
        let number = visits.customers[c as usize];
        let c = c as usize;
        let bought = visits.of_customer(c).iter().filter(|visit| visit.purchases > 0 && visit.day <= outlook.end);
        Timing {
            customer: beside.shown.whole.customers[number as usize].to_string(),
            number,
            age_days: summary.t[c],
            days: bought.map(|visit| (visit.day.0 - summary.first[c].0) as u32).collect(),
            alive: year.standing.alive[c],
        }
    };
    let mut rows: Vec<Timing> = able.into_iter().map(row).collect();
    crate::math::order::sort_by(&mut rows, |a, b| b.days.len().cmp(&a.days.len()).then(a.number.cmp(&b.number)));
    rows
}

/// Lines of equal value (Fader, Hardie and Lee 2005, "RFM and CLV: using iso-value curves for customer base analysis", Journal
/// of Marketing Research 42): of customers as old as those of the matrix, by repeat purchases, the days of silence after
/// which 12 months are worth no more than so much. A purchase is taken to be worth the mean of all.
pub fn iso_value(matrix: &Matrix, year: &Year) -> Option<IsoValue> {
    let models: Vec<Box<dyn Model>> = year.members.iter().map(|member| member.model()).collect();
    let age = f64::from(matrix.age_days);
    let mean = year.spend.mean;
    let value = |repeats: u32, since: f64| {
        let history = History { frequency: repeats, recency: age - since, age };
        let expected = models.iter().map(|model| model.expected(&history, 12.0 * MONTH_DAYS)).sum::<f64>();
        expected / models.len() as f64 * mean
    };
    let highest = value(REPEATS, 0.0);
    if !(highest > 0.0 && highest.is_finite()) {
        return None;
    }
    let step = round_step(highest / (LEVELS + 1.0));
    let repeats: Vec<u32> = (1..=REPEATS).collect();
    // The longer the silence, the less: halved until it is known to a tenth of a day.
    let silence = |repeats: u32, level: f64| {
        if value(repeats, 0.0) < level {
            return None;
        }
        let (mut low, mut high) = (0.0, age);
        if value(repeats, high) >= level {
            return None;
        }
        while high - low > 0.1 {
            let middle = (low + high) / 2.0;
            if value(repeats, middle) >= level { low = middle } else { high = middle }
        }
        Some((low + high) / 2.0)
    };
    let line = |k: u32| {
        let level = step * f64::from(k);
        let since_days: Vec<Option<f64>> = repeats.iter().map(|&repeats| silence(repeats, level)).collect();
        let is_line = since_days.iter().flatten().count() > 1;
        is_line.then_some(IsoLine { value: Derived(level), since_days })
    };
    let lines: Vec<IsoLine> = (1..=LEVELS as u32).filter_map(line).collect();
    (!lines.is_empty()).then_some(IsoValue { age_days: matrix.age_days, purchase: Derived(mean), repeats, lines })
}
