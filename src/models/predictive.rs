//! What the parameters leave open of what customers will do: the expectations under draws from the posterior, beside the
//! ones that are told.
//!
//! Draws come from each of the models whose mean is told, and from those that are behind on the past by what may be chance: so
//! they hold, too, how far models lie apart that the data can't tell from each other. Each has parameters of what a purchase is worth, too. Of many customers not all are looked at but some hundreds, drawn
//! with probabilities in proportion to the purchases that they are expected to make (systematic sampling, Madow 1949): a sum
//! over a group is then the mean over its customers among them of what the draw expects of each, relative to what is told.
//! For a group with few of them, what holds for all is told.

use super::gamma_gamma::GammaGamma;
use super::members::{Expects, Member, history};
use super::spending::Spending;
use crate::ledger::Summary;
use crate::math::order::{self, ascending};

/// Draws in all.
pub const DRAWS: usize = 150;

/// Customers that are looked at, about.
const LOOKED_AT: usize = 600;

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
    /// Purchases that it stands for.
    purchases: f64,
    /// What they bring.
    revenue: f64,
}

/// What draws expect, relative to what is told.
#[derive(Clone, Debug, Default)]
pub struct Predictive {
    members: Vec<Member>,
    draws: Vec<Draw>,
    /// By place in the summary.
    seen: Vec<Seen>,
    /// Of each customer seen, and for each draw: expected purchases, and revenue, over what is told.
    ratios: Vec<[f32; 2]>,
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
        let mixed = |at: usize| worths[at * 37 % worths.len()];
        let draws: Vec<Draw> = draws
            .into_iter()
            .enumerate()
            .map(|(at, (member, parameters))| Draw { member, parameters, worth: mixed(at) })
            .collect();
        let seen = looked_at(told);
        let mut ratios = vec![[1.0; 2]; seen.len() * draws.len()];
        let mut keyed: Vec<order::Keyed> = (0_u32..)
            .zip(&seen)
            .map(|(at, seen)| {
                let c = seen.customer as usize;
                let (frequency, age) = (told.summary.frequency[c], told.summary.t[c]);
                (ascending(i64::from(frequency) << 32 | i64::from(age)), at)
            })
            .collect();
        order::sort_keyed(&mut keyed);
        for (d, draw) in draws.iter().enumerate() {
            let model = members[draw.member as usize].with(&draw.parameters);
            let mut expects = Expects::new(&*model, told.horizon);
            for &(_, at) in &keyed {
                let c = seen[at as usize].customer as usize;
                let purchases = expects.of(&history(told.summary, c)) / told.expected[c].max(f64::MIN_POSITIVE);
                let value = value(&draw.worth, told.summary, c, told.values[c]);
                ratios[at as usize * draws.len() + d] = [purchases as f32, (purchases * value) as f32];
            }
        }
        Predictive { members, draws, seen, ratios }
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
        let mut factors = Factors { purchases: vec![0.0; self.draws.len()], revenue: vec![0.0; self.draws.len()] };
        let (mut purchases, mut revenue) = (0.0, 0.0);
        for &at in seen {
            let one = &self.seen[at as usize];
            purchases += one.purchases;
            revenue += one.revenue;
            let ratios = &self.ratios[at as usize * self.draws.len()..][..self.draws.len()];
            for (d, [of_purchases, of_revenue]) in ratios.iter().enumerate() {
                factors.purchases[d] += one.purchases * f64::from(*of_purchases);
                factors.revenue[d] += one.revenue * f64::from(*of_revenue);
            }
        }
        // Where nothing is expected, nothing is open either.
        let share = |factors: &mut Vec<f64>, whole: f64| {
            factors.iter_mut().for_each(|factor| *factor = if whole > 0.0 { *factor / whole } else { 1.0 });
        };
        share(&mut factors.purchases, purchases);
        share(&mut factors.revenue, revenue);
        factors
    }

    /// The factors of one customer, whether looked at or not.
    pub fn of_customer(&self, told: &Told<'_>, c: usize) -> Factors {
        let mut factors = Factors::default();
        let history = history(told.summary, c);
        for draw in &self.draws {
            let model = self.members[draw.member as usize].with(&draw.parameters);
            let purchases = model.expected(&history, told.horizon) / told.expected[c].max(f64::MIN_POSITIVE);
            factors.purchases.push(purchases);
            factors.revenue.push(purchases * value(&draw.worth, told.summary, c, told.values[c]));
        }
        factors
    }
}

/// What a purchase of a customer is worth under a draw, over what is told.
fn value(worth: &Worth, summary: &Summary, c: usize, told: f64) -> f64 {
    match worth {
        Worth::Times(factor) => *factor,
        Worth::Model(model) => {
            let expected = model.expected(summary.frequency[c], summary.monetary_value(c).max(0.0));
            expected.filter(|_| told > 0.0).map_or(1.0, |value| value / told)
        }
    }
}

/// The customers that are looked at: all, or a systematic sample in proportion to the purchases expected.
fn looked_at(told: &Told<'_>) -> Vec<Seen> {
    let buyers = &told.summary.buyers;
    let of = |c: u32, purchases: f64| Seen { customer: c, purchases, revenue: purchases * told.values[c as usize] };
    if buyers.len() <= LOOKED_AT {
        return buyers.iter().map(|&c| of(c, told.expected[c as usize])).collect();
    }
    let whole: f64 = buyers.iter().map(|&c| told.expected[c as usize]).sum();
    let step = whole / LOOKED_AT as f64;
    let (mut passed, mut taken, mut seen) = (0.0, 0.0, Vec::with_capacity(LOOKED_AT));
    for &c in buyers {
        passed += told.expected[c as usize];
        // Half a step in, and every step after it.
        let times = libm::floor(passed / step + 0.5) - taken;
        if times >= 1.0 {
            taken += times;
            seen.push(of(c, times));
        }
    }
    seen
}
