//! A test from numbers that are typed in: it needs no file.

use leptos::ev::MouseEvent;
use leptos::prelude::*;

use crate::charts;
use crate::measures::experiments::compare;
use crate::page::control::Control;
use crate::page::live;
use crate::page::parts::entry::entry;
use crate::page::parts::stacked;
use crate::page::parts::{typed, writer};
use crate::report::experiments::Experiment;
use crate::words::experiments as words;

/// Sides that can be typed in.
const NAMES: [&str; 4] = ["A", "B", "C", "D"];

/// The labels of each side's fields: how many there were, and how many did it.
const LABELS: [(&str, &str); 4] = [
    ("A: visitors", "A: did it"),
    ("B: visitors", "B: did it"),
    ("C: visitors", "C: did it"),
    ("D: visitors", "D: did it"),
];

/// What stands in the fields of a side.
#[derive(Clone, Copy)]
struct Side {
    units: RwSignal<String>,
    count: RwSignal<String>,
}

/// The form, and what the numbers say.
pub fn form() -> AnyView {
    let sides = NAMES.map(|_| Side { units: RwSignal::new(String::new()), count: RwSignal::new(String::new()) });
    let shown = RwSignal::new(2);
    let test = live::kept(move || read(&sides[..shown.get()]));
    let report = Control::use_here().results.report;
    let said = live::kept(move || {
        let (report, test) = (report.get()?, test.get()?);
        let format = writer::of(&report);
        let doubt = words::doubt(&test, &*format).map_or_else(String::new, |(_, why)| format!(" {why}"));
        Some(format!("{}.{doubt}", words::title(&test, &*format)))
    });
    // Nobody is told off before anything is typed.
    let began = live::kept(move || {
        let is_filled = |text: RwSignal<String>| text.with(|text| !text.trim().is_empty());
        sides[..shown.get()].iter().any(|side| is_filled(side.units) || is_filled(side.count))
    });
    let result = move || match said.get() {
        Some(said) => view! { <b>{said}</b> }.into_any(),
        None => if began.get() { MISSING } else { "" }.into_any(),
    };
    let table = live::kept(move || {
        let (Some(report), Some(test)) = (report.get(), test.get()) else { return charts::Table::default() };
        charts::sides_table(&test, &*writer::of(&report))
    });
    let fields = move || {
        let field = |(side, (units, count)): (Side, (&'static str, &'static str))| {
            view! { <div class="inputs">{entry(units, "", side.units)}{entry(count, "", side.count)}</div> }.into_any()
        };
        sides.into_iter().zip(LABELS).take(shown.get()).map(field).collect::<Vec<_>>()
    };
    let more = live::on(move |_: MouseEvent| shown.update(|shown| *shown = (*shown + 1).min(NAMES.len())));
    view! {
        <section aria-labelledby="h-typed" class="sheet stack">
            <h2 class="h2" id="h-typed">"Type in a test"</h2>
            <p class="soft">"How many there were on each side, and how many of them did it. A is what the others are held against."</p>
            {live::part(fields)}
            <p class="actions">
                <button class="btn" type="button" on:click=more disabled=live::flag(move || shown.get() == NAMES.len())>
                    "Add a side"
                </button>
            </p>
            <p class="worked" role="status">{live::part(result)}</p>
            {live::when(move || table.with(|table| !table.rows.is_empty()), move || stacked::of_table(table))}
        </section>
    }
    .into_any()
}

/// What is said while what stands in the fields makes no test.
const MISSING: &str = "Two sides with their numbers, please: whole numbers, and no more who did it than there were.";

/// The test in the fields; nothing while any of them can't be one.
fn read(sides: &[Side]) -> Option<Experiment> {
    let whole = |text: RwSignal<String>| {
        let number = text.with(|text| typed::number(text))?;
        (number.fract() == 0.0 && number <= 1e8).then_some(number as u64)
    };
    let side = |(name, side): (&&str, &Side)| {
        let (units, count) = (whole(side.units)?, whole(side.count)?);
        (units > 0 && count <= units).then(|| ((*name).to_owned(), units, count))
    };
    let sides: Vec<(String, u64, u64)> = NAMES.iter().zip(sides).map(side).collect::<Option<_>>()?;
    Some(compare::typed(&sides))
}
