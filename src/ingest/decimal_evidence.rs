//! Which decimal sign the amounts of a column are written with.

use serde::{Deserialize, Serialize};

use super::blank::leading_space;
use super::certainty::Certainty;
use super::numbers::{DecimalSign, Plain, peel};

/// What the cells of a column say about their decimal sign. Cells that are no amounts say nothing.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct DecimalEvidence {
    /// Amounts that only a point as decimal sign explains: `12.50`, `1,234.50`, `1,234,567`.
    pub point: u64,
    /// Amounts that only a comma explains: `12,5`, `1.234,50`, `1.234.567`.
    pub comma: u64,
    /// Amounts with one point and three digits behind it: `1.234`.
    pub either_point: u64,
    /// Amounts with one comma and three digits behind it: `1,234`.
    pub either_comma: u64,
    /// Whole amounts without any sign, below a thousand.
    pub small: u64,
    /// Whole amounts without any sign, a thousand and more: thousands are not set off here.
    pub large: u64,
    example: Option<String>,
}

/// What one amount says.
#[derive(Clone, Copy, PartialEq)]
enum Says {
    Only(DecimalSign),
    /// One such sign, with three digits behind it.
    Either(DecimalSign),
    Whole {
        large: bool,
    },
    Nothing,
}

impl DecimalEvidence {
    /// Takes a cell into account.
    pub fn observe(&mut self, cell: &[u8]) {
        match says(cell) {
            Says::Only(DecimalSign::Point) => self.point += 1,
            Says::Only(DecimalSign::Comma) => self.comma += 1,
            Says::Either(sign) => {
                match sign {
                    DecimalSign::Point => self.either_point += 1,
                    DecimalSign::Comma => self.either_comma += 1,
                }
                if self.example.is_none() {
                    self.example = Some(String::from_utf8_lossy(cell.trim_ascii()).into_owned());
                }
            }
            Says::Whole { large: true } => self.large += 1,
            Says::Whole { large: false } => self.small += 1,
            Says::Nothing => {}
        }
    }

    /// Takes a cell into account that was read in the usual form with this decimal sign. Whether it could: what allows
    /// both readings has to be [observed](DecimalEvidence::observe) as it is written.
    #[inline]
    pub fn observe_plain(&mut self, plain: Plain, decimal: DecimalSign) -> bool {
        match (plain.places, decimal) {
            (None, _) if plain.whole > 3 => self.large += 1,
            (None, _) => self.small += 1,
            (Some(3), _) => return false,
            (Some(_), DecimalSign::Point) => self.point += 1,
            (Some(_), DecimalSign::Comma) => self.comma += 1,
        }
        true
    }

    /// Takes the cells that follow into account, which were observed elsewhere.
    pub fn absorb(&mut self, part: DecimalEvidence) {
        self.point += part.point;
        self.comma += part.comma;
        self.either_point += part.either_point;
        self.either_comma += part.either_comma;
        self.small += part.small;
        self.large += part.large;
        self.example = self.example.take().or(part.example);
    }

    /// The decimal sign, and whether the column settles it.
    ///
    /// Where each sign has three digits behind it (`1,234`), the sign is taken for that of thousands. That is certain
    /// only where there are several such amounts and all amounts without a sign are below a thousand.
    pub fn decide(&self) -> (DecimalSign, Certainty) {
        let certain_if = |certain| if certain { Certainty::Certain } else { Certainty::Ask };
        // A few odd cells do not unsettle a column; they will be counted as unreadable.
        if self.comma > self.point {
            return (DecimalSign::Comma, certain_if(self.point * 10 <= self.comma));
        }
        if self.point > 0 {
            return (DecimalSign::Point, certain_if(self.comma * 10 <= self.point));
        }
        let decimal = if self.either_point > self.either_comma { DecimalSign::Comma } else { DecimalSign::Point };
        let thousands = self.either_point.max(self.either_comma);
        let one_kind = self.either_point.min(self.either_comma) == 0;
        let grouped = thousands >= 3 && self.small > 0 && self.large == 0;
        (decimal, certain_if(thousands == 0 || (one_kind && grouped)))
    }

    /// The first amount that allows both readings, as written.
    pub fn example(&self) -> Option<&str> {
        self.example.as_deref()
    }
}

fn says(cell: &[u8]) -> Says {
    let Some(bare) = peel(cell) else { return Says::Nothing };
    let text = bare.digits;
    if text.len() > 40 {
        return Says::Nothing;
    }
    let mantissa = text.iter().position(|byte| matches!(byte, b'e' | b'E')).map_or(text, |at| &text[..at]);
    // Points and commas, the last of them, digits, and other group signs.
    let (mut points, mut commas, mut last, mut grouped, mut at) = (0, 0, None, false, 0);
    while at < mantissa.len() {
        let width = match mantissa[at] {
            b'0'..=b'9' => 1,
            sign @ (b'.' | b',') => {
                points += usize::from(sign == b'.');
                commas += usize::from(sign == b',');
                last = Some((if sign == b'.' { DecimalSign::Point } else { DecimalSign::Comma }, at));
                1
            }
            b'\'' => {
                grouped = true;
                1
            }
            _ if mantissa[at..].starts_with("\u{2019}".as_bytes()) => {
                grouped = true;
                3
            }
            _ => {
                grouped = true;
                leading_space(&mantissa[at..])
            }
        };
        if width == 0 {
            return Says::Nothing;
        }
        at += width;
    }
    let Some((sign, at)) = last else { return Says::Whole { large: mantissa.len() > 3 && !grouped } };
    let (whole, part) = (&mantissa[..at], &mantissa[at + 1..]);
    match (points, commas) {
        // `1.234.567` or `1,234,567`: several of one kind set off thousands.
        (2.., 0) | (0, 2..) if part.len() == 3 => Says::Only(sign.other()),
        (2.., 0) | (0, 2..) => Says::Nothing,
        (1, 0) | (0, 1) => {
            let could_group =
                part.len() == 3 && matches!(whole, [b'1'..=b'9'] | [b'1'..=b'9', _] | [b'1'..=b'9', _, _]);
            if could_group && !grouped && text.len() == mantissa.len() { Says::Either(sign) } else { Says::Only(sign) }
        }
        // Both: the last is the decimal sign, and there is one of it.
        _ if [(DecimalSign::Point, points), (DecimalSign::Comma, commas)].contains(&(sign, 1)) => Says::Only(sign),
        _ => Says::Nothing,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Certainty::{Ask, Certain};
    use DecimalSign::{Comma, Point};

    fn decide(cells: &[&str]) -> (DecimalSign, Certainty) {
        let mut evidence = DecimalEvidence::default();
        cells.iter().for_each(|cell| evidence.observe(cell.as_bytes()));
        evidence.decide()
    }

    #[test]
    fn two_places_or_both_signs_settle_it() {
        assert_eq!(decide(&["12,5", "1.234"]), (Comma, Certain));
        assert_eq!(decide(&["12.50", "1,234"]), (Point, Certain));
        assert_eq!(decide(&["€1.234,50"]), (Comma, Certain));
        assert_eq!(decide(&["($1,234.50)"]), (Point, Certain));
        assert_eq!(decide(&["1.234.567"]), (Comma, Certain));
        assert_eq!(decide(&["12,34,567"]), (Point, Certain));
        assert_eq!(decide(&["0.125", "1234.567"]), (Point, Certain));
        assert_eq!(decide(&["1 234,500"]), (Comma, Certain));
        assert_eq!(decide(&["1'234.500"]), (Point, Certain));
        assert_eq!(decide(&["12,50-"]), (Comma, Certain));
    }

    #[test]
    fn no_signs_need_no_question() {
        assert_eq!(decide(&[]), (Point, Certain));
        assert_eq!(decide(&["12", "1500", "", "Zoë", "2023-01-05", "a.b", "1.2.3"]), (Point, Certain));
    }

    #[test]
    fn three_digits_behind_each_sign_are_asked_about() {
        assert_eq!(decide(&["1,234"]), (Point, Ask));
        assert_eq!(decide(&["1.234", "2.500"]), (Comma, Ask));
        assert_eq!(decide(&["1.234", "2,500"]), (Point, Ask));
        assert_eq!(decide(&["1.234", "2.500", "7.000", "12"]), (Comma, Certain), "thousands beside small amounts");
        assert_eq!(decide(&["1.234", "2.500", "7.000", "12", "1200"]), (Comma, Ask));
    }

    #[test]
    fn the_usual_form_says_what_the_cell_as_written_says() {
        for sign in [Point, Comma] {
            for cell in ["0", "12", "999", "1000", "-1000", "12.5", "12,50", "-0.5", "1.2345", "12.", ".5", ",25"] {
                let Some(plain) = sign.plain(cell.as_bytes()) else { continue };
                let (mut quick, mut whole) = (DecimalEvidence::default(), DecimalEvidence::default());
                assert!(quick.observe_plain(plain, sign));
                whole.observe(cell.as_bytes());
                assert_eq!(quick, whole, "{cell}");
            }
            assert!(
                sign.plain(format!("1{}234", sign.char()).as_bytes())
                    .is_some_and(|plain| { !DecimalEvidence::default().observe_plain(plain, sign) })
            );
        }
    }

    #[test]
    fn a_few_odd_cells_do_not_unsettle_a_column() {
        let mut cells = vec!["1.50"; 30];
        cells.push("1,5");
        assert_eq!(decide(&cells), (Point, Certain));
        assert_eq!(decide(&["1.50", "1,5"]), (Point, Ask));
        let mut evidence = DecimalEvidence::default();
        evidence.observe(b" 1.234 ");
        assert_eq!(evidence.example(), Some("1.234"));
    }
}
