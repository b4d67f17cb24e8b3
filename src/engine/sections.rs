//! The sections of a report that are asked for one by one.

use super::source::Source;
use crate::measures::acquisition::costs;
use crate::measures::beside::{Beside, Side};
use crate::measures::{drivers, engagement, experiments, feedback, journey, referrals, subscriptions};
use crate::report::Report;
use crate::report::sections::{Ask, Section};

/// The tables beside the orders, with their customers as they were found.
pub(super) fn sides(sources: &[Source]) -> Vec<Side<'_>> {
    sources.iter().filter_map(side).collect()
}

fn side(source: &Source) -> Option<Side<'_>> {
    let Source { info, table, joined, .. } = source;
    Some(Side { file: &info.name, table: table.as_ref()?, joined: joined.as_ref() })
}

/// A section as it was asked for; empty where the data has no such thing.
pub(super) fn section(ask: &Ask, beside: &Beside<'_>) -> Section {
    match ask {
        Ask::Costs(ask) => Section::Costs(Box::new(costs(beside, ask))),
        Ask::Feedback(ask) => Section::Feedback(Box::new(feedback::feedback(beside, ask))),
        Ask::Subscriptions(_) => Section::Subscriptions(Box::new(subscriptions::section(beside).unwrap_or_default())),
        Ask::Engagement(ask) => Section::Engagement(Box::new(engagement::engagement(beside, ask))),
        Ask::Journey(ask) => Section::Journey(Box::new(journey::of_beside(beside, ask))),
        Ask::Referrals(_) => Section::Referrals(Box::new(referrals::section(beside))),
        Ask::Experiments(ask) => Section::Experiments(Box::new(experiments::experiments(ask, beside))),
        Ask::Drivers(ask) => Section::Drivers(Box::new(drivers::drivers(ask, beside))),
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
        }
    }
}
