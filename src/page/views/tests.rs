//! Tests: what was tried, a test typed in, and how large the next one has to be.

use leptos::prelude::*;

use crate::charts::{self, Table};
use crate::page::control::Control;
use crate::page::live::{self, MakeRow};
use crate::page::parts::chart::Chart;
use crate::page::parts::choice::Choice;
use crate::page::parts::figures::Figures;
use crate::page::parts::filters::Filters;
use crate::page::parts::head::ViewHead;
use crate::page::parts::icon::{Icon, Sign};
use crate::page::parts::{stacked, told, writer};
use crate::report::experiments::{Control as Against, Experiment, Experiments};
use crate::words::experiments as words;

mod plan;
mod typed;

/// Tests.
#[component]
pub fn Tests() -> impl IntoView {
    let section = Control::use_here().results.sections.experiments;
    section.follow();
    let figures = section.kept(|section, _, format| {
        let test = words::first(section).and_then(|at| section.tests.get(at));
        told::figures(test.map(|test| words::figures(test, format)).unwrap_or_default())
    });
    let has_figures = move || figures.with(|figures| !figures.is_empty());
    // Period and filters say whose orders tell how a test came out; without a test there is nothing that they change.
    let tests = section.kept(|section, _, _| !section.tests.is_empty());
    let has_tests = move || tests.get();
    // A test keeps its elements while it is there, so that a choice in it keeps the focus.
    let keys = section.kept(|section, _, _| (0..section.tests.len()).map(|at| key(section, at)).collect::<Vec<_>>());
    let each = move || {
        let row = |(at, key): (usize, String)| -> (String, MakeRow) { (key, Box::new(move || test(at))) };
        keys.get().into_iter().enumerate().map(row).collect()
    };
    view! {
        <ViewHead name="Tests" finding=section.kept(words::finding)/>
        {live::when(has_tests, || view! { <Filters/> })}
        {live::when(has_figures, move || view! { <Figures figures class="figures four"/> })}
        {live::keyed(each)}
        <div class="two">
            {typed::form()}
            {plan::form()}
        </div>
    }
}

fn key(section: &Experiments, at: usize) -> String {
    let Experiment { file, name, measure, source, .. } = &section.tests[at];
    format!("{at} {file} {name} {measure:?} {source:?}")
}

/// One thing that came of a test: its finding, its sides, and which of them the others are held against.
fn test(at: usize) -> AnyView {
    let control = Control::use_here();
    let section = control.results.sections.experiments;
    let heading = section.text(move |section, _, _| section.tests.get(at).map(words::heading).unwrap_or_default());
    let doubt =
        section.kept(move |section, _, format| section.tests.get(at).and_then(|test| words::doubt(test, format)));
    let title = section.text(move |section, _, format| {
        section.tests.get(at).map(|test| words::title(test, format)).unwrap_or_default()
    });
    let about = section.text(move |section, _, format| {
        section.tests.get(at).map(|test| words::about(test, format)).unwrap_or_default()
    });
    let table = section.kept(move |section, _, format| {
        section.tests.get(at).map_or_else(Table::default, |test| charts::sides_table(test, format))
    });
    let has_sides = move || table.with(|table| !table.rows.is_empty());
    let draw = move |width: u32| {
        let report = control.results.report.get()?;
        let section = section.section.get()?;
        Some(charts::test_sides(section.tests.get(at)?, width, &*writer::of(&report)))
    };
    let id = format!("h-test-{at}");
    let label = id.clone();
    let notice = move || {
        doubt.get().map(|(what, why)| {
            view! {
                <div class="notice bad" role="alert">
                    <Icon sign=Sign::Warning/>
                    <div><p><strong>{what}</strong>" "{why}</p></div>
                </div>
            }
            .into_any()
        })
    };
    view! {
        <section aria-labelledby=label class="stack">
            <h2 class="eyebrow" id=id>{heading}</h2>
            {live::part(notice)}
            {live::when(move || !has_sides(), move || view! { <p>{title}". "{about}"."</p> })}
            {live::when(has_sides, move || view! {
                <Chart figure=draw/>
                {stacked::of_table(table)}
                {held_against(at)}
            })}
        </section>
    }
    .into_any()
}

/// Which side the others are held against.
fn held_against(at: usize) -> AnyView {
    let section = Control::use_here().results.sections.experiments;
    let names = section.kept(move |section, _, _| {
        let test = section.tests.get(at);
        let mut names: Vec<String> =
            test.iter().flat_map(|test| &test.variants).map(|side| side.name.clone()).collect();
        crate::math::order::sort_by(&mut names, Ord::cmp);
        names
    });
    let own = section.kept(move |section, _, _| {
        section.tests.get(at).and_then(|test| test.variants.first()).map(|side| side.name.clone()).unwrap_or_default()
    });
    let choose = move |variant: String| {
        let Some(found) = section.section.get_untracked() else { return };
        let Some(Experiment { file, name, .. }) = found.tests.get(at) else { return };
        let said = Against { file: file.clone(), test: name.clone(), variant };
        section.ask.update(|ask| {
            ask.controls.retain(|known| (&known.file, &known.test) != (&said.file, &said.test));
            ask.controls.push(said);
        });
    };
    let options = live::follow(Box::new(move || {
        names.get().into_iter().map(|name| (name.clone(), name)).collect::<Vec<(String, String)>>()
    }));
    view! {
        <div class="filterrow">
            <Choice
                label=Signal::stored("Held against".to_owned())
                options=options
                value=live::text(move || own.get())
                on_choose=Callback::new(choose)
            />
        </div>
    }
    .into_any()
}
