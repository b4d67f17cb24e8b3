//! What customers say: scores against the reference, and what answers and comments are worth.
#![allow(clippy::disallowed_methods, reason = "tests run natively, and read fixtures")]

#[path = "support/loaded.rs"]
mod loaded;

use std::fs::{self, File};
use std::path::Path;

use loaded::{JOB, Loaded, load};
use perennial::math::{Money, Unit};
use perennial::protocol::{Reply, Request};
use perennial::report::Settings;
use perennial::report::feedback::{Ask, Estimate, Feedback, Question};
use perennial::report::sections::{self, Section};
use perennial::roles::scale::Scale;
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
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/oracle");
    if !root.exists() {
        return println!("{} is not there: not compared", root.display());
    }
    let text = fs::read_to_string(root.join("data/survey_synthetic.csv")).unwrap();
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
}
