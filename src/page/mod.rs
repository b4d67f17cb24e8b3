//! The page: Leptos, in the browser only. Everything it shows it is told by the worker.
//!
//! * [`app`]: the frame round everything, and which step or view stands in it.
//! * [`state`]: signals, split by what they describe.
//! * [`control`]: what a person can do; each action is one method.
//! * [`back`]: who comes back to a view finds the link that led away.
//! * [`live`]: what follows signals, in few types.
//! * [`link`]: the worker, its messages, its end and its successor.
//! * [`route`]: the view's state in the address, never any data.
//! * [`locale`]: numbers, money and dates through the browser's `Intl`.
//! * [`browser`]: the few things asked of the browser directly: saving a file, the theme, the lock.
//! * [`section`]: sections of the report that are asked for when their view is open.
//! * [`steps`]: drop, progress, review, trouble.
//! * [`views`]: one a question.
//! * [`parts`]: pieces used by several of them.

pub mod app;
pub mod back;
pub mod browser;
pub mod control;
pub mod link;
pub mod live;
pub mod locale;
pub mod parts;
pub mod route;
pub mod section;
pub mod state;
pub mod steps;
pub mod views;

/// Mounts the page.
pub fn start() {
    browser::clear_first_paint();
    leptos::mount::mount_to_body(app::App);
}
