//! Overview: what came in, from whom, and what to do next.

use leptos::prelude::*;

use crate::charts;
use crate::page::live;
use crate::page::parts::chart::ReportChart;
use crate::page::parts::figures::Figures;
use crate::page::parts::filters::Filters;
use crate::page::parts::head::ViewHead;
use crate::page::parts::{terms, writer};
use crate::report::Report;
use crate::words::costs::names_channels;
use crate::words::findings;
use crate::words::terms::Term;

mod channels;
mod groups;
mod next;

/// Its figures. Who came back from one year to the next takes two years of data to tell; with less, it is who bought
/// twice.
fn figures(report: &Report) -> [Term; 6] {
    let came_back = report.recent.as_ref().is_some_and(|recent| recent.now.kept.is_some());
    let stay = if came_back { Term::CameBack } else { Term::Repeat };
    [Term::Revenue, Term::Customers, Term::AverageOrder, stay, Term::Worth, Term::CostToWin]
}

/// The first view of a report.
#[component]
pub fn Overview() -> impl IntoView {
    view! {
        <ViewHead name="Overview" finding=writer::section(findings::overview)/>
        <Filters/>
        {writer::if_bought(content)}
    }
}

/// Where customers came from: with what winning them cost, where the costs name channels.
fn origins() -> AnyView {
    let with_costs = writer::section(|report, _| names_channels(report) && !report.settings.is_filtered());
    live::part(move || if with_costs.get() { channels::channels() } else { groups::groups() })
}

fn content() -> AnyView {
    view! {
        <Figures figures=writer::section(|report, format| terms::figures(&figures(report), report, format))/>
        <ReportChart draw=charts::revenue_by_month/>
        <div class="two">
            <ReportChart draw=charts::concentration/>
            {origins()}
        </div>
        {next::next()}
    }
    .into_any()
}
