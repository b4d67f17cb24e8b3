//! Who stays: kept over a year, cohorts, curves, month by month.

use leptos::ev::MouseEvent;
use leptos::prelude::*;

use crate::charts;
use crate::math::Unit;
use crate::page::browser;
use crate::page::control::Control;
use crate::page::live;
use crate::page::parts::chart::ReportChart;
use crate::page::parts::choice::Choice;
use crate::page::parts::figures::Figures;
use crate::page::parts::filters::Filters;
use crate::page::parts::frame::frame;
use crate::page::parts::head::ViewHead;
use crate::page::parts::heat::{self, Content, Grid, Heat};
use crate::page::parts::writer::choices;
use crate::page::parts::{terms, writer};
use crate::page::route::unit_from;
use crate::words::terms::Term;
use crate::words::{cohorts, findings};

/// Its figures.
const FIGURES: [Term; 4] = [Term::Kept, Term::Lost, Term::Repeat, Term::Window];

/// Who stays.
#[component]
pub fn Retention() -> impl IntoView {
    let control = Control::use_here();
    let unit = move || control.results.settings.with(|settings| settings.cohort_unit);
    let choose = move |key: String| {
        if let Some(unit) = unit_from(&key) {
            control.set(|settings| settings.cohort_unit = unit);
        }
    };
    view! {
        <ViewHead name="Who stays" finding=writer::section(findings::retention)/>
        <Filters>
            <Choice
                label=Signal::stored("Cohorts".to_owned())
                options=Signal::stored(units())
                value=live::text(move || unit().name())
                on_choose=Callback::new(choose)
            />
        </Filters>
        {writer::if_bought(content)}
    }
}

fn content() -> AnyView {
    view! {
        <Figures figures=writer::section(|report, format| terms::figures_four(&FIGURES, report, format)) class="figures four"/>
        {cohort_table()}
        <div class="two">
            <ReportChart draw=charts::retention_curves/>
            <ReportChart draw=charts::monthly_retention/>
        </div>
    }
    .into_any()
}

fn units() -> Vec<(String, String)> {
    Unit::ALL.map(|unit| (unit.name().to_owned(), format!("By {}", unit.name()))).to_vec()
}

/// The cohort table, with a choice of what its cells hold.
fn cohort_table() -> AnyView {
    let control = Control::use_here();
    let content = RwSignal::new(Content::default());
    let title = writer::text(move |report, format| match content.get() {
        Content::Kept => cohorts::title(report, format),
        other => {
            let unit = report.retention.unit.name();
            format!("{}, {unit} by {unit} after the first purchase", other.label())
        }
    });
    let sub = writer::text(move |report, _| match content.get() {
        Content::Kept => cohorts::sub(report),
        _ => {
            let unit = report.retention.unit.name();
            format!("Each row: those who first bought in the same {unit}, and what they did in the {unit}s after it")
        }
    });
    let report = control.results.report;
    let grid = live::kept(move || {
        report.get().map(|report| Grid::of(&report, content.get(), &*writer::of(&report))).unwrap_or_default()
    });
    let choose = move |key: String| {
        content.set(Content::ALL.into_iter().find(|content| content.key() == key).unwrap_or_default());
    };
    let save = live::on(move |_: MouseEvent| {
        let content = content.get_untracked();
        if let Some(report) = report.get_untracked() {
            let csv = heat::table(&report, content, &*writer::of(&report)).csv();
            browser::save(&format!("perennial-cohorts-{}.csv", content.key()), "text/csv", &csv);
        }
    });
    let all = Content::ALL.map(|content| (content.key(), content.label()));
    let content = view! {
        <div class="filterrow">
            <Choice
                label=Signal::stored("Cells show".to_owned())
                options=Signal::stored(choices(&all))
                value=live::text(move || content.get().key())
                on_choose=Callback::new(choose)
            />
        </div>
        <div class="plot">
            <Heat grid/>
        </div>
        <div class="tools">
            <button type="button" on:click=save>
                "Download CSV"
            </button>
        </div>
    };
    frame(title, sub, content.into_any())
}
