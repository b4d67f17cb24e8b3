//! The views of a report: one a question.
//!
//! * [`overview`]: what came in, from whom, and what to do next.
//! * [`value`]: what a customer is worth, and what winning one may cost.
//! * [`retention`]: who stays.
//! * [`costs`]: what winning one costs, by channel.
//! * [`feedback`]: what they say.
//! * [`subscriptions`]: what contracts bring.
//! * [`engagement`], [`journey`], [`referrals`]: how engaged they are, how they come along, who brings whom.
//! * [`drivers`]: what goes with value and staying; [`tests`]: what was tried.
//! * [`forecast`]: what is still to come; [`risk`]: who is overdue; [`models`]: how the
//!   models fit.
//! * [`segments`]: groups of customers, and what to do for each.
//! * [`customers`] and [`customer`]: all of them, and one.
//! * [`data`]: what the figures rest on, what was left out, and the proof that nothing was sent.

use std::cell::Cell;

use leptos::prelude::*;

use super::browser;
use super::control::Control;
use super::live;
use super::parts::needs::Needs;
use super::parts::rail;
use super::parts::writer;
use super::route::View;
use crate::words::needs;

pub mod costs;
pub mod customer;
pub mod customers;
pub mod data;
pub mod drivers;
pub mod engagement;
pub mod feedback;
pub mod forecast;
pub mod journey;
pub mod models;
pub mod overview;
pub mod referrals;
pub mod retention;
pub mod risk;
pub mod segments;
pub mod subscriptions;
pub mod tests;
pub mod value;

/// The view of the address.
#[component]
pub fn Current() -> impl IntoView {
    let control = Control::use_here();
    let shown = live::kept(move || control.look.route.with(|route| route.view));
    // Another view begins at its top, with the keyboard in it; the first one leaves the focus where it is, and one that the
    // person comes back to has it on a link.
    let before = Cell::new(None);
    live::effect(move || {
        let view = shown.get();
        if before.replace(Some(view)).is_some_and(|before| before != view) && !control.look.way.leads_back() {
            browser::window().scroll_to_with_x_and_y(0.0, 0.0);
            browser::focus("main");
        }
    });
    let lacks = writer::section(move |report, _| shown.get().lacks_orders(report));
    live::part(move || match shown.get() {
        view if lacks.get() => view! { <Needs name=rail::name(view) need=needs::ORDERS/> }.into_any(),
        View::Value => view! { <value::Value/> }.into_any(),
        View::Retention => view! { <retention::Retention/> }.into_any(),
        View::Costs => view! { <costs::Costs/> }.into_any(),
        View::Feedback => view! { <feedback::Feedback/> }.into_any(),
        View::Subscriptions => view! { <subscriptions::Subscriptions/> }.into_any(),
        View::Segments => view! { <segments::Segments/> }.into_any(),
        View::Engagement => view! { <engagement::Engagement/> }.into_any(),
        View::Journey => view! { <journey::Journey/> }.into_any(),
        View::Referrals => view! { <referrals::Referrals/> }.into_any(),
        View::Drivers => view! { <drivers::Drivers/> }.into_any(),
        View::Tests => view! { <tests::Tests/> }.into_any(),
        View::Forecast => view! { <forecast::Forecast/> }.into_any(),
        View::Risk => view! { <risk::Risk/> }.into_any(),
        View::Customers => view! { <customers::Customers/> }.into_any(),
        View::Customer(number) => view! { <customer::Customer number/> }.into_any(),
        View::Models => view! { <models::Models/> }.into_any(),
        View::Data => view! { <data::Data/> }.into_any(),
        View::Overview | View::Drop | View::Check => view! { <overview::Overview/> }.into_any(),
    })
}
