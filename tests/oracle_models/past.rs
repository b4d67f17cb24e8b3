//! Each candidate on 39 weeks of CDNOW after 39 weeks, against what the reference programs told for the same customers.

use std::fmt::Write;
use std::fs::File;
use std::rc::Rc;

use perennial::ledger::build::Row;
use perennial::ledger::{Base, LedgerBuilder, Selection, Visits};
use perennial::math::Day;
use perennial::measures::ahead::checks::fit::holdout;
use perennial::models::backtest::origin;
use perennial::report::Settings;
use perennial::report::forecast::{Candidate, Score};

use super::{float, hold_docs, json, reference};

/// CDNOW's purchase days; what was spent takes no part.
fn cdnow() -> Rc<Visits> {
    let mut builder = LedgerBuilder::new(Vec::new(), false);
    let log = File::open(reference("data", "cdnow_sample_log.csv").unwrap()).unwrap();
    for record in csv::Reader::from_reader(log).records() {
        let record = record.unwrap();
        let (customer, day): (&str, Day) = (&record[0], record[2].parse().unwrap());
        builder.push(Row { customer, day, second: None, amount: 1, order: None, dimensions: &[] });
    }
    Selection::new(Base::new(builder.finish()).into(), &Settings::default()).visits
}

#[test]
fn the_past_of_cdnow_is_scored_as_the_references_do() {
    let [at, end] = ["1997-09-30", "1998-06-30"].map(|day| day.parse().unwrap());
    let origin = origin(&cdnow(), at, end).unwrap();
    assert_eq!((origin.days, origin.customers, origin.purchases), (273, 2357, 1882));
    let score = |candidate| -> &Score { origin.scores.iter().find(|score| score.candidate == candidate).unwrap() };
    let close = |ours: f64, theirs: f64, what: &str| {
        assert!((ours / theirs - 1.0).abs() < 1e-6, "{what}: {ours} is not {theirs}");
    };
    let expected = json(&reference("expected", "holdout_cdnow_sample.json").unwrap());
    let singles = [(Candidate::BgNbd, "bgnbd"), (Candidate::MbgNbd, "mbgnbd"), (Candidate::ParetoNbd, "pnbd")];
    for (candidate, name) in singles {
        let (ours, theirs) = (score(candidate), &expected["models"][name]);
        close(ours.mae, float(&theirs["mae"]), name);
        close(ours.rmse, float(&theirs["rmse"]), name);
        close(ours.expected, float(&theirs["total_expected"]), name);
        by_frequency(&theirs["buckets"], candidate, [at, end]);
        assert!(score(Candidate::Mean).log_score < ours.log_score, "the mean of the models is worse than {name}");
    }
    let (naive, theirs) = (score(Candidate::SameRate), &expected["models"]["naive_past_rate"]);
    close(naive.mae, float(&theirs["mae"]), "the same rate");
    close(naive.rmse, float(&theirs["rmse"]), "the same rate");
    hold_docs("the past of CDNOW", &table(&origin.scores));
}

/// Purchases after the origin by how often customers had bought again before it.
fn by_frequency(theirs: &serde_json::Value, candidate: Candidate, [at, end]: [Day; 2]) {
    let ours = holdout(candidate, &cdnow(), at, end);
    let theirs = theirs.as_array().unwrap();
    assert_eq!(ours.len(), theirs.len());
    for (ours, theirs) in ours.iter().zip(theirs) {
        let what = format!("{candidate:?} after {} repeat purchases", ours.repeats);
        assert_eq!(ours.customers as f64, float(&theirs["n"]), "{what}");
        let close =
            |ours: f64, theirs: f64| assert!((ours / theirs - 1.0).abs() < 1e-6, "{what}: {ours} is not {theirs}");
        close(ours.actual, float(&theirs["actual_mean"]));
        close(ours.expected, float(&theirs["expected_mean"]));
    }
}

fn table(scores: &[Score]) -> String {
    let mut text = "| candidate | log score | RMSE | MAE | purchase days told (of 1,882) | error |\n\
                    | --- | ---: | ---: | ---: | ---: | ---: |\n"
        .to_owned();
    for score in scores {
        let name = match score.candidate {
            Candidate::BgNbd => "BG/NBD",
            Candidate::MbgNbd => "MBG/NBD",
            Candidate::ParetoNbd => "Pareto/NBD",
            Candidate::MbgCnbd => "MBG/CNBD-k",
            Candidate::Mean => "mean of the three",
            Candidate::SameRate => "everybody at the own rate",
            Candidate::AgeCurve => "everybody as the older ones at that age",
        };
        let log_score = score.log_score.map_or("–".to_owned(), |score| format!("{score:.5}"));
        let (Score { rmse, mae, expected, .. }, error) = (score, score.error.unwrap() * 100.0);
        writeln!(text, "| {name} | {log_score} | {rmse:.4} | {mae:.4} | {expected:.1} | {error:+.1} % |").unwrap();
    }
    text
}
