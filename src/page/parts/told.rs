//! Figures of a section, with the panels that explain them.

use super::explain::Explain;
use super::figures::{Delta, KeyFigure};
use crate::words::told::Told;

/// The figures of a row of four: the line of meaning stands at the place of a change.
pub fn figures(told: Vec<Told>) -> Vec<KeyFigure> {
    told.into_iter().map(figure).collect()
}

fn figure(told: Told) -> KeyFigure {
    let Told { id, name, value, mean, meaning, trade, formula, numbers, inputs, note } = told;
    KeyFigure {
        id,
        name,
        value,
        delta: Delta::words(mean),
        explain: Explain {
            meaning: meaning.to_owned(),
            trade: trade.to_owned(),
            formula: formula.to_owned(),
            numbers,
            inputs,
            note,
            edits: Vec::new(),
        },
        ..KeyFigure::default()
    }
}
