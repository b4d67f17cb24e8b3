//! What the values of a column look like: the ground on which roles are guessed.

use rustc_hash::{FxHashMap, FxHashSet};

use super::blank::is_blank;
use super::dates::DateEvidence;
use super::numbers::{self, DecimalEvidence};
use crate::text;

/// A sample is shortened to so many characters.
const SAMPLE_CHARS: usize = 40;
const SAMPLES: usize = 3;

/// Characters of a name that are shown: more than any has that is one.
const NAME_CHARS: usize = 120;

/// A column as its cells among some records show it. Shares are of the cells with a value, and 0 where there are none.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ColumnProfile {
    /// Its header, as [`column_names`] gives it.
    pub name: String,
    /// Records looked at.
    pub looked_at: u64,
    /// Cells without a value.
    pub empty: u64,
    /// Different values.
    pub distinct: u64,
    /// How often the most frequent value stands there.
    pub max_repeats: u64,
    /// The first different values, shortened.
    pub samples: Vec<String>,
    /// The order of its dates.
    pub dates: DateEvidence,
    /// The decimal sign of its amounts.
    pub numbers: DecimalEvidence,
    /// Share of numbers, under the decimal sign decided on.
    pub number_share: f64,
    /// Share of dates, under the order decided on. Where that order [counts](super::dates::DateOrder::is_count), any
    /// whole numbers of that size are among them.
    pub date_share: f64,
    /// Whether all numbers are whole and without a currency.
    pub integers: bool,
    /// Share of numbers that begin with a zero before another digit, as ids do.
    pub zero_padded_share: f64,
    /// Share of numbers with places behind the decimal sign, or with a currency.
    pub money_share: f64,
    /// Share of numbers with an exponent: in a column of ids, what a spreadsheet has made of long ones.
    pub exponent_share: f64,
    /// Share of currency codes and signs.
    pub currency_share: f64,
    /// Share of e-mail addresses.
    pub email_share: f64,
    /// Share of values with both letters and digits and no space, such as `D1006`.
    pub code_share: f64,
    /// Share of values with a letter.
    pub letter_share: f64,
    /// Mean length of the values in characters.
    pub mean_len: f64,
}

impl ColumnProfile {
    /// Cells with a value.
    pub fn filled(&self) -> u64 {
        self.looked_at - self.empty
    }

    /// Whether the column holds dates that are written as such, not as numbers that count.
    pub fn has_written_dates(&self, least_share: f64) -> bool {
        self.filled() > 0 && self.date_share >= least_share && !self.dates.decide().order.is_count()
    }
}

/// Looks at the columns of some records. There are as many profiles as names; a record that is too short has no value
/// in the columns that it lacks.
pub fn profile(header: &[String], rows: &[Vec<String>]) -> Vec<ColumnProfile> {
    let cell = |row: &'_ usize, column: usize| rows[*row].get(column).map_or("", String::as_str);
    let numbers: Vec<usize> = (0..rows.len()).collect();
    header
        .iter()
        .enumerate()
        .map(|(column, name)| profile_column(name, numbers.iter().map(|row| cell(row, column))))
        .collect()
}

fn profile_column<'a>(name: &str, cells: impl Iterator<Item = &'a str> + Clone) -> ColumnProfile {
    let mut profile = ColumnProfile { name: name.to_string(), ..ColumnProfile::default() };
    let mut counts: FxHashMap<&str, u64> = FxHashMap::default();
    let filled = cells.clone().map(str::trim).filter(|cell| !is_blank(cell.as_bytes()));
    for cell in filled.clone() {
        profile.numbers.observe(cell.as_bytes());
        profile.dates.observe(cell.as_bytes());
    }
    let decimal = profile.numbers.decide().0;
    let (mut number, mut money, mut whole, mut padded, mut exponents) = (0u64, 0u64, 0u64, 0u64, 0u64);
    let (mut currency, mut email, mut code, mut letter, mut chars, mut values) = (0u64, 0u64, 0u64, 0u64, 0u64, 0u64);
    for cell in filled {
        values += 1;
        let repeats = counts.entry(cell).or_default();
        *repeats += 1;
        profile.max_repeats = profile.max_repeats.max(*repeats);
        if *repeats == 1 && profile.samples.len() < SAMPLES {
            profile.samples.push(shorten(cell, SAMPLE_CHARS));
        }
        if let Ok(read) = numbers::parse(cell.as_bytes(), decimal) {
            number += 1;
            let exponent = read.currency.is_none() && cell.contains(['e', 'E']);
            let marked = read.currency.is_some() || (cell.contains(decimal.char()) && !exponent);
            exponents += u64::from(exponent);
            money += u64::from(marked);
            whole += u64::from(!marked);
            padded += u64::from(matches!(cell.as_bytes(), [b'0', b'0'..=b'9', ..]));
        }
        let letters = cell.chars().any(text::is_letter);
        let digits = cell.bytes().any(|byte| byte.is_ascii_digit());
        currency += u64::from(numbers::currency_code(cell).is_some());
        email += u64::from(is_email(cell));
        letter += u64::from(letters);
        code += u64::from(letters && digits && !cell.contains(char::is_whitespace));
        chars += cell.chars().count() as u64;
    }
    let share = |part: u64, of: u64| if of == 0 { 0.0 } else { part as f64 / of as f64 };
    profile.looked_at = cells.count() as u64;
    profile.empty = profile.looked_at - values;
    profile.distinct = counts.len() as u64;
    profile.number_share = share(number, values);
    profile.date_share = profile.dates.share();
    profile.integers = number > 0 && whole == number;
    profile.zero_padded_share = share(padded, values);
    profile.money_share = share(money, values);
    profile.exponent_share = share(exponents, values);
    profile.currency_share = share(currency, values);
    profile.email_share = share(email, values);
    profile.code_share = share(code, values);
    profile.letter_share = share(letter, values);
    profile.mean_len = share(chars, values);
    profile
}

/// Something on both sides of one `@`, a point on the right, no space.
fn is_email(cell: &str) -> bool {
    cell.split_once('@').is_some_and(|(name, host)| {
        let inner_point = host.trim_matches('.').contains('.');
        !name.is_empty() && inner_point && !host.contains('@') && !cell.contains(char::is_whitespace)
    })
}

/// A text to show: at most so many characters, of which the last is an ellipsis where it was longer; characters that
/// would show nothing, or turn round the text behind them, as `\u{fffd}`.
pub fn shorten(text: &str, chars: usize) -> String {
    let shown = |letter: char| if is_hidden(letter) { char::REPLACEMENT_CHARACTER } else { letter };
    match text.char_indices().nth(chars) {
        None => text.chars().map(shown).collect(),
        Some(_) => text.chars().take(chars.saturating_sub(1)).map(shown).chain(['…']).collect(),
    }
}

/// A name, an id or a value as it is shown, wherever it came from: [shortened](shorten), and on one line. What is saved
/// stays as it is.
pub fn shown(text: &str) -> String {
    shorten(text, NAME_CHARS).replace(['\t', '\n', '\r'], " ")
}

/// Control characters, and those of Unicode that override the direction of text (UAX 9). The marks that names in Arabic
/// and Hebrew need are none of them.
fn is_hidden(letter: char) -> bool {
    match letter {
        '\t' | '\n' | '\r' => false,
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => true,
        _ => letter.is_control(),
    }
}

/// The names of columns from the first record: trimmed, and as they are [`shown`]; `Column 3` where there is none, `amount (2)` where one comes
/// again. So no two columns have the same.
pub fn column_names(first: &[String]) -> Vec<String> {
    let mut taken = FxHashSet::default();
    let mut seen: FxHashMap<String, usize> = FxHashMap::default();
    let mut names = Vec::with_capacity(first.len());
    for (column, cell) in first.iter().enumerate() {
        let trimmed = cell.trim();
        let name = if trimmed.is_empty() { format!("Column {}", column + 1) } else { shown(trimmed) };
        let count = seen.entry(name.clone()).or_default();
        let mut unique = name.clone();
        loop {
            *count += 1;
            if *count > 1 {
                unique = format!("{name} ({count})");
            }
            if taken.insert(unique.clone()) {
                break;
            }
        }
        names.push(unique);
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    fn strings(cells: &[&str]) -> Vec<String> {
        cells.iter().map(|cell| cell.to_string()).collect()
    }

    #[test]
    fn names_are_unique_and_never_empty() {
        let names = column_names(&strings(&[" amount ", "", "amount", "Column 2", "amount", "amount (2)"]));
        assert_eq!(names, ["amount", "Column 2", "amount (2)", "Column 2 (2)", "amount (3)", "amount (2) (2)"]);
    }

    #[test]
    fn counts_and_shares_are_of_filled_cells() {
        let rows: Vec<Vec<String>> = [
            &["007", "2023-01-05", "€1.234,50", "a@b.de", "red"][..],
            &["007", "2023-01-06", "12,00 €", "", "blue"],
            &["08", "NULL", "3", "x y", "red"],
            &["9"],
        ]
        .iter()
        .map(|row| strings(row))
        .collect();
        let profiles = profile(&strings(&["id", "day", "paid", "mail", "colour"]), &rows);
        let [id, day, paid, mail, colour] = &profiles[..] else { panic!("one a column") };
        assert_eq!((id.looked_at, id.empty, id.distinct, id.max_repeats), (4, 0, 3, 2));
        assert!(id.integers && id.zero_padded_share == 0.75 && id.number_share == 1.0);
        assert_eq!((day.empty, day.date_share), (2, 1.0));
        assert!(day.has_written_dates(0.9));
        assert_eq!((paid.number_share, paid.integers, paid.money_share), (1.0, false, 2.0 / 3.0));
        assert_eq!((mail.email_share, mail.empty), (0.5, 2));
        assert_eq!((colour.distinct, colour.letter_share), (2, 1.0));
        assert_eq!(colour.samples, ["red", "blue"]);
        assert_eq!(colour.mean_len, 10.0 / 3.0);
    }

    #[test]
    fn a_column_without_values_has_shares_of_zero() {
        let profiles = profile(&strings(&["a"]), &[strings(&[""]), strings(&["-"])]);
        assert_eq!((profiles[0].filled(), profiles[0].number_share, profiles[0].mean_len), (0, 0.0, 0.0));
        assert!(!profiles[0].integers && !profiles[0].has_written_dates(0.0));
        assert_eq!(profile(&strings(&["a"]), &[])[0].looked_at, 0);
    }

    #[test]
    fn samples_are_short() {
        assert_eq!(shorten("ééééé", 4), "ééé…");
        assert_eq!(shorten("éééé", 4), "éééé");
        assert_eq!(shorten("", 0), "");
        assert_eq!(shorten("a\u{202e}fdp.exe\0\t\u{200f}ש", 20), "a\u{fffd}fdp.exe\u{fffd}\t\u{200f}ש");
    }
}
