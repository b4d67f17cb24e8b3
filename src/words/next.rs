//! What to do next, from what was counted. What it would bring is not said: nothing here predicts it.

use crate::report::Report;
use crate::segments::rfm::GONE_QUIET;

use super::facts::{self, FEW};
use super::format::Format;

/// Where a thing to do leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum To {
    /// To the table of customers, narrowed to a segment: family and name.
    Customers(&'static str, &'static str),
    /// To who stays.
    Retention,
    /// To what they are worth.
    Value,
}

/// A thing to do.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// What.
    pub title: String,
    /// Why.
    pub why: String,
    /// What stands beside it: a phrase, a figure, and a phrase after it.
    pub behind: [String; 3],
    /// Where it is done.
    pub to: To,
}

/// What to do next.
pub fn steps(report: &Report, f: &dyn Format) -> Vec<Step> {
    [quiet(report, f), second(report, f), few(report, f), spend(report)].into_iter().flatten().collect()
}

/// Those who have gone quiet, both groups of them: the list that opens holds who is counted here.
fn quiet(report: &Report, f: &dyn Format) -> Option<Step> {
    let quiet = facts::gone_quiet(report)?;
    let have = if quiet.customers == 1 { "has" } else { "have" };
    let (who, came_back) = match quiet.all_came_back {
        true => (format!("bought more than once and {have} gone quiet"), "They came back at least once, and their"),
        false => (format!("{have} gone quiet"), "Their"),
    };
    let share = quiet.share.map(|share| format!("({} of revenue)", f.percent(share, 0)));
    Some(Step {
        title: format!("Write to {} who {who}", f.count(quiet.customers, "customer")),
        why: format!(
            "{came_back} last purchase is longer ago than that of most. Begin with those who brought most: a personal \
             note costs nothing but time."
        ),
        behind: ["brought so far".to_owned(), f.money(quiet.revenue.to_f64()), share.unwrap_or_default()],
        to: To::Customers("rfm", GONE_QUIET.key),
    })
}

/// Those who bought only once.
fn second(report: &Report, f: &dyn Format) -> Option<Step> {
    let repeat = &report.totals.repeat;
    let rate = repeat.rate.filter(|rate| *rate < 0.75 && repeat.of >= FEW)?;
    let once = repeat.of - repeat.count;
    Some(Step {
        title: "Give new customers a reason for a second purchase".to_owned(),
        why: format!(
            "{} of {} have bought once so far ({}). The cohorts show when the others came back.",
            f.integer(once),
            f.count(repeat.of, "customer"),
            f.percent(1.0 - rate, 0)
        ),
        behind: ["bought at least twice".to_owned(), f.rate(repeat), String::new()],
        to: To::Retention,
    })
}

/// A shop that rests on ten customers.
fn few(report: &Report, f: &dyn Format) -> Option<Step> {
    let share = report.concentration.top_ten_share.filter(|share| *share >= 0.2 && report.totals.customers >= FEW)?;
    Some(Step {
        title: "Look after your ten largest customers".to_owned(),
        why: "Losing one of them would be felt. Know who speaks with them, and when they last bought.".to_owned(),
        behind: ["they bring".to_owned(), f.percent(share, 0), "of revenue".to_owned()],
        to: To::Value,
    })
}

/// Spend is not in the files, so it has to be typed in.
fn spend(report: &Report) -> Option<Step> {
    report.totals.cac.is_none().then(|| Step {
        title: "Type in what you spend to win customers".to_owned(),
        why: "Then you see what a new customer costs, what is left over, and after how many months it is earned back."
            .to_owned(),
        behind: ["not shown:".to_owned(), String::new(), "spend is not known".to_owned()],
        to: To::Value,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::stats::Share;
    use crate::words::fixture;
    use crate::words::format::Plain;
    use crate::words::groups;

    #[test]
    fn who_has_gone_quiet_is_both_groups_everywhere() {
        let (mut report, f) = (fixture::report(), Plain::new(Some("EUR")));
        for segment in &mut report.segments {
            segment.repeat = Share::new(segment.customers, segment.customers);
        }
        let step = steps(&report, &f).remove(0);
        assert_eq!(step.to, To::Customers("rfm", "gone_quiet"));
        assert_eq!(step.title, "Write to 150 customers who bought more than once and have gone quiet");
        assert_eq!(step.behind, ["brought so far", "€22,417", "(8% of revenue)"]);
        assert!(super::super::findings::segments(&report, &f).text().contains("150 others"));
        assert!(groups::choices(&report, &f).iter().any(|choice| {
            (choice.name.as_str(), choice.title.as_str()) == ("gone_quiet", "Gone quiet: At risk and Can’t lose (150)")
        }));
        // One of them has bought once only: it is not said that all came back.
        let group = report.segments.iter_mut().find(|segment| segment.name == "at_risk").unwrap();
        group.repeat = Share::new(group.customers - 1, group.customers);
        assert_eq!(steps(&report, &f)[0].title, "Write to 150 customers who have gone quiet");
        report.totals.customers = 9;
        assert!(steps(&report, &f).iter().all(|step| step.to != To::Customers("rfm", "gone_quiet")));
    }
}
