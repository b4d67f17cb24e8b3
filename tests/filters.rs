//! Property: what a filter leaves is what a file without the other rows would tell.

#[path = "support/lines.rs"]
mod lines;

use lines::{Line, ledger, line};
use perennial::math::Day;
use perennial::report::Report;
use perennial::report::build::{Context, Source, analyse};
use perennial::report::customers::{CustomerQuery, detail, page};
use perennial::report::schema::Segment;
use perennial::report::settings::{ActiveRule, DimensionFilter, Settings};
use proptest::prelude::*;

/// What says of a report which data and settings it was made from: a filtered file has others.
fn without_origin(mut report: Report) -> Report {
    report.settings = Settings::default();
    report.dimensions = Vec::new();
    (report.period.data_start, report.period.data_end) = (None, None);
    report.value.top.iter_mut().for_each(|row| row.number = 0);
    report
}

fn filters() -> impl Strategy<Value = Vec<DimensionFilter>> {
    let values = prop_oneof![Just(vec!["web"]), Just(vec!["shop", ""]), Just(vec!["post"]), Just(vec![])];
    let filter = values.prop_map(|values| DimensionFilter {
        dimension: "channel".to_owned(),
        values: values.into_iter().map(str::to_owned).collect(),
    });
    proptest::collection::vec(filter, 0..3)
}

fn day() -> impl Strategy<Value = Option<Day>> {
    proptest::option::of((18_900i32..20_200).prop_map(Day))
}

/// The rows that pass the filters, up to the end.
fn kept(lines: &[Line], filters: &[DimensionFilter], end: Option<Day>) -> Vec<Line> {
    let passes = |line: &&Line| {
        end.is_none_or(|end| line.day <= end.0)
            && filters
                .iter()
                .all(|filter| filter.values.is_empty() || filter.values.iter().any(|value| value == line.channel()))
    };
    lines.iter().filter(passes).cloned().collect()
}

proptest! {
    #[test]
    fn filters_and_the_end_leave_what_a_file_without_the_other_rows_tells(
        lines in proptest::collection::vec(line(), 1..150),
        has_order_ids in any::<bool>(),
        filters in filters(),
        (from, to) in (day(), day()),
    ) {
        let last = lines.iter().map(|line| line.day).max().map(Day);
        let end = to.min(last).or(last);
        let rest = kept(&lines, &filters, end);
        // A period never begins before the data does, and the data begin elsewhere in the file of the rest.
        let from = from.max(rest.iter().map(|line| Day(line.day)).min()).filter(|_| from.is_some() && !rest.is_empty());
        let source = Source::new(ledger(&lines, has_order_ids));
        let ours = source.analyse(&Settings { filters, from, to, ..Settings::default() }, Context::default());
        let plain = Settings { from, end, ..Settings::default() };
        let theirs = analyse(&ledger(&rest, has_order_ids), &plain, Context::default());
        prop_assert_eq!(without_origin((*ours.report).clone()), without_origin((*theirs.report).clone()));
        for sorted in [true, false] {
            let query = CustomerQuery { ascending: sorted, limit: 5, ..CustomerQuery::default() };
            let ids = |analysis| page(analysis, &query).rows.into_iter().map(|row| row.customer).collect::<Vec<_>>();
            prop_assert_eq!(ids(&ours), ids(&theirs));
        }
    }

    #[test]
    fn a_period_shows_what_a_file_of_its_rows_tells(
        lines in proptest::collection::vec(line(), 1..150),
        has_order_ids in any::<bool>(),
        (from, to) in (day(), day()),
    ) {
        let active = ActiveRule::Window { days: 60 };
        let source = Source::new(ledger(&lines, has_order_ids));
        let ours = source.analyse(&Settings { from, to, active, ..Settings::default() }, Context::default());
        let (start, end) = (ours.report.period.start, ours.report.period.end);
        let mut rest = kept(&lines, &[], end);
        rest.retain(|line| Some(Day(line.day)) >= start);
        let plain = Settings { end, active, ..Settings::default() };
        let theirs = analyse(&ledger(&rest, has_order_ids), &plain, Context::default());
        // All that does not ask who is new.
        let own = |report: &Report| {
            let totals = &report.totals;
            let figures = (totals.customers, totals.purchases, totals.rows, totals.refund_rows, totals.repeat);
            let money = (totals.revenue, totals.gross, totals.refunds, totals.aov);
            let segments: Vec<Segment> =
                report.segments.iter().filter(|segment| segment.family != "lifecycle").cloned().collect();
            let value = (report.value.historical_mean, report.value.historical_median, report.value.distribution.clone());
            (figures, money, report.concentration.clone(), value, report.rfm.clone(), segments)
        };
        prop_assert_eq!(own(&ours.report), own(&theirs.report));
        for row in page(&ours, &CustomerQuery { limit: 9, ..CustomerQuery::default() }).rows {
            let number = theirs.shown().whole.customers.iter().position(|id| **id == *row.customer).unwrap() as u32;
            let (ours, theirs) = (detail(&ours, row.number).unwrap(), detail(&theirs, number).unwrap());
            prop_assert_eq!((&ours.events, ours.rank, &ours.dimensions), (&theirs.events, theirs.rank, &theirs.dimensions));
        }
    }

    #[test]
    fn a_source_answers_the_same_whatever_was_asked_before(
        lines in proptest::collection::vec(line(), 1..80),
        asked in proptest::collection::vec((filters(), day(), day()), 1..6),
    ) {
        let source = Source::new(ledger(&lines, true));
        for (filters, from, to) in asked {
            let settings = Settings { filters, from, to, ..Settings::default() };
            let again = source.analyse(&settings, Context::default());
            let alone = analyse(source.ledger(), &settings, Context::default());
            prop_assert_eq!(again.report, alone.report);
        }
    }
}
