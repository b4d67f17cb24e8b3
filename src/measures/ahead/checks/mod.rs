//! How the chosen models fit, and what they take for granted.
//!
//! * here: all of it together. [`fit`]: frequencies, the hidden stretch, the matrices.
//! * [`lives`]: who of each cohort is still there, when some bought, lines of equal value.
//! * [`survival`]: how cohorts have lived on, by age.
//! * [`spread`]: how customers differ in rate, drop-out and spend. [`assumptions`]: what is taken for granted, checked.

pub mod assumptions;
pub mod fit;
pub mod lives;
pub mod spread;
pub mod survival;

use super::as_lifetimes::{Package, as_lifetimes};
use crate::measures::beside::Beside;
use crate::measures::subscriptions;
use crate::models::outlook::Outlook;
use crate::report::checks::{Checks, Modelling};
use crate::report::forecast::Candidate;

/// The models, and the checks of the chosen one; `package` is what is told of its models beside them.
pub fn modelling(package: &Package, beside: &Beside<'_>, outlook: &Outlook) -> Modelling {
    let (visits, summary) = (beside.history, &outlook.summary);
    let mut checks = Checks {
        verdict: outlook.verdict,
        chosen: outlook.chosen,
        assumptions: assumptions::all(visits, outlook),
        as_lifetimes: as_lifetimes(package, beside, outlook),
        ..Checks::default()
    };
    if let (Some(year), Some(chosen)) = (&outlook.year, outlook.chosen) {
        let single = best_single(outlook, chosen);
        let member = year.members.iter().find(|member| Some(member.candidate) == single).unwrap_or(&year.members[0]);
        checks.single = Some(member.candidate);
        checks.frequency = fit::frequency(&year.members, summary);
        checks.matrix = fit::matrix(&year.members, summary);
        checks.cohorts = lives::cohorts(beside, outlook, year);
        checks.survival = survival::survival(beside, outlook, year);
        checks.timing = lives::timing(beside, outlook, year);
        checks.iso_value = checks.matrix.as_ref().and_then(|matrix| lives::iso_value(matrix, year));
        checks.rates = spread::rates(member);
        checks.new_customer = outlook.trusted().map(spread::new_customer);
        checks.drop_out = Some(spread::drop_out(member));
        if let Some(model) = &year.spend.model {
            checks.spend = spread::spend(model, summary);
        }
        if let Some(origin) = outlook.origins.first() {
            checks.holdout = fit::holdout(chosen, visits, origin.at, outlook.end);
            checks.holdout_at = Some(origin.at);
        }
    }
    let mut models = outlook.models(visits).clone();
    // Contracts stand in tables of their own.
    if let Some(fit) = subscriptions::fit(beside) {
        models.sbg = fit;
    }
    Modelling { models, checks }
}

/// Of the models that a candidate is made of, the one with the best log scores.
fn best_single(outlook: &Outlook, chosen: Candidate) -> Option<Candidate> {
    if chosen != Candidate::Mean {
        return Some(chosen);
    }
    let sum = |candidate: Candidate| -> Option<f64> {
        outlook.origins.iter().map(|origin| origin.score(candidate)?.log_score).sum()
    };
    let all = [Candidate::BgNbd, Candidate::MbgNbd, Candidate::ParetoNbd].into_iter();
    let scored = all.filter_map(|candidate| Some((sum(candidate)?, candidate)));
    scored.reduce(|best, next| if next.0 < best.0 { next } else { best }).map(|(_, candidate)| candidate)
}
