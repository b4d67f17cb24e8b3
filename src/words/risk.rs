//! Who is at risk, in words.

use super::findings::Finding;
use super::forecast::{about, missing};
use super::format::Format;
use crate::report::Report;
use crate::report::risk::{AtRisk, BY_HAND, Risk, State};

/// How many are overdue, and what would be won if they came back.
pub fn finding(risk: &Risk, report: &Report, f: &dyn Format) -> Finding {
    let Some(recoverable) = risk.recoverable else {
        let nothing = missing(&risk.verdict, f).unwrap_or_default();
        // The sentence about the forecast, said of this list.
        let before = nothing.before.replace("No forecast is shown", "Nobody is listed");
        return Finding { before, ..nothing };
    };
    if risk.at_risk == 0 {
        return Finding {
            before: match risk.lost {
                0 => {
                    "No customer is overdue: everyone who is still there may well be between two purchases.".to_owned()
                }
                lost => format!("Nobody is overdue but {}, counted as lost.", f.count(lost, "customer")),
            },
            ..Finding::default()
        };
    }
    let (who, verb) = match risk.at_risk {
        1 => ("1 customer".to_owned(), "is"),
        n => (f.count(n, "customer"), "are"),
    };
    let kind = if risk.margin.is_some() { "margin" } else { "revenue" };
    Finding {
        before: format!("{who} {verb} overdue and not yet lost; winning them back is worth up to "),
        strong: about(recoverable.0, f),
        after: format!(" of {kind} in the next 12 months."),
        lead: Some(format!(
            "{}By the forecast{}, those with the most to win back first; the RFM group “At risk” is another list. {} more {} \
             below {} and {} as lost.",
            guess(risk, f).unwrap_or_default(),
            // The models know all that came before the period shown.
            match report.settings.from {
                Some(_) => format!(
                    ", of all {} up to the last day, not of the period alone",
                    f.count(risk.customers, "customer")
                ),
                None => String::new(),
            },
            f.integer(risk.lost),
            if risk.lost == 1 { "is" } else { "are" },
            chance(risk.lost_below, f),
            if risk.lost == 1 { "counts" } else { "count" },
        )),
    }
}

/// What has to be known first where, on the shop's own past, the chance to be there told nothing: no more than guessing may.
fn guess(risk: &Risk, f: &dyn Format) -> Option<String> {
    let area = risk.alive_auc.filter(|area| area.beyond(0.5) != Some(true))?;
    let percent = |share: f64| f.percent(share.clamp(0.0, 1.0), 0);
    let found = match area.beyond(0.5) {
        Some(_) => "told who comes back worse than guessing would",
        None => "could not be shown to tell who comes back better than guessing",
    };
    Some(format!(
        "Take this list with care: on your own past the chance to be there {found}. Of two \
         customers, one of whom came back, it named the right one in {} of cases ({} to {}; guessing: {}). ",
        percent(area.value),
        percent(area.low),
        percent(area.high),
        f.percent(0.5, 0)
    ))
}

/// A probability of being there: `1 chance in 10`, else percent.
pub fn chance(probability: f64, f: &dyn Format) -> String {
    let one_in = 1.0 / probability.max(f64::MIN_POSITIVE);
    if (one_in - libm::round(one_in)).abs() < 1e-6 {
        return format!("1 chance in {}", f.number(one_in, 0));
    }
    f.percent(probability, 0)
}

/// A customer's row: id aside, what [`heads`] names.
pub fn cells(row: &AtRisk, f: &dyn Format) -> [String; 7] {
    [
        f.money(row.recoverable.0),
        f.percent(row.alive, 0),
        f.day(row.due),
        f.days(f64::from(row.overdue_days)),
        f.day(row.last),
        f.integer(u64::from(row.purchase_days)),
        match row.state {
            State::AtRisk => "at risk".to_owned(),
            State::Lost => "lost".to_owned(),
        },
    ]
}

/// Heads of the list; what became of a customer where those who are lost are in it, too.
pub fn heads(risk: &Risk) -> &'static [&'static str] {
    const ALL: [&str; 8] = [
        "Customer",
        "To win back",
        "Chance to be there",
        "Would have bought by",
        "Overdue",
        "Last bought",
        "Purchases",
        "State",
    ];
    &ALL[..7 + usize::from(risk.with_lost)]
}

/// What the columns mean.
pub const EXPLAINED: &str = "A customer who is still there would have bought by that day with 8 chances in 10. To win back: what \
    the next 12 months would bring more if they were as surely there as right after their last purchase.";

/// How many of them the list shows.
pub fn how_many(risk: &Risk, f: &dyn Format) -> String {
    let shown = risk.list.len() as u64;
    let all = risk.at_risk + if risk.with_lost { risk.lost } else { 0 };
    if shown == all {
        return f.count(shown, "customer");
    }
    format!("The first {} of {}; the file has all of them.", f.integer(shown), f.integer(all))
}

/// What to do with them: what, why, and what it would bring at most.
pub fn to_do(risk: &Risk, f: &dyn Format) -> Vec<(String, String, String)> {
    let (first, by_hand) = (risk.at_risk.min(BY_HAND as u64), risk.by_hand.0);
    let all = risk.recoverable.map_or(0.0, |amount| amount.0);
    let gain = |amount: f64| format!("up to {}", about(amount, f));
    let mut list = vec![(
        match first {
            1 => "Write to the first by hand.".to_owned(),
            n => format!("Write to the first {} by hand.", f.integer(n)),
        },
        "Ask what was missing; offer nothing yet. A person answers a person.".to_owned(),
        gain(by_hand),
    )];
    if risk.at_risk > first {
        list.push((
            "Send the others a reminder now.".to_owned(),
            "Those first whose day has passed lately: a month later the chance to find them is smaller.".to_owned(),
            gain(all - by_hand),
        ));
    }
    list.push((
        "Leave a part of them alone, and compare.".to_owned(),
        "Some come back by themselves. Only what the others bring more was won by writing: test it under “Tests”."
            .to_owned(),
        String::new(),
    ));
    list
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::Day;
    use crate::math::money::Derived;
    use crate::math::regression::quality::Area;
    use crate::report::forecast::{Trust, Verdict};
    use crate::words::format::Plain;

    fn risk(recoverable: &[f64], trust: Trust) -> Risk {
        let row = |&amount: &f64| AtRisk {
            customer: "c".into(),
            number: 0,
            state: State::AtRisk,
            alive: 0.31,
            recoverable: Derived(amount),
            value: Derived(40.0),
            purchase_days: 4,
            last: Day(20_000),
            due: Day(20_090),
            overdue_days: 61,
        };
        Risk {
            verdict: Verdict { trust, customers: 900, repeat_buyers: 8, ..Verdict::default() },
            lost_below: 0.1,
            customers: 900,
            at_risk: recoverable.len() as u64,
            lost: 12,
            recoverable: trust.may_be_told().then(|| Derived(recoverable.iter().sum())),
            by_hand: Derived(recoverable.iter().take(BY_HAND).sum()),
            list: recoverable.iter().map(row).collect(),
            ..Risk::default()
        }
    }

    #[test]
    fn the_finding_counts_them_and_says_what_they_would_bring() {
        let f = Plain::new(Some("EUR"));
        let mut report = Report::default();
        let told = finding(&risk(&[283.4, 120.0], Trust::Plan), &report, &f);
        assert_eq!(
            told.text(),
            "2 customers are overdue and not yet lost; winning them back is worth up to €403 of revenue in the next 12 months."
        );
        assert_eq!(
            told.lead.as_deref(),
            Some(
                "By the forecast, those with the most to win back first; the RFM group “At risk” is another list. 12 more are \
                 below 1 chance in 10 and count as lost."
            )
        );
        assert_eq!(
            finding(&risk(&[], Trust::Plan), &report, &f).text(),
            "Nobody is overdue but 12 customers, counted as lost."
        );
        let none = Risk { lost: 0, ..risk(&[], Trust::Plan) };
        assert!(finding(&none, &report, &f).text().starts_with("No customer is overdue"));
        let few = finding(&risk(&[], Trust::TooFew), &report, &f).text();
        assert_eq!(few, "Too little to tell: 8 people have bought twice; from about 10 it will.");
        let poor = finding(&Risk { recoverable: None, ..risk(&[], Trust::Poor) }, &report, &f).text();
        assert!(poor.starts_with("Nobody is listed: on your own past"), "{poor}");
        // Where the chance to be there told nothing on the past, that is said first; where it did, nothing more is.
        let past = |value: f64| {
            let alive_auc = Some(Area { value, low: value - 0.04, high: value + 0.04 });
            finding(&Risk { alive_auc, ..risk(&[283.4], Trust::Plan) }, &report, &f).lead.unwrap()
        };
        let (guess, better) = (past(0.53), past(0.55));
        assert!(
            guess.starts_with("Take this list with care: on your own past")
                && guess.contains("in 53% of cases (49% to 57%;")
        );
        assert!(better.starts_with("By the forecast, those"), "{better}");
        // A period that is chosen leaves nobody out of the list, so the head says of whom it is.
        report.settings.from = Some(Day(20_000));
        let lead = finding(&risk(&[283.4], Trust::Plan), &report, &f).lead.unwrap();
        assert!(
            lead.starts_with("By the forecast, of all 900 customers up to the last day, not of the period alone,"),
            "{lead}"
        );
    }

    #[test]
    fn those_who_are_lost_are_told_apart_where_they_are_listed() {
        let f = Plain::new(Some("EUR"));
        let plain = risk(&[283.4, 120.0], Trust::Plan);
        let with_lost = Risk { with_lost: true, ..plain.clone() };
        assert_eq!((heads(&plain).last(), heads(&with_lost).last()), (Some(&"Purchases"), Some(&"State")));
        let said = |state| cells(&AtRisk { state, ..plain.list[0].clone() }, &f)[heads(&with_lost).len() - 2].clone();
        assert_eq!([State::AtRisk, State::Lost].map(said), ["at risk", "lost"]);
        assert_eq!(how_many(&plain, &f), "2 customers");
        assert_eq!(how_many(&with_lost, &f), "The first 2 of 14; the file has all of them.");
    }

    #[test]
    fn what_to_do_adds_up_to_all() {
        let f = Plain::new(Some("EUR"));
        let steps = to_do(&risk(&[100.0; 12], Trust::Plan), &f);
        let gains: Vec<&str> = steps.iter().map(|step| step.2.as_str()).collect();
        assert_eq!(gains, ["up to €1,000", "up to €200", ""]);
        assert_eq!(to_do(&risk(&[100.0], Trust::Plan), &f).len(), 2);
        assert_eq!((chance(0.1, &f), chance(0.3, &f)), ("1 chance in 10".to_owned(), "30%".to_owned()));
    }
}
