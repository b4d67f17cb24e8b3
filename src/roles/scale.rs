//! The scales that survey answers are given on, and the answers themselves.

use serde::{Deserialize, Serialize};

use super::names::words;
use crate::math::money::SCALE;

/// A scale of answers (definitions.md, section 4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scale {
    /// How likely a customer is to recommend: 0 to 10.
    Nps,
    /// How content a customer is: 1 to 5.
    Csat,
    /// How much effort it took: 1 to 7.
    Ces,
}

impl Scale {
    /// All scales, the narrowest first.
    pub const ALL: [Scale; 3] = [Scale::Csat, Scale::Ces, Scale::Nps];

    /// The name in reports: `nps`.
    pub fn name(self) -> &'static str {
        match self {
            Scale::Nps => "nps",
            Scale::Csat => "csat",
            Scale::Ces => "ces",
        }
    }

    /// The lowest and the highest answer.
    pub fn bounds(self) -> (i64, i64) {
        match self {
            Scale::Nps => (0, 10),
            Scale::Csat => (1, 5),
            Scale::Ces => (1, 7),
        }
    }

    /// Whether an answer in ten-thousandths is one of its whole numbers.
    pub fn holds(self, score: i64) -> bool {
        let (least, most) = self.bounds();
        (least * SCALE..=most * SCALE).contains(&score) && score % SCALE == 0
    }

    /// The scale that the header of a column tells: `NPS`, `csat_score`, `How likely are you to recommend us?`
    pub fn of_header(header: &str) -> Option<Scale> {
        let words = words(header);
        let tells = |known: &[&str]| words.iter().any(|word| known.iter().any(|known| word.starts_with(known)));
        if tells(&["nps", "recommend", "promoter", "weiterempf", "recomend", "aanbevel"]) {
            return Some(Scale::Nps);
        }
        if Scale::names_ease(header) || tells(&["ces", "effort", "aufwand"]) {
            return Some(Scale::Ces);
        }
        tells(&["csat", "satisf", "zufrieden", "tevreden"]).then_some(Scale::Csat)
    }

    /// Whether the header of a column says that a high answer is an easy one: `How easy was it?`
    pub fn names_ease(header: &str) -> bool {
        words(header).iter().any(|word| matches!(word.as_str(), "easy" | "easily" | "ease" | "einfach" | "leicht"))
    }

    /// The narrowest scale that holds all answers between these two.
    pub fn holding(least: i64, most: i64) -> Option<Scale> {
        Scale::ALL.into_iter().find(|scale| scale.holds(least) && scale.holds(most))
    }
}

/// The number that an answer begins with, in ten-thousandths: `9`, `4.5`, `10 - Extremely likely`. Nothing where it begins
/// with none, or goes on as another number or a date would: `3/4`, `10-12`.
pub fn score(cell: &str) -> Option<i64> {
    let cell = cell.trim();
    let end = cell.find(|letter: char| !letter.is_ascii_digit() && !matches!(letter, '.' | ',')).unwrap_or(cell.len());
    let (number, rest) = cell.split_at(end);
    let rest = rest.trim_start();
    let words = rest.trim_start_matches(['-', '–', ':', '.', '(']).trim_start();
    if !rest.is_empty() && (words.len() == rest.len() || words.starts_with(|letter: char| letter.is_ascii_digit())) {
        return None;
    }
    let (whole, part) = number.split_once(['.', ',']).unwrap_or((number, ""));
    let is_short = |digits: &str, most: usize| digits.len() <= most && digits.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !is_short(whole, 3) || !is_short(part, 4) {
        return None;
    }
    format!("{whole}{part:0<4}").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_tell_scales() {
        for (header, scale) in [
            ("NPS", Some(Scale::Nps)),
            ("How likely is it that you would recommend us?", Some(Scale::Nps)),
            ("csat_score", Some(Scale::Csat)),
            ("How satisfied are you?", Some(Scale::Csat)),
            ("Effort", Some(Scale::Ces)),
            ("How easy was it?", Some(Scale::Ces)),
            ("score", None),
            ("process", None),
        ] {
            assert_eq!(Scale::of_header(header), scale, "{header}");
        }
    }

    #[test]
    fn the_narrowest_scale_that_holds_all_answers() {
        let holding = |least: i64, most: i64| Scale::holding(least * SCALE, most * SCALE);
        assert_eq!([holding(1, 5), holding(2, 6), holding(0, 5), holding(1, 8)].map(Option::unwrap), {
            [Scale::Csat, Scale::Ces, Scale::Nps, Scale::Nps]
        });
        assert_eq!(holding(0, 11), None);
    }

    #[test]
    fn answers_are_numbers_with_words_behind_them() {
        let cells = ["9", " 4.5 ", "10 - Extremely likely", "0 - Not at all likely", "5: great", "3 (neutral)", "4,5"];
        let scores = [90_000, 45_000, 100_000, 0, 50_000, 30_000, 45_000];
        assert_eq!(cells.map(|cell| score(cell).unwrap()), scores);
        for cell in ["", "Response", "3/4", "10-12", "2024-01-02", "9 lives", "-1", "1.2.3", "12345"] {
            assert_eq!(score(cell), None, "{cell}");
        }
    }
}
