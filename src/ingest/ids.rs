//! Ids that tell less than they seem to.

/// Words that tills and shops write where they don't know the customer, in lower case.
const SHARED: [&str; 20] = [
    "0",
    "-1",
    "guest",
    "guests",
    "gast",
    "gäste",
    "invité",
    "invitado",
    "ospite",
    "anonymous",
    "anonym",
    "anonyme",
    "unknown",
    "unbekannt",
    "inconnu",
    "walk-in",
    "walk in",
    "walkin",
    "cash customer",
    "no customer",
];

/// Whether a spreadsheet has shortened an id to its first digits: `1.23E+15`. What stood behind them is lost.
pub fn is_damaged(id: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let Some((mantissa, power)) = id.split_once("E+").or_else(|| id.split_once("e+")) else { return false };
    let (whole, part) = mantissa.split_once(['.', ',']).unwrap_or((mantissa, "0"));
    whole.len() == 1 && digits(whole) && digits(part) && power.len() == 2 && digits(power)
}

/// Whether an id stands for everybody who gave none: `GUEST`, `0`, `walk-in`.
pub fn is_shared(id: &str) -> bool {
    id.len() <= 13 && SHARED.iter().any(|word| word.eq_ignore_ascii_case(id))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_shortened_ids_from_others() {
        for id in ["1.23E+15", "9E+14", "1,23457E+12", "1.2e+09"] {
            assert!(is_damaged(id), "{id}");
        }
        for id in ["1.23E15", "12.3E+15", "SIZE+15", "E+15", "1.E+15", "1.23E+", "1.23E+1x", "123", ""] {
            assert!(!is_damaged(id), "{id}");
        }
    }

    #[test]
    fn knows_ids_that_stand_for_many() {
        for id in ["GUEST", "0", "Walk-In", "invité"] {
            assert!(is_shared(id), "{id}");
        }
        for id in ["00", "10", "guestav", "C0", ""] {
            assert!(!is_shared(id), "{id}");
        }
    }
}
