//! Names of months: English, German, French, Spanish, Italian, Portuguese, Dutch, and how they are cut short; and cells that name a month.

use crate::math::Day;

/// The names of each month, without accents. A word is a month where it is one of them or the beginning of one.
const NAMES: [&str; 12] = [
    "january januar janner janvier enero gennaio janeiro januari",
    "february februar feber fevrier febrero febbraio fevereiro februari",
    "march marz maerz mrz mars marzo marco maart mrt",
    "april avril abril aprile",
    "may mai mayo maggio maio mei",
    "june juni juin junio giugno junho",
    "july juli juillet julio luglio julho",
    "august aout agosto augustus",
    "september septembre septiembre setiembre settembre setembro",
    "october oktober octobre octubre ottobre outubro",
    "november novembre noviembre novembro",
    "december dezember decembre diciembre dicembre dezembro",
];

/// Letters of the longest name, with one to spare.
pub(super) const LONGEST: usize = 12;

/// The month whose name, or at least the first three letters of it, a text begins with; and the bytes of that word.
pub(super) fn leading(text: &[u8]) -> Option<(u32, usize)> {
    let mut letters = [0; LONGEST];
    let (word, at) = word(text, &mut letters)?;
    // `jui` is June and July.
    if word.len() < 3 || word == b"jui" {
        return None;
    }
    let begins = |names: &str| names.split(' ').any(|name| name.as_bytes().starts_with(word));
    Some((NAMES.iter().position(|names| begins(names))? as u32 + 1, at))
}

/// The word that a text begins with, in small letters without accents, and its bytes; nothing where it is longer than any
/// name.
pub(super) fn word<'l>(text: &[u8], letters: &'l mut [u8; LONGEST]) -> Option<(&'l [u8], usize)> {
    let (mut count, mut at) = (0, 0);
    while let Some((letter, width)) = letter(&text[at..]) {
        at += width;
        if let Some(letter) = letter {
            *letters.get_mut(count)? = letter;
            count += 1;
        }
    }
    Some((&letters[..count], at))
}

/// The letter that a text begins with, small and without its accent (nothing for an accent by itself), and its bytes.
fn letter(text: &[u8]) -> Option<(Option<u8>, usize)> {
    match *text {
        [ascii, ..] if ascii.is_ascii_alphabetic() => Some((Some(ascii.to_ascii_lowercase()), 1)),
        // U+00C0 to U+00FF; capitals are 0x20 below the small letters.
        [0xC3, second, ..] => {
            let plain = match second | 0x20 {
                0xA0..=0xA5 => b'a',
                0xA7 => b'c',
                0xA8..=0xAB => b'e',
                0xAC..=0xAF => b'i',
                0xBB | 0xBC => b'u',
                _ => return None,
            };
            Some((Some(plain), 2))
        }
        [0xCC, 0x80..=0xBF, ..] => Some((None, 2)),
        _ => None,
    }
}

/// The first day of the month that a cell names as programs do: `2024-03`, `2024/3`. No date, but enough where a row stands
/// for a month.
pub fn month(cell: &str) -> Option<Day> {
    let (year, month) = cell.trim().split_once(['-', '/'])?;
    let is_short = |text: &str, digits: usize| text.len() <= digits && text.bytes().all(|byte| byte.is_ascii_digit());
    (year.len() == 4 && is_short(year, 4) && is_short(month, 2))
        .then(|| Day::from_ymd(year.parse().ok()?, month.parse().ok()?, 1))
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_seven_languages_and_their_beginnings() {
        let months = [
            (1, "January Jan Januar Jänner janv enero ene gennaio gen janeiro"),
            (2, "Feb Februar février févr FÉVRIER febrero febbraio fevereiro fev"),
            (3, "March Mar März Mär Mrz mars marzo março MARÇO maart mrt"),
            (4, "April Apr avril avr abril abr aprile"),
            (5, "May Mai mayo maggio mag maio mei"),
            (6, "June Juni juin junio giugno giu junho jun"),
            (7, "July Juli juillet juil julio luglio lug julho jul"),
            (8, "August Aug août AOÛT aou agosto ago augustus"),
            (9, "September Sept sept septiembre setiembre settembre set setembro"),
            (10, "October Okt Oktober octobre octubre ottobre ott outubro out"),
            (11, "November Nov novembre noviembre novembro"),
            (12, "December Dez Dezember décembre déc diciembre dic dicembre dezembro"),
        ];
        for (month, names) in months {
            for name in names.split(' ') {
                assert_eq!(leading(format!("{name} 2026").as_bytes()), Some((month, name.len())), "{name}");
            }
        }
    }

    #[test]
    fn cells_name_months() {
        let first = |cell: &str| month(cell).map(|day| day.to_string());
        assert_eq!(first("2024-03").as_deref(), Some("2024-03-01"));
        assert_eq!(first(" 2024/11 ").as_deref(), Some("2024-11-01"));
        for cell in ["", "2024", "2024-13", "2024-0", "24-03", "2024-03-01", "2024-Q1", "20240-3", "-3", "2024-"] {
            assert_eq!(first(cell), None, "{cell}");
        }
    }

    #[test]
    fn accents_may_stand_by_themselves() {
        assert_eq!(leading("Ma\u{308}rz.".as_bytes()), Some((3, 6)));
    }

    #[test]
    fn other_words_are_no_months() {
        for word in ["jui", "ja", "mail", "marmelade", "octopus", "septemberfest", "", "é", "ß", "decemberdecember"] {
            assert_eq!(leading(word.as_bytes()), None, "{word}");
        }
    }
}
