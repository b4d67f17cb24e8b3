//! How well the model fits: figures with how they are worked out, and what has to be known.

use super::names;
use crate::report::drivers::{Drivers, Model, Outcome};
use crate::words::charts::ChartWords;
use crate::words::experiments::probability;
use crate::words::format::{Format, NOT_DEFINED};
use crate::words::told::Told;

/// From here on a feature says nearly the same as others.
const SAYS_THE_SAME: f64 = 5.0;

/// Cook's distance from which on a line rests on one customer.
const RESTS_ON_ONE: f64 = 1.0;

/// The figures of the view.
pub fn figures(section: &Drivers, f: &dyn Format) -> Vec<Told> {
    let customers = Told {
        key: "customers",
        name: "Customers looked at",
        value: f.integer(section.customers),
        line: format!("{} came too late", f.integer(section.too_recent)),
        meaning: "Those whose first purchase lies in the period and who were observed for a year after it.".to_owned(),
        trade: "complete cases",
        formula: "first purchases in the period − those with less than 365 days after them".to_owned(),
        numbers: format!(
            "{} − {} = {}",
            f.integer(section.customers + section.too_recent),
            f.integer(section.too_recent),
            f.integer(section.customers)
        ),
        inputs: vec![("Left out: observed for less than a year".to_owned(), f.integer(section.too_recent))],
        note: "Who bought before the data begins counts as new in it.".to_owned(),
        ..Told::default()
    };
    let outcome = match (section.outcome, &section.share) {
        (Outcome::Back, Some(share)) => Told {
            key: "back",
            name: "Came back in a year",
            value: f.rate(share),
            line: f.interval(share).map_or_else(String::new, |interval| format!("95%: {interval}")),
            meaning: "Those who bought again on one of the 365 days after the first purchase.".to_owned(),
            trade: "one-year repeat rate",
            formula: "came back / customers looked at".to_owned(),
            numbers: format!("{} / {} = {}", f.integer(share.count), f.integer(share.of), f.rate(share)),
            ..Told::default()
        },
        _ => Told {
            key: "brought",
            name: "Brought in the year after",
            value: f.derived(section.mean),
            line: "Each, the first purchase not counted".to_owned(),
            meaning: "What a customer brings on the 365 days after the day of the first purchase, refunds taken off."
                .to_owned(),
            trade: "first-year revenue after acquisition",
            formula: "revenue of those days / customers looked at".to_owned(),
            numbers: f.derived(section.mean),
            ..Told::default()
        },
    };
    let mut figures = vec![customers, outcome];
    if let Some(model) = &section.model {
        figures.extend(of_model(section, model, f));
    }
    figures
}

fn of_model(section: &Drivers, model: &Model, f: &dyn Format) -> [Told; 2] {
    let held =
        |places| model.held_out.map_or_else(|| NOT_DEFINED.to_owned(), |value| f.percent(value.max(0.0), places));
    let facts = || {
        let mut facts = vec![("By chance alone".to_owned(), probability(model.p, f))];
        let mut say = |name: &str, value: Option<f64>, places| {
            facts.extend(value.map(|value| (name.to_owned(), f.number(value, places))));
        };
        say("Spread around the line", model.deviation, 2);
        say("Even spread (Breusch–Pagan), p", model.spread_p, 3);
        say("Skewness of what is left", model.skewness, 1);
        say("Largest influence of one customer (Cook)", model.influence, 2);
        say("Mean square error (Brier)", model.brier, 3);
        for feature in section.features.iter().filter(|feature| feature.inflation.is_some()) {
            let said = feature.inflation.map_or_else(String::new, |factor| f.number(factor, 2));
            facts.push((format!("{}: variance inflation (VIF)", names::feature(feature)), said));
        }
        facts
    };
    let explained = Told {
        key: "explained",
        name: "Explained",
        value: f.percent(model.r2, 1),
        line: "Of the differences between them".to_owned(),
        meaning: "How much of the differences between these customers goes along with what was known at their first purchase.".to_owned(),
        trade: if section.outcome == Outcome::Back { "McFadden’s R²" } else { "R²" },
        formula: match section.outcome {
            Outcome::Revenue => "1 − squares around the line / squares around the mean",
            Outcome::Back => "1 − log-likelihood of the model / log-likelihood of the share alone",
        }
        .to_owned(),
        numbers: f.percent(model.r2, 1),
        inputs: facts(),
        note: match section.outcome {
            Outcome::Revenue => {
                "Intervals allow for a spread that differs from group to group (HC1). A few customers who bring very much make \
                 them wide."
                    .to_owned()
            }
            Outcome::Back => "Changes in points are means over all customers (average marginal effects).".to_owned(),
        },
..Told::default()
};
    let unseen = match section.outcome {
        Outcome::Revenue => Told {
            key: "unseen",
            name: "Explained of others",
            value: held(1),
            line: "Of customers that it had not seen".to_owned(),
            meaning: "The same of customers who were held out while the sum was worked out, a fifth of them at a time.".to_owned(),
            trade: "cross-validated R², five folds",
            formula: "1 − squares around what was said / squares around the mean".to_owned(),
            numbers: held(1),
            ..Told::default()
        },
        Outcome::Back => Told {
            key: "unseen",
            name: "Points the right way",
            value: held(0),
            line: "Guessing would in 50%".to_owned(),
            meaning: "Of two customers who were held out, one of whom came back, how often the right one is said to be likelier.".to_owned(),
            trade: "area under the ROC curve (AUC), cross-validated, five folds",
            formula: "pairs in the right order / all pairs".to_owned(),
            numbers: held(1),
            ..Told::default()
        },
    };
    [explained, unseen]
}

/// Whether one customer moves the line more than all others together could.
pub fn rests_on_one(model: &Model) -> bool {
    model.influence.is_some_and(|most| most > RESTS_ON_ONE)
}

/// What has to be known before the effects are read.
pub fn doubts(section: &Drivers, f: &dyn Format) -> Vec<String> {
    let mut doubts = Vec::new();
    if let Some(model) = &section.model {
        if rests_on_one(model) {
            doubts.push(
                "One customer moves the line more than all others together could: look at the largest ones first."
                    .to_owned(),
            );
        }
        let same: Vec<String> = section
            .features
            .iter()
            .filter(|feature| feature.inflation.is_some_and(|factor| factor > SAYS_THE_SAME))
            .map(names::feature)
            .collect();
        if !same.is_empty() {
            doubts.push(format!(
                "{} say nearly the same as other columns, so their changes can’t be told apart. Leave one of them out.",
                crate::words::format::list(&same)
            ));
        }
        if model.p >= 0.05 {
            doubts.push(format!(
                "All of it together could be chance (p {}): nothing here should be acted on.",
                probability(model.p, f)
            ));
        }
    }
    doubts
}

/// Why nothing is drawn of customers held out; nothing where it is.
pub fn no_tenths(section: &Drivers, f: &dyn Format) -> Option<String> {
    let has = section.model.as_ref().is_none_or(|model| !model.tenths.is_empty());
    (!has).then(|| {
        let few = f.count(section.customers, "customer");
        format!("{few} are too few to hold what was expected against what came: it takes 300.")
    })
}

/// The words of what was said beside what was.
pub fn held_out(section: &Drivers, f: &dyn Format) -> ChartWords {
    let tenths = section.model.as_ref().map_or(&[][..], |model| &model.tenths);
    let write = |value: f64| match section.outcome {
        Outcome::Revenue => f.money(value),
        Outcome::Back => f.percent(value, 0),
    };
    let title = match (tenths.first(), tenths.last()) {
        (Some(low), Some(high)) if tenths.len() > 1 => match section.outcome {
            Outcome::Revenue => format!(
                "The tenth that was expected to bring most brought {} each, the lowest {}",
                write(high.was),
                write(low.was)
            ),
            Outcome::Back => format!(
                "Of the tenth that was expected to come back most {} did, of the lowest {}",
                write(high.was),
                write(low.was)
            ),
        },
        _ => "Nothing to hold against each other".to_owned(),
    };
    ChartWords {
        sentence: format!("{title}."),
        title,
        sub: "Customers in tenths by what was expected of them, each held out while the sum was worked out".to_owned(),
        note: None,
    }
}
