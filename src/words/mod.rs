//! Everything that is said, apart from the code of the page: plain English, tested natively.
//!
//! * [`format`](mod@format): how numbers, money and dates are written; the page answers through `Intl`.
//! * [`findings`]: the sentence that each view opens with.
//! * [`terms`]: every figure with its name, meaning, formula and inputs.
//! * [`charts`], [`cohorts`], [`rfm`]: the words around charts and grids; [`facts`]: what several of them say alike.
//! * [`costs`]: what winning one costs.
//! * [`segments`]: names, meanings and playbooks of segments; [`groups`]: what is said of one by whether its customers are there.
//! * [`next`]: what to do next.
//! * [`drop`](mod@drop): the first page. [`review`]: roles, reasons, questions of the step between dropping and results; [`doubts`]: those
//!   about ids.
//! * [`tables`]: what stands beside the orders, and whose customers it names; [`same`]: ids that differ only in how they
//!   are written.
//! * [`receipt`]: what was decided in reading files, and what changed when they were read otherwise.
//! * [`told`]: a figure of a section in words; [`subscriptions`]: what contracts bring; [`referrals`]: who brings whom;
//!   [`engagement`], [`journey`]: how engaged customers are, and how they come along; [`experiments`]: what tests have
//!   shown; [`drivers`]: what goes with value and staying.
//! * [`feedback`]: what customers say.
//! * [`forecast`], [`risk`], [`models`]: what is still to come, who is overdue, and how the models fit; [`lives`]: how customers live on.
//! * [`prospect`]: what is expected of one customer. [`as_lifetimes`]: what a well-known package would tell.
//! * [`needs`]: what a view needs that the files do not have.
//! * [`problems`]: what happened, why, and what you can do.
//!
//! The tone is that of the design's chapter "Words": you and your customers, no praise, no alarm, the term of the trade
//! only in the panel that explains a figure. What is not defined is said so; it is never 0.

pub mod as_lifetimes;
pub mod charts;
pub mod cohorts;
pub mod costs;
pub mod doubts;
pub mod drivers;
pub mod drop;
pub mod engagement;
pub mod experiments;
pub mod facts;
pub mod feedback;
pub mod findings;
pub mod forecast;
pub mod format;
pub mod groups;
pub mod journey;
pub mod lives;
pub mod models;
pub mod needs;
pub mod next;
pub mod problems;
pub mod prospect;
pub mod receipt;
pub mod referrals;
pub mod review;
pub mod rfm;
pub mod risk;
pub mod same;
pub mod segments;
pub mod subscriptions;
pub mod tables;
pub mod terms;
pub mod told;

#[cfg(test)]
mod receipt_tests;
#[cfg(test)]
mod tests;

/// The made-up shop that sentences and charts are tested with.
#[cfg(test)]
pub(crate) mod fixture {
    // The chart sheet includes the same file from outside the crate, where the crate goes by its name.
    extern crate self as perennial;
    include!("../../tests/support/shop.rs");
}
