//! Property: neither the ledger nor the report depends on the order of the rows.

#[path = "support/lines.rs"]
mod lines;

use lines::{ledger, line};
use perennial::math::Day;
use perennial::report::build::{Context, analyse};
use perennial::report::customers::{CustomerQuery, SortKey};
use perennial::report::settings::{ActiveRule, DimensionFilter, RfmTies, Settings, TierRule};
use perennial::report::{Report, export};
use perennial::segments::ENOUGH;
use proptest::prelude::*;

fn settings() -> impl Strategy<Value = Settings> {
    let days = || proptest::option::of((19_200i32..20_000).prop_map(Day));
    let filter = DimensionFilter { dimension: "channel".to_owned(), values: vec!["web".to_owned(), String::new()] };
    let active = prop_oneof![
        Just(ActiveRule::OwnRhythm),
        Just(ActiveRule::Window { days: 45 }),
        Just(ActiveRule::CalendarMonth)
    ];
    (days(), days(), proptest::option::of(Just(filter)), active, any::<bool>()).prop_map(
        |(from, to, filter, active, other)| Settings {
            from,
            to,
            filters: filter.into_iter().collect(),
            active,
            rfm_ties: if other { RfmTies::ByOrder } else { RfmTies::Together },
            tiers: if other { TierRule::ByShare } else { TierRule::ByRank },
            ..Settings::default()
        },
    )
}

proptest! {
    #[test]
    fn a_report_does_not_change_when_rows_are_shuffled(
        (lines, shuffled) in proptest::collection::vec(line(), 0..150)
            .prop_flat_map(|lines| (Just(lines.clone()), Just(lines).prop_shuffle())),
        has_order_ids in any::<bool>(),
        settings in settings(),
    ) {
        let (one, two) = (ledger(&lines, has_order_ids), ledger(&shuffled, has_order_ids));
        prop_assert_eq!(&one, &two);
        let one = analyse(&one, &settings, Context::default());
        let two = analyse(&two, &settings, Context::default());
        prop_assert_eq!(export::json(&one.report), export::json(&two.report));
        let query = CustomerQuery { sort: SortKey::MonetaryValue, ..CustomerQuery::default() };
        prop_assert_eq!(export::customers_csv(&one, &query, &[]), export::customers_csv(&two, &query, &[]));
    }

    #[test]
    fn the_parts_of_a_report_add_up(
        lines in proptest::collection::vec(line(), 0..150),
        has_order_ids in any::<bool>(),
        settings in settings(),
    ) {
        let analysis = analyse(&ledger(&lines, has_order_ids), &settings, Context::default());
        let Report { totals, months, rfm, segments, value, retention, .. } = &*analysis.report;
        let own_revenue: i64 = analysis.summary.buyers.iter().map(|&c| analysis.summary.revenue[c as usize]).sum();
        prop_assert_eq!(totals.gross - totals.refunds, totals.revenue);
        prop_assert_eq!(months.iter().map(|month| month.revenue.0).sum::<i64>(), totals.revenue.0);
        prop_assert_eq!(months.iter().map(|month| month.purchases).sum::<u64>(), totals.purchases);
        prop_assert_eq!(months.iter().map(|month| month.new_customers).sum::<u64>(), totals.new_customers);
        // A handful is not ranked.
        let is_ranked = totals.customers >= ENOUGH as u64;
        let ranked = if is_ranked { totals.customers } else { 0 };
        prop_assert_eq!(rfm.cells.iter().map(|cell| cell.customers).sum::<u64>(), ranked);
        prop_assert_eq!(value.distribution.iter().map(|bin| bin.customers).sum::<u64>(), totals.customers);
        prop_assert_eq!(retention.cohorts.iter().map(|cohort| cohort.size).sum::<u64>(), totals.new_customers);
        for family in ["rfm", "value", "lifecycle", "dimension:channel"] {
            let own = || segments.iter().filter(|segment| segment.family == family);
            if !is_ranked && ["rfm", "value"].contains(&family) {
                prop_assert_eq!(own().map(|segment| segment.customers).sum::<u64>(), 0, "{}", family);
                continue;
            }
            prop_assert_eq!(own().map(|segment| segment.customers).sum::<u64>(), totals.customers, "{}", family);
            prop_assert_eq!(own().map(|segment| segment.revenue.0).sum::<i64>(), own_revenue, "{}", family);
            prop_assert_eq!(own().map(|segment| segment.purchases).sum::<u64>(), totals.purchases, "{}", family);
        }
        for month in &retention.monthly {
            prop_assert!(month.end >= month.new && month.new >= month.reactivated);
            prop_assert!(month.end - month.new <= month.start);
        }
    }
}
