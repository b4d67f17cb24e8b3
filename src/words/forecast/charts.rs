//! The words around the charts of what is still to come.

use super::{about, candidate, discounted, off, range, stretch};
use crate::report::Report;
use crate::report::forecast::{Ahead, Forecast, GroupAhead, Origin, Season, Tracking};
use crate::words::charts::ChartWords;
use crate::words::format::Format;
use crate::words::segments;

/// The next 12 months beside the months that were.
pub fn ahead(told: &Forecast, ahead: &Ahead, report: &Report, f: &dyn Format) -> ChartWords {
    let until = ahead.months.last().map(|month| f.month(&month.month)).unwrap_or_default();
    let title =
        format!("Without new customers, about {} more would come in by {until}", about(ahead.revenue.value.0, f));
    let end = report.period.end.map(|end| f.day(end)).unwrap_or_default();
    let currency = f.currency_name().map_or_else(String::new, |name| format!(", {name}"));
    let poor = match told.verdict.error {
        Some(error) => format!(" The bands are as wide as the method’s own past asks for: {}.", missed(error, told, f)),
        None => String::new(),
    };
    let season = ahead.season.as_ref().map(|season| format!("{} ", put_back(season, f))).unwrap_or_default();
    ChartWords {
        sub: format!("Revenue by month{currency}. After {end}: expected from customers who have already bought"),
        sentence: format!(
            "Columns of revenue by month up to {end}, then a line of what is expected of present customers for 12 months with \
             bands: {} together, {} with 8 chances in 10.",
            about(ahead.revenue.value.0, f),
            range(&ahead.revenue, f)
        ),
        title,
        note: Some(format!("{season}Inner band: 1 chance in 2; outer band: 8 in 10.{poor}")),
    }
}

/// What the method missed, and which half of the bands is the likelier if it does so again.
fn missed(error: f64, told: &Forecast, f: &dyn Format) -> String {
    let Some(revenue) = told.verdict.revenue_error else { return format!("it was {}", off(error, f)) };
    let again = match () {
        () if error.min(revenue) > 0.0 => "; if it is so again, the lower half is the likelier",
        () if error.max(revenue) < 0.0 => "; if it is so again, the upper half is the likelier",
        () => "",
    };
    format!("it was {} in purchases and {} in money{again}", off(error, f), off(revenue, f))
}

/// What was done about the season.
pub fn put_back(season: &Season, f: &dyn Format) -> String {
    let (at, index) = highest(season);
    format!("{} is {} times an average month; we put the season back in month by month.", month(at), f.number(index, 1))
}

/// The highest month, from 0, and its index.
fn highest(season: &Season) -> (usize, f64) {
    let best = |best: (usize, f64), (at, &index): (usize, &f64)| if index > best.1 { (at, index) } else { best };
    season.index.iter().enumerate().fold((0, 0.0), best)
}

fn month(at: usize) -> &'static str {
    const NAMES: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    NAMES[at.min(11)]
}

/// The candidates on the longest stretch of the past.
pub fn tournament(told: &Forecast, origin: &Origin, f: &dyn Format) -> ChartWords {
    let error = |of| origin.score(of).and_then(|score| score.error);
    let chosen = told.chosen.and_then(error);
    let usual = error(crate::report::forecast::Candidate::SameRate);
    let by = |error: f64| f.percent(error.abs(), 0);
    let title = match (chosen, usual) {
        (Some(chosen), Some(usual)) => format!(
            "On your own past, the chosen method missed by {} and the usual formula by {}",
            by(chosen),
            by(usual)
        ),
        (Some(chosen), None) => format!("On your own past, the chosen method missed by {}", by(chosen)),
        _ => "On your own past no method could be measured: nobody bought".to_owned(),
    };
    let rows: Vec<String> = origin
        .scores
        .iter()
        .filter_map(|score| Some(format!("{} {}", candidate(score.candidate).0.to_lowercase(), off(score.error?, f))))
        .collect();
    ChartWords {
        sub: format!(
            "Error of the purchases told for the {} after {}, of {} known by then",
            stretch(origin.days, f),
            f.day(origin.at),
            f.count(origin.customers, "customer")
        ),
        sentence: format!("Dots of how far each method was off: {}.", rows.join(", ")),
        title,
        note: None,
    }
}

/// What the groups of one family will bring.
pub fn groups(told: &Forecast, family: &str, groups: &[&GroupAhead], f: &dyn Format) -> ChartWords {
    let best = groups
        .iter()
        .copied()
        .reduce(|best, group| if group.revenue.value.0 > best.revenue.value.0 { group } else { best });
    let title = match best.and_then(|best| Some((best, best.share?))) {
        Some((best, share)) => {
            format!("{}: {} of next year’s revenue from present customers", group_name(best), f.percent(share, 0))
        }
        None => "Nothing is expected of any group".to_owned(),
    };
    let by = segments::family_name(family);
    ChartWords {
        sub: format!("Expected revenue of the next 12 months by {}; the line shows 8 chances in 10", within(&by)),
        sentence: format!("Dots with intervals of the expected revenue: {}.", listed(groups, f)),
        title,
        note: worth_today(told, f),
    }
}

/// How what a group is worth today is made of what it will bring; nothing where it is the same.
pub fn worth_today(told: &Forecast, f: &dyn Format) -> Option<String> {
    let margin = told.ahead.as_ref().is_some_and(|ahead| ahead.margin.is_some());
    let discount = told.discount > 0.0;
    (margin || discount).then(|| {
        format!(
            "The table has what each group is worth today, too: {}{}{}.",
            if margin { "times your margin, " } else { "" },
            discounted(told.discount, f),
            if discount { " in the same proportion as all together" } else { "" }
        )
    })
}

/// The name of a family within a sentence.
fn within(name: &str) -> String {
    if name.starts_with("RFM") { name.to_owned() } else { name.to_lowercase() }
}

/// The name of a group of a segment's family.
pub fn group_name(group: &GroupAhead) -> String {
    match &*group.name {
        crate::measures::ahead::groups::EARLIER => "No purchase in the period shown".to_owned(),
        "" => "All others".to_owned(),
        name => segments::title(&group.family, name),
    }
}

fn listed(groups: &[&GroupAhead], f: &dyn Format) -> String {
    let one = |group: &&GroupAhead| format!("{} {}", group_name(group), about(group.revenue.value.0, f));
    groups.iter().take(8).map(one).collect::<Vec<_>>().join(", ")
}

/// What each cohort will bring.
pub fn cohorts(told: &Forecast, cohorts: &[GroupAhead], name: &dyn Fn(&str) -> String, f: &dyn Format) -> ChartWords {
    let total: f64 = cohorts.iter().map(|cohort| cohort.revenue.value.0).sum();
    let mut sum = 0.0;
    let half = cohorts.iter().rev().find(|cohort| {
        sum += cohort.revenue.value.0;
        sum >= total / 2.0
    });
    let title = match half.filter(|_| cohorts.len() > 2) {
        Some(cohort) => format!(
            "{} of it comes from those who first bought since {}",
            f.percent(sum / total, 0),
            name(&cohort.name)
        ),
        None => "By when they first bought".to_owned(),
    };
    ChartWords {
        sub: "Expected revenue of the next 12 months by first purchase".to_owned(),
        sentence: format!("Columns of the expected revenue by first purchase. {title}."),
        title,
        note: worth_today(told, f),
    }
}

/// The hidden stretch, week by week or added up.
pub fn tracking(tracking: &Tracking, cumulative: bool, f: &dyn Format) -> ChartWords {
    let actual: u64 = tracking.weeks.iter().map(|week| week.actual).sum();
    let expected: f64 = tracking.weeks.iter().map(|week| week.expected).sum();
    let weeks = tracking.weeks.len() as u64;
    let of = format!("Purchases of those who were customers on {}", f.day(tracking.at));
    let told = f.number(expected, 0);
    if cumulative {
        let title =
            format!("After {}, {told} purchases were predicted and {} came", f.count(weeks, "week"), f.integer(actual));
        return ChartWords {
            sub: format!("{of}, added up week by week"),
            sentence: format!("Lines that rise: what came, what was predicted, and what other methods told. {title}."),
            title,
            note: None,
        };
    }
    let miss =
        tracking.weeks.iter().map(|week| (week.expected - week.actual as f64).abs()).sum::<f64>() / weeks.max(1) as f64;
    let mean = actual as f64 / weeks.max(1) as f64;
    let title = format!("In a week with {} purchases, the method was off by {}", f.number(mean, 0), f.number(miss, 0));
    ChartWords {
        sub: format!("{of}, by week"),
        sentence: format!(
            "Lines by week: what came, what was predicted, and what other methods told. {title}, on average."
        ),
        title,
        note: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::forecast::Verdict;
    use crate::words::format::Plain;

    #[test]
    fn what_was_missed_in_money_is_told_and_where_it_leads() {
        let f = Plain::new(Some("EUR"));
        let of = |revenue_error| {
            let verdict = Verdict { error: Some(-0.05), revenue_error, ..Verdict::default() };
            missed(-0.05, &Forecast { verdict, ..Forecast::default() }, &f)
        };
        assert_eq!(of(None), "it was 5% low");
        let low = "it was 5% low in purchases and 12% low in money; if it is so again, the upper half is the likelier";
        assert_eq!(of(Some(-0.12)), low);
        assert_eq!(of(Some(0.08)), "it was 5% low in purchases and 8% high in money");
    }
}
