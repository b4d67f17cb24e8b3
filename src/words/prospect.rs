//! What is expected of one customer, in words: the chances, what moved them, and five ways to say what they are worth.

use super::as_lifetimes;
use super::charts::ChartWords;
use super::forecast::{about, discounted, horizon, missing, range, rough};
use super::format::{Format, NOT_DEFINED, list};
use super::terms::numbers::percent_as_typed;
use crate::ingest::profile::shown;
use crate::math::money::Derived;
use crate::report::customers::CustomerCost;
use crate::report::forecast::Band;
use crate::report::prospect::{Prospect, ProspectAhead};
use crate::report::worth::Worth;

/// What is expected, in one sentence; or why nothing is.
pub fn expected(prospect: &Prospect, f: &dyn Format) -> String {
    match &prospect.ahead {
        None => missing(&prospect.verdict, f).map(|nothing| nothing.text()).unwrap_or_default(),
        Some(ahead) => {
            let Band { value, low, high, .. } = ahead.purchases;
            let places = if value < 9.95 { 1 } else { 0 };
            let [value, low, high] = [value, low, high].map(|count| f.number(rough(count), places));
            let [none, one, two, more] = ahead.chances.map(|chance| f.percent(chance, 0));
            format!(
                "In the next 12 months about {value} purchases ({low} to {high}) and {} ({}), each within its range with 8 \
                 chances in 10; at least one purchase with a chance of {}. Chances by number: none {none}, one {one}, two {two}, \
                 three or more {more}.",
                about(ahead.revenue.value.0, f),
                range(&ahead.revenue, f),
                f.percent(ahead.any, 0)
            )
        }
    }
}

/// What moved it, each against the mean of all customers.
pub fn reasons(prospect: &Prospect, f: &dyn Format) -> Vec<String> {
    let Some(ahead) = &prospect.ahead else { return Vec::new() };
    let ProspectAhead { alive, mean_alive, if_there, mean_if_there, value, mean_value, .. } = ahead;
    let silence = match ahead.due.0.checked_sub(prospect_end(ahead)) {
        Some(left) if left < 0 => format!(
            "Silent for {}; one who is still there would have bought by {} with 8 chances in 10.",
            f.days(f64::from(ahead.quiet_days)),
            f.day(ahead.due)
        ),
        _ => format!(
            "Silent for {}, no longer than one who is still there may well be: until {}.",
            f.days(f64::from(ahead.quiet_days)),
            f.day(ahead.due)
        ),
    };
    let own = match ahead.own_value {
        Some(own) => format!("their own repeat purchases came to {}", f.money(own.0)),
        None => "they have none of their own to go by".to_owned(),
    };
    vec![
        format!(
            "{silence} So the chance that they are still there is {}, against {} of all customers.",
            f.percent(*alive, 0),
            f.percent(*mean_alive, 0)
        ),
        format!(
            "They have bought on {}. If still there, they will buy about {} times in 12 months, against {} of all customers.",
            f.count(u64::from(ahead.purchase_days), "day"),
            f.number(*if_there, 1),
            f.number(*mean_if_there, 1)
        ),
        format!(
            "A purchase of theirs is expected to come to {}, against {} of all customers: {own}.",
            f.money(value.0),
            f.money(mean_value.0)
        ),
    ]
}

/// The day that the path ends on.
fn prospect_end(ahead: &ProspectAhead) -> i32 {
    ahead.path.last().map_or(ahead.due.0, |point| point.day.0)
}

/// What has to be known beside the five ways: what the package `lifetimes` would tell.
pub fn beside(prospect: &Prospect, f: &dyn Format) -> String {
    let told = prospect.ahead.as_ref().and_then(|ahead| Some((ahead, ahead.as_lifetimes?)));
    told.map_or_else(String::new, |(ahead, value)| as_lifetimes::beside(value, ahead.grain, ahead.revenue.value.0, f))
}

/// The words around the path of the chance to be there.
pub fn path(ahead: &ProspectAhead, f: &dyn Format) -> ChartWords {
    let now = f.percent(ahead.alive, 0);
    let highest = ahead.path.iter().map(|point| point.alive).fold(0.0, f64::max);
    let title = match ahead.alive < highest - 0.1 {
        true => format!("The chance that they are still there has fallen to {now}"),
        false => format!("The chance that they are still there is {now}"),
    };
    ChartWords {
        sub:
            "On each day, by the purchases up to then and what is known of all customers today; the dots are purchases"
                .to_owned(),
        sentence: format!("A line that falls with every day of silence and rises with every purchase. {title}."),
        title,
        note: None,
    }
}

/// The five ways: name, what it counts and over which time, and the amount, that of the models with its range; the last of them
/// and the third are discounted as it is set.
pub fn worth(worth: &Worth, f: &dyn Format) -> Vec<[String; 3]> {
    let row = |name: &str, what: String, amount: Option<Derived>| {
        [name.to_owned(), what, amount.map_or(NOT_DEFINED.to_owned(), |amount| about(amount.0, f))]
    };
    let by = discounted(worth.discount, f);
    let ahead = horizon(worth.horizon, f);
    let models = match worth.range {
        Some([low, high]) => {
            format!("{ahead}, {by}: {} to {} with 8 chances in 10 (probabilistic)", about(low.0, f), about(high.0, f))
        }
        None if worth.horizon.is_none() && worth.discount == 0.0 => {
            format!("{ahead}, {by}: that has no sum (probabilistic)")
        }
        None => format!("{ahead}, {by} (probabilistic)"),
    };
    let mut told = vec![
        row("So far", "what has come in, first purchase to last day (historical)".to_owned(), worth.historical),
        row(
            "Simple formula",
            "order × orders a year × years that a customer stays: a whole life, from the first purchase on".to_owned(),
            worth.simple,
        ),
        row(
            "Discounted",
            format!(
                "a year’s worth × r ÷ (1 + d − r), r who stays a year: all years to come, each only of who stays to its end, \
                 {by} (cash flow)"
            ),
            worth.discounted,
        ),
        row(
            "As older ones did",
            "so far, and what older customers brought after this age: a life as long as your data (cohorts)".to_owned(),
            worth.cohort,
        ),
        row("Models", models, worth.probabilistic),
    ];
    if worth.too_open {
        told[4][2] = "Not told".to_owned();
    }
    told
}

/// Whose worth is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    /// That of one customer, whose pace is their own.
    One,
    /// That of all customers together.
    All,
}

/// What has to be known of the five ways: which to use for what, whether a margin is in them, and why one may lie below what
/// it seems to contain. `next_year` is the revenue that the models expect of the next 12 months.
pub fn worth_note(
    worth: &Worth,
    whose: Whose,
    next_year: Option<Derived>,
    margin: Option<f64>,
    f: &dyn Format,
) -> String {
    let mut note = vec![match (whose, worth.probabilistic) {
        (Whose::All, Some(_)) => FOR_WHAT.to_owned(),
        (Whose::One, Some(_)) => FOR_WHAT_OF_ONE.to_owned(),
        (_, None) if worth.too_open => TOO_OPEN.to_owned(),
        (_, None) => NOT_AHEAD.to_owned(),
    }];
    note.push(match margin {
        Some(margin) => format!("All five are margin: {} of revenue.", percent_as_typed(margin, f)),
        None => "All five are revenue: no margin is set.".to_owned(),
    });
    if worth.simple.zip(worth.historical).is_some_and(|(simple, so_far)| simple < so_far) {
        note.push(if whose == Whose::One { BELOW_OWN } else { BELOW }.to_owned());
    }
    let next_year = next_year.map(|revenue| revenue.0 * margin.unwrap_or(1.0));
    if let Some((_, year)) = worth.discounted.zip(next_year).filter(|(discounted, year)| discounted.0 < *year) {
        let judged = if whose == Whose::One { "this customer" } else { "each customer" };
        note.push(format!(
            "“Discounted” lies below the {} that the models expect of the next 12 months alone, as it counts something else: \
             a year only of who is still there at its end, by the share of all who stay a year, where the models judge {judged} \
             by their own purchases and the time since the last.",
            about(year, f)
        ));
    }
    note.join(" ")
}

/// Which way to take for what, of all customers.
pub const FOR_WHAT: &str = "Which to use: “So far” for what they have brought, the simple formula for what winning a new customer \
    may cost, “Models” for those who are there now.";

/// The same of one customer, who has been won already.
pub const FOR_WHAT_OF_ONE: &str = "Which to use: “So far” for what they have brought, “Models” for what is still to come; the others \
    are to compare with.";

/// The same where the models can't be stood behind.
const NOT_AHEAD: &str =
    "Which to use: “So far” for what they have brought; what those who are there will still bring can’t be told.";

/// The same where they can for the next 12 months only.
const TOO_OPEN: &str = "Which to use: “So far” for what they have brought, the next 12 months for what is still to come. Over more \
    years your data can’t tell how many leave: what can be expected may be any amount up to more than three times the least.";

/// The same where what is to come stands in another view.
pub const FOR_WHAT_HERE: &str = "Which to use: what was brought so far to look back, the worth of a customer for what winning a new \
    one may cost, and the view “Forecast” for those who are there now.";

/// Why what the simple formula tells of all may lie below what has come in already.
pub const BELOW: &str = "The simple formula lies below what has come in already, as it counts something else: a life of average length \
    at an average pace, where what came in is that of lives which may have been longer.";

/// The same of one customer: it takes their own pace, so it lies below only where they have been there for longer than the
/// average.
pub const BELOW_OWN: &str = "The simple formula lies below what has come in already, as it counts something else: a life of average \
    length at the pace since their first purchase, which lies further back than such a life is long.";

/// What is left of each of the ways after what winning the customer cost; nothing where that is not known.
pub fn left(worth: &Worth, cost: Option<&CustomerCost>, f: &dyn Format) -> Option<String> {
    let cost = cost?;
    let ways = [
        ("so far", worth.historical),
        ("by the simple formula", worth.simple),
        ("discounted", worth.discounted),
        ("as older ones did", worth.cohort),
        ("by the models", worth.probabilistic),
    ];
    let way = |(name, worth): (&str, Option<Derived>)| Some(format!("{} {name}", about(worth?.0 - cost.cac.0, f)));
    let told: Vec<String> = ways.into_iter().filter_map(way).collect();
    (!told.is_empty()).then(|| {
        format!(
            "Winning a customer from {} cost {}. Less that cost, these leave (relationship value, CRV): {}.",
            shown(&cost.channel),
            f.money(cost.cac.0),
            list(&told)
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::Day;
    use crate::math::money::Derived;
    use crate::report::forecast::{MoneyBand, Trust, Verdict};
    use crate::report::prospect::PathPoint;
    use crate::words::format::Plain;

    fn prospect() -> Prospect {
        let [value, low, high, inner_low, inner_high] = [96.0, 40.0, 180.0, 70.0, 130.0].map(Derived);
        let ahead = ProspectAhead {
            alive: 0.29,
            mean_alive: 0.43,
            purchases: Band { value: 1.24, low: 0.5, high: 2.0, inner_low: 0.9, inner_high: 1.6 },
            any: 0.22,
            chances: [0.78, 0.06, 0.05, 0.11],
            if_there: 4.3,
            mean_if_there: 1.7,
            value: Derived(78.46),
            mean_value: Derived(35.6),
            own_value: Some(Derived(90.1)),
            revenue: MoneyBand { value, low, high, inner_low, inner_high },
            quiet_days: 275,
            due: Day(20_564),
            purchase_days: 8,
            as_lifetimes: Some(Derived(90.5)),
            grain: Default::default(),
            path: vec![PathPoint { day: Day(20_726), alive: 0.29, purchases: 0 }],
        };
        Prospect { number: 3, ahead: Some(ahead), ..Prospect::default() }
    }

    #[test]
    fn a_prediction_says_what_moved_it() {
        let f = Plain::new(Some("EUR"));
        assert_eq!(
            expected(&prospect(), &f),
            "In the next 12 months about 1.2 purchases (0.5 to 2.0) and €96.00 (€40.00 to €180), each within its range with 8 \
             chances in 10; at least one purchase with a chance of 22%. Chances by number: none 78%, one 6%, two 5%, three or \
             more 11%."
        );
        let reasons = reasons(&prospect(), &f);
        assert_eq!(
            reasons[0],
            "Silent for 275 days; one who is still there would have bought by 21 Apr 2026 with 8 chances in 10. So the chance that they are still there is 29%, against 43% of all customers."
        );
        assert!(reasons[1].starts_with("They have bought on 8 days.") && reasons[2].contains("€78.46, against €35.60"));
    }

    #[test]
    fn all_years_below_the_next_one_are_explained_and_one_of_the_five_is_recommended() {
        let f = Plain::new(Some("EUR"));
        let [discounted, probabilistic] = [1_320.0, 5_000.0].map(|amount| Some(Derived(amount)));
        let worth = Worth { discounted, probabilistic, ..Worth::default() };
        let note = |whose, year: f64, margin| worth_note(&worth, whose, Some(Derived(year)), margin, &f);
        let told = note(Whose::One, 1_700.0, None);
        assert!(told.starts_with(FOR_WHAT_OF_ONE), "{told}");
        assert!(
            told.contains("“Discounted” lies below the €1,700 that the models expect of the next 12 months"),
            "{told}"
        );
        assert!(note(Whose::All, 1_700.0, None).starts_with(FOR_WHAT));
        // With a margin both are margin: 0.5 × 1,700 is less.
        assert!(!note(Whose::One, 1_700.0, Some(0.5)).contains("lies below"));
        assert!(!note(Whose::One, 1_300.0, None).contains("lies below"));
    }

    #[test]
    fn the_years_ahead_are_told_with_their_range_or_why_they_are_not() {
        let f = Plain::new(Some("EUR"));
        let range = Some([Derived(3_000.0), Derived(7_200.0)]);
        let told = Worth { probabilistic: Some(Derived(5_000.0)), range, ..Worth::default() };
        let last = |worth: Worth, horizon, discount| super::worth(&Worth { horizon, discount, ..worth }, &f)[4].clone();
        let year = last(told, Some(1), 0.075);
        let what =
            "the next 12 months, discounted by 7.5% a year: €3,000 to €7,200 with 8 chances in 10 (probabilistic)";
        assert_eq!((year[1].as_str(), year[2].as_str()), (what, "€5,000"));
        let open = Worth { too_open: true, ..Worth::default() };
        let endless = last(open, None, 0.1);
        let what = "all years to come, discounted by 10% a year (probabilistic)";
        assert_eq!((endless[1].as_str(), endless[2].as_str()), (what, "Not told"));
        assert!(worth_note(&open, Whose::All, None, None, &f).starts_with(TOO_OPEN));
        let no_sum = last(Worth::default(), None, 0.0);
        let what = "all years to come, not discounted: that has no sum (probabilistic)";
        assert_eq!((no_sum[1].as_str(), no_sum[2].as_str()), (what, NOT_DEFINED));
    }

    #[test]
    fn without_a_forecast_it_is_said_why_and_what_is_not_defined_is_said_so() {
        let f = Plain::new(Some("EUR"));
        let verdict = Verdict { trust: Trust::TooFew, customers: 400, repeat_buyers: 4, ..Verdict::default() };
        let told = expected(&Prospect { verdict, ..Prospect::default() }, &f);
        assert!(told.starts_with("Too little to tell: 4 people"), "{told}");
        let rows =
            worth(&Worth { historical: Some(Derived(120.0)), horizon: Some(5), discount: 0.1, ..Worth::default() }, &f);
        assert_eq!(rows[4][1], "the next 5 years, discounted by 10% a year (probabilistic)");
        let none = Worth { simple: Some(Derived(97.0)), historical: Some(Derived(104.0)), ..Worth::default() };
        let note = |whose: Whose| worth_note(&none, whose, None, None, &f);
        assert_eq!(note(Whose::All), format!("{NOT_AHEAD} All five are revenue: no margin is set. {BELOW}"));
        assert_eq!(note(Whose::One), format!("{NOT_AHEAD} All five are revenue: no margin is set. {BELOW_OWN}"));
        assert!(BELOW_OWN.ends_with("which lies further back than such a life is long."));
        let above = Worth { simple: Some(Derived(110.0)), ..none };
        let said = worth_note(&above, Whose::One, None, Some(0.425), &f);
        assert_eq!(said, format!("{NOT_AHEAD} All five are margin: 42.5% of revenue."));
        let (channel, cac, left_so_far) = ("Search ads".to_owned(), Derived(26.29), Derived(93.71));
        let cost = CustomerCost { channel, cac, left: left_so_far };
        let known = Worth { historical: Some(Derived(120.0)), simple: Some(Derived(20.0)), ..Worth::default() };
        assert_eq!(
            left(&known, Some(&cost), &f).unwrap(),
            "Winning a customer from Search ads cost €26.29. Less that cost, these leave (relationship value, CRV): €93.70 so far \
             and −€6.29 by the simple formula."
        );
        assert_eq!((left(&known, None, &f), left(&Worth::default(), Some(&cost), &f)), (None, None));
        let amounts: Vec<&str> = rows.iter().map(|row| row[2].as_str()).collect();
        assert_eq!(amounts, ["€120", "not defined", "not defined", "not defined", "not defined"]);
    }
}
