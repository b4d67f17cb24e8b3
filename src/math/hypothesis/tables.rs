//! Counts of several groups.

use super::Test;
use crate::math::distributions::chi_square_sf;

/// A χ² test of a table, and how strongly its two sides go together.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Independence {
    /// The test.
    pub test: Test,
    /// Cramér's V, from 0 to 1 (Cramér 1946).
    pub v: f64,
}

/// Pearson's χ² test of a table of counts, row by row, without continuity correction. Nothing where fewer than two rows
/// or columns hold anything.
pub fn independence(rows: &[&[u64]]) -> Option<Independence> {
    let columns = rows.iter().map(|row| row.len()).max()?;
    let of_row = |row: &[u64]| row.iter().sum::<u64>() as f64;
    let of_column = |at: usize| rows.iter().filter_map(|row| row.get(at)).sum::<u64>() as f64;
    let all: f64 = rows.iter().map(|row| of_row(row)).sum();
    let used_rows = rows.iter().filter(|row| of_row(row) > 0.0).count();
    let used_columns = (0..columns).filter(|at| of_column(*at) > 0.0).count();
    if used_rows < 2 || used_columns < 2 {
        return None;
    }
    let mut statistic = 0.0;
    for row in rows {
        for at in 0..columns {
            let expected = of_row(row) * of_column(at) / all;
            if expected > 0.0 {
                let off = row.get(at).copied().unwrap_or(0) as f64 - expected;
                statistic += off * off / expected;
            }
        }
    }
    let degrees = ((used_rows - 1) * (used_columns - 1)) as f64;
    let v = libm::sqrt(statistic / (all * (used_rows.min(used_columns) - 1) as f64));
    Some(Independence { test: Test { statistic, degrees, p: chi_square_sf(statistic, degrees) }, v })
}

/// Pearson's χ² test of counts that should be equal. Nothing with fewer than two, or where nothing is counted.
pub fn equal_shares(counts: &[u64]) -> Option<Test> {
    let all: u64 = counts.iter().sum();
    if counts.len() < 2 || all == 0 {
        return None;
    }
    let expected = all as f64 / counts.len() as f64;
    let off = |count: &u64| (*count as f64 - expected) * (*count as f64 - expected) / expected;
    let statistic: f64 = counts.iter().map(off).sum();
    let degrees = (counts.len() - 1) as f64;
    Some(Test { statistic, degrees, p: chi_square_sf(statistic, degrees) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn close(ours: f64, theirs: f64) {
        assert!((ours - theirs).abs() <= 1e-12 * theirs.abs(), "{ours} is not {theirs}");
    }

    /// By hand: 10, 20 and 20, 10 of 60 are 5 off the 15 expected each, so χ² is 100 / 15 and V its root over 60.
    #[test]
    fn a_small_table_by_hand() {
        let found = independence(&[&[10, 20], &[20, 10]]).unwrap();
        close(found.test.statistic, 100.0 / 15.0);
        close(found.v, 1.0 / 3.0);
        assert_eq!(found.test.degrees, 1.0);
        assert_eq!(independence(&[&[10, 20], &[0, 0]]), None);
        assert_eq!(independence(&[]), None);
    }

    /// Fabijan et al. (2019), "Diagnosing sample ratio mismatch in online controlled experiments": 821,588 against 815,482
    /// users are no equal split; p is 1.8e-6.
    #[test]
    fn unequal_shares_are_found() {
        let test = equal_shares(&[821_588, 815_482]).unwrap();
        assert!((1.7e-6..1.9e-6).contains(&test.p), "{}", test.p);
        assert_eq!(equal_shares(&[50, 50, 50]).unwrap().p, 1.0);
        assert_eq!((equal_shares(&[50]), equal_shares(&[0, 0])), (None, None));
    }
}
