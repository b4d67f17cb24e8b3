//! Questions about ids that can't be what they seem: orders that clash, ids that a spreadsheet has cut.

use crate::protocol::{InFiles, Question};

use super::format::Format;
use super::review::{Asked, choice};

/// The question in words; its answers in the order in which the page offers them: the files, then both; counted, then left
/// out; one order, then several.
pub fn question(question: &Question, f: &dyn Format) -> Asked {
    let numbers = |orders: u64| f.count(orders, "order number");
    let is = |orders: u64, one: &'static str, more: &'static str| if orders == 1 { one } else { more };
    match question {
        Question::OrdersInFiles { orders, other_customers, example, files, chosen } => {
            let name = |place: usize| files.iter().find(|(at, _)| *at == place).map(|(_, name)| name.as_str());
            let chosen = match chosen {
                InFiles::Apart if *other_customers > 0 => {
                    "We chose to keep both: most of them name other customers in each file.".to_owned()
                }
                InFiles::Apart => "We chose to keep both.".to_owned(),
                InFiles::Table(table) => {
                    format!("We chose {}: its dates reach furthest.", name(*table).unwrap_or_default())
                }
            };
            let of_file =
                |(_, name): &(usize, String)| choice(name.as_str(), "its rows of these orders count, and no others");
            let mut choices: Vec<_> = files.iter().map(of_file).collect();
            choices.push(choice("Keep both", "they are different orders that share a number"));
            Asked {
                question: format!(
                    "{} {} in several files with other rows, “{example}” among them. Which file counts?",
                    numbers(*orders),
                    is(*orders, "stands", "stand")
                ),
                why: format!("Added up as one, such an order would count twice. {chosen}"),
                choices,
            }
        }
        Question::OrdersOfSeveral { column, orders, example } => Asked {
            question: format!(
                "In {column}, {} {} of several customers, “{example}” among them. Shall they count?",
                numbers(*orders),
                is(*orders, "is", "are")
            ),
            why: "One order has one customer: numbers may have begun again, or a row is wrong. We count the rows of each \
                  customer as an order."
                .to_owned(),
            choices: vec![
                choice("Count them", "an order for each customer"),
                choice("Leave them out", "all rows of these orders"),
            ],
        },
        Question::OrdersFarApart { column, orders, example } => Asked {
            question: format!(
                "In {column}, {} {} dates more than a week apart, “{example}” among them. Is that one order each?",
                numbers(*orders),
                is(*orders, "has", "have")
            ),
            why: "Numbers may have begun again, or an order came in parts. We count each as one order, on its first date."
                .to_owned(),
            choices: vec![
                choice("One order", "on its first date"),
                choice("Different orders", "a new one after each week without a row"),
            ],
        },
        Question::DamagedIds { column, of_orders, rows, example } => {
            let (who, one) = match of_orders {
                true => ("orders", "order"),
                false => ("customers", "customer"),
            };
            Asked {
                question: format!(
                    "In {column}, a spreadsheet has cut ids short: “{}” in line {}, {} in all. Shall they count?",
                    example.found,
                    f.integer(example.line),
                    f.count(*rows, "row")
                ),
                why: format!(
                    "Ids that differed behind the first digits are now the same, so different {who} may share one. We count \
                     them. Best is to export the file again and drop it here without opening it in a spreadsheet."
                ),
                choices: vec![
                    choice("Count them", format!("different {who} with the same first digits are one {one}")),
                    choice("Leave them out", f.count(*rows, "row")),
                ],
            }
        }
        _ => Asked { question: String::new(), why: String::new(), choices: Vec::new() },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::receipt::Example;
    use crate::words::format::Plain;

    #[test]
    fn clashes_are_asked_with_what_follows_from_each_answer() {
        let f = Plain::new(None);
        let files = vec![(0, "may.csv".to_owned()), (1, "june.csv".to_owned())];
        let in_files = |other_customers, chosen| {
            question(
                &Question::OrdersInFiles {
                    orders: 3,
                    other_customers,
                    example: "A7".into(),
                    files: files.clone(),
                    chosen,
                },
                &f,
            )
        };
        let asked = in_files(0, InFiles::Table(1));
        assert_eq!(
            asked.question,
            "3 order numbers stand in several files with other rows, “A7” among them. Which file counts?"
        );
        assert!(asked.why.ends_with("We chose june.csv: its dates reach furthest."));
        assert_eq!(asked.choices.len(), 3);
        assert!(in_files(3, InFiles::Apart).why.contains("other customers in each file"));
        let of_several = Question::OrdersOfSeveral { column: "order".into(), orders: 1, example: "A7".into() };
        assert!(question(&of_several, &f).question.starts_with("In order, 1 order number is of several customers"));
        let far = Question::OrdersFarApart { column: "order".into(), orders: 2, example: "A7".into() };
        assert!(question(&far, &f).question.contains("2 order numbers have dates more than a week apart"));
        let example = Example { line: 2, found: "1.23E+15".into() };
        let cut = Question::DamagedIds { column: "id".into(), of_orders: false, rows: 1_400, example };
        let asked = question(&cut, &f);
        assert!(asked.question.contains("“1.23E+15” in line 2, 1,400 rows in all"));
        assert!(asked.why.contains("different customers may share one"));
    }
}
