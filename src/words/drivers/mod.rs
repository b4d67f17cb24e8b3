//! What is said of drivers: which customers bring more or come back, how sure that is, and what it rests on.
//!
//! * [`finding`] (here): what the view opens with.
//! * [`names`]: features, groups and measures in words.
//! * [`effects`]: what each feature changes, in a sentence.
//! * [`fit`]: how well the model fits, as figures with how they are worked out.
//! * [`churn`](mod@churn): who left, by what was known before; [`together`]: how measures go together.

pub mod churn;
pub mod effects;
pub mod fit;
pub mod names;
pub mod together;

use super::findings::Finding;
use super::format::Format;
use crate::report::drivers::{Drivers, Outcome};
use crate::text;

/// What the view opens with: the largest clear effect.
pub fn finding(section: &Drivers, f: &dyn Format) -> Finding {
    let plain = |before: String, lead: Option<String>| Finding { before, lead, ..Finding::default() };
    if section.customers == 0 {
        let lead = match section.too_recent {
            0 => "Widen the period, or take a filter away.".to_owned(),
            n => format!("{} bought first in this period, too late for a year to have passed.", f.count(n, "customer")),
        };
        return plain("Nobody was observed for a year after the first purchase.".to_owned(), Some(lead));
    }
    let Some(model) = &section.model else { return too_little(section, f) };
    match effects::strongest(section) {
        Some(effect) if fit::rests_on_one(model) => {
            let said = effects::sentence(section, effect, f).concat();
            plain(
                "One customer weighs so much here that the differences can’t be relied on.".to_owned(),
                Some(format!("With them counted: {} Look at the largest customers first.", text::lowered(&said))),
            )
        }
        Some(effect) => {
            let [before, strong, after] = effects::sentence(section, effect, f);
            Finding { before, strong, after, lead: Some(lead(section, f)) }
        }
        None => plain(
            match section.outcome {
                Outcome::Revenue => {
                    "Nothing that is known at the first purchase clearly tells who will bring more.".to_owned()
                }
                Outcome::Back => {
                    "Nothing that is known at the first purchase clearly tells who will come back.".to_owned()
                }
            },
            Some(match model.effects.len() {
                0 => "What is known of customers is the same for all of them.".to_owned(),
                n => format!(
                    "{} were looked at together; none of them is beyond chance.",
                    f.count(n as u64, "difference")
                ),
            }),
        ),
    }
}

fn too_little(section: &Drivers, f: &dyn Format) -> Finding {
    let has = section.share.map_or(section.customers, |share| share.count.min(share.of - share.count));
    let who = match section.outcome {
        Outcome::Revenue => "were observed for a year after their first purchase",
        Outcome::Back if section.share.is_some_and(|share| 2 * share.count > share.of) => "did not come back",
        Outcome::Back => "came back",
    };
    Finding {
        before: format!(
            "Too little to tell: {} {who}; from about {} it will.",
            f.count(has, "customer"),
            f.integer(section.needs)
        ),
        lead: Some(
            "The more is held against each other, the more customers it takes. Leave something out below.".to_owned(),
        ),
        ..Finding::default()
    }
}

/// What keeps the finding from being taken for more than it is.
fn lead(section: &Drivers, f: &dyn Format) -> String {
    let about = match (section.model.as_ref().and_then(|model| model.held_out), section.outcome) {
        (Some(r2), Outcome::Revenue) if r2 > 0.0 => {
            format!(
                "Together, what is known at the first purchase explains {} of the differences between customers.",
                f.percent(r2, 0)
            )
        }
        (Some(_), Outcome::Revenue) => {
            "Of customers that the sum has not seen it explains next to nothing: good for direction, not for a budget."
                .to_owned()
        }
        (Some(auc), Outcome::Back) => format!(
            "Of two customers, one of whom comes back, it points to the right one in {} of 100 cases; guessing would in 50.",
            f.number(auc * 100.0, 0)
        ),
        (None, _) => String::new(),
    };
    format!("{about} What goes together need not be the cause.")
}

#[cfg(test)]
mod tests;
