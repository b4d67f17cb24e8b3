//! The models and their checks, in words.

use super::charts::ChartWords;
use super::facts::FEW;
use super::findings::Finding;
use super::forecast::{candidate, missing, verdict};
use super::format::{Format, NOT_DEFINED};
use crate::report::checks::{Assumption, Belief, Checks, DropOut, Matrix};
use crate::report::models::{ModelFit, Models, Note};

/// What the page opens with: whether what the models take for granted holds.
pub fn finding(checks: &Checks, f: &dyn Format) -> Finding {
    if let Some(nothing) = missing(&checks.verdict, f).filter(|_| checks.chosen.is_none()) {
        return nothing;
    }
    let known = || checks.assumptions.iter().filter_map(|assumption| assumption.holds);
    let (holds, known) = (known().filter(|holds| *holds).count() as u64, known().count() as u64);
    let all = checks.assumptions.len() as u64;
    let chosen = checks.chosen.map(|chosen| candidate(chosen).1).unwrap_or_default();
    let strong = match holds == all {
        true => format!("all {}", f.integer(all)),
        false => format!("{} of {}", f.integer(holds), f.integer(all)),
    };
    let broken = match known - holds {
        0 => String::new(),
        1 => ", 1 does not".to_owned(),
        broken => format!(", {} do not", f.integer(broken)),
    };
    Finding {
        before: "Of the things that the models take for granted, ".to_owned(),
        strong,
        after: match all - known {
            0 => format!(" hold in your data{broken}."),
            open => format!(" hold in your data{broken}, and {} can’t be told.", f.integer(open)),
        },
        lead: Some(format!("The forecast rests on {chosen}. {}", verdict(checks.verdict.trust))),
    }
}

/// A belief in words: its name, and what the data says of it and what follows.
pub fn belief(assumption: &Assumption, f: &dyn Format) -> (&'static str, String) {
    let Assumption { holds, value, other, of, .. } = *assumption;
    let number = |value: Option<f64>, places: u8| value.map_or(NOT_DEFINED.to_owned(), |value| f.number(value, places));
    match assumption.belief {
        Belief::Independence => {
            let measured = format!(
                "how often they buy explains {} of how much their purchases differ; their ranks go together by {} on a scale from \
                 −1 to 1; {}",
                other.map_or(NOT_DEFINED.to_owned(), |share| f.percent(share, 0)),
                number(value, 2),
                f.count(of, "repeat buyer")
            );
            let text = match (holds, value) {
                (None, None) => too_few(of, "repeat buyer", f),
                (None, Some(_)) => {
                    format!("It can’t be told here ({measured}): that much may be chance, or so much that it counts.")
                }
                (Some(true), _) => {
                    format!("True here ({measured}), so the value of a purchase can be told apart from the number.")
                }
                (Some(false), Some(value)) if value > 0.0 => {
                    format!(
                        "Not so here ({measured}): frequent buyers spend more, and what they will bring is told too low."
                    )
                }
                _ => format!(
                    "Not so here ({measured}): frequent buyers spend less, and what they will bring is told too high."
                ),
            };
            ("Big spenders don’t buy more often than small ones.", text)
        }
        Belief::RandomTimes => {
            let measured = format!("regularity {}, 1 is random; of {}", number(value, 1), f.count(of, "customer"));
            let text = match holds {
                None => too_few(of, "customer with three purchases", f),
                Some(true) => format!(
                    "True here ({measured}). If they bought on schedule, another method would serve you better."
                ),
                Some(false) => format!(
                    "Not so here ({measured}): they come on a schedule, so a gap says more than the models take from it. Who is overdue is known sooner than the list says."
                ),
            };
            ("People buy at irregular times.", text)
        }
        Belief::NoSeason => {
            let text = match (holds, value, other) {
                (Some(false), Some(value), Some(month)) => format!(
                    "Your year has one: {} is {} times an average month. We put the season back in month by month; a total of 12 months doesn’t need it, a shorter one does.",
                    f.month_name(month as i32),
                    f.number(value, 1)
                ),
                (Some(_), ..) => "Your months are alike, or differ by chance.".to_owned(),
                (None, ..) => "It takes three years of data to tell a season from chance. Until then months are told as if they were alike.".to_owned(),
            };
            ("There is no season.", text)
        }
        Belief::NoDrift => {
            let measured = value.zip(other).map_or(String::new(), |(drift, half)| {
                let sign = if drift > 0.0 { "+" } else { "" };
                format!(
                    "{sign}{} in a year, ± {} points, of {}",
                    f.percent(drift, 0),
                    f.number(half * 100.0, 0),
                    f.count(of, "customer")
                )
            });
            let text = match (holds, value) {
                (None, _) => too_few(of, "customer who bought in both of the last two years", f),
                (Some(true), _) => format!("True here ({measured})."),
                (Some(false), Some(drift)) if drift > 0.0 => {
                    format!("Not so here ({measured}): their purchases grow, and money is told too low.")
                }
                _ => format!("Not so here ({measured}): their purchases shrink, and money is told too high."),
            };
            ("A customer’s purchases stay worth the same.", text)
        }
        Belief::LikeCohorts => {
            let ratio = |value: Option<f64>| value.map_or(NOT_DEFINED.to_owned(), |value| f.percent(value, 0));
            let measured = format!(
                "the newer half bought again {} as often as expected, the older half {}",
                ratio(value),
                ratio(other)
            );
            let text = match (holds, value, other) {
                (None, ..) if of >= FEW => "Not known: all came at about the same time.".to_owned(),
                (None, ..) => too_few(of, "customer", f),
                (Some(true), ..) => format!("True here: {measured}."),
                (Some(false), Some(newer), Some(older)) if newer < older => {
                    format!("Not so here: {measured}. What the newer ones will bring is told too high.")
                }
                _ => format!("Not so here: {measured}. What the newer ones will bring is told too low."),
            };
            ("New customers are like those before them.", text)
        }
        Belief::EnoughRepeatBuyers => {
            let have = f.integer(value.unwrap_or_default() as u64);
            ("Enough have come back.", format!("{have} of them. We want at least 30."))
        }
    }
}

fn too_few(of: u64, noun: &str, f: &dyn Format) -> String {
    let (first, rest) = noun.split_once(' ').filter(|(first, _)| *first == "customer").unwrap_or((noun, ""));
    let space = if rest.is_empty() { "" } else { " " };
    format!("Not known: it takes about 30 {first}s{space}{rest}, and there are {}.", f.integer(of))
}

/// A model with its name, what it says of people, and its fit.
pub fn fits(models: &Models) -> [(&'static str, &'static str, &ModelFit); 7] {
    [
        ("BG/NBD", "Buy at any time; may leave after a repeat purchase", &models.bg_nbd),
        ("MBG/NBD", "Buy at any time; may leave after any purchase", &models.mbg_nbd),
        ("Pareto/NBD", "Buy at any time; may leave at any time", &models.pareto_nbd),
        ("MBG/CNBD-k", "Buy in a rhythm; may leave after any purchase", &models.mbg_cnbd),
        ("BG/BB", "Buy or not in each month; may leave before any month", &models.bg_bb),
        ("Gamma-Gamma", "What a purchase is worth", &models.gamma_gamma),
        ("Shifted beta-geometric", "Contracts that are renewed or not", &models.sbg),
    ]
}

/// Whom a model was fitted to, and how many of them came back, or renewed a contract.
pub fn customers(fit: &ModelFit, models: &Models, f: &dyn Format) -> String {
    let again = if std::ptr::eq(fit, &models.sbg) { "renewed" } else { "came back" };
    match fit.customers {
        0 => "–".to_owned(),
        n => format!("{}, {} {again}", f.integer(n), f.integer(fit.repeat_buyers)),
    }
}

/// Parameters as a text: `0.25 ± 0.01 (0.23 to 0.27)`, each behind its name: the standard error, and the 90 % interval. On a ridge
/// the value runs away and may lie anywhere: there an interval stands alone.
pub fn parameters(fit: &ModelFit, f: &dyn Format) -> Vec<(String, String)> {
    let three = |value: f64| {
        let size = libm::floor(libm::log10(value.abs().max(1e-6))) as i32;
        f.number(value, (2 - size).clamp(0, 6) as u8)
    };
    let is_ridge = fit.notes.contains(&Note::Ridge);
    let one = |(name, value): (&String, &f64)| {
        let error = fit.standard_errors.get(name).map(|error| format!(" ± {}", three(*error))).unwrap_or_default();
        let interval = fit.intervals.get(name).map(|[low, high]| format!("{} to {}", three(*low), three(*high)));
        let value = three(*value);
        let text = match interval {
            Some(interval) if is_ridge => interval,
            Some(interval) => format!("{value}{error} ({interval})"),
            None if is_ridge => "runs away".to_owned(),
            None => format!("{value}{error}"),
        };
        (greek(name).to_owned(), text)
    };
    fit.parameters.iter().map(one).collect()
}

fn greek(name: &str) -> &str {
    match name {
        "alpha" => "α",
        "beta" => "β",
        "gamma" => "γ",
        "delta" => "δ",
        other => other,
    }
}

/// A note of a fit in words.
pub fn note(note: Note) -> &'static str {
    match note {
        Note::TooFewCustomers => "Not fitted: fewer than 50 customers.",
        Note::TooFewRepeatBuyers => "Not fitted: fewer than 10 of them came back.",
        Note::TooShort => "Not fitted: nobody has been observed for two months.",
        Note::NoRhythm => "Not fitted: it is for people who buy in a rhythm, and here times are random or not known.",
        Note::NoCandidate => "It tells months with a purchase, not purchases, so it is not tried on your past.",
        Note::NoContracts => "Not fitted: it is for contracts that are renewed or not, and orders are none.",
        Note::TooFewContracts => "Not fitted: it takes 30 who left and 30 who are still there.",
        Note::NotTested => "No past could be hidden to test it, so nothing to come is told from it.",
        Note::MissedThePast => "It missed the past that was hidden, so nothing to come is told from it.",
        Note::NotConverged => "The fit did not come to an end; its numbers are not used.",
        Note::Ridge => {
            "Many different parameters fit equally well: the best values run away, so only the 90% intervals are told."
        }
        Note::OnePurchaseRate => "It tends to a shop in which all buy at one rate.",
        Note::OneDropOutRate => "It tends to a shop in which all leave at one rate.",
        Note::NoDropOut => "It tends to a shop in which nobody leaves.",
        Note::Imprecise => "A parameter is less certain than it is large.",
        Note::OneTimeBuyersStay => "It takes whoever bought once for still there: the model says so, not the data.",
        Note::NoMeanValue => "A mean value over all customers does not exist, so none is told.",
        Note::SpendFollowsFrequency => {
            "Frequent buyers spend more or less on a purchase than others, against what it takes for granted."
        }
        Note::DrawnIn => "Few came back, so the forecast leans on what shops usually are, too.",
        Note::WorthlessLeftOut => "Customers whose repeat purchases were worth nothing are left out.",
    }
}

/// Customers by repeat purchases, actual against model.
pub fn frequency(checks: &Checks, f: &dyn Format) -> ChartWords {
    let all: u64 = checks.frequency.iter().map(|row| row.actual).sum();
    let moved: f64 = checks.frequency.iter().map(|row| (row.expected - row.actual as f64).abs()).sum::<f64>() / 2.0;
    let share = moved / (all as f64).max(1.0);
    let title = format!("The model puts {} of your customers in another class than they are in", few_percent(share, f));
    ChartWords {
        sub: format!("{} by repeat purchases: as they are, and as the model has them", f.count(all, "customer")),
        sentence: format!("Pairs of columns by number of repeat purchases. {title}."),
        title,
        note: None,
    }
}

/// A share in whole percent, as all errors on these views are told.
fn few_percent(share: f64, f: &dyn Format) -> String {
    if share < 0.005 { format!("less than {}", f.percent(0.01, 0)) } else { f.percent(share, 0) }
}

/// The hidden stretch by frequency before it.
pub fn holdout(checks: &Checks, f: &dyn Format) -> ChartWords {
    let sum = |of: &dyn Fn(&crate::report::checks::HoldoutRow) -> f64| -> f64 {
        checks.holdout.iter().map(|row| of(row) * row.customers as f64).sum()
    };
    let miss = sum(&|row| (row.expected - row.actual).abs()) / sum(&|row| row.actual).max(f64::MIN_POSITIVE);
    let title = format!("Class by class, the method missed the hidden purchases by {}", f.percent(miss, 0));
    let at = checks.holdout_at.map(|day| f.day(day)).unwrap_or_default();
    ChartWords {
        sub: format!("Mean purchases after {at} of customers by their repeat purchases before it"),
        sentence: format!(
            "Two lines by number of earlier repeat purchases, what came and what was predicted. {title}."
        ),
        title,
        note: None,
    }
}

/// How rates of purchases differ.
pub fn rates(checks: &Checks, f: &dyn Format) -> ChartWords {
    let new = checks.new_customer.map(|new| {
        let [value, low, high] = [new.value, new.low, new.high].map(|times| f.number(times, if new.high < 9.95 { 2 } else { 0 }));
        format!(
            "By the method chosen, a new customer will come back {value} times within 12 months, in the mean of many: {low} to {high} \
             with 9 chances in 10, if the method holds."
        )
    });
    let below: f64 =
        checks.rates.iter().filter(|class| class.to.is_some_and(|to| to <= 1.0)).map(|class| class.share).sum();
    let title = format!("{} would buy less than once a year, were they there for ever", f.percent(below, 0));
    ChartWords {
        sub: "Share of customers by purchases a year while they are there, as the model has them".to_owned(),
        sentence: format!("Columns of the share of customers by rate. {title}."),
        title,
        note: new,
    }
}

/// How drop-out differs.
pub fn drop_out(drop_out: &DropOut, f: &dyn Format) -> ChartWords {
    let share = |keep: &dyn Fn(&crate::report::checks::Class) -> bool| -> f64 {
        drop_out.classes.iter().filter(|class| keep(class)).map(|class| class.share).sum()
    };
    let (title, sub) = match drop_out.after_purchases {
        true => (
            format!(
                "{} leave after a purchase with a chance of a half or more",
                f.percent(share(&|class| class.from >= 0.5), 0)
            ),
            "Share of customers by the probability that they leave after a purchase",
        ),
        false => (
            format!("{} leave at a rate of once a year or more", f.percent(share(&|class| class.from >= 1.0), 0)),
            "Share of customers by the rate at which they leave, in times a year",
        ),
    };
    ChartWords {
        sub: sub.to_owned(),
        sentence: format!("Columns of the share of customers. {title}."),
        title,
        note: None,
    }
}

/// What repeat purchases came to, actual against model.
pub fn spend(checks: &Checks, f: &dyn Format) -> ChartWords {
    let all: u64 = checks.spend.iter().map(|class| class.actual).sum();
    let moved: f64 = checks.spend.iter().map(|class| (class.expected - class.actual as f64).abs()).sum::<f64>() / 2.0;
    let share = moved / (all as f64).max(1.0);
    let title =
        format!("By what they spend, the model puts {} of repeat buyers in another class", few_percent(share, f));
    ChartWords {
        sub: format!(
            "{} by the mean value of their repeat purchases: as they are, and as the model has them",
            f.count(all, "repeat buyer")
        ),
        sentence: format!("Two lines by class of spend. {title}."),
        title,
        note: None,
    }
}

/// The title and the line below it of one of the two matrices.
pub fn matrix(matrix: &Matrix, alive: bool, f: &dyn Format) -> [String; 2] {
    let cells = if alive { &matrix.alive } else { &matrix.expected };
    // Those who bought most: just now, and half of their time ago.
    let row = matrix.repeats.len().saturating_sub(1);
    let at = |column: usize| cells.get(row).and_then(|row| row.get(column).copied().flatten());
    let times = matrix.repeats.last().copied().unwrap_or_default();
    let title = match (at(0), at(4), alive) {
        (Some(now), Some(later), true) => format!(
            "After {times} repeat purchases, half of the time in silence takes the chance from {} to {}",
            f.percent(now, 0),
            f.percent(later, 0)
        ),
        (Some(now), Some(later), false) => format!(
            "After {times} repeat purchases, half of the time in silence takes the expectation from {} to {}",
            f.number(now, 1),
            f.number(later, 1)
        ),
        _ => "By how often and when last they bought".to_owned(),
    };
    let what = if alive { "Chance to be there, in %" } else { "Expected purchases of the next 12 months" };
    let age = f.days(f64::from(matrix.age_days));
    [title, format!("{what}, of customers who first bought {age} ago. Columns: days since the last purchase")]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::forecast::{Candidate, Estimate, Trust, Verdict};
    use crate::words::format::Plain;

    fn assumption(belief: Belief, holds: Option<bool>, value: f64, other: f64) -> Assumption {
        Assumption { belief, holds, value: Some(value), other: Some(other), of: 1139 }
    }

    #[test]
    fn every_belief_says_what_follows_from_it() {
        let f = Plain::new(None);
        let said = |belief: Belief, holds, value, other| super::belief(&assumption(belief, holds, value, other), &f).1;
        assert_eq!(
            said(Belief::Independence, Some(true), 0.06, 0.01),
            "True here (how often they buy explains 1% of how much their purchases differ; their ranks go together by 0.06 on a scale from −1 to 1; 1,139 repeat buyers), so the value of a purchase can be told apart from the number."
        );
        assert!(said(Belief::Independence, Some(false), 0.41, 0.2).contains("told too low"));
        assert!(said(Belief::Independence, Some(false), -0.41, 0.2).contains("told too high"));
        assert!(said(Belief::NoSeason, Some(false), 1.61, 12.0).starts_with("Your year has one: Dec is 1.6 times"));
        assert!(
            said(Belief::NoDrift, Some(false), 0.08, 0.03).contains("+8% in a year, ± 3 points, of 1,139 customers")
        );
        assert!(said(Belief::LikeCohorts, Some(false), 0.8, 1.1).ends_with("told too high."));
        assert!(said(Belief::RandomTimes, Some(false), 2.4, 0.0).starts_with("Not so here (regularity 2.4"));
        assert!(said(Belief::LikeCohorts, None, 0.0, 0.0).ends_with("all came at about the same time."));
        for belief in [Belief::RandomTimes, Belief::NoDrift] {
            assert!(said(belief, None, 0.0, 0.0).contains("there are 1,139."), "{belief:?}");
        }
        assert!(
            said(Belief::Independence, None, 0.29, 0.41)
                .starts_with("It can’t be told here (how often they buy explains 41%")
        );
        let few = Assumption { value: None, ..assumption(Belief::Independence, None, 0.0, 0.0) };
        assert!(super::belief(&few, &f).1.contains("there are 1,139."));
    }

    #[test]
    fn the_finding_counts_what_holds_of_what_is_known() {
        let f = Plain::new(None);
        let checks = |holds: &[Option<bool>]| Checks {
            verdict: Verdict { trust: Trust::Plan, ..Verdict::default() },
            chosen: Some(Candidate::Mean),
            assumptions: holds.iter().map(|holds| assumption(Belief::NoSeason, *holds, 0.0, 0.0)).collect(),
            ..Checks::default()
        };
        let told = finding(&checks(&[Some(true), Some(false), None, Some(true)]), &f);
        assert_eq!(
            told.text(),
            "Of the things that the models take for granted, 2 of 4 hold in your data, 1 does not, and 1 can’t be told."
        );
        assert_eq!(told.lead.as_deref(), Some("The forecast rests on model average. You can plan with this."));
        let few = finding(&Checks { chosen: None, ..checks(&[]) }, &f).text();
        assert!(few.is_empty() || few.starts_with("Of the things"), "{few}");
    }

    #[test]
    fn what_a_new_customer_will_do_is_told_where_it_can_be() {
        let f = Plain::new(None);
        let new = Estimate { value: 1.493, low: 1.398, high: 1.584 };
        let note = |new_customer| rates(&Checks { new_customer, ..Checks::default() }, &f).note;
        assert_eq!(
            note(Some(new)).as_deref(),
            Some(
                "By the method chosen, a new customer will come back 1.49 times within 12 months, in the mean of many: 1.40 to 1.58 \
                 with 9 chances in 10, if the method holds."
            )
        );
        assert_eq!(note(None), None);
    }

    #[test]
    fn parameters_have_three_digits_and_their_errors() {
        let f = Plain::new(None);
        let pairs = |list: &[(&str, f64)]| list.iter().map(|(name, value)| ((*name).to_owned(), *value)).collect();
        let fit = ModelFit {
            parameters: pairs(&[("alpha", 60.59), ("r", 0.61784)]),
            standard_errors: pairs(&[("alpha", 6.806), ("r", 0.0905)]),
            intervals: [("r".to_owned(), [0.4912, 0.7704])].into(),
            ..ModelFit::default()
        };
        let told = parameters(&fit, &f);
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        assert_eq!(told, [pair("α", "60.6 ± 6.81"), pair("r", "0.618 ± 0.0905 (0.491 to 0.770)")]);
        // On a ridge the best value may lie far outside of what is likely.
        let ridge = ModelFit {
            parameters: pairs(&[("a", 473_122.0), ("b", 2.0)]),
            intervals: [("a".to_owned(), [0.07, 4.98])].into(),
            notes: vec![Note::Ridge],
            ..ModelFit::default()
        };
        assert_eq!(parameters(&ridge, &f), [pair("a", "0.0700 to 4.98"), pair("b", "runs away")]);
    }
}
