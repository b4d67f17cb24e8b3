//! What the parameters leave open of what customers will do: the expectations under draws from the posterior, beside the
//! ones that are told.
//!
//! Draws come from each of the models whose mean is told, and from those that are behind on the past by what may be chance: so
//! they hold, too, how far models lie apart that the data can't tell from each other. Each has parameters of what a purchase is worth, too. Of many customers not all are looked at but some hundreds, drawn
//! with probabilities in proportion to the purchases that they are expected to make (systematic sampling, Madow 1949): a sum
//! over a group is then the mean over its customers among them of what the draw expects of each, relative to what is told.
//! For a group with few of them, what holds for all is told.

use super::gamma_gamma::GammaGamma;
use super::members::{Expects, IfThere, Member, history};
use super::spending::Spending;
use super::{Model, There};
use crate::ledger::Summary;
use crate::math::order::{self, ascending};

/// Draws in all.
pub const DRAWS: usize = 150;

/// Over years one draw in so many takes part: a range of 8 chances in 10 needs no more.
const EVERY: usize = 3;

/// Customers that are looked at, about.
const LOOKED_AT: usize = 600;

/// Where each customer is told of, so many expectations are computed, about, ...
const AT_MOST: usize = 600_000;

/// ... but under so many draws at least.
const FEWEST_DRAWS: usize = 9;

/// A group is told by its own customers if so many of them were looked at, or all.
const FEWEST: f64 = 12.0;

/// One draw.
#[derive(Clone, Copy, Debug)]
struct Draw {
    /// The place of its model.
    member: u32,
    parameters: [f64; 4],
    worth: Worth,
}

/// A model with the draws from its posterior that take part.
#[derive(Clone, Debug)]
pub struct Voice {
    /// The model.
    pub member: Member,
    /// Parameters, one a draw.
    pub draws: Vec<[f64; 4]>,
}

/// What a purchase is worth under a draw.
#[derive(Clone, Copy, Debug)]
pub enum Worth {
    /// By a Gamma-Gamma.
    Model(GammaGamma),
    /// So many times the mean of all.
    Times(f64),
}

/// A customer who is looked at.
#[derive(Clone, Copy, Debug)]
struct Seen {
    customer: u32,
    /// What an expected purchase of theirs counts: 1 where all are looked at; in a sample so much that each step of it is
    /// worth the same.
    weight: f64,
}

/// What draws expect, relative to what is told.
#[derive(Clone, Debug, Default)]
pub struct Predictive {
    members: Vec<Member>,
    draws: Vec<Draw>,
    /// By place in the summary.
    seen: Vec<Seen>,
    /// Of each customer seen what is told, and what each draw expects: weighted purchases and revenue.
    told: Vec<[f64; 2]>,
    expected: Vec<[f64; 2]>,
}

/// Factors of an expectation, one a draw: of purchases, and of revenue.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Factors {
    /// Of purchases.
    pub purchases: Vec<f64>,
    /// Of revenue.
    pub revenue: Vec<f64>,
}

/// What is told of customers, by place in a summary.
#[derive(Clone, Copy)]
pub struct Told<'a> {
    /// The customers.
    pub summary: &'a Summary,
    /// Expected purchase days.
    pub expected: &'a [f64],
    /// What a purchase day is worth, in currency units.
    pub values: &'a [f64],
    /// Days told.
    pub horizon: f64,
}

/// Sums over some of the customers seen.
#[derive(Clone, Debug, Default)]
pub struct Part {
    customers: u64,
    seen: Vec<u32>,
}

impl Predictive {
    /// What draws from the posteriors of the models and of spending expect.
    pub fn of(told: &Told<'_>, voices: &[Voice], spending: &Spending) -> Predictive {
        let members: Vec<Member> = voices.iter().map(|voice| voice.member).collect();
        let mut draws = Vec::with_capacity(DRAWS);
        for (member, voice) in (0_u32..).zip(voices) {
            draws.extend(voice.draws.iter().map(|&parameters| (member, parameters)));
        }
        // Parameters of spending have nothing to do with those of purchases: any pairs will do that mix the models.
        let worths = spending.draws(told.summary, draws.len());
        let stride = [37, 41, 43].into_iter().find(|stride| !worths.len().is_multiple_of(*stride)).unwrap_or(1);
        let mixed = |at: usize| worths.get(at * stride % worths.len().max(1)).copied().unwrap_or(Worth::Times(1.0));
        let draws: Vec<Draw> = draws
            .into_iter()
            .enumerate()
            .map(|(at, (member, parameters))| Draw { member, parameters, worth: mixed(at) })
            .collect();
        let seen = looked_at(told);
        let mut expected = vec![[0.0; 2]; seen.len() * draws.len()];
        let keyed = by_age(&seen, 1, told.summary);
        let within = |model: &dyn Model, there: There| model.expected_if_alive(there, told.horizon);
        for (d, draw) in draws.iter().enumerate() {
            let model = members[draw.member as usize].with(&draw.parameters);
            let mut expects = Expects::new(&*model, &within);
            for &(_, at) in &keyed {
                let Seen { customer, weight } = seen[at as usize];
                let c = customer as usize;
                let purchases = weight * expects.of(&history(told.summary, c));
                let value = value(&draw.worth, told.summary, c, told.values[c]);
                expected[at as usize * draws.len() + d] = [purchases, purchases * value];
            }
        }
        let of = |seen: &Seen| {
            let purchases = seen.weight * told.expected[seen.customer as usize];
            [purchases, purchases * told.values[seen.customer as usize]]
        };
        Predictive { members, draws, told: seen.iter().map(of).collect(), seen, expected }
    }

    /// The factors of all customers together.
    pub fn whole(&self) -> Factors {
        self.together((0..self.seen.len() as u32).collect::<Vec<_>>().as_slice())
    }

    /// Adds a customer to a part of all.
    pub fn add(&self, part: &mut Part, c: usize) {
        part.customers += 1;
        if let Ok(at) = self.seen.binary_search_by_key(&(c as u32), |seen| seen.customer) {
            part.seen.push(at as u32);
        }
    }

    /// The factors of a part; nothing where too few of it were looked at to tell it from the whole.
    pub fn of_part(&self, part: &Part) -> Option<Factors> {
        let all_were = part.seen.len() as u64 == part.customers;
        (part.seen.len() as f64 >= FEWEST || all_were && !part.seen.is_empty()).then(|| self.together(&part.seen))
    }

    fn together(&self, seen: &[u32]) -> Factors {
        let mut sums = vec![[0.0; 2]; self.draws.len()];
        let mut whole = [0.0; 2];
        for &at in seen {
            let at = at as usize;
            add(&mut whole, &self.told[at]);
            let expected = &self.expected[at * self.draws.len()..][..self.draws.len()];
            sums.iter_mut().zip(expected).for_each(|(sum, expected)| add(sum, expected));
        }
        let factors = |of: usize| sums.iter().map(|sum| over(sum[of], whole[of])).collect();
        Factors { purchases: factors(0), revenue: factors(1) }
    }

    /// The factors of every customer, each as by [`Predictive::of_customer`], ordered by history: what hangs on it alone is
    /// computed once for those alike. Of many customers some of the draws are looked at only, of each model its part: where there
    /// are many, parameters are known so well that their draws hardly differ.
    pub fn of_each(&self, told: &Told<'_>, each: &mut dyn FnMut(usize, &Factors)) {
        let summary = told.summary;
        let all = self.draws.len();
        let count = (AT_MOST / summary.buyers.len().max(1)).max(FEWEST_DRAWS).min(all);
        let draws: Vec<&Draw> = (0..count).map(|at| &self.draws[(2 * at + 1) * all / (2 * count)]).collect();
        let with = |draw: &&Draw| self.members[draw.member as usize].with(&draw.parameters);
        let models: Vec<Box<dyn Model>> = draws.iter().map(with).collect();
        let within = |model: &dyn Model, there: There| model.expected_if_alive(there, told.horizon);
        let mut expects: Vec<Expects<'_>> = models.iter().map(|model| Expects::new(&**model, &within)).collect();
        let key = |&customer: &u32| {
            let c = customer as usize;
            let [frequency, age, recency] = [summary.frequency[c], summary.t[c], summary.recency[c]].map(i64::from);
            (ascending(frequency << 42 | age << 21 | recency), customer)
        };
        let mut keyed: Vec<order::Keyed> = summary.buyers.iter().map(key).collect();
        order::sort_keyed(&mut keyed);
        for alike in keyed.chunk_by(|a, b| a.0 == b.0) {
            let own = history(summary, alike[0].1 as usize);
            let expected: Vec<f64> = expects.iter_mut().map(|expects| expects.of(&own)).collect();
            for &(_, customer) in alike {
                let c = customer as usize;
                let mut factors = Factors::default();
                for (draw, expected) in draws.iter().zip(&expected) {
                    let purchases = over(*expected, told.expected[c]);
                    factors.purchases.push(purchases);
                    factors
                        .revenue
                        .push(purchases * over(value(&draw.worth, summary, c, told.values[c]), told.values[c]));
                }
                each(c, &factors);
            }
        }
    }

    /// The repeat purchases that each draw expects of a new customer within so many days of the first.
    pub fn of_new(&self, horizon: f64) -> Vec<f64> {
        let of = |draw: &Draw| self.members[draw.member as usize].with(&draw.parameters).expected_of_new(horizon);
        self.draws.iter().map(of).collect()
    }

    /// The factors of one customer, whether looked at or not.
    pub fn of_customer(&self, told: &Told<'_>, c: usize) -> Factors {
        let mut factors = Factors::default();
        let history = history(told.summary, c);
        for draw in &self.draws {
            let model = self.members[draw.member as usize].with(&draw.parameters);
            let purchases = over(model.expected(&history, told.horizon), told.expected[c]);
            let value = value(&draw.worth, told.summary, c, told.values[c]);
            factors.purchases.push(purchases);
            factors.revenue.push(purchases * over(value, told.values[c]));
        }
        factors
    }

    /// Revenue by what is expected of one who is there: as the members tell it, and under one draw in three; of every
    /// so many of the customers seen together, each with its weight.
    pub fn revenue(&self, told: &Told<'_>, members: &[Member], every: usize, of: &IfThere<'_>) -> (f64, Vec<f64>) {
        let keyed = by_age(&self.seen, every, told.summary);
        let sum = |model: &dyn Model, value: &dyn Fn(usize) -> f64| -> f64 {
            let mut expects = Expects::new(model, of);
            let each = |&(_, at): &order::Keyed| {
                let Seen { customer, weight } = self.seen[at as usize];
                let c = customer as usize;
                weight * expects.of(&history(told.summary, c)) * value(c)
            };
            keyed.iter().map(each).sum()
        };
        let mean = members.iter().map(|member| sum(&*member.model(), &|c| told.values[c])).sum::<f64>();
        let draws = self.draws.iter().step_by(EVERY).map(|draw| {
            let model = self.members[draw.member as usize].with(&draw.parameters);
            sum(&*model, &|c| value(&draw.worth, told.summary, c, told.values[c]))
        });
        (mean / members.len() as f64, draws.collect())
    }

    /// The same of one customer, whether looked at or not.
    pub fn revenue_of(&self, told: &Told<'_>, members: &[Member], c: usize, of: &IfThere<'_>) -> (f64, Vec<f64>) {
        let own = history(told.summary, c);
        let expected = |model: &dyn Model| Expects::new(model, of).of(&own);
        let mean = members.iter().map(|member| expected(&*member.model())).sum::<f64>() * told.values[c];
        let draws = self.draws.iter().step_by(EVERY).map(|draw| {
            let model = self.members[draw.member as usize].with(&draw.parameters);
            expected(&*model) * value(&draw.worth, told.summary, c, told.values[c])
        });
        (mean / members.len() as f64, draws.collect())
    }

    /// How many customers are looked at.
    pub fn seen(&self) -> usize {
        self.seen.len()
    }
}

/// Every so many of the customers seen, by frequency and age.
fn by_age(seen: &[Seen], every: usize, summary: &Summary) -> Vec<order::Keyed> {
    let key = |(at, seen): (u32, &Seen)| {
        let (frequency, age) = (summary.frequency[seen.customer as usize], summary.t[seen.customer as usize]);
        (ascending(i64::from(frequency) << 32 | i64::from(age)), at)
    };
    let mut keyed: Vec<order::Keyed> = (0_u32..).zip(seen).step_by(every).map(key).collect();
    order::sort_keyed(&mut keyed);
    keyed
}

fn add(sum: &mut [f64; 2], one: &[f64; 2]) {
    sum.iter_mut().zip(one).for_each(|(sum, one)| *sum += one);
}

/// What a draw expects over what is told. Of next to nothing nothing is open.
pub(super) fn over(expected: f64, told: f64) -> f64 {
    const NOTHING: f64 = 1e-9;
    if told > NOTHING { expected / told } else { 1.0 }
}

/// What a purchase of a customer is worth under a draw, where so much is told.
fn value(worth: &Worth, summary: &Summary, c: usize, told: f64) -> f64 {
    match worth {
        Worth::Times(factor) => factor * told,
        Worth::Model(model) => {
            let expected = model.expected(summary.frequency[c], summary.monetary_value(c).max(0.0));
            expected.unwrap_or(told)
        }
    }
}

/// The customers that are looked at: all, or a systematic sample in proportion to the purchases expected.
fn looked_at(told: &Told<'_>) -> Vec<Seen> {
    let buyers = &told.summary.buyers;
    if buyers.len() <= LOOKED_AT {
        return buyers.iter().map(|&customer| Seen { customer, weight: 1.0 }).collect();
    }
    let whole: f64 = buyers.iter().map(|&c| told.expected[c as usize]).sum();
    let step = whole / LOOKED_AT as f64;
    let (mut passed, mut taken, mut seen) = (0.0, 0.0, Vec::with_capacity(LOOKED_AT));
    for &customer in buyers {
        let expected = told.expected[customer as usize];
        passed += expected;
        // Half a step in, and every step after it.
        let times = libm::floor(passed / step + 0.5) - taken;
        if times >= 1.0 {
            taken += times;
            seen.push(Seen { customer, weight: times * step / expected });
        }
    }
    seen
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::models::members;
    use crate::models::shop::histories;
    use crate::report::forecast::Candidate;

    /// Customers who came at most three times within a year and a half, and one who came often, long ago.
    fn summary(customers: u32) -> Summary {
        let mut summary = Summary::default();
        for c in 0..customers {
            let (frequency, recency) = if c == 0 { (120, 500) } else { (c % 4, (c % 4) * (40 + c % 50)) };
            summary.buyers.push(c);
            summary.frequency.push(frequency);
            summary.recency.push(recency);
            summary.t.push(if c == 0 { 2000 } else { 300 + c % 200 });
            summary.repeat_spend.push(i64::from(frequency) * (20 + i64::from(c % 9)) * 10_000);
        }
        summary
    }

    fn told(summary: &Summary) -> (Vec<Voice>, Vec<f64>, Vec<f64>) {
        let rows = histories(summary);
        let voice = |candidate| {
            let member = members::fit(candidate, &rows).unwrap();
            Voice { draws: member.posterior(&rows, 30).draws, member }
        };
        let voices: Vec<Voice> = [Candidate::BgNbd, Candidate::ParetoNbd].map(voice).into();
        let model = voices[0].member.model();
        let of = |&c: &u32| model.expected(&history(summary, c as usize), 365.0);
        let expected = summary.buyers.iter().map(of).collect();
        (voices, expected, vec![25.0; summary.buyers.len()])
    }

    #[test]
    fn a_sample_is_worth_the_whole_and_tells_of_parts_that_it_knows() {
        let summary = summary(4000);
        let (voices, expected, values) = told(&summary);
        let told = Told { summary: &summary, expected: &expected, values: &values, horizon: 365.0 };
        let predictive = Predictive::of(&told, &voices, &Spending::of(&summary));
        assert!((300..=LOOKED_AT).contains(&predictive.seen.len()));
        let whole: f64 = expected.iter().sum();
        let sampled: f64 = predictive.told.iter().map(|one| one[0]).sum();
        assert!((sampled / whole - 1.0).abs() < 2.0 / LOOKED_AT as f64);
        // The sum over a sample is that over all.
        let model = voices[1].member.with(&voices[1].draws[0]);
        let all: f64 = summary.buyers.iter().map(|&c| model.expected(&history(&summary, c as usize), 365.0)).sum();
        let off = predictive.whole().purchases[30] / (all / whole) - 1.0;
        assert!(off.abs() < 0.03, "{off}");
        let (mut few, mut many) = (Part::default(), Part::default());
        predictive.seen.iter().take(11).for_each(|seen| predictive.add(&mut few, seen.customer as usize));
        (0..4000).for_each(|c| predictive.add(&mut many, c));
        // Eleven of eleven are all there are, eleven of twelve too few.
        assert!(predictive.of_part(&few).is_some());
        few.customers += 1;
        assert_eq!(predictive.of_part(&few), None);
        assert_eq!(predictive.of_part(&many), Some(predictive.whole()));
    }

    #[test]
    fn what_is_told_of_each_is_what_is_told_of_one() {
        let summary = summary(700);
        let (voices, expected, values) = told(&summary);
        let told = Told { summary: &summary, expected: &expected, values: &values, horizon: 365.0 };
        let predictive = Predictive::of(&told, &voices, &Spending::of(&summary));
        let mut seen = vec![0; 700];
        predictive.of_each(&told, &mut |c, factors| {
            seen[c] += 1;
            assert_eq!(*factors, predictive.of_customer(&told, c), "{c}");
        });
        assert!(seen.iter().all(|times| *times == 1));
    }

    #[test]
    fn of_many_some_draws_say_what_all_of_them_do() {
        let summary = summary(60_000);
        let (voices, expected, values) = told(&summary);
        let told = Told { summary: &summary, expected: &expected, values: &values, horizon: 365.0 };
        let predictive = Predictive::of(&told, &voices, &Spending::of(&summary));
        let mean = |factors: &[f64]| factors.iter().sum::<f64>() / factors.len() as f64;
        let spread = |factors: &[f64]| {
            let mean = mean(factors);
            libm::sqrt(factors.iter().map(|f| (f - mean) * (f - mean)).sum::<f64>() / factors.len() as f64)
        };
        predictive.of_each(&told, &mut |c, some| {
            // The first customer bought often, long ago: that hardly anything is expected is all that is known.
            if c % 5000 == 1 {
                let all = predictive.of_customer(&told, c);
                assert!((some.purchases.len(), all.purchases.len()) == (10, 60));
                for (some, all) in [(&some.purchases, &all.purchases), (&some.revenue, &all.revenue)] {
                    let (apart, wider) = (mean(some) / mean(all) - 1.0, spread(some) - spread(all));
                    assert!(apart.abs() < 0.01 && wider.abs() < 0.01, "{c}: {apart} {wider}");
                }
            }
        });
    }

    #[test]
    fn one_of_whom_nothing_is_expected_leaves_all_draws_finite() {
        let summary = summary(80);
        let (voices, mut expected, values) = told(&summary);
        expected[0] = 1e-120;
        let told = Told { summary: &summary, expected: &expected, values: &values, horizon: 365.0 };
        let predictive = Predictive::of(&told, &voices, &Spending::of(&summary));
        let (all, one) = (predictive.whole(), predictive.of_customer(&told, 0));
        for factor in [all.purchases, all.revenue, one.purchases, one.revenue].concat() {
            assert!(factor.is_finite() && factor > 0.0, "{factor}");
        }
    }
}
