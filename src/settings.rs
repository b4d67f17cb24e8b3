//! What a person can set. Every default is the definition of `docs/definitions.md`.

use serde::{Deserialize, Serialize};

use crate::math::{Day, Money, Unit};

/// The settings of an analysis; part of the report, so that a report says which definitions it used.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Settings {
    /// End of the observation period; the last date of the orders where nothing is set. Later rows do not count.
    pub end: Option<Day>,
    /// First day of the period shown. Who is new is still judged from the whole history.
    pub from: Option<Day>,
    /// Last day of the period shown; moves the end of the observation period there.
    pub to: Option<Day>,
    /// Only rows that carry one of the values, column by column.
    pub filters: Vec<DimensionFilter>,
    /// When a customer counts as active.
    pub active: ActiveRule,
    /// How long a customer stays, for the simple CLTV.
    pub lifespan: LifespanRule,
    /// Gross margin as a fraction of revenue; revenue itself is shown where nothing is set.
    pub margin: Option<f64>,
    /// The yearly rate that money to come is discounted by, as a fraction.
    pub discount: f64,
    /// Years that the worth of those who are customers looks ahead, one of [`HORIZONS`]; without an end where nothing is set.
    pub horizon: Option<u32>,
    /// Spend on winning customers (marketing, sales, overhead) within the period; typed in.
    pub spend: Option<Money>,
    /// The calendar unit of cohorts.
    pub cohort_unit: Unit,
    /// How equal values share an RFM score.
    pub rfm_ties: RfmTies,
    /// How value tiers are cut.
    pub tiers: TierRule,
}

/// Yearly discount rates to choose from, in percent.
pub const DISCOUNTS: [u32; 7] = [0, 5, 8, 10, 12, 15, 20];

/// Horizons to choose from, in years.
pub const HORIZONS: [u32; 5] = [1, 2, 3, 5, LONGEST];

/// The longest horizon that has an end, in years.
pub const LONGEST: u32 = 10;

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            end: None,
            from: None,
            to: None,
            filters: Vec::new(),
            active: ActiveRule::default(),
            lifespan: LifespanRule::default(),
            margin: None,
            discount: 0.1,
            horizon: Some(5),
            spend: None,
            cohort_unit: Unit::default(),
            rfm_ties: RfmTies::default(),
            tiers: TierRule::default(),
        }
    }
}

impl Settings {
    /// Whether only rows with some values of a column count: then nothing that holds for all rows can be held against them.
    pub fn is_filtered(&self) -> bool {
        self.filters.iter().any(|filter| !filter.values.is_empty())
    }

    /// Whether only some rows are shown: by a filter, or of a period.
    pub fn is_narrowed(&self) -> bool {
        self.is_filtered() || self.from.is_some() || self.to.is_some()
    }

    /// The yearly discount rate in whole percent.
    pub fn discount_in_percent(&self) -> u32 {
        libm::round(self.discount * 100.0) as u32
    }

    /// Changes settings. Spend is that of a period: under another one it would be a wrong cost, so it is asked for again.
    pub fn change(&mut self, change: impl FnOnce(&mut Settings)) {
        let (period, spend) = ((self.from, self.to, self.end), self.spend);
        change(self);
        if (self.from, self.to, self.end) != period && self.spend == spend {
            self.spend = None;
        }
    }
}

/// Keeps the rows whose value of one dimension is among those named.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DimensionFilter {
    /// The dimension's name: the column's header.
    pub dimension: String,
    /// The values kept; rows with an empty cell have the value "".
    pub values: Vec<String>,
}

/// When a customer counts as active on a day (definitions.md section 3).
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ActiveRule {
    /// Bought within the last W days, W the 90th percentile of the gaps between purchase days.
    #[default]
    OwnRhythm,
    /// Bought within the last so many days.
    Window {
        /// The window in days, at least 1.
        days: u32,
    },
    /// Bought in the calendar month itself.
    CalendarMonth,
}

/// How long a customer stays (definitions.md section 3).
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LifespanRule {
    /// 1 / yearly churn rate.
    #[default]
    Churn,
    /// The mean of last minus first purchase over all customers.
    Observed,
    /// Typed in.
    Fixed {
        /// Years, above 0.
        years: f64,
    },
}

/// How equal values share an RFM score (definitions.md section 6).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RfmTies {
    /// Equal values always score the same: 1 + floor(5 x customers with a strictly lower value / customers).
    #[default]
    Together,
    /// Ties are broken by the order of customer ids, as `rank(method='first')` with `qcut` does.
    ByOrder,
}

/// How value tiers are cut (definitions.md section 6).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TierRule {
    /// The top 20 % of customers are high, the next 30 % medium, the rest low.
    #[default]
    ByRank,
    /// ABC analysis: those who bring the first 80 % of revenue are A, the next 15 % B, the rest C.
    ByShare,
}
