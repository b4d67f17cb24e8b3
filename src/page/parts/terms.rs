//! Figures of the report as they are shown: the words come from [`crate::words::terms`], the places from here.

use super::edits::Edit;
use super::explain::Explain;
use super::figures::{Delta, KeyFigure, Way};
use crate::report::Report;
use crate::words::format::{Format, NOT_DEFINED};
use crate::words::terms::{self, Direction, Term};

/// What stands where nothing was typed in.
const NOT_KNOWN: &str = "not known";

/// Several figures, each with its change and a line of meaning.
pub fn figures(terms: &[Term], report: &Report, format: &dyn Format) -> Vec<KeyFigure> {
    terms.iter().map(|term| figure(*term, report, format)).collect()
}

/// The same in a row of four, where the meaning stands at the place of the change.
pub fn figures_four(terms: &[Term], report: &Report, format: &dyn Format) -> Vec<KeyFigure> {
    let mut figures = figures(terms, report, format);
    for figure in &mut figures {
        let end = if figure.act.is_empty() { "" } else { "." };
        figure.delta = Delta::words(std::mem::take(&mut figure.mean) + end);
    }
    figures
}

/// A figure with its change, its meaning and its explanation.
pub fn figure(term: Term, report: &Report, format: &dyn Format) -> KeyFigure {
    let (value, unit) = value(term, report, format);
    KeyFigure {
        id: term.key(),
        name: term.name(),
        unit,
        delta: delta(term, report, format),
        mean: term.mean(report, format),
        act: act(term, report),
        explain: Explain {
            meaning: term.meaning().to_owned(),
            trade: term.trade().to_owned(),
            formula: term.formula_for(report).to_owned(),
            numbers: match value.as_str() {
                NOT_KNOWN => NOT_KNOWN.to_owned(),
                _ => term.with_numbers(report, format),
            },
            inputs: term.inputs(report, format),
            note: term.note(report, format).unwrap_or_default(),
            edits: edits(term),
        },
        value,
    }
}

/// The value, and the unit that stands small behind it.
fn value(term: Term, report: &Report, format: &dyn Format) -> (String, String) {
    let value = term.value(report, format);
    let needs_spend = edits(term).contains(&Edit::Spend) && report.acquisition.spend.is_none();
    match term {
        _ if needs_spend && value == NOT_DEFINED => (NOT_KNOWN.to_owned(), String::new()),
        Term::Window => match value.split_once(' ') {
            Some((days, unit)) if days.starts_with(|c: char| c.is_ascii_digit()) => (days.to_owned(), unit.to_owned()),
            _ => (value, String::new()),
        },
        _ => (value, String::new()),
    }
}

/// How it changed, or what it is made of.
fn delta(term: Term, report: &Report, format: &dyn Format) -> Delta {
    match term.delta(report, format) {
        Some(delta) => from_words(delta),
        None => term.made_of(report, format).map_or_else(Delta::default, Delta::words),
    }
}

fn from_words(delta: terms::Delta) -> Delta {
    let way = match delta.direction {
        Direction::Up => Some(Way::Up),
        Direction::Down => Some(Way::Down),
        Direction::Flat => None,
    };
    Delta { way, good: delta.good.unwrap_or(true), change: delta.amount, words: delta.rest }
}

/// What the link below the figure says.
fn act(term: Term, report: &Report) -> &'static str {
    match term {
        Term::Window => "Set another",
        // Another word in its place when it is known: the panel hangs on this very button.
        Term::CostToWin if report.acquisition.spend.is_some() => "Change it",
        Term::CostToWin => "Type it in",
        _ => "",
    }
}

/// What a person can change about it.
fn edits(term: Term) -> Vec<Edit> {
    match term {
        Term::Worth => vec![Edit::Margin, Edit::Lifespan],
        Term::Lifespan => vec![Edit::Lifespan],
        Term::CostToWin => vec![Edit::Spend],
        Term::LeftOver | Term::Ratio | Term::Payback => vec![Edit::Spend, Edit::Margin],
        Term::Kept | Term::Lost | Term::ActiveNow | Term::Window => vec![Edit::Active],
        _ => Vec::new(),
    }
}
