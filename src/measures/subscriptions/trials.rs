//! What becomes of trials.

use super::{Contract, Contracts};
use crate::math::Day;
use crate::math::stats::{Share, quantile_of_counts};
use crate::report::subscriptions::Trials;

/// The trials as of an evening: of each customer the first one, unless the customer paid before it. Nothing without any.
pub fn trials(contracts: &Contracts, end: Day) -> Option<Trials> {
    let (mut converted, mut over, mut running) = (0u64, 0u64, 0u64);
    let mut days: Vec<u64> = Vec::new();
    for own in contracts.by_customer() {
        let Some(trial) = own.iter().find(|contract| contract.trial && contract.start <= end) else { continue };
        let paid =
            own.iter().find(|contract| contract.is_paid() && contract.start <= end).map(|contract| contract.start);
        match paid {
            Some(paid) if paid < trial.start => {}
            Some(paid) => {
                converted += 1;
                let waited = (paid.0 - trial.start.0) as usize;
                days.resize(days.len().max(waited + 1), 0);
                days[waited] += 1;
            }
            None if is_running(own, end) => running += 1,
            None => over += 1,
        }
    }
    let decided = converted + over;
    (decided + running > 0).then(|| Trials {
        converted: Share::new(converted, decided),
        running,
        median_days: quantile_of_counts(&days, 0.5),
    })
}

/// Whether any trial of a customer runs on an evening.
fn is_running(own: &[Contract], evening: Day) -> bool {
    own.iter().any(|contract| contract.trial && contract.runs(evening))
}

#[cfg(test)]
mod tests {
    use super::super::tests::{contracts, day};
    use super::*;

    #[test]
    fn a_trial_that_still_runs_is_not_decided() {
        let own = contracts(&[
            ("bought", "2024-01-01", "2024-01-15", 0, ""),
            ("bought", "2024-01-15", "", 9, ""),
            ("later", "2024-01-01", "2024-01-15", 0, ""),
            ("later", "2024-03-01", "", 9, ""),
            ("over", "2024-01-01", "2024-01-15", 0, ""),
            ("runs", "2024-05-01", "", 0, ""),
            ("paid before", "2023-01-01", "2023-06-01", 9, ""),
            ("paid before", "2024-01-01", "", 0, ""),
            ("never tried", "2024-01-01", "", 9, ""),
        ]);
        let told = trials(&own, day("2024-06-01")).unwrap();
        assert_eq!((told.converted.count, told.converted.of, told.running), (2, 3, 1));
        assert_eq!(told.median_days, Some(37.0), "14 and 60 days");
        let early = trials(&own, day("2024-02-01")).unwrap();
        assert_eq!((early.converted.count, early.converted.of, early.running), (1, 3, 0));
        assert_eq!(trials(&own, day("2022-01-01")), None);
    }
}
