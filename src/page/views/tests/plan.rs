//! How large the next test has to be.

use leptos::prelude::*;

use crate::math::hypothesis::power::Aim;
use crate::page::control::Control;
use crate::page::live;
use crate::page::parts::entry::entry;
use crate::page::parts::{typed, writer};
use crate::report::experiments::Experiments;
use crate::words::experiments::plan::{Plan, said};

/// The planner.
pub fn form() -> AnyView {
    let control = Control::use_here();
    let section = control.results.sections.experiments;
    let field = |text: &str| RwSignal::new(text.to_owned());
    let (base, gain, power, significance, units) = (field("5"), field("1"), field("80"), field("5"), field(""));
    // What a test of the files has shown is the better beginning, as long as nothing else was typed.
    live::effect(move || {
        let Some((rate, a_day)) = section.section.get().as_deref().and_then(known) else { return };
        if base.with_untracked(|text| text == "5") {
            base.set(typed::written_number(libm::round(rate * 1000.0) / 10.0));
        }
        if let Some(a_day) = a_day.filter(|_| units.with_untracked(String::is_empty)) {
            units.set(typed::written_number(libm::round(a_day)));
        }
    });
    let plan = move || {
        let fraction = |text: RwSignal<String>| text.with(|text| typed::number(text)).map(|percent| percent / 100.0);
        Some(Plan {
            base: fraction(base)?,
            gain: fraction(gain)?,
            aim: Aim { power: fraction(power)?, significance: fraction(significance)? },
            units_a_day: units.with(|text| typed::number(text)),
        })
    };
    let found = live::kept(move || {
        let report = control.results.report.get()?;
        said(&plan()?, &*writer::of(&report))
    });
    let finding = live::text(move || found.get().map_or_else(|| MISSING.to_owned(), |(finding, _)| finding));
    let terms = live::text(move || found.get().map(|(_, terms)| terms).unwrap_or_default());
    view! {
        <section aria-labelledby="h-plan" class="sheet stack">
            <h2 class="h2" id="h-plan">"Plan the next one"</h2>
            <p class="soft">"How many it takes to see the smallest difference that would be worth acting on."</p>
            <div class="inputs">
                {entry("How many do it now, in %", "", base)}
                {entry("Smallest gain, in points", "", gain)}
            </div>
            <div class="inputs">
                {entry("Power, in %", "", power)}
                {entry("Significance, in %", "", significance)}
            </div>
            {entry("Visitors or customers a day, on all sides", "Empty where you don’t know", units)}
            <p class="worked" role="status"><b>{finding}</b></p>
            <p class="note">{terms}</p>
        </section>
    }
    .into_any()
}

/// What is said while the fields hold no plan.
const MISSING: &str = "Percentages between 0 and 100, please, and a gain above 0.";

/// The rate of the first control of the files, and how many a day there were.
fn known(section: &Experiments) -> Option<(f64, Option<f64>)> {
    let rate =
        |test: &crate::report::experiments::Experiment| Some((test.variants.first()?.rate?.rate?, test.units_a_day));
    section.tests.iter().find_map(rate)
}
