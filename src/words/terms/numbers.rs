//! The formula of a figure with its numbers in, and what went into it.
//!
//! Numbers are rounded for reading, so a reader with a calculator may land beside the result. Where rounding shows, more
//! places are written; where even that does not help, "≈" stands for "=".

use crate::math::stats::Share;
use crate::report::Report;
use crate::report::settings::{ActiveRule, LifespanRule};
use crate::text;
use crate::words::facts;
use crate::words::format::{Format, NOT_DEFINED, rate_places};

use super::Term;

/// `left = right`, or `≈` where the rounded left side does not give the right one.
fn equation(left: String, agrees: bool, right: String) -> String {
    format!("{left} {} {right}", if agrees { "=" } else { "≈" })
}

/// A value as it reads at so many decimals.
fn rounded(value: f64, places: u8) -> f64 {
    let scale = libm::pow(10.0, f64::from(places));
    (value * scale).round() / scale
}

/// An amount as [`Format::money`] writes it: whole from 1,000 on.
fn as_written(amount: f64) -> f64 {
    if (amount.abs() * 100.0).round() >= 100_000.0 { amount.round() } else { rounded(amount, 2) }
}

impl Term {
    /// How the figure is worked out under the settings of the report, in words.
    pub fn formula_for(self, report: &Report) -> &'static str {
        match self {
            Term::Worth if report.totals.cltv_margin.is_some() => "average order × purchases a year × years × margin",
            Term::Kept if report.retention.yearly.scaled => "(kept ÷ customers at the start), scaled to a year",
            Term::Lifespan => match report.settings.lifespan {
                LifespanRule::Churn => self.formula(),
                LifespanRule::Observed => "mean of last purchase − first purchase",
                LifespanRule::Fixed { .. } => "typed in by you",
            },
            Term::Window => match report.settings.active {
                ActiveRule::OwnRhythm => self.formula(),
                ActiveRule::Window { .. } => "typed in by you",
                ActiveRule::CalendarMonth => "the calendar month of the purchase",
            },
            _ => self.formula(),
        }
    }

    /// The formula with the numbers of the report in it: `€271,846 − €6,869 = €264,977`.
    pub fn with_numbers(self, report: &Report, f: &dyn Format) -> String {
        let totals = &report.totals;
        let not_defined = || NOT_DEFINED.to_string();
        match self {
            Term::Revenue if totals.refund_rows == 0 => {
                format!("{}, without refunds", f.money(totals.revenue.to_f64()))
            }
            Term::Revenue => {
                let (gross, refunds, net) = (totals.gross.to_f64(), totals.refunds.to_f64(), totals.revenue.to_f64());
                if as_written(as_written(gross) - as_written(refunds)) == as_written(net) {
                    format!("{} − {} = {}", f.money(gross), f.money(refunds), f.money(net))
                } else {
                    let exact = |amount| f.money_exact(amount);
                    format!("{} − {} = {}", exact(totals.gross), exact(totals.refunds), exact(totals.revenue))
                }
            }
            Term::AverageOrder => match totals.aov {
                Some(aov) => quotient(totals.revenue.to_f64(), totals.purchases, aov.0, f),
                None => not_defined(),
            },
            Term::Repeat => share(&totals.repeat, f),
            Term::Frequency => match totals.purchase_frequency {
                Some(frequency) => {
                    let years = if totals.customer_years < 100.0 { 1 } else { 0 };
                    let agrees = rounded(totals.purchases as f64 / rounded(totals.customer_years, years), 2)
                        == rounded(frequency, 2);
                    let left =
                        format!("{} ÷ {} years", f.integer(totals.purchases), f.number(totals.customer_years, years));
                    equation(left, agrees, f.number(frequency, 2))
                }
                None => not_defined(),
            },
            Term::Kept => match (&report.retention.yearly.kept, report.retention.yearly.crr) {
                (Some(kept), Some(crr)) if report.retention.yearly.scaled => {
                    let days = report.retention.yearly.days;
                    format!(
                        "({} ÷ {}) over {}, to the power of 365.25 ÷ {days}, ≈ {}",
                        f.integer(kept.count),
                        f.integer(kept.of),
                        f.days(f64::from(days)),
                        f.percent(crr, 0)
                    )
                }
                (Some(kept), _) => share(kept, f),
                (None, _) => not_defined(),
            },
            Term::CameBack => match report.recent.as_ref().and_then(|recent| recent.now.kept) {
                Some(kept) => share(&kept, f),
                None => not_defined(),
            },
            Term::Lost => match (report.retention.yearly.kept, report.retention.yearly.churn) {
                (Some(kept), Some(churn)) => {
                    let places = places_of_year(report, &kept);
                    format!("100% − {} = {}", f.percent(1.0 - churn, places), f.percent(churn, places))
                }
                _ => not_defined(),
            },
            Term::Lifespan => match (report.settings.lifespan, totals.lifespan_years, report.retention.yearly.churn) {
                (LifespanRule::Churn, Some(years), Some(churn)) => {
                    let agrees = rounded(1.0 / rounded(churn, 3), 2) == rounded(years, 2);
                    equation(format!("1 ÷ {}", f.percent(churn, 1)), agrees, format!("{} years", f.number(years, 2)))
                }
                (_, Some(years), _) => format!("{} years", f.number(years, 2)),
                (_, None, _) => not_defined(),
            },
            Term::Worth => worth(report, f),
            Term::CostToWin => match (report.acquisition.spend, totals.cac) {
                (Some(spend), Some(cac)) => quotient(spend.to_f64(), report.acquisition.new_customers, cac.0, f),
                _ => not_defined(),
            },
            Term::LeftOver => match (totals.cltv_margin.or(totals.cltv), totals.cac, totals.crv) {
                (Some(worth), Some(cac), Some(crv)) => {
                    let agrees = as_written(as_written(worth.0) - as_written(cac.0)) == as_written(crv.0);
                    equation(format!("{} − {}", f.money(worth.0), f.money(cac.0)), agrees, f.money(crv.0))
                }
                _ => not_defined(),
            },
            Term::Ratio => match (totals.cltv_margin.or(totals.cltv), totals.cac, totals.ltv_cac) {
                (Some(worth), Some(cac), Some(ratio)) => {
                    let agrees = rounded(as_written(worth.0) / as_written(cac.0), 1) == rounded(ratio, 1);
                    equation(format!("{} ÷ {}", f.money(worth.0), f.money(cac.0)), agrees, f.number(ratio, 1))
                }
                _ => not_defined(),
            },
            Term::Payback => match (totals.cac, totals.payback_months) {
                (Some(cac), Some(month)) => {
                    let reached = report.value.payback.iter().find(|point| point.month == month);
                    let reached = reached.map_or_else(not_defined, |point| f.money(point.cumulative.0));
                    let when = match month {
                        0 => "in the first month".to_string(),
                        n => format!("after {}", f.count(u64::from(n), "month")),
                    };
                    format!("{reached} {when} ≥ {}", f.money(cac.0))
                }
                _ => not_defined(),
            },
            Term::SoFar => match report.value.historical_mean {
                Some(mean) => quotient(totals.revenue.to_f64(), totals.customers, mean.0, f),
                None => not_defined(),
            },
            Term::TopTenth => {
                let top = report.concentration.top.iter().find(|top| (top.p - 0.1).abs() < 1e-9);
                match top.and_then(|top| Some((top, top.share?))) {
                    Some((top, share)) => {
                        let (part, whole) = (top.revenue.to_f64(), totals.revenue.to_f64());
                        let agrees = rounded(as_written(part) / as_written(whole), 2) == rounded(share, 2);
                        equation(format!("{} ÷ {}", f.money(part), f.money(whole)), agrees, f.percent(share, 0))
                    }
                    None => not_defined(),
                }
            }
            Term::Customers
            | Term::NewCustomers
            | Term::Purchases
            | Term::ActiveNow
            | Term::Window
            | Term::SoFarMedian
            | Term::Gini => self.value(report, f),
        }
    }

    /// What went into the figure, name and value, and how many rows it rests on.
    pub fn inputs(self, report: &Report, f: &dyn Format) -> Vec<(String, String)> {
        let totals = &report.totals;
        let count = |name: &str, n: u64| (name.to_string(), f.integer(n));
        let words = |name: &str, text: String| (name.to_string(), text);
        let mut inputs = match self {
            Term::Revenue => {
                let refunds = format!("Refunds, {}", facts::refunds_on(report));
                vec![count("Purchases", totals.purchases), count(&refunds, totals.refund_rows)]
            }
            Term::Customers => vec![
                count("For the first time", totals.new_customers),
                count("Had bought before", totals.customers.saturating_sub(totals.new_customers)),
            ],
            Term::NewCustomers => vec![count("Customers who bought", totals.customers)],
            Term::Purchases => vec![
                count("Rows", totals.rows),
                count("Further lines and refunds", totals.rows.saturating_sub(totals.purchases)),
            ],
            Term::AverageOrder => {
                vec![words("Revenue", f.money_exact(totals.revenue)), count("Purchases", totals.purchases)]
            }
            Term::Repeat => interval(&totals.repeat, f)
                .into_iter()
                .chain([count("Bought once", totals.repeat.of.saturating_sub(totals.repeat.count))])
                .collect(),
            Term::Frequency => vec![
                count("Purchases", totals.purchases),
                count("Customers", totals.customers),
                words("Years observed, all together", f.number(totals.customer_years, 0)),
            ],
            Term::Kept | Term::Lost => kept_inputs(report, f),
            Term::CameBack => match report.recent.as_ref().and_then(|recent| recent.now.kept) {
                Some(kept) => interval(&kept, f)
                    .into_iter()
                    .chain([count("Did not", kept.of.saturating_sub(kept.count))])
                    .collect(),
                None => Vec::new(),
            },
            Term::ActiveNow | Term::Window => {
                let median = report.retention.median_gap_days;
                vec![
                    count("Gaps between purchases", report.retention.gaps),
                    words("The one in the middle", median.map_or_else(|| NOT_DEFINED.to_string(), |days| f.days(days))),
                    count("Active now", report.retention.active_now),
                ]
            }
            Term::Lifespan => kept_inputs(report, f),
            Term::Worth => worth_inputs(report, f),
            Term::CostToWin => cost_inputs(report, f),
            Term::LeftOver | Term::Ratio => vec![
                words("Worth of a customer", f.derived(totals.cltv_margin.or(totals.cltv))),
                words("Cost to win one", f.derived(totals.cac)),
            ],
            Term::Payback => vec![
                words("Cost to win one", f.derived(totals.cac)),
                count("Months observed", report.value.payback.last().map_or(0, |point| u64::from(point.month))),
            ],
            Term::SoFar | Term::SoFarMedian | Term::Gini | Term::TopTenth => {
                vec![words("Revenue", f.money_exact(totals.revenue)), count("Customers", totals.customers)]
            }
        };
        inputs.push(count("Rows used", totals.rows));
        inputs.push(count("Rows left out", facts::rows_left_out(report)));
        inputs
    }
}

/// Decimals of a yearly rate: what was scaled from a shorter stretch is no more exact than whole percent.
pub(super) fn places_of_year(report: &Report, kept: &Share) -> u8 {
    if report.retention.yearly.scaled { 0 } else { rate_places(kept.of) }
}

fn share(share: &Share, f: &dyn Format) -> String {
    match share.rate {
        Some(_) => format!("{} ÷ {} = {}", f.integer(share.count), f.integer(share.of), f.rate(share)),
        None => NOT_DEFINED.to_string(),
    }
}

fn interval(share: &Share, f: &dyn Format) -> Vec<(String, String)> {
    f.interval(share).map(|interval| ("95% interval".to_string(), interval)).into_iter().collect()
}

/// An amount divided by a count.
fn quotient(amount: f64, by: u64, result: f64, f: &dyn Format) -> String {
    let agrees = as_written(as_written(amount) / by.max(1) as f64) == as_written(result);
    equation(format!("{} ÷ {}", f.money(amount), f.integer(by)), agrees, f.money(result))
}

fn worth(report: &Report, f: &dyn Format) -> String {
    let totals = &report.totals;
    let (Some(aov), Some(frequency), Some(years), Some(worth)) =
        (totals.aov, totals.purchase_frequency, totals.lifespan_years, totals.cltv_margin.or(totals.cltv))
    else {
        // The line of meaning says why.
        return format!("{NOT_DEFINED}: {}", text::lowered(&Term::Worth.mean(report, f)));
    };
    let margin = report.settings.margin.filter(|_| totals.cltv_margin.is_some());
    let product = |places: u8| {
        as_written(aov.0) * rounded(frequency, places) * rounded(years, places) * margin.map_or(1.0, |m| rounded(m, 4))
    };
    let exact = (2..=4).find(|&places| as_written(product(places)) == as_written(worth.0));
    let places = exact.unwrap_or(2);
    let mut left = format!("{} × {} × {}", f.money(aov.0), f.number(frequency, places), f.number(years, places));
    if let Some(margin) = margin {
        left.push_str(&format!(" × {}", percent_as_typed(margin, f)));
    }
    equation(left, exact.is_some(), f.money(worth.0))
}

/// A fraction that a person typed as percent: with the decimals that they typed, two at most.
pub fn percent_as_typed(fraction: f64, f: &dyn Format) -> String {
    let places =
        (0..2).find(|&places| (rounded(fraction * 100.0, places) - fraction * 100.0).abs() < 1e-9).unwrap_or(2);
    f.percent(fraction, places)
}

fn worth_inputs(report: &Report, f: &dyn Format) -> Vec<(String, String)> {
    let totals = &report.totals;
    // Factors without a product would be multiplied by hand.
    if totals.cltv.is_none() {
        return Vec::new();
    }
    let number = |value: Option<f64>| value.map_or_else(|| NOT_DEFINED.to_string(), |value| f.number(value, 2));
    let years = match report.settings.lifespan {
        LifespanRule::Churn => "Years, 1 ÷ yearly loss",
        LifespanRule::Observed => "Years, as observed",
        LifespanRule::Fixed { .. } => "Years, typed in by you",
    };
    let mut inputs = vec![
        ("Average order".to_string(), f.derived(totals.aov)),
        ("Purchases a year, each customer".to_string(), number(totals.purchase_frequency)),
        (years.to_string(), number(totals.lifespan_years)),
    ];
    inputs.push(match report.settings.margin {
        Some(margin) => ("Margin, typed in by you".to_string(), percent_as_typed(margin, f)),
        None => ("Margin".to_string(), "not typed in: this is revenue".to_string()),
    });
    inputs
}

/// What was spent and who was won by it: of the whole period, or of the days that the tables of costs cover.
fn cost_inputs(report: &Report, f: &dyn Format) -> Vec<(String, String)> {
    let spent = &report.acquisition;
    let whose = if spent.typed { "Spend, typed in by you" } else { "Spend" };
    let amount = spent.spend.map_or_else(|| NOT_DEFINED.to_string(), |spend| f.money_exact(spend));
    let mut inputs = vec![(whose.to_string(), amount)];
    let days = spent.start.zip(spent.end).filter(|_| !spent.typed);
    inputs
        .extend(days.map(|(start, end)| ("Of these days".to_string(), format!("{} to {}", f.day(start), f.day(end)))));
    inputs.push(("New customers".to_string(), f.integer(spent.new_customers)));
    if !spent.typed && spent.channels.len() > 1 {
        let name = |channel: &str| format!("Of it: {}", if channel.is_empty() { "no channel named" } else { channel });
        inputs.extend(spent.channels.iter().map(|one| (name(&one.channel), f.money_exact(one.spend))));
    }
    inputs
}

fn kept_inputs(report: &Report, f: &dyn Format) -> Vec<(String, String)> {
    let yearly = &report.retention.yearly;
    let Some(kept) = yearly.kept else {
        return vec![("Customers at the start".to_string(), "0".to_string())];
    };
    let mut inputs = vec![
        ("At the start".to_string(), f.integer(kept.of)),
        ("Kept".to_string(), f.integer(kept.count)),
        ("Lost".to_string(), f.integer(kept.of.saturating_sub(kept.count))),
    ];
    inputs.extend(interval(&kept, f).into_iter().map(|(name, text)| (format!("{name}, kept"), text)));
    if let (Some(start), Some(end)) = (yearly.start, report.period.end) {
        inputs.push(("Measured".to_string(), format!("{} to {}", f.day(start), f.day(end))));
    }
    inputs
}
