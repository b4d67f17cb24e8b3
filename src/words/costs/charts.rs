//! The words around the charts of costs.

use super::{FEW_NEW, by_channel, least, name, new_customers, paid_back, verdict};
use crate::report::Report;
use crate::report::costs::{ChannelRow, Costs, StretchRow};
use crate::words::charts::{ChartWords, in_currency};
use crate::words::facts::FEW;
use crate::words::format::Format;

/// Worth and cost of a customer by channel.
pub fn channels(costs: &Costs, report: &Report, f: &dyn Format) -> ChartWords {
    let title = match least(costs).and_then(|(row, _)| Some((row, row.worth?, row.costs.as_ref()?.cac?))) {
        Some((row, worth, cac)) => format!(
            "A customer from {} brings {}, and winning one costs {}",
            name(&row.channel),
            f.money(worth.0),
            f.money(cac.0)
        ),
        None => verdict(costs, f),
    };
    let what = if report.settings.margin.is_some() { "margin" } else { "revenue" };
    let each: Vec<String> = shown_channels(costs)
        .into_iter()
        .filter_map(|row| {
            let worth = f.money(row.worth?.0);
            Some(match row.costs.as_ref().and_then(|costs| costs.cac) {
                Some(cac) => format!("{} {worth} against {}", name(&row.channel), f.money(cac.0)),
                None => format!("{} {worth}", name(&row.channel)),
            })
        })
        .collect();
    let borrowed = costs.channels.iter().any(|row| row.worth.is_some() && !row.own_lifespan);
    ChartWords {
        sub: format!(
            "Thick bar: worth of a customer, {what} over the whole time. Thin bar: cost to win one{}",
            in_currency(f)
        ),
        sentence: format!("Bars of what a customer is worth against what winning one costs: {}.", each.join(", ")),
        title,
        note: borrowed.then(|| {
            "Where too few of a channel were customers a year ago, how long they stay is taken from all customers."
                .to_string()
        }),
    }
}

/// The channels of a picture: those with a worth, most spent first.
pub fn shown_channels(costs: &Costs) -> Vec<&ChannelRow> {
    let told = by_channel(costs);
    costs.channels.iter().filter(|row| told && row.worth.is_some() && !row.channel.is_empty()).take(10).collect()
}

/// The channels whose payback is drawn: of those with a cost to win one that some customers carry the five with most.
pub fn paying_back(costs: &Costs) -> Vec<&ChannelRow> {
    let cac = |row: &&ChannelRow| row.costs.as_ref().is_some_and(|costs| costs.cac.is_some());
    let mut rows: Vec<&ChannelRow> = costs
        .channels
        .iter()
        .filter(cac)
        .filter(|row| new_customers(row) >= FEW_NEW && !row.payback.is_empty())
        .collect();
    crate::math::order::sort_by(&mut rows, |a, b| new_customers(b).cmp(&new_customers(a)));
    rows.truncate(5);
    rows
}

/// What a customer has left over by age, channel by channel.
pub fn payback(costs: &Costs, report: &Report, f: &dyn Format) -> ChartWords {
    let rows = paying_back(costs);
    let many = || rows.iter().filter(|row| new_customers(row) >= FEW);
    let last = many().max_by_key(|row| (row.payback_months.unwrap_or(u32::MAX), std::cmp::Reverse(new_customers(row))));
    let first =
        many().min_by_key(|row| (row.payback_months.unwrap_or(u32::MAX), std::cmp::Reverse(new_customers(row))));
    let when = |row: &ChannelRow| paid_back(row.payback_months, row.payback.len());
    let title = match (first, last) {
        (Some(first), Some(last)) if first.payback_months != last.payback_months => format!(
            "A customer from {} pays back {}, one from {} {}",
            name(&first.channel),
            when(first),
            name(&last.channel),
            when(last)
        ),
        (Some(first), _) if many().count() > 1 => format!("Customers of every channel pay back {}", when(first)),
        (Some(first), _) => format!("A customer from {} pays back {}", name(&first.channel), when(first)),
        _ => "Too few new customers by channel to tell when they pay back".to_string(),
    };
    let what = if report.settings.margin.is_some() { "margin" } else { "revenue" };
    ChartWords {
        sub: format!(
            "Mean {what} of a customer so far, less the cost to win one, by months since the first purchase{}",
            in_currency(f)
        ),
        sentence: format!("Lines by channel that begin below or above zero and rise. {title}."),
        title,
        note: None,
    }
}

/// Stretches of which a year is made; as many before it are what it is compared with.
const YEAR: usize = 12;

/// What winning one cost, stretch of time by stretch.
pub fn stretches(costs: &Costs, f: &dyn Format) -> ChartWords {
    let rows: Vec<&StretchRow> = costs.stretches.iter().collect();
    let pooled = |rows: &[&StretchRow]| {
        let spend: f64 = rows.iter().map(|row| row.costs.spend.to_f64()).sum();
        let new: u64 = rows.iter().filter_map(|row| row.costs.new_customers).sum();
        (new > 0).then(|| (spend / new as f64, new))
    };
    let (now, before) = match rows.len() {
        n if n >= 2 * YEAR => (pooled(&rows[n - YEAR..]), pooled(&rows[n - 2 * YEAR..n - YEAR])),
        _ => (pooled(&rows), None),
    };
    let unit = unit(costs);
    let title = match (now, before) {
        (Some((now, n)), Some((then, m))) => {
            // The logarithm of a ratio of Poisson counts has the variance 1/n + 1/m.
            let apart = libm::fabs(libm::log(now / then)) > 1.96 * libm::sqrt(1.0 / n as f64 + 1.0 / m as f64);
            let change = match apart {
                true if now > then => "up from",
                true => "down from",
                false => "no clear change from",
            };
            let (now, before) = (f.money(now), f.money(then));
            format!("Winning one cost {now} in the last {YEAR} {unit}s, {change} {before} in the {YEAR} before")
        }
        (Some((now, new)), None) => format!("Winning one cost {}, over {}", f.money(now), f.count(new, "new customer")),
        _ => "What winning one cost is not defined: nobody bought for the first time".to_string(),
    };
    let whole = if months_only(costs) {
        "What was spent in a month ÷ the customers won in it".to_string()
    } else {
        "What was spent ÷ the customers won in the same days. A cost that lies across the end of a month is not cut: its \
         stretch goes on to its end"
            .to_string()
    };
    ChartWords {
        sub: format!("{whole}. Shaded: 95% interval{}", in_currency(f)),
        sentence: format!("A line of the cost to win one customer by {unit}. {title}."),
        title,
        note: None,
    }
}

/// Title and sub-title of the table of cohorts: how many of them have paid back, and when the one in the middle did.
pub fn cohorts(costs: &Costs, report: &Report, f: &dyn Format) -> (String, String) {
    let told: Vec<&StretchRow> =
        costs.stretches.iter().filter(|row| row.costs.cac.is_some() && !row.cumulative.is_empty()).collect();
    let mut paid: Vec<u32> = told.iter().filter_map(|row| row.payback_months).collect();
    crate::math::order::sort_by(&mut paid, Ord::cmp);
    let unit = unit(costs);
    let title = match (paid.get(paid.len() / 2), told.len()) {
        (_, 0) => "Nobody has been a customer for a month yet".to_string(),
        (None, _) => format!("The customers of no {unit} have paid back yet"),
        (Some(&middle), all) => format!(
            "The customers of {} of {} have paid back what winning them cost, half of these {}",
            f.integer(paid.len() as u64),
            f.count(all as u64, unit),
            if middle == 0 { paid_back(Some(0), 0) } else { format!("by the {} month", super::ordinal(middle + 1)) }
        ),
    };
    let what = if report.settings.margin.is_some() { "margin" } else { "revenue, before the cost of goods" };
    (title, format!("Mean {what}, so far, in % of what winning one of them cost, by months since the first purchase"))
}

/// What a stretch is called.
fn unit(costs: &Costs) -> &'static str {
    if months_only(costs) { "month" } else { "period" }
}

/// Whether every stretch is a calendar month, or a part of one at an end.
pub fn months_only(costs: &Costs) -> bool {
    use crate::math::Unit::Month;
    costs.stretches.iter().all(|row| Month.of(row.costs.start) == Month.of(row.costs.end))
}
