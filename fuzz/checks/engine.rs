//! The whole way of a file: an answer in words or a report that adds up, the same however the file is cut.

use perennial::engine::Engine;
use perennial::protocol::{Export, FileInfo, Reply, Request};

use super::split_first;

const JOB: u32 = 1;

/// An engine that has read a file, and its last answer.
fn open(file: &[u8], slice: usize) -> (Engine, Reply) {
    let mut engine = Engine::with_slices_of(slice);
    let info = FileInfo { name: "file".to_owned(), size: file.len() as u64 };
    let mut replies = engine.handle(Request::Open { job: JOB, files: vec![info], options: Vec::new() });
    while let Some(want) = engine.wants() {
        let from = want.offset as usize;
        replies = engine.feed(&file[from..from + want.len]);
    }
    (engine, replies.pop().expect("every request has an answer"))
}

/// The first byte says how long the slices are.
pub fn check(data: &[u8]) {
    let (first, file) = split_first(data);
    let (mut engine, reply) = open(file, 1 << 20);
    assert_eq!(open(file, first + 1).1, reply, "cut into slices of {}", first + 1);
    if !matches!(reply, Reply::Review { .. }) {
        return assert!(matches!(reply, Reply::Failed { .. }), "{reply:?}");
    }
    for what in [Export::LeftOut, Export::Report] {
        engine.handle(Request::Export { job: JOB, what });
    }
    let replies = engine.handle(Request::Compute { job: JOB, settings: Box::default() });
    let [Reply::Report { report, .. }] = &replies[..] else {
        return assert!(matches!(replies[..], [Reply::Failed { .. }]), "{replies:?}");
    };
    for table in report.tables.iter().filter(|table| table.kind == "orders") {
        let out: u64 = table.left_out.iter().map(|out| out.rows).sum();
        assert_eq!(table.rows_read, table.rows_used + out, "every row is accounted for");
    }
    let Some(Reply::Export { text, .. }) = engine.handle(Request::Export { job: JOB, what: Export::Report }).pop()
    else {
        panic!("a report can be saved");
    };
    serde_json::from_str::<serde_json::Value>(&text).expect("a report is JSON");
}
