//! Ids that are the same but for how they are written: by case, spaces, `+tags` and dots of addresses, leading zeros, a
//! `.0`, or digits that a spreadsheet has cut.
//!
//! Each rule is a change of the text; two ids that a set of rules makes equal are a near miss by these rules. Nothing is
//! made one because of it: that is for a person to say.

use serde::{Deserialize, Serialize};

use crate::text;

/// A rule by which ids written differently are the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IdRule {
    /// Small and capital letters.
    Case,
    /// Spaces within.
    Spaces,
    /// What stands between a `+` and the `@` of an address.
    Tags,
    /// Points before the `@` of an address.
    Dots,
    /// Zeros in front of a number.
    Zeros,
    /// `.0` behind a number.
    Decimals,
    /// `1.23E+15` in place of the number that a spreadsheet has cut, where only one number can be meant.
    Scientific,
}

impl IdRule {
    /// All rules, in the order in which they are offered.
    pub const ALL: [IdRule; 7] =
        [IdRule::Case, IdRule::Spaces, IdRule::Tags, IdRule::Dots, IdRule::Zeros, IdRule::Decimals, IdRule::Scientific];

    /// The name in reports and on the command line: `case`.
    pub fn name(self) -> &'static str {
        match self {
            IdRule::Case => "case",
            IdRule::Spaces => "spaces",
            IdRule::Tags => "tags",
            IdRule::Dots => "dots",
            IdRule::Zeros => "zeros",
            IdRule::Decimals => "decimals",
            IdRule::Scientific => "scientific",
        }
    }

    /// The rule of a name that [`IdRule::name`] gives.
    pub fn from_name(name: &str) -> Option<IdRule> {
        IdRule::ALL.into_iter().find(|rule| rule.name() == name)
    }
}

/// A set of rules.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct IdRules(u8);

impl IdRules {
    /// All rules.
    pub fn all() -> IdRules {
        IdRule::ALL.into_iter().collect()
    }

    /// Whether a rule is among them.
    pub fn has(self, rule: IdRule) -> bool {
        self.0 & (1 << rule as u8) != 0
    }

    /// The same with a rule, or without it.
    pub fn with(self, rule: IdRule, is_in: bool) -> IdRules {
        let bit = 1 << rule as u8;
        IdRules(if is_in { self.0 | bit } else { self.0 & !bit })
    }

    /// Whether there is none.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }
}

impl FromIterator<IdRule> for IdRules {
    fn from_iter<I: IntoIterator<Item = IdRule>>(rules: I) -> IdRules {
        rules.into_iter().fold(IdRules::default(), |rules, rule| rules.with(rule, true))
    }
}

/// Writes what an id is made to by all rules but the last, which looks at other ids too.
pub fn plain(id: &str, rules: IdRules, out: &mut String) {
    out.clear();
    // Nearly all ids have nothing that a rule could take out.
    let is_bare = |byte: u8| byte.is_ascii() && !matches!(byte, b'@' | b'+' | b'.' | b' ' | b'\t'..=b'\r');
    if id.bytes().all(is_bare) {
        out.push_str(id);
    } else {
        without_marks(id, rules, out);
    }
    if rules.has(IdRule::Zeros) && is_number(out) {
        let zeros = out.len() - out.trim_start_matches('0').len();
        out.drain(..zeros.min(out.len() - 1));
    }
    if rules.has(IdRule::Case) {
        match out.is_ascii() {
            true => out.make_ascii_lowercase(),
            false => *out = text::lower(out),
        }
    }
}

/// Writes an id without spaces, tags, points and a `.0`, as far as the rules say so.
fn without_marks(id: &str, rules: IdRules, out: &mut String) {
    let (name, host) = match id.find('@') {
        Some(at) => id.split_at(at),
        None => (id, ""),
    };
    let is_address = host.len() > 1 && !name.is_empty();
    // A tag alone would leave nothing that tells whom.
    let name = match name.find('+') {
        Some(at) if at > 0 && is_address && rules.has(IdRule::Tags) => &name[..at],
        _ => name,
    };
    let is_space = |letter: &char| letter.is_whitespace() && rules.has(IdRule::Spaces);
    let is_dot = |letter: &char| *letter == '.' && is_address && rules.has(IdRule::Dots);
    out.extend(name.chars().filter(|letter| !is_dot(letter) && !is_space(letter)));
    out.extend(host.chars().filter(|letter| !is_space(letter)));
    let whole = out.trim_end_matches('0').strip_suffix('.').unwrap_or_default();
    if rules.has(IdRule::Decimals) && is_number(whole) {
        let length = whole.len();
        out.truncate(length);
    }
}

/// Whether a text is digits and nothing else.
pub fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// What a spreadsheet makes of a number when it shows so many places of it: `1.23E+15`. Nothing where the text is no number
/// without zeros in front, or too long to tell.
pub fn cut_short(number: &str, places: usize) -> Option<String> {
    if !is_number(number) || number.starts_with('0') || !(2..=100).contains(&number.len()) {
        return None;
    }
    let digits = number.as_bytes();
    let kept = (places + 1).min(digits.len());
    let mut shown: Vec<u8> = digits[..kept].iter().map(|byte| byte - b'0').collect();
    let mut power = digits.len() - 1;
    if digits.get(kept).is_some_and(|next| *next >= b'5') {
        let nines = shown.iter().rev().take_while(|digit| **digit == 9).count();
        let at = shown.len() - nines;
        shown[at..].fill(0);
        match at.checked_sub(1) {
            Some(before) => shown[before] += 1,
            None => {
                shown[0] = 1;
                power += 1;
            }
        }
    }
    shown.resize(places + 1, 0);
    let text: String = shown.iter().map(|digit| char::from(b'0' + digit)).collect();
    let (whole, part) = text.split_at(1);
    Some(format!("{whole}{}{part}E+{power:02}", if part.is_empty() { "" } else { "." }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(id: &str, rules: &[IdRule]) -> String {
        let mut out = "left over".to_owned();
        plain(id, rules.iter().copied().collect(), &mut out);
        out
    }

    #[test]
    fn each_rule_changes_what_it_says_and_nothing_else() {
        for (rule, id, expected) in [
            (IdRule::Case, "Ann@X.Com", "ann@x.com"),
            (IdRule::Case, "ÉΔ-Ü", "éδ-ü"),
            (IdRule::Spaces, "C 00 1", "C001"),
            (IdRule::Spaces, "a\u{a0}b", "ab"),
            (IdRule::Tags, "ann+shop@x.com", "ann@x.com"),
            (IdRule::Tags, "+shop@x.com", "+shop@x.com"),
            (IdRule::Tags, "a+b", "a+b"),
            (IdRule::Dots, "a.n.n@x.co.uk", "ann@x.co.uk"),
            (IdRule::Dots, "a.n.n", "a.n.n"),
            (IdRule::Zeros, "00712", "712"),
            (IdRule::Zeros, "000", "0"),
            (IdRule::Zeros, "00A", "00A"),
            (IdRule::Decimals, "17850.0", "17850"),
            (IdRule::Decimals, "17850.00", "17850"),
            (IdRule::Decimals, "17850.5", "17850.5"),
            (IdRule::Decimals, "100", "100"),
            (IdRule::Decimals, "v1.0", "v1.0"),
        ] {
            assert_eq!(made(id, &[rule]), expected, "{id} by {}", rule.name());
            let others: Vec<IdRule> = IdRule::ALL.into_iter().filter(|other| *other != rule).collect();
            if made(id, &[rule]) != id {
                assert_ne!(made(id, &others), expected, "{id} by all but {}", rule.name());
            }
        }
        assert_eq!(made("0017850.0", &[IdRule::Zeros, IdRule::Decimals]), "17850");
    }

    #[test]
    fn a_spreadsheet_cuts_numbers_as_it_shows_them() {
        assert_eq!(cut_short("1234567890123456", 2).as_deref(), Some("1.23E+15"));
        assert_eq!(cut_short("1234567890123", 5).as_deref(), Some("1.23457E+12"));
        assert_eq!(cut_short("9999999999999", 2).as_deref(), Some("1.00E+13"));
        assert_eq!(cut_short("9000000000000", 0).as_deref(), Some("9E+12"));
        assert_eq!(cut_short("0123", 2), None);
        assert_eq!(cut_short("12a", 2), None);
    }

    #[test]
    fn rules_have_names_that_lead_back() {
        assert!(IdRule::ALL.into_iter().all(|rule| IdRule::from_name(rule.name()) == Some(rule)));
        let rules: IdRules = [IdRule::Case, IdRule::Zeros].into_iter().collect();
        assert!(rules.has(IdRule::Zeros) && !rules.has(IdRule::Tags) && !rules.is_empty());
        assert!(rules.with(IdRule::Case, false).with(IdRule::Zeros, false).is_empty());
        assert!(IdRule::ALL.into_iter().all(|rule| IdRules::all().has(rule)));
    }
}
