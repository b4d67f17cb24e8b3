//! The sections of a report that are asked for one by one.

use std::rc::Rc;

use super::source::Source;
use crate::measures::acquisition::{chosen, costs, of_channels};
use crate::measures::beside::{Beside, Side};
use crate::measures::{ahead, drivers, engagement, experiments, feedback, journey, referrals, subscriptions};
use crate::models::outlook::Outlook;
use crate::report::Report;
use crate::report::build;
use crate::report::sections::{Ask, Section};

/// The tables beside the orders, with their customers as they were found.
pub(super) fn sides(sources: &[Source]) -> Vec<Side<'_>> {
    sources.iter().filter_map(side).collect()
}

fn side(source: &Source) -> Option<Side<'_>> {
    let Source { info, table, joined, .. } = source;
    Some(Side { file: &info.name, table: table.as_ref()?, joined: joined.as_ref() })
}

/// Customers at risk that a section lists; the file that is saved has all of them.
const AT_RISK: usize = 50;

/// A section as it was asked for; empty where the data has no such thing. The source keeps what the models know.
pub(super) fn section(ask: &Ask, beside: &Beside<'_>, source: &build::Source) -> Section {
    section_with(ask, beside, source, &|| Some(source.outlook(beside)))
}

/// The same where sections that can do without the models get what is known of them, which may be nothing.
pub(super) fn section_with(
    ask: &Ask,
    beside: &Beside<'_>,
    source: &build::Source,
    outlook: &dyn Fn() -> Option<Rc<Outlook>>,
) -> Section {
    match ask {
        Ask::Costs(ask) => Section::Costs(Box::new(match chosen(beside) {
            Some(only) => source.unfiltered(beside, |all| of_channels(all, ask, only)),
            None => costs(beside, ask),
        })),
        Ask::Feedback(ask) => Section::Feedback(Box::new(feedback::feedback(beside, ask, outlook))),
        Ask::Subscriptions(_) => Section::Subscriptions(Box::new(subscriptions::section(beside).unwrap_or_default())),
        Ask::Engagement(ask) => Section::Engagement(Box::new(engagement::engagement(beside, ask))),
        Ask::Journey(ask) => Section::Journey(Box::new(journey::of_beside(beside, ask))),
        Ask::Referrals(_) => Section::Referrals(Box::new(referrals::section(beside))),
        Ask::Experiments(ask) => Section::Experiments(Box::new(experiments::experiments(ask, beside))),
        Ask::Drivers(ask) => Section::Drivers(Box::new(drivers::drivers(ask, beside, source.churn(beside)))),
        Ask::Forecast(_) => Section::Forecast(Box::new(ahead::forecast(beside, &source.outlook(beside)))),
        Ask::Prospect(ask) => {
            let package = ask.grain.map(|grain| source.as_lifetimes(grain, beside));
            let outlook = source.outlook(beside);
            Section::Prospect(Box::new(ahead::prospect::prospect(ask.number, package.as_deref(), beside, &outlook)))
        }
        Ask::Models(ask) => {
            let package = source.as_lifetimes(ask.grain.unwrap_or_default(), beside);
            Section::Models(Box::new(ahead::checks::modelling(&package, beside, &source.outlook(beside))))
        }
        Ask::Risk(ask) => Section::Risk(Box::new(ahead::risk::risk(ask, beside, &source.outlook(beside), AT_RISK))),
    }
}

/// Fills a report that is saved with all sections, as they are where a person has set nothing for them.
pub(super) fn fill(report: &mut Report, sections: Vec<Section>) {
    for section in sections {
        match section {
            Section::Costs(costs) => report.costs = Some(costs),
            Section::Feedback(surveys) => report.surveys = Some(surveys),
            Section::Subscriptions(told) => report.subscriptions = Some(told).filter(|told| told.is_there()),
            Section::Engagement(engagement) => report.engagement = Some(engagement),
            Section::Journey(journey) => report.journey = Some(journey),
            Section::Referrals(told) => report.referrals = Some(told).filter(|told| told.told),
            Section::Experiments(experiments) => report.experiments = Some(experiments),
            Section::Drivers(drivers) => report.drivers = Some(drivers),
            Section::Forecast(forecast) => report.forecast = Some(*forecast),
            Section::Risk(risk) => report.risk = Some(risk),
            Section::Prospect(_) => {}
            Section::Models(modelling) => {
                report.models = Some(modelling.models);
                report.checks = Some(Box::new(modelling.checks));
            }
        }
    }
}
