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
use crate::report::risk::{Ask, AtRisk, BY_HAND, Risk, State};

/// The probability by which somebody who is still there would have bought again.
pub const DUE: f64 = 0.8;

/// The customers who are at risk, and with them those who are lost where that is asked for, those with most to recover first; at
/// most `most` of them, counted in full.
pub fn risk(ask: &Ask, beside: &Beside<'_>, outlook: &Outlook, most: usize) -> Risk {
    let mut told = Risk {
        end: Some(outlook.end),
        filters: beside.settings.filters.clone(),
        verdict: outlook.verdict,
        alive_auc: outlook.alive,
        lost_below: ask.lost_below,
        with_lost: ask.with_lost,
        margin: beside.settings.margin,
        ..Risk::default()
    };
    let Some(year) = outlook.trusted() else { return told };
    let models: Vec<Box<dyn Model>> = year.members.iter().map(|member| member.model()).collect();
    let factor = beside.settings.margin.unwrap_or(1.0);
    let mut list: Vec<AtRisk> = Vec::new();
    for &c in &outlook.summary.buyers {
        let Some(found) = overdue(outlook, year, &models, c as usize, factor) else { continue };
        let state = if found.alive < ask.lost_below { State::Lost } else { State::AtRisk };
        list.push(AtRisk { number: beside.history.customers[c as usize], state, ..found });
    }
    let at_risk = || list.iter().filter(|row| row.state == State::AtRisk);
    told.customers = outlook.summary.buyers.len() as u64;
    told.at_risk = at_risk().count() as u64;
    told.lost = list.len() as u64 - told.at_risk;
    told.recoverable = Some(Derived(at_risk().map(|row| row.recoverable.0).sum()));
    told.by_hand = Derived(ranked(&list, false, BY_HAND).iter().map(|row| row.recoverable.0).sum());
    told.list = ranked(&list, ask.with_lost, most);
    for row in &mut told.list {
        row.customer = beside.shown.whole.customers[row.number as usize].to_string();
    }
    told
}

/// The first ones of a list, the most to recover first.
fn ranked(list: &[AtRisk], with_lost: bool, most: usize) -> Vec<AtRisk> {
    let key = |row: &AtRisk| descending(libm::round(row.recoverable.0 * SCALE as f64) as i64);
    let wanted = (0..).zip(list).filter(|(_, row)| with_lost || row.state == State::AtRisk);
    let mut keyed: Vec<Keyed> = wanted.map(|(at, row)| (key(row), at)).collect();
    let most = most.min(keyed.len());
    order::sort_smallest(&mut keyed, most);
    keyed[..most].iter().map(|(_, at)| list[*at as usize].clone()).collect()
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
        state: State::AtRisk,
        alive: alive / n,
        recoverable: Derived(drop / n * year.values[c] * factor),
        value: Derived(year.values[c]),
        purchase_days: summary.frequency[c] + 1,
        last: summary.last[c],
        due: summary.last[c].plus(due as i32),
        overdue_days: quiet - due as u32,
    })
}
