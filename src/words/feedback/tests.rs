//! The words of what customers say, of a worked example.

use super::charts::{by_group, distribution, over_time};
use super::themes::{none, rows, steps};
use super::*;
use crate::math::money::Derived;
use crate::math::stats::Share;
use crate::math::{Money, Unit};
use crate::report::feedback::{Comment, Comments, GroupScore, HeardOf, PeriodScore, Question, Stance, Theme};
use crate::report::forecast::MoneyBand;
use crate::words::fixture::report;
use crate::words::format::Plain;

fn estimate(score: f64, half: f64, answers: u64) -> Estimate {
    Estimate { score: Some(score), low: Some(score - half), high: Some(score + half), answers }
}

/// 100 answers: 52 would recommend, 18 would not.
fn question() -> Question {
    let period =
        |period: &str, score: f64| PeriodScore { period: period.to_owned(), estimate: estimate(score, 8.0, 40) };
    let group = |name: &str, score: f64| GroupScore {
        family: "survey:touchpoint".to_owned(),
        name: name.to_owned(),
        estimate: estimate(score, 9.0, 40),
        others: estimate(34.0, 6.0, 60),
    };
    let all = estimate(34.0, 6.0, 100);
    Question {
        score: all.score,
        low: all.low,
        high: all.high,
        answers: 100,
        rejected: 2,
        mean: Some(7.9),
        distribution: vec![1, 1, 2, 3, 4, 3, 4, 12, 18, 22, 30],
        stances: [18, 30, 52],
        unit: Unit::Quarter,
        periods: vec![period("2026-Q1", 20.0), period("2026-Q2", 48.0)],
        steady: Some(0.4),
        groups: vec![group("support", 2.0), group("", 38.0)],
        ..Question::default()
    }
}

fn said() -> Feedback {
    let stance = |customers: u64, units: i64, back: u64| Stance {
        customers,
        revenue: Money::units(units),
        again: Share::new(back, customers),
    };
    let theme = Theme {
        name: "late delivery".to_owned(),
        terms: vec!["late delivery".to_owned(), "late".to_owned()],
        hurts: true,
        comments: 14,
        telling: 12,
        mean: Some(3.26),
        sentiment: Some(-0.314),
        customers: 12,
        revenue: Money::units(640),
        examples: vec![Comment {
            text: "Late again".to_owned(),
            day: "2026-09-04".parse().ok(),
            answer: Some(3),
            scale: Some(Scale::Nps),
            customer: Some(7),
        }],
        ..Theme::default()
    };
    Feedback {
        nps: Some(question()),
        lead: Some(Scale::Nps),
        heard: Share::new(70, 1_000),
        stances: vec![stance(60, 2_000, 12), stance(50, 2_000, 20), stance(90, 6_000, 54)],
        weighted: Some(estimate(41.0, 12.0, 200)),
        at_risk: Some(Money::units(2_000)),
        year_revenue: Some(Money::units(20_000)),
        window_days: Some(90),
        comments: Comments {
            told: 60,
            english: 50,
            sentiment: Some(0.31),
            good: Share::new(30, 50),
            bad: Share::new(9, 50),
        },
        themes: vec![theme],
        ..Feedback::default()
    }
}

fn plain() -> Plain {
    Plain::new(Some("EUR"))
}

#[test]
fn the_finding_has_its_number_and_says_how_sure() {
    let finding = finding(&said(), &report(), &plain());
    assert_eq!(
        finding.text(),
        "Your customers give you a recommendation score of +34 (+28 to +40): 52% would recommend you, 18% would not."
    );
    assert_eq!(
        finding.lead.as_deref(),
        Some(
            "The 60 customers whose latest answer was unhappy brought €2,000 in the 12 months up to 30 Sep 2026. What hurts most is \
             “late delivery”: 12 unhappy comments, from customers who brought €640.00."
        )
    );
    let scales: Vec<_> =
        figures::figures(&said(), &report(), &plain()).into_iter().take(1).map(|one| one.line).collect();
    assert_eq!(scales, ["100 answers, on a scale from −100 to +100"]);
    let nothing = super::finding(&Feedback::default(), &report(), &plain());
    assert_eq!(nothing.text(), "There are no answers in this selection.");
}

#[test]
fn a_handful_of_answers_carries_no_finding() {
    let few = Question { score: Some(-100.0), answers: 3, stances: [3, 0, 0], ..Question::default() };
    let few = Feedback { nps: Some(few), lead: Some(Scale::Nps), ..Feedback::default() };
    let finding = finding(&few, &report(), &plain());
    assert_eq!(finding.text(), "Too little to tell: 3 answers so far, which come to −100.");
    assert_eq!(
        none(&few),
        "The file has no comments. A column with what was said in words would tell what the scores are about."
    );
}

#[test]
fn every_scale_has_its_own_sentence() {
    let on = |scale: Scale, score: f64, stances: [u64; 3]| {
        let question = Question { score: Some(score), answers: 100, stances, ..Question::default() };
        let mut said = Feedback { lead: Some(scale), ..Feedback::default() };
        match scale {
            Scale::Csat => said.csat = Some(question),
            _ => said.ces = Some(question),
        }
        finding(&said, &report(), &plain()).text()
    };
    assert_eq!(
        on(Scale::Csat, 0.63, [10, 27, 63]),
        "63% of the answers say that the customer is content; 10% say the opposite."
    );
    assert_eq!(
        on(Scale::Ces, 3.46, [20, 30, 50]),
        "On the scale of effort your customers answer 3.5 on average; for 50% it was easy, for 20% it was not."
    );
}

#[test]
fn who_answers_is_told_by_segment() {
    let of = |name: &str, count: u64, of: u64| HeardOf {
        family: "dimension:channel".to_owned(),
        name: name.to_owned(),
        heard: Share::new(count, of),
    };
    let all = [of("mail", 60, 300), of("web", 10, 600), of("stall", 0, 100)];
    let said = Feedback { heard: Share::new(70, 1_000), ..said() };
    let words = charts::heard(&said, &all.iter().collect::<Vec<_>>(), &plain());
    assert_eq!(words.title, "Answers come from 20% of mail, and 0% of stall");
    let words = charts::heard(&said, &[&of("mail", 21, 300), &of("web", 49, 700)], &plain());
    assert_eq!(words.title, "No segment answers clearly more or less often than the others");
}

#[test]
fn figures_explain_themselves_with_their_numbers() {
    let figures = figures::figures(&said(), &report(), &plain());
    let keys: Vec<&str> = figures.iter().map(|figure| figure.key).collect();
    assert_eq!(keys, ["nps", "weighted", "at-risk", "again", "heard", "sounds"]);
    let of = |key: &str| figures.iter().find(|figure| figure.key == key).unwrap();
    assert_eq!((of("nps").value.as_str(), of("nps").beside.as_str()), ("+34", "+28 to +40"));
    assert_eq!(of("nps").numbers, "52.0% − 18.0% = +34");
    assert!(of("nps").inputs.contains(&("Left out: not on the scale".to_owned(), "2".to_owned())));
    assert_eq!((of("at-risk").value.as_str(), of("at-risk").beside.as_str()), ("€2,000", "10% of the year’s revenue"));
    assert_eq!((of("again").value.as_str(), of("again").beside.as_str()), ("20%", "60% of the happy"));
    assert_eq!(of("again").line, "a clear difference");
    assert_eq!(of("sounds").note, "10 comments in other languages than English: their sentiment is not told.");
    for figure in &figures {
        assert!(figure.meaning.ends_with('.') && figure.note.ends_with('.'), "{}", figure.key);
        assert!(!figure.formula.is_empty() && !figure.trade.is_empty(), "{}", figure.key);
    }
}

#[test]
fn charts_say_what_is_clear_and_what_is_chance() {
    let (question, f) = (question(), plain());
    let words = over_time(Scale::Nps, &question, false, &f);
    assert_eq!(words.title, "The recommendation score is up from +20 to +48, older quarters against newer ones");
    assert_eq!(words.note.as_deref(), Some("20 answers without a date are not drawn."));
    let mut steady = question.clone();
    steady.periods[0].estimate = estimate(40.0, 8.0, 40);
    let words = over_time(Scale::Nps, &steady, false, &f);
    assert_eq!(
        words.title,
        "The recommendation score has not clearly changed: quarters differ by no more than chance makes so many differ"
    );
    // Quarters that go up and down by more than chance are said to, though the newer half is as the older one.
    steady.periods = [-4.0, 44.0, 40.0, 0.0]
        .map(|score| PeriodScore { estimate: estimate(score, 8.0, 40), ..steady.periods[0].clone() })
        .into();
    (steady.steady, steady.answers) = (Some(0.001), 160);
    assert_eq!(
        over_time(Scale::Nps, &steady, false, &f).title,
        "The recommendation score goes up and down by more than chance, from −4 in Jan–Mar 2026 to +44 in Jan–Mar 2026, but to no \
         lasting change"
    );
    let groups: Vec<&GroupScore> = question.groups.iter().collect();
    let words = by_group(Scale::Nps, &question, &groups, false, &f);
    assert_eq!(words.title, "Least happy: support, +2 against +34 of all others");
    assert_eq!(
        by_group(Scale::Nps, &question, &groups[1..], false, &f).title,
        "Differences between these groups are within chance"
    );
    // Neither is apart from the others, yet their bands do not overlap: the difference is what is told.
    let between = |score: f64| GroupScore {
        estimate: estimate(score, 9.0, 40),
        others: estimate(34.0, 12.0, 60),
        ..question.groups[0].clone()
    };
    let (low, high) = (between(24.0), GroupScore { name: "order".to_owned(), ..between(44.0) });
    assert_eq!(
        by_group(Scale::Nps, &question, &[&high, &low], false, &f).title,
        "support and order differ: +24 against +44"
    );
    assert_eq!(distribution(Scale::Nps, &question, &f).title, "52% answer 9 or 10, 18% 6 or less");
    assert_eq!(charts::again(&said(), &f).title, "The unhappy come back less often: 20% against 60% of the happy");
}

#[test]
fn of_effort_less_is_better_unless_the_scale_is_turned() {
    let group = |name: &str, score: f64| GroupScore {
        family: "survey:touchpoint".to_owned(),
        name: name.to_owned(),
        estimate: estimate(score, 0.2, 60),
        others: estimate(3.5, 0.1, 340),
    };
    let all = [group("mail", 4.4), group("phone", 2.1)];
    let groups: Vec<&GroupScore> = all.iter().collect();
    let whole = estimate(3.5, 0.1, 400);
    let question =
        Question { score: whole.score, low: whole.low, high: whole.high, answers: 400, ..Question::default() };
    let title = |turned| by_group(Scale::Ces, &question, &groups, turned, &plain()).title;
    assert_eq!(title(false), "Least happy: mail, 4.4 against 3.5 of all others");
    assert_eq!(title(true), "Least happy: phone, 2.1 against 3.5 of all others");
}

#[test]
fn themes_stand_with_the_comments_behind_them() {
    let (said, f) = (said(), plain());
    let row = &rows(&said, true, &f)[0];
    assert_eq!(
        (row.name.as_str(), row.also.as_str(), row.comments.as_str()),
        ("“late delivery”", "with “late”", "12 of 14")
    );
    assert_eq!((row.mean.as_str(), row.sentiment.as_str(), row.revenue.as_str()), ("3.3 of 10", "−0.31", "€640.00"));
    assert_eq!((row.examples[0].text.as_str(), row.examples[0].beside.as_str()), ("Late again", "3 of 10, 4 Sep 2026"));
    assert!(row.more && rows(&said, false, &f).is_empty());
    let steps: Vec<String> = steps(&said, &f).into_iter().map(|step| step.title).collect();
    assert_eq!(
        steps,
        ["Look into “late delivery” first", "Answer the 60 customers who were unhappy", "Hear more of your customers"]
    );
}

#[test]
fn without_orders_people_are_counted_and_only_their_money_is_not_known() {
    let mut said = Feedback { year_revenue: None, ..said() };
    let row = |said: &Feedback| {
        let themes::Row { customers, revenue, .. } = rows(said, true, &plain()).remove(0);
        (customers, revenue)
    };
    assert_eq!(row(&said), ("not known".to_owned(), "not known".to_owned()), "the file names nobody");
    said.themes[0].people = 11;
    assert_eq!(row(&said), ("11".to_owned(), "not known".to_owned()));
}

#[test]
fn what_the_unhappy_are_expected_to_bring_is_told_where_there_is_a_forecast() {
    let [value, low, high, inner_low, inner_high] = [1_812.0, 1_200.0, 2_400.0, 1_500.0, 2_100.0].map(Derived);
    let band = MoneyBand { value, low, high, inner_low, inner_high };
    let said = Feedback { unhappy_ahead: Some(band), year_ahead: Some(Derived(18_120.0)), ..said() };
    let lead = finding(&said, &report(), &plain()).lead.unwrap();
    assert!(
        lead.contains("12 months up to 30 Sep 2026; in the next 12 months about €1,810 is expected of them."),
        "{lead}"
    );
    let told = figures::figures(&said, &report(), &plain());
    let ahead = told.iter().find(|told| told.key == "unhappy-ahead").unwrap();
    assert_eq!(
        (&*ahead.value, &*ahead.beside, &*ahead.line),
        ("€1,810", "10% of what is expected of all", "€1,200 to €2,400")
    );
    let without = figures::figures(&super::tests::said(), &report(), &plain());
    assert!(without.iter().all(|told| told.key != "unhappy-ahead"));
    assert!(without.iter().any(|told| told.key == "at-risk" && told.note.contains("no forecast can be told here")));
}
