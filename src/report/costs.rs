//! The part of the report about what winning customers costs: by channel, campaign and stretch of time. What is cheap of it,
//! the sum and the channels, stands in every report ([`Acquisition`](super::schema::Acquisition)); this is computed when
//! somebody asks for it.

use serde::{Deserialize, Serialize};

use super::schema::PaybackPoint;
use crate::math::money::Derived;
use crate::math::stats::Share;
use crate::math::{Day, Money};

/// What a person can set for it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Ask {
    /// Within how many months a customer is to pay back the cost of winning them; [`WITHIN_MONTHS`] where nothing is set.
    pub within: Option<u32>,
}

/// Months within which a customer is to pay back what winning them cost, until something else is set.
pub const WITHIN_MONTHS: u32 = 12;

/// What was spent on winning customers, whom it won and what they bring.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Costs {
    /// Months within which a customer is to pay back the cost of winning them: what `affordable` holds for.
    pub within_months: u32,
    /// The channels that all of this is of, where a filter of their column lets in some; empty where it is of all.
    pub only: Vec<String>,
    /// The column that tells the channel of customers; nothing where none does, or where a filter of another column is set.
    pub column: Option<String>,
    /// What was typed in, for the whole period; else all costs of the tables within it. The customers are those won in those
    /// days.
    pub total: Option<Spent>,
    /// The same costs over those of the customers who came by a channel that costs are given for; nothing where nobody came by
    /// a channel without, or by one with costs, where channels are not told, or where more than a tenth are `unnamed`.
    pub paid: Option<Spent>,
    /// Those of the customers who came by no named channel: an empty cell, or no known origin. They are not among those of
    /// `paid`. 0 where customers are not held against the channels of costs.
    pub unnamed: u64,
    /// What those customers have brought, held against the costs.
    pub returned: Option<Returned>,
    /// By channel: those that money was spent on, the most first; then those of customers alone, most customers first.
    pub channels: Vec<ChannelRow>,
    /// Channels of customers that are not among `channels`: those with the fewest customers.
    pub more_channels: u64,
    /// By campaign, the most spent first; those without a name last.
    pub campaigns: Vec<CampaignRow>,
    /// By stretch of time, the earliest first: calendar months, or longer where a cost lies across the end of one.
    pub stretches: Vec<StretchRow>,
}

/// What was spent over some days, and who was won in them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Spent {
    /// First day that the costs cover.
    pub start: Day,
    /// Last day that they cover.
    pub end: Day,
    /// What was spent.
    pub spend: Money,
    /// The same by what it is for.
    pub kinds: Kinds,
    /// Customers won in those days; nothing where neither orders nor costs tell.
    pub new_customers: Option<u64>,
    /// Who tells `new_customers`.
    pub told_by: Option<ToldBy>,
    /// Spend / new customers.
    pub cac: Option<Derived>,
    /// Lower end of the 95 % interval of `cac`: the same money may as well have won a few more (Garwood 1936).
    pub low: Option<Derived>,
    /// Upper end.
    pub high: Option<Derived>,
}

/// Spent by what they are for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Kinds {
    /// Advertising, media, agencies; all of an advertising platform's own export.
    pub marketing: Money,
    /// People who sell.
    pub sales: Money,
    /// The share of everything else.
    pub overhead: Money,
    /// What the table does not say, or in words that are not known.
    pub not_said: Money,
}

/// Who tells a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ToldBy {
    /// The orders: first purchases of customers, and what these customers have bought.
    Orders,
    /// A column of the table of costs.
    Costs,
}

/// What came back of some costs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Returned {
    /// Revenue: what the table attributes to the costs, else what the customers won have brought until the end of the
    /// period.
    pub revenue: Money,
    /// Who tells it.
    pub told_by: ToldBy,
    /// (revenue x margin - costs) / costs; with the revenue itself where no margin is set. Nothing without costs.
    pub roi: Option<f64>,
}

/// A channel.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ChannelRow {
    /// Its name as the costs write it, else as the orders do; "" for what names none.
    pub channel: String,
    /// What was spent on it; nothing where no cost names it.
    pub costs: Option<Spent>,
    /// What came back.
    pub returned: Option<Returned>,
    /// Whether some customer was won by it, ever.
    pub has_customers: bool,
    /// Customers of the period who were won by it, whenever that was.
    pub customers: u64,
    /// Those of them whose first purchase ever lies in the period.
    pub new_customers: u64,
    /// What one of them is worth: CLTV as in `totals`, of these customers alone, after margin where one is set.
    pub worth: Option<Derived>,
    /// Whether how long they stay is their own; else too few of them were there a year ago, and that of all is taken.
    pub own_lifespan: bool,
    /// CRV: worth minus CAC.
    pub crv: Option<Derived>,
    /// Worth / CAC.
    pub ltv_cac: Option<f64>,
    /// Mean cumulative margin of a customer won in the period, as in `value.payback`.
    pub payback: Vec<PaybackPoint>,
    /// The month, from 0, in which that reaches CAC.
    pub payback_months: Option<u32>,
    /// The highest CAC that is paid back within `within_months`; nothing where nobody was observed that long.
    pub affordable: Option<Derived>,
    /// Lower end of its 95 % interval; nothing where fewer than 30 customers were observed that long, as for the next two.
    pub affordable_low: Option<Derived>,
    /// Upper end.
    pub affordable_high: Option<Derived>,
    /// The chance that a customer of the channel, in the mean, brings within `within_months` what winning one costs.
    pub chance: Option<f64>,
    /// Of the customers won while the costs were spent, those who have brought as much margin as winning one costs.
    pub earned_back: Option<Share>,
}

/// A campaign.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CampaignRow {
    /// Its name; "" for what names none.
    pub campaign: String,
    /// What was spent on it.
    pub costs: Spent,
    /// What came back.
    pub returned: Option<Returned>,
}

/// A stretch of time: its costs, and the customers won in it as a cohort.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StretchRow {
    /// What was spent.
    pub costs: Spent,
    /// Mean cumulative margin of a customer of the cohort, by whole months that all of them have lived.
    pub cumulative: Vec<Derived>,
    /// The month, from 0, in which that reaches the cohort's CAC; nothing where it has not yet.
    pub payback_months: Option<u32>,
}
