//! The figures of the view, with all that explains them.

use super::{health_part, part_name, score};
use crate::report::Report;
use crate::report::engagement::{Engagement, HealthPart, Level, ScorePart};
use crate::words::facts::FEW;
use crate::words::format::{Format, NOT_DEFINED};
use crate::words::told::Told;

/// The figures of the view.
pub fn figures(section: &Engagement, report: &Report, f: &dyn Format) -> Vec<Told> {
    vec![active(section, report, f), told_apart(section, f), healthy(section, f), slipping(section, f)]
}

fn share_of(level: &Level, report: &Report, f: &dyn Format) -> String {
    let all = report.totals.revenue.to_f64();
    match all > 0.0 {
        true => format!("{} of revenue", f.percent(level.revenue.to_f64() / all, 0)),
        false => format!("brought {}", f.money(level.revenue.to_f64())),
    }
}

fn active(section: &Engagement, report: &Report, f: &dyn Format) -> Told {
    // Among a handful a rank is chance.
    let level = section.levels.first().filter(|_| section.customers >= FEW);
    let counting: Vec<&ScorePart> = section.parts.iter().filter(|part| part.weight > 0).collect();
    let weights: u64 = counting.iter().map(|part| u64::from(part.weight)).sum();
    let terms: Vec<String> =
        counting.iter().map(|part| format!("{} × {}", part.weight, part_name(&part.key).to_lowercase())).collect();
    let weight = |part: &ScorePart| (part_name(&part.key), format!("weight {}", part.weight));
    Told {
        key: "active",
        name: "Most engaged",
        value: level.map_or_else(|| NOT_DEFINED.to_owned(), |level| f.integer(level.customers)),
        unit: level.map_or_else(String::new, |_| format!("of {}", f.integer(section.customers))),
        beside: level.map_or_else(|| "too few to rank".to_owned(), |level| share_of(level, report, f)),
        meaning: "Customers with an engagement score of 67 or more. The score says where a customer stands among all \
                  others, from 0 to 100: of each part, what share of customers has less of it, those with as much \
                  counted half."
            .to_owned(),
        trade: "engagement score, weighted mean of percentile ranks",
        formula: "sum of weight × rank ÷ sum of weights".to_owned(),
        numbers: match weights {
            0 => NOT_DEFINED.to_owned(),
            _ => format!("({}) ÷ {}", terms.join(" + "), weights),
        },
        inputs: section.parts.iter().map(weight).collect(),
        note:
            "Everything counts from the first to the last day shown. Who has bought nothing in that time has no score."
                .to_owned(),
        ..Told::default()
    }
}

fn told_apart(section: &Engagement, f: &dyn Format) -> Told {
    let outlook = section.outlook.as_ref();
    let value = outlook.and_then(|outlook| outlook.concordance);
    let bought: u64 = outlook.map_or(0, |outlook| outlook.groups.iter().map(|group| group.bought.count).sum());
    Told {
        key: "told-apart",
        name: "Told apart rightly",
        value: value.map_or_else(|| NOT_DEFINED.to_owned(), |share| f.number(share * 100.0, 0)),
        unit: if value.is_some() { "of 100 pairs".to_owned() } else { String::new() },
        beside: match outlook {
            Some(_) if value.is_some() => "50 would be guessing".to_owned(),
            Some(told) => {
                let not = told.customers.saturating_sub(bought);
                format!("{} bought again, {} did not: it takes {FEW} of each", f.integer(bought), f.integer(not))
            }
            None => "too short a period, or too few customers".to_owned(),
        },
        meaning: "Take a customer who bought after the day of the score and one who did not: how often was the score \
                  higher for who bought. It is judged by what came after the score only, never by what went into it."
            .to_owned(),
        trade: "concordance, area under the ROC curve (AUC)",
        formula: "pairs in which the score was higher for who bought ÷ all pairs, equal scores counted half".to_owned(),
        numbers: value.map_or_else(|| NOT_DEFINED.to_owned(), |share| f.percent(share, 1)),
        inputs: outlook.map_or_else(Vec::new, |outlook| {
            vec![
                ("Day of the score".to_owned(), f.day(outlook.at)),
                ("Days after it".to_owned(), f.integer(u64::from(outlook.days))),
                ("Customers by then".to_owned(), f.integer(outlook.customers)),
                ("Bought since".to_owned(), f.integer(bought)),
            ]
        }),
        note: String::new(),
        ..Told::default()
    }
}

fn healthy(section: &Engagement, f: &dyn Format) -> Told {
    let health = &section.health;
    let good = health.bands.first().map_or(0, |band| band.customers);
    let part = |part: &HealthPart| {
        let known = format!("{}, known of {}", score(part.mean, f), f.integer(part.customers));
        (health_part(&part.key).to_owned(), if part.customers == 0 { "not known".to_owned() } else { known })
    };
    Told {
        key: "well",
        name: "Doing well",
        value: if health.customers == 0 { NOT_DEFINED.to_owned() } else { f.integer(good) },
        unit: if health.customers == 0 { String::new() } else { format!("of {}", f.integer(health.customers)) },
        beside: match health.mean {
            Some(mean) => format!("mean health {} of 100", f.number(mean, 0)),
            None => "nobody has bought twice yet".to_owned(),
        },
        meaning:
            "Customers with a health score of 67 or more: the mean of what is known of each customer, from 0 to 100."
                .to_owned(),
        trade: "customer health score",
        formula: "mean of the parts that are known".to_owned(),
        numbers: score(health.mean, f),
        inputs: health.parts.iter().map(part).collect(),
        note: "Rhythm: 100 until the usual gap has passed, 0 from three usual gaps on. Trend: the recent share of the \
               spend of two years, or of two half-years for newer customers. Answer: where the last one lies on its \
               scale. Complaints: 0 while one is open; else no part."
            .to_owned(),
        ..Told::default()
    }
}

fn slipping(section: &Engagement, f: &dyn Format) -> Told {
    let health = &section.health;
    Told {
        key: "slipping",
        name: "Slipping",
        value: f.integer(health.slipping_customers),
        unit: if health.slipping_customers == 1 { "customer" } else { "customers" }.to_owned(),
        beside: format!("brought {} so far", f.money(health.slipping_revenue.to_f64())),
        meaning:
            "Customers who have come back before, were here within the active window, and whose health is below 50: \
                  late, but not lost."
                .to_owned(),
        trade: "customers at risk",
        formula: "health below 50, last purchase within the active window, two days with a purchase or more".to_owned(),
        numbers: f.integer(health.slipping_customers),
        inputs: vec![(
            "Usual gap of all who come back".to_owned(),
            health.usual_days.map_or_else(|| NOT_DEFINED.to_owned(), |days| f.days(days)),
        )],
        note: String::new(),
        ..Told::default()
    }
}
