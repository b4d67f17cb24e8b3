//! Least squares.

use super::cholesky::Products;
use super::{Covariance, Design, dot};
use crate::math::distributions::{chi_square_sf, f_sf};
use crate::math::hypothesis::Test;

/// A fitted line.
#[derive(Clone, Debug, PartialEq)]
pub struct Linear {
    /// The coefficients in the units of the columns, the constant first; 0 where a column was left out.
    pub coefficients: Vec<f64>,
    /// Their standard errors, if the spread around the line is the same everywhere.
    pub errors: Vec<f64>,
    /// Their standard errors whatever the spread is: MacKinnon and White (1985), HC1, as Stata's `robust`.
    pub robust: Vec<f64>,
    /// The columns that the others say already.
    pub left_out: Vec<bool>,
    /// The share of the variance that the line explains.
    pub r2: f64,
    /// The same, less what so many columns explain by chance.
    pub adjusted_r2: f64,
    /// The standard deviation around the line.
    pub deviation: f64,
    /// Degrees of freedom of that.
    pub degrees: f64,
    /// Whether the columns together explain anything: F.
    pub test: Test,
    /// What the line says of each row.
    pub fitted: Vec<f64>,
    /// Whether the spread changes with the columns: the studentised Breusch and Pagan test (Koenker 1981).
    pub spread: Test,
    /// Skewness of the residuals; 0 where they lie evenly around the line.
    pub skewness: f64,
    /// Cook's (1977) distance of the row that moves the line most; above 1 it rests on that row.
    pub influence: f64,
}

/// Fits a line. Nothing with fewer rows than coefficients and two, or where the outcome does not vary.
pub fn linear(design: &Design, y: &[f64]) -> Option<Linear> {
    let (n, width) = (design.rows, design.width());
    let total = centred(y);
    if n < width + 2 || total <= 0.0 {
        return None;
    }
    let mut sums = Products::new(width);
    sums.add(design, &vec![1.0; n]);
    let factor = sums.factor();
    let inner = factor.solve(&products(design, y));
    let fitted: Vec<f64> = (0..n).map(|row| dot(design.row(row), &inner)).collect();
    let residuals: Vec<f64> = y.iter().zip(&fitted).map(|(y, fitted)| y - fitted).collect();
    let squares: Vec<f64> = residuals.iter().map(|residual| residual * residual).collect();
    let rest: f64 = squares.iter().sum();
    let explaining = factor.left_out.iter().filter(|out| !**out).count() - 1;
    let degrees = (n - explaining - 1) as f64;
    let variance = rest / degrees;
    let bread = Covariance::inverse(&factor, 1.0);
    let plain = Covariance::inverse(&factor, variance);
    let (r2, of) = (1.0 - rest / total, explaining as f64);
    let f = (total - rest) / of / variance;
    // Squares of the residuals on the same columns: n times their R² is χ².
    let on_squares = factor.solve(&products(design, &squares));
    let explained: Vec<f64> = (0..n).map(|row| dot(design.row(row), &on_squares)).collect();
    let spread = if centred(&squares) > 0.0 { n as f64 * centred(&explained) / centred(&squares) } else { 0.0 };
    let cook = |row: usize| {
        let leverage = bread.of(design.row(row)).min(1.0 - 1e-12);
        squares[row] / ((of + 1.0) * variance) * leverage / ((1.0 - leverage) * (1.0 - leverage))
    };
    let cubes: f64 = residuals.iter().map(|residual| residual * residual * residual).sum();
    let deviation = libm::sqrt(rest / n as f64);
    Some(Linear {
        coefficients: design.own_units(&inner),
        errors: design.errors(&plain),
        robust: design.errors(&sandwich(design, &bread, &squares, n as f64 / degrees)),
        r2,
        adjusted_r2: 1.0 - (1.0 - r2) * (n - 1) as f64 / degrees,
        deviation: libm::sqrt(variance),
        degrees,
        test: Test { statistic: f, degrees: of, p: if explaining > 0 { f_sf(f, of, degrees) } else { 1.0 } },
        spread: Test {
            statistic: spread,
            degrees: of,
            p: if explaining > 0 { chi_square_sf(spread, of) } else { 1.0 },
        },
        skewness: if deviation > 0.0 { cubes / n as f64 / (deviation * deviation * deviation) } else { 0.0 },
        influence: (0..n).map(cook).fold(0.0, f64::max),
        left_out: factor.left_out,
        fitted,
    })
}

/// What a line that was fitted without a row's fold says of each row; folds are numbered from 0.
pub fn held_out(design: &Design, y: &[f64], fold: &[u8], folds: u8) -> Vec<f64> {
    let sums = |of: &dyn Fn(u8) -> bool| {
        let weight: Vec<f64> = fold.iter().map(|fold| f64::from(u8::from(of(*fold)))).collect();
        let mut sums = Products::new(design.width());
        sums.add(design, &weight);
        let wanted: Vec<f64> = y.iter().zip(&weight).map(|(y, weight)| y * weight).collect();
        (sums, products(design, &wanted))
    };
    let parts: Vec<(Products, Vec<f64>)> = (0..folds).map(|number| sums(&|fold| fold == number)).collect();
    let mut said = vec![0.0; design.rows];
    for number in 0..folds {
        // The parts of the others: each row is added up once.
        let (mut others, mut right) = (Products::new(design.width()), vec![0.0; design.width()]);
        for (part, of_part) in parts.iter().zip(0..).filter(|(_, other)| *other != number).map(|(part, _)| part) {
            others.join(part);
            right.iter_mut().zip(of_part).for_each(|(sum, own)| *sum += own);
        }
        let inner = others.factor().solve(&right);
        for row in (0..design.rows).filter(|row| fold[*row] == number) {
            said[row] = dot(design.row(row), &inner);
        }
    }
    said
}

/// The share of the variance that predictions explain; below 0 where the mean alone would be nearer.
pub fn explained(y: &[f64], said: &[f64]) -> Option<f64> {
    let total = centred(y);
    let rest: f64 = y.iter().zip(said).map(|(y, said)| (y - said) * (y - said)).sum();
    (total > 0.0).then(|| 1.0 - rest / total)
}

/// Σ x y.
fn products(design: &Design, y: &[f64]) -> Vec<f64> {
    let mut sums = vec![0.0; design.width()];
    for (row, y) in y.iter().enumerate().filter(|(_, y)| **y != 0.0) {
        sums.iter_mut().zip(design.row(row)).for_each(|(sum, x)| *sum += x * y);
    }
    sums
}

/// The squares around the mean.
fn centred(values: &[f64]) -> f64 {
    let mean = values.iter().sum::<f64>() / values.len() as f64;
    values.iter().map(|value| (value - mean) * (value - mean)).sum()
}

/// The covariance whatever the spread: bread, Σ e² x xᵀ, bread.
fn sandwich(design: &Design, bread: &Covariance, squares: &[f64], scale: f64) -> Covariance {
    let mut filling = Products::new(design.width());
    filling.add(design, squares);
    let n = design.width();
    let mut half = vec![0.0; n * n];
    for i in 0..n {
        for j in 0..n {
            half[i * n + j] = (0..n).map(|k| bread.values[i * n + k] * filling.at(k, j)).sum();
        }
    }
    let mut values = vec![0.0; n * n];
    for i in 0..n {
        for j in 0..n {
            values[i * n + j] = scale * dot(&half[i * n..(i + 1) * n], &bread.values[j * n..(j + 1) * n]);
        }
    }
    Covariance { width: n, values }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn close(ours: f64, theirs: f64, relative: f64) {
        assert!((ours - theirs).abs() <= relative * theirs.abs(), "{ours} is not {theirs}");
    }

    /// R's `lm(dist ~ speed, cars)`: -17.5791 (6.7584), 3.9324 (0.4155), R² 0.6511, 15.38 on 48, F 89.57;
    /// `lmtest::bptest` 3.2149, p 0.07297; largest `cooks.distance` 0.3404. HC1 of one column by its sums:
    /// n / (n − 2) Σ (x − x̄)² e² / (Σ (x − x̄)²)².
    #[test]
    fn stopping_distances_of_cars() {
        let speed = [
            4, 4, 7, 7, 8, 9, 10, 10, 10, 11, 11, 12, 12, 12, 12, 13, 13, 13, 13, 14, 14, 14, 14, 15, 15, 15, 16, 16,
            17, 17, 17, 18, 18, 18, 18, 19, 19, 19, 20, 20, 20, 20, 20, 22, 23, 24, 24, 24, 24, 25,
        ];
        let distance = [
            2, 10, 4, 22, 16, 10, 18, 26, 34, 17, 28, 14, 20, 24, 28, 26, 34, 34, 46, 26, 36, 60, 80, 20, 26, 54, 32,
            40, 32, 40, 50, 42, 56, 76, 84, 36, 46, 68, 32, 48, 52, 56, 64, 66, 54, 70, 92, 93, 120, 85,
        ];
        let y = distance.map(f64::from);
        let design = Design::new(&[speed.map(f64::from).to_vec()]);
        let found = linear(&design, &y).unwrap();
        close(found.coefficients[0], -17.5791, 1e-5);
        close(found.coefficients[1], 3.9324, 1e-5);
        close(found.errors[0], 6.7584, 1e-5);
        close(found.errors[1], 0.4155, 2e-4);
        close(found.r2, 0.6511, 1e-4);
        close(found.deviation, 15.38, 1e-4);
        close(found.test.statistic, 89.57, 1e-4);
        close(found.test.p, 1.49e-12, 1e-2);
        close(found.spread.statistic, 3.2149, 1e-4);
        close(found.spread.p, 0.07297, 1e-3);
        close(found.influence, 0.3404, 1e-3);
        close(found.robust[1], 0.40690196476753, 1e-10);
        assert_eq!(found.degrees, 48.0);
        assert!(linear(&design, &[3.0; 50]).is_none(), "an outcome that does not vary");
    }

    #[test]
    fn a_column_said_twice_is_left_out() {
        let x: Vec<f64> = (0..30).map(f64::from).collect();
        let double: Vec<f64> = x.iter().map(|x| 2.0 * x + 1.0).collect();
        let y: Vec<f64> = x.iter().map(|x| 3.0 * x + 7.0 + f64::from(*x as i32 % 3)).collect();
        let found = linear(&Design::new(&[x.clone(), double]), &y).unwrap();
        let alone = linear(&Design::new(&[x]), &y).unwrap();
        assert_eq!((found.left_out.clone(), found.coefficients[2]), (vec![false, false, true], 0.0));
        close(found.coefficients[1], alone.coefficients[1], 1e-12);
        close(found.errors[1], alone.errors[1], 1e-12);
        assert_eq!(found.degrees, alone.degrees);
    }

    /// Leaving out a fold is fitting without its rows.
    #[test]
    fn held_out_rows_are_said_by_the_others() {
        let x: Vec<f64> = (0..40).map(|i| f64::from(i * i % 17)).collect();
        let y: Vec<f64> = (0..40).map(|i| f64::from(i * 7 % 11) + 2.0 * f64::from(i * i % 17)).collect();
        let fold: Vec<u8> = (0..40).map(|i| i % 4).collect();
        let said = held_out(&Design::new(std::slice::from_ref(&x)), &y, &fold, 4);
        let kept: Vec<usize> = (0..40).filter(|i| i % 4 != 2).collect();
        let of = |all: &[f64]| kept.iter().map(|i| all[*i]).collect::<Vec<_>>();
        let own = linear(&Design::new(&[of(&x)]), &of(&y)).unwrap().coefficients;
        close(said[6], own[0] + own[1] * x[6], 1e-12);
        assert!((0.5..1.0).contains(&explained(&y, &said).unwrap()));
    }
}
