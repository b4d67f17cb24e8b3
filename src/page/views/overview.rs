//! Overview: what came in, from whom, and what to do next.

use leptos::prelude::*;

use crate::charts;
use crate::page::parts::chart::ReportChart;
use crate::page::parts::figures::Figures;
use crate::page::parts::filters::Filters;
use crate::page::parts::head::ViewHead;
use crate::page::parts::writer;
use crate::words::findings;

mod figures;
mod groups;
mod next;

/// The first view of a report.
#[component]
pub fn Overview() -> impl IntoView {
    view! {
        <ViewHead name="Overview" finding=writer::section(findings::overview)/>
        <Filters/>
        <Figures figures=writer::section(figures::all)/>
        <ReportChart draw=charts::revenue_by_month/>
        <div class="two">
            <ReportChart draw=charts::concentration/>
            <groups::Groups/>
        </div>
        <next::Next/>
    }
}
