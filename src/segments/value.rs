//! Value tiers: customers by what they have brought so far, the largest first (definitions.md, section 6).

use super::{Family, NONE};
use crate::measures::Shown;
use crate::settings::TierRule;

/// Puts each customer with a purchase into a tier; `by_revenue` lists them with the largest first.
///
/// By rank, the first ceil(20 %) are high, up to ceil(50 %) medium, the rest low. By share (ABC analysis), a customer is
/// A while those before have brought less than 80 % of revenue, B while less than 95 %, else C; revenue is that of the
/// customers who brought any, and who brought none is C.
pub fn family(shown: Shown<'_>, by_revenue: &[u32], rule: TierRule) -> Family {
    let mut members = vec![NONE; shown.ledger.customers.len()];
    let n = by_revenue.len();
    let revenue = |c: u32| i128::from(shown.summary.revenue[c as usize].max(0));
    let total: i128 = by_revenue.iter().map(|&c| revenue(c)).sum();
    let mut before = 0;
    for (place, &customer) in by_revenue.iter().enumerate() {
        let own = revenue(customer);
        members[customer as usize] = match rule {
            TierRule::ByRank if place < n.div_ceil(5) => 0,
            TierRule::ByRank if place < n.div_ceil(2) => 1,
            TierRule::ByShare if own > 0 && before * 100 < total * 80 => 0,
            TierRule::ByShare if own > 0 && before * 100 < total * 95 => 1,
            _ => 2,
        };
        before += own;
    }
    let groups = match rule {
        TierRule::ByRank => ["high", "medium", "low"],
        TierRule::ByShare => ["a", "b", "c"],
    };
    Family::new("value", groups, members)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::{Purchases, Summary};
    use crate::measures::tests::ledger;

    #[test]
    fn tiers_are_cut_by_rank_or_by_share() {
        let amounts = [("a", 75), ("b", 6), ("c", 6), ("d", 6), ("e", 4), ("f", 3), ("g", 0)];
        let rows = amounts.map(|(id, amount)| (id, "2024-01-01", amount));
        let ledger = ledger(&rows);
        let (start, end) = ledger.span().unwrap();
        let purchases = Purchases::of(&ledger);
        let summary = Summary::of(&ledger, &purchases, end);
        let shown = Shown { ledger: &ledger, purchases: &purchases, summary: &summary, start, end };
        let tiers = |rule| family(shown, &summary.buyers, rule).members;
        assert_eq!(tiers(TierRule::ByRank), [0, 0, 1, 1, 2, 2, 2]);
        assert_eq!(tiers(TierRule::ByShare), [0, 0, 1, 1, 1, 2, 2]);
        assert_eq!(family(shown, &summary.buyers, TierRule::ByShare).group_of(0), "a");
    }
}
