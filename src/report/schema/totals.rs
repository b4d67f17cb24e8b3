//! The fundamentals, what winning customers cost, and revenue by month and year.

use serde::{Deserialize, Serialize};

use crate::math::money::Derived;
use crate::math::stats::Share;
use crate::math::{Day, Money};

/// The fundamentals over the period (definitions.md section 3).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Totals {
    /// Customers with at least one purchase in the period.
    pub customers: u64,
    /// Those of them whose first purchase ever lies in the period.
    pub new_customers: u64,
    /// Purchases.
    pub purchases: u64,
    /// Rows behind the figures (order lines and refunds).
    pub rows: u64,
    /// Net of refunds.
    pub revenue: Money,
    /// What positive rows add up to.
    pub gross: Money,
    /// What refunds take away, as a positive amount.
    pub refunds: Money,
    /// Rows with a negative amount.
    pub refund_rows: u64,
    /// Revenue / purchases.
    pub aov: Option<Derived>,
    /// Customers with 2 or more purchases / customers, with its interval.
    pub repeat: Share,
    /// The same as a plain fraction.
    pub repeat_rate: Option<f64>,
    /// Purchases / customers / years, each customer observed from the first purchase to the end of the period.
    pub purchase_frequency: Option<f64>,
    /// The years that customers were observed, summed.
    pub customer_years: f64,
    /// Years that a customer stays, by the chosen rule.
    pub lifespan_years: Option<f64>,
    /// AOV x purchase frequency x lifespan: revenue, before margin.
    pub cltv: Option<Derived>,
    /// CLTV times the margin that was typed in.
    pub cltv_margin: Option<Derived>,
    /// Spend / customers won by it: see [`Acquisition`].
    pub cac: Option<Derived>,
    /// CLTV (after margin where one is set) minus CAC.
    pub crv: Option<Derived>,
    /// CLTV (after margin where one is set) / CAC.
    pub ltv_cac: Option<f64>,
    /// Months until the mean cumulative margin of a customer reaches CAC; nothing where it has not within the data.
    pub payback_months: Option<u32>,
}

/// What was spent on winning customers, and how many were won (definitions.md section 3).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Acquisition {
    /// What was typed in, else what the tables of costs tell of the period; nothing where neither is there.
    pub spend: Option<Money>,
    /// Whether it was typed in.
    pub typed: bool,
    /// First day that it covers: of the period where it was typed in, else of the costs within the period.
    pub start: Option<Day>,
    /// Last day that it covers.
    pub end: Option<Day>,
    /// Customers whose first purchase ever lies in those days.
    pub new_customers: u64,
    /// What the tables of costs tell, by channel, the most first; "" for what names none.
    pub channels: Vec<ChannelSpend>,
}

/// What was spent on a channel.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ChannelSpend {
    /// The channel as written, or the platform whose export it is.
    pub channel: String,
    /// What was spent on it.
    pub spend: Money,
    /// First day that its costs cover.
    pub start: Day,
    /// Last day that they cover.
    pub end: Day,
    /// Customers won by it in those days; nothing where no column tells who won a customer, and under a filter.
    pub new_customers: Option<u64>,
    /// Spend / new customers.
    pub cac: Option<Derived>,
    /// Marketing ROI: (margin - spend) / spend, of the revenue that the table attributes to the costs, else of what those
    /// customers have brought.
    pub roi: Option<f64>,
}

/// One calendar month.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MonthRow {
    /// `YYYY-MM`.
    pub month: String,
    /// Whether the whole month lies within the period.
    pub complete: bool,
    /// Net revenue.
    pub revenue: Money,
    /// Of it, from customers in the calendar month of their first purchase.
    pub revenue_new: Money,
    /// Of it, from all others.
    pub revenue_returning: Money,
    /// Purchases.
    pub purchases: u64,
    /// Customers who bought.
    pub customers: u64,
    /// Of them, for the first time.
    pub new_customers: u64,
}

/// Two stretches of 12 months side by side, the later one ending with the period.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Recent {
    /// The last 12 months.
    pub now: Stretch,
    /// The 12 months before.
    pub before: Stretch,
    /// Change of revenue as a fraction of the earlier revenue.
    pub revenue_change: Option<f64>,
    /// Of the change, what customers bring who had bought before the stretch began.
    pub change_from_returning: Money,
    /// Of the change, what customers bring whose first purchase lies in the stretch.
    pub change_from_new: Money,
}

/// The figures of a stretch of time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Stretch {
    /// First day.
    pub start: Day,
    /// Last day.
    pub end: Day,
    /// Net revenue.
    pub revenue: Money,
    /// Net revenue of customers who first bought before the stretch.
    pub revenue_returning: Money,
    /// Purchases.
    pub purchases: u64,
    /// Customers who bought.
    pub customers: u64,
    /// Of them, for the first time ever.
    pub new_customers: u64,
    /// Revenue / purchases.
    pub aov: Option<Derived>,
    /// Of those who bought in the 12 months before the stretch, those who bought in it; nothing without such months.
    pub kept: Option<Share>,
}
