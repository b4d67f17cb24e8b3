//! Special functions that the models' likelihoods and predictions stand on, in forms that keep their precision where the
//! textbook ones lose it: differences of large log-gammas as one stable quantity, hypergeometric series of positive terms.
//!
//! [`Rising`] is the logarithm of the rising factorial with its derivatives, [`ln_gamma_ratio`] its real-valued relative,
//! [`digamma`] and [`trigamma`] the derivatives of ln Γ, [`scaled_exp_integral`] what discounting to infinity needs,
//! [`ln_hypergeometric`] Gauss' 2F1 with its derivatives, and the incomplete gamma and beta functions the tails of
//! distributions.

mod hypergeometric;
mod incomplete;

pub use hypergeometric::{Hypergeometric, ln_hypergeometric};
pub use incomplete::{beta_lower, gamma_lower, gamma_upper};

use super::quadrature;

/// ln Γ(z + n) / Γ(z), the logarithm of the rising factorial z (z + 1) … (z + n − 1), and its first two derivatives by z.
///
/// Kept as sums over the factors, so nothing cancels however large or small z is; it walks on to a larger n for the cost
/// of the factors in between.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rising {
    z: f64,
    n: u32,
    /// The logarithm.
    pub ln: f64,
    /// Its derivative, ψ(z + n) − ψ(z).
    pub first: f64,
    /// Its second derivative, ψ′(z + n) − ψ′(z).
    pub second: f64,
}

impl Rising {
    /// The empty product of a z above 0.
    pub fn new(z: f64) -> Rising {
        Rising { z, n: 0, ln: 0.0, first: 0.0, second: 0.0 }
    }

    /// Walks on to n factors; n must not be smaller than before.
    pub fn advance(&mut self, n: u32) {
        // Logarithms of products of a few factors: a quarter of the cost, and no factor is large enough to overflow four.
        let mut product = 1.0;
        for k in self.n..n {
            let factor = self.z + f64::from(k);
            let inverse = 1.0 / factor;
            self.first += inverse;
            self.second -= inverse * inverse;
            product *= factor;
            if !(1e-60..1e60).contains(&product) {
                self.ln += libm::log(product);
                product = 1.0;
            }
        }
        self.ln += libm::log(product);
        self.n = n;
    }

    /// The rising factorial of n factors at once.
    pub fn of(z: f64, n: u32) -> Rising {
        let mut rising = Rising::new(z);
        rising.advance(n);
        rising
    }
}

/// ln Γ(z + d) / Γ(z) for z and d above 0, without the cancellation of two large log-gammas.
pub fn ln_gamma_ratio(z: f64, d: f64) -> f64 {
    if z < 10.0 {
        return libm::lgamma(z + d) - libm::lgamma(z);
    }
    // Stirling's formula for both, with the large terms taken together (Abramowitz and Stegun 6.1.41).
    let w = z + d;
    (z - 0.5) * libm::log1p(d / z) + d * (libm::log(w) - 1.0) + stirling_rest(w) - stirling_rest(z)
}

/// What Stirling's formula leaves of ln Γ(z): 1/(12 z) − 1/(360 z³) + …, for z of 10 and more.
fn stirling_rest(z: f64) -> f64 {
    let square = 1.0 / (z * z);
    let terms = [1.0 / 12.0, -1.0 / 360.0, 1.0 / 1260.0, -1.0 / 1680.0, 1.0 / 1188.0, -691.0 / 360_360.0, 1.0 / 156.0];
    terms.iter().rev().fold(0.0, |sum, term| sum * square + term) / z
}

/// ψ(z), the derivative of ln Γ, for z above 0.
pub fn digamma(z: f64) -> f64 {
    let (mut z, mut sum) = (z, 0.0);
    while z < 10.0 {
        sum -= 1.0 / z;
        z += 1.0;
    }
    // Abramowitz and Stegun 6.3.18.
    let square = 1.0 / (z * z);
    let terms = [1.0 / 12.0, -1.0 / 120.0, 1.0 / 252.0, -1.0 / 240.0, 1.0 / 132.0, -691.0 / 32_760.0, 1.0 / 12.0];
    sum + libm::log(z) - 0.5 / z - terms.iter().rev().fold(0.0, |sum, term| (sum + term) * square)
}

/// ψ′(z), the second derivative of ln Γ, for z above 0.
pub fn trigamma(z: f64) -> f64 {
    let (mut z, mut sum) = (z, 0.0);
    while z < 10.0 {
        sum += 1.0 / (z * z);
        z += 1.0;
    }
    // Abramowitz and Stegun 6.4.12.
    let square = 1.0 / (z * z);
    let terms = [1.0 / 6.0, -1.0 / 30.0, 1.0 / 42.0, -1.0 / 30.0, 5.0 / 66.0, -691.0 / 2730.0, 7.0 / 6.0];
    sum + 1.0 / z + 0.5 * square + terms.iter().rev().fold(0.0, |sum, term| (sum + term) * square) / z
}

/// e^ζ E_ν(ζ) = ∫ e^(−ζ w) (1 + w)^(−ν) dw over w from 0 to infinity, for ν and ζ above 0: the exponential integral of any
/// order, scaled so that it neither underflows nor overflows. It equals Tricomi's U(1, 2 − ν, ζ).
pub fn scaled_exp_integral(order: f64, zeta: f64) -> f64 {
    // With 1 + w = e^y the integrand is a smooth, quickly falling function of y; beyond `reach` it is below 1e-20 of the
    // whole.
    let reach = libm::log1p(46.0 / zeta).min(if order > 1.0 { 46.0 / (order - 1.0) } else { f64::INFINITY });
    quadrature::integrate(0.0, reach, 10, &mut |y| libm::exp((1.0 - order) * y - zeta * libm::expm1(y)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn close(ours: f64, theirs: f64, relative: f64) {
        assert!((ours - theirs).abs() <= relative * theirs.abs(), "{ours} is not {theirs}");
    }

    /// 25 digits, by mpmath: loggamma(z + n) - loggamma(z).
    #[test]
    fn rising_factorials_keep_their_precision() {
        let expected = [
            (0.25, 1, -1.3862943611198906, 4.0, -16.0),
            (1e-07, 3, -15.42494832039838, 10000001.499999875, -100000000000001.27),
            (0.5, 2000, 13202.15147184111, 9.564412495980172, -4.934302200555096),
            (5760061.0, 51, 793.8896111187581, 8.854034471070926e-06, -1.5371358120671402e-12),
            (20000000.0, 7, 117.67870087062774, 3.499999475000114e-07, -1.7499994750001708e-14),
            (123.456, 40, 198.37029937294514, 0.28165247096782914, -0.00199633925421995),
        ];
        for (z, n, ln, first, second) in expected {
            let rising = Rising::of(z, n);
            close(rising.ln, ln, 1e-13);
            close(rising.first, first, 1e-13);
            close(rising.second, second, 1e-13);
            let mut on_the_way = Rising::of(z, n / 2);
            on_the_way.advance(n);
            close(on_the_way.ln, ln, 1e-13);
        }
    }

    /// 25 digits, by mpmath.
    #[test]
    fn digamma_and_trigamma_are_those_of_40_digits() {
        let expected = [
            (1e-06, -1000000.5772140201, 1000000000001.645),
            (0.1, -10.423754940411076, 101.43329915079275),
            (0.5, -1.9635100260214235, 4.934802200544679),
            (1.0, -0.5772156649015329, 1.6449340668482264),
            (2.5, 0.7031566406452432, 0.49035775610023485),
            (9.99, 2.250700372831201, 0.10527695014824179),
            (10.0, 2.251752589066721, 0.10516633568168575),
            (1234.5, 7.118016231827998, 0.0008103727271269667),
            (100000000.0, 18.420680738952367, 1.000000005e-08),
        ];
        for (z, first, second) in expected {
            close(digamma(z), first, 2e-14);
            close(trigamma(z), second, 2e-14);
        }
    }

    /// 25 digits, by mpmath: loggamma(z + d) - loggamma(z).
    #[test]
    fn ratios_of_gammas_keep_their_precision() {
        let expected = [
            (0.3, 0.2, -0.5234330518933755),
            (4.0, 0.8, 1.0895638066731903),
            (9.99, 33.0, 104.955072090486),
            (10.0, 0.25, 0.5661961913945767),
            (12500.0, 3.74, 35.281639741694846),
            (1000000000.0, 0.001, 0.020723265836446913),
            (20.0, 1000000.0, 12815741.539664583),
        ];
        for (z, d, ln) in expected {
            close(ln_gamma_ratio(z, d), ln, 1e-12);
        }
    }

    /// 25 digits, by mpmath: exp(x) * expint(order, x).
    #[test]
    fn exponential_integrals_of_any_order() {
        let expected = [
            (0.606, 0.1, 3.44015984686991),
            (1.0, 1.0, 0.5963473623231941),
            (2.0, 0.001, 0.9936621259296745),
            (0.5, 50.0, 0.019805719294346383),
            (2001.0, 0.05, 0.000499987494059835),
            (3.0, 10000.0, 9.99700119940036e-05),
            (0.002, 0.0001, 9828.832827789716),
            (1.24, 0.003, 2.926465523883881),
        ];
        for (order, zeta, value) in expected {
            close(scaled_exp_integral(order, zeta), value, 1e-12);
        }
    }
}
