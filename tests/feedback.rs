//! What customers say: scores against the reference, and what answers and comments are worth.
#![allow(clippy::disallowed_methods, reason = "tests run natively, and read fixtures")]

#[path = "support/loaded.rs"]
mod loaded;

use std::fs::{self, File};
use std::path::Path;

use loaded::{JOB, Loaded, load};
use perennial::math::{Day, Money, Unit};
use perennial::protocol::{Reply, Request};
use perennial::report::Settings;
use perennial::report::feedback::{Ask, Estimate, Feedback, Question};
use perennial::report::sections::{self, Section};
use perennial::roles::scale::Scale;
use perennial::settings::DimensionFilter;
use serde_json::Value;

fn under(loaded: &mut Loaded, settings: Settings, ask: Ask) -> Feedback {
    loaded.ask(Request::Compute { job: JOB, settings: Box::new(settings) });
    loaded.ask(Request::Section { job: JOB, ask: sections::Ask::Feedback(ask) });
    match &loaded.last {
        Reply::Section { section: Section::Feedback(feedback), .. } => (**feedback).clone(),
        other => panic!("no feedback but {other:?}"),
    }
}

fn of(files: &[(&str, &str)]) -> Feedback {
    let files: Vec<(&str, &[u8])> = files.iter().map(|(name, text)| (*name, text.as_bytes())).collect();
    under(&mut load(&files, 1 << 16), Settings::default(), Ask::default())
}

fn assert_equal(ours: Option<f64>, theirs: &Value, what: &str) {
    let (ours, theirs) = (ours.unwrap_or_else(|| panic!("{what} is not told")), theirs.as_f64().unwrap());
    assert!((ours - theirs).abs() < 1e-9, "{what}: {ours} is not {theirs}");
}

fn assert_estimate(ours: &Estimate, theirs: &Value, what: &str) {
    assert_eq!(ours.answers, theirs["n"].as_u64().unwrap(), "{what}");
    assert_equal(ours.score, &theirs["nps"], what);
    assert_equal(ours.low, &theirs["ci95"][0], what);
    assert_equal(ours.high, &theirs["ci95"][1], what);
}

fn assert_counts(ours: &Question, theirs: &Value, what: &str) {
    let count = |name: &str| theirs[name].as_u64().unwrap();
    let told = (ours.answers, ours.rejected, ours.blank);
    assert_eq!(told, (count("answered_valid"), count("rejected"), count("blank")), "{what}");
    let distribution = theirs["distribution"].as_object().unwrap();
    let mut given: Vec<(u64, u64)> =
        distribution.iter().map(|(answer, count)| (answer.parse().unwrap(), count.as_u64().unwrap())).collect();
    given.sort_unstable();
    assert_eq!(ours.distribution, given.iter().map(|(_, count)| *count).collect::<Vec<_>>(), "{what}");
    assert_equal(ours.mean, &theirs["mean"], what);
}

#[test]
fn scores_equal_the_reference_in_all_by_segment_and_by_quarter() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let text = fs::read_to_string(root.join("survey_synthetic.csv")).unwrap();
    let reference: Value = serde_json::from_reader(File::open(root.join("expected/survey.json")).unwrap()).unwrap();
    let feedback = of(&[("survey.csv", &text)]);
    let [nps, csat, ces] = [&feedback.nps, &feedback.csat, &feedback.ces].map(|question| question.as_ref().unwrap());
    for (question, name) in [(nps, "nps"), (csat, "csat"), (ces, "ces")] {
        assert_counts(question, &reference[name], name);
    }
    assert_estimate(&nps.estimate(), &reference["nps"], "NPS");
    assert_equal(csat.score.map(|share| 100.0 * share), &reference["csat"]["csat_pct"], "CSAT");
    assert_equal(ces.score, &reference["ces"]["ces_mean"], "CES");
    assert_eq!((feedback.lead, feedback.high_is_easy), (Some(Scale::Nps), false));
    let stances = ["detractors", "passives", "promoters"].map(|name| reference["nps"][name].as_u64().unwrap());
    assert_eq!(nps.stances, stances);

    let by_segment = reference["nps"]["by_segment"].as_object().unwrap();
    assert_eq!(nps.groups.len(), by_segment.len());
    for group in &nps.groups {
        assert_eq!(group.family, "survey:segment");
        assert_estimate(&group.estimate, &by_segment[&group.name], &group.name);
    }
    // 1,103 answers in a year are more than 30 a month; the reference counts quarters, which months add up to.
    assert_eq!((nps.unit, nps.periods.len()), (Unit::Month, 12));
    let quarters = reference["nps"]["by_quarter"].as_object().unwrap();
    for (months, (quarter, expected)) in nps.periods.chunks(3).zip(quarters) {
        let answers: u64 = months.iter().map(|month| month.estimate.answers).sum();
        let points: f64 = months.iter().map(|m| m.estimate.score.unwrap() * m.estimate.answers as f64).sum();
        assert_eq!(answers, expected["n"].as_u64().unwrap(), "{quarter}");
        assert_equal(Some(points / answers as f64), &expected["nps"], quarter);
    }
    let mut loaded = load(&[("survey.csv", text.as_bytes())], 1 << 16);
    for (quarter, expected) in quarters {
        let (year, number) = quarter.split_once('Q').unwrap();
        let first: Day = format!("{year}-{:02}-01", number.parse::<u32>().unwrap() * 3 - 2).parse().unwrap();
        let settings = Settings { from: Some(first), to: Some(first.plus_months(3).plus(-1)), ..Settings::default() };
        let shown = under(&mut loaded, settings, Ask::default());
        assert_estimate(&shown.nps.unwrap().estimate(), expected, quarter);
    }
}

/// Orders of four customers: c1 and c2 buy every month of 2024, c3 until March, c4 once in January; each for 10.
fn orders() -> String {
    let mut text = "customer,date,amount,channel\n".to_owned();
    for month in 1..=12 {
        for (customer, until, channel) in [("c1", 12, "web"), ("c2", 12, "shop"), ("c3", 3, "web"), ("c4", 1, "shop")] {
            if month <= until {
                text.push_str(&format!("{customer},2024-{month:02}-05,10.00,{channel}\n"));
            }
        }
    }
    text
}

const SURVEY: &str = "customer,date,nps,touchpoint\nc1,2024-02-10,10,order\nc1,2024-06-10,9,order\nc2,2024-02-11,3,order\n\
                      c2,2024-11-20,9,support\nc3,2024-03-06,2,support\nc4,2024-02-01,6,\nc9,2024-02-02,8,order\nc1,2024-07-01,11,order\n";

#[test]
fn answers_are_worth_what_their_customers_bring() {
    let said = of(&[("orders.csv", &orders()), ("survey.csv", SURVEY)]);
    let nps = said.nps.as_ref().unwrap();
    // 10, 9, 9 against 3, 2, 6, and one 8.
    assert_eq!((nps.score, nps.answers, nps.rejected, nps.stances), (Some(0.0), 7, 1, [3, 1, 3]));
    assert_eq!((nps.low, nps.response), (None, None), "too few for an interval; nobody who was asked and said nothing");
    assert_eq!((said.heard.count, said.heard.of), (4, 4));
    // By latest answer: c1 and c2 are happy and brought 120 each, c3 and c4 unhappy with 30 and 10.
    let stances: Vec<(u64, Money)> = said.stances.iter().map(|stance| (stance.customers, stance.revenue)).collect();
    assert_eq!(stances, [(2, Money::units(40)), (0, Money::ZERO), (2, Money::units(240))]);
    assert_eq!((said.at_risk, said.year_revenue), (Some(Money::units(40)), Some(Money::units(280))));
    let weighted = said.weighted.unwrap();
    assert_eq!((weighted.score, weighted.low, weighted.answers), (Some(100.0 * 200.0 / 280.0), None, 4));
    // By first answer, within the active window of 31 days: c1 came back; of c2, c3 and c4 only c2 did.
    assert_eq!(said.window_days, Some(31));
    let again: Vec<(u64, u64)> = said.stances.iter().map(|stance| (stance.again.count, stance.again.of)).collect();
    assert_eq!(again, [(1, 3), (0, 0), (1, 1)]);
    let group = |family: &str, name: &str| {
        let found = nps.groups.iter().find(|group| group.family == family && group.name == name);
        found.map(|group| (group.estimate.score.unwrap(), group.estimate.answers, group.others.answers))
    };
    assert_eq!(group("survey:touchpoint", "support"), Some((0.0, 2, 5)));
    assert_eq!(group("survey:touchpoint", ""), Some((-100.0, 1, 6)));
    assert_eq!(group("dimension:channel", "web"), Some((100.0 / 3.0, 3, 3)));
    assert_eq!(group("dimension:channel", "shop"), Some((-100.0 / 3.0, 3, 3)));
    // Who has answered is told of every segment, and so few answers are told one by one.
    let channel = said.heard_by.iter().filter(|one| one.family == "dimension:channel");
    let heard: Vec<_> = channel.map(|one| (&*one.name, one.heard.count, one.heard.of)).collect();
    assert_eq!(heard, [("web", 2, 2), ("shop", 2, 2)], "the largest first");
    let each: Vec<_> = said.each.iter().map(|one| (one.day.unwrap().to_string(), one.answer.unwrap())).collect();
    assert_eq!((each.len(), &each[0]), (7, &("2024-11-20".to_owned(), 9)));
    // Seven answers in ten months are too few for months.
    let quarters: Vec<(&str, u64)> = nps.periods.iter().map(|one| (&*one.period, one.estimate.answers)).collect();
    assert_eq!(
        (nps.unit, quarters),
        (Unit::Quarter, vec![("2024-Q1", 5), ("2024-Q2", 1), ("2024-Q3", 0), ("2024-Q4", 1)])
    );
    assert_eq!(nps.periods[2].estimate, Estimate::default());
}

#[test]
fn the_period_and_the_filters_choose_answers() {
    let orders = orders();
    let files = [("orders.csv", orders.as_bytes()), ("survey.csv", SURVEY.as_bytes())];
    let mut loaded = load(&files, 1 << 16);
    let march = Settings { from: "2024-03-01".parse().ok(), to: "2024-06-30".parse().ok(), ..Settings::default() };
    let said = under(&mut loaded, march, Ask::default());
    assert_eq!((said.nps.unwrap().stances, said.heard.count, said.heard.of), ([1, 0, 1], 2, 3));
    // Of the three who bought from March to June the one in the shop and one on the web answered.
    let heard =
        |name: &str| said.heard_by.iter().find(|one| one.name == name).map(|one| (one.heard.count, one.heard.of));
    assert_eq!((heard("shop"), heard("web")), (Some((0, 1)), Some((2, 2))));
    let filter = DimensionFilter { dimension: "channel".into(), values: vec!["web".into()] };
    let web = Settings { filters: vec![filter], ..Settings::default() };
    let said = under(&mut loaded, web, Ask::default());
    assert_eq!((said.nps.unwrap().stances, said.year_revenue), ([1, 0, 2], Some(Money::units(150))));
}

#[test]
fn who_was_asked_and_said_nothing_tells_the_response() {
    let said = of(&[("survey.csv", "date,csat,ces\n2024-01-02,5,\n2024-01-03,,2\n2024-01-04,,\n2024-01-05,6,7\n")]);
    let (csat, ces) = (said.csat.unwrap(), said.ces.unwrap());
    let response = csat.response.unwrap();
    assert_eq!((csat.answers, csat.rejected, csat.blank, response.count, response.of), (1, 1, 2, 2, 4));
    assert_eq!((ces.answers, ces.mean, ces.stances), (2, Some(4.5), [1, 0, 1]));
    assert_eq!((said.lead, said.nps, said.stances.len(), said.at_risk), (Some(Scale::Csat), None, 0, None));
    assert_eq!(of(&[("orders.csv", &orders())]), Feedback::default(), "without a survey there is nothing to say");
}

#[test]
fn a_scale_of_effort_can_be_turned_round() {
    let text = "date,effort\n2024-01-02,7\n2024-01-03,1\n2024-01-04,2\n";
    let mut loaded = load(&[("survey.csv", text.as_bytes())], 1 << 16);
    let mut turned = |high_is_easy| {
        let said = under(&mut loaded, Settings::default(), Ask { high_is_easy, ..Ask::default() });
        let ces = said.ces.unwrap();
        (said.high_is_easy, ces.score, ces.stances)
    };
    assert_eq!(turned(None), (false, Some(10.0 / 3.0), [1, 0, 2]));
    assert_eq!(turned(Some(true)), (true, Some(10.0 / 3.0), [2, 0, 1]), "the mean stays that of the file");
    let named = of(&[("survey.csv", &text.replace("effort", "How easy was it?"))]);
    assert!(named.high_is_easy);
}

/// Comments of 120 customers: late deliveries and broken pots among the low scores, lovely plants among the high ones, and
/// "order" in all of them.
fn comments() -> (String, String) {
    let mut survey = "customer,date,nps,comment\n".to_owned();
    let mut orders = "customer,date,amount\n".to_owned();
    for n in 0..120 {
        let (score, text) = match n % 6 {
            0 => (2, "My order was a late delivery, and nobody told me"),
            1 => (4, "Two broken pots in my order. Broken again!"),
            2 => (8, "The order came"),
            _ => (9 + n % 2, "Lovely plants in every order, thank you"),
        };
        survey.push_str(&format!("k{n},2024-03-{:02},{score},\"{text}\"\n", n % 28 + 1));
        orders.push_str(&format!("k{n},2024-{:02}-03,{}.00\n", n % 12 + 1, if n % 6 == 1 { 100 } else { 10 }));
    }
    (orders, survey)
}

#[test]
fn themes_are_found_and_ranked_by_the_money_behind_them() {
    let (orders, survey) = comments();
    let said = of(&[("orders.csv", &orders), ("survey.csv", &survey)]);
    assert_eq!((said.comments.told, said.comments.english), (120, 120));
    let hurts: Vec<_> = said.themes.iter().filter(|theme| theme.hurts).collect();
    let broken = hurts[0];
    assert!(broken.terms.iter().any(|term| term == "broken pots"), "{:?}", broken.terms);
    assert_eq!((broken.comments, broken.telling, broken.customers, broken.revenue), (20, 20, 20, Money::units(2_000)));
    assert_eq!((broken.mean, broken.examples.len()), (Some(4.0), 5));
    assert!(broken.sentiment.unwrap() < 0.0);
    let late = hurts.iter().find(|theme| theme.terms.iter().any(|term| term == "late delivery")).unwrap();
    assert_eq!((late.telling, late.revenue), (20, Money::units(200)));
    let pleases: Vec<_> = said.themes.iter().filter(|theme| !theme.hurts).collect();
    assert!(
        pleases[0].terms.iter().any(|term| term == "lovely plants") && pleases[0].sentiment.unwrap() > 0.5,
        "{pleases:?}"
    );
    let all = said.themes.iter().flat_map(|theme| &theme.terms);
    assert!(all.clone().all(|term| term != "order" && term != "the"), "{:?}", all.collect::<Vec<_>>());

    let files = [("orders.csv", orders.as_bytes()), ("survey.csv", survey.as_bytes())];
    let theme = Some(broken.name.clone());
    let behind = under(&mut load(&files, 99), Settings::default(), Ask { theme, ..Ask::default() }).behind.unwrap();
    assert_eq!((behind.total, behind.comments.len(), behind.comments[0].answer), (20, 20, Some(4)));
    assert!(behind.comments.iter().all(|comment| comment.text.contains("pots")));
}

#[test]
fn nothing_depends_on_the_order_of_rows() {
    let (orders, survey) = comments();
    let turned = |text: &str| {
        let (head, rows) = text.split_once('\n').unwrap();
        let rows: Vec<&str> = rows.lines().rev().collect();
        format!("{head}\n{}\n", rows.join("\n"))
    };
    let one = of(&[("orders.csv", &orders), ("survey.csv", &survey)]);
    assert_eq!(one, of(&[("orders.csv", &turned(&orders)), ("survey.csv", &turned(&survey))]));
    assert_eq!(one, of(&[("survey.csv", &survey), ("orders.csv", &orders)]));
}

/// A survey of so many comments each, with answers from a span that come in turn.
fn saying(texts: &[(usize, u8, u8, &str)]) -> String {
    let mut survey = "customer,date,nps,comment\n".to_owned();
    for (kind, (times, least, most, text)) in texts.iter().enumerate() {
        for n in 0..*times {
            let answer = usize::from(*least) + n % usize::from(most - least + 1);
            survey.push_str(&format!("k{kind}-{n},2024-03-{:02},{answer},\"{text}\"\n", n % 28 + 1));
        }
    }
    survey
}

#[test]
fn a_theme_counts_by_words_that_tell_its_side_from_the_others() {
    let said = of(&[(
        "survey.csv",
        &saying(&[
            (21, 0, 3, "late and the box broken"),
            (20, 7, 8, "Good but delivery is slow"),
            (24, 9, 10, "Fast delivery, great price"),
        ]),
    )]);
    let [hurts, pleases] = &said.themes[..] else { panic!("{:?}", said.themes) };
    assert_eq!((hurts.hurts, hurts.comments, hurts.telling, hurts.mean), (true, 21, 21, Some(30.0 / 21.0)));
    assert_eq!((hurts.people, hurts.customers), (21, 0), "people of the file, whom no order names");
    // "delivery" is in all comments that praise it, and in all that call it slow: those are no praise.
    assert_eq!((pleases.hurts, pleases.comments, pleases.telling, pleases.mean), (false, 24, 24, Some(9.5)));
    assert!(pleases.terms.iter().all(|term| term != "delivery"), "{:?}", pleases.terms);

    // "delivery" is more frequent among the unhappy, but every happy comment with it would come under what hurts.
    let said = of(&[(
        "survey.csv",
        &saying(&[
            (21, 0, 3, "delivery late and the box broken"),
            (20, 7, 8, "Good but delivery is slow"),
            (12, 9, 10, "Fast delivery, great price"),
            (90, 9, 10, "Lovely plants for the garden"),
        ]),
    )]);
    let [hurts, ..] = &said.themes[..] else { panic!("{:?}", said.themes) };
    assert_eq!((hurts.hurts, hurts.comments, hurts.telling, hurts.mean), (true, 21, 21, Some(30.0 / 21.0)));
    assert!(hurts.sentiment.unwrap() < 0.0 && hurts.terms.iter().all(|term| term != "delivery"), "{hurts:?}");
}

#[test]
fn where_comments_do_not_go_with_scores_there_are_no_themes() {
    let mut survey = "date,nps,comment\n".to_owned();
    for n in 0..200 {
        let word = ["pots", "plants", "seeds", "bulbs", "trees"][n % 5];
        survey.push_str(&format!("2024-03-0{},{},Some {word} for the garden\n", n % 9 + 1, (n / 5) % 11));
    }
    assert_eq!(of(&[("survey.csv", &survey)]).themes, []);
}

/// What was put into the made-up shop is what comes out of it.
#[test]
fn the_sample_shop_says_what_hurts() {
    let mut loaded = load(&[("orders.csv", b"")], 1);
    loaded.ask(Request::Sample { job: JOB });
    loaded.ask(Request::Section { job: JOB, ask: sections::Ask::Feedback(Ask::default()) });
    let Reply::Section { section: Section::Feedback(said), .. } = &loaded.last else { panic!("{:?}", loaded.last) };
    let nps = said.nps.as_ref().unwrap();
    assert!((900..2_500).contains(&nps.answers) && nps.rejected > 0 && (20.0..50.0).contains(&nps.score.unwrap()));
    let theme = |hurts: bool, term: &str| {
        said.themes.iter().any(|theme| theme.hurts == hurts && theme.terms.iter().any(|other| other == term))
    };
    assert!(said.themes[0].hurts && said.themes[0].terms.iter().any(|term| term == "late delivery"));
    assert!(theme(true, "broken") && theme(false, "well packed") && !theme(false, "lovely"), "a feeling is no subject");
    assert_eq!(said.comments.english, said.comments.told, "all of it is English");
    let (unhappy, happy) = (said.stances[0].again, said.stances[2].again);
    assert!(unhappy.rate < happy.rate && !unhappy.within_chance_of(&happy), "{unhappy:?} {happy:?}");
    let csat = said.csat.as_ref().unwrap();
    let by = |touchpoint: &str| csat.groups.iter().find(|group| group.name == touchpoint).unwrap().estimate.score;
    assert!(by("Phone") > by("Email") && said.ces.as_ref().unwrap().answers > 250);
}
