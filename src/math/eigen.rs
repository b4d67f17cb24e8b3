//! Eigenvalues and eigenvectors of small symmetric matrices, by Jacobi's rotations (Golub and Van Loan 2013, 8.5).

/// Rows and columns at most; the models have four parameters.
pub const MOST: usize = 4;

/// A symmetric matrix of which the first `n` rows and columns count.
pub type Matrix = [[f64; MOST]; MOST];

/// Eigenvalues of a symmetric matrix and its eigenvectors as columns, in no particular order.
#[derive(Clone, Copy, Debug)]
pub struct Eigen {
    /// Rows and columns.
    pub n: usize,
    /// Eigenvalues.
    pub values: [f64; MOST],
    /// `vectors[i][k]` is the i-th entry of the k-th eigenvector.
    pub vectors: Matrix,
}

impl Eigen {
    /// The decomposition of the first `n` rows and columns of a symmetric matrix.
    pub fn of(matrix: &Matrix, n: usize) -> Eigen {
        let mut a = *matrix;
        let mut vectors = [[0.0; MOST]; MOST];
        for (i, row) in vectors.iter_mut().enumerate() {
            row[i] = 1.0;
        }
        // Convergence is quadratic: six sweeps reach the last digit, twice as many are a bound.
        for _ in 0..12 {
            for p in 0..n {
                for q in p + 1..n {
                    rotate(&mut a, &mut vectors, n, p, q);
                }
            }
        }
        let mut values = [0.0; MOST];
        for (i, value) in values.iter_mut().enumerate().take(n) {
            *value = a[i][i];
        }
        Eigen { n, values, vectors }
    }

    /// The matrix with the same eigenvectors and the eigenvalues that `f` makes of the old ones.
    pub fn map(&self, f: impl Fn(f64) -> f64) -> Matrix {
        let mut out = [[0.0; MOST]; MOST];
        for k in 0..self.n {
            let value = f(self.values[k]);
            for (i, row) in out.iter_mut().enumerate().take(self.n) {
                for (j, cell) in row.iter_mut().enumerate().take(self.n) {
                    *cell += value * self.vectors[i][k] * self.vectors[j][k];
                }
            }
        }
        out
    }
}

/// The rotation that makes `a[p][q]` zero.
fn rotate(a: &mut Matrix, vectors: &mut Matrix, n: usize, p: usize, q: usize) {
    if a[p][q] == 0.0 {
        return;
    }
    let theta = (a[q][q] - a[p][p]) / (2.0 * a[p][q]);
    let t = theta.signum() / (theta.abs() + libm::hypot(theta, 1.0));
    let c = 1.0 / libm::hypot(t, 1.0);
    let s = t * c;
    for row in a.iter_mut().take(n) {
        (row[p], row[q]) = (c * row[p] - s * row[q], s * row[p] + c * row[q]);
    }
    // p is before q.
    let (upper, lower) = a.split_at_mut(q);
    for (x, y) in upper[p].iter_mut().zip(&mut lower[0]).take(n) {
        (*x, *y) = (c * *x - s * *y, s * *x + c * *y);
    }
    for row in vectors.iter_mut().take(n) {
        (row[p], row[q]) = (c * row[p] - s * row[q], s * row[p] + c * row[q]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_matrix_is_put_together_again_from_its_parts() {
        let matrix: Matrix =
            [[4.0, 1.0, -2.0, 0.5], [1.0, 1e-6, 0.0, 3.0], [-2.0, 0.0, 3.0, 1e3], [0.5, 3.0, 1e3, -7.0]];
        let eigen = Eigen::of(&matrix, 4);
        let again = eigen.map(|value| value);
        for i in 0..4 {
            for j in 0..4 {
                assert!((again[i][j] - matrix[i][j]).abs() < 1e-12 * 1e3, "{i} {j}");
            }
        }
        assert!(
            (eigen.values.iter().sum::<f64>() - matrix.iter().enumerate().map(|(i, r)| r[i]).sum::<f64>()).abs()
                < 1e-10
        );
    }

    #[test]
    fn only_the_first_rows_and_columns_count() {
        let eigen = Eigen::of(&[[2.0, 1.0, 9.0, 9.0], [1.0, 2.0, 9.0, 9.0], [9.0; 4], [9.0; 4]], 2);
        let mut values = [eigen.values[0], eigen.values[1]];
        if values[0] > values[1] {
            values.swap(0, 1);
        }
        assert!((values[0] - 1.0).abs() < 1e-15 && (values[1] - 3.0).abs() < 1e-15);
    }
}
