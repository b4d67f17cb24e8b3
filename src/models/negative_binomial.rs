//! Counts of purchases while a customer is there: Poisson with a gamma-distributed rate.

/// P(N = 0), P(N = 1), … of a negative binomial count, up to where the rest is below 1e-17 and at least to `least`.
///
/// N is Poisson with mean λt, λ gamma with shape R and rate A; `shape` is R and `share` is t / (A + t). The terms are
/// added up and divided by their sum, so that a count of thousands neither underflows at its beginning nor needs a
/// logarithm.
pub fn probabilities(shape: f64, share: f64, least: usize) -> Vec<f64> {
    let mut terms = vec![1.0];
    let (mut sum, mut term) = (1.0, 1.0);
    loop {
        let m = (terms.len() - 1) as f64;
        let ratio = (shape + m) / (m + 1.0) * share;
        term *= ratio;
        if terms.len() > least && ratio < 1.0 && term < 1e-17 * (1.0 - ratio) * sum {
            break;
        }
        if term > 1e250 {
            for earlier in &mut terms {
                *earlier *= 1e-250;
            }
            sum *= 1e-250;
            term *= 1e-250;
        }
        sum += term;
        terms.push(term);
    }
    for term in &mut terms {
        *term /= sum;
    }
    terms
}

/// Calls `each` with 0, 1, 2, … and the probability of it, up to a common factor, and returns the sum of `each`'s answers,
/// weighted by the probabilities. The answers must not grow faster than the square of the count.
///
/// The same as a sum over [`probabilities`], without keeping them.
pub fn mean(shape: f64, share: f64, each: &mut dyn FnMut(f64) -> f64) -> f64 {
    let (mut weight, mut weights, mut m) = (1.0, 1.0, 0.0);
    let mut sum = each(0.0);
    loop {
        let ratio = (shape + m) / (m + 1.0) * share;
        weight *= ratio;
        m += 1.0;
        weights += weight;
        let answer = weight * each(m);
        sum += answer;
        if ratio < 1.0 && answer.max(weight) * (1.0 + 1.0 / (1.0 - ratio)) < 1e-17 * sum.max(1e-300) * (1.0 - ratio) {
            return sum / weights;
        }
        if weight > 1e250 {
            weight *= 1e-250;
            weights *= 1e-250;
            sum *= 1e-250;
        }
        if ratio == 0.0 {
            return sum / weights;
        }
    }
}

/// P(N >= n) for each place of a list of P(N = n): added from the far end, so small tails keep their digits.
pub fn tails(probabilities: &[f64]) -> Vec<f64> {
    let mut tails = probabilities.to_vec();
    for n in (0..tails.len().saturating_sub(1)).rev() {
        tails[n] += tails[n + 1];
    }
    tails
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 25 digits, by mpmath: gamma(r + n) / gamma(r) / n! * (1 - y)^r * y^n.
    #[test]
    fn probabilities_keep_their_precision_to_thousands_of_purchases() {
        let expected = [
            (0.243, 0.9, 0, 0.571478636671867),
            (0.243, 0.9, 20, 0.0019166632034281381),
            (2000.243, 0.3333333333333333, 1000, 0.010299801882658007),
            (2000.243, 0.3333333333333333, 700, 9.731311011010713e-18),
            (3.5, 0.0, 0, 1.0),
        ];
        for (shape, share, n, value) in expected {
            let ours = probabilities(shape, share, n)[n];
            assert!((ours - value).abs() <= 1e-12 * value, "{shape} {share} {n}: {ours} is not {value}");
        }
    }

    #[test]
    fn the_mean_of_the_count_is_that_of_the_distribution() {
        for (shape, share) in [(0.24, 0.9), (2000.0, 1.0 / 3.0), (3.0, 0.0), (50.0, 0.99)] {
            let exact = shape * share / (1.0 - share);
            assert!((mean(shape, share, &mut |m| m) - exact).abs() <= 1e-13 * exact, "{shape} {share}");
        }
    }
}
