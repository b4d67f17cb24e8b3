//! The models on the shop's own past: what each would have said at an earlier day about what has come since.
//!
//! Each candidate is given the purchases up to a day (the origin) and tells each customer's purchase days after it. The
//! candidates are the models, the mean of those of random times, and two ways to go on without a model: everybody keeps the
//! own rate, and everybody follows the curve of those who are older. The model of regular times takes part where purchases
//! up to the end are regular ([`Timing::is_regular`]), with the k that is the best of those before the origin.

use super::members::{self, Member, by_stage, over_stages};
use super::shop::{FEWEST_CUSTOMERS, FEWEST_REPEAT_BUYERS};
use super::timing::Timing;
use super::{Histories, History, MONTH_DAYS, Model, There};
use crate::ledger::Visits;
use crate::math::Day;
use crate::math::distributions::normal_sf;
use crate::math::order;
use crate::report::forecast::{Candidate, Origin, Score};

/// Customers with one history up to the origin and one number of purchase days after it.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Case {
    history: History,
    later: u32,
    customers: f64,
}

/// The past up to an origin, and what came after.
struct Past {
    cases: Vec<Case>,
    curve: Curve,
    horizon: f64,
}

/// Mean purchase days in each month of age, over the customers who were observed to its end.
#[derive(Debug, Default)]
pub struct Curve(Vec<f64>);

impl Curve {
    /// Purchase days from one age to another, in days; beyond the curve's end its last month repeats.
    pub fn between(&self, from: f64, to: f64) -> f64 {
        self.by_age(to) - self.by_age(from)
    }

    /// Purchase days from the first purchase to an age.
    fn by_age(&self, age: f64) -> f64 {
        let months = age / MONTH_DAYS;
        let whole = (libm::floor(months) as usize).min(self.0.len());
        let last = self.0.get(whole).or(self.0.last()).copied().unwrap_or(0.0);
        self.0[..whole].iter().sum::<f64>() + last * (months - whole as f64)
    }
}

/// The curve of ages ends where fewer than this share of the customers were observed that long.
const SEEN: f64 = 0.1;

/// All candidates at an origin, scored to `end`; nothing where there are too few customers before it, half as many as are
/// asked of the whole: what the prior says then, it must hold against the past.
pub fn origin(visits: &Visits, at: Day, end: Day) -> Option<Origin> {
    let mut trial = Trial::of(visits, at, end, Timing::of(visits, end).is_regular())?;
    while trial.fit_next(visits) {}
    Some(trial.finish().origin)
}

/// The candidates at an origin while they are fitted, one model at a time.
pub struct Trial {
    at: Day,
    end: Day,
    past: Past,
    histories: Histories,
    /// The models that are still to be fitted, the next one last.
    left: Vec<Candidate>,
    members: Vec<Member>,
}

impl Trial {
    /// The past of an origin, with no model fitted yet; nothing where there are too few customers before it.
    pub fn of(visits: &Visits, at: Day, end: Day, regular: bool) -> Option<Trial> {
        let past = Past::of(visits, at, end);
        let histories = Histories::new(past.cases.iter().map(|case| (case.history, case.customers)));
        if histories.customers < FEWEST_CUSTOMERS / 2.0 || histories.repeaters() < FEWEST_REPEAT_BUYERS / 2.0 {
            return None;
        }
        let wanted = members::made_of(Candidate::Mean).chain(regular.then_some(Candidate::MbgCnbd));
        let mut left: Vec<Candidate> = wanted.collect();
        left.reverse();
        Some(Trial { at, end, past, histories, left, members: Vec::new() })
    }

    /// Fits the next model; whether there was one.
    pub fn fit_next(&mut self, visits: &Visits) -> bool {
        let Some(model) = self.left.pop() else { return false };
        let member = match model {
            // The last one: nobody needs the histories after it.
            Candidate::MbgCnbd => members::fit(model, &std::mem::take(&mut self.histories).with_gaps(visits, self.at)),
            _ => members::fit(model, &self.histories),
        };
        self.members.extend(member);
        true
    }

    /// The scores, and the models that were fitted.
    pub fn finish(self) -> Tested {
        let Trial { at, end, past, members, .. } = self;
        let models: Vec<_> = members.iter().map(|member| (member.candidate, member.model())).collect();
        let (scores, apart) = past.scores(&models);
        let origin = Origin {
            at,
            days: (end.0 - at.0) as u32,
            customers: past.cases.iter().map(|case| case.customers as u64).sum(),
            purchases: past.cases.iter().map(|case| case.customers as u64 * u64::from(case.later)).sum(),
            scores,
        };
        Tested { origin, members, curve: past.curve, apart }
    }
}

/// What became of an origin.
#[derive(Debug)]
pub struct Tested {
    /// The scores.
    pub origin: Origin,
    /// The models, as they were fitted at the origin.
    pub members: Vec<Member>,
    /// What customers bought at which age, up to the origin.
    pub curve: Curve,
    /// Of each two of the members and, last, the mean, row by row: the sum of the squares of the differences of ln P(what
    /// came), over customers.
    apart: Vec<f64>,
}

impl Tested {
    /// The chance that one model is behind another by chance alone, by the normal approximation to the sum of what customers
    /// tell of both (Vehtari, Gelman and Gabry 2017, the standard error of a difference of predictive densities): twice the tail, so
    /// that it is 1 for one that is as good, and 1 for one that is ahead.
    pub fn chance_of(&self, model: Candidate, against: Candidate) -> Option<f64> {
        let place = |candidate| match candidate {
            Candidate::Mean => Some(self.members.len()),
            _ => self.members.iter().position(|member| member.candidate == candidate),
        };
        let score = |candidate| self.origin.score(candidate)?.log_score;
        let customers = self.origin.customers as f64;
        let behind = (score(model)? - score(against)?).max(0.0) * customers;
        let squares = self.apart[place(model)? * (self.members.len() + 1) + place(against)?];
        let error = libm::sqrt((squares - behind * behind / customers).max(0.0));
        Some(if behind > 0.0 { 2.0 * normal_sf(behind / error) } else { 1.0 })
    }
}

impl Past {
    fn of(visits: &Visits, at: Day, end: Day) -> Past {
        let mut cases = Vec::new();
        let (mut bought, mut observed): (Vec<f64>, Vec<f64>) = (Vec::new(), Vec::new());
        for visits in visits.by_customer() {
            let mut days = visits.iter().filter(|visit| visit.purchases > 0).map(|visit| visit.day);
            let Some(first) = days.next().filter(|first| *first <= at) else { continue };
            let age = f64::from(at.0 - first.0);
            let months = libm::floor(age / MONTH_DAYS) as usize;
            if observed.len() < months {
                observed.resize(months, 0.0);
                bought.resize(months, 0.0);
            }
            for count in &mut observed[..months] {
                *count += 1.0;
            }
            let (mut history, mut later, mut before) = (History { age, ..History::default() }, 0, first);
            for day in days.take_while(|day| *day <= end) {
                if day == before {
                    continue;
                }
                before = day;
                if day > at {
                    later += 1;
                    continue;
                }
                history.frequency += 1;
                history.recency = f64::from(day.0 - first.0);
                // The k-th month of age ends k months after the first purchase.
                let month = libm::ceil(history.recency / MONTH_DAYS) as usize - 1;
                if month < months {
                    bought[month] += 1.0;
                }
            }
            cases.push(Case { history, later, customers: 1.0 });
        }
        order::sort_by(&mut cases, |a, b| {
            let key = |case: &Case| {
                (case.history.frequency, case.history.age as i64, case.history.recency as i64, case.later)
            };
            key(a).cmp(&key(b))
        });
        cases.dedup_by(|next, kept| {
            let equal = (next.history, next.later) == (kept.history, kept.later);
            if equal {
                kept.customers += next.customers;
            }
            equal
        });
        let all: f64 = cases.iter().map(|case| case.customers).sum();
        let seen = observed.iter().take_while(|count| **count >= SEEN * all).count();
        let curve = bought[..seen].iter().zip(&observed).map(|(bought, of)| bought / of).collect();
        Past { cases, curve: Curve(curve), horizon: f64::from(end.0 - at.0) }
    }

    /// The scores of all candidates, and how far each two of them that are models are apart (see [`Tested`]).
    fn scores(&self, models: &[(Candidate, Box<dyn Model>)]) -> (Vec<Score>, Vec<f64>) {
        let horizon = self.horizon;
        let naive = |history: &History| match history.age {
            0.0 => 0.0,
            age => f64::from(history.frequency) / age * horizon,
        };
        let curve = |history: &History| self.curve.between(history.age, history.age + horizon);
        let mut scores = vec![Tally::default(); models.len() + 3];
        let rivals = models.len() + 1;
        let (mut apart, mut ln_chances) = (vec![0.0; rivals * rivals], vec![0.0; rivals]);
        let averaged = models.iter().filter(|(of, _)| members::takes(Candidate::Mean, *of)).count() as f64;
        let most = self.cases.iter().map(|case| case.later).max().unwrap_or(0) as usize;
        // Customers of one frequency and age lie together, and what a model says of one who is there is the same for them.
        for equal in
            self.cases.chunk_by(|a, b| (a.history.frequency, a.history.age) == (b.history.frequency, b.history.age))
        {
            let History { frequency, age, .. } = equal[0].history;
            let there: Vec<_> = models
                .iter()
                .map(|(_, model)| {
                    let at = |stage| There { frequency, age, stage };
                    let chances = |stage| model.probabilities_if_alive(at(stage), horizon, most);
                    let expected =
                        by_stage(&**model, frequency, age, &mut |there| model.expected_if_alive(there, horizon));
                    (expected, (0..model.stages()).map(chances).collect::<Vec<_>>())
                })
                .collect();
            for case in equal {
                let (mut mean, mut chance) = (0.0, 0.0);
                let told = models.iter().zip(&there).zip(&mut scores).zip(&mut ln_chances);
                for ((((of, model), (expected, chances)), score), ln_chance) in told {
                    let alive = model.alive(&case.history);
                    let gone = if case.later == 0 { 1.0 - alive } else { 0.0 };
                    let came = by_stage(&**model, frequency, age, &mut |there| {
                        chances[there.stage as usize][case.later as usize]
                    });
                    let p = alive * over_stages(&**model, &case.history, &came) + gone;
                    let expected = alive * over_stages(&**model, &case.history, expected);
                    score.add(case, expected, Some(p));
                    *ln_chance = libm::log(p);
                    if members::takes(Candidate::Mean, *of) {
                        mean += expected / averaged;
                        chance += p / averaged;
                    }
                }
                ln_chances[models.len()] = libm::log(chance);
                for (one, row) in ln_chances.iter().zip(apart.chunks_mut(rivals)) {
                    for (other, cell) in ln_chances.iter().zip(row) {
                        *cell += case.customers * (one - other) * (one - other);
                    }
                }
                scores[models.len()].add(case, mean, Some(chance));
                scores[models.len() + 1].add(case, naive(&case.history), None);
                scores[models.len() + 2].add(case, curve(&case.history), None);
            }
        }
        let names = models.iter().map(|(candidate, _)| *candidate);
        let names = names.chain([Candidate::Mean, Candidate::SameRate, Candidate::AgeCurve]);
        let scores = names
            .zip(scores)
            .filter(|(name, _)| *name != Candidate::Mean || averaged > 1.0)
            .map(|(n, t)| t.finish(n))
            .collect();
        (scores, apart)
    }
}

/// Sums over customers.
#[derive(Clone, Default)]
struct Tally {
    customers: f64,
    expected: f64,
    actual: f64,
    absolute: f64,
    squares: f64,
    ln_chances: Option<f64>,
}

impl Tally {
    fn add(&mut self, case: &Case, expected: f64, chance: Option<f64>) {
        let (n, actual) = (case.customers, f64::from(case.later));
        self.customers += n;
        self.expected += n * expected;
        self.actual += n * actual;
        self.absolute += n * (expected - actual).abs();
        self.squares += n * (expected - actual) * (expected - actual);
        if let Some(chance) = chance {
            *self.ln_chances.get_or_insert(0.0) += n * libm::log(chance);
        }
    }

    fn finish(self, candidate: Candidate) -> Score {
        Score {
            candidate,
            log_score: self.ln_chances.map(|sum| -sum / self.customers),
            rmse: libm::sqrt(self.squares / self.customers),
            mae: self.absolute / self.customers,
            expected: self.expected,
            error: (self.actual > 0.0).then(|| self.expected / self.actual - 1.0),
            weekly_rmse: None,
            weekly_mae: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_model_is_behind_by_chance_as_far_as_customers_differ_about_it() {
        let row = |x: u32| (History { frequency: x, recency: 9.0 * f64::from(x), age: 200.0 }, 10.0);
        let histories = Histories::new([row(0), row(1), row(4)].into_iter());
        let members =
            [Candidate::BgNbd, Candidate::MbgNbd].map(|model| members::fit(model, &histories).unwrap()).into();
        let score = |(candidate, log_score)| Score {
            candidate,
            log_score: Some(log_score),
            rmse: 0.0,
            mae: 0.0,
            expected: 0.0,
            error: None,
            weekly_rmse: None,
            weekly_mae: None,
        };
        let scores = [(Candidate::BgNbd, 1.0), (Candidate::MbgNbd, 1.02), (Candidate::Mean, 1.5)].map(score).into();
        let origin = Origin { at: Day(0), days: 100, customers: 100, purchases: 50, scores };
        let tested = Tested {
            origin,
            members,
            curve: Curve::default(),
            apart: vec![0.0, 4.04, 30.0, 4.04, 0.0, 30.0, 30.0, 30.0, 0.0],
        };
        let chance = |model, against| tested.chance_of(model, against).unwrap();
        // Behind by 2 in all, with a standard error of 2; the tail of the normal distribution beyond 1 is 15.9 %.
        assert!((chance(Candidate::MbgNbd, Candidate::BgNbd) - 0.3173).abs() < 1e-4);
        assert_eq!(chance(Candidate::BgNbd, Candidate::MbgNbd), 1.0);
        assert_eq!(chance(Candidate::BgNbd, Candidate::Mean), 1.0);
        assert!(chance(Candidate::Mean, Candidate::BgNbd) < 1e-10);
        assert_eq!(tested.chance_of(Candidate::ParetoNbd, Candidate::BgNbd), None);
    }
}
