//! The charts of engagement and of the journey, of the sample shop and of nothing, and what they and their views say.

use super::tests::{WIDTHS, check};
use crate::charts;
use crate::engine::Engine;
use crate::protocol::{Reply, Request};
use crate::report::Report;
use crate::report::engagement::{self, Engagement};
use crate::report::journey::{self, Journey};
use crate::report::sections::{Ask, Section};
use crate::words::format::Plain;
use crate::words::{engagement as said, fixture, journey as on_the_way};

/// The sample shop: its report, its engagement, and its journeys of purchases and of events.
fn sample() -> (Report, Engagement, [Journey; 2]) {
    let mut engine = Engine::new();
    let replies = engine.handle(Request::Sample { job: 1 });
    let Some(Reply::Report { report, .. }) = replies.last() else { panic!("no report") };
    let mut section = |ask: Ask| match engine.handle(Request::Section { job: 1, ask }).pop() {
        Some(Reply::Section { section, .. }) => section,
        other => panic!("no section but {other:?}"),
    };
    let Section::Engagement(engagement) = section(Ask::Engagement(engagement::Ask::default())) else { panic!() };
    let mut journey = |stages: &[&str]| {
        let stages = stages.iter().map(|stage| (*stage).to_owned()).collect();
        let Section::Journey(journey) = section(Ask::Journey(journey::Ask { stages })) else { panic!() };
        *journey
    };
    let journeys = [journey(&[]), journey(&["event:Visit", "event:Wish list", "purchase", "purchase", "event:Visit"])];
    ((**report).clone(), *engagement, journeys)
}

#[test]
fn charts_are_whole_at_every_width() {
    let f = Plain::new(Some("EUR"));
    let (report, engagement, journeys) = sample();
    for width in WIDTHS {
        for draw in [charts::engagement_outlook, charts::engagement_distribution, charts::before_leaving] {
            check(&draw(&engagement, &report, width, &f));
            check(&draw(&Engagement::default(), &fixture::empty(), width, &f));
        }
        for journey in &journeys {
            check(&charts::journey_funnel(journey, &report, width, &f));
            (0..=journey.groups.len()).for_each(|group| check(&charts::journey_flow(journey, group, width, &f)));
        }
        check(&charts::journey_funnel(&Journey::default(), &fixture::empty(), width, &f));
        check(&charts::journey_flow(&Journey::default(), 0, width, &f));
    }
    let flow = charts::journey_flow(&journeys[0], 0, 1120, &f);
    // Three steps of five channels; a bar for each channel at four stages, and two ends at three.
    assert_eq!((flow.table.rows.len(), flow.points.len()), (15, 26));
    assert!(flow.legend.is_empty() && charts::journey_flow(&journeys[0], 0, 328, &f).legend.len() == 5);
}

#[test]
fn findings_say_what_was_found_with_its_number() {
    let f = Plain::new(Some("EUR"));
    let (report, engagement, journeys) = sample();
    let finding = said::finding(&engagement, &f);
    assert_eq!(
        finding.text(),
        "Of the most engaged tenth of your customers, 66% bought again within the next 255 days; of the least engaged, 11%."
    );
    assert!(finding.lead.unwrap().contains("in 74 of 100 such pairs"));
    let finding = on_the_way::finding(&journeys[0], &f);
    assert_eq!(
        finding.text(),
        "Of 3,066 customers who made a first purchase, 46.8% make a second purchase within a year."
    );
    assert_eq!(
        finding.lead.unwrap(),
        "Of 1,220 who had a year and more and have not gone on, 893 stopped after a first purchase. Half of those who have gone on took 82 days or less."
    );
    // Who did not go on within a year, and who has not to this day, are two counts, each with its meaning.
    let flow = on_the_way::flow(&journeys[0], None, &f);
    assert!(flow.title.ends_with("1,028 did not go on within a year"), "{}", flow.title);
    let note = flow.note.unwrap();
    assert!(
        note.starts_with("In the 1,028 are those too who went on later") && note.contains("counts only 893, "),
        "{note}"
    );
    assert!(on_the_way::finding(&journeys[1], &f).text().starts_with("Of 2,025 people who came to “Visit”, "));
    let names = on_the_way::stage_names(&journeys[1]);
    assert_eq!(names, ["Visit", "Wish list", "First purchase", "Second purchase", "Visit, second"]);
    for told in [said::figures(&engagement, &report, &f), on_the_way::figures(&journeys[0], &report, &f)].concat() {
        assert!(!told.value.is_empty() && !told.beside.is_empty() && !told.formula.is_empty(), "{told:?}");
        assert!(told.meaning.ends_with('.') && !told.numbers.is_empty(), "{told:?}");
    }
}

#[test]
fn what_is_not_known_is_said_so() {
    let f = Plain::new(None);
    let mut engagement = sample().1;
    if let Some(outlook) = &mut engagement.outlook {
        outlook.groups.iter_mut().for_each(|group| group.bought = crate::math::stats::Share::new(40, 233));
    }
    assert!(said::finding(&engagement, &f).text().starts_with("The score does not tell who comes back"));
    let outlook = engagement.outlook.as_mut().unwrap();
    // A dozen in each group are told as counts, and pairs of a few as nothing.
    outlook.groups.iter_mut().for_each(|group| group.bought = crate::math::stats::Share::new(8, 12));
    (outlook.concordance, outlook.customers) = (None, 120);
    let chart = charts::engagement_outlook(&engagement, &fixture::report(), 640, &f);
    assert!(
        chart.title == "Too few customers to compare" && chart.svg.contains("8 of 12") && !chart.svg.contains("67%")
    );
    let apart = &said::figures(&engagement, &fixture::report(), &f)[1];
    assert_eq!((&*apart.value, &*apart.beside), ("not defined", "80 bought again, 40 did not: it takes 30 of each"));
    assert!(said::finding(&engagement, &f).lead.unwrap().contains("fewer than 30 customers stand in each fifth"));
    engagement.outlook = None;
    assert_eq!(
        said::finding(&engagement, &f).text(),
        "Of 3,066 customers, 402 have an engagement score of 67 or more of 100: they did more than most others."
    );
    let few = Engagement { customers: 9, ..engagement.clone() };
    assert!(said::finding(&few, &f).text().starts_with("Too few to rank by engagement: 9 customers"));
    assert_eq!(said::figures(&few, &fixture::report(), &f)[0].value, "not defined");
    engagement.bins.clear();
    assert_eq!(said::finding(&engagement, &f).text(), "No part of the score counts.");
    let empty = said::figures(&Engagement::default(), &fixture::empty(), &f);
    assert_eq!(
        empty.iter().map(|told| &*told.value).collect::<Vec<_>>(),
        ["not defined", "not defined", "not defined", "0"]
    );
    let mut series = engagement.decline.unwrap();
    series.series[1].high = 0.1;
    let decline = Engagement { decline: Some(series), ..Engagement::default() };
    assert!(said::decline(&decline, &f).title.ends_with("by no more than chance"));
}

#[test]
fn health_is_said_part_by_part() {
    use crate::math::money::Derived;
    use crate::math::{Day, Money};
    use crate::report::engagement::{AnswerPart, ComplaintsPart, CustomerHealth, RhythmPart, TrendPart};
    let f = Plain::new(Some("EUR"));
    let mut health = CustomerHealth {
        number: 0,
        customer: "c".to_owned(),
        revenue: Money::units(5),
        score: Some(45.0),
        rhythm: Some(RhythmPart { score: 83.0, days: 40, usual: 30.0, own: true }),
        trend: Some(TrendPart { score: 77.0, days: 182, recent: Money::units(100), before: Money::units(30) }),
        answer: Some(AnswerPart { score: 20.0, answer: Derived(2.0), scale: "nps".to_owned(), day: Some(Day(20_000)) }),
        complaints: Some(ComplaintsPart { score: 0.0, open: 1 }),
    };
    let said: Vec<String> =
        said::health_parts(&health, &f).into_iter().map(|(_, score, said)| format!("{score} {said}")).collect();
    assert_eq!(
        said,
        [
            "83 Last bought 40 days ago; usually every 30 days",
            "77 €100.00 in the last 182 days, €30.00 in the 182 before",
            "20 Last answer 2 of 10, on 4 Oct 2024",
            "0 1 complaint is open"
        ]
    );
    // Of these the spend that grew is no reason for slipping; nor is a rhythm that is kept, or a good answer.
    let bare = |at: usize| said[at].split_once(' ').unwrap().1;
    assert_eq!(said::reasons(&health, &f), [bare(0), bare(2), bare(3)]);
    let answer = AnswerPart { score: 90.0, answer: Derived(9.0), scale: "nps".to_owned(), day: None };
    let trend = TrendPart { score: 0.0, days: 182, recent: Money::ZERO, before: Money::units(30) };
    let rhythm = RhythmPart { score: 100.0, days: 30, usual: 30.0, own: true };
    let other = CustomerHealth {
        answer: Some(answer),
        trend: Some(trend),
        rhythm: Some(rhythm),
        complaints: None,
        ..health.clone()
    };
    assert_eq!(said::reasons(&other, &f), ["€0.00 in the last 182 days, €30.00 in the 182 before"]);
    assert_eq!(said::health_title(&health, &f).unwrap(), "Health 45 of 100: in between");
    health.rhythm = Some(RhythmPart { score: 0.0, days: 1, usual: 1.0, own: false });
    assert_eq!(
        said::health_parts(&health, &f)[0].2,
        "Last bought 1 day ago; those who come back typically do after 1 day"
    );
    health.score = None;
    assert_eq!(said::health_title(&health, &f), None);
}
