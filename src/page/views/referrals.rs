//! Who brings whom: how many were brought, what they are worth, and whose referrals are worth more than their purchases.

use leptos::prelude::*;

use crate::charts;
use crate::page::control::Control;
use crate::page::live;
use crate::page::parts::chart::Chart;
use crate::page::parts::figures::Figures;
use crate::page::parts::filters::Filters;
use crate::page::parts::head::ViewHead;
use crate::page::parts::needs::Needs;
use crate::page::parts::stacked;
use crate::page::parts::told;
use crate::page::section::Topic;
use crate::report::referrals as report;
use crate::words::needs;
use crate::words::referrals as words;

mod tables;

/// The section of this view.
type Section = Topic<report::Ask, report::Referrals>;

/// The name of the view.
const NAME: &str = "Who brings whom";

/// Who brings whom.
#[component]
pub fn Referrals() -> impl IntoView {
    let section = Control::use_here().results.sections.referrals;
    section.follow();
    let is_told = live::kept(move || section.section.with(|told| told.as_ref().is_none_or(|told| told.told)));
    live::part(move || match is_told.get() {
        true => content(section),
        false => view! { <Needs name=NAME need=needs::REFERRALS/> }.into_any(),
    })
}

fn content(section: Section) -> AnyView {
    let any = section.kept(|told, _, _| told.brought.customers > 0);
    let invited = section.kept(|told, _, _| told.invitations.is_some());
    view! {
        <ViewHead name=NAME finding=section.kept(words::finding)/>
        <Filters/>
        {live::when(move || any.get(), move || figures(section))}
        {live::when(move || invited.get(), move || invitations(section))}
        {told::remarks(section.kept(words::remarks))}
    }
    .into_any()
}

/// What became of invitations, where a file counts them.
fn invitations(section: Section) -> AnyView {
    view! {
        <section aria-labelledby="h-invited" class="stack">
            <h2 class="h2" id="h-invited">"Invitations"</h2>
            <Figures figures=section.kept(|told, _, format| told::figures(words::figures::invitations(told, format)))/>
        </section>
    }
    .into_any()
}

fn figures(section: Section) -> AnyView {
    let months = section.kept(|told, _, _| told.months.len() > 1);
    // Of single links there is nothing to draw.
    let chains = section.kept(|told, _, _| told.chain.len() > 1);
    let by_month = move || view! { <Chart figure=section.figure(charts::referred_by_month)/> };
    let most = section.kept(|told, report, format| tables::referrers(words::top(told, report, format)));
    let beyond = section.kept(|told, report, format| tables::referrers(words::beyond(told, report, format)));
    view! {
        <Figures
            figures=section.kept(|told, report, format| told::figures(words::figures::figures(told, report, format)))
            class="figures four"
        />
        {live::when(move || months.get(), by_month)}
        <div class="two">
            <Chart figure=section.figure(charts::referred_beside_others)/>
            {live::when(
                move || chains.get(),
                move || view! { <Chart figure=section.figure(charts::referral_chains)/> },
            )}
        </div>
        <div class="two">
            {stacked::section("h-most", "Who brings most", most)}
            {stacked::section("h-beyond", "Whose referrals are worth more than their purchases", beyond)}
        </div>
        {told::to_do(section.kept(words::to_do))}
    }
    .into_any()
}
