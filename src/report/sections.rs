//! The sections of a report that are asked for one by one: each is computed when its view is open, and all of them when the
//! report is saved (the fields of [`super::Report`] behind `forecast`).
//!
//! What a section is made of is [`crate::measures::beside::Beside`]; which one is meant, and what a person has set for it,
//! is an [`Ask`].

use serde::{Deserialize, Serialize};

use super::{
    checks, costs, drivers, engagement, experiments, feedback, forecast, journey, prospect, referrals, risk,
    subscriptions,
};

/// Which section is wanted, and what a person has set for it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ask {
    /// What winning customers costs, by channel, campaign and month, against what they bring.
    Costs(costs::Ask),
    /// What customers say: NPS, CSAT, CES, and what their comments are about.
    Feedback(feedback::Ask),
    /// What contracts bring: recurring revenue, its movements, and how long they last.
    Subscriptions(subscriptions::Ask),
    /// How engaged customers are, and how healthy each one is.
    Engagement(engagement::Ask),
    /// How customers come along: stages, and where they stop.
    Journey(journey::Ask),
    /// Who brings whom.
    Referrals(referrals::Ask),
    /// What tests have shown.
    Experiments(experiments::Ask),
    /// What goes with value and with staying.
    Drivers(drivers::Ask),
    /// What is still to come.
    Forecast(forecast::Ask),
    /// Who is overdue.
    Risk(risk::Ask),
    /// How the models fit, and whether what they take for granted holds.
    Models(checks::Ask),
    /// What is expected of one customer; no part of a report that is saved.
    Prospect(prospect::Ask),
}

/// A section.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Section {
    /// What winning customers costs, by channel, campaign and month, against what they bring.
    Costs(Box<costs::Costs>),
    /// What customers say: NPS, CSAT, CES, and what their comments are about.
    Feedback(Box<feedback::Feedback>),
    /// What contracts bring: recurring revenue, its movements, and how long they last.
    Subscriptions(Box<subscriptions::Subscriptions>),
    /// How engaged customers are, and how healthy each one is.
    Engagement(Box<engagement::Engagement>),
    /// How customers come along: stages, and where they stop.
    Journey(Box<journey::Journey>),
    /// Who brings whom.
    Referrals(Box<referrals::Referrals>),
    /// What tests have shown.
    Experiments(Box<experiments::Experiments>),
    /// What goes with value and with staying.
    Drivers(Box<drivers::Drivers>),
    /// What is still to come.
    Forecast(Box<forecast::Forecast>),
    /// Who is overdue.
    Risk(Box<risk::Risk>),
    /// How the models fit, and whether what they take for granted holds.
    Models(Box<checks::Modelling>),
    /// What is expected of one customer; no part of a report that is saved.
    Prospect(Box<prospect::Prospect>),
}

impl Section {
    /// Whether it rests on models of the customers.
    pub fn rests_on_models(&self) -> bool {
        matches!(
            self,
            Section::Forecast(_) | Section::Risk(_) | Section::Models(_) | Section::Prospect(_) | Section::Drivers(_)
        )
    }
}

impl Ask {
    /// Whether it rests on models of the customers, which take longer than all the rest of a report.
    pub fn rests_on_models(&self) -> bool {
        matches!(self, Ask::Forecast(_) | Ask::Risk(_) | Ask::Models(_) | Ask::Prospect(_) | Ask::Drivers(_))
    }

    /// Whether it asks for the same section, with other settings perhaps.
    pub fn is_of_the_same(&self, other: &Ask) -> bool {
        std::mem::discriminant(self) == std::mem::discriminant(other)
    }

    /// Every section, as it is where a person has set nothing for it.
    pub fn all() -> Vec<Ask> {
        vec![
            Ask::Costs(costs::Ask::default()),
            Ask::Feedback(feedback::Ask::default()),
            Ask::Subscriptions(subscriptions::Ask::default()),
            Ask::Engagement(engagement::Ask::default()),
            Ask::Journey(journey::Ask::default()),
            Ask::Referrals(referrals::Ask::default()),
            Ask::Experiments(experiments::Ask::default()),
            Ask::Drivers(drivers::Ask::default()),
            Ask::Forecast(forecast::Ask::default()),
            Ask::Risk(risk::Ask::default()),
            Ask::Models(checks::Ask::default()),
        ]
    }
}
