//! Sentiments against those of VADER's own package (vaderSentiment 3.3.2).
#![allow(clippy::disallowed_methods, reason = "tests run natively, and read fixtures")]

use std::fs::File;
use std::path::{Path, PathBuf};

use perennial::comments::sentiment::Sentiment;

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/expected").join(name)
}

/// What lies beside this checkout; nothing, and a word about it, where it does not.
fn oracle(path: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/oracle").join(path);
    if !path.exists() {
        println!("{} is not there: not compared", path.display());
    }
    path.exists().then_some(path)
}

fn records(path: &Path) -> Vec<Vec<String>> {
    let rows = csv::Reader::from_path(path).unwrap_or_else(|e| panic!("{}: {e}", path.display())).into_records();
    rows.map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
}

/// Asserts that texts have the sentiments of the reference, to the four places that it is written with.
fn compare<'a>(cases: impl Iterator<Item = (&'a str, f64)>) -> usize {
    let mut sentiment = Sentiment::default();
    let mut compared = 0;
    for (text, expected) in cases {
        let ours = sentiment.compound(text);
        // Formatting rounds as Python does: the exact binary value, half to even.
        assert_eq!(format!("{ours:.4}").parse::<f64>().unwrap(), expected, "{text:?}: {ours}");
        compared += 1;
    }
    compared
}

/// 2,000 made-up texts that put every rule, every emoji and a good part of the lexicon together.
#[test]
fn every_rule_is_that_of_the_package() {
    let rows = records(&fixture("vader_rules.csv"));
    let compared = compare(rows.iter().map(|row| (&*row[0], row[1].parse().unwrap())));
    assert!(compared > 1_900, "{compared}");
}

#[test]
fn texts_of_the_reference_have_its_sentiments() {
    let Some(path) = oracle("expected/vader.json") else { return };
    let reference: serde_json::Value = serde_json::from_reader(File::open(path).unwrap()).unwrap();
    let texts = reference["texts"].as_array().unwrap();
    let cases = texts.iter().map(|text| (text["text"].as_str().unwrap(), text["compound"].as_f64().unwrap()));
    assert_eq!(compare(cases), 100);
}

#[test]
fn sentences_of_reviews_have_the_sentiments_of_the_package() {
    let Some(path) = oracle("data/text_amazon_snippets.csv") else { return };
    let (texts, expected) = (records(&path), records(&fixture("vader_amazon.csv")));
    assert!(texts.iter().zip(&expected).all(|(text, expected)| text[0] == expected[0]));
    let cases = texts.iter().zip(&expected).map(|(text, expected)| (&*text[2], expected[1].parse().unwrap()));
    assert_eq!(compare(cases), 3_708);
}
