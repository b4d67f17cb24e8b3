//! What is still to come, in words: the finding, how far it can be trusted, and the terms behind its figures.
//!
//! * here: the finding and the verdict.
//! * [`charts`]: the words around the charts. [`figures`]: the figures with their explanations.
//! * [`tournament`]: the methods side by side.

pub mod charts;
pub mod figures;
pub mod tournament;

use super::findings::Finding;
use super::format::Format;
use super::terms::numbers::percent_as_typed;
use crate::models::shop::FEWEST_CUSTOMERS;
use crate::models::verdict::FEWEST;
use crate::report::Report;
use crate::report::forecast::{Ahead, Band, Candidate, Forecast, MoneyBand, Trust, Verdict};

/// Days of a month in words.
const MONTH: f64 = 30.4375;

/// An estimate with no more digits than it deserves: three.
pub fn rough(value: f64) -> f64 {
    if value == 0.0 || !value.is_finite() {
        return value;
    }
    let step = libm::pow(10.0, libm::floor(libm::log10(value.abs())) - 2.0);
    libm::round(value / step) * step
}

/// An estimated amount: `€78,600`, `€835`, `€25.60`.
pub fn about(value: f64, f: &dyn Format) -> String {
    let value = rough(value);
    // Cents behind three digits would say that they are known.
    if (100.0..1000.0).contains(&value.abs()) { f.money_short(value) } else { f.money(value) }
}

/// The band of 8 chances in 10: `€69,300 to €88,400`.
pub fn range(band: &MoneyBand, f: &dyn Format) -> String {
    format!("{} to {}", about(band.low.0, f), about(band.high.0, f))
}

/// The same of a count: `1,960 to 2,460`.
pub fn count_range(band: &Band, f: &dyn Format) -> String {
    let [low, high] = [band.low, band.high].map(|n| f.number(rough(n), 0));
    format!("{low} to {high}")
}

/// How far ahead is looked, as an option: `12 months`, `5 years`, `Without end`.
pub fn years_option(years: Option<u32>) -> String {
    match years {
        None => "Without end".to_owned(),
        Some(1) => "12 months".to_owned(),
        Some(years) => format!("{years} years"),
    }
}

/// How far ahead is looked: `the next 12 months`, `the next 5 years`, `all years to come`.
pub fn horizon(years: Option<u32>, f: &dyn Format) -> String {
    match years {
        None => "all years to come".to_owned(),
        Some(1) => "the next 12 months".to_owned(),
        Some(years) => format!("the next {}", f.count(u64::from(years), "year")),
    }
}

/// What money to come is discounted by.
pub fn discounted(rate: f64, f: &dyn Format) -> String {
    match rate {
        0.0 => "not discounted".to_owned(),
        rate => format!("discounted by {} a year", percent_as_typed(rate, f)),
    }
}

/// A stretch of days as people say it: `9 months`, `7 weeks`.
pub fn stretch(days: u32, f: &dyn Format) -> String {
    match libm::round(f64::from(days) / MONTH) as u64 {
        0..=1 => f.count(u64::from(days.div_ceil(7)), "week"),
        months => f.count(months, "month"),
    }
}

/// How far a total was off: `5% low`, `38% high`.
pub fn off(error: f64, f: &dyn Format) -> String {
    match libm::round(error * 100.0) {
        0.0 => "right to within 1%".to_owned(),
        percent if percent < 0.0 => format!("{} low", f.percent(-error, 0)),
        _ => format!("{} high", f.percent(error, 0)),
    }
}

/// The name of a candidate: in plain words, and in the trade.
pub fn candidate(candidate: Candidate) -> (&'static str, &'static str) {
    match candidate {
        Candidate::BgNbd => ("May leave after a repeat purchase", "BG/NBD"),
        Candidate::MbgNbd => ("May leave after any purchase", "MBG/NBD"),
        Candidate::ParetoNbd => ("May leave at any time", "Pareto/NBD"),
        Candidate::MbgCnbd => ("Buy in a rhythm; may leave after any purchase", "MBG/CNBD-k"),
        Candidate::Mean => ("The mean of the three", "model average"),
        Candidate::SameRate => ("Same rate for ever", "the usual formula"),
        Candidate::AgeCurve => ("As older customers did", "age curve"),
    }
}

/// The candidate as a sentence begins with it.
fn begins(chosen: Candidate) -> String {
    match chosen {
        Candidate::Mean => "The average of the models".to_owned(),
        chosen => format!("“{}” ({})", candidate(chosen).0, candidate(chosen).1),
    }
}

/// Why nothing is told: in one sentence, and when it will be; nothing where something is.
pub fn missing(verdict: &Verdict, f: &dyn Format) -> Option<Finding> {
    let finding = match verdict.trust {
        Trust::Plan | Trust::Direction => return None,
        Trust::Poor => {
            let worst = [verdict.error, verdict.revenue_error]
                .into_iter()
                .flatten()
                .fold(0.0, |worst: f64, error| if error.abs() > worst.abs() { error } else { worst });
            let typical = verdict.typical_error.unwrap_or_default();
            let by = if worst.abs() >= typical {
                off(worst, f)
            } else {
                format!("{} off on average", f.percent(typical, 0))
            };
            Finding {
                before: "No forecast is shown: on your own past the method was ".to_owned(),
                strong: by,
                after: ".".to_owned(),
                lead: tested(verdict, f),
            }
        }
        Trust::TooFew => Finding { before: too_few(verdict, f), lead: enough_on(verdict, f), ..Finding::default() },
    };
    Some(finding)
}

fn too_few(verdict: &Verdict, f: &dyn Format) -> String {
    let twice = verdict.repeat_buyers;
    match verdict {
        _ if (verdict.customers as f64) < FEWEST_CUSTOMERS => {
            let customers = f.count(verdict.customers, "customer");
            format!("Too little to tell: {customers}; from about {} on it will.", f.number(FEWEST_CUSTOMERS, 0))
        }
        _ if (twice as f64) < FEWEST => {
            let people =
                if twice == 1 { "1 person has".to_owned() } else { format!("{} people have", f.integer(twice)) };
            format!("Too little to tell: {people} bought twice; from about {} it will.", f.number(FEWEST, 0))
        }
        Verdict { tested_days: Some(days), tested_purchases: Some(purchases), .. } => {
            let months = stretch(*days, f);
            let bought = f.count(*purchases, "purchase");
            format!(
                "Too little to tell: your last {months} brought {bought} from earlier customers; from about {} it will.",
                f.number(FEWEST, 0)
            )
        }
        _ => {
            "Too little to tell: the data is too short to hide a part of it and let the method predict that.".to_owned()
        }
    }
}

fn enough_on(verdict: &Verdict, f: &dyn Format) -> Option<String> {
    let day = verdict.enough_on?;
    Some(format!("At the pace so far there will be enough around {}.", f.month(&day.to_string()[..7])))
}

/// What the next 12 months will bring.
pub fn finding(told: &Forecast, f: &dyn Format) -> Finding {
    let Some(Ahead { revenue, margin, .. }) = &told.ahead else {
        return missing(&told.verdict, f).unwrap_or_default();
    };
    let after_cost = match margin {
        Some(margin) => format!(" After the cost of goods, that is {}.", about(margin.value.0, f)),
        None => String::new(),
    };
    Finding {
        before: "The customers you have today will bring about ".to_owned(),
        strong: about(revenue.value.0, f),
        after: " in the next 12 months, even if no one new arrives.".to_owned(),
        lead: Some(format!(
            "There are 8 chances in 10 that it will be between {}.{after_cost}",
            range_words(revenue, f)
        )),
    }
}

/// The band in a sentence behind "between".
pub fn range_words(band: &MoneyBand, f: &dyn Format) -> String {
    format!("{} and {}", about(band.low.0, f), about(band.high.0, f))
}

/// The verdict in the words of its first sentence.
pub fn verdict(trust: Trust) -> &'static str {
    match trust {
        Trust::Plan => "You can plan with this.",
        Trust::Direction => "Good for direction, not for a budget.",
        Trust::Poor => "Don’t plan with this method.",
        Trust::TooFew => "Too little to tell.",
    }
}

/// What the views of the models rest on, at the end of the row of filters: which days of the period that is chosen count.
pub fn scope(report: &Report, f: &dyn Format) -> String {
    let Some(end) = report.period.end else { return String::new() };
    let all = format!("All customers up to {}, from their first purchase on", f.day(end));
    match report.settings.from {
        Some(_) => format!(
            "{all}: the first day that you chose ({}) does not count here",
            f.day(report.period.start.unwrap_or(end))
        ),
        None => all,
    }
}

/// What the method made of the shop's own past; nothing where nothing could be hidden.
pub fn tested(verdict: &Verdict, f: &dyn Format) -> Option<String> {
    let (days, error) = (verdict.tested_days?, verdict.error?);
    let money = match verdict.revenue_error {
        Some(revenue) if libm::round(revenue * 100.0) != libm::round(error * 100.0) => {
            format!("{} in purchases and {} in money", off(error, f), off(revenue, f))
        }
        _ => off(error, f),
    };
    let usual = match verdict.same_rate_error {
        Some(same) => format!(" Assuming the same rate for ever, as the usual formula does, was {}.", off(same, f)),
        None => String::new(),
    };
    Some(format!(
        "We hid your last {}, or parts of them, and let each method predict them. {} came closest to what each customer did, judged by how likely it held that; over the \
         whole it was {money}.{usual}",
        stretch(days, f),
        begins(verdict.chosen?)
    ))
}

#[cfg(test)]
mod tests;
