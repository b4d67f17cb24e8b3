//! Segments in words: a name, what its customers have in common, and what to do about them.

use crate::ingest::profile::shown;
use crate::report::customers::CustomerRow;
use crate::segments::rfm::GONE_QUIET;
use crate::text;

/// What to do for a segment: first by hand, then with targeted automation, then with prediction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Playbook {
    /// Without any tool.
    pub by_hand: &'static str,
    /// With rules and dates.
    pub automated: &'static str,
    /// With a chance for every customer.
    pub predicted: &'static str,
}

/// A segment in words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SegmentWords {
    /// Its family: `rfm`, `value`, `lifecycle`.
    pub family: &'static str,
    /// Its key within the family.
    pub key: &'static str,
    /// Its name.
    pub name: &'static str,
    /// What its customers have in common, in one or two short sentences.
    pub meaning: &'static str,
    /// What to do.
    pub playbook: Playbook,
}

macro_rules! segment {
    ($family:literal, $key:literal, $name:literal, $meaning:literal, $by_hand:literal, $automated:literal, $predicted:literal) => {
        SegmentWords {
            family: $family,
            key: $key,
            name: $name,
            meaning: $meaning,
            playbook: Playbook { by_hand: $by_hand, automated: $automated, predicted: $predicted },
        }
    };
}

/// All segments that have words of their own; those of a dimension are named by its values.
pub const ALL: &[SegmentWords] = &[
    segment!(
        "rfm",
        "champions",
        "Champions",
        "Bought lately, often and for much. They come without being asked.",
        "Thank them by name; ask five of them what to stock.",
        "Early access to new things. No discount: they don’t need one.",
        "Watch for a gap longer than their own rhythm."
    ),
    segment!(
        "rfm",
        "loyal",
        "Loyal",
        "Buy regularly, and have for a while.",
        "Ask what they would recommend you for, and to whom.",
        "Suggest what goes with the last purchase.",
        "Find those who are one purchase from being champions."
    ),
    segment!(
        "rfm",
        "potential_loyalists",
        "Potential loyalists",
        "Bought lately, and more than once. A habit is beginning.",
        "Learn why they came back; say that you noticed.",
        "A note at their usual interval, with one clear suggestion.",
        "Rank by chance of another purchase."
    ),
    segment!(
        "rfm",
        "new",
        "New",
        "Bought for the first time, not long ago. The second purchase decides.",
        "A note in the parcel that says what goes with what they bought.",
        "A reminder when most second purchases happen.",
        "Offer what the next buyers chose most."
    ),
    segment!(
        "rfm",
        "promising",
        "Promising",
        "Bought not long ago, still seldom.",
        "Answer their questions quickly.",
        "Suggest a refill at their own interval.",
        "Rank by chance of another purchase."
    ),
    segment!(
        "rfm",
        "need_attention",
        "Need attention",
        "In the middle of everything: bought some time ago, now and then.",
        "Tell them what is new since their last visit.",
        "A season’s letter, with one clear thing to buy.",
        "Hold back a tenth at random to see if it works."
    ),
    segment!(
        "rfm",
        "about_to_sleep",
        "About to sleep",
        "Bought seldom, and not lately.",
        "One friendly message, without an offer.",
        "A reminder of what they looked for last time.",
        "Spend only where the chance is still worth the stamp."
    ),
    segment!(
        "rfm",
        "at_risk",
        "At risk",
        "Bought often, then stopped some time ago.",
        "Write by hand; mention what they bought last.",
        "A reason to return, once, after their usual gap has doubled.",
        "Begin with those in the view “At risk”."
    ),
    segment!(
        "rfm",
        "cant_lose",
        "Can’t lose",
        "Were among your best, and have not been seen for long.",
        "Call or write. Ask what went wrong.",
        "One offer, then leave them in peace.",
        "Leave out whoever the view “At risk” counts as lost."
    ),
    segment!(
        "rfm",
        "hibernating",
        "Hibernating",
        "Bought seldom, and long ago.",
        "Little. A greeting once a year is enough.",
        "Include them in a season’s letter; count who opens it.",
        "Leave out of paid campaigns, but for those in the view “At risk”."
    ),
    segment!(
        "rfm",
        "lost",
        "Lost",
        "Not seen for the longest time.",
        "Nothing, but for those in the view “At risk”.",
        "One last letter a year; then stop.",
        "Leave out of paid campaigns whoever the view “At risk” counts as lost."
    ),
    segment!(
        "value",
        "high",
        "High value",
        "The fifth of customers that has brought most.",
        "Know them by name, and who looks after them.",
        "Better service before better prices: first answer, first delivery.",
        "Watch for a gap longer than their own rhythm."
    ),
    segment!(
        "value",
        "medium",
        "Middle value",
        "The next three in ten.",
        "Ask what they buy elsewhere.",
        "Suggest the one thing that the high-value customers also take.",
        "Find those who grow the way your best once did."
    ),
    segment!(
        "value",
        "low",
        "Low value",
        "The other half.",
        "Keep it simple: good service, no extra effort.",
        "A second purchase is the whole aim; one reminder.",
        "Spend on the few with a high chance to return."
    ),
    segment!(
        "value",
        "a",
        "A: first 80% of revenue",
        "The customers who bring the first 80% of revenue together.",
        "Know them by name, and who looks after them.",
        "Better service before better prices: first answer, first delivery.",
        "Watch for a gap longer than their own rhythm."
    ),
    segment!(
        "value",
        "b",
        "B: next 15%",
        "The customers who bring the next 15% of revenue.",
        "Ask what they buy elsewhere.",
        "Suggest the one thing that the A customers also take.",
        "Find those who grow the way your best once did."
    ),
    segment!(
        "value",
        "c",
        "C: last 5%",
        "The customers who bring the last 5% of revenue.",
        "Keep it simple: good service, no extra effort.",
        "A second purchase is the whole aim; one reminder.",
        "Spend on the few with a high chance to return."
    ),
    segment!(
        "lifecycle",
        "new",
        "Active, first purchase",
        "Bought for the first time within the active window, and not again yet.",
        "A note in the parcel that says what goes with what they bought.",
        "A reminder when most second purchases happen.",
        "Offer what the next buyers chose most."
    ),
    segment!(
        "lifecycle",
        "repeat",
        "Active, came back",
        "Bought a second time, the last time within the active window.",
        "Say that you noticed they came back.",
        "A suggestion at their usual interval.",
        "Rank by chance of another purchase."
    ),
    segment!(
        "lifecycle",
        "loyal",
        "Active, three purchases and more",
        "Bought three times or more, the last time within the active window.",
        "Thank them by name.",
        "Early access to new things.",
        "Watch for a gap longer than their own rhythm."
    ),
    segment!(
        "lifecycle",
        "at_risk",
        "Quiet for a while",
        "Quiet for longer than the active window, up to twice as long.",
        "Write by hand; mention what they bought last.",
        "A reminder a little after the usual gap.",
        "Begin with those in the view “At risk”."
    ),
    segment!(
        "lifecycle",
        "dormant",
        "Quiet for long",
        "Quiet for two to four active windows; most will not return by themselves.",
        "Ask the best of them what went wrong.",
        "One offer, then leave them in peace.",
        "Leave out whoever the view “At risk” counts as lost."
    ),
    segment!(
        "lifecycle",
        "lost",
        "Quiet for very long",
        "Quiet for four active windows and more; hardly anyone returns.",
        "Nothing, but for those in the view “At risk”.",
        "One last letter a year; then stop.",
        "Leave out of paid campaigns whoever the view “At risk” counts as lost."
    ),
];

/// The words for a segment, where it has some.
pub fn words(family: &str, key: &str) -> Option<&'static SegmentWords> {
    ALL.iter().find(|words| words.family == family && words.key == key)
}

/// The name of a segment: its own, or the value of its dimension.
pub fn title(family: &str, key: &str) -> String {
    match words(family, key) {
        Some(words) => words.name.to_string(),
        None if family == "rfm" && key == GONE_QUIET.key => {
            let [second, first] = GONE_QUIET.groups.map(|key| title(family, key));
            format!("Gone quiet: {first} and {second}")
        }
        None if family.starts_with("dimension:") => dimension_value(key),
        None => text::capital(&key.replace('_', " ")),
    }
}

/// The groups of one customer by name: RFM group and tier, where customers are ranked, and how long they have been quiet.
pub fn of_customer(row: &CustomerRow) -> Vec<String> {
    let rfm = (!row.group.is_empty()).then(|| format!("RFM group: {}", title("rfm", &row.group)));
    let tier = (!row.tier.is_empty()).then(|| title("value", &row.tier));
    rfm.into_iter().chain(tier).chain([title("lifecycle", &row.stage)]).collect()
}

/// The name of a column of a file as it is said: `born_in` is "Born in".
pub fn column(name: &str) -> String {
    let spoken = shown(name).replace('_', " ");
    let words: Vec<&str> = spoken.split_whitespace().collect();
    text::capital(&words.join(" "))
}

/// A value of a dimension; rows with an empty cell have none.
pub fn dimension_value(value: &str) -> String {
    if value.trim().is_empty() { "(empty)".to_string() } else { shown(value) }
}

/// What its customers have in common.
pub fn meaning(family: &str, key: &str) -> String {
    match (words(family, key), family.strip_prefix("dimension:")) {
        (Some(words), _) => words.meaning.to_string(),
        (None, Some(column)) => format!("First bought with {} in the column {column}.", dimension_value(key)),
        (None, None) => String::new(),
    }
}

/// A family of segments by the question that it answers.
pub fn family_name(family: &str) -> String {
    match family {
        "rfm" => "RFM groups: when, how often, how much".to_string(),
        "value" => "Value: high, middle, low".to_string(),
        "lifecycle" => "How long quiet".to_string(),
        other => match other.strip_prefix("dimension:") {
            Some(name) => format!("{} of the first purchase", column(name)),
            None => text::capital(other),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_segment_has_a_playbook_and_no_twin() {
        for (i, words) in ALL.iter().enumerate() {
            assert!(
                !ALL[..i].iter().any(|other| (other.family, other.key) == (words.family, words.key)),
                "{}",
                words.key
            );
            let Playbook { by_hand, automated, predicted } = words.playbook;
            for text in [words.meaning, by_hand, automated, predicted] {
                assert!(text.ends_with('.') && !text.contains('!'), "{text}");
            }
        }
        assert_eq!(ALL.iter().filter(|words| words.family == "rfm").count(), 11);
    }

    #[test]
    fn no_two_segments_share_a_name() {
        for (i, words) in ALL.iter().enumerate() {
            assert!(ALL[..i].iter().all(|other| other.name != words.name), "{} of {}", words.name, words.family);
        }
    }

    #[test]
    fn a_customer_among_a_handful_has_neither_group_nor_tier() {
        let mut row = crate::words::fixture::customer().row;
        assert_eq!(of_customer(&row), ["RFM group: Loyal", "High value", "Quiet for a while"]);
        (row.group, row.tier) = Default::default();
        assert_eq!(of_customer(&row), ["Quiet for a while"]);
    }

    #[test]
    fn names_of_columns_are_said_as_words() {
        assert_eq!(
            ["born_in", "channel", "Customer__Region ", "été_2024"].map(column),
            ["Born in", "Channel", "Customer Region", "Été 2024"]
        );
        assert_eq!(family_name("dimension:born_in"), "Born in of the first purchase");
    }

    #[test]
    fn values_of_a_dimension_name_themselves() {
        assert_eq!(title("dimension:channel", "search ads"), "search ads");
        assert_eq!(title("dimension:channel", " "), "(empty)");
        assert_eq!(title("dimension:channel", "a\u{202e}b"), "a\u{fffd}b");
        assert_eq!(title("rfm", "cant_lose"), "Can’t lose");
        assert_eq!(family_name("dimension:channel"), "Channel of the first purchase");
    }
}
