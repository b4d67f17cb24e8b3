//! Key figures: a ruled line of the ledger, not a row of boxes.

use leptos::prelude::*;

use super::explain::{Explain, Panel};
use crate::page::control::Control;

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
    figures: Memo<Vec<KeyFigure>>,
    /// The class of the list: `figures`, or `figures four`.
    #[prop(default = "figures")]
    class: &'static str,
) -> impl IntoView {
    let computing = Control::use_here().results.computing;
    let names = Memo::new(move |_| {
        figures.with(|figures| figures.iter().map(|figure| (figure.id, figure.name)).collect::<Vec<_>>())
    });
    view! {
        <section aria-labelledby="h-figures" aria-busy=move || computing.get().to_string()>
            <h2 class="vh" id="h-figures">"Key figures"</h2>
            <dl class=class>
                <For each=move || names.get() key=|name| *name let((id, name))>
                    <Figure id name figures/>
                </For>
            </dl>
            <For each=move || names.get() key=|name| *name let((id, name))>
                <Panel id=panel(id) name explain=Signal::derive(move || find(figures, id).explain)/>
            </For>
        </section>
    }
}

fn panel(id: &str) -> String {
    format!("x-{id}")
}

fn find(figures: Memo<Vec<KeyFigure>>, id: &str) -> KeyFigure {
    figures.with(|figures| figures.iter().find(|figure| figure.id == id).cloned().unwrap_or_default())
}

#[component]
fn Figure(
    /// Its id.
    id: &'static str,
    /// Its name.
    name: &'static str,
    /// All figures of the view.
    figures: Memo<Vec<KeyFigure>>,
) -> impl IntoView {
    let figure = Memo::new(move |_| find(figures, id));
    let delta = Memo::new(move |_| figure.with(|figure| figure.delta.clone()));
    let unit = move || figure.with(|figure| figure.unit.clone());
    let act = Memo::new(move |_| figure.with(|figure| figure.act));
    let has_delta = move || delta.with(|delta| !delta.words.is_empty() || delta.way.is_some()) || !act.get().is_empty();
    let mean = move || figure.with(|figure| figure.mean.clone());
    view! {
        <div>
            <dt>
                <button class="term" type="button" popovertarget=panel(id)>
                    {name}
                </button>
            </dt>
            <dd class="value">
                {move || figure.with(|figure| figure.value.clone())}
                <Show when=move || !unit().is_empty()>" " <small>{unit}</small></Show>
            </dd>
            <Show when=has_delta>
                <dd class=move || delta.with(Delta::class)>
                    {move || delta.with(|delta| format!("{}{}", delta.arrow(), delta.change))}
                    <span class="vh">{move || delta.with(Delta::said)}</span>
                    " "
                    <span class="soft">{move || delta.with(|delta| delta.words.clone())}</span>
                    <Show when=move || !act.get().is_empty()>
                        " "
                        <button class="textlink" type="button" popovertarget=panel(id)>
                            {move || act.get()}
                        </button>
                    </Show>
                </dd>
            </Show>
            <Show when=move || !mean().is_empty()>
                <dd class="mean">{mean}</dd>
            </Show>
        </div>
    }
}
