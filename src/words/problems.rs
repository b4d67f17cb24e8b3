//! When something can't be done: what happened, why, and what you can do, in this order.

use crate::ingest::unpack::Damage;
use crate::protocol::Problem;
use crate::roles::Role;
use crate::text;

use super::format::{Format, list};
use super::review;

/// How each of these texts ends.
pub const UNCHANGED: &str = "Your file is unchanged, and nothing was sent.";

/// A problem in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trouble {
    /// What happened, as the finding of the page.
    pub what: String,
    /// Below it; ends with [`UNCHANGED`].
    pub lead: String,
    /// Why: the file, the place, what was found and what was expected.
    pub why: String,
    /// What you can do: a head and a line each.
    pub help: Vec<(String, String)>,
}

fn help(items: &[(&str, &str)]) -> Vec<(String, String)> {
    items.iter().map(|(head, text)| (head.to_string(), text.to_string())).collect()
}

const OTHER_FILE: (&str, &str) =
    ("If this is the wrong file, choose another", "It needs a customer, a date and an amount in every row.");
const EXPORT_AGAIN: (&str, &str) =
    ("If your shop exports orders elsewhere", "Look for “Orders” and “Export” in its menu, and choose CSV.");

/// What is said of a file that can't be read, where others can: what happened, and why.
pub fn refused(problem: &Problem, f: &dyn Format) -> (String, String) {
    let Trouble { what, why, .. } = trouble(problem, f);
    (format!("{} takes no part.", problem.file()), format!("{what} {why}"))
}

/// A problem in words.
pub fn trouble(problem: &Problem, f: &dyn Format) -> Trouble {
    let ended = |text: &str| format!("{text} {UNCHANGED}");
    match problem {
        Problem::Empty { file } => Trouble {
            what: "The file is empty.".to_string(),
            lead: ended("There is nothing in it to read."),
            why: format!("{file} has 0 bytes; a line of names and a line an order were expected."),
            help: help(&[("Export it again", "A download that was cut off leaves an empty file behind."), OTHER_FILE]),
        },
        Problem::NoRows { file } => Trouble {
            what: "The file has names of columns, but no rows.".to_string(),
            lead: ended("Without orders there is nothing to work out."),
            why: format!("{file} ends after its first line; one line an order was expected."),
            help: help(&[("Export a longer period", "A filter in your shop may have left nothing."), OTHER_FILE]),
        },
        Problem::NotATable { file, seems } => {
            let (looks, how) = seeming(seems);
            Trouble {
                what: format!("This is {looks}, not a table that we can read."),
                lead: ended("Perennial reads CSV, Excel and JSON: tables with a line an order."),
                why: format!("{file} begins like {looks}; a table was expected."),
                help: help(&[how, EXPORT_AGAIN, OTHER_FILE]),
            }
        }
        Problem::TooManyColumns { file, columns, at_least, most } => {
            let least = if *at_least { "at least " } else { "" };
            Trouble {
                what: format!("The table has more than {} columns.", f.integer(*most)),
                lead: ended("A table of orders has some dozens. Perennial stops here rather than make you search them."),
                why: format!("{file}: found {least}{} columns; up to {} can be read.", f.integer(*columns), f.integer(*most)),
                help: help(&[
                    ("Keep the columns of the orders", "Customer, date and amount are enough."),
                    ("If each product or month has a column", "Export one line an order instead."),
                    OTHER_FILE,
                ]),
            }
        }
        Problem::LineTooLong { file, line, most } => Trouble {
            what: "The file has a line that doesn’t end.".to_string(),
            lead: ended("The names of the columns or the first order should stand in a line of their own."),
            why: format!("{file}: line {} goes on for more than {} kB; a line of names was expected.", f.integer(*line), f.integer(*most / 1024)),
            help: help(&[EXPORT_AGAIN, OTHER_FILE]),
        },
        Problem::TooManyRows { file, bytes, rows, fits } => Trouble {
            what: "The file is too large for this browser.".to_string(),
            lead: ended("Perennial stopped before memory ran out. A part of it can be analysed."),
            why: format!(
                "{file} has {} MB and about {}; about {} fit into the memory that this browser gives.",
                f.integer(bytes / 1_000_000),
                f.count(*rows, "row"),
                f.integer(*fits),
            ),
            help: help(&[
                ("Choose a shorter period", "Export the latest year or years only, so that fewer rows come."),
                ("Leave out columns", "Customer, date and amount are enough; an order number helps."),
                ("Close other tabs and try again", "Or use another browser or a computer with more memory."),
            ]),
        },
        Problem::MissingRoles { file, roles } => {
            let names: Vec<String> = roles.iter().map(|&role| review::role(role).to_ascii_lowercase()).collect();
            Trouble {
                what: format!("We could read the file, but {}.", review::missing(roles)),
                lead: ended(&review::missing_why(roles)),
                why: match names.as_slice() {
                    [] => format!("{file}: its rows are something else than orders."),
                    names => format!("{file}: looked for {} among its columns, found none that fits.", list(names)),
                },
                help: help(&[
                    ("If a column is the one, say which", "You can give every column its meaning by hand."),
                    ("If this is the wrong file, choose another", "This one may be a list of products or customers."),
                    EXPORT_AGAIN,
                ]),
            }
        }
        Problem::Packed { file, seems, damage } => {
            let (what, why, step) = packed(*damage);
            let kind = match &**seems {
                "gzip" => "a compressed file",
                "json" => "a JSON file",
                "xls" => "an old Excel file",
                _ => "a ZIP or Excel file",
            };
            Trouble {
                what: what.to_string(),
                lead: ended("It has to be unpacked before its rows can be read."),
                why: format!("{file} is {kind}. {why}"),
                help: help(&[step, ("Or save the table as CSV", "In Excel: Save as, then “CSV UTF-8”."), OTHER_FILE]),
            }
        }
        Problem::NothingUsable { file, left_out } => {
            let reasons: Vec<String> = left_out
                .iter()
                .map(|out| format!("{} ({})", text::lowered(review::reason(out.reason)), f.count(out.rows, "row")))
                .collect();
            let example = left_out.first().map_or_else(String::new, |out| {
                let mut text = review::left_out_example(out, f);
                text.insert(0, ' ');
                text
            });
            Trouble {
                what: "We could read the file, but can use none of its rows.".to_string(),
                lead: ended("Every row was left out."),
                why: format!("{file}: {}.{example}", list(&reasons)),
                help: help(&[
                    ("Check the columns", "Perhaps one of them has the wrong meaning, or its dates or amounts are read the wrong way."),
                    OTHER_FILE,
                ]),
            }
        }
        Problem::CannotRead { file, why } => Trouble {
            what: "The browser could not read the file.".to_string(),
            lead: ended("It may have been moved, deleted, or opened by another program."),
            why: match why.trim() {
                "" => format!("{file}: the browser gave no reason."),
                why => format!("{file}: the browser says “{}”.", why.trim_end_matches('.')),
            },
            help: help(&[
                ("Choose it again", "Browsers let go of a file that changes after it was chosen."),
                ("If it is on a network or cloud drive", "Copy it to this device first."),
            ]),
        },
        Problem::NothingLoaded => Trouble {
            what: "There is nothing to work with yet.".to_string(),
            lead: "No file has been read since this page was opened. Nothing is kept between visits, and nothing was sent."
                .to_string(),
            why: "A result was asked for before any file was read.".to_string(),
            help: help(&[("Drop a file of your orders", "Or try the sample shop first.")]),
        },
    }
}

/// The worker ended with a panic or ran out of memory.
pub fn worker_ended(message: &str, has_results: bool) -> Trouble {
    let memory = ["memory", "allocation", "capacity overflow"].iter().any(|word| message.contains(word));
    let what = if memory {
        "The calculation stopped: memory is full."
    } else {
        "The calculation stopped: this is a fault of ours."
    };
    let kept = if has_results { "Your last results are still here." } else { "There are no results yet." };
    Trouble {
        what: what.to_string(),
        lead: format!("{kept} {UNCHANGED}"),
        why: match message.trim() {
            "" => "The browser ended the calculation and gave no reason.".to_string(),
            message => format!("The program says: {message}"),
        },
        help: help(&if memory {
            [
                ("Try one year at a time", "Or close other tabs, which share the memory."),
                ("Try again", "The calculation starts afresh."),
            ]
        } else {
            [
                ("Try again", "The calculation starts afresh."),
                (
                    "Tell us what happened",
                    "The line above names the place in the program; look through it before you pass it on.",
                ),
            ]
        }),
    }
}

/// Why a file can't be unpacked, and what helps: a headline, a reason and a step.
fn packed(damage: Damage) -> (&'static str, &'static str, (&'static str, &'static str)) {
    match damage {
        Damage::Broken => (
            "The file is damaged.",
            "It ends too early, or its content does not match what it says of itself.",
            ("Download it once more", "Or copy it from where it came from: it was cut off on its way."),
        ),
        Damage::Locked => (
            "The file is locked by a password.",
            "Its content can’t be read without it.",
            ("Save it without a password", "Open it with the password first."),
        ),
        Damage::TooLarge => (
            "The file is too large to unpack here.",
            "Packed it may have 512 MB, unpacked 1 GB; a browser holds no more.",
            ("Unpack it on your computer", "Then drop the CSV files; they may be larger."),
        ),
        Damage::NoTable => (
            "There is no table in the file.",
            "We looked for texts in columns, workbooks and lists of objects.",
            ("Look into it", "Perhaps the export was empty, or it is another file."),
        ),
        Damage::TooOld => (
            "The file is from Excel 95 or older, which we can’t read.",
            "Workbooks are read from Excel 97 on.",
            ("Save it as .xlsx", "In Excel: Save as, then “Excel Workbook”."),
        ),
    }
}

/// What a file that is no table seems to be, and what to do about it.
fn seeming(seems: &str) -> (&'static str, (&'static str, &'static str)) {
    match seems {
        "pdf" => ("a PDF", ("Export the orders as CSV", "A PDF is made for printing; its rows can’t be read safely.")),
        "image" => ("a picture", ("Export the orders as CSV", "Numbers can’t be read from a picture safely.")),
        "html" => (
            "a web page",
            (
                "If it opens in Excel, save it as CSV",
                "Some shops give a web page the name of an Excel file. In Excel: Save as, then “CSV UTF-8”.",
            ),
        ),
        "xml" => ("an XML file", ("If it opens in Excel, save it as CSV", "In Excel: Save as, then “CSV UTF-8”.")),
        _ => ("a file of another kind", ("Export the orders as CSV", "Plain text in columns can be read; this can’t.")),
    }
}

/// The columns that a person is asked for, in words: `customer, date and amount`.
pub fn needed() -> String {
    let names: Vec<String> = [Role::Customer, Role::Date, Role::Amount]
        .iter()
        .map(|&role| review::role(role).to_ascii_lowercase())
        .collect();
    list(&names)
}
