use super::*;
use crate::math::Day;
use crate::math::money::Derived;
use crate::words::format::Plain;

fn euros() -> Plain {
    Plain::new(Some("EUR"))
}

fn band(value: f64) -> MoneyBand {
    let [value, low, high, inner_low, inner_high] = [1.0, 0.9, 1.1, 0.95, 1.05].map(|part| Derived(part * value));
    MoneyBand { value, low, high, inner_low, inner_high }
}

fn told(trust: Trust) -> Forecast {
    Forecast {
        verdict: Verdict { trust, customers: 800, repeat_buyers: 300, ..Verdict::default() },
        ..Forecast::default()
    }
}

#[test]
fn estimates_have_three_digits() {
    let f = euros();
    let texts = [86_312.0, 1_234_567.0, 432.19, 0.0].map(|value| about(value, &f));
    assert_eq!(texts, ["€86,300", "€1,230,000", "€432", "€0.00"]);
}

#[test]
fn how_far_ahead_is_looked_is_said_in_years_and_a_discount_as_it_was_set() {
    let f = euros();
    let ahead = [Some(1), Some(5), None].map(|years| (years_option(years), horizon(years, &f)));
    let said =
        [("12 months", "the next 12 months"), ("5 years", "the next 5 years"), ("Without end", "all years to come")];
    assert_eq!(ahead, said.map(|(option, told)| (option.to_owned(), told.to_owned())));
    assert_eq!([0.0, 0.075].map(|rate| discounted(rate, &f)), ["not discounted", "discounted by 7.5% a year"]);
}

#[test]
fn the_finding_has_its_range_and_the_margin_where_there_is_one() {
    let ahead = Ahead {
        purchases: Band::default(),
        revenue: band(86_312.0),
        margin: Some(band(50_061.0)),
        equity: band(48_000.0),
        misfit: [0.0; 2],
        months: Vec::new(),
        season: None,
        segments: Vec::new(),
        cohorts: Vec::new(),
        worth: Default::default(),
    };
    let told = Forecast { ahead: Some(ahead), ..told(Trust::Plan) };
    let finding = finding(&told, &euros());
    assert_eq!(
        finding.text(),
        "The customers you have today will bring about €86,300 in the next 12 months, even if no one new arrives."
    );
    assert_eq!(
        finding.lead.as_deref(),
        Some(
            "There are 8 chances in 10 that it will be between €77,700 and €94,900. After the cost of goods, that is €50,100."
        )
    );
}

#[test]
fn the_past_is_told_as_it_came_out() {
    let verdict = Verdict {
        chosen: Some(Candidate::Mean),
        tested_days: Some(273),
        error: Some(-0.121),
        revenue_error: Some(-0.118),
        same_rate_error: Some(0.557),
        ..Verdict::default()
    };
    let f = euros();
    assert_eq!(
        tested(&verdict, &f).as_deref(),
        Some(
            "We hid your last 9 months, or parts of them, and let each method predict them. The average of the models came closest to what each \
             customer did, judged by how likely it held that; over the whole it was 12% low. Assuming the same rate for ever, as the usual formula does, was 56% high."
        )
    );
    let chosen = Some(Candidate::ParetoNbd);
    let apart = Verdict { chosen, revenue_error: Some(0.031), same_rate_error: None, tested_days: Some(40), ..verdict };
    assert_eq!(
        tested(&apart, &f).as_deref(),
        Some(
            "We hid your last 6 weeks, or parts of them, and let each method predict them. “May leave at any time” (Pareto/NBD) came closest to what \
             each customer did, judged by how likely it held that; over the whole it was 12% low in purchases and 3% high in money."
        )
    );
    assert_eq!((off(0.004, &f).as_str(), tested(&Verdict::default(), &f)), ("right to within 1%", None));
}

#[test]
fn where_nothing_can_be_told_it_is_said_why_and_when() {
    let f = euros();
    let said = |verdict: Verdict| missing(&verdict, &f).map(|finding| (finding.text(), finding.lead));
    let few = Verdict { customers: 400, repeat_buyers: 4, enough_on: Some(Day(20_900)), ..Verdict::default() };
    assert_eq!(
        said(few),
        Some((
            "Too little to tell: 4 people have bought twice; from about 10 it will.".to_owned(),
            Some("At the pace so far there will be enough around Mar 2027.".to_owned())
        ))
    );
    let small = said(Verdict { customers: 23, repeat_buyers: 1, ..Verdict::default() }).unwrap().0;
    assert_eq!(small, "Too little to tell: 23 customers; from about 50 on it will.");
    let quiet = Verdict {
        customers: 900,
        repeat_buyers: 51,
        tested_days: Some(120),
        tested_purchases: Some(7),
        ..Verdict::default()
    };
    assert_eq!(
        said(quiet).unwrap().0,
        "Too little to tell: your last 4 months brought 7 purchases from earlier customers; from about 10 it will."
    );
    let poor =
        Verdict { trust: Trust::Poor, error: Some(0.2), revenue_error: Some(0.48), typical_error: Some(0.3), ..few };
    assert_eq!(said(poor).unwrap().0, "No forecast is shown: on your own past the method was 48% high.");
    assert_eq!(said(Verdict { trust: Trust::Plan, ..few }), None);
}

#[test]
fn what_the_views_of_the_models_rest_on_is_said_where_a_first_day_is_chosen() {
    let mut report = crate::words::fixture::report();
    let f = euros();
    let all = scope(&report, &f);
    assert!(all.starts_with("All customers up to ") && all.ends_with(", from their first purchase on"), "{all}");
    report.settings.from = report.period.start;
    let chosen = scope(&report, &f);
    let first = f.day(report.period.start.unwrap());
    assert_eq!(chosen, format!("{all}: the first day that you chose ({first}) does not count here"));
    report.period.end = None;
    assert_eq!(scope(&report, &f), "");
}
