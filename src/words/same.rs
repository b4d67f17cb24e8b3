//! Ids that are the same but for how they are written, in words.

use crate::ingest::spelling::IdRule;
use crate::ledger::near::NearMiss;

use super::format::{Format, list};

/// What a person says by merging: the words of the control.
pub fn label(rule: IdRule) -> &'static str {
    match rule {
        IdRule::Case => "Small and capital letters are the same",
        IdRule::Spaces => "Spaces within don’t count",
        IdRule::Tags => "What stands between + and @ doesn’t count",
        IdRule::Dots => "Points before the @ don’t count",
        IdRule::Zeros => "Zeros in front of a number don’t count",
        IdRule::Decimals => "A .0 behind a number doesn’t count",
        IdRule::Scientific => "A number that was cut is the one that fits",
    }
}

/// How such ids come about, and what speaks for their being the same.
pub fn why(rule: IdRule) -> &'static str {
    match rule {
        IdRule::Case => "Nearly all mail programs and shops take them for one.",
        IdRule::Spaces => "They mostly come from typing or from a form.",
        IdRule::Tags => "Mail to ann+shop@x.com reaches ann@x.com with most providers.",
        IdRule::Dots => "Gmail takes no notice of them. Other providers may, so look at the examples.",
        IdRule::Zeros => "Spreadsheets drop them.",
        IdRule::Decimals => "A program took the ids for numbers.",
        IdRule::Scientific => {
            "A spreadsheet shows long numbers like 1.23E+15. Each of these fits one number that stands here in full."
        }
    }
}

/// What was found: `12 ids in 40 rows: “ANN@x.com” would be “ann@x.com”.`
pub fn found(near: &NearMiss, f: &dyn Format) -> String {
    let would = if near.merged { "is" } else { "would be" };
    let mut shown: Vec<String> = near.examples.iter().map(|(id, into)| format!("“{id}” {would} “{into}”")).collect();
    if (shown.len() as u64) < near.ids {
        shown.push("others".to_owned());
    }
    let others = near.ids - near.alone;
    let with_others = match others {
        0 => String::new(),
        _ if near.alone == 0 => " Only together with another rule.".to_owned(),
        n => format!(" {} of them only together with another rule.", f.integer(n)),
    };
    format!("{} in {}: {}.{with_others}", f.count(near.ids, "id"), f.count(near.rows, "row"), list(&shown))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::format::Plain;

    #[test]
    fn near_misses_are_told_with_examples_and_their_rows() {
        let f = Plain::new(None);
        let examples = vec![("ANN@x.com".to_owned(), "ann@x.com".to_owned())];
        let near = NearMiss { rule: IdRule::Case, ids: 12, alone: 10, rows: 40, merged: false, examples };
        assert_eq!(
            found(&near, &f),
            "12 ids in 40 rows: “ANN@x.com” would be “ann@x.com” and others. 2 of them only together with another rule."
        );
        let one = NearMiss { ids: 1, alone: 1, rows: 1, merged: true, ..near };
        assert_eq!(found(&one, &f), "1 id in 1 row: “ANN@x.com” is “ann@x.com”.");
        for rule in IdRule::ALL {
            assert!(!label(rule).ends_with('.') && why(rule).ends_with('.'), "{}", rule.name());
        }
    }
}
