//! Value tiers: customers by what they have brought so far, the largest first (definitions.md, section 6).

use super::{Family, NONE};
use crate::measures::{Ranking, Shown};
use crate::settings::TierRule;

/// Puts each customer with a purchase into a tier.
///
/// By rank, the first ceil(20 %) are high, up to ceil(50 %) medium, the rest low. By share (ABC analysis), a customer is
/// A while those before have brought less than 80 % of revenue, B while less than 95 %, else C; revenue is that of the
/// customers who brought any, and who brought none is C.
pub fn family(shown: Shown<'_>, ranking: &Ranking, rule: TierRule) -> Family {
    let mut members = vec![NONE; shown.visits.len()];
    let n = ranking.customers.len();
    let positive = |revenue: i64| i128::from(revenue.max(0));
    let total: i128 = ranking.revenues.iter().map(|&revenue| positive(revenue)).sum();
    let mut before = 0;
    for (place, (&customer, &revenue)) in ranking.customers.iter().zip(&ranking.revenues).enumerate() {
        let own = positive(revenue);
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
    use crate::measures::tests::Whole;

    #[test]
    fn tiers_are_cut_by_rank_or_by_share() {
        let amounts = [("a", 75), ("b", 6), ("c", 6), ("d", 6), ("e", 4), ("f", 3), ("g", 0)];
        let rows = amounts.map(|(id, amount)| (id, "2024-01-01", amount));
        let whole = Whole::rows(&rows);
        let ranking = Ranking::of(whole.shown().summary);
        let tiers = |rule| family(whole.shown(), &ranking, rule).members;
        assert_eq!(tiers(TierRule::ByRank), [0, 0, 1, 1, 2, 2, 2]);
        assert_eq!(tiers(TierRule::ByShare), [0, 0, 1, 1, 1, 2, 2]);
        assert_eq!(family(whole.shown(), &ranking, TierRule::ByShare).group_of(0), "a");
    }
}
