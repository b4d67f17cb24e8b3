//! Who is overdue, and what would be won if they came back.
//!
//! | | |
//! | --- | --- |
//! | due | the day by which one who is still there would have bought again with a probability of 80 % ([`days_until_due`]) |
//! | overdue | the due day is over |
//! | lost | overdue, and P(alive) is below the threshold that the person sets |
//! | at risk | overdue, and not lost |
//! | recoverable | (P(alive) right after the last purchase − P(alive) now) × what 12 months would bring of one who is there × margin |
//!
//! The models agree on who is likely gone; the money says whom to write to first.

use crate::math::money::{Derived, SCALE};
use crate::math::order::{self, Keyed, descending};
use crate::measures::beside::Beside;
use crate::models::members::{days_until_due, history};
use crate::models::outlook::{Outlook, Year};
use crate::models::{History, MONTH_DAYS, Model};
use crate::report::risk::{Ask, AtRisk, Risk};

/// The probability by which somebody who is still there would have bought again.
pub const DUE: f64 = 0.8;

/// The customers who are at risk, those with most to recover first; at most `most` of them, counted in full.
pub fn risk(ask: &Ask, beside: &Beside<'_>, outlook: &Outlook, most: usize) -> Risk {
    let mut told = Risk {
        end: Some(outlook.end),
        filters: beside.settings.filters.clone(),
        verdict: outlook.verdict,
        lost_below: ask.lost_below,
        margin: beside.settings.margin,
        ..Risk::default()
    };
    let Some(year) = outlook.trusted() else { return told };
    let models: Vec<Box<dyn Model>> = year.members.iter().map(|member| member.model()).collect();
    let factor = beside.settings.margin.unwrap_or(1.0);
    let mut list: Vec<AtRisk> = Vec::new();
    let mut sum = 0.0;
    for &c in &outlook.summary.buyers {
        let Some(found) = overdue(outlook, year, &models, c as usize, factor) else { continue };
        if found.alive < ask.lost_below {
            told.lost += 1;
            continue;
        }
        sum += found.recoverable.0;
        list.push(AtRisk { number: beside.history.customers[c as usize], ..found });
    }
    told.customers = outlook.summary.buyers.len() as u64;
    told.at_risk = list.len() as u64;
    told.recoverable = Some(Derived(sum));
    let key = |at: usize| descending(libm::round(list[at].recoverable.0 * SCALE as f64) as i64);
    let mut keyed: Vec<Keyed> = (0..list.len()).map(|at| (key(at), at as u32)).collect();
    order::sort_smallest(&mut keyed, most.min(list.len()));
    keyed.truncate(most);
    told.list = keyed.into_iter().map(|(_, at)| list[at as usize].clone()).collect();
    for row in &mut told.list {
        row.customer = beside.shown.whole.customers[row.number as usize].to_string();
    }
    told
}

/// What is known of a customer who is overdue; nothing of one who is not.
fn overdue(outlook: &Outlook, year: &Year, models: &[Box<dyn Model>], c: usize, factor: f64) -> Option<AtRisk> {
    let summary = &outlook.summary;
    let now = history(summary, c);
    let quiet = summary.days_since(c);
    let due = libm::ceil(days_until_due(&year.members, now.frequency, now.recency, DUE));
    if due >= f64::from(quiet) {
        return None;
    }
    // Right after the last purchase the observation ended with it.
    let then = History { age: now.recency, ..now };
    let horizon = 12.0 * MONTH_DAYS;
    let (mut alive, mut drop) = (0.0, 0.0);
    for model in models {
        let (before, after) = (model.alive(&then), model.alive(&now));
        alive += after;
        drop +=
            (before - after).max(0.0) * model.mean_if_alive(&now, &mut |there| model.expected_if_alive(there, horizon));
    }
    let n = models.len() as f64;
    Some(AtRisk {
        number: 0,
        customer: String::new(),
        alive: alive / n,
        recoverable: Derived(drop / n * year.values[c] * factor),
        value: Derived(year.values[c]),
        purchase_days: summary.frequency[c] + 1,
        last: summary.last[c],
        due: summary.last[c].plus(due as i32),
        overdue_days: quiet - due as u32,
    })
}
