//! Key figures: a ruled line of the ledger, not a row of boxes.

use leptos::prelude::*;

use super::explain::{self, Explain};
use crate::page::control::Control;
use crate::page::live::{self, Kept, MakeRow};

/// A figure with its name, its change and what it means.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct KeyFigure {
    /// Unique within the view; part of the panel's id.
    pub id: &'static str,
    /// Its name in plain words.
    pub name: &'static str,
    /// The value as written.
    pub value: String,
    /// What stands small behind the value: `days`.
    pub unit: String,
    /// How it has changed, or what it is a part of.
    pub delta: Delta,
    /// One line of meaning.
    pub mean: String,
    /// What the link beside the delta says that opens the panel; empty for none.
    pub act: &'static str,
    /// How it explains itself.
    pub explain: Explain,
}

impl KeyFigure {
    fn has_delta(&self) -> bool {
        !self.delta.words.is_empty() || self.delta.way.is_some() || !self.act.is_empty()
    }
}

/// The line below a figure.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Delta {
    /// Up or down, where it has clearly changed.
    pub way: Option<Way>,
    /// Whether the change is good for the shop.
    pub good: bool,
    /// The change: `42%`; empty where it has not clearly changed.
    pub change: String,
    /// The words beside it: `from €88,360`.
    pub words: String,
}

/// Which way a figure went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// It rose.
    Up,
    /// It fell.
    Down,
}

impl Delta {
    /// Words alone.
    pub fn words(words: impl Into<String>) -> Delta {
        Delta { words: words.into(), ..Delta::default() }
    }

    fn class(&self) -> &'static str {
        match (self.way, self.good) {
            (None, _) => "delta soft",
            (Some(_), true) => "delta up",
            (Some(_), false) => "delta down",
        }
    }

    fn arrow(&self) -> &'static str {
        match self.way {
            None => "",
            Some(Way::Up) => "↑ ",
            Some(Way::Down) => "↓ ",
        }
    }

    fn said(&self) -> &'static str {
        match self.way {
            None => "",
            Some(Way::Up) => " up ",
            Some(Way::Down) => " down ",
        }
    }
}

/// The figures of a view. Each keeps its place in the page while its numbers change, so that a panel stays open and the
/// focus stays where it is.
#[component]
pub fn Figures(
    /// The figures.
    figures: Kept<Vec<KeyFigure>>,
    /// The class of the list: `figures`, or `figures four`.
    #[prop(default = "figures")]
    class: &'static str,
) -> impl IntoView {
    let computing = Control::use_here().results.computing;
    view! {
        <section aria-labelledby="h-figures" aria-busy=live::text(move || computing.get().to_string())>
            <h2 class="vh" id="h-figures">"Key figures"</h2>
            <dl class=class>{each(figures, figure)}</dl>
            {each(figures, panel)}
        </section>
    }
}

/// Something for each figure, which stays as long as the view has that figure.
fn each(
    figures: Kept<Vec<KeyFigure>>,
    make: fn(Kept<Vec<KeyFigure>>, &'static str, &'static str) -> AnyView,
) -> AnyView {
    live::keyed(move || {
        let row = |&KeyFigure { id, name, .. }: &KeyFigure| -> (String, MakeRow) {
            (format!("{id} {name}"), Box::new(move || make(figures, id, name)))
        };
        figures.with(|figures| figures.iter().map(row).collect())
    })
}

fn panel(figures: Kept<Vec<KeyFigure>>, id: &'static str, name: &'static str) -> AnyView {
    explain::panel(panel_id(id), name, live::kept(move || find(figures, id).explain))
}

fn panel_id(id: &str) -> String {
    format!("x-{id}")
}

fn find(figures: Kept<Vec<KeyFigure>>, id: &str) -> KeyFigure {
    figures.with(|figures| figures.iter().find(|figure| figure.id == id).cloned().unwrap_or_default())
}

/// A figure: its name, its value, how that has changed and what it means.
fn figure(figures: Kept<Vec<KeyFigure>>, id: &'static str, name: &'static str) -> AnyView {
    let figure = live::kept(move || find(figures, id));
    let text = move |part: fn(&KeyFigure) -> String| live::text(move || figure.with(part));
    let any = move |part: fn(&KeyFigure) -> bool| move || figure.with(part);
    let unit = move || view! { " " <small>{text(|figure| figure.unit.clone())}</small> };
    let act = move || {
        view! {
            " "
            <button class="textlink" type="button" popovertarget=panel_id(id)>
                {text(|figure| figure.act.to_owned())}
            </button>
        }
    };
    let delta = move || {
        view! {
            <dd class=text(|figure| figure.delta.class().to_owned())>
                {text(|figure| format!("{}{}", figure.delta.arrow(), figure.delta.change))}
                <span class="vh">{text(|figure| figure.delta.said().to_owned())}</span>
                " "
                <span class="soft">{text(|figure| figure.delta.words.clone())}</span>
                {live::when(any(|figure| !figure.act.is_empty()), act)}
            </dd>
        }
    };
    view! {
        <div>
            <dt>
                <button class="term" type="button" popovertarget=panel_id(id)>
                    {name}
                </button>
            </dt>
            <dd class="value">
                {text(|figure| figure.value.clone())}
                {live::when(any(|figure| !figure.unit.is_empty()), unit)}
            </dd>
            {live::when(any(KeyFigure::has_delta), delta)}
            {live::when(
                any(|figure| !figure.mean.is_empty()),
                move || view! { <dd class="mean">{text(|figure| figure.mean.clone())}</dd> },
            )}
        </div>
    }
    .into_any()
}
