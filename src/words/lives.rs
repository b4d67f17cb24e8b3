//! How customers live on, in words: who is still there, when they buy, what a silence costs.

use super::charts::ChartWords;
use super::forecast::about;
use super::format::Format;
use crate::report::checks::{CohortAlive, IsoValue, Survival, Timing};
use crate::report::forecast::Candidate;

/// Who of each cohort is still there; `name` writes a cohort.
pub fn cohorts(cohorts: &[CohortAlive], name: &dyn Fn(&str) -> String, f: &dyn Format) -> ChartWords {
    let title = match (cohorts.first(), cohorts.last()) {
        (Some(first), Some(last)) if cohorts.len() > 1 => format!(
            "Of those who first bought in {} an estimated {} are still there, of those of {} {}",
            name(&first.cohort),
            f.percent(first.alive, 0),
            name(&last.cohort),
            f.percent(last.alive, 0)
        ),
        (Some(one), _) => format!("An estimated {} of all are still there", f.percent(one.alive, 0)),
        _ => "Nobody has bought yet".to_owned(),
    };
    ChartWords {
        sub: "Share of customers by first purchase: still there, as the models have it, and with a purchase lately".to_owned(),
        sentence: format!("Two lines by first purchase. {title}."),
        title,
        note: Some(
            "“Lately” counts first purchases too, so the youngest stand at all of them. Of the older ones somebody may be between \
             two purchases: there the model’s line lies above the other, and where it lies far above, it takes many for there \
             who have not shown up for longer than usual."
                .to_owned(),
        ),
    }
}

/// How cohorts have lived on, by age; `name` writes a cohort.
pub fn survival(survival: &Survival, name: &dyn Fn(&str) -> String, f: &dyn Format) -> ChartWords {
    let title = survival.cohorts.first().map_or(String::new(), |oldest| {
        let at = oldest.alive.len() / 2;
        format!(
            "{} after they first bought, an estimated {} of those of {} were still there; {} have bought at that age or later",
            f.count(at as u64 * u64::from(survival.step_months), "month"),
            f.percent(oldest.alive[at], 0),
            name(&oldest.cohort),
            f.percent(oldest.seen[at], 0)
        )
    });
    ChartWords {
        sub: "Share still there by months since the first purchase, of those who first bought in a period".to_owned(),
        sentence: format!("Lines that fall with age. {title}."),
        title,
        note: Some(
            "Lines: the models’ estimate from what each has bought. Dots: who bought at that age or later, and so was there for \
             certain; they fall to nothing as your data ends. A newer line below an older one: newer customers may leave sooner."
                .to_owned(),
        ),
    }
}

/// When some customers bought; what a model takes for granted of it depends on the one that was chosen.
pub fn timing(rows: &[Timing], chosen: Option<Candidate>, f: &dyn Format) -> ChartWords {
    let silent = rows.iter().filter(|row| row.alive < 0.5).count() as u64;
    let title = match silent {
        0 => "All of those drawn are likely still there".to_owned(),
        1 => format!("1 of {} drawn customers has likely left", f.integer(rows.len() as u64)),
        n => format!("{} of {} drawn customers have likely left", f.integer(n), f.integer(rows.len() as u64)),
    };
    let taken = match chosen {
        Some(Candidate::MbgCnbd) => "the model chosen takes distances to follow a rhythm, more even than random",
        _ => "the models take distances to be random",
    };
    ChartWords {
        sub: format!(
            "{} drawn at random, with 3 to 60 purchase days: a dot each, by days since the first; the line ends with your data",
            f.count(rows.len() as u64, "customer")
        ),
        sentence: format!("A line for each customer with a dot for each purchase. {title}."),
        title,
        note: Some(format!(
            "Dots at even distances are people who buy on schedule; {taken}. A long line after the last dot is a silence."
        )),
    }
}

/// What a silence costs: lines of equal value.
pub fn iso_value(iso: &IsoValue, f: &dyn Format) -> ChartWords {
    // The highest line that those with a handful of repeat purchases reach.
    let place = iso.repeats.iter().position(|repeats| *repeats == 5).unwrap_or_default();
    let known = iso.lines.iter().rev().find_map(|line| Some((line, line.since_days.get(place).copied().flatten()?)));
    let repeats = iso.repeats.get(place).copied().unwrap_or_default();
    let title = match known {
        Some((line, days)) => format!(
            "After {repeats} repeat purchases, {} of silence take a customer below {} for the next 12 months",
            f.days(libm::round(days)),
            about(line.value.0, f)
        ),
        None => "What a customer is worth by repeat purchases and silence".to_owned(),
    };
    ChartWords {
        sub: format!(
            "Lines of equal value: days since the last purchase after which the next 12 months bring no more than so much. Of \
             customers who first bought {} ago, each purchase worth {}",
            f.days(f64::from(iso.age_days)),
            f.money(iso.purchase.0)
        ),
        sentence: format!("Lines by number of repeat purchases, each of one value. {title}."),
        title,
        note: Some(
            "A line that falls to the right says: the more often somebody bought, the sooner a silence means that they have left."
                .to_owned(),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::money::Derived;
    use crate::report::checks::IsoLine;
    use crate::words::format::Plain;

    #[test]
    fn each_has_its_finding() {
        let f = Plain::new(Some("EUR"));
        let cohort =
            |name: &str, alive: f64| CohortAlive { cohort: name.to_owned(), customers: 90, alive, active: 0.2 };
        let words = cohorts(&[cohort("2023", 0.214), cohort("2024", 0.5)], &|name| name.to_owned(), &f);
        assert_eq!(
            words.title,
            "Of those who first bought in 2023 an estimated 21% are still there, of those of 2024 50%"
        );
        let row =
            |alive: f64| Timing { customer: "c".to_owned(), number: 0, age_days: 90, days: vec![0, 9, 30], alive };
        assert_eq!(timing(&[row(0.9), row(0.1), row(0.2)], None, &f).title, "2 of 3 drawn customers have likely left");
        assert_eq!(timing(&[row(0.9)], None, &f).title, "All of those drawn are likely still there");
        let note = |chosen: Option<Candidate>| timing(&[row(0.9)], chosen, &f).note.unwrap();
        assert!(note(Some(Candidate::BgNbd)).contains("the models take distances to be random."));
        assert!(note(Some(Candidate::MbgCnbd)).contains("follow a rhythm, more even than random."));
        let line =
            |value: f64, days: Option<f64>| IsoLine { value: Derived(value), since_days: vec![Some(200.0), days] };
        let iso = IsoValue {
            age_days: 500,
            purchase: Derived(36.5),
            repeats: vec![1, 5],
            lines: vec![line(50.0, Some(140.2)), line(100.0, Some(61.8)), line(150.0, None)],
        };
        assert_eq!(
            iso_value(&iso, &f).title,
            "After 5 repeat purchases, 62 days of silence take a customer below €100 for the next 12 months"
        );
        assert!(iso_value(&IsoValue { lines: Vec::new(), ..iso }, &f).title.starts_with("What a customer is worth"));
    }
}
