//! The figures of a section as they are shown: the words come from [`crate::words::told`], the places from here.

use super::explain::Explain;
use super::figures::{Delta, KeyFigure};
use crate::words::told::Told;

/// Figures in a row of four, each with the panel behind its name.
pub fn figures(told: Vec<Told>) -> Vec<KeyFigure> {
    told.into_iter().map(figure).collect()
}

fn figure(told: Told) -> KeyFigure {
    let Told { id, name, value, unit, below, meaning, trade, formula, numbers, inputs, note } = told;
    KeyFigure {
        id,
        name,
        value,
        unit,
        delta: Delta::words(below),
        explain: Explain { meaning, trade: trade.to_owned(), formula, numbers, inputs, note, edits: Vec::new() },
        ..KeyFigure::default()
    }
}
