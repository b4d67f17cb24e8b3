//! Report sections to pictures, through plotters.
//!
//! * [`figures`]: one function a chart, from the report to a finished [`Figure`]: picture, words, points and table.
//! * [`columns`], [`bars`], [`lines`], [`estimates`], [`timeline`], [`flow`], [`fan`], [`rows`]: one file a kind of chart,
//!   from plain data.
//! * [`canvas`]: pixels in, plotters in between; [`ticks`] and [`labels`]: what stands where.
//! * [`backend`]: the SVG that plotters draws to; [`role`]: what a mark means, written as classes instead of colours;
//!   [`measure`]: how wide text is, without a page.
//! * [`figure`], [`table`]: what a chart is made of once it is drawn; [`export`]: the same as a file of its own.
//! * [`heat`]: steps of the scale for the grids that are real tables, cohorts and RFM.
//!
//! The words come from [`crate::words::charts`], the looks from the stylesheet: an SVG of ours has classes, and neither
//! colours nor `style` attributes, which the page's policy would ignore.

pub mod backend;
pub mod bars;
pub mod canvas;
pub mod columns;
pub mod estimates;
pub mod export;
pub mod fan;
pub mod figure;
pub mod figures;
pub mod flow;
pub mod heat;
pub mod labels;
pub mod lines;
pub mod measure;
pub mod role;
pub mod rows;
pub mod table;
pub mod ticks;
pub mod timeline;

pub use backend::escaped;
pub use export::{Theme, standalone};
pub use figure::{Figure, Key, Point};
pub use figures::costs::{
    COHORT_MONTHS, cohort_shares, cohort_table, costs_by_channel, costs_over_time, costs_payback,
};
pub use figures::drivers::{churn_by, correlations, drivers_held_out, effects};
pub use figures::engagement::{before_leaving, engagement_distribution, engagement_outlook};
pub use figures::experiments::{sides_table, test_sides};
pub use figures::feedback::{feedback_again, feedback_answers, feedback_by_group, feedback_heard, feedback_over_time};
pub use figures::journey::{journey_flow, journey_funnel};
pub use figures::people::{customer_timeline, segment_shares};
pub use figures::referrals::{referral_chains, referred_beside_others, referred_by_month};
pub use figures::retention::{monthly_retention, retention_curves};
pub use figures::revenue::revenue_by_month;
pub use figures::spread::{concentration, lorenz};
pub use figures::subscriptions::{lasting_by_cohort, lasting_by_plan, mrr, mrr_movements};
pub use figures::value::{payback, value_distribution};
pub use figures::{forecast, lives, models};
pub use heat::heat_step;
pub use table::{Cell, Table};
