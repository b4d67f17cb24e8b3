//! What follows signals, in few types.
//!
//! Every closure that stands in a `view!` is a type of its own, and the framework's code for it is compiled again: some
//! kilobytes each, a few hundred times. Here closures are put behind a pointer first, so that all of them share one type.
//! The page's size is held by `make size`; so text, conditions, parts and handlers go through these functions.

use leptos::prelude::*;

/// A text that follows signals.
pub fn text<S: Into<String>>(make: impl Fn() -> S + Send + Sync + 'static) -> Signal<String> {
    follow(Box::new(move || make().into()))
}

/// A condition that follows signals: for `class:`, `disabled`, `hidden` and their like.
pub fn flag(make: impl Fn() -> bool + Send + Sync + 'static) -> Signal<bool> {
    follow(Box::new(make))
}

/// An attribute that is there only sometimes.
pub fn attribute<S: Into<String>>(make: impl Fn() -> Option<S> + Send + Sync + 'static) -> Signal<Option<String>> {
    follow(Box::new(move || make().map(Into::into)))
}

/// A value that follows signals.
pub fn follow<T: Send + Sync + 'static>(make: Box<dyn Fn() -> T + Send + Sync>) -> Signal<T> {
    Signal::derive(make)
}

/// A part of the page that is made anew whenever a signal that it reads changes.
pub fn part<V: IntoAny + 'static>(make: impl Fn() -> V + Send + Sync + 'static) -> AnyView {
    boxed(Box::new(move || make().into_any()))
}

fn boxed(make: Box<dyn Fn() -> AnyView + Send + Sync>) -> AnyView {
    (move || make()).into_any()
}

/// A part that is there only while a condition holds; it is made anew only when the condition changes.
pub fn when<V: IntoAny + 'static>(
    condition: impl Fn() -> bool + Send + Sync + 'static,
    make: impl Fn() -> V + Send + Sync + 'static,
) -> AnyView {
    let holds = memo(move || condition());
    part(move || holds.get().then(|| make().into_any()))
}

/// A value that wakes those who read it only when it comes out different.
pub fn memo<T: PartialEq + Send + Sync + 'static>(make: impl Fn() -> T + Send + Sync + 'static) -> Memo<T> {
    memo_of(Box::new(make))
}

fn memo_of<T: PartialEq + Send + Sync + 'static>(make: Box<dyn Fn() -> T + Send + Sync>) -> Memo<T> {
    Memo::new(move |_| make())
}

/// What happens on an event: `on:click=live::on(move |_| ...)`.
pub fn on<E: 'static>(act: impl FnMut(E) + 'static) -> Box<dyn FnMut(E)> {
    Box::new(act)
}

/// What is done whenever a signal that it reads changes.
pub fn effect(act: impl Fn() + 'static) {
    effect_of(Box::new(act));
}

fn effect_of(act: Box<dyn Fn()>) {
    Effect::new(move || act());
}

/// A row of a list that changes.
pub struct Row {
    key: String,
    make: Box<dyn FnOnce() -> AnyView + Send>,
}

impl Row {
    /// A row that is known again by its key.
    pub fn new<V: IntoAny>(key: impl ToString, make: impl FnOnce() -> V + Send + 'static) -> Row {
        Row { key: key.to_string(), make: Box::new(move || make().into_any()) }
    }
}

/// Rows that follow signals. A row is made when its key is new and stays as it is until its key is gone, with all that
/// has the focus or is open in it.
pub fn rows(list: impl Fn() -> Vec<Row> + Send + Sync + 'static) -> AnyView {
    rows_of(Box::new(list))
}

fn rows_of(list: Box<dyn Fn() -> Vec<Row> + Send + Sync>) -> AnyView {
    view! { <For each=list key=|row| row.key.clone() children=|row: Row| untrack(|| (row.make)())/> }.into_any()
}
