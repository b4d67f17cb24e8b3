//! The charts of sections that are asked for by themselves, held to the same checks.

use super::tests::{WIDTHS, check};
use crate::charts;
use crate::math::stats::Share;
use crate::measures::experiments::compare::typed;
use crate::report::drivers::{
    Churn, ChurnBy, ChurnGroup, Drivers, Effect, Feature, FeatureKind, Known, Level, LevelName, Model, Outcome,
};
use crate::words::format::Plain;

fn drivers(outcome: Outcome) -> Drivers {
    let names = ["Search ads", "Newsletter", "A channel with a name that is longer than any plot is wide", "Fair"];
    let level = |name: &&str| Level { name: LevelName::Value((*name).to_owned()), customers: 250 };
    let effect = |(level, change): (usize, f64)| Effect {
        feature: 0,
        level: Some(level),
        coefficient: change,
        error: 0.01,
        p: 0.001,
        p_adjusted: 0.003,
        change,
        low: change - 0.02,
        high: change + 0.05,
        is_clear: level == 1,
    };
    let kind = FeatureKind::Column { name: "channel".to_owned(), role: None };
    let levels = names.iter().map(level).collect();
    let tenth = |at: u32| crate::math::regression::quality::Tenth {
        rows: 100,
        said: f64::from(at) / 12.0,
        was: f64::from(at * at) / 120.0,
    };
    Drivers {
        outcome,
        customers: 1000,
        features: vec![Feature { key: "column:channel".into(), kind, levels, unused: None, inflation: None }],
        model: Some(Model {
            effects: [(1, 0.12), (2, -0.3), (3, 0.01)].map(effect).to_vec(),
            constant: 0.0,
            r2: 0.1,
            held_out: Some(0.6),
            p: 0.01,
            deviation: None,
            spread_p: None,
            skewness: None,
            influence: None,
            brier: None,
            tenths: (0..10).map(tenth).collect(),
        }),
        ..Drivers::default()
    }
}

fn churn() -> Churn {
    let group = |least: f64, count| ChurnGroup { least, most: least + 3.0, left: Share::new(count, 120) };
    let groups = vec![group(1.0, 0), group(5.0, 60), group(9.0, 120)];
    Churn {
        window_days: Some(90),
        all: Some(Share::new(180, 360)),
        measures: vec![ChurnBy { measure: Known::Purchases, auc: 0.3, groups }],
        duel: None,
    }
}

#[test]
fn texts_stay_in_the_picture() {
    let f = Plain::new(Some("EUR"));
    let side = |name: &str, units, count| (name.to_owned(), units, count);
    let test = typed(&[side("Control", 4000, 200), side("B", 4000, 260), side("A long name of a side", 4010, 190)]);
    for width in WIDTHS {
        check(&charts::test_sides(&test, width, &f));
        for outcome in [Outcome::Revenue, Outcome::Back] {
            check(&charts::effects(&drivers(outcome), width, &f));
            check(&charts::drivers_held_out(&drivers(outcome), width, &f));
        }
        let churn = churn();
        check(&charts::churn_by(&churn, churn.measures.first(), width, &f));
    }
}

#[test]
fn a_quiet_interval_that_leaves_zero_out_says_why() {
    let f = Plain::new(Some("EUR"));
    let mut section = drivers(Outcome::Back);
    let effects = charts::effects(&section, 640, &f);
    let note = "“Channel: A channel with a name that is longer than any plot is wide” is clear of zero by itself, but not \
                beyond chance among 3 differences looked at together.";
    assert_eq!(effects.note.as_deref(), Some(note));
    let said = |at: usize| effects.points[at].text().contains("clear by itself");
    assert_eq!([said(0), said(1), said(2)], [false, true, false]);
    assert_eq!(effects.svg.matches("whisker l1").count(), 1, "the one beyond chance");
    section.model.iter_mut().flat_map(|model| &mut model.effects).for_each(|effect| effect.is_clear = true);
    assert_eq!(charts::effects(&section, 640, &f).note, None);
}

#[test]
fn tables_hold_what_is_drawn() {
    let f = Plain::new(Some("EUR"));
    let effects = charts::effects(&drivers(Outcome::Back), 640, &f);
    let cells: Vec<&str> = effects.table.rows[0].iter().map(|cell| &*cell.text).collect();
    let expected = ["Channel: Newsletter", "Search ads", "250", "+12 points", "10.0 to 17.0", "0.0030", "yes"];
    assert_eq!(cells, expected);
    let typed = typed(&[("A".to_owned(), 1000, 120), ("B".to_owned(), 1000, 150)]);
    let table = charts::sides_table(&typed, &f);
    let cells: Vec<&str> = table.rows[1].iter().map(|cell| &*cell.text).collect();
    assert_eq!(cells, ["B", "1,000", "15.0%", "+3.0 points", "0.0 to 6.0", "97.5%", "0.0496", "better"]);
    assert_eq!(charts::test_sides(&typed, 640, &f).points.len(), 1);
    let empty = charts::churn_by(&Churn::default(), None, 640, &f);
    assert_eq!((empty.points.len(), &*empty.title), (0, "Too few were active to tell who left"));
    assert_eq!(charts::effects(&Drivers::default(), 328, &f).table.rows.len(), 0);
}
