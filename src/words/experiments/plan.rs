//! How large a test has to be, in words.

use crate::math::hypothesis::power::{self, Aim};
use crate::report::experiments::{Against, Experiment, Measure};
use crate::words::format::Format;

/// What a person plans a test with.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Plan {
    /// The rate as it is, a fraction.
    pub base: f64,
    /// The smallest gain that is worth finding, a fraction.
    pub gain: f64,
    /// Power and significance.
    pub aim: Aim,
    /// Units a day, both sides together, where that is known.
    pub units_a_day: Option<f64>,
}

/// What it takes: the finding, and the sum worked out. Nothing where the numbers are no plan.
pub fn said(plan: &Plan, f: &dyn Format) -> Option<(String, String)> {
    let Plan { base, gain, aim, units_a_day } = *plan;
    let each = power::size_for_rates(base, base + gain, aim)?;
    let days = units_a_day.filter(|units| *units > 0.0).map(|units| libm::ceil(2.0 * each / units));
    let long = days.map_or_else(String::new, |days| format!(", which takes {} at this rate", f.days(days)));
    let percent = |rate: f64| f.percent(rate, 1);
    let finding = format!(
        "{} on each side{long}, to tell {} from {}.",
        f.integer(each as u64),
        percent(base + gain),
        percent(base)
    );
    let terms = format!(
        "With a power of {} and a significance of {}: where there is such a difference, the test finds it in {} of 10 cases; \
         where there is none, it finds one by chance in {} of 100.",
        f.percent(aim.power, 0),
        f.percent(aim.significance, 0),
        f.number(aim.power * 10.0, 0),
        f.number(aim.significance * 100.0, 0)
    );
    Some((finding, terms))
}

/// A smaller difference than a test could see, and how many on each side would see it. Of a rate a point where that is
/// smaller, else half of what was seen.
pub fn for_less(test: &Experiment, against: &Against) -> Option<(f64, u64)> {
    let seen = against.detectable?;
    match test.measure {
        Measure::Rate => {
            let base = test.variants.first()?.rate?.rate?;
            let less = if seen > 0.012 { 0.01 } else { seen / 2.0 };
            power::size_for_rates(base, base + less, Aim::USUAL).map(|each| (less, each as u64))
        }
        Measure::Number | Measure::Money => {
            // What is seen shrinks with the root of the size.
            let pairs = test.variants.iter().map(|side| side.units).min()?;
            Some((seen / 2.0, pairs * 4))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::format::Plain;

    #[test]
    fn a_plan_says_how_many_and_how_long() {
        let plan = Plan { base: 0.05, gain: 0.01, aim: Aim::USUAL, units_a_day: Some(400.0) };
        let (finding, terms) = said(&plan, &Plain::default()).unwrap();
        assert_eq!(finding, "8,158 on each side, which takes 41 days at this rate, to tell 6.0% from 5.0%.");
        assert!(terms.contains("8 of 10") && terms.contains("5 of 100"), "{terms}");
        assert_eq!(said(&Plan { gain: 0.0, ..plan }, &Plain::default()), None);
        let no_days = said(&Plan { units_a_day: None, ..plan }, &Plain::default()).unwrap().0;
        assert_eq!(no_days, "8,158 on each side, to tell 6.0% from 5.0%.");
    }
}
