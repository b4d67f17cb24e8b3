//! The regularised incomplete gamma and beta functions, from which the tails of the usual distributions come.
//!
//! Each has a factor in front and a sum or continued fraction of positive terms. The factor is taken by Loader's saddle
//! point expansion (Loader 2000, "Fast and accurate computation of binomial probabilities"), so that it keeps its relative
//! precision with large parameters and far out in a tail, where a difference of log-gammas has none left.

use super::stirling_rest;

/// Terms after which a sum or a fraction is taken as it is: both need a few times the square root of the parameters.
const MOST_TERMS: u32 = 1_000_000;

/// P(a, x), the share of Γ(a) that lies below x; for a above 0.
pub fn gamma_lower(a: f64, x: f64) -> f64 {
    if x <= 0.0 {
        return 0.0;
    }
    if x < a + 1.0 { gamma_series(a, x) } else { 1.0 - gamma_fraction(a, x) }
}

/// Q(a, x), the share of Γ(a) that lies above x, precise also where it is tiny; for a above 0.
pub fn gamma_upper(a: f64, x: f64) -> f64 {
    if x <= 0.0 {
        return 1.0;
    }
    if x < a + 1.0 { 1.0 - gamma_series(a, x) } else { gamma_fraction(a, x) }
}

/// I_x(a, b), the share of B(a, b) that lies below x, for a and b above 0. `y` is 1 − x, told apart so that neither end
/// loses digits. The share above x is I_y(b, a).
pub fn beta_lower(a: f64, b: f64, x: f64, y: f64) -> f64 {
    if x <= 0.0 {
        return 0.0;
    }
    if y <= 0.0 {
        return 1.0;
    }
    // The fraction is quick on the near side of the mean; the other side is what is left of 1.
    if x * (a + b + 2.0) < a + 1.0 { beta_fraction(a, b, x, y) } else { 1.0 - beta_fraction(b, a, y, x) }
}

/// Σ xᵏ / ((a + 1) … (a + k)), in front of it xᵃ e⁻ˣ / Γ(a + 1) (Abramowitz and Stegun 6.5.29).
fn gamma_series(a: f64, x: f64) -> f64 {
    let (mut term, mut sum, mut k) = (1.0, 1.0, a);
    for _ in 0..MOST_TERMS {
        k += 1.0;
        term *= x / k;
        sum += term;
        if term < sum * 1e-17 {
            break;
        }
    }
    sum * gamma_front(a, x)
}

/// 1/(x + 1 − a − 1(1 − a)/(x + 3 − a − …)), in front of it xᵃ e⁻ˣ / Γ(a) (Abramowitz and Stegun 6.5.31).
fn gamma_fraction(a: f64, x: f64) -> f64 {
    let mut odd = x + 1.0 - a;
    fraction(1.0, odd, &mut |k| {
        odd += 2.0;
        (k * (a - k), odd)
    }) * a
        * gamma_front(a, x)
}

/// The even part of the fraction of DLMF 8.17.22, in front of it xᵃ yᵇ / B(a, b).
fn beta_fraction(a: f64, b: f64, x: f64, y: f64) -> f64 {
    let n = a + b;
    // xᵃ yᵇ Γ(n + 1) / (Γ(a + 1) Γ(b + 1)), the density of the binomial made continuous.
    let exponent = gamma_rest(n) - gamma_rest(a) - gamma_rest(b) - deviance(a, n * x) - deviance(b, n * y);
    let front = libm::exp(exponent) * libm::sqrt(n / (std::f64::consts::TAU * a * b)) * b / n;
    // Didonato and Morris (1992), equation 9: numerators and denominators of the even part.
    let term = |m: f64| {
        let d = a + 2.0 * m - 1.0;
        let numerator = (a + m - 1.0) * (n + m - 1.0) * m * (b - m) * x * x / (d * d);
        let first = m * (b - m) * x / (a + 2.0 * m - 1.0);
        let second = (a + m) * (a * y - b * x + 1.0 + m * (1.0 + y)) / (a + 2.0 * m + 1.0);
        (numerator, m + first + second)
    };
    fraction(1.0, term(0.0).1, &mut |m| term(m)) * front * a
}

/// `numerator` / (`denominator` + n₁/(d₁ + n₂/(d₂ + …))) by Lentz' method as Thompson and Barnett (1986) changed it;
/// `term` tells the k-th pair.
fn fraction(numerator: f64, denominator: f64, term: &mut dyn FnMut(f64) -> (f64, f64)) -> f64 {
    let kept = |x: f64| if x.abs() < 1e-300 { 1e-300 } else { x };
    let mut value = kept(denominator);
    let (mut c, mut d) = (value, 0.0);
    for k in 1..MOST_TERMS {
        let (n, b) = term(f64::from(k));
        d = 1.0 / kept(b + n * d);
        c = kept(b + n / c);
        value *= c * d;
        if (c * d - 1.0).abs() < 1e-16 {
            break;
        }
    }
    numerator / value
}

/// xᵃ e⁻ˣ / Γ(a + 1).
fn gamma_front(a: f64, x: f64) -> f64 {
    libm::exp(-gamma_rest(a) - deviance(a, x)) / libm::sqrt(std::f64::consts::TAU * a)
}

/// What Stirling's formula leaves of ln Γ(a).
fn gamma_rest(a: f64) -> f64 {
    const HALF_LN_TAU: f64 = 0.918_938_533_204_672_8;
    if a < 10.0 { libm::lgamma(a) - (a - 0.5) * libm::log(a) + a - HALF_LN_TAU } else { stirling_rest(a) }
}

/// x ln(x / m) + m − x, without the cancellation where the two are near each other.
fn deviance(x: f64, m: f64) -> f64 {
    if (x - m).abs() > 0.1 * (x + m) {
        return x * libm::log(x / m) + m - x;
    }
    let v = (x - m) / (x + m);
    let (mut sum, mut power) = ((x - m) * v, 2.0 * x * v);
    for odd in 1..20 {
        power *= v * v;
        sum += power / f64::from(2 * odd + 1);
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn close(ours: f64, theirs: f64) {
        assert!((ours - theirs).abs() <= 1e-12 * theirs.abs(), "{ours} is not {theirs}");
    }

    /// 60 digits, by mpmath: gammainc(a, 0, x), gammainc(a, x, inf), regularised.
    #[test]
    fn incomplete_gammas_keep_their_precision() {
        let expected = [
            (0.5, 0.1, 0.345279153981423, 0.654720846018577),
            (0.5, 1.5, 0.9167354833364496, 0.0832645166635504),
            (0.5, 600.0, 1.0, 6.0995688148084334e-263),
            (1.0, 592.2986, 1.0, 5.861197841215455e-258),
            (2.5, 2.5, 0.5841198130044921, 0.41588018699550794),
            (10.0, 11.5, 0.7112054604513287, 0.28879453954867124),
            (2000.0, 1900.0, 0.011695820381150114, 0.9883041796188499),
            (2000.0, 2500.0, 1.0, 1.6633156038804353e-25),
            (2000.0, 1200.0, 1.2178498607455127e-98, 1.0),
            (1e6, 1003000.0, 0.9986382593537824, 0.0013617406462175915),
            (37.5, 300.0, 1.0, 6.753465976121915e-83),
            (5e5, 502000.0, 0.9976369717613162, 0.002363028238683892),
        ];
        for (a, x, below, above) in expected {
            close(gamma_lower(a, x), below);
            close(gamma_upper(a, x), above);
        }
        assert_eq!((gamma_lower(3.0, 0.0), gamma_upper(3.0, 0.0)), (0.0, 1.0));
    }

    /// 60 digits, by mpmath: the hypergeometric series of DLMF 8.17.8.
    #[test]
    fn incomplete_betas_keep_their_precision() {
        let expected = [
            (0.5, 0.5, 0.3125, 0.3776427064608769, 0.6223572935391232),
            (2.0, 3.0, 0.375, 0.481201171875, 0.518798828125),
            (2067.5, 0.5, 0.875, 4.427299462997404e-122, 1.0),
            (2067.5, 0.5, 0.99609375, 5.753773190318254e-05, 0.9999424622680968),
            (2067.5, 0.5, 0.75, 1.212142669887989e-260, 1.0),
            (1e5, 2e5, 0.3125, 1.3684280169697071e-132, 1.0),
            (1e5, 2e5, 0.33203125, 0.0650837848330756, 0.9349162151669244),
            (120.0, 880.0, 0.15625, 0.9995025201734576, 0.0004974798265423324),
            (0.125, 30.0, 0.0009765625, 0.6796206229519172, 0.32037937704808284),
            (3.0, 1e6, 1.52587890625e-05, 0.9999686723283991, 3.1327671600852195e-05),
            (500.0, 0.0078125, 0.5, 9.99221853264443e-156, 1.0),
            (1e7, 1e7, 0.5000152587890625, 0.5542785914553674, 0.44572140854463255),
        ];
        for (a, b, x, below, above) in expected {
            close(beta_lower(a, b, x, 1.0 - x), below);
            close(beta_lower(b, a, 1.0 - x, x), above);
        }
        assert_eq!((beta_lower(2.0, 2.0, 0.0, 1.0), beta_lower(2.0, 2.0, 1.0, 0.0)), (0.0, 1.0));
    }
}
