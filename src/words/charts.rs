//! The words around each chart: the finding as its title, what is drawn, and the sentence for those who can't see it.

use crate::ingest::profile::shown;
use crate::math::Unit;
use crate::math::stats::Share;
use crate::report::Report;
use crate::report::customers::CustomerDetail;
use crate::report::schema::{PaybackPoint, Segment};
use crate::text;

use super::facts::{self, FEW};
use super::format::{Format, NOT_DEFINED, points};
use super::segments;

/// The words around a chart.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ChartWords {
    /// The finding, with its number.
    pub title: String,
    /// What is drawn, of whom, in which unit.
    pub sub: String,
    /// One sentence that says what the picture shows.
    pub sentence: String,
    /// A remark below.
    pub note: Option<String>,
}

pub(super) fn in_currency(f: &dyn Format) -> String {
    f.currency_name().map_or_else(String::new, |name| format!(", {name}"))
}

fn joined(parts: &[String]) -> String {
    parts.iter().filter(|part| !part.is_empty()).map(String::as_str).collect::<Vec<_>>().join(" ")
}

/// Revenue over time from new and from returning customers. `unit` is what one column stands for.
pub fn revenue(report: &Report, unit: Unit, f: &dyn Format) -> ChartWords {
    let title = match facts::returning(report).map(|told| (told.first_year, told.share)) {
        // Where refunds outweigh one side's purchases, its part of the whole is no share.
        Some((_, share)) if !(0.0..=1.0).contains(&share) => {
            "Refunds outweigh purchases on one side: revenue can’t be shared out".to_string()
        }
        Some((Some(first), last)) => {
            let (now, then) = (f.percent(last, 0), f.percent(first, 0));
            match last - first {
                change if change.abs() < 0.015 => {
                    format!("Returning customers bring {now} of revenue, about as in the first year")
                }
                change if change > 0.0 => {
                    format!("Returning customers now bring {now} of revenue, up from {then} in the first year")
                }
                _ => format!("Returning customers now bring {now} of revenue, down from {then} in the first year"),
            }
        }
        Some((None, 0.0)) => "All revenue so far comes from first purchases".to_string(),
        Some((None, share)) => format!("Returning customers bring {} of revenue", f.percent(share, 0)),
        None => "There is no revenue to divide in this period".to_string(),
    };
    let span = match (report.months.first(), report.months.last()) {
        (Some(first), Some(last)) => format!(" from {} to {}", f.month(&first.month), f.month(&last.month)),
        _ => String::new(),
    };
    let highest = facts::highest_month(report).map_or_else(String::new, |month| {
        format!("The highest month is {} with {}.", f.month(&month.month), f.money(month.revenue.to_f64()))
    });
    let name = unit.name();
    let note = match facts::partial_ends(report, unit) {
        (true, true) => Some(format!("The first and the last {name} are not whole; their columns are paler.")),
        (true, false) => Some(format!("The first {name} is not whole; its column is paler.")),
        (false, true) => Some(format!("The data ends within the last {name}; its column is paler.")),
        (false, false) => None,
    };
    ChartWords {
        sub: format!("Revenue by {name}, after refunds{}", in_currency(f)),
        sentence: joined(&[format!("Stacked columns of revenue by {name}{span}."), format!("{title}."), highest]),
        title,
        note,
    }
}

/// How much of revenue the largest customers bring.
pub fn concentration(report: &Report, f: &dyn Format) -> ChartWords {
    let spread = &report.concentration;
    let share_of = |p: f64| spread.top.iter().find(|top| (top.p - p).abs() < 1e-9).and_then(|top| top.share);
    let customers = report.totals.customers;
    let title = match (share_of(0.1), share_of(0.2)) {
        (Some(share), _) if customers >= 20 => format!("One customer in ten brings {} of revenue", f.percent(share, 0)),
        (_, Some(share)) if customers >= 5 => format!("One customer in five brings {} of revenue", f.percent(share, 0)),
        (None, None) => "There is no revenue to share out in this period".to_string(),
        _ => format!("Too few customers to compare: {}", f.integer(customers)),
    };
    let bars: Vec<String> = facts::tops(report)
        .filter_map(|top| Some(format!("the top {} bring {}", f.percent(top.p, 0), f.percent(top.share?, 0))))
        .collect();
    let note = spread.top_ten_share.filter(|_| customers > 10).map(|share| {
        let verdict = match share {
            s if s < 0.1 => "That is a low risk.",
            s if s < 0.25 => "Know them by name.",
            _ => "Much depends on them.",
        };
        let places = u8::from(share < 0.1);
        format!("If the ten largest customers left, you would lose {} of revenue. {verdict}", f.percent(share, places))
    });
    ChartWords {
        sub: format!("Share of all revenue, {} by what they brought", f.count(customers, "customer")),
        sentence: match bars.is_empty() {
            true => format!("{title}."),
            false => format!("Bars of the share of revenue: {}.", bars.join(", ")),
        },
        title,
        note,
    }
}

/// The curve of Lorenz.
pub fn lorenz(report: &Report, f: &dyn Format) -> ChartWords {
    let spread = &report.concentration;
    let lower_half = spread.lorenz.get(5).filter(|_| spread.lorenz.len() == 11);
    let title = match (lower_half, spread.gini) {
        (Some(&share), Some(_)) => {
            format!("The smaller half of your customers brings {} of revenue", f.percent(share, 0))
        }
        _ => "How evenly revenue is spread is not defined: there is none".to_string(),
    };
    let gini = spread.gini.map_or_else(String::new, |gini| {
        format!(" Gini coefficient {}: 0 is all alike, 1 is one customer alone.", f.number(gini, 2))
    });
    ChartWords {
        sub: "Share of revenue that the smallest customers bring together, from none of them to all".to_string(),
        sentence: format!("A curve below the diagonal. {title}.{gini}"),
        title,
        note: (!gini.is_empty()).then(|| gini.trim().to_string()),
    }
}

/// How many come back, by age.
pub fn retention_curves(report: &Report, f: &dyn Format) -> ChartWords {
    let unit = report.retention.unit;
    let name = unit.name();
    let after = |age: usize| facts::after(unit, age, f);
    let Some(halves) = facts::halves(report) else {
        let row = report.retention.all.iter().rfind(|row| row.age > 0 && row.active.of >= FEW && row.age <= 12);
        let title = match row {
            Some(row) => {
                format!("{}, {} of customers still buy", text::capital(&after(row.age as usize)), f.rate(&row.active))
            }
            None => "Too little to tell how many come back".to_string(),
        };
        return ChartWords {
            sub: format!(
                "Share of customers who bought in the {name}, by {name}s since the first purchase. Shaded: 95% interval"
            ),
            sentence: format!(
                "A line of the share of customers who buy, by {name}s since their first purchase. {title}."
            ),
            title,
            note: None,
        };
    };
    let age = halves.compared_at(unit);
    let (older, newer) = (halves.older.ages[age - 1], halves.newer.ages[age - 1]);
    let (o, n) = (f.rate(&older), f.rate(&newer));
    let when = after(age);
    let title = if older.within_chance_of(&newer) {
        match o == n {
            true => format!("Newer customers stay as the older ones did: {when} {n} still buy"),
            false => format!("Newer and older customers stay alike: {when} {n} and {o} still buy, within chance"),
        }
    } else if newer.rate < older.rate {
        format!("Newer customers fade sooner: {when} {n} still buy, against {o} of older ones")
    } else {
        format!("Newer customers stay longer: {when} {n} still buy, against {o} of older ones")
    };
    let since = f.period(&halves.newer.first, unit);
    ChartWords {
        sub: format!(
            "Share who bought in the {name}, by {name}s since the first purchase. Newer: first bought from {since} on"
        ),
        sentence: format!(
            "Two lines of the share of customers who buy, by {name}s since their first purchase. {title}."
        ),
        title,
        note: None,
    }
}

/// Retention month by month.
pub fn monthly_retention(report: &Report, f: &dyn Format) -> ChartWords {
    let whom = match report.retention.active_window_days {
        Some(days) => format!("Active: bought within the last {}", f.days(f64::from(days))),
        None => "Active: bought in the month itself".to_string(),
    };
    let (now, before) = facts::monthly_pooled(report);
    let over = match report.retention.monthly.iter().filter(|month| facts::is_judged(report, month)).count().min(12) {
        0 | 1 => String::new(),
        months => format!(", over {months} months together"),
    };
    let title = match (now, before) {
        (Some(now), Some(before)) => {
            let rate = f.rate(&now);
            let change = now.rate.unwrap_or_default() - before.rate.unwrap_or_default();
            if now.within_chance_of(&before) {
                format!(
                    "{rate} of active customers stay from one month to the next{over}; the change in a year is within chance"
                )
            } else {
                let way = if change > 0.0 { "up" } else { "down" };
                format!(
                    "{rate} of active customers stay from one month to the next{over}, {way} {} in a year",
                    points(change, f)
                )
            }
        }
        (Some(now), None) if now.of >= FEW => {
            format!("{} of active customers stay from one month to the next{over}", f.rate(&now))
        }
        _ => "Too little to tell how many stay from month to month".to_string(),
    };
    ChartWords {
        sub: format!(
            "Of those active at the start of the month, share still active at its end. {whom}. Shaded: 95% interval"
        ),
        sentence: format!("A line of the monthly retention rate with its 95% interval. {title}."),
        title,
        note: report.retention.active_window_days.map(|days| {
            let days = f.days(f64::from(days));
            format!(
                "Drawn from {days} after the first day of your data: before that, no one can have been away so long."
            )
        }),
    }
}

/// Customers by what they have brought.
pub fn value_distribution(report: &Report, f: &dyn Format) -> ChartWords {
    let value = &report.value;
    let title = match (value.historical_median, value.historical_mean) {
        (Some(median), Some(mean)) if mean.0 > median.0 * 1.15 => {
            format!(
                "Half of your customers have brought less than {}; a few large ones lift the mean to {}",
                f.money(median.0),
                f.money(mean.0)
            )
        }
        (Some(median), Some(mean)) => {
            format!(
                "Half of your customers have brought less than {}; the mean is {}",
                f.money(median.0),
                f.money(mean.0)
            )
        }
        _ => "What customers have brought is not defined: there are none".to_string(),
    };
    ChartWords {
        sub: format!("Customers by revenue so far{}", in_currency(f)),
        sentence: format!("Columns of the number of customers by revenue so far. {title}."),
        title,
        note: None,
    }
}

/// What a customer has brought by age, against what winning one cost.
pub fn payback(report: &Report, f: &dyn Format) -> ChartWords {
    let what = if report.settings.margin.is_some() { "margin" } else { "revenue" };
    let points = &report.value.payback;
    let at = |month: u32| points.iter().find(|point| point.month == month);
    let said = |point: &PaybackPoint| f.money(point.cumulative.0);
    let title = match (report.totals.cac, report.totals.payback_months, points.last()) {
        (_, _, None) => "Too little to tell how customers pay back".to_string(),
        (Some(cac), Some(0), _) => {
            format!("The first purchases alone pay back the {} that winning a customer costs", f.money(cac.0))
        }
        (Some(cac), Some(months), _) => format!(
            "A customer has paid back the {} that winning one costs after {}",
            f.money(cac.0),
            f.count(u64::from(months), "month")
        ),
        (Some(cac), None, Some(last)) => format!(
            "A customer has not paid back the {} that winning one costs within {}",
            f.money(cac.0),
            f.count(u64::from(last.month), "month")
        ),
        (None, _, Some(last)) => match (at(0), at(12).or(Some(last)).filter(|point| point.month > 0)) {
            (Some(first), Some(later)) => format!(
                "A customer brings {} in the first month, and {} within {}",
                said(first),
                said(later),
                if later.month == 12 { "a year".to_string() } else { f.count(u64::from(later.month), "month") }
            ),
            _ => format!("A customer brings {} in the first month", said(last)),
        },
    };
    ChartWords {
        sub: format!("Mean {what} of a customer so far, by whole months since the first purchase{}", in_currency(f)),
        sentence: format!("A rising line of the cumulative {what} per customer. {title}."),
        title,
        note: None,
    }
}

/// The segments of a family by share of revenue.
pub fn segment_shares(report: &Report, family: &str, f: &dyn Format) -> ChartWords {
    let largest = report
        .segments
        .iter()
        .filter(|segment| segment.family == family)
        .filter_map(|segment| Some((segment, segment.revenue_share?)))
        .reduce(|best, next| if next.1 > best.1 { next } else { best });
    let title = match largest {
        Some((segment, share)) => {
            let of_all = segment.customer_share.map_or_else(|| NOT_DEFINED.to_string(), |share| f.percent(share, 0));
            format!(
                "{}: {of_all} of customers, {} of revenue",
                segments::title(&segment.family, &segment.name),
                f.percent(share, 0)
            )
        }
        None => "There is no revenue to share out in this period".to_string(),
    };
    ChartWords {
        sub: format!("{}. Thick bar: share of revenue; thin bar: share of customers", segments::family_name(family)),
        sentence: format!("Bars of each segment's share of revenue and of customers. The largest is {title}."),
        title,
        note: few_note(report.segments.iter().filter(|segment| segment.family == family), f),
    }
}

fn few_note<'a>(all: impl Iterator<Item = &'a Segment>, f: &dyn Format) -> Option<String> {
    let few = all.filter(|segment| (1..FEW).contains(&segment.customers)).count() as u64;
    (few > 0).then(|| format!("{} with fewer than 30 customers: uncertain.", text::capital(&f.count(few, "segment"))))
}

/// The purchases of one customer.
pub fn customer(detail: &CustomerDetail, end: Option<crate::math::Day>, f: &dyn Format) -> ChartWords {
    let row = &detail.row;
    let purchases = u64::from(row.purchases);
    let until = end.unwrap_or(row.last);
    let refunds = detail.events.iter().filter(|event| event.amount < crate::math::Money::ZERO).count() as u64;
    let title = match row.usual_gap {
        Some(gap) => {
            format!("{} since {}, usually {} apart", f.count(purchases, "purchase"), f.day(row.first), f.days(gap))
        }
        None => format!("{} on {}", f.count(purchases, "purchase"), f.day(row.first)),
    };
    let below = if refunds > 0 { format!("; below the line: {}", f.count(refunds, "refund")) } else { String::new() };
    ChartWords {
        sub: format!(
            "Customer {}, {} to {}{}{below}",
            shown(&row.customer),
            f.day(row.first),
            f.day(until),
            in_currency(f)
        ),
        sentence: format!(
            "{title}; the last on {}, {} before the end of the data.",
            f.day(row.last),
            f.days(f64::from(row.days_since))
        ),
        title,
        note: None,
    }
}

/// What a rate and its interval say in a tooltip.
pub fn rate_lines(share: &Share, f: &dyn Format) -> Vec<String> {
    let mut lines = vec![format!("{}: {} of {}", f.rate(share), f.integer(share.count), f.integer(share.of))];
    lines.extend(f.interval(share).map(|interval| format!("95%: {interval}")));
    lines
}
