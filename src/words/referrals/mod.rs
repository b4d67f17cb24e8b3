//! What is said of referrals: the finding, the figures, the tables, what to do.
//!
//! * here: the sentences of the view.
//! * [`figures`]: its key figures, each with its explanation.
//! * [`charts`]: the words around its charts.

pub mod charts;
pub mod figures;

#[cfg(test)]
mod tests;

use crate::ingest::profile::shown;
use crate::report::Report;
use crate::report::referrals::{Referrals, Referrer};

use super::facts::FEW;
use super::findings::Finding;
use super::format::Format;
use super::told::ToDo;

/// Rows that a table shows.
const ROWS: usize = 10;

/// How many were brought, what they have brought in, and whether they come back more often than others.
pub fn finding(told: &Referrals, _: &Report, f: &dyn Format) -> Finding {
    let brought = &told.brought;
    let invited = told.invitations.as_ref().filter(|own| own.taken_up.of > 0 && brought.customers == 0);
    if let (Some(own), Some(k)) = (invited, told.invitations.and_then(|own| own.k_factor)) {
        return Finding {
            before: format!("Of {}, ", f.count(own.taken_up.of, "invitation")),
            strong: format!("{} were taken up", f.rate(&own.taken_up)),
            after: format!(": {} new customers for each customer.", f.number(k, 2)),
            lead: Some(
                "Who brought whom is not told: a column that names who sent each customer would tell what they are worth."
                    .to_owned(),
            ),
        };
    }
    if told.customers == 0 {
        return Finding {
            before: "There are no purchases in this selection.".to_owned(),
            lead: Some("Widen the period, or take a filter away.".to_owned()),
            ..Finding::default()
        };
    }
    if brought.customers == 0 {
        return Finding {
            before: "Nobody in this selection is known to have been brought by another customer.".to_owned(),
            lead: Some(
                "Who is named as the one who brought them has to be a customer of this selection, too.".to_owned(),
            ),
            ..Finding::default()
        };
    }
    let (was, has) = if brought.customers == 1 { ("was", "has") } else { ("were", "have") };
    Finding {
        before: format!("{} {was} brought by another, and {has} brought in ", f.count(brought.customers, "customer")),
        strong: f.money(brought.revenue.to_f64()),
        after: ".".to_owned(),
        lead: Some(compared(told, f)),
    }
}

/// Whether those brought come back more often than all others.
pub fn compared(told: &Referrals, f: &dyn Format) -> String {
    let (brought, others) = (&told.brought.repeat, &told.others.repeat);
    if brought.of < FEW || others.of < FEW {
        return format!("Too few to compare them with the others: from about {FEW} on it means something.");
    }
    let (theirs, rest) = (f.rate(brought), f.rate(others));
    if brought.within_chance_of(others) {
        return format!("{theirs} of them bought at least twice, of all others {rest}: within chance.");
    }
    let more = if brought.rate > others.rate { "more" } else { "less" };
    format!("They come back {more} often than others: {theirs} bought at least twice, of all others {rest}.")
}

/// What could not be counted as a link: a sentence each.
pub fn remarks(told: &Referrals, _: &Report, f: &dyn Format) -> Vec<String> {
    let mut remarks = Vec::new();
    if told.unknown > 0 {
        remarks.push(format!(
            "For {} the one who brought them is not among the customers of this selection.",
            f.count(told.unknown, "customer")
        ));
    }
    if told.themselves > 0 {
        let name = if told.themselves == 1 { "names" } else { "name" };
        remarks.push(format!("{} {name} themselves; that is no referral.", f.count(told.themselves, "customer")));
    }
    if told.in_circles > 0 {
        remarks.push(format!(
            "{} stand in a circle, each brought by the next; as one of them was there first, none of these links count.",
            f.count(told.in_circles, "customer")
        ));
    }
    remarks
}

/// A customer who has brought others, as a row of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// The number of the customer, for the address.
    pub number: u32,
    /// The id.
    pub customer: String,
    /// How many they brought.
    pub brought: String,
    /// What those have brought in.
    pub value: String,
    /// What their own purchases came to.
    pub own: String,
    /// What all who came through them have brought in.
    pub chain: String,
}

/// Who brings most.
pub fn top(told: &Referrals, _: &Report, f: &dyn Format) -> Vec<Row> {
    rows(&told.top, f)
}

/// Whose referrals are worth more than their own purchases.
pub fn beyond(told: &Referrals, _: &Report, f: &dyn Format) -> Vec<Row> {
    rows(&told.beyond_top, f)
}

fn rows(referrers: &[Referrer], f: &dyn Format) -> Vec<Row> {
    let row = |referrer: &Referrer| Row {
        number: referrer.number,
        customer: shown(&referrer.customer),
        brought: f.integer(referrer.brought),
        value: f.money(referrer.value.to_f64()),
        own: f.money(referrer.own.to_f64()),
        chain: f.money(referrer.chain_value.to_f64()),
    };
    referrers.iter().take(ROWS).map(row).collect()
}

/// What to do.
pub fn to_do(told: &Referrals, _: &Report, f: &dyn Format) -> Vec<ToDo> {
    let thank = (told.beyond.count > 0).then(|| {
        let whose = if told.beyond.count == 1 { "whose" } else { "each of whose" };
        ToDo {
            title: format!("Thank {} by name", f.count(told.beyond.count, "customer")),
            why: format!("They look like small customers, {whose} referrals are worth more than their own purchases."),
            behind: (
                "of those who brought somebody".to_owned(),
                f.rate(&told.beyond),
                format!("({} of {})", f.integer(told.beyond.count), f.integer(told.beyond.of)),
            ),
        }
    });
    let (brought, others) = (&told.brought.repeat, &told.others.repeat);
    let better =
        brought.of >= FEW && others.of >= FEW && !brought.within_chance_of(others) && brought.rate > others.rate;
    let ask = better.then(|| ToDo {
        title: "Put a card to pass on into every parcel".to_owned(),
        why: "Those whom customers bring come back more often than others. That they come back because of it is not known."
            .to_owned(),
        behind: ("bought at least twice".to_owned(), f.rate(brought), format!("of others {}", f.rate(others))),
    });
    let first = told.new_brought;
    let name = (first.of >= FEW && first.rate.is_some_and(|rate| rate < 0.1)).then(|| ToDo {
        title: "Ask new customers who told them of you".to_owned(),
        why: "Few new customers name anybody. Who is not asked does not say so, and can’t be counted.".to_owned(),
        behind: ("of new customers".to_owned(), f.rate(&first), "name somebody".to_owned()),
    });
    [thank, ask, name].into_iter().flatten().collect()
}
