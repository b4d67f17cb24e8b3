//! Gauss' hypergeometric function 2F1(q, 1; c + 1; z) with 0 <= z < 1 and q < c + 1, its logarithm and the first two
//! derivatives by q, c and z: the integrals over the time of drop-out in the Pareto/NBD.

use std::array;
use std::sync::LazyLock;

/// ln 2F1(q, 1; c + 1; z) with its gradient and Hessian in the order q, c, z.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hypergeometric {
    /// The logarithm of the function.
    pub ln: f64,
    /// First derivatives of the logarithm by q, c, z.
    pub gradient: [f64; 3],
    /// Second derivatives of the logarithm.
    pub hessian: [[f64; 3]; 3],
}

/// Where the series would need more than about a thousand terms, the integral takes over.
const SERIES_UP_TO: f64 = 0.97;

/// ln 2F1(q, 1; c + 1; z), for 0 <= z < 1, q > 0 and c > q − 1.
///
/// `rest` is 1 − z, given apart because near z = 1 it would be lost in the difference.
pub fn ln_hypergeometric(q: f64, c: f64, z: f64, rest: f64) -> Hypergeometric {
    if z <= SERIES_UP_TO { series(q, c, z) } else { integral(q, c, z, rest) }
}

/// Sums over the weighted terms of what the derivatives need.
#[derive(Default)]
struct Moments {
    sum: f64,
    first: [f64; 3],
    second: [[f64; 3]; 3],
}

impl Moments {
    /// Adds a term with the derivatives of its logarithm; `curve` holds the second ones, which are not mixed.
    fn add(&mut self, weight: f64, slope: [f64; 3], curve: [f64; 3]) {
        self.sum += weight;
        for i in 0..3 {
            self.first[i] += weight * slope[i];
            for j in 0..=i {
                self.second[i][j] += weight * slope[i] * slope[j];
            }
            self.second[i][i] += weight * curve[i];
        }
    }

    /// The logarithm of the sum and its derivatives.
    fn finish(self) -> Hypergeometric {
        let gradient = self.first.map(|first| first / self.sum);
        let at = |i: usize, j: usize| self.second[i.max(j)][i.min(j)] / self.sum - gradient[i] * gradient[j];
        Hypergeometric { ln: libm::log(self.sum), gradient, hessian: array::from_fn(|i| array::from_fn(|j| at(i, j))) }
    }
}

/// Σ (q)_n / (c + 1)_n zⁿ: positive terms all of them.
fn series(q: f64, c: f64, z: f64) -> Hypergeometric {
    // The derivative by z at 0 is the second term divided by z: a z that is not quite 0 says the same.
    let z = z.max(1e-60);
    let inverse = 1.0 / z;
    let mut moments = Moments::default();
    let (mut term, mut slope, mut curve) = (1.0, [0.0; 3], [0.0; 3]);
    let mut n = 0.0;
    loop {
        moments.add(term, slope, curve);
        let (up, down) = (1.0 / (q + n), 1.0 / (c + 1.0 + n));
        let ratio = (q + n) * down * z;
        // Up to a constant of a few times n² (from the derivatives) the rest is below this.
        if term * (n * n + 1.0) * ratio < 1e-17 * (1.0 - ratio) * moments.sum && n > 1.0 {
            return moments.finish();
        }
        term *= ratio;
        n += 1.0;
        slope = [slope[0] + up, slope[1] - down, n * inverse];
        curve = [curve[0] - up * up, curve[1] + down * down, -n * inverse * inverse];
    }
}

/// A node of the double exponential rule for falling integrands (Takahasi and Mori 1974): w = exp(u − e^(−u)).
struct Node {
    w: f64,
    /// e^(−w).
    decay: f64,
    /// 1 − e^(−w).
    fallen: f64,
    /// ln dw/du.
    ln_jacobian: f64,
}

/// Steps of u.
const STEP: f64 = 1.0 / 24.0;

/// The nodes are the same for all parameters; which of them count is not.
static NODES: LazyLock<Vec<Node>> = LazyLock::new(|| {
    let node = |k: i32| {
        let u = f64::from(k) * STEP;
        let w = libm::exp(u - libm::exp(-u));
        let ln_jacobian = u - libm::exp(-u) + libm::log1p(libm::exp(-u));
        Node { w, decay: libm::exp(-w), fallen: -libm::expm1(-w), ln_jacobian }
    };
    (-108..=800).map(node).collect()
});

/// Euler's integral c ∫ e^(−c w) (1 − z + z e^(−w))^(−q) dw over w from 0 to infinity: it needs no more nodes when z comes
/// close to 1.
fn integral(q: f64, c: f64, z: f64, rest: f64) -> Hypergeometric {
    let slowest = (c - q).min(c).max(1e-12);
    let counted = NODES.iter().take_while(|node| node.w * slowest < 60.0);
    let (mut scale, mut exponents) = (f64::NEG_INFINITY, Vec::with_capacity(256));
    for node in counted {
        let ln_base = libm::log(rest + z * node.decay);
        let exponent = node.ln_jacobian - c * node.w - q * ln_base;
        scale = scale.max(exponent);
        exponents.push((exponent, ln_base));
    }
    let mut moments = Moments::default();
    for (&(exponent, ln_base), node) in exponents.iter().zip(NODES.iter()) {
        if exponent - scale > -50.0 {
            let weight = libm::exp(exponent - scale);
            let by_z = node.fallen / (rest + z * node.decay);
            moments.add(weight, [-ln_base, 1.0 / c - node.w, q * by_z], [0.0, -1.0 / (c * c), q * by_z * by_z]);
            // The exponent's mixed second derivative by q and z; all other mixed ones are 0.
            moments.second[2][0] += weight * by_z;
        }
    }
    let mut result = moments.finish();
    result.ln += scale + libm::log(c * STEP);
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 25 digits, by mpmath: log(hyp2f1(q, 1, c + 1, z)).
    #[test]
    fn values_are_those_of_40_digits() {
        let expected = [
            (0.553, 1.159, 0.1, 0.026599042823269782),
            (0.5, 1.0, 0.0, 0.0),
            (3.2, 3.4, 0.5, 0.47312438790271133),
            (2000.5, 2001.0, 0.96, 3.201256714125934),
            (0.01, 0.012, 0.9, 0.0225625532884285),
            (1.5, 2.0, 0.999, 1.324028213740886),
            (30.0, 30.5, 0.999999, 4.101219350301376),
            (11449.0, 11449.55, 0.9999, 8.524607590413039),
            (0.25, 7.0, 0.97, 0.03507257639141238),
        ];
        for (q, c, z, ln) in expected {
            let ours = ln_hypergeometric(q, c, z, 1.0 - z).ln;
            assert!((ours - ln).abs() <= 1e-12 * ln.abs().max(1e-3), "{q} {c} {z}: {ours} is not {ln}");
        }
    }

    #[test]
    fn series_and_integral_agree_to_the_second_derivative() {
        for (q, c) in [(0.5, 1.1), (12.3, 12.9), (0.004, 0.6), (300.0, 300.4)] {
            let z = SERIES_UP_TO;
            let (a, b) = (series(q, c, z), integral(q, c, z, 1.0 - z));
            let close = |a: f64, b: f64| assert!((a - b).abs() <= 1e-9 * a.abs().max(1.0), "{q} {c}: {a} is not {b}");
            close(a.ln, b.ln);
            for i in 0..3 {
                close(a.gradient[i], b.gradient[i]);
                for j in 0..3 {
                    close(a.hessian[i][j], b.hessian[i][j]);
                }
            }
        }
    }

    #[test]
    fn derivatives_are_those_of_the_value() {
        let step = 1e-5;
        for at in [[0.7, 1.4, 0.3], [5.5, 6.1, 0.9], [2.0, 4.0, 0.0 + step]] {
            let value = |x: [f64; 3]| ln_hypergeometric(x[0], x[1], x[2], 1.0 - x[2]);
            let exact = value(at);
            for i in 0..3 {
                let moved = |by: f64| {
                    let mut x = at;
                    x[i] += by;
                    value(x)
                };
                let (up, down) = (moved(step), moved(-step));
                let slope = (up.ln - down.ln) / (2.0 * step);
                assert!((slope - exact.gradient[i]).abs() < 1e-8 * slope.abs().max(1.0), "{at:?} {i}");
                for j in 0..3 {
                    let curve = (up.gradient[j] - down.gradient[j]) / (2.0 * step);
                    assert!((curve - exact.hessian[i][j]).abs() < 1e-7 * curve.abs().max(1.0), "{at:?} {i} {j}");
                }
            }
        }
    }
}
