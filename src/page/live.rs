//! What follows signals, in few types.
//!
//! Every closure that stands in a `view!` is a type of its own, and the framework's code for it is compiled again: some
//! kilobytes each, a few hundred times. Here closures are put behind a pointer first, so that all of them share one type.
//! The page's size is held by `make size`; so text, conditions, parts and handlers go through these functions.

use std::any::Any;
use std::marker::PhantomData;
use std::sync::Arc;

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
    let holds = kept(condition);
    part(move || holds.get().then(|| make().into_any()))
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
    Effect::new(act);
}

/// A value of any type, made by [`kept()`].
///
/// A [`Memo`] has the framework's code compiled for the type of its value. All of these hold the same: a pointer, and how
/// to compare what is behind it.
pub struct Kept<T> {
    held: Memo<Held>,
    holds: PhantomData<fn() -> T>,
}

impl<T> Clone for Kept<T> {
    fn clone(&self) -> Kept<T> {
        *self
    }
}

impl<T> Copy for Kept<T> {}

impl<T: 'static> Kept<T> {
    /// Reads the value where it lies.
    pub fn with<R>(self, read: impl FnOnce(&T) -> R) -> R {
        read(self.held.get().value())
    }

    /// Follows the value without reading it.
    pub fn track(self) {
        self.held.with(|_| ());
    }

    /// The value.
    pub fn get(self) -> T
    where
        T: Clone,
    {
        self.held.get().value::<T>().clone()
    }

    /// The value, without following it.
    pub fn get_untracked(self) -> T
    where
        T: Clone,
    {
        self.held.get_untracked().value::<T>().clone()
    }
}

#[derive(Clone)]
struct Held {
    value: Arc<dyn Any + Send + Sync>,
    same: fn(&Held, &Held) -> bool,
}

impl Held {
    fn of<T: PartialEq + Send + Sync + 'static>(value: T) -> Held {
        Held { value: Arc::new(value), same: |one, other| one.value::<T>() == other.value::<T>() }
    }

    fn value<T: 'static>(&self) -> &T {
        self.value.downcast_ref().expect("a kept value has the type that it was made with")
    }
}

impl PartialEq for Held {
    fn eq(&self, other: &Held) -> bool {
        (self.same)(self, other)
    }
}

/// A value of any type that wakes those who read it only when it comes out different.
pub fn kept<T: PartialEq + Send + Sync + 'static>(make: impl Fn() -> T + Send + Sync + 'static) -> Kept<T> {
    Kept { held: held(Box::new(move || Held::of(make()))), holds: PhantomData }
}

fn held(make: Box<dyn Fn() -> Held + Send + Sync>) -> Memo<Held> {
    Memo::new(move |_| make())
}

/// Makes a row of [`keyed`] when it is there for the first time.
pub type MakeRow = Box<dyn FnOnce() -> AnyView + Send>;

/// Rows that keep their elements as long as their key is there: for what a person may have the focus in.
pub fn keyed(rows: impl Fn() -> Vec<(String, MakeRow)> + Send + Sync + 'static) -> AnyView {
    keyed_of(Box::new(rows))
}

fn keyed_of(rows: Box<dyn Fn() -> Vec<(String, MakeRow)> + Send + Sync>) -> AnyView {
    let key = |(key, _): &(String, MakeRow)| key.clone();
    view! { <For each=rows key=key let((_, make))>{untrack(make)}</For> }.into_any()
}
