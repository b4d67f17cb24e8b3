//! Overview: what came in, from whom, and what to do next.

use leptos::prelude::*;

use crate::charts;
use crate::page::parts::chart::ReportChart;
use crate::page::parts::figures::Figures;
use crate::page::parts::filters::Filters;
use crate::page::parts::head::ViewHead;
use crate::page::parts::{terms, writer};
use crate::words::findings;
use crate::words::terms::Term;

mod groups;
mod next;

/// Its figures.
const FIGURES: [Term; 6] =
    [Term::Revenue, Term::Customers, Term::AverageOrder, Term::CameBack, Term::Worth, Term::CostToWin];

/// The first view of a report.
#[component]
pub fn Overview() -> impl IntoView {
    view! {
        <ViewHead name="Overview" finding=writer::section(findings::overview)/>
        <Filters/>
        <Figures figures=writer::section(|report, format| terms::figures(&FIGURES, report, format))/>
        <ReportChart draw=charts::revenue_by_month/>
        <div class="two">
            <ReportChart draw=charts::concentration/>
            <groups::Groups/>
        </div>
        <next::Next/>
    }
}
