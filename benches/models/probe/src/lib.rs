//! The fits that `make bench-models` times: customers in, log-likelihood out. The same code natively and as wasm.

#[cfg(target_arch = "wasm32")]
mod wasm;

use perennial_engine::math::random::Random;
use perennial_engine::models::bg_nbd::BgNbd;
use perennial_engine::models::pareto_nbd::ParetoNbd;
use perennial_engine::models::{Fitted, Histories, History};

/// Customers as three numbers each: frequency, recency and age in days.
pub type Customers = Vec<[f64; 3]>;

/// Groups the customers, fits a model (0 is BG/NBD, 1 Pareto/NBD) and tells the log-likelihood; NaN where there is no end.
pub fn fit(model: u32, customers: &[[f64; 3]]) -> f64 {
    let of = |&[x, recency, age]: &[f64; 3]| (History { frequency: x as u32, recency, age }, 1.0);
    let histories = Histories::new(customers.iter().map(of));
    let end = match model {
        0 => BgNbd::fit(&histories),
        _ => ParetoNbd::fit(&histories),
    };
    end.map_or(f64::NAN, |end| end.log_likelihood)
}

/// A made-up shop whose customers buy as those of CDNOW do: a Pareto/NBD world (r 0.55, α 74, s 0.61, β 82 days) of whole
/// days, observed for up to 546 of them.
pub fn made_up(count: u32) -> Customers {
    let mut random = Random::new(1);
    (0..count).map(|_| customer(&mut random)).collect()
}

fn customer(random: &mut Random) -> [f64; 3] {
    let age = f64::from(random.below(456)) + 90.0;
    let (rate, drop_out) = (random.gamma(0.55, 74.0), random.gamma(0.61, 82.0));
    let leaves = random.exponential(drop_out).min(age);
    let (mut frequency, mut recency, mut at) = (0.0, 0.0, 0.0);
    loop {
        at += random.exponential(rate);
        if at > leaves {
            return [frequency, recency, age];
        }
        let day = at.ceil();
        if day > recency && day <= age {
            (frequency, recency) = (frequency + 1.0, day);
        }
    }
}
