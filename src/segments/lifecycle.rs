//! Lifecycle by recency (definitions.md, section 6): where a customer stands, by how long it has been quiet.
//!
//! W is the active window: the person's own, else the 90th percentile of the gaps between purchase days (also under the
//! rule of the calendar month, which knows no length of quiet). Quiet is the days since the last purchase.
//!
//! | stage | quiet | and |
//! | --- | --- | --- |
//! | new | below W | one purchase, and it is the first ever |
//! | repeat | below W | two purchases, or one that is not the first ever |
//! | loyal | below W | three purchases or more |
//! | at risk | W to below 2 W | |
//! | dormant | 2 W to below 4 W | |
//! | lost | 4 W or more | |

use super::{Family, NONE};
use crate::measures::Shown;

/// The stages, in the order of the report.
pub const STAGES: [&str; 6] = ["new", "repeat", "loyal", "at_risk", "dormant", "lost"];

/// Puts each customer with a purchase into a stage; `window` is W in days.
pub fn family(shown: Shown<'_>, window: u32) -> Family {
    let summary = shown.summary;
    let mut members = vec![NONE; shown.visits.len()];
    for c in shown.buyers() {
        let first_of_all = summary.first[c] == shown.visits.first_ever[c];
        members[c] = stage(summary.days_since(c), window, summary.purchases[c], first_of_all);
    }
    Family::new("lifecycle", STAGES, members)
}

fn stage(quiet: u32, window: u32, purchases: u32, first_of_all: bool) -> u8 {
    match (u64::from(quiet), u64::from(window)) {
        (quiet, w) if quiet >= 4 * w => 5,
        (quiet, w) if quiet >= 2 * w => 4,
        (quiet, w) if quiet >= w => 3,
        _ if purchases >= 3 => 2,
        _ if purchases == 2 || !first_of_all => 1,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stages_follow_quiet_first_and_purchases_then() {
        let of = |quiet, purchases, first| STAGES[stage(quiet, 30, purchases, first) as usize];
        assert_eq!((of(0, 1, true), of(29, 1, false), of(29, 2, true)), ("new", "repeat", "repeat"));
        assert_eq!((of(29, 3, true), of(30, 9, true), of(59, 1, true)), ("loyal", "at_risk", "at_risk"));
        assert_eq!((of(60, 3, true), of(119, 1, true), of(120, 9, true)), ("dormant", "dormant", "lost"));
    }
}
