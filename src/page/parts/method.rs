//! How far the models can be trusted: said on every view that rests on them; and that they are being fitted.

use leptos::ev::MouseEvent;
use leptos::prelude::*;

use super::bar::progress_bar;
use super::icon::{Icon, Sign};
use crate::page::control::Control;
use crate::page::live::{self, Kept};
use crate::page::route::View;
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

/// Said while there is nothing to show yet: how far the models are, and a way to stop. The page stays alive meanwhile, as
/// they are fitted in the worker, in steps.
pub fn fitting(waiting: impl Fn() -> bool + Send + Sync + 'static) -> AnyView {
    let control = Control::use_here();
    let stopped = RwSignal::new(false);
    let stop = move |stop: bool| {
        live::on(move |_: MouseEvent| {
            stopped.set(stop);
            if stop {
                control.stop_fitting();
            } else {
                control.compute();
            }
        })
    };
    let on_the_way = move || {
        view! {
            <p class="lead" id="h-fitting" role="status">
                "The models are being fitted to your customers, and tried on your own past. That takes a moment."
            </p>
            {progress_bar("h-fitting", move || control.results.fitting.get().unwrap_or_default())}
            <p>
                <button class="btn" type="button" on:click=stop(true)>
                    "Stop"
                </button>
            </p>
        }
    };
    let at_rest = move || {
        view! {
            <p class="lead" role="status">"Stopped. Nothing was fitted."</p>
            <p>
                <button class="btn" type="button" on:click=stop(false)>
                    "Fit the models"
                </button>
            </p>
        }
    };
    live::when(waiting, move || {
        view! {
            {live::when(move || !stopped.get(), on_the_way)}
            {live::when(move || stopped.get(), at_rest)}
        }
    })
}
