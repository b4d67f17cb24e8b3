//! The cohort table: a real table, coloured by steps, with what each cohort has lived so far.

use leptos::prelude::*;

use super::frame::scale;
use super::table::Region;
use crate::charts::{Cell, Table, escaped, heat_step};
use crate::math::Unit;
use crate::page::live::{self, Kept};
use crate::report::Report;
use crate::report::schema::Cohort;
use crate::text::capital;
use crate::words::format::{Format, NOT_DEFINED};

/// Cohorts and ages beyond these stand in the file only: a table of a thousand rows tells nobody anything.
const ROWS: usize = 60;

/// What the cells hold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Content {
    /// Share of the cohort that bought.
    #[default]
    Kept,
    /// Customers who bought.
    Customers,
    /// Revenue.
    Revenue,
    /// Cumulative revenue per customer.
    Cumulative,
    /// Purchases.
    Orders,
    /// Revenue per purchase.
    Average,
}

impl Content {
    /// All, in the order of the select.
    pub const ALL: [Content; 6] =
        [Content::Kept, Content::Customers, Content::Revenue, Content::Cumulative, Content::Orders, Content::Average];

    /// The value in a select and in file names.
    pub fn key(self) -> &'static str {
        match self {
            Content::Kept => "kept",
            Content::Customers => "customers",
            Content::Revenue => "revenue",
            Content::Cumulative => "revenue-each-so-far",
            Content::Orders => "purchases",
            Content::Average => "average-order",
        }
    }

    /// What a person reads.
    pub fn label(self) -> &'static str {
        match self {
            Content::Kept => "Share who bought, %",
            Content::Customers => "Customers who bought",
            Content::Revenue => "Revenue",
            Content::Cumulative => "Revenue so far, each",
            Content::Orders => "Purchases",
            Content::Average => "Average order",
        }
    }

    /// The first age shown: of the share who bought, the first period says only that all of them did.
    fn from(self) -> usize {
        usize::from(matches!(self, Content::Kept))
    }

    /// Whether it adds up over the customers of a cohort.
    fn is_sum(self) -> bool {
        matches!(self, Content::Customers | Content::Revenue | Content::Orders)
    }

    /// The value of a cohort at an age; nothing where it is not defined.
    fn value(self, cohort: &Cohort, age: usize) -> Option<f64> {
        match self {
            Content::Kept if cohort.size == 0 => None,
            Content::Kept => cohort.active.get(age).map(|active| *active as f64 / cohort.size as f64),
            Content::Customers => cohort.active.get(age).map(|active| *active as f64),
            Content::Revenue => cohort.revenue.get(age).map(|revenue| revenue.to_f64()),
            Content::Cumulative => cohort.cumulative_per_customer.get(age).copied().flatten().map(|mean| mean.0),
            Content::Orders => cohort.orders.get(age).map(|orders| *orders as f64),
            Content::Average => cohort.aov.get(age).copied().flatten().map(|mean| mean.0),
        }
    }

    fn text(self, value: f64, format: &dyn Format) -> String {
        match self {
            Content::Kept => format.number(value * 100.0, 0),
            Content::Customers | Content::Orders => format.number(value, 0),
            // Cents would make the columns of a sum as wide as their headings.
            Content::Revenue => format.money_short(value.round()),
            Content::Cumulative | Content::Average => format.money(value),
        }
    }

    fn raw(self, value: f64) -> String {
        match self {
            Content::Kept => format!("{value:.4}"),
            Content::Customers | Content::Orders => format!("{value}"),
            _ => format!("{value:.2}"),
        }
    }
}

/// A cell of the grid.
#[derive(Clone, Debug, PartialEq)]
pub enum Lived {
    /// Not lived yet.
    No,
    /// Lived in part: the period is not over.
    Partly(String),
    /// Lived; the text, and its step of the scale, 0 for none.
    Yes(String, u8),
}

/// The grid as it is shown.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Grid {
    /// What the cells hold.
    pub content: Content,
    /// The unit of cohorts and ages: `quarter`.
    pub unit: Unit,
    /// Ages of the columns.
    pub ages: Vec<usize>,
    /// Name, customers and cells of each cohort.
    pub rows: Vec<(String, String, Vec<Lived>)>,
    /// The same for all together; empty where it can't be told.
    pub all: (String, Vec<String>),
    /// Whether cohorts or ages were left out of the table.
    pub cut: bool,
    /// Whether there are periods in which no one bought for the first time.
    pub gaps: bool,
}

impl Grid {
    /// The grid of a report.
    pub fn of(report: &Report, content: Content, format: &dyn Format) -> Grid {
        let retention = &report.retention;
        // A cohort of nobody has nothing to show; the file has its row.
        let cohorts: Vec<&Cohort> = retention.cohorts.iter().filter(|cohort| cohort.size > 0).collect();
        let longest = cohorts.iter().map(|cohort| cohort.active.len()).max().unwrap_or(0);
        let ages: Vec<usize> = (content.from()..longest).take(ROWS).collect();
        let shown = &cohorts[cohorts.len().saturating_sub(ROWS)..];
        let whole = |cohort: &Cohort, age: usize| age + usize::from(cohort.last_is_partial) < cohort.active.len();
        // A sum of the first period holds every customer's first purchase: beside it all later ones would look alike.
        let coloured = |age: usize| age > 0 || !content.is_sum();
        let values = shown.iter().flat_map(|cohort| {
            let lived = ages.iter().filter(|age| whole(cohort, **age) && coloured(**age));
            lived.filter_map(|age| content.value(cohort, *age))
        });
        let (low, high) = values.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), x| (low.min(x), high.max(x)));
        let cell = |cohort: &Cohort, age: usize| {
            if age >= cohort.active.len() {
                return Lived::No;
            }
            let value = content.value(cohort, age);
            let text = value.map_or("–".to_owned(), |value| content.text(value, format));
            match (whole(cohort, age), value) {
                (false, _) => Lived::Partly(text),
                (true, None) => Lived::Yes(text, 0),
                _ if !coloured(age) => Lived::Yes(text, 0),
                (true, Some(value)) => Lived::Yes(text, heat_step(value, low, high)),
            }
        };
        let row = |cohort: &Cohort| {
            let cells = ages.iter().map(|age| cell(cohort, *age)).collect();
            (format.period(&cohort.cohort, retention.unit), format.integer(cohort.size), cells)
        };
        let customers: u64 = cohorts.iter().map(|cohort| cohort.size).sum();
        let all = match content {
            Content::Kept => {
                let of = |age: &usize| retention.all.iter().find(|row| row.age as usize == *age);
                let text = |rate: f64| format.number(rate * 100.0, 0);
                ages.iter().map(|age| of(age).and_then(|row| row.active.rate).map_or("–".to_owned(), text)).collect()
            }
            _ => Vec::new(),
        };
        Grid {
            content,
            unit: retention.unit,
            rows: shown.iter().map(|cohort| row(cohort)).collect(),
            all: (format.integer(customers), all),
            cut: cohorts.len() > ROWS || longest > ROWS,
            gaps: cohorts.len() < retention.cohorts.len(),
            ages,
        }
    }
}

/// The whole grid as a table for a file: all cohorts, all ages.
pub fn table(report: &Report, content: Content, format: &dyn Format) -> Table {
    let retention = &report.retention;
    let unit = retention.unit.name();
    let longest = retention.cohorts.iter().map(|cohort| cohort.active.len()).max().unwrap_or(0);
    let ages = (0..longest).map(|age| format!("{unit} {age}"));
    let header: Vec<String> = ["first bought".to_owned(), "customers".to_owned()].into_iter().chain(ages).collect();
    let heads: Vec<&str> = header.iter().map(String::as_str).collect();
    let mut table = Table::new(content.label(), &heads);
    for cohort in &retention.cohorts {
        let mut row = vec![
            Cell::named(format.period(&cohort.cohort, retention.unit), cohort.cohort.clone()),
            Cell::number(format.integer(cohort.size), cohort.size),
        ];
        row.extend((0..longest).map(|age| match content.value(cohort, age) {
            Some(value) => Cell::number(content.text(value, format), content.raw(value)),
            None => Cell::perhaps(NOT_DEFINED, None::<f64>),
        }));
        table.push(row);
    }
    table
}

/// The grid as a table of the page.
#[component]
pub fn Heat(
    /// The grid.
    grid: Kept<Grid>,
) -> impl IntoView {
    let partly =
        move || grid.with(|grid| grid.rows.iter().any(|row| row.2.iter().any(|cell| matches!(cell, Lived::Partly(_)))));
    let partly_key = || {
        view! {
            <span class="partkey"></span>
            <span>"period not over yet"</span>
        }
    };
    let keys = view! {
        {live::when(partly, partly_key)}
        <span class="dotkey"></span>
        <span>"not lived yet"</span>
    };
    let gaps = move || {
        let words = format!("Each {} without new customers has no row.", grid.with(|grid| grid.unit).name());
        grid.with(|grid| grid.gaps).then(|| view! { <p class="note">{words}</p> })
    };
    let cut = || {
        view! {
            <p class="note">
                {format!("The table ends after {ROWS} cohorts and {ROWS} periods; the file has all of them.")}
            </p>
        }
    };
    view! {
        <Region label=Signal::stored("Cohort table, scrolls sideways".to_owned())>
            <table class=live::text(move || grid.with(width)) inner_html=live::text(move || grid.with(markup))></table>
        </Region>
        <p class="note narrowkey">"Swipe sideways for later periods."</p>
        {scale("less", keys.into_any())}
        {live::part(gaps)}
        {live::when(move || grid.with(|grid| grid.cut), cut)}
    }
}

/// What stands in the table, as markup: the browser makes its thousand cells of it faster than they could be made one by
/// one, with every change of a filter. What is only heard stands in labels, as hidden elements would double the time that the
/// browser takes to lay the table out.
fn markup(grid: &Grid) -> String {
    let mut all = String::new();
    let mut put = |parts: &[&str]| parts.iter().for_each(|part| all.push_str(part));
    let caption = format!("{}, by {} after the first purchase", grid.content.label(), grid.unit.name());
    put(&["<caption class=\"vh\">", &escaped(&caption), "</caption>"]);
    put(&["<thead><tr><th scope=\"col\">First bought</th><th scope=\"col\" class=\"num\">Customers</th>"]);
    let word = capital(grid.unit.name());
    for age in &grid.ages {
        put(&["<th scope=\"col\"><span class=\"vh\">", &word, " </span>", &age.to_string(), "</th>"]);
    }
    put(&["</tr></thead><tbody>"]);
    for (name, size, cells) in &grid.rows {
        put(&["<tr><th scope=\"row\">", &escaped(name), "</th><td class=\"size\">", &escaped(size), "</td>"]);
        for cell in cells {
            match cell {
                Lived::No => put(&["<td class=\"unlived\" aria-label=\"not lived yet\"></td>"]),
                Lived::Partly(text) => {
                    let text = escaped(text);
                    put(&["<td class=\"partly\" aria-label=\"", &text, ", not over yet\">", &text, "</td>"]);
                }
                Lived::Yes(text, 0) => put(&["<td>", &escaped(text), "</td>"]),
                Lived::Yes(text, step) => put(&["<td class=\"q", &step.to_string(), "\">", &escaped(text), "</td>"]),
            }
        }
        put(&["</tr>"]);
    }
    if !grid.all.1.is_empty() {
        put(&["<tr class=\"all\"><th scope=\"row\">All</th><td class=\"size\">", &escaped(&grid.all.0), "</td>"]);
        grid.all.1.iter().for_each(|text| put(&["<td>", &escaped(text), "</td>"]));
        put(&["</tr>"]);
    }
    put(&["</tbody>"]);
    all
}

/// The class of a table with so many ages.
fn width(grid: &Grid) -> &'static str {
    match grid.ages.len() {
        0..=7 => "heat few",
        8..=14 => "heat",
        _ => "heat many",
    }
}
