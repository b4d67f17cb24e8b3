//! A small seeded generator: PCG-XSH-RR 64/32 (O'Neill 2014). The same seed gives the same numbers on every target.

/// A stream of random numbers that is a function of its seed alone.
#[derive(Clone, Debug)]
pub struct Random {
    state: u64,
}

const MULTIPLIER: u64 = 6_364_136_223_846_793_005;
const INCREMENT: u64 = 1_442_695_040_888_963_407;

impl Random {
    /// A stream for a seed.
    pub fn new(seed: u64) -> Random {
        let mut random = Random { state: seed.wrapping_add(INCREMENT) };
        random.next_u32();
        random
    }

    /// 32 random bits.
    pub fn next_u32(&mut self) -> u32 {
        let old = self.state;
        self.state = old.wrapping_mul(MULTIPLIER).wrapping_add(INCREMENT);
        let shifted = (((old >> 18) ^ old) >> 27) as u32;
        shifted.rotate_right((old >> 59) as u32)
    }

    /// Uniform in [0, 1), with 53 random bits.
    pub fn uniform(&mut self) -> f64 {
        let high = u64::from(self.next_u32()) << 21;
        let low = u64::from(self.next_u32()) >> 11;
        (high ^ low) as f64 / (1u64 << 53) as f64
    }

    /// Uniform in 0..n; n must not be 0.
    pub fn below(&mut self, n: u32) -> u32 {
        // Lemire (2019), "Fast random integer generation in an interval", without the rejection: the bias is below
        // n / 2^32, which nothing here can notice.
        ((u64::from(self.next_u32()) * u64::from(n)) >> 32) as u32
    }

    /// Exponential with the given rate (events per unit of time).
    pub fn exponential(&mut self, rate: f64) -> f64 {
        -libm::log(1.0 - self.uniform()) / rate
    }

    /// Standard normal, by Box and Muller (1958).
    pub fn normal(&mut self) -> f64 {
        let radius = libm::sqrt(-2.0 * libm::log(1.0 - self.uniform()));
        radius * libm::cos(std::f64::consts::TAU * self.uniform())
    }

    /// How many of n do what each does with the probability p, by inversion from the most likely number outward, in steps
    /// as many as the standard deviation.
    pub fn binomial(&mut self, n: u32, p: f64) -> u32 {
        if p <= 0.0 || p >= 1.0 || n == 0 {
            return if p >= 1.0 { n } else { 0 };
        }
        let (all, odds) = (f64::from(n), p / (1.0 - p));
        let mode = libm::floor((all + 1.0) * p).min(all);
        let choices = libm::lgamma(all + 1.0) - libm::lgamma(mode + 1.0) - libm::lgamma(all - mode + 1.0);
        let most = libm::exp(choices + mode * libm::log(p) + (all - mode) * libm::log1p(-p));
        let mut left = self.uniform() - most;
        let (mut below, mut above) = ((mode, most), (mode, most));
        while left >= 0.0 && (below.1 > 0.0 || above.1 > 0.0) {
            above.1 *= (all - above.0) / (above.0 + 1.0) * odds;
            above.0 += 1.0;
            left -= above.1;
            if left < 0.0 {
                return above.0 as u32;
            }
            below.1 *= below.0 / ((all - below.0 + 1.0) * odds);
            below.0 -= 1.0;
            left -= below.1;
            if left < 0.0 {
                return below.0 as u32;
            }
        }
        mode as u32
    }

    /// Gamma with the given shape and rate, by Marsaglia and Tsang (2000).
    pub fn gamma(&mut self, shape: f64, rate: f64) -> f64 {
        if shape < 1.0 {
            let boost = libm::pow(1.0 - self.uniform(), 1.0 / shape);
            return self.gamma(shape + 1.0, rate) * boost;
        }
        let d = shape - 1.0 / 3.0;
        let c = 1.0 / libm::sqrt(9.0 * d);
        loop {
            let x = self.normal();
            let v = libm::pow(1.0 + c * x, 3.0);
            let u = 1.0 - self.uniform();
            if v > 0.0 && libm::log(u) < 0.5 * x * x + d - d * v + d * libm::log(v) {
                return d * v / rate;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_gives_one_stream() {
        let stream = |seed| {
            let mut r = Random::new(seed);
            (0..4).map(|_| r.next_u32()).collect::<Vec<_>>()
        };
        assert_eq!(stream(7), stream(7));
        assert_ne!(stream(7), stream(8));
    }

    #[test]
    fn moments_are_those_of_the_distributions() {
        let mut r = Random::new(1);
        let n = 200_000;
        let mean = |f: &mut dyn FnMut() -> f64| (0..n).map(|_| f()).sum::<f64>() / f64::from(n);
        assert!((mean(&mut || r.uniform()) - 0.5).abs() < 0.005);
        assert!((mean(&mut || r.exponential(2.0)) - 0.5).abs() < 0.01);
        assert!(mean(&mut || r.normal()).abs() < 0.01);
        assert!((mean(&mut || r.gamma(0.5, 2.0)) - 0.25).abs() < 0.01);
        assert!((mean(&mut || r.gamma(3.0, 2.0)) - 1.5).abs() < 0.02);
        assert!((mean(&mut || f64::from(r.binomial(10, 0.3))) - 3.0).abs() < 0.02);
        assert!((mean(&mut || f64::from(r.binomial(100_000, 0.05))) - 5000.0).abs() < 1.0);
        let far = |count: u32| libm::pow(f64::from(count) - 5000.0, 2.0);
        assert!((mean(&mut || far(r.binomial(100_000, 0.05))) / 4750.0 - 1.0).abs() < 0.02);
        assert_eq!((r.binomial(7, 0.0), r.binomial(7, 1.0), r.binomial(0, 0.5)), (0, 7, 0));
    }
}
