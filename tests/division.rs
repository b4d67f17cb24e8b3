//! Property: one file, read by several, is understood as if one had read it: the same review, report and rows left out, to
//! the bit, whatever the file holds, wherever it is cut, and whoever is late or fails.

use std::collections::BTreeMap;

use perennial::engine::Engine;
use perennial::engine::division::{Helper, Task};
use perennial::protocol::{Export, FileInfo, ReadOptions, Request};
use perennial::roles::kind::TableKind;
use perennial::wire;
use proptest::prelude::*;

include!("support/odd_rows.rs");

const JOB: u32 = 1;

/// Who reads beside the engine.
#[derive(Clone, Copy, Debug)]
struct Workers {
    /// How many.
    count: usize,
    /// One of so many tasks is lost; 0 for none.
    lost: u32,
}

/// How often stretches were taken over, and how often they were refused.
#[derive(Debug, Default)]
struct Tally {
    taken: usize,
    refused: usize,
}

/// All that can be asked of files once they are read.
fn read(files: &[(&str, &[u8])], options: &[ReadOptions], slice: usize, workers: Option<Workers>) -> (String, Tally) {
    let mut engine = Engine::with_slices_of(slice);
    let infos = files.iter().map(|(name, bytes)| FileInfo { name: (*name).to_owned(), size: bytes.len() as u64 });
    let mut replies = engine.handle(Request::Open { job: JOB, files: infos.collect(), options: options.to_vec() });
    let mut tally = Tally::default();
    let Workers { count, lost } = workers.unwrap_or(Workers { count: 0, lost: 0 });
    let mut helpers: Vec<Helper> = (0..count).map(|_| Helper::default()).collect();
    let mut parts: BTreeMap<u32, Option<Vec<u8>>> = BTreeMap::new();
    while let Some(want) = engine.wants() {
        parts.retain(|number, _| engine.is_open(*number));
        while parts.len() < count {
            let Some(task) = engine.task() else { break };
            let is_lost = lost > 0 && task.number % lost == 0;
            let helper = &mut helpers[task.number as usize % count];
            let part = (!is_lost).then(|| stretch(helper, &task, files[task.file].1, slice));
            parts.insert(task.number, part);
        }
        if let Some(part) = engine.awaits().and_then(|number| Some((number, parts.remove(&number)??))) {
            let done = engine.feed_part(part.0, &part.1);
            *(if done.is_empty() { &mut tally.refused } else { &mut tally.taken }) += 1;
            replies = if done.is_empty() { replies } else { done };
            continue;
        }
        let from = want.offset as usize;
        replies = engine.feed(&files[want.file].1[from..from + want.len]);
    }
    let review = replies.pop().map(|reply| format!("{reply:?}"));
    let mut ask = |request| engine.handle(request).pop().map(|reply| format!("{reply:?}"));
    let report = ask(Request::Compute { job: JOB, settings: Box::default() });
    let exports = [Export::Report, Export::LeftOut].map(|what| ask(Request::Export { job: JOB, what }));
    (format!("{review:#?}\n{report:?}\n{exports:#?}"), tally)
}

/// A stretch as a worker reads it: its task and what comes of it pass through messages.
fn stretch(helper: &mut Helper, task: &Task, bytes: &[u8], slice: usize) -> Vec<u8> {
    let task: Task = wire::read(&wire::write(task));
    let head = &bytes[..helper.head_bytes(&task)];
    let mut stretch = helper.begin(task, head, slice);
    while let Some((from, length)) = stretch.wants() {
        stretch.feed(&bytes[from as usize..from as usize + length]);
    }
    stretch.finish()
}

/// A row about which nothing is unusual, in order of time.
fn usual(number: usize) -> String {
    let day = number % 28 + 1;
    format!("{number},c{},2026-01-{day:02} 10:{:02}:00,paid,EUR,,web,1,10.00", number % 7, number % 60)
}

prop_compose! {
    /// A file of usual rows with odd ones among them.
    fn text()(
        odd in prop::collection::vec((odd_row(), 1..3usize, 0..200usize), 0..15),
        rows in 20..200usize,
        ends in prop::sample::select(&["\n", "\r\n", "\n\n", "\r"]),
        last in prop::sample::select(&["", "\n", "\r\n", "x", "Total,,,,,,,,5", "\"", "\u{e9}"]),
        latin in any::<bool>(),
        mark in any::<bool>(),
    ) -> Text {
        let mut lines: Vec<String> = (0..rows).map(usual).collect();
        for (row, times, at) in odd {
            for _ in 0..times {
                lines.insert(at.min(lines.len()), row.clone());
            }
        }
        let text = format!("{NAMES}{ends}{}{ends}{last}", lines.join(ends));
        let mut bytes = if mark { b"\xEF\xBB\xBF".to_vec() } else { Vec::new() };
        if latin {
            bytes.extend(text.chars().map(|letter| u8::try_from(letter).unwrap_or(b'?')));
        } else {
            bytes.extend(text.bytes());
        }
        Text(bytes)
    }
}

/// Bytes that are shown where a test fails, not here.
#[derive(Clone)]
struct Text(Vec<u8>);

impl std::fmt::Debug for Text {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{} bytes", self.0.len())
    }
}

/// Both texts around the first place where they differ.
fn difference(one: &str, other: &str) -> String {
    let place = one.bytes().zip(other.bytes()).take_while(|(one, other)| one == other).count();
    let around = |text: &str| text.chars().skip(place.saturating_sub(200)).take(400).collect::<String>();
    format!("{}\nand not\n{}", around(one), around(other))
}

fn orders() -> ReadOptions {
    ReadOptions { kind: Some(TableKind::Orders), ..ReadOptions::default() }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]
    #[test]
    fn a_file_read_by_several_is_read_as_by_one(
        Text(bytes) in text(),
        slice in prop_oneof![10..60usize, 60..900usize],
        count in prop::sample::select(&[1usize, 2, 8]),
        lost in prop_oneof![Just(0u32), 1..5u32],
        again in any::<bool>(),
    ) {
        let files: &[(&str, &[u8])] = &[("orders.csv", &bytes), ("later.csv", &bytes[..])];
        let files = if again { files } else { &files[..1] };
        let options = vec![orders(); files.len()];
        let (alone, _) = read(files, &options, 1 << 20, None);
        let (together, _) = read(files, &options, slice, Some(Workers { count, lost }));
        prop_assert!(together == alone, "{}\n{}", difference(&together, &alone), String::from_utf8_lossy(&bytes));
    }
}

#[test]
fn of_a_usual_file_every_stretch_is_taken_over() {
    let lines: Vec<String> = (0..3_000).map(usual).collect();
    let text = format!("{NAMES}\n{}\n", lines.join("\n"));
    let files: &[(&str, &[u8])] = &[("orders.csv", text.as_bytes())];
    let (alone, _) = read(files, &[orders()], 1 << 20, None);
    for count in [1, 2, 8] {
        let (together, tally) = read(files, &[orders()], 4_000, Some(Workers { count, lost: 0 }));
        assert_eq!(together, alone);
        assert!(tally.refused == 0 && tally.taken > 5, "{count}: {tally:?}");
    }
}

#[test]
fn a_stretch_that_begins_within_quotes_is_refused_and_the_next_is_taken_over() {
    let note = format!("\"{}\"", "9,c9,2026-01-01 10:00:00,paid,EUR,,web,1,99.00\n".repeat(100));
    let mut lines: Vec<String> = (0..3_000).map(usual).collect();
    lines[900] = format!("900,c1,2026-01-05 10:00:00,paid,EUR,{note},web,1,10.00");
    let text = format!("{NAMES}\n{}\n", lines.join("\n"));
    let files: &[(&str, &[u8])] = &[("orders.csv", text.as_bytes())];
    let (alone, _) = read(files, &[orders()], 1 << 20, None);
    // Places all over the long cell.
    for slice in (1_000..1_300).step_by(60) {
        let (together, tally) = read(files, &[orders()], slice, Some(Workers { count: 2, lost: 0 }));
        assert_eq!(together, alone);
        assert!(tally.refused > 0 && tally.refused < 5 && tally.taken > 15, "{slice}: {tally:?}");
    }
}
