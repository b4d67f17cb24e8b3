//! A figure as it is shown: its value, what it means in one line, how it changed, and what to know about it.

use crate::report::Report;
use crate::report::schema::Stretch;
use crate::report::settings::{ActiveRule, LifespanRule};
use crate::words::facts::{self, FEW, hardly_anybody_came_back, last_twelve_months, too_short_for_a_lifetime};
use crate::words::format::{Format, HANDFUL, NOT_DEFINED, points};

use super::Term;
use super::numbers::{percent_as_typed, places_of_year};

/// Which way a figure went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// It grew.
    Up,
    /// It fell.
    Down,
    /// No clear change.
    Flat,
}

/// How a figure changed against the 12 months before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delta {
    /// Which way.
    pub direction: Direction,
    /// Whether that is good for the shop; nothing where it is neither.
    pub good: Option<bool>,
    /// How much: `42%`, `3 points`; empty where there is no clear change.
    pub amount: String,
    /// From what, or since when: `from €88,360`.
    pub rest: String,
}

impl Delta {
    /// The sign before the amount; its word is for those who do not see it.
    pub fn arrow(&self) -> (&'static str, &'static str) {
        match self.direction {
            Direction::Up => ("↑", "up"),
            Direction::Down => ("↓", "down"),
            Direction::Flat => ("", ""),
        }
    }
}

impl Term {
    /// The value as it is shown, or "not defined".
    pub fn value(self, report: &Report, f: &dyn Format) -> String {
        let totals = &report.totals;
        let not_defined = || NOT_DEFINED.to_string();
        match self {
            Term::Revenue => f.money(totals.revenue.to_f64()),
            Term::Customers => f.integer(totals.customers),
            Term::NewCustomers => f.integer(totals.new_customers),
            Term::Purchases => f.integer(totals.purchases),
            Term::AverageOrder => f.derived(totals.aov),
            Term::Repeat => f.rate_or_counts(&totals.repeat),
            Term::Frequency => totals.purchase_frequency.map_or_else(not_defined, |n| f.number(n, 2)),
            Term::Kept | Term::Lost => {
                let yearly = &report.retention.yearly;
                let rate = if self == Term::Kept { yearly.crr } else { yearly.churn };
                match (yearly.kept, rate) {
                    (Some(kept), Some(_)) if kept.of < HANDFUL => {
                        let count = if self == Term::Kept { kept.count } else { kept.of - kept.count };
                        format!("{} of {}", f.integer(count), f.integer(kept.of))
                    }
                    (Some(kept), Some(rate)) => f.percent(rate, places_of_year(report, &kept)),
                    _ => not_defined(),
                }
            }
            Term::CameBack => match report.recent.as_ref().and_then(|recent| recent.now.kept) {
                Some(kept) => f.rate_or_counts(&kept),
                None => not_defined(),
            },
            Term::ActiveNow => f.integer(report.retention.active_now),
            Term::Window => match report.retention.active_window_days {
                Some(days) => f.days(f64::from(days)),
                None if report.settings.active == ActiveRule::CalendarMonth => "the month".to_string(),
                None => not_defined(),
            },
            Term::Lifespan => totals.lifespan_years.map_or_else(not_defined, |years| f.number(years, 1)),
            Term::Worth => f.derived(totals.cltv_margin.or(totals.cltv)),
            Term::CostToWin => f.derived(totals.cac),
            Term::LeftOver => f.derived(totals.crv),
            Term::Ratio => totals.ltv_cac.map_or_else(not_defined, |ratio| f.number(ratio, 1)),
            Term::Payback => match totals.payback_months {
                Some(0) => "month 1".to_string(),
                Some(months) => f.count(u64::from(months), "month"),
                None => not_defined(),
            },
            Term::SoFar => f.derived(report.value.historical_mean),
            Term::SoFarMedian => f.derived(report.value.historical_median),
            Term::Gini => report.concentration.gini.map_or_else(not_defined, |gini| f.number(gini, 2)),
            Term::TopTenth => {
                let top = report.concentration.top.iter().find(|top| (top.p - 0.1).abs() < 1e-9);
                f.share(top.and_then(|top| top.share))
            }
        }
    }

    /// Whether the share is one of so few that it is told in counts.
    fn is_of_a_handful(self, report: &Report) -> bool {
        let share = if self == Term::Repeat { Some(report.totals.repeat) } else { report.retention.yearly.kept };
        share.is_some_and(|share| (1..HANDFUL).contains(&share.of))
    }

    /// What the value means, in one line.
    pub fn mean(self, report: &Report, f: &dyn Format) -> String {
        let totals = &report.totals;
        let yearly = &report.retention.yearly;
        match self {
            Term::Revenue => "After refunds".to_string(),
            // Over the whole of the data everybody has a first time.
            Term::Customers if totals.customers > 0 && totals.new_customers == totals.customers => {
                "At least one purchase each".to_string()
            }
            Term::Customers => format!("{} of them for the first time", f.integer(totals.new_customers)),
            Term::NewCustomers => "First purchase ever in the period".to_string(),
            Term::Purchases => format!("From {}", f.count(totals.rows, "row")),
            Term::AverageOrder => "Revenue for each purchase".to_string(),
            Term::Repeat | Term::Kept | Term::Lost if self.is_of_a_handful(report) => {
                "Too few for a percentage".to_string()
            }
            Term::Repeat => format!("{} of {}", f.integer(totals.repeat.count), f.integer(totals.repeat.of)),
            Term::Frequency => "Each customer, from the first purchase on".to_string(),
            Term::Kept => match yearly.kept {
                Some(kept) => {
                    let interval = f.interval(&kept).filter(|_| !yearly.scaled);
                    if yearly.scaled {
                        let (count, of) = (f.integer(kept.count), f.integer(kept.of));
                        return format!("{count} of {of} in {}, scaled to a year", f.days(f64::from(yearly.days)));
                    }
                    let interval = interval.map_or_else(String::new, |interval| format!(" · 95%: {interval}"));
                    format!("{} of {}{interval}", f.integer(kept.count), f.integer(kept.of))
                }
                None => "No one was active a year before".to_string(),
            },
            Term::Lost => match yearly.kept {
                Some(kept) => {
                    let lost = f.count(kept.of.saturating_sub(kept.count), "customer");
                    match yearly.scaled {
                        true => format!("{lost} in {}, scaled to a year", f.days(f64::from(yearly.days))),
                        false => lost,
                    }
                }
                None => "No one was active a year before".to_string(),
            },
            Term::CameBack => "Bought last year and this year".to_string(),
            Term::ActiveNow => match totals.customers {
                0 => "No customers in the period".to_string(),
                all => format!("of {} who bought", f.count(all, "customer")),
            },
            Term::Window => match report.settings.active {
                ActiveRule::OwnRhythm if report.retention.gaps > 0 => "9 of 10 gaps are shorter".to_string(),
                ActiveRule::OwnRhythm => "No one has bought twice yet".to_string(),
                ActiveRule::Window { .. } => "Typed in by you".to_string(),
                ActiveRule::CalendarMonth => "Bought in the month itself".to_string(),
            },
            Term::Lifespan => match report.settings.lifespan {
                LifespanRule::Churn => "1 ÷ share lost in a year".to_string(),
                LifespanRule::Observed => "From first to last purchase, on average".to_string(),
                LifespanRule::Fixed { .. } => "Typed in by you".to_string(),
            },
            Term::Worth if too_short_for_a_lifetime(report) => "Told from two years on; shown is less".to_string(),
            Term::Worth if totals.cltv.is_some() && hardly_anybody_came_back(report) => {
                "By the formula alone: hardly anybody bought twice".to_string()
            }
            Term::Worth => match (totals.cltv, totals.lifespan_years) {
                (Some(_), Some(years)) => {
                    let what = if totals.cltv_margin.is_some() { "Margin" } else { "Revenue" };
                    let over = format!("{what} over {}", crate::words::findings::years_in_words(years, f));
                    match facts::far_beyond_the_data(report, f) {
                        _ if totals.customers < FEW => {
                            format!("{over}: a rough guess from {}", f.count(totals.customers, "customer"))
                        }
                        Some(seen) => format!("{over}: a rough guess from {seen} of data"),
                        None => over,
                    }
                }
                _ => "Needs a year with customers who left".to_string(),
            },
            Term::CostToWin => match (totals.cac, totals.ltv_cac) {
                (Some(_), Some(ratio)) => format!("You earn {} times that", f.number(ratio, 1)),
                (Some(_), None) => "Spend for each new customer".to_string(),
                (None, _) => "Type in what you spend on winning customers".to_string(),
            },
            Term::LeftOver => "Worth, less the cost to win one".to_string(),
            Term::Ratio => "Worth for each unit of cost".to_string(),
            Term::Payback => match (totals.cac, totals.payback_months) {
                (None, _) => "Type in what you spend on winning customers".to_string(),
                (Some(_), None) => "Not within the data".to_string(),
                (Some(cac), Some(_)) => format!("Until {} are back", f.money(cac.0)),
            },
            Term::SoFar => "Mean of all customers".to_string(),
            Term::SoFarMedian => "Half have brought less".to_string(),
            Term::Gini => "0 is all alike, 1 is one alone".to_string(),
            Term::TopTenth => "of all revenue".to_string(),
        }
    }

    /// How the figure changed in the last 12 months against the 12 before; nothing where the data is shorter.
    pub fn delta(self, report: &Report, f: &dyn Format) -> Option<Delta> {
        let recent = report.recent.as_ref()?;
        let (now, before) = (&recent.now, &recent.before);
        // Beside a figure of the same 12 months stands where it came from, beside one of a longer period what moved.
        let same = report.period.start == Some(now.start) && report.period.end == Some(now.end);
        let relative = |value: fn(&Stretch) -> Option<f64>, say: &dyn Fn(f64) -> String| {
            let (now_value, then) = (value(now)?, value(before)?);
            if then <= 0.0 {
                return None;
            }
            let change = now_value / then - 1.0;
            let rest = if same { format!("from {}", say(then)) } else { last_twelve_months(now.end, f) };
            let amount = f.percent(change.abs(), 0);
            let direction = match change {
                _ if amount == f.percent(0.0, 0) => Direction::Flat,
                c if c > 0.0 => Direction::Up,
                _ => Direction::Down,
            };
            Some(match direction {
                Direction::Flat => {
                    Delta { direction, good: None, amount: String::new(), rest: "as in the year before".to_string() }
                }
                _ => Delta { direction, good: Some(direction == Direction::Up), amount, rest },
            })
        };
        let whole = |n: f64| f.integer(n as u64);
        match self {
            Term::Revenue => relative(|s| Some(s.revenue.to_f64()), &|amount| f.money(amount)),
            Term::Customers => relative(|s| Some(s.customers as f64), &whole),
            Term::NewCustomers => relative(|s| Some(s.new_customers as f64), &whole),
            Term::Purchases => relative(|s| Some(s.purchases as f64), &whole),
            Term::AverageOrder => relative(|s| s.aov.map(|aov| aov.0), &|amount| f.money(amount)),
            Term::CameBack => {
                let (now, then) = (now.kept?, before.kept?);
                let change = now.rate? - then.rate?;
                if now.within_chance_of(&then) {
                    let rest = format!("{} the year before: no clear change", f.rate(&then));
                    return Some(Delta { direction: Direction::Flat, good: None, amount: String::new(), rest });
                }
                let direction = if change > 0.0 { Direction::Up } else { Direction::Down };
                let rest = format!("from {}", f.rate(&then));
                Some(Delta { direction, good: Some(change > 0.0), amount: points(change, f), rest })
            }
            _ => None,
        }
    }

    /// What the figure is made of, where that is one line: of the worth its factors, but only where it is told.
    pub fn made_of(self, report: &Report, f: &dyn Format) -> Option<String> {
        let totals = &report.totals;
        match self {
            Term::Worth => {
                totals.cltv_margin.or(totals.cltv)?;
                let (aov, [each, years]) = (totals.aov?, [totals.purchase_frequency?, totals.lifespan_years?]);
                let margin = report.settings.margin.filter(|_| totals.cltv_margin.is_some());
                let margin = margin.map(|margin| format!(" × {}", percent_as_typed(margin, f)));
                let [each, years] = [each, years].map(|factor| f.number(factor, 2));
                let margin = margin.unwrap_or_default();
                Some(format!("{} × {each} a year × {years} years{margin}", f.money(aov.0)))
            }
            Term::SoFar => Some(format!("half less than {}", Term::SoFarMedian.value(report, f))),
            Term::Ratio => Some("3 times is a common aim".to_string()),
            _ => None,
        }
    }

    /// What to know about the figure before relying on it.
    pub fn note(self, report: &Report, f: &dyn Format) -> Option<String> {
        let totals = &report.totals;
        Some(match self {
            Term::Revenue => {
                format!("Refunds count {}. Rows left out are listed in the data receipt.", facts::refunds_on(report))
            }
            Term::Customers | Term::NewCustomers => {
                let column = report.tables.iter().find_map(|table| table.roles.get("customer"));
                match column {
                    Some(column) => format!("A customer is one value of the column {column}."),
                    None => "A customer is one value of the column of customers.".to_string(),
                }
            }
            Term::Purchases | Term::AverageOrder => match report.tables.iter().any(|table| table.roles.contains_key("order")) {
                true => "Lines with the same order number are one purchase.".to_string(),
                false => "There are no order numbers: what a customer buys on one day is one purchase.".to_string(),
            },
            Term::Repeat => "Customers who came late in the period have had less time to return.".to_string(),
            Term::Frequency => "A customer is observed from the first purchase to the end of the period.".to_string(),
            Term::Kept | Term::Lost => match report.retention.yearly.scaled {
                true => "Scaled from a shorter stretch, as if customers left at one pace; seasons can mislead it.".to_string(),
                false => "New customers are not counted, so this can’t be above 100%.".to_string(),
            },
            Term::CameBack => "New customers are not counted, so this can’t be above 100%.".to_string(),
            Term::ActiveNow | Term::Window => "Taken from the gaps between the purchases of your own customers; you can set another.".to_string(),
            Term::Lifespan => "Holds if customers go on leaving at the pace of the last year.".to_string(),
            Term::Worth if facts::worth_is_below_so_far(report) => format!(
                "The simple method: a customer buys on at the same pace until leaving. {}",
                crate::words::prospect::BELOW
            ),
            Term::Worth => match report.settings.margin {
                Some(margin) => format!("The simple method: a customer buys on at the same pace until leaving. Margin {}.", percent_as_typed(margin, f)),
                None => "The simple method: a customer buys on at the same pace until leaving. Without a margin this is revenue, not profit.".to_string(),
            },
            Term::CostToWin if !report.acquisition.typed && report.acquisition.spend.is_some() => {
                "From your table of costs: the days that it covers, and the customers won in them. What you type in is taken \
                 instead."
                    .to_string()
            }
            Term::CostToWin => "Spend and new customers are those of the period shown.".to_string(),
            Term::LeftOver | Term::Ratio if totals.cltv_margin.is_none() => {
                "Without a margin this compares revenue with cost, which flatters.".to_string()
            }
            Term::LeftOver | Term::Ratio => return None,
            Term::Payback => "Customers count as long as they have been observed, so late months rest on older customers.".to_string(),
            Term::SoFar | Term::SoFarMedian => "Younger customers have had less time to bring something.".to_string(),
            Term::Gini | Term::TopTenth => match totals.customers {
                n if n < facts::FEW => format!("Uncertain: only {}.", f.count(n, "customer")),
                _ => "Customers whose refunds outweigh their purchases count as below zero.".to_string(),
            },
        })
    }
}
