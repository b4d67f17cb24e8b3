//! The key figures of what customers say, and how each explains itself.

use crate::math::stats::Share;
use crate::report::Report;
use crate::report::feedback::{Estimate, Feedback, Question};
use crate::roles::scale::Scale;
use crate::words::facts::FEW;
use crate::words::format::{Format, NOT_DEFINED};
use crate::words::told::Told;

use super::{interval, last_year, told};
use crate::words::forecast::{about, range};

/// The figures, those left out that the files do not tell.
pub fn figures(said: &Feedback, report: &Report, f: &dyn Format) -> Vec<Told> {
    let score = |scale: Scale| Some(score(scale, said.question(scale)?, said.high_is_easy, f));
    let scores = [Scale::Nps, Scale::Csat, Scale::Ces].into_iter().filter_map(score);
    let worth = [weighted(said, report, f), at_risk(said, report, f), ahead(said, f)];
    let rest = worth.into_iter().chain([again(said, f), heard(said, f), sounds(said, f)]);
    scores.chain(rest.flatten()).collect()
}

/// What is said where too few answers leave no interval.
const TOO_FEW: &str = "too few answers to say how sure";

fn ends(scale: Scale, estimate: &Estimate, f: &dyn Format) -> String {
    interval(scale, estimate, f).unwrap_or_else(|| TOO_FEW.to_owned())
}

fn score(scale: Scale, question: &Question, high_is_easy: bool, f: &dyn Format) -> Told {
    let estimate = question.estimate();
    let [unhappy, _, happy] = question.stances;
    let n = f.integer(question.answers);
    let share = |count: u64| f.percent(count as f64 / question.answers.max(1) as f64, 1);
    let value = told(scale, &estimate, f);
    let (key, name, meaning, trade, formula, numbers) = match scale {
        Scale::Nps => (
            "nps",
            "Would recommend",
            "The share who would recommend you less the share who would not, from −100 to +100.",
            "Net Promoter Score, NPS",
            "share of 9 and 10 − share of 0 to 6 =",
            format!("{} − {} = {value}", share(happy), share(unhappy)),
        ),
        Scale::Csat => (
            "csat",
            "Content",
            "The share of answers that are 4 or 5 on a scale from 1 to 5.",
            "customer satisfaction score, CSAT",
            "answers of 4 and 5 ÷ answers =",
            format!("{} ÷ {n} = {value}", f.integer(happy)),
        ),
        Scale::Ces if high_is_easy => (
            "ces",
            "Ease",
            "The mean answer about effort on a scale from 1 to 7, where 7 is very easy: higher is better.",
            "customer effort score, CES",
            "sum of answers ÷ answers =",
            format!("{} answers, {value} on average", n),
        ),
        Scale::Ces => (
            "ces",
            "Effort",
            "The mean answer about effort on a scale from 1 to 7, where 1 is very little effort: lower is better.",
            "customer effort score, CES",
            "sum of answers ÷ answers =",
            format!("{} answers, {value} on average", n),
        ),
    };
    let mean = question.mean.map_or_else(|| NOT_DEFINED.to_owned(), |mean| f.number(mean, 2));
    let mut inputs = vec![
        ("Answers".to_owned(), n),
        ("Mean answer".to_owned(), mean),
        ("No answer in the cell".to_owned(), f.integer(question.blank)),
        ("Left out: not on the scale".to_owned(), f.integer(question.rejected)),
    ];
    inputs.extend(question.response.map(|share| ("Answered, of all rows of the files".to_owned(), of(&share, f))));
    let interval = match scale {
        Scale::Csat => "The range is Wilson’s 95% interval.",
        _ => "The range is a 95% interval from the spread of the answers.",
    };
    // A score without its scale is half a number.
    let (unit, of) = match scale {
        Scale::Nps => ("", ", on a scale from −100 to +100"),
        Scale::Csat => ("", " on a scale from 1 to 5"),
        Scale::Ces => ("of 7", ""),
    };
    Told {
        key,
        name,
        unit: unit.to_owned(),
        beside: ends(scale, &estimate, f),
        line: format!("{}{of}", f.count(question.answers, "answer")),
        meaning: meaning.to_owned(),
        trade,
        formula: formula.to_owned(),
        numbers,
        inputs,
        note: format!("{interval} Only whole numbers on the scale count; nothing is rounded or moved onto it."),
        value,
        ..Told::default()
    }
}

/// `1,093 of 3,066 (35.6%)`.
fn of(share: &Share, f: &dyn Format) -> String {
    format!("{} of {} ({})", f.integer(share.count), f.integer(share.of), f.rate(share))
}

fn weighted(said: &Feedback, report: &Report, f: &dyn Format) -> Option<Told> {
    let weighted = said.weighted?;
    Some(Told {
        key: "weighted",
        name: "The same by money",
        value: told(Scale::Nps, &weighted, f),
        beside: ends(Scale::Nps, &weighted, f),
        line: f.count(weighted.answers, "customer"),
        meaning: "The recommendation score with each customer counted by what they brought in the last 12 months.".to_owned(),
        trade: "revenue-weighted NPS",
        formula: "(money of those who answered 9 or 10 − money of those who answered 0 to 6) ÷ money of all who answered =".to_owned(),
        numbers: told(Scale::Nps, &weighted, f),
        inputs: vec![
            ("Customers with an answer and a purchase".to_owned(), f.integer(weighted.answers)),
            ("Money counted over".to_owned(), last_year(report, f)),
        ],
        note: "Each customer’s latest answer counts, once. Where a few customers bring most of the money, the range is wide."
            .to_owned(),
        ..Told::default()
    })
}

fn at_risk(said: &Feedback, report: &Report, f: &dyn Format) -> Option<Told> {
    let (risk, stance) = (said.at_risk?, said.stances.first()?);
    let customers = f.count(stance.customers, "customer");
    let share = said.year_revenue.filter(|year| year.0 > 0).map(|year| risk.to_f64() / year.to_f64());
    Some(Told {
        key: "at-risk",
        name: "Brought by the unhappy",
        value: f.money(risk.to_f64()),
        beside: share.map_or_else(String::new, |share| format!("{} of the year’s revenue", f.percent(share, 0))),
        line: customers.clone(),
        meaning: "What the customers whose latest answer was unhappy brought in the last 12 months: what a year is worth that \
                  you would miss if they left.".to_owned(),
        trade: "revenue at risk",
        formula: "sum of the last 12 months’ revenue of unhappy customers =".to_owned(),
        numbers: f.money_exact(risk),
        inputs: vec![("Unhappy customers".to_owned(), customers), ("Counted over".to_owned(), last_year(report, f))],
        note: match said.unhappy_ahead {
            Some(_) => "It is what they brought so far; what is expected of them stands beside it. Not all of them will leave.",
            None => "It is what they brought so far: no forecast can be told here. Not all of them will leave.",
        }
        .to_owned(),
        ..Told::default()
    })
}

/// What the forecast expects of the unhappy.
fn ahead(said: &Feedback, f: &dyn Format) -> Option<Told> {
    let (band, stance) = (said.unhappy_ahead.as_ref()?, said.stances.first()?);
    let customers = f.count(stance.customers, "customer");
    let share = said.year_ahead.filter(|year| year.0 > 0.0).map(|year| band.value.0 / year.0);
    Some(Told {
        key: "unhappy-ahead",
        name: "Expected of the unhappy",
        value: about(band.value.0, f),
        beside: share.map_or_else(String::new, |share| format!("{} of what is expected of all", f.percent(share, 0))),
        line: range(band, f),
        meaning: "What the customers whose latest answer was unhappy will bring in the next 12 months, if they go on as \
                  customers with such purchases do: what is at stake with them."
            .to_owned(),
        trade: "expected revenue at risk",
        formula: "sum over unhappy customers of expected purchases × expected value of a purchase =".to_owned(),
        numbers: about(band.value.0, f),
        inputs: vec![("Unhappy customers".to_owned(), customers), ("From".to_owned(), "the forecast, before any cost".to_owned())],
        note: "The forecast knows their purchases and not their answers: those who leave over what annoyed them bring less. The \
               range holds it with 8 chances in 10."
            .to_owned(),
        ..Told::default()
    })
}

fn again(said: &Feedback, f: &dyn Format) -> Option<Told> {
    let (unhappy, happy) = (said.stances.first()?.again, said.stances.last()?.again);
    let days = f.days(f64::from(said.window_days?));
    (unhappy.of > 0 && happy.of > 0).then(|| Told {
        key: "again",
        name: "Unhappy who came back",
        value: f.rate(&unhappy),
        beside: format!("{} of the happy", f.rate(&happy)),
        line: if unhappy.within_chance_of(&happy) { "within chance" } else { "a clear difference" }.to_owned(),
        meaning: "Of the customers who were unhappy when they first answered, those who bought again afterwards.".to_owned(),
        trade: "repurchase rate of detractors",
        formula: "unhappy customers with a purchase in the days after the answer ÷ unhappy customers =".to_owned(),
        numbers: format!("{} ÷ {} = {}", f.integer(unhappy.count), f.integer(unhappy.of), f.rate(&unhappy)),
        inputs: vec![
            ("Days after the answer".to_owned(), days),
            ("Unhappy".to_owned(), of(&unhappy, f)),
            ("Happy".to_owned(), of(&happy, f)),
        ],
        note: "Only answers count that are old enough to know. That the unhappy come back less does not say that the answer \
               is the reason."
            .to_owned(),
        ..Told::default()
    })
}

fn heard(said: &Feedback, f: &dyn Format) -> Option<Told> {
    (said.heard.of > 0).then(|| Told {
        key: "heard",
        name: "Customers heard",
        value: f.rate(&said.heard),
        beside: of(&said.heard, f),
        line: "have answered at least once".to_owned(),
        meaning: "Of the customers who bought in the period shown, those who have answered in it.".to_owned(),
        trade: "coverage",
        formula: "customers with a purchase and an answer ÷ customers with a purchase =".to_owned(),
        numbers: of(&said.heard, f),
        inputs: vec![("Customers with a purchase".to_owned(), f.integer(said.heard.of))],
        note: "Those who answer are seldom like those who don’t: the fewer are heard, the less the score says of all."
            .to_owned(),
        ..Told::default()
    })
}

fn sounds(said: &Feedback, f: &dyn Format) -> Option<Told> {
    let comments = &said.comments;
    let rest = comments.told - comments.english;
    let note = match rest {
        0 => {
            "Irony and what is between the lines are not understood: one comment may be judged wrong, many seldom are."
                .to_owned()
        }
        _ => format!("{} in other languages than English: their sentiment is not told.", f.count(rest, "comment")),
    };
    (comments.told > 0).then(|| Told {
        key: "sounds",
        name: "Comments that sound bad",
        value: if comments.english < FEW { NOT_DEFINED.to_owned() } else { f.rate(&comments.bad) },
        beside: match comments.english < FEW {
            true => "too few in English to tell".to_owned(),
            false => format!("{} sound good", f.rate(&comments.good)),
        },
        line: f.count(comments.told, "comment"),
        meaning: "Of the comments in English, those whose words have a bad ring: a sentiment of −0.05 and less, from −1 to 1.".to_owned(),
        trade: "sentiment, VADER compound score",
        formula: "comments of −0.05 and less ÷ comments in English =".to_owned(),
        numbers: of(&comments.bad, f),
        inputs: vec![
            ("Comments".to_owned(), f.integer(comments.told)),
            ("In English".to_owned(), f.integer(comments.english)),
            (
                "Mean sentiment".to_owned(),
                comments.sentiment.map_or_else(|| NOT_DEFINED.to_owned(), |mean| f.number(mean, 2)),
            ),
        ],
        note,
        ..Told::default()
    })
}
