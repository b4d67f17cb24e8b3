//! Names of days of the week, which stand in front of dates: English, German, French, Spanish, Italian, Portuguese, Dutch,
//! and how they are cut short. They say nothing that the date does not, and are passed over.

use super::months;

/// The names, without accents. A word of three letters and more is a day where it is the beginning of one.
const NAMES: &str = "monday tuesday wednesday thursday friday saturday sunday \
                     montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag \
                     lundi mardi mercredi jeudi vendredi samedi dimanche \
                     lunes martes miercoles jueves viernes sabado domingo \
                     lunedi martedi mercoledi giovedi venerdi sabato domenica \
                     segunda terca quarta quinta sexta \
                     maandag dinsdag woensdag donderdag vrijdag zaterdag zondag";

/// Of two letters, as German and Dutch have them.
const SHORT: &str = "mo di mi do fr sa so ma wo vr za zo";

/// The bytes of the day of the week that a text begins with, and of the sign behind it.
pub(super) fn leading(text: &[u8]) -> Option<usize> {
    let mut letters = [0; months::LONGEST];
    let (word, mut at) = months::word(text, &mut letters)?;
    let is_day = match word.len() {
        0 | 1 => false,
        2 => SHORT.split(' ').any(|name| name.as_bytes() == word),
        _ => NAMES.split(' ').any(|name| name.as_bytes().starts_with(word)),
    };
    if !is_day {
        return None;
    }
    // As in `segunda-feira`.
    if text[at..].len() >= 6 && text[at..at + 6].eq_ignore_ascii_case(b"-feira") {
        at += 6;
    }
    for sign in [b'.', b','] {
        at += usize::from(text.get(at) == Some(&sign));
    }
    Some(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_of_seven_languages_and_their_beginnings() {
        for day in [
            "Monday",
            "Tue",
            "Wed",
            "Montag",
            "Mo",
            "Mi.",
            "Sonnabend",
            "lundi",
            "dim.",
            "mer",
            "miércoles",
            "mié.",
            "sáb,",
            "SÁBADO",
            "lunedì",
            "venerdì",
            "gio",
            "segunda-feira",
            "terça-feira,",
            "qua",
            "sex.",
            "maandag",
            "wo",
            "zat.",
        ] {
            assert_eq!(leading(format!("{day} 3 2026").as_bytes()), Some(day.len()), "{day}");
        }
        for word in ["", "M", "Mx", "March", "Order", "Mondays", "feira", "3 Mon", "Mittwochs"] {
            assert_eq!(leading(word.as_bytes()), None, "{word}");
        }
    }
}
