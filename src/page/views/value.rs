//! What a customer is worth, what winning one costs, and when that is earned back.

use leptos::prelude::*;

use crate::charts;
use crate::page::parts::chart::ReportChart;
use crate::page::parts::edits::{Edit, Editor};
use crate::page::parts::figures::Figures;
use crate::page::parts::filters::Filters;
use crate::page::parts::head::ViewHead;
use crate::page::parts::{terms, writer};
use crate::words::findings;
use crate::words::prospect::FOR_WHAT_HERE;
use crate::words::terms::Term;

mod tables;

/// Its figures.
const FIGURES: [Term; 6] = [Term::Worth, Term::SoFar, Term::CostToWin, Term::LeftOver, Term::Ratio, Term::Payback];

/// What they are worth.
#[component]
pub fn Value() -> impl IntoView {
    view! {
        <ViewHead name="What they are worth" finding=writer::section(findings::value)/>
        <Filters/>
        {writer::if_bought(content)}
    }
}

fn content() -> AnyView {
    view! {
        <Figures figures=writer::section(|report, format| terms::figures(&FIGURES, report, format))/>
        <p class="note">{FOR_WHAT_HERE}</p>
        {inputs()}
        <div class="two">
            <ReportChart draw=charts::value_distribution/>
            <ReportChart draw=charts::payback/>
        </div>
        <div class="side">
            {tables::top()}
            {tables::tiers()}
        </div>
    }
    .into_any()
}

/// What only the owner knows, and the sum worked out with it.
fn inputs() -> AnyView {
    // Where nothing comes of it there is no formula to multiply by hand.
    let formula = writer::text(|report, _| {
        let told = report.totals.cltv.is_some();
        if told { Term::Worth.formula_for(report) } else { Term::Worth.name() }.to_owned()
    });
    let numbers = writer::text(|report, format| Term::Worth.with_numbers(report, format));
    view! {
        <section aria-labelledby="h-inputs" class="sheet stack">
            <h2 class="h2" id="h-inputs">"Your own numbers"</h2>
            <p class="soft">
                "The files don’t hold them. They stay on this page and are gone when you close it."
            </p>
            <div class="inputs">
                <Editor edit=Edit::Spend/>
                <Editor edit=Edit::Margin/>
                <Editor edit=Edit::Lifespan/>
            </div>
            <p class="worked" role="status">
                {formula} <br/> <b>{numbers}</b>
            </p>
        </section>
    }
    .into_any()
}
