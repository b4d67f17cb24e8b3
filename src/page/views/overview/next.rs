//! What to do next, from what was counted. What it would bring is not said: nothing here predicts it.

use leptos::prelude::*;

use crate::page::control::Control;
use crate::page::live;
use crate::page::parts::writer;
use crate::page::route::{View, segment_key};
use crate::report::Report;
use crate::words::facts::FEW;
use crate::words::format::Format;

/// A thing to do.
#[derive(Clone, Debug, PartialEq)]
struct Step {
    title: String,
    why: String,
    /// What stands at the right: a phrase, a figure, and a phrase after it.
    behind: (String, String, String),
    view: View,
    /// The segment that the customer table is narrowed to.
    segment: Option<String>,
}

/// What to do next.
pub fn next() -> AnyView {
    let control = Control::use_here();
    let steps = writer::section(steps);
    let item = move |step: Step| {
        let (view, segment) = (step.view, step.segment.clone());
        let address = live::text(move || control.route_of(view).with_segment(segment.clone()).hash());
        view! {
            <li>
                <div>
                    <h3 class="h3">
                        <a href=address>{step.title}</a>
                    </h3>
                    <p class="soft">{step.why}</p>
                </div>
                <p class="gain">{step.behind.0} <br/> <b>{step.behind.1}</b> " " {step.behind.2}</p>
            </li>
        }
        .into_any()
    };
    live::part(move || {
        let items = steps.get().into_iter().map(item).collect::<Vec<_>>();
        (!items.is_empty()).then(|| {
            view! {
                <section aria-labelledby="h-next">
                    <h2 class="h2" id="h-next">"What to do next"</h2>
                    <ol class="todo">{items}</ol>
                </section>
            }
            .into_any()
        })
    })
}

fn steps(report: &Report, format: &dyn Format) -> Vec<Step> {
    [quiet(report, format), second(report, format), few(report, format), spend(report)].into_iter().flatten().collect()
}

/// Good customers who have gone quiet: the RFM groups "can't lose" and "at risk".
fn quiet(report: &Report, format: &dyn Format) -> Option<Step> {
    let of = |name: &str| report.segments.iter().find(|segment| segment.family == "rfm" && segment.name == name);
    let groups = ["at_risk", "cant_lose"].into_iter().filter_map(of).filter(|segment| segment.customers > 0);
    // The more valuable of the two: the list that opens holds who is counted here.
    let group = groups.reduce(|a, b| if b.revenue > a.revenue { b } else { a })?;
    if report.totals.customers < FEW {
        return None;
    }
    let share = group.revenue_share.map(|share| format!("({} of revenue)", format.percent(share, 0)));
    let have = if group.customers == 1 { "has" } else { "have" };
    Some(Step {
        title: format!("Write to {} who bought often and {have} gone quiet", format.count(group.customers, "customer")),
        why:
            "They bought more often than most, and their last purchase is longer ago than most. A personal note costs \
              nothing but an afternoon."
                .to_owned(),
        behind: ("brought so far".to_owned(), format.money(group.revenue.to_f64()), share.unwrap_or_default()),
        view: View::Customers,
        segment: segment_key(&group.family, &group.name, &report.dimensions),
    })
}

/// Those who bought only once.
fn second(report: &Report, format: &dyn Format) -> Option<Step> {
    let repeat = &report.totals.repeat;
    let rate = repeat.rate.filter(|rate| *rate < 0.75 && repeat.of >= FEW)?;
    let once = repeat.of - repeat.count;
    Some(Step {
        title: "Give new customers a reason for a second purchase".to_owned(),
        why: format!(
            "{} of {} have bought once so far ({}). The cohorts show when the others came back.",
            format.integer(once),
            format.count(repeat.of, "customer"),
            format.percent(1.0 - rate, 0)
        ),
        behind: ("bought at least twice".to_owned(), format.rate(repeat), String::new()),
        view: View::Retention,
        segment: None,
    })
}

/// A shop that rests on ten customers.
fn few(report: &Report, format: &dyn Format) -> Option<Step> {
    let share = report.concentration.top_ten_share.filter(|share| *share >= 0.2 && report.totals.customers >= FEW)?;
    Some(Step {
        title: "Look after your ten largest customers".to_owned(),
        why: "Losing one of them would be felt. Know who speaks with them, and when they last bought.".to_owned(),
        behind: ("they bring".to_owned(), format.percent(share, 0), "of revenue".to_owned()),
        view: View::Value,
        segment: None,
    })
}

/// Spend is not in the files, so it has to be typed in.
fn spend(report: &Report) -> Option<Step> {
    report.totals.cac.is_none().then(|| Step {
        title: "Type in what you spend to win customers".to_owned(),
        why: "Then you see what a new customer costs, what is left over, and after how many months it is earned back."
            .to_owned(),
        behind: ("not shown:".to_owned(), String::new(), "spend is not known".to_owned()),
        view: View::Value,
        segment: None,
    })
}
