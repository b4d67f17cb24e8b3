//! The hidden stretch with all methods, held to the same checks as every chart.

use super::tests::{WIDTHS, check};
use crate::charts::forecast::{tournament, tracking, tracking_sum};
use crate::math::Day;
use crate::report::forecast::{Candidate, Forecast, Origin, Score, Told, Tracking, Week};
use crate::words::fixture;
use crate::words::format::Plain;

/// Seven candidates of which each tells a tenth more than the one before, over half a year; the third was chosen.
fn told() -> Forecast {
    let all = [
        Candidate::BgNbd,
        Candidate::MbgNbd,
        Candidate::ParetoNbd,
        Candidate::MbgCnbd,
        Candidate::Mean,
        Candidate::SameRate,
        Candidate::AgeCurve,
    ];
    let expected = |place: usize, week: u32| (40.0 - f64::from(week)) * (0.8 + 0.1 * place as f64);
    let score = |(place, candidate): (usize, Candidate)| Score {
        candidate,
        log_score: (place < 5).then_some(1.0 + 0.01 * place as f64),
        rmse: 1.6 + 0.1 * place as f64,
        mae: 0.8,
        expected: 0.0,
        error: Some(0.1 * place as f64 - 0.2),
        weekly_rmse: (place > 0).then_some(6.04),
        weekly_mae: (place > 0).then_some(5.0),
    };
    let told = |(place, candidate): (usize, Candidate)| Told {
        candidate,
        expected: (0..26).map(|week| expected(place, week)).collect(),
    };
    let week = |week: u32| Week {
        start: Day(20_000 + 7 * week as i32),
        actual: u64::from(40 - week + week % 3),
        expected: expected(2, week),
    };
    let scores = all.into_iter().enumerate().map(score).collect();
    Forecast {
        origins: vec![Origin { at: Day(19_999), days: 182, customers: 900, purchases: 730, scores }],
        chosen: Some(Candidate::ParetoNbd),
        tracking: Some(Tracking {
            at: Day(19_999),
            weeks: (0..26).map(week).collect(),
            told: all.into_iter().enumerate().map(told).collect(),
        }),
        ..Forecast::default()
    }
}

#[test]
fn what_came_and_six_methods_are_drawn_and_the_table_has_all() {
    let (f, report, told) = (Plain::new(Some("EUR")), fixture::report(), told());
    for width in WIDTHS {
        check(&tracking(&told, &report, width, &f));
        check(&tracking_sum(&told, &report, width, &f));
        check(&tournament(&told, &report, width, &f));
    }
    let figure = tracking_sum(&told, &report, 640, &f);
    let lines = |class: &str| figure.svg.matches(class).count();
    // The one that was chosen in the first colour, what came without one, five others thin.
    assert_eq!((lines("\"line l1\""), lines("\"line l0 thick\""), lines(" thin\"")), (1, 1, 5));
    for name in ["predicted", "came", "BG/NBD", "usual formula"] {
        assert!(figure.svg.contains(name), "{name}");
    }
    assert!(!figure.svg.contains("age curve"));
    let header: Vec<&str> = figure.table.header.iter().map(String::as_str).collect();
    assert_eq!((header.len(), header[2], header[8]), (9, "May leave at any time", "As older customers did"));
    let last: Vec<&str> = figure.table.rows[25].iter().map(|cell| cell.text.as_str()).collect();
    // 26 × 40 − (0 + … + 25) = 715 of a method that tells all.
    assert_eq!((last[1], last[2]), ("740", "715.0"));
    let cells = &tournament(&told, &report, 640, &f).table.rows;
    assert_eq!((cells[0][6].text.as_str(), cells[1][6].text.as_str()), ("not defined", "6.04"));
}
