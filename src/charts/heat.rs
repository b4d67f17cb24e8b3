//! Steps of the sequential scale for grids that are tables: cohorts and RFM.

/// The step of `--seq-1` to `--seq-8` for a value between the lowest and the highest of its grid.
///
/// Equal widths: the n-th step holds the n-th eighth. Where all values are equal there is nothing to tell apart, and the
/// third step is used, so that a grid of one value is neither blank nor alarming.
pub fn heat_step(value: f64, low: f64, high: f64) -> u8 {
    if high <= low || !(high - low).is_finite() || !value.is_finite() {
        return 3;
    }
    let share = ((value - low) / (high - low)).clamp(0.0, 1.0);
    (1.0 + (share * 8.0).floor()).min(8.0) as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_cover_the_range_evenly() {
        assert_eq!([0.0, 10.0, 50.0, 100.0].map(|value| heat_step(value, 0.0, 100.0)), [1, 1, 5, 8]);
        assert_eq!(heat_step(5.0, 5.0, 5.0), 3);
        assert_eq!(heat_step(f64::NAN, 0.0, 1.0), 3);
        assert_eq!((heat_step(-1.0, 0.0, 1.0), heat_step(9.0, 0.0, 1.0)), (1, 8));
    }
}
