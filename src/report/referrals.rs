//! Who brings whom: customers whom other customers have sent, and what they are worth.

use serde::{Deserialize, Serialize};

use crate::math::Money;
use crate::math::money::Derived;
use crate::math::stats::Share;

/// What a person can set for it: nothing.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Ask {}

/// Who brings whom, of the customers and the period shown.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Referrals {
    /// Whether a table says who brought whom, or counts invitations.
    pub told: bool,
    /// Customers of whom it says so, whether or not they bought in the period.
    pub named: u64,
    /// Of them, those whose referrer is not among the customers shown: no link.
    pub unknown: u64,
    /// Of them, those who name themselves: no link.
    pub themselves: u64,
    /// Of them, those in a circle of customers each of whom brought the next: no link, as one of them was there first.
    pub in_circles: u64,
    /// Customers with a purchase in the period.
    pub customers: u64,
    /// Of those who bought for the first time in the period, the ones whom a customer brought.
    pub new_brought: Share,
    /// New customers of the period whom a customer brought / customers of the period.
    pub k_factor: Option<f64>,
    /// Customers who have brought somebody who bought in the period.
    pub referrers: u64,
    /// Customers of the period whom a customer brought.
    pub brought: Group,
    /// All other customers of the period.
    pub others: Group,
    /// The customers brought, by how many steps lie before them; 1 is who was brought by somebody who came alone.
    pub chain: Vec<Step>,
    /// Customers who have brought somebody, by how many, then by what these have brought in; at most 20.
    pub top: Vec<Referrer>,
    /// Of all who have brought somebody, those whose direct referrals are worth more than their own purchases.
    pub beyond: Share,
    /// Those of them with the largest difference; at most 20.
    pub beyond_top: Vec<Referrer>,
    /// What became of invitations; nothing where no table counts them.
    pub invitations: Option<Invitations>,
    /// Month by month, without gaps: new customers, and those of them whom a customer brought.
    pub months: Vec<Month>,
}

/// What became of invitations, over all time: the files count them without dates.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Invitations {
    /// Customers of whom both numbers are told, those who invited nobody among them.
    pub customers: u64,
    /// Of them, those who have invited somebody.
    pub inviting: u64,
    /// Whom they have invited, and of these those who came.
    pub taken_up: Share,
    /// Invitations / customers.
    pub each: Option<f64>,
    /// Invitations a customer times the share of them that is taken up.
    pub k_factor: Option<f64>,
    /// Rows that can't be counted: one of the numbers is missing or none, or more came than were invited.
    pub left_out: u64,
}

/// Customers beside others.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Group {
    /// Customers with a purchase in the period.
    pub customers: u64,
    /// Their revenue in the period.
    pub revenue: Money,
    /// Revenue / customers.
    pub each: Option<Derived>,
    /// Of them, those with two or more purchases in the period.
    pub repeat: Share,
}

/// So many steps down a chain.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Step {
    /// Referrals between the first of the chain and these.
    pub steps: u32,
    /// Customers of the period who stand there.
    pub customers: u64,
    /// Their revenue.
    pub revenue: Money,
}

/// A customer who has brought others.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Referrer {
    /// The number of the customer, as in the table of customers.
    pub number: u32,
    /// The id as written in the file.
    pub customer: String,
    /// What the customer's own purchases came to in the period.
    pub own: Money,
    /// Customers of the period whom this one brought.
    pub brought: u64,
    /// What those have brought in.
    pub value: Money,
    /// They, and all whom they brought in turn.
    pub chain: u64,
    /// What all of these have brought in.
    pub chain_value: Money,
}

/// New customers of a calendar month.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Month {
    /// `YYYY-MM`.
    pub month: String,
    /// Customers whose first purchase lies in it.
    pub new: u64,
    /// Of them, those whom a customer brought.
    pub brought: u64,
}
