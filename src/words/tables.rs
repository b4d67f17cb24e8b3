//! Tables beside the orders: what they hold, and whose customers they name.

use crate::ingest::content::{Content, DateFacts, Matched, NumberFacts, QuestionFacts};
use crate::ingest::receipt::LeftOut;
use crate::protocol::FileReview;
use crate::roles::kind::TableKind;
use crate::roles::scale::Scale;
use crate::text;

use super::format::{Format, list};
use super::review::{reason, role};

/// Why costs tell nothing of a period that they lie in.
pub const COSTS_RUN_BEYOND: &str = "Your costs can\u{2019}t be cut to this period: their weeks and months run beyond its ends. Type in what you spent in it";

/// What the rows of a table are: `Marketing costs`.
pub fn rows_of(kind: TableKind) -> &'static str {
    match kind {
        TableKind::Orders => "Orders",
        TableKind::Customers => "Customers",
        TableKind::Spend => "Marketing costs",
        TableKind::Survey => "Survey answers",
        TableKind::Subscriptions => "Subscriptions",
        TableKind::Events => "Events",
        TableKind::Experiment => "Results of a test",
        TableKind::Summary => "Customer summaries",
        TableKind::Other => "Other rows",
    }
}

/// What a file of no orders holds: `It holds customers`.
pub fn holds(file: &FileReview) -> String {
    format!("It holds {}", text::lowered(rows_of(file.kind)))
}

/// What a table is there for: what its rows are used for in the figures.
pub fn used_for(kind: TableKind) -> &'static str {
    match kind {
        TableKind::Orders => "All figures rest on them.",
        TableKind::Customers => "Its columns are ways to filter and group your customers.",
        TableKind::Spend => "It tells what winning customers cost, unless you type that in.",
        TableKind::Survey => "“What they say” rests on it.",
        TableKind::Subscriptions => "“Subscriptions” rests on it.",
        TableKind::Events => "“How engaged they are” and “How they come along” rest on it.",
        TableKind::Experiment => "“Tests” rests on it.",
        TableKind::Summary => "Read and counted. No figure rests on it yet.",
        TableKind::Other => "It takes no part.",
    }
}

/// A scale of answers with its ends: `0 to 10, would recommend`.
pub fn scale(scale: Scale) -> &'static str {
    match scale {
        Scale::Nps => "0 to 10, would recommend (NPS)",
        Scale::Csat => "1 to 5, content (CSAT)",
        Scale::Ces => "1 to 7, effort (CES)",
    }
}

/// What a table holds, in short pieces: `450 customers`, `1 Jan 2024 to 5 Mar 2024`, `gender: 2 values`.
pub fn content(kind: TableKind, content: &Content, f: &dyn Format) -> Vec<String> {
    let mut pieces = Vec::new();
    if content.customers > 0 {
        pieces.push(f.count(content.customers, "customer"));
    }
    let amounts = ["amount"];
    for numbers in content.numbers.iter().filter(|numbers| numbers.rows > 0) {
        let is_money = amounts.contains(&numbers.role.as_str());
        let (Some(sum), Some(mean)) = (numbers.sum, numbers.mean) else { continue };
        pieces.push(match (kind, is_money) {
            (TableKind::Spend, true) => format!("{} in all", f.money_exact(sum)),
            (_, true) => format!("{} on average", f.money(mean.0)),
            (TableKind::Experiment, _) => format!("outcome {} on average", f.number(mean.0, 3)),
            // Questions have more to say than their numbers.
            (TableKind::Survey, _) => continue,
            _ => format!("{} {} on average", text::lowered(&part(&numbers.role)), f.number(mean.0, 1)),
        });
    }
    let scores = content.numbers.iter().filter(|numbers| numbers.role == "score");
    pieces
        .extend(content.questions.iter().zip(scores).flat_map(|(asked, numbers)| answers(content, asked, numbers, f)));
    if content.comments > 0 {
        pieces.push(f.count(content.comments, "comment"));
    }
    pieces.extend(content.dates.iter().filter_map(|dates| span(kind, dates, f)));
    for group in &content.groups {
        pieces.push(format!("{}: {}", group.column, f.count(group.values, "value")));
    }
    pieces
}

/// What became of the answers to a question: `4 answers, 6.5 on average`, `on a scale of 0 to 10 ...`, `2 that are no answer
/// on it`; of several questions behind the name of each.
fn answers(content: &Content, asked: &QuestionFacts, numbers: &NumberFacts, f: &dyn Format) -> Vec<String> {
    let Some(mean) = numbers.mean else { return Vec::new() };
    let name = if content.questions.len() > 1 { format!("{}: ", asked.column) } else { String::new() };
    let mut pieces = vec![format!("{name}{}, {} on average", f.count(numbers.rows, "answer"), f.number(mean.0, 1))];
    let known = Scale::ALL.into_iter().find(|scale| Some(scale.name()) == asked.scale.as_deref());
    pieces.extend(known.map(|known| format!("on a scale of {}", scale(known))));
    if asked.rejected > 0 {
        let examples: Vec<String> = asked.examples.iter().map(|example| format!("“{example}”")).collect();
        pieces.push(format!("{} that are no answer on it ({})", f.integer(asked.rejected), list(&examples)));
    }
    pieces
}

/// `1 Jan 2024 to 5 Mar 2024`; of ends, how many there are.
fn span(kind: TableKind, dates: &DateFacts, f: &dyn Format) -> Option<String> {
    let (first, last) = (dates.first?, dates.last?);
    Some(match (kind, dates.role.as_str()) {
        (TableKind::Spend, "end") => return None,
        (_, "end") => format!("{} ended", f.integer(dates.rows)),
        _ if first == last => f.day(first),
        _ => format!("{} to {}", f.day(first), f.day(last)),
    })
}

fn part(name: &str) -> String {
    crate::roles::Role::from_name(name).map_or_else(|| name.to_owned(), |known| role(known).to_owned())
}

/// What is left out of a table, by reason: `2 of 8 rows are left out: no amount (1), an answer outside the scale (1).`
/// Nothing where nothing is.
pub fn left_out(left_out: &[LeftOut], rows_read: u64, f: &dyn Format) -> Option<String> {
    let rows: u64 = left_out.iter().map(|left| left.rows).sum();
    let reason = |left: &LeftOut| format!("{} ({})", text::lowered(reason(left.reason)), f.integer(left.rows));
    let reasons: Vec<String> = left_out.iter().map(reason).collect();
    let are = if rows == 1 { "is" } else { "are" };
    let of = f.count(rows_read, "row");
    (rows > 0).then(|| format!("{} of {of} {are} left out: {}.", f.integer(rows), list(&reasons)))
}

/// How many customers of a table are among those of the orders: `412 of 450 customers are in your orders (92%).`
pub fn found(matched: &Matched, f: &dyn Format) -> String {
    let rate = |part: u64, of: u64| {
        let share = if of == 0 { 0.0 } else { part as f64 / of as f64 };
        // Rounded up, all would seem to be there.
        let places = u8::from(part < of && share > 0.995);
        f.percent(if part < of { share.min(0.999) } else { share }, places)
    };
    let Matched { customers, customers_found, orders_found, orders_customers, .. } = *matched;
    if customers == 0 {
        return "No row names a customer.".to_owned();
    }
    let them = format!(
        "{} of {} {} in your orders ({}).",
        f.integer(customers_found),
        f.count(customers, "customer"),
        if customers_found == 1 { "is" } else { "are" },
        rate(customers_found, customers)
    );
    let others = match orders_customers {
        0 => String::new(),
        all => format!(" It names {} of your {}.", rate(orders_found, all), f.count(all, "customer")),
    };
    format!("{them}{others}")
}

/// Who is not found, with examples: `Looked for by email. Not found: a@b.de, c@d.de and others.`
pub fn not_found(matched: &Matched) -> String {
    let mut shown = matched.not_found.clone();
    if (shown.len() as u64) < matched.customers - matched.customers_found {
        shown.push("others".to_owned());
    }
    match shown.is_empty() {
        true => format!("Looked for by {}.", matched.column),
        false => format!("Looked for by {}. Not found: {}.", matched.column, list(&shown)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::content::{GroupFacts, NumberFacts};
    use crate::ingest::receipt::Reason;
    use crate::math::Money;
    use crate::math::money::Derived;
    use crate::words::format::Plain;

    #[test]
    fn a_match_is_told_with_its_rate_and_who_is_not_found() {
        let f = Plain::new(None);
        let matched = Matched {
            column: "email".into(),
            customers: 450,
            customers_found: 412,
            orders_found: 412,
            orders_customers: 2_357,
            not_found: vec!["a@b.de".into(), "c@d.de".into()],
            ..Matched::default()
        };
        assert_eq!(
            found(&matched, &f),
            "412 of 450 customers are in your orders (92%). It names 17% of your 2,357 customers."
        );
        assert_eq!(not_found(&matched), "Looked for by email. Not found: a@b.de, c@d.de and others.");
        let all = Matched { customers_found: 450, not_found: Vec::new(), ..matched.clone() };
        assert!(found(&all, &f).contains("(100%)"));
        assert_eq!(not_found(&all), "Looked for by email.");
        let nearly = Matched { customers: 10_000, customers_found: 9_999, ..matched };
        assert!(found(&nearly, &f).contains("(99.9%)"), "not all are there");
        assert_eq!(found(&Matched::default(), &f), "No row names a customer.");
    }

    #[test]
    fn what_is_left_out_is_told_with_its_reasons() {
        let f = Plain::new(None);
        let out = |reason, rows| LeftOut { reason, rows, amount: None, examples: Vec::new() };
        assert_eq!(
            left_out(&[out(Reason::OutsideScale, 2), out(Reason::NoDate, 1)], 1_000, &f).unwrap(),
            "3 of 1,000 rows are left out: an answer outside the scale (2) and no date (1)."
        );
        assert_eq!(left_out(&[], 5, &f), None);
    }

    #[test]
    fn a_table_is_told_by_what_its_columns_hold() {
        let f = Plain::new(Some("EUR"));
        let numbers = |role: &str, sum: i64, rows: u64| {
            let mean = Some(Derived(sum as f64 / rows as f64));
            vec![NumberFacts { role: role.into(), rows, sum: Some(Money::units(sum)), mean }]
        };
        let dates = vec![DateFacts {
            role: "date".into(),
            rows: 4,
            first: "2024-01-02".parse().ok(),
            last: "2024-03-01".parse().ok(),
        }];
        let groups = vec![GroupFacts { column: "channel".into(), values: 2 }];
        let spend = Content { numbers: numbers("amount", 900, 4), dates, groups, ..Content::default() };
        assert_eq!(
            content(TableKind::Spend, &spend, &f).join(", "),
            "€900.00 in all, 2 Jan 2024 to 1 Mar 2024, channel: 2 values"
        );
        let asked = QuestionFacts { column: "nps".into(), scale: Some("nps".into()), ..QuestionFacts::default() };
        let wrong = QuestionFacts { column: "mood".into(), rejected: 2, examples: vec!["6".into()], ..asked.clone() };
        let one =
            Content { customers: 3, numbers: numbers("score", 26, 4), questions: vec![asked], ..Content::default() };
        assert_eq!(
            content(TableKind::Survey, &one, &f).join(", "),
            "3 customers, 4 answers, 6.5 on average, on a scale of 0 to 10, would recommend (NPS)"
        );
        let mut two = Content { comments: 1, ..one };
        two.questions.push(wrong);
        two.numbers.extend(numbers("score", 1, 1));
        assert_eq!(
            content(TableKind::Survey, &two, &f)[3..].join(", "),
            "mood: 1 answer, 1.0 on average, on a scale of 0 to 10, would recommend (NPS), 2 that are no answer on it (“6”), \
             1 comment"
        );
    }
}
