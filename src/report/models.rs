//! The part of the report that tells how the models of `crate::models` fit: computed when somebody asks for it, because it
//! costs more than all the rest.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// The models, each fitted to the same customers: all with a purchase up to the end of the period, from their first
/// purchase on, whatever period is shown.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Models {
    /// Buying at any time; drop-out may follow each repeat purchase.
    pub bg_nbd: ModelFit,
    /// Buying at any time; drop-out may follow each purchase.
    pub mbg_nbd: ModelFit,
    /// Buying at any time; drop-out may come at any time.
    pub pareto_nbd: ModelFit,
    /// Buying at regular times; drop-out may follow each purchase.
    pub mbg_cnbd: ModelFit,
    /// Buying or not in each month since the first purchase.
    pub bg_bb: ModelFit,
    /// What a purchase is worth.
    pub gamma_gamma: ModelFit,
    /// Contracts that are renewed or not.
    pub sbg: ModelFit,
}

/// How one model fits.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ModelFit {
    /// The unit of every parameter that is a time: `day`.
    pub time_unit: String,
    /// The length in days of what is counted, where the model counts periods rather than time.
    pub period_days: Option<f64>,
    /// Customers that it was fitted to; of contracts, first stays.
    pub customers: u64,
    /// Those of them who came back; of contracts, those renewed at least once.
    pub repeat_buyers: u64,
    /// Parameters by name; empty where the model could not be fitted.
    pub parameters: BTreeMap<String, f64>,
    /// Their standard errors; empty where the likelihood has no summit.
    pub standard_errors: BTreeMap<String, f64>,
    /// Their 90 % intervals, lower and upper end: of the posterior under a weak prior, so there are some on a ridge, too. Empty
    /// where it could not be drawn from.
    pub intervals: BTreeMap<String, [f64; 2]>,
    /// The logarithm of the likelihood, times in days and money in currency units.
    pub log_likelihood: Option<f64>,
    /// Whether the fit came to where the likelihood can't grow.
    pub converged: bool,
    /// What has to be known about it.
    pub notes: Vec<Note>,
}

/// What has to be known about a fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Note {
    /// Fewer customers than any fit needs.
    TooFewCustomers,
    /// Fewer of them came back than any fit needs.
    TooFewRepeatBuyers,
    /// Nobody has been observed for two of the model's periods.
    TooShort,
    /// Purchases come at random times, or too few customers have two gaps to know.
    NoRhythm,
    /// It tells months with a purchase, not purchases, and so is no candidate for the forecast.
    NoCandidate,
    /// The data tells of no contracts.
    NoContracts,
    /// Fewer than 30 subscribers left, or are still there.
    TooFewContracts,
    /// No part of the past could be hidden to hold the model against, so it tells nothing of what is to come.
    NotTested,
    /// It missed the hidden part of the past, so it tells nothing of what is to come.
    MissedThePast,
    /// The climb did not come to an end.
    NotConverged,
    /// The likelihood grows along a ridge: single parameters mean nothing, and have no standard errors. Where it leads to,
    /// one of the limits says.
    Ridge,
    /// In the limit all customers buy at one rate (or with one probability).
    OnePurchaseRate,
    /// In the limit all customers drop out at one rate (or with one probability).
    OneDropOutRate,
    /// In the limit nobody drops out.
    NoDropOut,
    /// A parameter's standard error is larger than the parameter.
    Imprecise,
    /// One-time buyers count as still there with certainty, because the model says so and not the data.
    OneTimeBuyersStay,
    /// q <= 1: the mean value of a purchase over all customers does not exist, so no value is told.
    NoMeanValue,
    /// Those who buy more often spend more (or less) on a purchase: a rank correlation beyond ± 0.3, against what the model
    /// assumes. Values of frequent buyers are told too low (or too high).
    SpendFollowsFrequency,
    /// Few came back: what is told of customers rests on these parameters drawn towards what shops usually are.
    DrawnIn,
    /// Customers whose repeat purchases were worth nothing are left out.
    WorthlessLeftOut,
}
