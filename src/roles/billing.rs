//! How long the period is that a recurring amount is paid for, and what it comes to in a month.

use super::names::{normalise, words};
use crate::math::Unit;

/// A billing period: so many days, weeks, months, quarters or years.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Billing {
    /// How many; at least 1.
    pub every: u16,
    /// Of what.
    pub unit: Unit,
}

/// Whole cells and headers that say a period of more than one unit.
const WHOLE: [(&str, u16, Unit); 11] = [
    ("biweekly", 2, Unit::Week),
    ("fortnightly", 2, Unit::Week),
    ("fortnight", 2, Unit::Week),
    ("semiannual", 6, Unit::Month),
    ("semiannually", 6, Unit::Month),
    ("halfyearly", 6, Unit::Month),
    ("halbjahrlich", 6, Unit::Month),
    ("halbjahr", 6, Unit::Month),
    ("semestriel", 6, Unit::Month),
    ("semestral", 6, Unit::Month),
    ("semestrale", 6, Unit::Month),
];

/// Words of a unit, as [`normalise`] leaves them: English, German, French, Spanish, Dutch, Italian, Portuguese.
#[rustfmt::skip]
const UNITS: [(Unit, &[&str]); 5] = [
    (Unit::Day, &["day", "days", "daily", "tag", "tage", "taglich", "jour", "jours", "dia", "dias", "giorno", "giorni", "dag", "dagen"]),
    (Unit::Week, &[
        "week", "weeks", "weekly", "wk", "woche", "wochen", "wochentlich", "semaine", "semaines", "hebdomadaire", "semana",
        "semanas", "semanal", "settimana", "settimane", "settimanale", "weken", "wekelijks",
    ]),
    (Unit::Month, &[
        "month", "months", "monthly", "mo", "mth", "mtl", "monat", "monate", "monatlich", "mois", "mensuel", "mensuelle", "mes",
        "meses", "mensual", "mese", "mesi", "mensile", "mensal", "maand", "maanden", "maandelijks",
    ]),
    (Unit::Quarter, &[
        "quarter", "quarters", "quarterly", "quartal", "quartalsweise", "vierteljahrlich", "trimestre", "trimestriel",
        "trimestrielle", "trimestral", "trimestrale", "kwartaal",
    ]),
    (Unit::Year, &[
        "year", "years", "yearly", "yr", "annual", "annually", "annum", "jahr", "jahre", "jahrlich", "an", "ans", "annee",
        "annuel", "annuelle", "ano", "anos", "anual", "anno", "anni", "annuale", "jaar", "jaarlijks",
    ]),
];

/// Words beside a unit that say nothing of its length.
const FILLERS: [&str; 16] = [
    "every", "each", "per", "billed", "billing", "paid", "to", "plan", "in", "advance", "alle", "pro", "par", "por",
    "al", "tous",
];

impl Billing {
    /// A month.
    pub const MONTH: Billing = Billing { every: 1, unit: Unit::Month };

    /// A year.
    pub const YEAR: Billing = Billing { every: 1, unit: Unit::Year };

    /// The period that a cell names: `monthly`, `Annual`, `every 3 months`, `jährlich`. Nothing where any word of it is not
    /// known: "two year" is no year.
    pub fn of_cell(cell: &str) -> Option<Billing> {
        if let Some((_, every, unit)) = WHOLE.iter().find(|(known, ..)| *known == normalise(cell)) {
            return Some(Billing { every: *every, unit: *unit });
        }
        let mut found: Option<Unit> = None;
        let mut every = 1;
        for word in words(cell) {
            match (unit_of(&word), word.parse::<u16>()) {
                // `month-to-month` says it twice.
                (Some(unit), _) if found.is_none_or(|known| known == unit) => found = Some(unit),
                (None, Ok(number)) if (1..=366).contains(&number) => every = number,
                (None, Err(_)) if FILLERS.contains(&&*word) => {}
                _ => return None,
            }
        }
        found.map(|unit| Billing { every, unit })
    }

    /// The period that the header of an amount tells: `MRR`, `arr_amount`, `monthly price`, `Jahresbetrag` tells none.
    pub fn of_header(header: &str) -> Option<Billing> {
        let words = words(header);
        let tells = |known: &str| words.iter().any(|word| word == known);
        if tells("mrr") {
            return Some(Billing::MONTH);
        }
        if tells("arr") {
            return Some(Billing::YEAR);
        }
        let mut units = words.iter().filter_map(|word| unit_of(word));
        units.next().filter(|_| units.next().is_none()).map(|unit| Billing { every: 1, unit })
    }

    /// What an amount of this period comes to in a month of 365.25 / 12 days, rounded half away from zero; nothing where
    /// that leaves the range.
    pub fn monthly(self, amount: i64) -> Option<i64> {
        let (times, of) = match self.unit {
            Unit::Day => (487, 16),
            Unit::Week => (487, 112),
            Unit::Month => (1, 1),
            Unit::Quarter => (1, 3),
            Unit::Year => (1, 12),
        };
        let (exact, of) = (i128::from(amount) * times, of * i128::from(self.every));
        i64::try_from((2 * exact + of * exact.signum()) / (2 * of)).ok()
    }
}

fn unit_of(word: &str) -> Option<Unit> {
    UNITS.iter().find(|(_, words)| words.contains(&word)).map(|(unit, _)| *unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_name_periods() {
        for (cell, every, unit) in [
            ("monthly", 1, Unit::Month),
            ("Month-to-month", 1, Unit::Month),
            ("ANNUAL", 1, Unit::Year),
            ("Billed yearly", 1, Unit::Year),
            ("jährlich", 1, Unit::Year),
            ("every 3 months", 3, Unit::Month),
            ("Quarterly", 1, Unit::Quarter),
            ("semi-annual", 6, Unit::Month),
            ("bi-weekly", 2, Unit::Week),
            ("mensuel", 1, Unit::Month),
            ("1 year", 1, Unit::Year),
        ] {
            assert_eq!(Billing::of_cell(cell), Some(Billing { every, unit }), "{cell}");
        }
        for cell in ["", "Two year", "lifetime", "12", "month or year", "0 months", "2024-01-02"] {
            assert_eq!(Billing::of_cell(cell), None, "{cell}");
        }
    }

    #[test]
    fn headers_of_amounts_tell_periods() {
        assert_eq!(Billing::of_header("mrr_amount"), Some(Billing::MONTH));
        assert_eq!(Billing::of_header("ARR (USD)"), Some(Billing::YEAR));
        assert_eq!(Billing::of_header("Monthly price"), Some(Billing::MONTH));
        assert_eq!(Billing::of_header("amount"), None);
        assert_eq!(Billing::of_header("days per month"), None);
    }

    #[test]
    fn amounts_come_to_their_share_of_a_month() {
        let monthly = |every, unit, amount| Billing { every, unit }.monthly(amount);
        assert_eq!(monthly(1, Unit::Month, 99_900), Some(99_900));
        assert_eq!(monthly(1, Unit::Year, 1_200_000), Some(100_000));
        assert_eq!(monthly(1, Unit::Year, 1_000_000), Some(83_333));
        assert_eq!(monthly(1, Unit::Year, -1_000_000), Some(-83_333));
        assert_eq!(monthly(6, Unit::Month, 3), Some(1), "half a ten-thousandth is rounded away from zero");
        // 365.25 days of 7 make 52.18 weeks, so a week of 10.00 is 43.4821 a month.
        assert_eq!(monthly(1, Unit::Week, 100_000), Some(434_821));
        assert_eq!(monthly(1, Unit::Day, 10_000), Some(304_375));
        assert_eq!(monthly(1, Unit::Day, i64::MAX), None);
        assert_eq!(monthly(1, Unit::Month, i64::MIN + 1), Some(i64::MIN + 1));
    }
}
