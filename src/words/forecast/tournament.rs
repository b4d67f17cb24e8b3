//! The methods side by side on the hidden part of the past.

use super::{candidate, stretch};
use crate::math::order;
use crate::report::forecast::{Forecast, Origin, Score};
use crate::words::format::{Format, NOT_DEFINED};

/// Heads of the table.
pub const HEADS: [&str; 7] = ["Method", "Total", "Log score", "RMSE", "MAE", "RMSE a week", "MAE a week"];

/// The scores with the best log score first; those without one behind, by their error of each customer.
pub fn ranked(origin: &Origin) -> Vec<&Score> {
    let mut scores: Vec<&Score> = origin.scores.iter().collect();
    let key = |score: &Score| (score.log_score.unwrap_or(f64::INFINITY), score.rmse);
    order::sort_by(&mut scores, |a, b| key(a).0.total_cmp(&key(b).0).then(key(a).1.total_cmp(&key(b).1)));
    scores
}

/// Name, name in the trade, error of the total, log score, RMSE and MAE of a customer, and of a week.
pub fn cells(score: &Score, f: &dyn Format) -> [String; 8] {
    let (name, trade) = candidate(score.candidate);
    let week = |off: Option<f64>| off.map_or(NOT_DEFINED.to_owned(), |off| f.number(off, 1));
    [
        name.to_owned(),
        trade.to_owned(),
        score.error.map_or(NOT_DEFINED.to_owned(), |error| signed(error, f)),
        score.log_score.map_or("none".to_owned(), |value| f.number(value, 3)),
        f.number(score.rmse, 2),
        f.number(score.mae, 2),
        week(score.weekly_rmse),
        week(score.weekly_mae),
    ]
}

/// A relative error with its sign: `+38%`, `−5%`.
pub fn signed(error: f64, f: &dyn Format) -> String {
    let sign = if libm::round(error * 100.0) > 0.0 { "+" } else { "" };
    format!("{sign}{}", f.percent(error, 0))
}

/// What the columns mean, and how one was chosen.
pub fn explained(told: &Forecast, f: &dyn Format) -> String {
    let Some(origin) = told.origins.first() else { return String::new() };
    let tried = match told.origins.len() {
        1 => "once".to_owned(),
        n => format!("{} times, on stretches of different length", f.integer(n as u64)),
    };
    format!(
        "All were given your data up to {} and had to tell the {} after it. Chosen is the method with the best log score (the \
         lower, the better: it asks how likely each customer’s purchases were), tried {tried}. RMSE and MAE: by how many \
         purchases a method was off for one customer; a week: for all of them together in a week.",
        f.day(origin.at),
        stretch(origin.days, f)
    )
}
