//! How far the models can be trusted: said on every view that rests on them; and that they are being fitted.

use leptos::ev::MouseEvent;
use leptos::prelude::*;

use super::bar::progress_bar;
use super::icon::{Icon, Sign};
use crate::page::control::Control;
use crate::page::live::{self, Kept};
use crate::page::route::View;
use crate::page::state::Fitting;
use crate::report::forecast::Trust;
use crate::report::forecast::Verdict;
use crate::words::forecast as words;
use crate::words::format::Format;

/// The verdict as it is shown: class of the notice, its first sentence and what the past has shown.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Shown {
    trust: Trust,
    first: &'static str,
    rest: String,
}

/// The verdict in words; nothing where the finding of the view says it already.
pub fn shown(verdict: &Verdict, format: &dyn Format) -> Option<Shown> {
    let rest = words::tested(verdict, format).filter(|_| verdict.trust != Trust::TooFew)?;
    verdict.trust.may_be_told().then_some(Shown { trust: verdict.trust, first: words::verdict(verdict.trust), rest })
}

/// The notice with the verdict, and the way to the test behind it.
pub fn notice(shown: Kept<Option<Shown>>) -> AnyView {
    let control = Control::use_here();
    live::part(move || {
        let Shown { trust, first, rest } = shown.get()?;
        let (class, sign) = match trust {
            Trust::Plan => ("notice good", Sign::Good),
            _ => ("notice ask", Sign::Warning),
        };
        let test = live::text(move || control.route_of(View::Models).hash());
        Some(
            view! {
                <div class=class>
                    <Icon sign/>
                    <div>
                        <p>
                            <strong>{first}</strong>
                            " "
                            {rest}
                        </p>
                        <p>
                            <a href=test>"See what it rests on"</a>
                        </p>
                    </div>
                </div>
            }
            .into_any(),
        )
    })
}

/// What is said while models are being fitted, and when a person has stopped that.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
enum Way {
    /// They are there, or nobody asks for them.
    #[default]
    There,
    /// They are on their way; whether those of what was shown before stand there meanwhile.
    Coming(bool),
    /// They were stopped; the same.
    Stopped(bool),
}

impl Way {
    fn words(self) -> &'static str {
        match self {
            Way::There => "",
            Way::Coming(false) => {
                "The models are being fitted to your customers, and tried on your own past. That takes a moment."
            }
            Way::Coming(true) => {
                "The models are being fitted to what is shown now. What stands below is of what was shown before."
            }
            Way::Stopped(false) => "Stopped. Nothing was fitted.",
            Way::Stopped(true) => "Stopped. What stands below is of what was shown before.",
        }
    }
}

/// How far the models are that a view rests on, and a way to stop; `missing` says that the view has nothing to show yet. The
/// page stays alive meanwhile, as they are fitted in the worker, in steps.
pub fn fitting(missing: impl Fn() -> bool + Send + Sync + 'static) -> AnyView {
    let control = Control::use_here();
    let fitting = control.results.fitting;
    let way = live::kept(move || match (fitting.get(), missing()) {
        (Fitting::Done(_), missing) => Way::Coming(!missing),
        (Fitting::Stopped, missing) => Way::Stopped(!missing),
        (Fitting::No, true) => Way::Coming(false),
        (Fitting::No, false) => Way::There,
    });
    let share = move || match fitting.get() {
        Fitting::Done(share) => share,
        Fitting::No | Fitting::Stopped => 0.0,
    };
    let coming = move || {
        view! {
            {progress_bar("h-fitting", share)}
            <p>
                <button class="btn" type="button" on:click=live::on(move |_: MouseEvent| control.stop_fitting())>
                    "Stop"
                </button>
            </p>
        }
    };
    let at_rest = move || {
        view! {
            <p>
                <button class="btn" type="button" on:click=live::on(move |_: MouseEvent| control.compute())>
                    "Fit the models"
                </button>
            </p>
        }
    };
    live::when(
        move || way.get() != Way::There,
        move || {
            view! {
                <div class="stack">
                    <p class="lead" id="h-fitting" role="status">
                        {live::text(move || way.get().words().to_owned())}
                    </p>
                    {live::when(move || matches!(way.get(), Way::Coming(_)), coming)}
                    {live::when(move || matches!(way.get(), Way::Stopped(_)), at_rest)}
                </div>
            }
        },
    )
}
