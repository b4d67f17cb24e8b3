//! What drivers say of themselves.

use super::*;
use crate::math::money::Derived;
use crate::math::regression::quality::Area;
use crate::math::stats::Share;
use crate::report::drivers::*;
use crate::words::format::Plain;

fn level(name: &str, customers: u64) -> Level {
    Level { name: LevelName::Value(name.to_owned()), customers }
}

fn effect(feature: usize, level: Option<usize>, change: f64, reach: f64, is_clear: bool) -> Effect {
    let (low, high) = (change - reach, change + reach);
    let p = if is_clear { 0.001 } else { 0.4 };
    Effect { feature, level, coefficient: change, error: reach / 2.0, p, p_adjusted: p, change, low, high, is_clear }
}

fn section(effects: Vec<Effect>) -> Drivers {
    let kind = FeatureKind::Column { name: "channel".to_owned(), role: Some("channel".to_owned()) };
    let feature =
        |key: &str, kind, levels| Feature { key: key.to_owned(), kind, levels, unused: None, inflation: Some(1.2) };
    Drivers {
        days: 365,
        customers: 1000,
        too_recent: 200,
        mean: Some(Derived(40.0)),
        features: vec![
            feature("first_order", FeatureKind::FirstOrder, Vec::new()),
            feature(
                "column:channel",
                kind,
                vec![level("Search ads", 600), level("Newsletter", 300), level("Fair", 100)],
            ),
        ],
        model: Some(Model {
            effects,
            constant: 20.0,
            r2: 0.08,
            held_out: Some(0.06),
            p: 0.0001,
            deviation: Some(90.0),
            spread_p: Some(0.01),
            skewness: Some(4.0),
            influence: Some(0.3),
            brier: None,
            tenths: Vec::new(),
        }),
        needs: 40,
        ..Drivers::default()
    }
}

fn euros() -> Plain {
    Plain::new(Some("EUR"))
}

#[test]
fn the_largest_clear_effect_of_a_group_opens_the_view() {
    let effects = vec![
        effect(0, None, 0.5, 0.2, true),
        effect(1, Some(1), 12.4, 4.3, true),
        effect(1, Some(2), -30.0, 40.0, false),
    ];
    let section = section(effects);
    let found = finding(&section, &euros());
    assert_eq!(
        found.text(),
        "Customers from Newsletter bring €12.40 more in the year after their first purchase than those from Search ads, all \
         else equal (€8.10 to €16.70)."
    );
    assert!(found.lead.unwrap().starts_with("Together, what is known at the first purchase explains 6% of"));
    assert_eq!(effects::title(&section, &euros()), "2 of 3 differences are beyond chance");
    let first = &section.model.as_ref().unwrap().effects[0];
    assert_eq!(effects::name(&section, first, &euros()), "First order: €10 more");
    assert_eq!(effects::signed(&section, first, &euros()), "+€5.00");
    assert_eq!(effects::interval(&section, first, &euros()), "€3.00 to €7.00");
}

#[test]
fn those_who_bring_less_are_said_so_in_points_too() {
    let mut section = section(vec![effect(1, Some(1), -0.081, 0.03, true)]);
    section.outcome = Outcome::Back;
    section.share = Some(Share::new(400, 1000));
    let found = finding(&section, &euros());
    assert_eq!(
        found.text(),
        "Customers from Newsletter come back 8 points less often in the year after their first purchase than those from \
         Search ads, all else equal (5.1 to 11.1)."
    );
    section.model.as_mut().unwrap().held_out = Some(0.63);
    assert!(finding(&section, &euros()).lead.unwrap().contains("63 of 100"));
    assert_eq!(fit::figures(&section, &euros()).len(), 4);
}

#[test]
fn a_number_is_told_for_a_step() {
    let section = section(vec![effect(0, None, 0.5, 0.2, true)]);
    assert_eq!(
        finding(&section, &euros()).text(),
        "Each €10 more in the first order goes along with €5.00 more in the year after the first purchase, all else equal \
         (€3.00 to €7.00)."
    );
}

#[test]
fn nothing_clear_and_too_little_are_said() {
    let nothing = section(vec![effect(1, Some(1), 1.0, 4.0, false)]);
    assert!(finding(&nothing, &euros()).text().starts_with("Nothing that is known at the first purchase"));
    let few = Drivers { model: None, customers: 12, ..nothing.clone() };
    assert!(finding(&few, &euros()).text().starts_with("Too little to tell: 12 customers were observed"));
    let nobody = Drivers { model: None, customers: 0, ..nothing.clone() };
    assert!(finding(&nobody, &euros()).lead.unwrap().starts_with("200 customers bought first"));
    let mut one = nothing;
    one.model.as_mut().unwrap().influence = Some(2.5);
    one.features[1].inflation = Some(9.0);
    assert_eq!(fit::doubts(&one, &euros()).len(), 2);
}

#[test]
fn where_one_customer_carries_it_the_finding_says_so_first() {
    let mut section = section(vec![effect(1, Some(1), 12.4, 4.3, true)]);
    section.model.as_mut().unwrap().influence = Some(2.5);
    let found = finding(&section, &euros());
    assert_eq!(found.text(), "One customer weighs so much here that the differences can’t be relied on.");
    let lead = found.lead.unwrap();
    assert!(lead.starts_with("With them counted: customers from Newsletter bring €12.40 more in the year"), "{lead}");
}

#[test]
fn churn_is_told_by_its_ends() {
    let group = |least, most, count| ChurnGroup { least, most, left: Share::new(count, 100) };
    let by = ChurnBy { measure: Known::Purchases, auc: 0.3, groups: vec![group(1.0, 1.0, 74), group(7.0, 22.0, 32)] };
    let churn =
        Churn { window_days: Some(255), all: Some(Share::new(106, 200)), measures: vec![by.clone()], duel: None };
    let words = churn::words(&churn, Some(&by), &euros());
    assert_eq!(words.title, "Purchases so far: 74% of those with 1 left, 32% of those with 7 to 22");
    assert!(words.sub.ends_with("53% of them did not buy in the last 255 days."), "{}", words.sub);
    assert_eq!(
        churn::words(&churn, Some(&ChurnBy { auc: 0.48, ..by }), &euros()).title,
        "Purchases so far hardly tells who leaves"
    );
}

#[test]
fn measures_that_go_together() {
    let correlations = Correlations {
        measures: vec![Measure::FirstOrder, Measure::Revenue],
        values: vec![vec![Some(1.0), Some(0.026)], vec![Some(0.026), None]],
        customers: vec![vec![10, 10], vec![10, 10]],
    };
    assert_eq!(
        together::title(&correlations, &euros()),
        "A larger first order says hardly anything about what follows (0.03)"
    );
}

#[test]
fn of_two_ways_to_tell_who_leaves_the_better_one_is_named() {
    let scored = |auc: f64, brier: f64| Scored { auc, brier };
    let told = Duel {
        day: "2025-10-01".parse().unwrap(),
        window_days: 120,
        customers: 640,
        left: 211,
        fitted_to: 580,
        propensity: scored(0.741, 0.19),
        models: scored(0.784, 0.17),
        alive_auc: 0.702,
        auc_difference: Area { value: 0.039, low: 0.012, high: 0.066 },
        auc_better: Some(Way::Propensity),
        difference: 0.02,
        low: 0.01,
        high: 0.03,
        better: Some(Way::Models),
    };
    let said = |duel: Option<Duel>| churn::duel(&Churn { duel, ..Churn::default() }, &euros());
    let [title, text] = said(Some(told));
    assert_eq!(
        title,
        "Who leaves is told better by the rhythm of their purchases than by what is known of each customer"
    );
    assert!(text.starts_with("Both had to tell it of 640 customers active on 1 Oct 2025"), "{text}");
    assert!(
        text.contains("in 74% of cases")
            && text.contains("in 78%, and the chance to be there, as “At risk” has it, in 70%"),
        "{text}"
    );
    assert!(said(Some(Duel { better: None, ..told }))[0].contains("about as well"));
    assert!(said(Some(Duel { better: Some(Way::Propensity), ..told }))[0].contains("told better by what is known"));
    let of_alive = |low: f64, high: f64, auc_better| {
        let auc_difference = Area { value: (low + high) / 2.0, low, high };
        said(Some(Duel { auc_difference, auc_better, ..told }))[1].clone()
    };
    assert!(text.ends_with("the chance to be there, what is known is better, by 3.9 points (1.2 to 6.6)."), "{text}");
    let other = of_alive(-0.066, -0.012, Some(Way::Alive));
    assert!(other.ends_with("the chance to be there is better, by 3.9 points (1.2 to 6.6)."), "{other}");
    let neither = of_alive(-0.012, 0.066, None);
    assert!(neither.contains("neither is better by more than chance ("), "{neither}");
    assert_eq!(said(None), [String::new(), String::new()]);
}

#[test]
fn a_handful_is_told_what_is_missing() {
    let section = Drivers {
        customers: 4,
        correlations: Correlations { values: vec![vec![None; 4]; 4], ..Correlations::default() },
        churn: Churn { all: Some(Share::new(1, 4)), ..Churn::default() },
        ..section(Vec::new())
    };
    assert_eq!(
        churn::missing(&section.churn, &euros()).unwrap(),
        "Who left can’t be told apart: of 4 customers active before, 1 left and 3 stayed; it takes 20 of each."
    );
    assert_eq!(
        together::missing(&section, &euros()).unwrap(),
        "How measures go together can’t be told: 4 customers observed for a year; it takes 30."
    );
    assert_eq!(
        fit::no_tenths(&section, &euros()).unwrap(),
        "4 customers are too few to hold what was expected against what came: it takes 300."
    );
}
