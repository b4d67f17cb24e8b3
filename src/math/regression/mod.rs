//! Regressions, linear and logistic, with standard errors and with what tells whether they can be trusted.
//!
//! * [`Design`] (here): the columns that explain, row by row.
//! * [`cholesky`]: normal equations, summed in blocks of rows and solved.
//! * [`linear`]: least squares: R², errors that hold whatever the spread, checks of the residuals.
//! * [`logistic`]: yes or no: Newton's method, separation, what a change comes to in points.
//! * [`quality`]: how well probabilities tell those who do from those who don't.
//! * [`inflation`](fn@cholesky::inflation): how much of a column the others say already.
//!
//! Columns that are no zeros and ones are standardised within, so that money and days do not cost digits, and what is told
//! is in their own units again.

pub mod cholesky;
pub mod linear;
pub mod logistic;
pub mod quality;

use cholesky::Factor;

/// What explains: a column a variable, without a constant, which every regression has besides.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Design {
    /// Rows.
    pub rows: usize,
    /// Columns, the constant among them as the first.
    width: usize,
    /// Row by row: 1, then the columns as they are computed with.
    values: Vec<f64>,
    /// How each column was made: (x − middle) / spread. Zeros and ones stay as they are, which keeps rows short.
    middle: Vec<f64>,
    spread: Vec<f64>,
}

impl Design {
    /// The design of columns of equal length.
    pub fn new(columns: &[Vec<f64>]) -> Design {
        let rows = columns.first().map_or(0, Vec::len);
        let width = columns.len() + 1;
        let mut design = Design { rows, width, values: vec![1.0; rows * width], middle: vec![0.0], spread: vec![1.0] };
        for (column, at) in columns.iter().zip(1..) {
            let (middle, spread) = scale(column);
            for (row, x) in column.iter().enumerate() {
                design.values[row * width + at] = (x - middle) / spread;
            }
            design.middle.push(middle);
            design.spread.push(spread);
        }
        design
    }

    /// Columns, the constant among them.
    pub fn width(&self) -> usize {
        self.width
    }

    /// A row as it is computed with.
    fn row(&self, row: usize) -> &[f64] {
        &self.values[row * self.width..(row + 1) * self.width]
    }

    /// Coefficients in the units of the columns, from those that were computed with.
    fn own_units(&self, coefficients: &[f64]) -> Vec<f64> {
        let mut own: Vec<f64> = coefficients.iter().zip(&self.spread).map(|(b, spread)| b / spread).collect();
        own[0] -= (1..self.width).map(|at| own[at] * self.middle[at]).sum::<f64>();
        own
    }

    /// The variance of a sum of coefficients in the units of the columns, each times its weight; `covariance` is that of
    /// the coefficients computed with.
    fn variance(&self, covariance: &Covariance, weights: &[f64]) -> f64 {
        let mut inner: Vec<f64> = weights.iter().zip(&self.spread).map(|(weight, spread)| weight / spread).collect();
        for (inner, (middle, spread)) in inner.iter_mut().zip(self.middle.iter().zip(&self.spread)).skip(1) {
            *inner -= weights[0] * middle / spread;
        }
        covariance.of(&inner)
    }

    /// The standard error of each coefficient in the units of the columns.
    fn errors(&self, covariance: &Covariance) -> Vec<f64> {
        let mut weights = vec![0.0; self.width];
        let mut error = |at: usize| {
            weights.fill(0.0);
            weights[at] = 1.0;
            libm::sqrt(self.variance(covariance, &weights))
        };
        (0..self.width).map(&mut error).collect()
    }
}

/// A covariance of coefficients as they are computed with, row by row.
#[derive(Clone, Debug, PartialEq)]
pub struct Covariance {
    width: usize,
    values: Vec<f64>,
}

impl Covariance {
    /// `scale` times the inverse of what was factored.
    fn inverse(factor: &Factor, scale: f64) -> Covariance {
        let mut values = factor.inverse();
        values.iter_mut().for_each(|value| *value *= scale);
        Covariance { width: factor.width(), values }
    }

    /// The variance of the sum of coefficients with these weights.
    fn of(&self, weights: &[f64]) -> f64 {
        let row = |at: usize| &self.values[at * self.width..(at + 1) * self.width];
        // Of zeros and ones most are zeros.
        let some = (0..self.width).filter(|at| weights[*at] != 0.0);
        some.map(|at| weights[at] * dot(row(at), weights)).sum::<f64>().max(0.0)
    }
}

/// Middle and spread by which a column is computed with: none of zeros and ones.
fn scale(column: &[f64]) -> (f64, f64) {
    if column.iter().all(|x| *x == 0.0 || *x == 1.0) {
        return (0.0, 1.0);
    }
    let n = column.len() as f64;
    let mean = column.iter().sum::<f64>() / n;
    let variance = column.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / n;
    let spread = libm::sqrt(variance);
    (mean, if spread > 0.0 { spread } else { 1.0 })
}

/// Σ a b, in four sums side by side, which need not wait for each other.
fn dot(a: &[f64], b: &[f64]) -> f64 {
    let mut sums = [0.0; 4];
    let (a, b) = (a.chunks_exact(4), b.chunks_exact(4));
    let rest: f64 = a.remainder().iter().zip(b.remainder()).map(|(a, b)| a * b).sum();
    for (a, b) in a.zip(b) {
        sums.iter_mut().zip(a.iter().zip(b)).for_each(|(sum, (a, b))| *sum += a * b);
    }
    (sums[0] + sums[1]) + (sums[2] + sums[3]) + rest
}
