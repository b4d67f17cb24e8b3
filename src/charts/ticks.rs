//! Where ticks stand: round values on an axis of amounts, and dates that a person would write under an axis of time.

use std::ops::Range;

use super::measure::width;

/// An axis of values.
#[derive(Clone, Debug, PartialEq)]
pub struct Scale {
    /// The values at both ends.
    pub range: Range<f64>,
    /// The round values within, ascending.
    pub ticks: Vec<f64>,
}

impl Scale {
    /// From zero (or below, where values are negative) to a round value at or above all, with about `wanted` steps.
    pub fn from_zero(low: f64, high: f64, wanted: usize) -> Scale {
        let (low, high) = (low.min(0.0), high.max(0.0));
        let high = if low == 0.0 && high == 0.0 { 1.0 } else { high };
        Scale::round(low, high, wanted)
    }

    /// For rates: from zero where that leaves the line room to be read, else from a round value below all.
    pub fn for_rates(low: f64, high: f64, wanted: usize) -> Scale {
        if low < 0.0 || high - low > high * 0.35 {
            let scale = Scale::from_zero(low, high, wanted);
            return scale.within(1.0, high);
        }
        let margin = ((high - low) * 0.1).max(0.005);
        Scale::round((low - margin).max(0.0), high + margin, wanted).within(1.0, high)
    }

    /// Whole numbers only, from zero: for counts.
    pub fn for_counts(high: f64, wanted: usize) -> Scale {
        let step = step(high.max(1.0) / wanted as f64).max(1.0);
        Scale::with_step(0.0, high.max(1.0), step.ceil())
    }

    fn round(low: f64, high: f64, wanted: usize) -> Scale {
        Scale::with_step(low, high, step((high - low) / wanted.max(1) as f64))
    }

    fn with_step(low: f64, high: f64, step: f64) -> Scale {
        let first = (low / step + 1e-9).floor() as i64;
        let last = (high / step - 1e-9).ceil() as i64;
        let last = last.max(first + 1);
        // A multiple, not a running sum: 3 x 0.1 is 0.3.
        let ticks: Vec<f64> = (first..=last).map(|k| clean(k as f64 * step, step)).collect();
        let range = ticks[0]..ticks[ticks.len() - 1];
        // A little below zero needs a little room, not a whole step of it.
        if first == -1 && -low < step * 0.4 {
            return Scale { range: low - step * 0.04..range.end, ticks: ticks[1..].to_vec() };
        }
        Scale { range, ticks }
    }

    /// Cut off at a bound that no value can pass, such as 100 %.
    fn within(mut self, bound: f64, high: f64) -> Scale {
        if high <= bound && self.range.end > bound {
            self.ticks.retain(|&tick| tick <= bound + 1e-9);
            self.range.end = bound;
        }
        self
    }

    /// Whether the axis begins at another value than zero.
    pub fn is_cut(&self) -> bool {
        self.range.start > 0.0
    }
}

/// The step of 1, 2, 2.5 or 5 times a power of ten that is nearest above the raw one.
fn step(raw: f64) -> f64 {
    let power = libm::pow(10.0, libm::floor(libm::log10(raw.max(1e-9))));
    let times = [1.0, 2.0, 2.5, 5.0, 10.0].into_iter().find(|times| times * power >= raw * 0.999).unwrap_or(10.0);
    times * power
}

/// Without the last bits that a product leaves: 0.30000000000000004 is 0.3.
fn clean(value: f64, step: f64) -> f64 {
    let places = libm::pow(10.0, 2.0 - libm::floor(libm::log10(step)));
    let value = (value * places).round() / places;
    if value == 0.0 { 0.0 } else { value }
}

/// A label under an axis of positions 0, 1, 2, ...
#[derive(Clone, Debug, PartialEq)]
pub struct XTick {
    /// The position.
    pub at: usize,
    /// The label.
    pub text: String,
    /// Whether a year begins here: a longer tick, and the label right of it.
    pub year: bool,
}

/// Labels under months: years where there are many, else as many months as have room.
///
/// `first` is the month number (year x 12 + month - 1), `pitch` the pixels from one month to the next, `name` writes a
/// month. `per` is the number of months that one position stands for.
pub fn months(first: i32, count: usize, per: i32, pitch: f64, name: &dyn Fn(i32) -> String) -> Vec<XTick> {
    let month_of = |at: usize| first + at as i32 * per;
    let widest = width("Mmm 0000", false) + 14.0;
    if count as i32 * per <= 18 {
        let every = ((widest / pitch).ceil() as usize).max(1);
        let every = [1, 2, 3, 4, 6, 12].into_iter().find(|&n| n >= every).unwrap_or(every);
        return (0..count).step_by(every).map(|at| XTick { at, text: name(month_of(at)), year: false }).collect();
    }
    let starts: Vec<usize> = (0..count).filter(|&at| month_of(at).rem_euclid(12) < per).collect();
    let year_pitch = pitch * 12.0 / f64::from(per);
    let every = ((width("0000", false) + 16.0) / year_pitch).ceil().max(1.0) as i32;
    let mut ticks: Vec<XTick> = Vec::new();
    // The year that the data begins in, where its label has room before the next.
    let room = starts.first().map_or(f64::INFINITY, |&at| at as f64 * pitch);
    if starts.first() != Some(&0) && room > width("0000", false) + 10.0 {
        ticks.push(XTick { at: 0, text: month_of(0).div_euclid(12).to_string(), year: false });
    }
    let years = starts.into_iter().map(|at| (at, month_of(at).div_euclid(12)));
    ticks.extend(years.filter(|(_, year)| year.rem_euclid(every) == 0).map(|(at, year)| XTick {
        at,
        text: year.to_string(),
        year: true,
    }));
    ticks
}

/// Labels under whole numbers (ages): as many as have room, always the first.
pub fn numbers(first: usize, count: usize, pitch: f64) -> Vec<XTick> {
    let room = width(&(first + count).to_string(), false) + 16.0;
    let every = ((room / pitch.max(1e-6)).ceil() as usize).max(1);
    let every = [1, 2, 3, 5, 6, 10, 12, 20, 24, 50, 100].into_iter().find(|&n| n >= every).unwrap_or(every);
    (0..count).step_by(every).map(|at| XTick { at, text: (first + at).to_string(), year: false }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_get_three_to_six_round_ticks() {
        assert_eq!(Scale::from_zero(0.0, 13_183.0, 4).ticks, [0.0, 5_000.0, 10_000.0, 15_000.0]);
        assert_eq!(Scale::from_zero(-30.0, 100.0, 4).ticks, [-50.0, 0.0, 50.0, 100.0]);
        assert_eq!(Scale::from_zero(-3.0, 100.0, 4).ticks, [0.0, 50.0, 100.0]);
        assert_eq!(Scale::from_zero(0.0, 0.0, 4).range, 0.0..1.0);
        for high in [0.003, 0.7, 1.0, 9.9, 11.0, 147.0, 3_069.0, 8.1e6, 1.2e12] {
            let scale = Scale::from_zero(0.0, high, 4);
            assert!((3..=6).contains(&scale.ticks.len()), "{high}: {:?}", scale.ticks);
            assert!(scale.range.end >= high && scale.range.end <= high * 2.0, "{high}: {:?}", scale.range);
        }
    }

    #[test]
    fn rates_begin_at_zero_unless_they_lie_close_together() {
        let near = Scale::for_rates(0.359, 0.441, 4);
        assert!(near.is_cut() && near.range.start >= 0.3 && near.range.end <= 0.5, "{near:?}");
        assert!(!Scale::for_rates(0.10, 0.22, 5).is_cut());
        assert_eq!(Scale::for_rates(0.93, 0.99, 4).range.end, 1.0);
        assert_eq!(Scale::for_rates(0.2, 1.0, 4).range, 0.0..1.0);
    }

    #[test]
    fn counts_are_whole() {
        for high in [0.0, 1.0, 3.0, 7.0, 1_180.0] {
            assert!(Scale::for_counts(high, 4).ticks.iter().all(|tick| tick.fract() == 0.0), "{high}");
        }
    }

    #[test]
    fn three_years_of_months_are_labelled_by_year() {
        let october_2023 = 2023 * 12 + 9;
        let name = |month: i32| format!("m{}", month.rem_euclid(12) + 1);
        let wide = months(october_2023, 36, 1, 26.6, &name);
        let labels: Vec<_> = wide.iter().map(|tick| (tick.at, tick.text.as_str(), tick.year)).collect();
        assert_eq!(labels, [(0, "2023", false), (3, "2024", true), (15, "2025", true), (27, "2026", true)]);
        let narrow = months(october_2023, 36, 1, 8.6, &name);
        assert_eq!(narrow.len(), 3, "no room for 2023: {narrow:?}");
        let short = months(october_2023, 9, 1, 30.0, &name);
        assert_eq!(short.iter().map(|tick| tick.at).collect::<Vec<_>>(), [0, 3, 6]);
        let long = months(1990 * 12, 12 * 34, 1, 0.8, &name);
        assert!(long.len() > 3 && long.len() < 9, "{long:?}");
    }
}
