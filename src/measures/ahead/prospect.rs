//! What is expected of one customer, and what moved it.

use super::as_lifetimes::Package;
use super::risk::DUE;
use super::worth::{self, Basis};
use crate::ledger::Visits;
use crate::math::Day;
use crate::math::money::Derived;
use crate::measures::beside::Beside;
use crate::models::forecast::{Open, band, money_band};
use crate::models::members::{days_until_due, history};
use crate::models::outlook::{Outlook, Year};
use crate::models::predictive::Factors;
use crate::models::{History, MONTH_DAYS, Model};
use crate::report::prospect::{PathPoint, Prospect, ProspectAhead};

/// Steps of the path from the first purchase to the end.
const STEPS: i32 = 96;

/// What is expected of a customer of the ledger; beside it, where it is asked for, what a package would tell.
pub fn prospect(number: u32, package: Option<&Package>, beside: &Beside<'_>, outlook: &Outlook) -> Prospect {
    let mut told = Prospect { number, verdict: outlook.verdict, ..Prospect::default() };
    let Some(c) = beside.place_in_history(number) else { return told };
    if outlook.summary.buyers.binary_search(&(c as u32)).is_err() {
        return told;
    }
    told.worth = worth::of_customer(&Basis::of(beside), outlook, c);
    told.ahead = outlook.trusted().map(|year| ahead(package, beside.history, outlook, year, c));
    told
}

fn ahead(package: Option<&Package>, visits: &Visits, outlook: &Outlook, year: &Year, c: usize) -> ProspectAhead {
    let summary = &outlook.summary;
    let models: Vec<Box<dyn Model>> = year.members.iter().map(|member| member.model()).collect();
    let now = history(summary, c);
    let horizon = 12.0 * MONTH_DAYS;
    let mean =
        |of: &dyn Fn(&dyn Model) -> f64| models.iter().map(|model| of(&**model)).sum::<f64>() / models.len() as f64;
    let buyers = || summary.buyers.iter().map(|&c| c as usize);
    let customers = summary.buyers.len() as f64;
    let value = year.values[c];
    let mean_alive = buyers().map(|c| year.standing.alive[c]).sum::<f64>() / customers;
    let mean_expected = buyers().map(|c| year.standing.expected[c]).sum::<f64>() / customers;
    let factors = year.predictive.of_customer(&year.told(summary), c);
    let [none, one, two] = [0, 1, 2].map(|n| mean(&|model| model.probabilities(&now, horizon, 2)[n]));
    let [purchases, revenue] = open(year, c, &factors, none);
    ProspectAhead {
        alive: year.standing.alive[c],
        mean_alive,
        purchases: band(&purchases),
        any: 1.0 - none,
        chances: [none, one, two, (1.0 - none - one - two).max(0.0)],
        if_there: mean(&|model| model.mean_if_alive(&now, &mut |there| model.expected_if_alive(there, horizon))),
        mean_if_there: mean_expected / mean_alive.max(f64::MIN_POSITIVE),
        value: Derived(value),
        mean_value: Derived(buyers().map(|c| year.values[c]).sum::<f64>() / customers),
        own_value: (now.frequency > 0).then(|| Derived(summary.monetary_value(c))),
        revenue: money_band(&revenue, 1.0),
        quiet_days: summary.days_since(c),
        due: summary.last[c].plus(due(year, &now) as i32),
        purchase_days: now.frequency + 1,
        as_lifetimes: package.and_then(|package| package.of_customer(visits, outlook, c)),
        grain: package.map(|package| package.grain).unwrap_or_default(),
        path: path(visits, summary.first[c], outlook.end, c, &mean),
    }
}

/// Days after the last purchase within which one of a history who is still there has bought again, with the probability [`DUE`].
pub(super) fn due(year: &Year, own: &History) -> f64 {
    libm::ceil(days_until_due(&year.members, own.frequency, own.recency, DUE)).min(1e6)
}

/// Purchases and revenue of a customer in the 12 months, as they are open; `none` is the probability of no purchase.
pub(super) fn open<'a>(year: &Year, c: usize, factors: &'a Factors, none: f64) -> [Open<'a>; 2] {
    let (expected, value, chance) = (year.standing.expected[c], year.values[c], year.standing.variance[c]);
    let purchases = Open { value: expected, factors: &factors.purchases, chance, misfit: year.misfit[0], none };
    let revenue = Open {
        value: expected * value,
        factors: &factors.revenue,
        chance: chance * value * value + expected * year.spend.variance,
        misfit: year.misfit[1],
        none,
    };
    [purchases, revenue]
}

/// What the models tell on average.
type Mean<'a> = dyn Fn(&dyn Fn(&dyn Model) -> f64) -> f64 + 'a;

/// P(alive) on each day of the path by the purchases up to then, and the models as they are today.
fn path(visits: &Visits, first: Day, end: Day, c: usize, mean: &Mean<'_>) -> Vec<PathPoint> {
    let days: Vec<Day> = visits
        .of_customer(c)
        .iter()
        .filter(|visit| visit.purchases > 0 && visit.day <= end)
        .map(|visit| visit.day)
        .collect();
    let age = end.0 - first.0;
    let steps = age.clamp(1, STEPS);
    let mut before = 0;
    let point = |step: i32| {
        let day = first.plus((i64::from(age) * i64::from(step) / i64::from(steps)) as i32);
        let known = days.partition_point(|bought| *bought <= day);
        let history = History {
            frequency: known.saturating_sub(1) as u32,
            recency: f64::from(days[known.max(1) - 1].0 - first.0),
            age: f64::from(day.0 - first.0),
        };
        let purchases = (known - std::mem::replace(&mut before, known)) as u32;
        PathPoint { day, alive: mean(&|model| model.alive(&history)), purchases }
    };
    (0..=steps).map(point).collect()
}
