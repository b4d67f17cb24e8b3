//! What the Python package `lifetimes` (0.11.3, Davidson-Pilon) would tell of the same customers.
//!
//! Its `customer_lifetime_value` differs from the forecast in more than the model:
//!
//! | | the package | the forecast |
//! | --- | --- | --- |
//! | months | 30 days, or 4.345 weeks | 365.25 / 12 days |
//! | discount | 1 % a month, from the end of each month | a yearly rate, from the middle of each month |
//! | value of a purchase | Gamma-Gamma's conditional mean | the same |
//! | margin | none | the one that is set |
//! | unit | days, days / 7, or calendar weeks, in which two purchases of a week are one | days |
//!
//! Its fits maximise the same likelihood without a penalty, so parameters in days are those of `Outlook::models`; with
//! times in sevenths only the scale of α and β changes. Calendar weeks are other data, and fitted anew. The package sums up
//! all rows of a period, refunds too; here a repeat purchase is worth what the summary says of it.

use crate::ledger::Visits;
use crate::math::money::{Derived, SCALE};
use crate::math::{Day, Unit};
use crate::measures::beside::Beside;
use crate::models::bg_nbd::BgNbd;
use crate::models::gamma_gamma::{self, GammaGamma, Spend};
use crate::models::mbg_nbd::MbgNbd;
use crate::models::members::history;
use crate::models::outlook::Outlook;
use crate::models::pareto_nbd::ParetoNbd;
use crate::models::shop::are_too_few;
use crate::models::{Fitted, Histories, History, Model, There};
use crate::report::as_lifetimes::{AsLifetimes, Grain, Method, Row};
use crate::report::forecast::Candidate;
use crate::report::models::ModelFit;

/// `time`: months.
const MONTHS: u32 = 12;

/// `discount_rate`, a month.
const DISCOUNT: f64 = 0.01;

/// Days of a month where the unit is a day.
const MONTH_OF_DAYS: f64 = 30.0;

/// Weeks of a month.
const MONTH_OF_WEEKS: f64 = 4.345;

const DAYS_OF_WEEK: f64 = 7.0;

/// Customers that are listed: as many as the package's own `head()` prints.
const LISTED: usize = 5;

/// A model by its name, parameters and prediction.
struct Fit {
    candidate: Candidate,
    /// In the unit of the package.
    parameters: [f64; 4],
    model: Box<dyn Model>,
}

/// The package's models of a shop.
pub struct Package {
    /// The unit.
    pub grain: Grain,
    end: Day,
    fits: Vec<Fit>,
    spend: Option<GammaGamma>,
}

impl Package {
    /// Fitted to the customers of an outlook, in days or weeks: that costs nothing where its models are there. Without models
    /// where these are too few.
    pub fn of(grain: Grain, visits: &Visits, outlook: &Outlook) -> Package {
        let known = outlook.models(visits);
        let scale = if grain == Grain::Weeks { 1.0 / DAYS_OF_WEEK } else { 1.0 };
        let of_days = |&[r, alpha, third, fourth]: &[f64; 4]| [r, alpha * scale, third, fourth];
        let of_rates = |&[r, alpha, s, beta]: &[f64; 4]| [r, alpha * scale, s, beta * scale];
        let fits = [
            known_fit::<BgNbd>(Candidate::BgNbd, &known.bg_nbd, &of_days),
            known_fit::<MbgNbd>(Candidate::MbgNbd, &known.mbg_nbd, &of_days),
            known_fit::<ParetoNbd>(Candidate::ParetoNbd, &known.pareto_nbd, &of_rates),
        ];
        let spend = parameters(&known.gamma_gamma, gamma_gamma::PARAMETERS);
        let spend = spend.map(|[p, q, v, _]| GammaGamma { p, q, v });
        Package { grain, end: outlook.end, fits: fits.into_iter().flatten().collect(), spend }
    }

    /// Fitted to customers' histories and mean values of a repeat purchase, in the unit; without models where they are too
    /// few.
    pub fn fitted(grain: Grain, summaries: Vec<(History, f64)>, end: Day) -> Package {
        let mut work = Work::new(grain, summaries, end);
        loop {
            if let Some(package) = work.step() {
                return package;
            }
        }
    }

    /// What the package's summary has of a customer, in its unit: history and mean value of a repeat purchase.
    fn summary(&self, visits: &Visits, outlook: &Outlook, c: usize) -> (History, f64) {
        if self.grain == Grain::CalendarWeeks {
            return calendar_weeks(visits, c, self.end);
        }
        let History { frequency, recency, age } = history(&outlook.summary, c);
        let unit = if self.grain == Grain::Weeks { DAYS_OF_WEEK } else { 1.0 };
        (History { frequency, recency: recency / unit, age: age / unit }, outlook.summary.monetary_value(c))
    }

    /// The package's month in its unit.
    fn month(&self) -> f64 {
        if self.grain == Grain::Days { MONTH_OF_DAYS } else { MONTH_OF_WEEKS }
    }

    /// What a purchase of a customer is worth; nothing where Gamma-Gamma has no mean.
    fn worth(&self, history: &History, mean: f64) -> Option<f64> {
        self.spend.as_ref()?.expected(history.frequency, mean.max(0.0))
    }

    /// The 12-month value by BG/NBD, the model of the package's own tutorial, of a history and a mean value of a repeat
    /// purchase.
    pub fn of_history(&self, history: &History, mean: f64) -> Option<Derived> {
        let fit = self.fits.iter().find(|fit| fit.candidate == Candidate::BgNbd)?;
        self.value(fit, history, mean)
    }

    /// The 12-month value of a customer by a model.
    fn value(&self, fit: &Fit, history: &History, mean: f64) -> Option<Derived> {
        let purchases = fit.model.discounted_steps(history, MONTHS, self.month(), DISCOUNT, 1.0);
        Derived::finite(purchases * self.worth(history, mean)?)
    }

    /// The 12-month value of all customers by a model, grouped by history and each weighted with what a purchase of theirs is
    /// worth.
    fn total(&self, fit: &Fit, weighted: &Histories) -> f64 {
        let there = |frequency: u32, age: f64| {
            let there = There { frequency, age, stage: 0 };
            let until = |k: u32| fit.model.expected_if_alive(there, self.month() * f64::from(k));
            let step = |k: u32| (until(k) - until(k - 1)) * libm::pow(1.0 + DISCOUNT, -f64::from(k));
            (1..=MONTHS).map(step).sum::<f64>()
        };
        let mut known = (u32::MAX, 0.0);
        let of = |row: &crate::models::histories::Row| {
            // Rows of one frequency and age follow each other.
            if known.0 != row.end {
                known = (row.end, there(row.history.frequency, row.history.age));
            }
            row.customers * fit.model.alive(&row.history) * known.1
        };
        weighted.rows.iter().map(of).sum()
    }

    /// The same of a customer of the outlook.
    pub fn of_customer(&self, visits: &Visits, outlook: &Outlook, c: usize) -> Option<Derived> {
        let (history, mean) = self.summary(visits, outlook, c);
        self.of_history(&history, mean)
    }
}

/// The package's models on their way where its unit has customers of its own: each step fits one of them.
pub struct Work {
    grain: Grain,
    end: Day,
    summaries: Vec<(History, f64)>,
    histories: Histories,
    /// The models that are still to be fitted, the next one last, and those that are.
    left: Vec<Candidate>,
    fits: Vec<Fit>,
}

impl Work {
    /// Nothing fitted yet to customers' histories and mean values of a repeat purchase, in the unit.
    pub fn new(grain: Grain, mut summaries: Vec<(History, f64)>, end: Day) -> Work {
        let histories = Histories::new(summaries.iter().map(|(history, _)| (*history, 1.0)));
        let mut left = vec![Candidate::ParetoNbd, Candidate::MbgNbd, Candidate::BgNbd];
        if are_too_few(histories.customers, histories.repeaters()) {
            (left, summaries) = (Vec::new(), Vec::new());
        }
        Work { grain, end, summaries, histories, left, fits: Vec::new() }
    }

    /// The same of the customers of an outlook, in calendar weeks.
    pub fn in_calendar_weeks(visits: &Visits, outlook: &Outlook) -> Work {
        let of = |&c: &u32| calendar_weeks(visits, c as usize, outlook.end);
        Work::new(Grain::CalendarWeeks, outlook.summary.buyers.iter().map(of).collect(), outlook.end)
    }

    /// The share of the steps that are done.
    pub fn share_done(&self) -> f64 {
        (3 - self.left.len()) as f64 / 4.0
    }

    /// Fits the next model; all of it after the last one.
    pub fn step(&mut self) -> Option<Package> {
        if let Some(model) = self.left.pop() {
            self.fits.extend(match model {
                Candidate::BgNbd => new_fit::<BgNbd>(model, &self.histories),
                Candidate::MbgNbd => new_fit::<MbgNbd>(model, &self.histories),
                _ => new_fit::<ParetoNbd>(model, &self.histories),
            });
            return None;
        }
        let spends = self.summaries.iter().filter(|(history, mean)| history.frequency > 0 && *mean > 0.0);
        let spends: Vec<Spend> =
            spends.map(|(history, mean)| Spend { frequency: history.frequency, mean: *mean, customers: 1.0 }).collect();
        let spend = if spends.is_empty() { None } else { GammaGamma::fit(&spends) };
        let spend = spend.filter(|(_, optimum)| optimum.converged).map(|(model, _)| model);
        Some(Package { grain: self.grain, end: self.end, fits: std::mem::take(&mut self.fits), spend })
    }
}

/// The section: sums over all, and the first customers one by one.
pub fn as_lifetimes(package: &Package, beside: &Beside<'_>, outlook: &Outlook) -> AsLifetimes {
    let year = outlook.trusted();
    let mut told = AsLifetimes {
        grain: package.grain,
        end: Some(outlook.end),
        customers: outlook.summary.buyers.len() as u64,
        spend: package.spend.filter(|model| model.q > 1.0).map(|model| [model.p, model.q, model.v]),
        forecast: year.and_then(|year| Derived::finite(year.revenue.value)),
        ..AsLifetimes::default()
    };
    if package.fits.is_empty() {
        return told;
    }
    let summaries: Vec<(History, f64)> =
        outlook.summary.buyers.iter().map(|&c| package.summary(beside.history, outlook, c as usize)).collect();
    for (&c, (history, mean)) in outlook.summary.buyers.iter().zip(&summaries).take(LISTED) {
        let number = beside.history.customers[c as usize];
        told.rows.push(Row {
            customer: beside.shown.whole.customers[number as usize].to_string(),
            number,
            frequency: history.frequency,
            recency: history.recency,
            age: history.age,
            spend: Derived(*mean),
            values: package.fits.iter().map(|fit| package.value(fit, history, *mean)).collect(),
            forecast: year.and_then(|year| Derived::finite(year.revenue_of(c as usize))),
        });
    }
    let weights: Option<Vec<(History, f64)>> =
        summaries.into_iter().map(|(history, mean)| Some((history, package.worth(&history, mean)?))).collect();
    let weighted = weights.map(|weights| Histories::new(weights.into_iter()));
    let method = |fit: &Fit| Method {
        candidate: fit.candidate,
        parameters: fit.parameters,
        value: weighted.as_ref().and_then(|weighted| Derived::finite(package.total(fit, weighted))),
    };
    told.methods = package.fits.iter().map(method).collect();
    told
}

/// Frequency, recency and T in weeks from Monday to Sunday, and the mean value of the weeks after the first one.
fn calendar_weeks(visits: &Visits, c: usize, end: Day) -> (History, f64) {
    let week = |day: Day| Unit::Week.of(day);
    let bought = visits.of_customer(c).iter().zip(visits.spent(c));
    let bought = bought.filter(|(visit, _)| visit.purchases > 0 && visit.day <= end);
    let (mut first, mut last, mut frequency, mut spent) = (None, 0, 0, 0);
    for (visit, amount) in bought {
        let now = week(visit.day);
        let begin = *first.get_or_insert(now);
        if now > begin {
            frequency += u32::from(now > last);
            spent += amount;
        }
        last = now;
    }
    let begin = first.unwrap_or(week(end));
    let mean = if frequency > 0 { spent as f64 / (f64::from(frequency) * SCALE as f64) } else { 0.0 };
    let history = History { frequency, recency: f64::from(last.max(begin) - begin), age: f64::from(week(end) - begin) };
    (history, mean)
}

/// The parameters of a fit that came to an end, in the order of their names.
fn parameters(fit: &ModelFit, names: &[&str]) -> Option<[f64; 4]> {
    let mut list = [1.0; 4];
    for (value, name) in list.iter_mut().zip(names) {
        *value = *fit.parameters.get(*name).filter(|_| fit.converged)?;
    }
    Some(list)
}

fn known_fit<M: Fitted + 'static>(
    candidate: Candidate,
    fit: &ModelFit,
    in_unit: &dyn Fn(&[f64; 4]) -> [f64; 4],
) -> Option<Fit> {
    let parameters = in_unit(&parameters(fit, M::PARAMETERS)?);
    Some(Fit { candidate, parameters, model: Box::new(M::new(&parameters)) })
}

fn new_fit<M: Fitted + 'static>(candidate: Candidate, histories: &Histories) -> Option<Fit> {
    let fit = M::fit(histories).filter(|fit| fit.optimum.converged)?;
    Some(Fit { candidate, parameters: fit.optimum.at, model: Box::new(M::new(&fit.optimum.at)) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measures::tests::Whole;
    use crate::models::members;

    #[test]
    fn a_week_is_one_purchase_and_ends_on_sunday() {
        // Monday and Sunday of one week, two days of the next one but one, and one after the end.
        let rows = [
            ("a", "2024-01-01", 5),
            ("a", "2024-01-07", 9),
            ("a", "2024-01-15", 10),
            ("a", "2024-01-17", 30),
            ("a", "2024-03-01", 7),
            ("b", "2024-01-14", 3),
        ];
        let whole = Whole::rows(&rows);
        let end = "2024-02-04".parse().unwrap();
        let of = |c: usize| calendar_weeks(whole.shown().visits, c, end);
        assert_eq!(of(0), (History { frequency: 1, recency: 2.0, age: 4.0 }, 40.0));
        assert_eq!(of(1), (History { frequency: 0, recency: 0.0, age: 3.0 }, 0.0));
    }

    #[test]
    fn the_value_of_all_is_the_sum_of_each() {
        let of = |x: u32, recency: f64, n: f64| (History { frequency: x, recency, age: 300.0 }, n);
        let rows = [of(0, 0.0, 400.0), of(1, 60.0, 90.0), of(2, 150.0, 50.0), of(5, 280.0, 30.0)];
        let days = Histories::new(rows.into_iter());
        let optimum = members::fitted(Candidate::ParetoNbd, &days)[0].optimum;
        let model = Box::new(ParetoNbd::new(&optimum.at));
        let fit = Fit { candidate: Candidate::ParetoNbd, parameters: optimum.at, model };
        let spend = Some(GammaGamma { p: 6.25, q: 3.74, v: 15.4 });
        let package = Package { grain: Grain::Days, end: Day(0), fits: vec![fit], spend };
        let worth = |history: &History| package.worth(history, 20.0).unwrap();
        let weighted = Histories::new(rows.iter().map(|(history, n)| (*history, n * worth(history))));
        let one = |(history, n): &(History, f64)| n * package.value(&package.fits[0], history, 20.0).unwrap().0;
        let (all, each) = (package.total(&package.fits[0], &weighted), rows.iter().map(one).sum::<f64>());
        assert!((all / each - 1.0).abs() < 1e-12, "{all} {each}");
        let none = Package { spend: Some(GammaGamma { p: 6.0, q: 0.9, v: 15.0 }), ..package };
        assert_eq!(none.value(&none.fits[0], &rows[2].0, 20.0), None, "without a mean nothing is told");
    }
}
