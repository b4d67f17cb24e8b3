//! How long those who subscribe will still stay, and what that is worth, in words.

use super::super::forecast::{about, discounted, horizon};
use super::super::format::Format;
use super::spoken_months;
use crate::models::shop::FEWEST_CONTRACTS as FEWEST;
use crate::report::Report;
use crate::report::subscriptions::{Form, Hidden, Kept, Likely, LikelyMoney, Remaining, Subscriptions, Tenure};

/// A finding, the sentence below it, and the rows by tenure; nothing where nobody ever paid.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// The finding.
    pub title: String,
    /// What it rests on.
    pub lead: String,
    /// Name, subscribers, a month, months to come, worth; empty where nothing is told.
    pub rows: Vec<(String, [(String, String); 4])>,
}

/// Heads of the rows behind their name.
pub const HEADS: &[&str] = &["Subscribers", "Pays a month", "Will still stay", "Worth today"];

/// All of it.
pub fn told(told: &Subscriptions, _: &Report, f: &dyn Format) -> Option<Told> {
    // Who stopped and came back pays, but is no first stay any more.
    let paying = told.mrr.last().map_or(0, |last| last.paying.end);
    let dated = told.form != Form::Tenures;
    let told = told.remaining.as_ref()?;
    let back = match paying.saturating_sub(told.subscribers) {
        0 => String::new(),
        n => format!(
            " {} who stopped once and came back {} left out.",
            f.count(n, "customer"),
            if n == 1 { "is" } else { "are" }
        ),
    };
    let fewest = f.integer(FEWEST);
    if told.left < FEWEST || told.subscribers < FEWEST {
        return Some(Told {
            title: "Too early to tell how long those who subscribe will still stay".to_owned(),
            lead: format!(
                "{} left and {} are there; it takes {fewest} of each.",
                f.integer(told.left),
                f.integer(told.subscribers)
            ),
            rows: Vec::new(),
        });
    }
    let Some(stay) = told.stay.as_ref().filter(|_| told.holds) else {
        let lead = match told.hidden {
            // There are enough of both, but the fit came to no end, or what it tells is no number.
            _ if told.alpha.is_none() || told.holds => "The method found no answer in these contracts.".to_owned(),
            Some(hidden) => {
                format!(
                    "{} That is too far off to tell what is to come: perhaps contracts run for a year or so.",
                    tested(&hidden, f)
                )
            }
            None if !dated => format!(
                "Without dates no part of the past can be hidden to test the method, so neither is told what they are worth. {}",
                kept(&told.kept, f)
            ),
            None => format!(
                "To tell it, part of the past is hidden and has to be told first: that takes half a year, and {fewest} who left \
                 and {fewest} who stayed before it."
            ),
        };
        let title = "How long those who subscribe will still stay is not told".to_owned();
        return Some(Told { title, lead, rows: Vec::new() });
    };
    let tested = told.hidden.map(|hidden| tested(&hidden, f)).unwrap_or_default();
    // Where nothing comes in from them, how long they stay is told all the same.
    let bring = told.value.as_ref().map(|value| format!(", and bring {} in that time", about(value.value.0, f)));
    let worth = told.value.as_ref().map(|value| format!("; {}", worth(told, value, f)));
    Some(Told {
        title: format!(
            "Your {} will stay {} more in the mean{}",
            f.count(told.subscribers, "subscriber"),
            spoken_months(round(stay.value), f),
            bring.unwrap_or_default()
        ),
        lead: format!(
            "Within {} ({}{}). {tested} The longer somebody has stayed, the longer they will. Of one subscriber \
             nobody knows; the ranges (95%) are of the mean.{back}",
            horizon(Some(told.months / 12), f),
            range(stay, f),
            worth.unwrap_or_default()
        ),
        rows: told.tenures.iter().map(|tenure| row(tenure, f)).collect(),
    })
}

/// How many of new subscribers stay by the method, where that is known.
fn kept(kept: &[Kept], f: &dyn Format) -> String {
    let one = |Kept { months, share }: &Kept| {
        let percent = |share: f64| f.percent(share, 0);
        let range = format!("{} to {}", percent(share.low), percent(share.high));
        format!("{} {} ({range})", f.count(u64::from(*months), "month"), percent(share.value))
    };
    let all: Vec<String> = kept.iter().map(one).collect();
    if all.is_empty() { String::new() } else { format!("Of new ones it would have stay: {}.", all.join(", ")) }
}

/// Months as they are said: whole from ten on.
fn round(months: f64) -> f64 {
    if months < 9.95 { libm::round(months * 10.0) / 10.0 } else { libm::round(months) }
}

fn range(stay: &Likely, f: &dyn Format) -> String {
    let number = |months: f64| f.number(round(months), u8::from(round(months).fract() != 0.0));
    format!("{} to {} months", number(stay.low), number(stay.high))
}

fn money_range(value: &LikelyMoney, f: &dyn Format) -> String {
    format!("{} to {}", about(value.low.0, f), about(value.high.0, f))
}

/// The range of what all are worth, and what it is: discounted, after margin or before.
fn worth(told: &Remaining, value: &LikelyMoney, f: &dyn Format) -> String {
    let what = match told.margin {
        Some(margin) => format!("{} of it margin", f.percent(margin, 0)),
        None => "before any cost".to_owned(),
    };
    format!("{}, {what}, {}", money_range(value, f), discounted(told.discount, f))
}

/// What the model made of the past.
fn tested(hidden: &Hidden, f: &dyn Format) -> String {
    let share = |count: f64| f.percent(count / hidden.subscribers as f64, 0);
    format!(
        "We hid the last {}: {} of those who subscribed before were to stay, and {} did.",
        f.count(u64::from(hidden.months), "month"),
        share(hidden.expected),
        share(hidden.actual as f64)
    )
}

fn row(tenure: &Tenure, f: &dyn Format) -> (String, [(String, String); 4]) {
    let months = |n: u32| f.integer(u64::from(n));
    let name = match (tenure.from, tenure.until) {
        (0, Some(1)) => "first month".to_owned(),
        (from, None) => format!("{} months and more", months(from)),
        (from, Some(until)) => format!("{} to {} months", months(from), months(until)),
    };
    let plain = |text: String| (text, String::new());
    let cells = [
        plain(f.integer(tenure.subscribers)),
        plain(f.money(tenure.monthly.0)),
        (spoken_months(round(tenure.stay.value), f), range(&tenure.stay, f)),
        (about(tenure.value.value.0, f), money_range(&tenure.value, f)),
    ];
    (name, cells)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::money::Derived;
    use crate::report::subscriptions::{Movement, Running};
    use crate::words::fixture;
    use crate::words::format::Plain;

    fn of(remaining: Remaining) -> Told {
        let section = Subscriptions { remaining: Some(remaining), ..Subscriptions::default() };
        told(&section, &fixture::report(), &Plain::new(Some("EUR"))).unwrap()
    }

    fn remaining() -> Remaining {
        let likely = Likely { value: 18.62, low: 16.2, high: 21.4 };
        let money =
            |value: f64| LikelyMoney { value: Derived(value), low: Derived(value * 0.9), high: Derived(value * 1.1) };
        let hidden = Hidden { months: 12, subscribers: 200, actual: 120, expected: 126.0 };
        let tenure = Tenure {
            from: 1,
            until: Some(3),
            subscribers: 40,
            monthly: Derived(19.0),
            stay: Likely { value: 8.24, low: 7.5, high: 9.0 },
            value: money(140.0),
        };
        Remaining {
            left: 80,
            subscribers: 150,
            alpha: Some(1.0),
            beta: Some(9.0),
            discount: 0.1,
            months: 60,
            hidden: Some(hidden),
            holds: true,
            stay: Some(likely),
            value: Some(money(40_250.0)),
            tenures: vec![tenure],
            ..Remaining::default()
        }
    }

    #[test]
    fn it_is_told_with_its_ranges_and_what_the_past_made_of_it() {
        let told = of(remaining());
        assert_eq!(
            told.title,
            "Your 150 subscribers will stay 19 months more in the mean, and bring €40,300 in that time"
        );
        assert!(
            told.lead.starts_with("Within the next 5 years (16 to 21 months; €36,200 to €44,300, before any cost"),
            "{}",
            told.lead
        );
        assert!(
            told.lead
                .contains("We hid the last 12 months: 63% of those who subscribed before were to stay, and 60% did.")
        );
        let (name, cells) = &told.rows[0];
        assert_eq!(
            (name.as_str(), cells[2].0.as_str(), cells[2].1.as_str()),
            ("1 to 3 months", "8.2 months", "7.5 to 9 months")
        );
        assert_eq!((cells[3].0.as_str(), cells[3].1.as_str()), ("€140", "€126 to €154"));
    }

    #[test]
    fn who_came_back_is_said_to_be_left_out() {
        let last = Movement { paying: Running { end: 156, ..Running::default() }, ..Movement::default() };
        let section = Subscriptions { remaining: Some(remaining()), mrr: vec![last], ..Subscriptions::default() };
        let told = told(&section, &fixture::report(), &Plain::new(Some("EUR"))).unwrap();
        assert!(told.lead.ends_with("6 customers who stopped once and came back are left out."), "{}", told.lead);
    }

    #[test]
    fn where_nothing_is_told_it_is_said_why() {
        let few = of(Remaining { left: 12, subscribers: 80, ..Remaining::default() });
        assert_eq!(few.lead, "12 left and 80 are there; it takes 30 of each.");
        let off = of(Remaining { holds: false, stay: None, ..remaining() });
        assert!(off.rows.is_empty() && off.lead.contains("too far off"), "{}", off.lead);
        let short = of(Remaining { hidden: None, holds: false, stay: None, ..remaining() });
        assert!(short.lead.starts_with("To tell it, part of the past is hidden"), "{}", short.lead);
    }

    #[test]
    fn without_dates_it_is_told_how_many_of_new_ones_stay_and_no_worth() {
        let share = Likely { value: 0.804, low: 0.79, high: 0.82 };
        let remaining = Remaining { hidden: None, holds: false, kept: vec![Kept { months: 12, share }], ..remaining() };
        let section = Subscriptions { form: Form::Tenures, remaining: Some(remaining), ..Subscriptions::default() };
        let told = told(&section, &fixture::report(), &Plain::new(None)).unwrap();
        assert_eq!(told.title, "How long those who subscribe will still stay is not told");
        assert!(told.lead.starts_with("Without dates no part of the past can be hidden"), "{}", told.lead);
        assert!(told.lead.ends_with("Of new ones it would have stay: 12 months 80% (79% to 82%)."), "{}", told.lead);
    }

    #[test]
    fn enough_who_left_are_never_said_to_be_too_few() {
        let nothing = Remaining { alpha: None, beta: None, holds: false, stay: None, value: None, ..remaining() };
        let told = of(Remaining { tenures: Vec::new(), ..nothing });
        assert_eq!(told.title, "How long those who subscribe will still stay is not told");
        assert_eq!((told.lead.as_str(), told.rows.len()), ("The method found no answer in these contracts.", 0));
    }

    #[test]
    fn the_stay_is_told_where_there_is_no_worth() {
        let told = of(Remaining { value: None, tenures: Vec::new(), ..remaining() });
        assert_eq!(told.title, "Your 150 subscribers will stay 19 months more in the mean");
        assert!(told.lead.starts_with("Within the next 5 years (16 to 21 months). We hid the last"), "{}", told.lead);
    }
}
