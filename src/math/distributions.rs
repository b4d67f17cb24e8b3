//! Tails and quantiles of the distributions that tests and intervals stand on.
//!
//! What is asked of them are p-values, so the upper tail is computed for itself and not as a difference from 1: it keeps
//! its relative precision however small it is. Lower tails of symmetric distributions are upper tails of −x.

use super::special::{beta_lower, gamma_lower, gamma_upper, ln_gamma_ratio};

/// Normal: the probability of a value below z.
pub fn normal_cdf(z: f64) -> f64 {
    normal_sf(-z)
}

/// Normal: the probability of a value above z.
pub fn normal_sf(z: f64) -> f64 {
    0.5 * libm::erfc(z * std::f64::consts::FRAC_1_SQRT_2)
}

/// Normal: the density at z.
pub fn normal_density(z: f64) -> f64 {
    libm::exp(-0.5 * z * z) / libm::sqrt(std::f64::consts::TAU)
}

/// Normal: the value below which the share p lies; infinite for 0 and 1.
pub fn normal_quantile(p: f64) -> f64 {
    if p > 0.5 {
        return -normal_quantile(1.0 - p);
    }
    if p <= 0.0 {
        return f64::NEG_INFINITY;
    }
    // Abramowitz and Stegun 26.2.23 is right to 4.5e-4; each of Halley's steps makes three times as many digits of it.
    let t = libm::sqrt(-2.0 * libm::log(p));
    let above = 2.515517 + t * (0.802853 + t * 0.010328);
    let mut z = t - above / (1.0 + t * (1.432788 + t * (0.189269 + t * 0.001308)));
    for _ in 0..2 {
        let step = (normal_sf(z) - p) / normal_density(z);
        z += step / (1.0 - 0.5 * step * z);
    }
    -z
}

/// χ² with so many degrees of freedom: the probability of a value below x.
pub fn chi_square_cdf(x: f64, degrees: f64) -> f64 {
    gamma_lower(0.5 * degrees, 0.5 * x)
}

/// χ² with so many degrees of freedom: the probability of a value above x.
pub fn chi_square_sf(x: f64, degrees: f64) -> f64 {
    gamma_upper(0.5 * degrees, 0.5 * x)
}

/// Student's t with so many degrees of freedom, whole or not: the probability of a value below t.
pub fn student_cdf(t: f64, degrees: f64) -> f64 {
    student_sf(-t, degrees)
}

/// Student's t with so many degrees of freedom, whole or not: the probability of a value above t.
pub fn student_sf(t: f64, degrees: f64) -> f64 {
    let square = t * t;
    let both = beta_lower(0.5 * degrees, 0.5, degrees / (degrees + square), 1.0 / (1.0 + degrees / square));
    if t < 0.0 { 1.0 - 0.5 * both } else { 0.5 * both }
}

/// Student's t with so many degrees of freedom, whole or not: the value below which the share p lies; infinite for 0 and 1.
pub fn student_quantile(p: f64, degrees: f64) -> f64 {
    if p > 0.5 {
        return -student_quantile(1.0 - p, degrees);
    }
    // Nearer to the middle than the quantile sought, as the tails of t are the heavier ones.
    let mut t = -normal_quantile(p);
    if t <= 0.0 || t.is_infinite() {
        return -t;
    }
    let scale = libm::exp(ln_gamma_ratio(0.5 * degrees, 0.5)) / libm::sqrt(std::f64::consts::PI * degrees);
    // The logarithm of the tail falls with the logarithm of t, ever more steeply: Newton's first step comes out beyond the
    // quantile, and the next ones walk back to it.
    for _ in 0..50 {
        let tail = student_sf(t, degrees);
        let density = scale * libm::exp(-0.5 * (degrees + 1.0) * libm::log1p(t * t / degrees));
        let step = libm::log(tail / p) * tail / (t * density);
        t *= libm::exp(step);
        if step.abs() < 1e-15 {
            break;
        }
    }
    -t
}

/// F with so many degrees of freedom above and below: the probability of a value above f.
pub fn f_sf(f: f64, above: f64, below: f64) -> f64 {
    let ratio = above * f;
    beta_lower(0.5 * below, 0.5 * above, below / (below + ratio), ratio / (below + ratio))
}

/// Beta(a, b): the probability of a value below x.
pub fn beta_cdf(x: f64, a: f64, b: f64) -> f64 {
    beta_lower(a, b, x, 1.0 - x)
}

/// Beta(a, b): the probability of a value above x.
pub fn beta_sf(x: f64, a: f64, b: f64) -> f64 {
    beta_lower(b, a, 1.0 - x, x)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn close(ours: f64, theirs: f64) {
        assert!((ours - theirs).abs() <= 1e-12 * theirs.abs(), "{ours} is not {theirs}");
    }

    /// 40 digits, by mpmath.
    #[test]
    fn normal_tails() {
        let expected = [
            (0.5, 0.3085375387259869),
            (1.96, 0.024997895148220435),
            (5.0, 2.866515718791939e-07),
            (10.0, 7.619853024160525e-24),
            (34.5, 4.010728966577262e-261),
            (-3.0, 0.9986501019683699),
        ];
        for (z, above) in expected {
            close(normal_sf(z), above);
            close(normal_cdf(-z), above);
        }
    }

    /// 40 digits, by mpmath.
    #[test]
    fn normal_quantiles() {
        let expected = [
            (0.025, -1.9599639845400543),
            (0.3, -0.5244005127080408),
            (0.4999, -0.00025066283008800747),
            (1e-10, -6.361340902404057),
            (1e-300, -37.0470962993612),
            (0.975, 1.9599639845400538),
            (0.8, 0.8416212335729144),
        ];
        for (p, z) in expected {
            close(normal_quantile(p), z);
        }
        assert!(normal_quantile(0.5).abs() < 1e-16);
        assert_eq!((normal_quantile(0.0), normal_quantile(1.0)), (f64::NEG_INFINITY, f64::INFINITY));
    }

    /// 40 digits, by mpmath.
    #[test]
    fn tails_of_chi_square() {
        let expected = [
            (3.841458820694124, 1.0, 0.05000000000000006),
            (1184.5965720837926, 2.0, 5.863038300673409e-258),
            (259.1609742710178, 1.0, 2.6145974237872486e-58),
            (7.5, 10.0, 0.6775476361045436),
            (700.0, 300.0, 5.2670543937455585e-34),
            (0.01, 1.0, 0.920344325445942),
        ];
        for (x, degrees, above) in expected {
            close(chi_square_sf(x, degrees), above);
            close(chi_square_cdf(x, degrees), 1.0 - above);
        }
    }

    /// 40 digits, by mpmath.
    #[test]
    fn tails_of_student() {
        let expected = [
            (2.0, 1.0, 0.14758361765043326),
            (2.0, 3.5, 0.06306926128795677),
            (18.407526676414673, 4135.795017764657, 4.2962246657735804e-73),
            (1.96, 10000.0, 0.025011760115916524),
            (50.0, 10.0, 1.23715516465134e-13),
            (40.0, 300.0, 1.4262090197655937e-122),
            (0.25, 7.0, 0.4048827929239259),
        ];
        for (t, degrees, above) in expected {
            close(student_sf(t, degrees), above);
            close(student_cdf(-t, degrees), above);
            close(student_sf(-t, degrees), 1.0 - above);
        }
        assert_eq!(student_sf(0.0, 5.0), 0.5);
        assert_eq!(student_sf(f64::INFINITY, 5.0), 0.0);
    }

    /// 40 digits, by mpmath.
    #[test]
    fn quantiles_of_student() {
        let expected = [
            (0.975, 4135.795017764657, 1.9605377445609615),
            (0.975, 1.0, 12.706204736174694),
            (0.995, 2.5, 7.163728138948783),
            (0.6, 8.0, 0.2619210967488323),
            (0.9999999998835847, 3.0, 2115.8104250609895),
            (0.975, 173.0, 1.973771336887522),
            (0.025, 30.0, -2.042272456301238),
        ];
        for (p, degrees, t) in expected {
            close(student_quantile(p, degrees), t);
        }
        assert!(student_quantile(0.5, 3.0).abs() < 1e-16);
        assert_eq!(student_quantile(1.0, 3.0), f64::INFINITY);
    }

    /// 40 digits, by mpmath.
    #[test]
    fn tails_of_f() {
        let expected = [
            (3.0, 2.0, 20.0, 0.07253815028640571),
            (63.47, 5.0, 173.0, 2.36610513150334e-37),
            (1.0625, 30.0, 40.0, 0.42356171823452243),
            (500.0, 3.0, 1000.0, 2.097130800882905e-198),
            (0.125, 4.0, 9.0, 0.969726647663051),
        ];
        for (f, above, below, tail) in expected {
            close(f_sf(f, above, below), tail);
        }
    }

    #[test]
    fn beta_is_the_incomplete_beta_function() {
        close(beta_cdf(0.375, 2.0, 3.0), 0.481201171875);
        close(beta_sf(0.375, 2.0, 3.0), 0.518798828125);
    }
}
