//! Groups of customers beside the facts: those that can be chosen, and what is said of one by whether its customers are there.
//!
//! RFM ranks customers against each other, so a shop that hardly anyone buys from any more has champions too. Whether they
//! are there is told by the active window, which does not depend on the others.

use crate::report::Report;
use crate::report::schema::Segment;
use crate::segments::ENOUGH;
use crate::segments::rfm::GONE_QUIET;

use super::facts;
use super::format::Format;
use super::segments::{self, Playbook};

/// The RFM groups whose names say that their customers are there.
const THERE: [&str; 7] =
    ["champions", "loyal", "potential_loyalists", "new", "promising", "need_attention", "about_to_sleep"];

/// From this share of active members on a group is what its name says, and nothing is said beside it.
const NEARLY_ALL: f64 = 0.9;

/// What to do for a group whose name says that they are there, where most of them are not.
const GONE: Playbook = Playbook {
    by_hand: "Write to those who brought most; ask what went wrong.",
    automated: "One reason to return, once; then leave them in peace.",
    predicted: "Write first to those in the view “At risk”.",
};

/// What the name of such a group says then.
const RANKED: &str = "Ranked by when and how often they bought, against everybody who ever did.";

/// A group that can be chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// Its family.
    pub family: String,
    /// Its key within the family.
    pub name: String,
    /// Its name, and how many customers are in it.
    pub title: String,
}

/// The groups that customers can be narrowed to, in the report's order: those that have customers, and behind the RFM groups
/// all who have gone quiet as one.
pub fn choices(report: &Report, f: &dyn Format) -> Vec<Choice> {
    let choice = |family: &str, name: &str, customers: u64| Choice {
        family: family.to_owned(),
        name: name.to_owned(),
        title: format!("{} ({})", segments::title(family, name), f.integer(customers)),
    };
    let (mut rfm, others): (Vec<&Segment>, Vec<&Segment>) =
        report.segments.iter().filter(|segment| segment.customers > 0).partition(|segment| segment.family == "rfm");
    rfm.retain(|_| facts::enough_to_group(report));
    let of = |all: &[&Segment]| -> Vec<Choice> {
        all.iter().map(|segment| choice(&segment.family, &segment.name, segment.customers)).collect()
    };
    let quiet = facts::gone_quiet(report).map(|quiet| choice("rfm", GONE_QUIET.key, quiet.customers));
    of(&rfm).into_iter().chain(quiet).chain(of(&others)).collect()
}

/// Customers of a group, and their share of revenue: of one of [`choices`], else of nobody.
pub fn size(report: &Report, family: &str, name: &str) -> (u64, Option<f64>) {
    if (family, name) == ("rfm", GONE_QUIET.key) {
        return facts::gone_quiet(report).map_or((0, None), |quiet| (quiet.customers, quiet.share));
    }
    let segment = report.segments.iter().find(|segment| segment.family == family && segment.name == name);
    segment.map_or((0, None), |segment| (segment.customers, segment.revenue_share))
}

/// Said where customers are too few to be ranked against each other; nothing where there are none.
pub fn too_few(report: &Report, f: &dyn Format) -> Option<String> {
    let customers = report.totals.customers;
    let few = customers > 0 && !facts::enough_to_group(report);
    few.then(|| {
        let from = f.integer(ENOUGH as u64);
        format!("Too few to group: {}; from about {from} on groups tell something.", f.count(customers, "customer"))
    })
}

/// Whether the name of a group says that its customers are there, and most of them are not.
pub fn is_gone(segment: &Segment) -> bool {
    says_there(segment) && segment.active.rate.is_some_and(|rate| rate < 0.5)
}

fn says_there(segment: &Segment) -> bool {
    segment.family == "rfm" && THERE.contains(&&*segment.name)
}

/// What the customers of a group have in common.
pub fn meaning(segment: &Segment) -> String {
    if is_gone(segment) { RANKED.to_owned() } else { segments::meaning(&segment.family, &segment.name) }
}

/// What to do for a group.
pub fn playbook(segment: &Segment) -> Option<Playbook> {
    let own = segments::words(&segment.family, &segment.name).map(|words| words.playbook);
    if is_gone(segment) { Some(GONE) } else { own }
}

/// How many of a group are not there, where its name says that they are.
pub fn presence(segment: &Segment, report: &Report, f: &dyn Format) -> Option<String> {
    let away = segment.active.of.saturating_sub(segment.active.count);
    if !says_there(segment) || segment.active.rate.is_none_or(|rate| rate >= NEARLY_ALL) {
        return None;
    }
    let of_them = match (away, segment.customers) {
        (1, 1) => "The only one of them has".to_owned(),
        (n, all) if n == all => format!("None of these {} has", f.integer(all)),
        (1, all) => format!("1 of these {} has", f.integer(all)),
        (n, all) => format!("{} of these {} have", f.integer(n), f.integer(all)),
    };
    let not = if away == segment.customers && away > 1 { "" } else { "not " };
    let named = match &*segment.name {
        "champions" | "loyal" => "the best of all who ever bought",
        _ => "a rank among all who ever bought",
    };
    let but = if is_gone(segment) { format!(": {named}, not of those who are there") } else { String::new() };
    Some(format!("{of_them} {not}bought {}{but}.", window(report, f)))
}

/// Of all customers, how many have left by the active window; nothing where most are there.
pub fn gone_of_all(report: &Report, f: &dyn Format) -> Option<String> {
    let ranked = report.segments.iter().filter(|segment| segment.family == "rfm");
    let (active, all) =
        ranked.fold((0, 0), |(active, all), segment| (active + segment.active.count, all + segment.active.of));
    let away = all - active;
    (away * 2 > all).then(|| {
        let have = if away == 1 { "has" } else { "have" };
        format!("{} of {} {have} not bought {}.", f.integer(away), f.count(all, "customer"), window(report, f))
    })
}

/// How many of those just told of are not there.
pub fn away(segment: &Segment, report: &Report, f: &dyn Format) -> String {
    let window = window(report, f);
    match segment.active.of.saturating_sub(segment.active.count) {
        n if n == segment.active.of => format!("none of them has bought {window}"),
        1 => format!("1 of them has not bought {window}"),
        n => format!("{} of them have not bought {window}", f.integer(n)),
    }
}

/// What stands beside the RFM groups: what they are made by, and where most customers have left, that they have.
pub fn by_rank(report: &Report, f: &dyn Format) -> String {
    too_few(report, f).unwrap_or_else(|| {
        let by = "RFM groups: by the last purchase, the number of purchases and what they brought.";
        [Some(by.to_owned()), gone_of_all(report, f)].into_iter().flatten().collect::<Vec<_>>().join(" ")
    })
}

/// The stretch without a purchase from which on somebody is not active.
fn window(report: &Report, f: &dyn Format) -> String {
    match report.retention.active_window_days {
        Some(days) => format!("for {}", f.days(f64::from(days))),
        None => "in the last month".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::stats::Share;
    use crate::words::fixture;
    use crate::words::format::Plain;

    fn group<'a>(report: &'a mut Report, name: &str, active: u64) -> &'a Segment {
        report.retention.active_window_days = Some(365);
        let segment = report.segments.iter_mut().find(|segment| segment.name == name).unwrap();
        segment.active = Share::new(active, segment.customers);
        segment
    }

    #[test]
    fn a_group_of_those_who_left_is_not_told_as_if_they_were_there() {
        let (mut report, f) = (fixture::report(), Plain::new(Some("EUR")));
        let told = |report: &mut Report, name: &str, active: u64| {
            let segment = group(report, name, active).clone();
            (presence(&segment, report, &f), playbook(&segment) == Some(GONE), meaning(&segment) == RANKED)
        };
        let (said, gone, ranked) = told(&mut report, "promising", 100);
        assert_eq!(
            said.as_deref(),
            Some(
                "412 of these 512 have not bought for 365 days: a rank among all who ever bought, not of those who are there."
            )
        );
        assert!(gone && ranked);
        let (said, ..) = told(&mut report, "champions", 0);
        let none =
            "None of these 373 has bought for 365 days: the best of all who ever bought, not of those who are there.";
        assert_eq!(said.as_deref(), Some(none));
        // Where most are there the name holds, and how many are not is told; where nearly all are, nothing has to be.
        let (said, gone, ranked) = told(&mut report, "champions", 300);
        assert_eq!(
            (said.as_deref(), gone, ranked),
            (Some("73 of these 373 have not bought for 365 days."), false, false)
        );
        assert_eq!(told(&mut report, "champions", 372), (None, false, false));
        // Names that say that they are away hold anyway.
        assert_eq!(told(&mut report, "lost", 0).0, None);
        report.retention.active_window_days = None;
        let segment = report.segments.iter().find(|segment| segment.name == "new").unwrap();
        assert_eq!(presence(segment, &report, &f).unwrap(), "52 of these 206 have not bought in the last month.");
    }

    #[test]
    fn champions_who_left_are_told_in_the_finding_and_all_who_left_beside_the_table() {
        let (mut report, f) = (fixture::report(), Plain::new(Some("EUR")));
        for segment in &mut report.segments {
            segment.active = Share::new(segment.customers, segment.customers);
        }
        assert_eq!(gone_of_all(&report, &f), None);
        group(&mut report, "champions", 12);
        assert_eq!(
            super::super::findings::segments(&report, &f).text(),
            "373 champions have brought 41% of your revenue, and 361 of them have not bought for 365 days."
        );
        group(&mut report, "champions", 373);
        for segment in report.segments.iter_mut().filter(|segment| segment.name != "champions") {
            segment.active = Share::new(0, segment.customers);
        }
        assert_eq!(
            super::super::findings::segments(&report, &f).lead.as_deref(),
            Some("2,696 of 3,069 customers have not bought for 365 days.")
        );
        group(&mut report, "champions", 12);
        assert!(super::super::rfm::title(&report, &f).starts_with("Those who bought last and most often are"));
        for segment in &mut report.segments {
            segment.active = Share::new(segment.customers / 10, segment.customers);
        }
        assert_eq!(gone_of_all(&report, &f).as_deref(), Some("2,766 of 3,069 customers have not bought for 365 days."));
    }

    #[test]
    fn nobody_is_ranked_among_a_handful() {
        let (mut report, f) = (fixture::report(), Plain::new(Some("EUR")));
        report.totals.customers = 9;
        assert!(choices(&report, &f).iter().all(|choice| choice.family != "rfm"));
        let said = "Too few to group: 9 customers; from about 30 on groups tell something.";
        assert_eq!(too_few(&report, &f).as_deref(), Some(said));
        assert_eq!(super::super::findings::segments(&report, &f).text(), said);
    }
}
