//! Normal equations: sums of products of columns, their Cholesky factor, and what comes of it.

use super::Design;

/// A symmetric matrix that rows are added to, Σ w x xᵀ; only the lower triangle is kept up.
#[derive(Clone, Debug, PartialEq)]
pub struct Products {
    width: usize,
    values: Vec<f64>,
}

/// Rows that are added at once: the sums are then read and written once for all of them.
const BLOCK: usize = 4;

impl Products {
    /// Zero.
    pub fn new(width: usize) -> Products {
        Products { width, values: vec![0.0; width * width] }
    }

    /// Adds the rows of a design that are wanted, each with its weight; a weight of 0 is a row that is not wanted.
    pub fn add(&mut self, design: &Design, weight: &[f64]) {
        let wanted: Vec<usize> = (0..design.rows).filter(|row| weight[*row] != 0.0).collect();
        for rows in wanted.chunks(BLOCK) {
            match rows {
                &[a, b, c, d] => self.add_block(design, weight, [a, b, c, d]),
                rest => rest.iter().for_each(|row| self.add_row(design.row(*row), weight[*row])),
            }
        }
    }

    fn add_block(&mut self, design: &Design, weight: &[f64], rows: [usize; BLOCK]) {
        let [a, b, c, d] = rows.map(|row| design.row(row));
        let [v, w, x, y] = rows.map(|row| weight[row]);
        for i in 0..self.width {
            let (v, w, x, y) = (v * a[i], w * b[i], x * c[i], y * d[i]);
            if v == 0.0 && w == 0.0 && x == 0.0 && y == 0.0 {
                continue;
            }
            let sums = &mut self.values[i * self.width..i * self.width + i + 1];
            let columns = a[..=i].iter().zip(&b[..=i]).zip(&c[..=i]).zip(&d[..=i]);
            for (sum, (((a, b), c), d)) in sums.iter_mut().zip(columns) {
                *sum += v * a + w * b + x * c + y * d;
            }
        }
    }

    fn add_row(&mut self, row: &[f64], weight: f64) {
        for (i, x) in row.iter().enumerate() {
            for (sum, y) in self.values[i * self.width..=i * self.width + i].iter_mut().zip(row) {
                *sum += weight * x * y;
            }
        }
    }

    /// Adds other sums.
    pub fn join(&mut self, other: &Products) {
        self.values.iter_mut().zip(&other.values).for_each(|(sum, other)| *sum += other);
    }

    pub(super) fn at(&self, i: usize, j: usize) -> f64 {
        self.values[i.max(j) * self.width + i.min(j)]
    }

    /// The factor L of L Lᵀ. Columns that those before say already are left out of it, and have a coefficient of 0.
    pub fn factor(&self) -> Factor {
        let n = self.width;
        let mut lower = vec![0.0; n * n];
        let mut left_out = vec![false; n];
        for i in 0..n {
            for j in 0..=i {
                let (row, other) = (&lower[i * n..i * n + j], &lower[j * n..j * n + j]);
                let rest = self.at(i, j) - super::dot(row, other);
                if i == j {
                    // What is new in the column, as a share of all of it.
                    left_out[i] = rest <= ALREADY_SAID * self.at(i, i);
                    lower[i * n + i] = if left_out[i] { 1.0 } else { libm::sqrt(rest) };
                } else if !left_out[j] {
                    lower[i * n + j] = rest / lower[j * n + j];
                }
            }
            if left_out[i] {
                lower[i * n..i * n + i].fill(0.0);
            }
        }
        Factor { width: n, lower, left_out }
    }
}

/// A column of which less than this is new is said by the others already.
const ALREADY_SAID: f64 = 1e-9;

/// A Cholesky factor.
#[derive(Clone, Debug, PartialEq)]
pub struct Factor {
    width: usize,
    lower: Vec<f64>,
    /// The columns that those before them say already.
    pub left_out: Vec<bool>,
}

impl Factor {
    /// Columns.
    pub fn width(&self) -> usize {
        self.width
    }

    /// Solves L Lᵀ x = b.
    pub fn solve(&self, b: &[f64]) -> Vec<f64> {
        let n = self.width;
        let mut x = b.to_vec();
        for i in 0..n {
            x[i] = match self.left_out[i] {
                true => 0.0,
                false => (x[i] - super::dot(&self.lower[i * n..i * n + i], &x[..i])) / self.lower[i * n + i],
            };
        }
        for i in (0..n).rev().filter(|i| !self.left_out[*i]) {
            let above: f64 = (i + 1..n).map(|j| self.lower[j * n + i] * x[j]).sum();
            x[i] = (x[i] - above) / self.lower[i * n + i];
        }
        x
    }

    /// The inverse of what was factored, row by row; zero where a column was left out.
    pub fn inverse(&self) -> Vec<f64> {
        let n = self.width;
        let mut inverse = vec![0.0; n * n];
        let mut unit = vec![0.0; n];
        for i in (0..n).filter(|i| !self.left_out[*i]) {
            unit.fill(0.0);
            unit[i] = 1.0;
            inverse[i * n..(i + 1) * n].copy_from_slice(&self.solve(&unit));
        }
        inverse
    }

    /// The logarithm of the determinant of what was factored, without the columns left out.
    fn ln_determinant(&self) -> f64 {
        let kept = (0..self.width).filter(|i| !self.left_out[*i]);
        2.0 * kept.map(|i| libm::log(self.lower[i * self.width + i])).sum::<f64>()
    }
}

/// How much larger the other columns make the variance of each group's coefficients: the generalised variance inflation
/// factor (Fox and Monette 1992), which for a column alone is the VIF, 1 / (1 − R²) of it on the others. For a group of so
/// many columns the factor's root of that order is told, to be read as a VIF. Groups are numbers of columns of the design,
/// the first of it being 1.
pub fn inflation(design: &Design, groups: &[Vec<usize>]) -> Vec<f64> {
    let mut sums = Products::new(design.width());
    sums.add(design, &vec![1.0; design.rows]);
    let n = design.rows as f64;
    // Correlations; a column that does not vary goes with none.
    let spread = |i: usize| libm::sqrt((sums.at(i, i) - sums.at(i, 0) * sums.at(0, i) / n).max(0.0));
    let correlation = |i: usize, j: usize| {
        let both = spread(i) * spread(j);
        if both > 0.0 {
            (sums.at(i, j) - sums.at(i, 0) * sums.at(0, j) / n) / both
        } else {
            f64::from(u8::from(i == j))
        }
    };
    let ln_determinant = |of: &[usize]| {
        let mut part = Products::new(of.len());
        for (i, &column) in of.iter().enumerate() {
            for (j, &other) in of[..=i].iter().enumerate() {
                part.values[i * of.len() + j] = correlation(column, other);
            }
        }
        part.factor().ln_determinant()
    };
    let all: Vec<usize> = (1..design.width()).collect();
    let whole = ln_determinant(&all);
    let of_group = |group: &Vec<usize>| {
        let others: Vec<usize> = all.iter().copied().filter(|column| !group.contains(column)).collect();
        let ln = ln_determinant(group) + ln_determinant(&others) - whole;
        libm::exp(ln / group.len().max(1) as f64)
    };
    groups.iter().map(of_group).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_do_not_depend_on_blocks() {
        let columns = [vec![1.0, 2.0, 0.0, 4.0, -3.0, 6.0, 7.5], vec![0.0, 1.0, 1.0, 0.0, 1.0, 1.0, 0.0]];
        let design = Design::new(&columns);
        let weight = [1.0, 2.0, 0.0, 0.5, 1.0, 3.0, 1.0];
        let mut blocks = Products::new(3);
        blocks.add(&design, &weight);
        let mut rows = Products::new(3);
        (0..7).for_each(|row| rows.add_row(design.row(row), weight[row]));
        assert!(blocks.values.iter().zip(&rows.values).all(|(a, b)| (a - b).abs() < 1e-14));
        // Two halves joined are the whole.
        let (mut one, mut other) = (Products::new(3), Products::new(3));
        (0..4).for_each(|row| one.add_row(design.row(row), weight[row]));
        (4..7).for_each(|row| other.add_row(design.row(row), weight[row]));
        one.join(&other);
        assert!(one.values.iter().zip(&rows.values).all(|(a, b)| (a - b).abs() < 1e-14));
    }

    /// By hand: of 4, 2; 2, 5 the inverse is 5, −2; −2, 4 over 16.
    #[test]
    fn a_small_system_by_hand() {
        let factor = Products { width: 2, values: vec![4.0, 0.0, 2.0, 5.0] }.factor();
        assert!(factor.inverse().iter().zip([5.0, -2.0, -2.0, 4.0]).all(|(a, b)| (a - b / 16.0).abs() < 1e-15));
        assert!(factor.solve(&[8.0, 9.0]).iter().zip([22.0, 20.0]).all(|(a, b)| (a - b / 16.0).abs() < 1e-15));
        assert!((factor.ln_determinant() - libm::log(16.0)).abs() < 1e-15);
    }

    /// The two correlate by 0.7.
    #[test]
    fn inflation_is_that_of_the_correlation() {
        let columns = [vec![1.0, 2.0, 3.0, 4.0, 5.0], vec![3.0, 1.0, 2.0, 4.0, 5.0], vec![0.0; 5]];
        let correlation: f64 = 0.7;
        let found = inflation(&Design::new(&columns), &[vec![1], vec![2], vec![3]]);
        let expected = 1.0 / (1.0 - correlation * correlation);
        assert!((found[0] - expected).abs() < 1e-12 && (found[1] - expected).abs() < 1e-12, "{found:?}");
        assert_eq!(found[2], 1.0);
        let twice = [columns[0].clone(), columns[0].clone(), columns[1].clone()];
        let design = Design::new(&twice);
        let mut sums = Products::new(4);
        sums.add(&design, &[1.0; 5]);
        assert_eq!(sums.factor().left_out, [false, false, true, false]);
    }
}
