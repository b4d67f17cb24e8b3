//! Files that can't be read, beside others that can.

use leptos::prelude::*;

use super::icon::{Icon, Sign};
use crate::page::control::Control;
use crate::page::live;
use crate::page::locale::Locale;
use crate::words::problems;

/// A notice for each file that can't be read, as the review tells of them.
pub fn refused() -> AnyView {
    let review = Control::use_here().intake.review;
    let told = live::kept(move || {
        let f = Locale::of(None);
        let tell = |problem: &_| problems::refused(problem, &f);
        review.with(|review| {
            review.as_ref().map(|review| review.refused.iter().map(tell).collect::<Vec<_>>()).unwrap_or_default()
        })
    });
    let notice = |(what, why): (String, String)| {
        view! {
            <div class="notice ask">
                <Icon sign=Sign::Warning/>
                <div><p><strong>{what}</strong>" "{why}</p></div>
            </div>
        }
        .into_any()
    };
    live::part(move || told.get().into_iter().map(notice).collect::<Vec<_>>())
}
