//! What a person should know of a file, though nothing has to be asked.

use crate::ingest::receipt::Example;
use crate::protocol::Note;
use crate::words::format::Format;

/// What a person should know of a file, in words: a sentence, and what follows from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Noted {
    /// What was found, with its rows.
    pub what: String,
    /// What it means, and what can be done.
    pub why: String,
    /// Whether figures may be wrong because of it.
    pub grave: bool,
}

/// A note in words.
pub fn note(note: &Note, f: &dyn Format) -> Noted {
    let line = |example: &Example| format!("The first is in line {}", f.integer(example.line));
    match note {
        Note::DamagedIds { column, rows, example } => Noted {
            what: format!(
                "In {column}, a spreadsheet has cut ids short: “{}” in line {}, {} in all.",
                example.found,
                f.integer(example.line),
                f.count(*rows, "row")
            ),
            why: "Ids that differed behind the first digits are now the same, so several customers or orders may count \
                  as one. Export the file again and drop it here without opening it in a spreadsheet."
                .to_string(),
            grave: true,
        },
        Note::SharedCustomer { rows, example } => Noted {
            what: format!("“{}” is the customer of {}.", example.found, f.count(*rows, "row")),
            why: "That looks like everybody who gave no name. They count as one customer, which makes you look as if you \
                  had one very loyal one."
                .to_string(),
            grave: true,
        },
        Note::RepeatedRows { rows, orders, example } => Noted {
            what: match rows {
                1 => "1 row is the same as another one in every cell.".to_string(),
                rows => format!("{} rows are the same as another one in every cell.", f.integer(*rows)),
            },
            why: match orders {
                true => format!("{}. They count: an order can hold the same thing twice.", line(example)),
                false => format!("{}. They count: without order numbers two like them can be two orders.", line(example)),
            },
            grave: false,
        },
        Note::BrokenLines { rows, example } => {
            let number = f.integer(example.line);
            let quote = example.found.contains('"');
            Noted {
                what: match (rows, quote) {
                    (1, true) => format!("A quote opened in line {number} is never closed."),
                    (1, false) => format!("Line {number} can’t be cut into cells."),
                    _ => format!("{} lines can’t be cut into cells, mostly because a quote is never closed. {}.", f.integer(*rows), line(example)),
                },
                why: format!(
                    "{} left out, and reading goes on with the next line. {}",
                    if *rows == 1 { "This line is" } else { "These lines are" },
                    match (rows, quote) {
                        (1, false) => "It is longer than a row can be.",
                        _ => "Close the quote in the file, or take it out, to have it counted.",
                    },
                ),
                grave: true,
            }
        }
        Note::ExtraCells { rows, example } => Noted {
            what: match rows {
                1 => "1 row has more cells than there are columns.".to_string(),
                rows => format!("{} rows have more cells than there are columns.", f.integer(*rows)),
            },
            why: format!("{}: “{}” has no column. What is beyond the last column is not used.", line(example), example.found),
            grave: false,
        },
        Note::NulCharacters { count } => Noted {
            what: format!("{} that nobody can see {} taken out.", f.count(*count, "character"), if *count == 1 { "was" } else { "were" }),
            why: "They are NUL characters, which a program left in the file by mistake.".to_string(),
            grave: false,
        },
    }
}
