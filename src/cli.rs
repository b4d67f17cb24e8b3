//! The command line: the same engine, driven by files instead of a worker.
//!
//! `perennial FILE... [--map ROLE=COLUMN]... [--skip TABLE]... [--merge RULE]... [--end YYYY-MM-DD]
//! [--margin SHARE] [--discount RATE] [--horizon YEARS] [--json]`. Exit 0: done; 1: the input can't be analysed,
//! the reason is on standard error; 2: the command itself was wrong.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::fs::File;
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use crate::engine::Engine;
use crate::ingest::spelling::IdRule;
use crate::protocol::{Export, FileInfo, Note, Problem, ReadOptions, Reply, Request, Review};
use crate::report::forecast::Forecast;
use crate::report::sections::{Ask, Section};
use crate::report::{Report, Settings};
use crate::roles::Role;
use crate::settings::HORIZONS;
use crate::words::format::Plain;
use crate::words::{findings, forecast, problems, review as words, same};

const USAGE: &str = "\
usage: perennial FILE... [--map ROLE=COLUMN]... [--skip TABLE]...
                 [--merge RULE]... [--end YYYY-MM-DD] [--margin SHARE]
                 [--discount RATE] [--horizon YEARS] [--json]

Reads files of orders and says what the customers are worth.

  --map ROLE=COLUMN   which column plays which part; ROLE is one of
                      customer date amount quantity unit_price refund order
                      currency status channel country category product
                      dimension unused; of tables that are none of orders
                      also email end score event experiment variant outcome
                      frequency recency observed campaign cost_kind
                      attributed_revenue new_customers
  --skip TABLE        a table that takes no part: a file, or one that is packed
                      in a file, as 'orders.xlsx › Notes'
  --merge RULE        ids of customers that differ only so are the same; RULE
                      is one of case spaces tags dots zeros decimals
                      scientific
  --end YYYY-MM-DD    the last day that counts; the last date of the orders
                      where it is not given
  --margin SHARE      what is left of revenue after the cost of goods, as 0.4;
                      revenue itself where it is not given
  --discount RATE     what money to come is discounted by a year, as 0.08; 0.1
                      where it is not given
  --horizon YEARS     years that the worth of customers looks ahead: 1, 2, 3, 5
                      or 10, or 'all' for all to come; 5 where it is not given
  --json              the whole report, as the page exports it";

/// What was asked for.
#[derive(Debug, Default, PartialEq)]
struct Command {
    files: Vec<PathBuf>,
    map: Vec<(Role, String)>,
    skip: Vec<String>,
    merge: BTreeSet<IdRule>,
    settings: Settings,
    json: bool,
}

/// Why the command ended without a report.
enum Stop {
    /// The command itself was wrong.
    Usage(String),
    /// The input can't be analysed.
    Input(String),
}

/// Runs the command line with the arguments after the program's name.
pub fn run(args: impl Iterator<Item = OsString>) -> ExitCode {
    let outcome = match parse(args) {
        Ok(None) => {
            println!("{USAGE}");
            return ExitCode::SUCCESS;
        }
        Ok(Some(command)) => answer(&command).and_then(|text| print(&text)),
        Err(stop) => Err(stop),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(Stop::Usage(what)) => {
            eprintln!("perennial: {what}\n\n{USAGE}");
            ExitCode::from(2)
        }
        Err(Stop::Input(why)) => {
            eprintln!("perennial: {why}");
            ExitCode::from(1)
        }
    }
}

fn parse(args: impl Iterator<Item = OsString>) -> Result<Option<Command>, Stop> {
    let mut command = Command::default();
    let mut args = args;
    let wrong = |what: String| Err(Stop::Usage(what));
    while let Some(arg) = args.next() {
        let Some(text) = arg.to_str() else {
            command.files.push(arg.into());
            continue;
        };
        let mut value = |name: &str| match args.next().and_then(|value| value.into_string().ok()) {
            Some(value) => Ok(value),
            None => Err(Stop::Usage(format!("{name} needs a value"))),
        };
        match text {
            "--help" | "-h" => return Ok(None),
            "--json" => command.json = true,
            "--end" => {
                let day = value("--end")?;
                command.settings.end = Some(day.parse().map_err(Stop::Usage)?);
            }
            "--margin" => command.settings.margin = Some(share(text, &value(text)?)?),
            "--discount" => command.settings.discount = share(text, &value(text)?)?,
            "--horizon" => {
                let years = value("--horizon")?;
                let known = years.parse().ok().filter(|years| HORIZONS.contains(years));
                if known.is_none() && years != "all" {
                    return wrong(format!("--horizon wants 1, 2, 3, 5, 10 or all, not '{years}'"));
                }
                command.settings.horizon = known;
            }
            "--merge" => {
                let name = value("--merge")?;
                let Some(rule) = IdRule::from_name(&name) else { return wrong(format!("'{name}' is no rule")) };
                command.merge.insert(rule);
            }
            "--skip" => command.skip.push(value("--skip")?),
            "--map" => {
                let pair = value("--map")?;
                let Some((role, column)) = pair.split_once('=') else {
                    return wrong(format!("--map wants ROLE=COLUMN, not '{pair}'"));
                };
                let Some(role) = Role::from_name(role) else { return wrong(format!("'{role}' is no role")) };
                command.map.push((role, column.to_owned()));
            }
            other if other.starts_with("--") => return wrong(format!("there is no option '{other}'")),
            _ => command.files.push(arg.into()),
        }
    }
    if command.files.is_empty() {
        return wrong("no file was given".to_owned());
    }
    Ok(Some(command))
}

/// A share of 1, as `--margin` and `--discount` want it.
fn share(name: &str, text: &str) -> Result<f64, Stop> {
    let share = text.parse().ok().filter(|share| (0.0..=1.0).contains(share));
    share.ok_or_else(|| Stop::Usage(format!("{name} wants a number from 0 to 1, as 0.4, not '{text}'")))
}

/// There is one job.
const JOB: u32 = 1;

/// What is printed: the report, or the findings in it.
fn answer(command: &Command) -> Result<String, Stop> {
    let mut files = Vec::new();
    let mut infos = Vec::new();
    for path in &command.files {
        #[expect(clippy::disallowed_methods, reason = "the command line is native only, and reads files")]
        let opened = File::open(path).and_then(|file| Ok((file.metadata()?.len(), file)));
        let (size, file) = opened.map_err(|error| Stop::Input(format!("{}: {error}", path.display())))?;
        let name = path.file_name().unwrap_or(path.as_os_str());
        infos.push(FileInfo { name: name.to_string_lossy().into_owned(), size });
        files.push(file);
    }
    let mut engine = Engine::new();
    let replies = engine.handle(Request::Open { job: JOB, files: infos, options: Vec::new() });
    let mut review = drive(&mut engine, &mut files, replies)?;
    if !command.map.is_empty() || !command.skip.is_empty() || !command.merge.is_empty() {
        let options = said(&review, command)?;
        let replies = engine.handle(Request::Reread { job: JOB, options });
        review = drive(&mut engine, &mut files, replies)?;
    }
    for problem in &review.refused {
        let (what, why) = problems::refused(problem, &Plain::new(None));
        eprintln!("perennial: {what} {why}");
    }
    for question in review.files.iter().flat_map(|file| &file.questions) {
        let asked = words::question(question, &Plain::new(None));
        eprintln!("perennial: {} {}", asked.question, asked.why);
    }
    // Ids that were cut short have a question, which says the same.
    let said = |note: &&Note| !matches!(note, Note::DamagedIds { .. });
    for note in review.files.iter().flat_map(|file| &file.notes).filter(said) {
        let noted = words::note(note, &Plain::new(None));
        eprintln!("perennial: {} {}", noted.what, noted.why);
    }
    for near in review.near_misses.iter().filter(|near| !near.merged) {
        let found = same::found(near, &Plain::new(None));
        eprintln!("perennial: Are these the same customers? {found} Say so with --merge {}.", near.rule.name());
    }
    let settings = Box::new(command.settings.clone());
    for reply in engine.handle(Request::Compute { job: JOB, settings }) {
        match reply {
            Reply::Report { report, .. } => {
                return if command.json { exported(&mut engine) } else { Ok(summary(&report, ahead(&mut engine))) };
            }
            Reply::Failed { problem, .. } => return Err(Stop::Input(in_words(&problem))),
            _ => {}
        }
    }
    Err(Stop::Input(in_words(&Problem::NothingLoaded)))
}

/// The report as the page exports it.
fn exported(engine: &mut Engine) -> Result<String, Stop> {
    let replies = engine.handle(Request::Export { job: JOB, what: Export::Report });
    let text = replies.into_iter().find_map(|reply| match reply {
        Reply::Export { text, .. } => Some(text),
        _ => None,
    });
    text.ok_or_else(|| Stop::Input(in_words(&Problem::NothingLoaded)))
}

/// Gives the engine the bytes that it wants until it has understood the files.
fn drive(engine: &mut Engine, files: &mut [File], replies: Vec<Reply>) -> Result<Review, Stop> {
    let mut replies = replies;
    let mut bytes = Vec::new();
    loop {
        for reply in replies.drain(..) {
            match reply {
                Reply::Review { review, .. } => return Ok(*review),
                Reply::Failed { problem, .. } => return Err(Stop::Input(in_words(&problem))),
                _ => {}
            }
        }
        let Some(want) = engine.wants() else { return Err(Stop::Input(in_words(&Problem::NothingLoaded))) };
        let file = &mut files[want.file];
        bytes.resize(want.len, 0);
        let read = file.seek(SeekFrom::Start(want.offset)).and_then(|_| file.read_exact(&mut bytes));
        replies = match read {
            Ok(()) => engine.feed(&bytes),
            Err(error) => engine.cannot_read(&error.to_string()),
        };
    }
}

/// What was said on the command line, of each table.
fn said(review: &Review, command: &Command) -> Result<Vec<ReadOptions>, Stop> {
    let map = &command.map;
    for (_, column) in map {
        if !review.files.iter().flat_map(|file| &file.columns).any(|known| known.name == *column) {
            return Err(Stop::Usage(format!("no file has a column '{column}'")));
        }
    }
    for table in &command.skip {
        if !review.files.iter().any(|file| file.name == *table) {
            let names: Vec<&str> = review.files.iter().map(|file| file.name.as_str()).collect();
            return Err(Stop::Usage(format!("there is no table '{table}', but {}", names.join(", "))));
        }
    }
    let of_file = |file: &crate::protocol::FileReview| {
        let roles = map.iter().filter_map(|(role, name)| {
            let column = file.columns.iter().position(|column| column.name == *name)?;
            Some((column, *role))
        });
        let skip = command.skip.contains(&file.name);
        let same_ids = command.merge.clone();
        ReadOptions { roles: roles.collect::<BTreeMap<_, _>>(), skip, same_ids, ..ReadOptions::default() }
    };
    Ok(review.files.iter().map(of_file).collect())
}

fn in_words(problem: &Problem) -> String {
    let words = problems::trouble(problem, &Plain::new(None));
    format!("{} {}", words.what, words.why)
}

fn print(text: &str) -> Result<(), Stop> {
    let mut out = std::io::stdout().lock();
    // A reader that closes the pipe early has seen enough.
    match out.write_all(text.as_bytes()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(Stop::Input(error.to_string())),
        _ => Ok(()),
    }
}

/// What is still to come, where it is told.
fn ahead(engine: &mut Engine) -> Option<Forecast> {
    let replies = engine.handle(Request::Section { job: JOB, ask: Ask::Forecast(Default::default()) });
    replies.into_iter().find_map(|reply| match reply {
        Reply::Section { section: Section::Forecast(told), .. } => Some(*told).filter(|told| told.ahead.is_some()),
        _ => None,
    })
}

/// The findings of all views, one a paragraph.
fn summary(report: &Report, ahead: Option<Forecast>) -> String {
    let format = Plain::new(report.currency.as_deref());
    let all = [
        findings::overview(report, &format),
        findings::value(report, &format),
        findings::retention(report, &format),
        findings::segments(report, &format),
        findings::receipt(report, &format),
    ];
    let ahead = ahead.map(|told| forecast::finding(&told, &format));
    let all: Vec<String> = all.into_iter().chain(ahead).map(|finding| finding.text()).collect();
    all.join("\n\n") + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(args: &[&str]) -> Result<Option<Command>, Stop> {
        parse(args.iter().map(OsString::from))
    }

    #[test]
    fn the_summary_ends_with_the_forecast_where_one_is_told() {
        let of = |path: &str| {
            let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/").to_owned() + path;
            let Ok(text) = answer(&parsed(&[&path]).ok().flatten().unwrap()) else { panic!("no summary of {path}") };
            text.trim_end().lines().last().unwrap().to_owned()
        };
        let told = of("cdnow_sample_log.csv");
        assert!(told.starts_with("The customers you have today will bring about "), "{told}");
        // An export with a handful of orders has none.
        assert!(!of("orders.xlsx").contains("in the next 12 months"));
    }

    #[test]
    fn options_are_read_and_wrong_ones_named() {
        let command = parsed(&[
            "a.csv",
            "--map",
            "amount=Net",
            "--skip",
            "b.csv",
            "--merge",
            "case",
            "--end",
            "2026-09-30",
            "--margin",
            "0.4",
            "--discount",
            "0.08",
            "--horizon",
            "3",
            "--json",
        ]);
        let expected = Command {
            files: vec!["a.csv".into()],
            map: vec![(Role::Amount, "Net".into())],
            skip: vec!["b.csv".into()],
            merge: [IdRule::Case].into(),
            settings: Settings {
                end: "2026-09-30".parse().ok(),
                margin: Some(0.4),
                discount: 0.08,
                horizon: Some(3),
                ..Settings::default()
            },
            json: true,
        };
        assert!(matches!(command, Ok(Some(command)) if command == expected));
        let endless = parsed(&["a.csv", "--horizon", "all"]);
        assert!(matches!(endless, Ok(Some(Command { settings: Settings { horizon: None, .. }, .. }))));
        assert!(matches!(parsed(&["a.csv"]), Ok(Some(command)) if command.settings == Settings::default()));
        for wrong in [
            &["a.csv", "--map", "amount"][..],
            &["a.csv", "--end", "30/09/2026"],
            &["--json"],
            &["a.csv", "--merge", "x"],
            &["a.csv", "--margin", "40"],
            &["a.csv", "--discount", "NaN"],
            &["a.csv", "--horizon", "4"],
            &["a.csv", "--horizon"],
        ] {
            assert!(matches!(parsed(wrong), Err(Stop::Usage(_))), "{wrong:?}");
        }
        assert!(matches!(parsed(&["--help"]), Ok(None)));
    }
}
