//! What is expected of each customer, for the list of all of them that is saved: what the page of one tells, of everybody.

use rustc_hash::FxHashMap;

use super::prospect::{due, open};
use crate::math::money::Derived;
use crate::math::order;
use crate::measures::beside::Beside;
use crate::models::forecast::ends;
use crate::models::members::{Expects, history};
use crate::models::outlook::Outlook;
use crate::models::{MONTH_DAYS, Model, There};
use crate::report::prospect::Expected;

/// The expectations by the customers' numbers, in their order; none where the verdict lets none be told.
pub fn each(beside: &Beside<'_>, outlook: &Outlook) -> Vec<Expected> {
    let Some(year) = outlook.trusted() else { return Vec::new() };
    let summary = &outlook.summary;
    let mut days: FxHashMap<(u32, u32), f64> = FxHashMap::default();
    let mut list = Vec::with_capacity(summary.buyers.len());
    // Those alike follow each other.
    let mut last = None;
    let models: Vec<Box<dyn Model>> = year.members.iter().map(|member| member.model()).collect();
    let silent = |model: &dyn Model, there: There| model.probabilities_if_alive(there, 12.0 * MONTH_DAYS, 0)[0];
    let mut silences: Vec<Expects<'_>> = models.iter().map(|model| Expects::new(&**model, &silent)).collect();
    year.predictive.of_each(&year.told(summary), &mut |c, factors| {
        let own = history(summary, c);
        let there = silences.iter_mut().map(|silence| silence.of(&own)).sum::<f64>() / models.len() as f64;
        let [purchases, revenue] = open(year, c, factors, 1.0 - year.standing.alive[c] + there);
        let (_, [low, high]) = *last.insert(match last {
            Some((of, ends)) if of == own => (of, ends),
            _ => (own, ends(&purchases)),
        });
        let [value_low, value_high] = ends(&revenue);
        let days = *days.entry((own.frequency, summary.recency[c])).or_insert_with(|| due(year, &own));
        list.push(Expected {
            number: beside.history.customers[c],
            alive: year.standing.alive[c],
            purchases: [purchases.value, low, high],
            value: [revenue.value, value_low, value_high].map(Derived),
            due: summary.last[c].plus(days as i32),
        });
    });
    order::sort_by(&mut list, |a, b| a.number.cmp(&b.number));
    list
}
