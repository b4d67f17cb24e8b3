//! A file that can't be read does not keep the others from being read, and is told of.

#[path = "support/loaded.rs"]
mod loaded;

use loaded::{JOB, load};
use perennial::protocol::{FileInfo, Problem, Reply, Request};

const ORDERS: &[u8] = b"customer,date,amount\na,2024-01-05,10\nb,2024-02-07,20\na,2024-03-01,5\n";
const MORE: &[u8] = b"customer,date,amount\nc,2024-01-09,40\nc,2024-04-01,2\n";

/// A gzip whose end is cut off: it is found damaged when it is read, behind a good beginning.
fn cut_gzip() -> Vec<u8> {
    use std::io::Write;
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::none());
    let mut text = String::from("customer,date,amount\n");
    (0..40_000).for_each(|row| text.push_str(&format!("d{row},2024-01-{:02},3\n", row % 28 + 1)));
    gzip.write_all(text.as_bytes()).unwrap();
    let mut bytes = gzip.finish().unwrap();
    bytes.truncate(bytes.len() - 40_000);
    bytes
}

#[test]
fn the_others_are_read_and_the_one_is_told() {
    let gzip = cut_gzip();
    for (name, bytes) in [("scan.pdf", &b"%PDF-1.7 a page"[..]), ("empty.csv", b""), ("cut.csv.gz", &gzip)] {
        for place in 0..3 {
            let mut files = vec![("orders.csv", ORDERS), ("more.csv", MORE)];
            files.insert(place, (name, bytes));
            let mut loaded = load(&files, 1 << 16);
            let review = loaded.review();
            let names: Vec<&str> = review.files.iter().map(|file| &*file.name).collect();
            assert_eq!((names, review.rows_used), (vec!["orders.csv", "more.csv"], 5), "{name} at {place}");
            assert_eq!(review.refused.iter().map(Problem::file).collect::<Vec<_>>(), [name]);
            let report = loaded.report();
            assert_eq!(report.totals.revenue.to_string(), "77.00", "{name} at {place}");
            let tables: Vec<_> = report.tables.iter().map(|table| (&*table.kind, &*table.file)).collect();
            assert_eq!(tables, [("orders", "orders.csv"), ("orders", "more.csv"), ("unreadable", name)]);
        }
    }
}

#[test]
fn what_was_said_stays_with_its_file() {
    let mut loaded =
        load(&[("scan.pdf", &b"%PDF-1.7 a page"[..]), ("orders.csv", ORDERS), ("more.csv", MORE)], 1 << 16);
    let mut options: Vec<_> = loaded.review().files.iter().map(|file| file.options.clone()).collect();
    options[1].skip = true;
    loaded.ask(Request::Reread { job: JOB, options });
    let review = loaded.review();
    assert_eq!((review.rows_used, review.files[1].options.skip, review.refused.len()), (3, true, 1));
}

#[test]
fn with_no_other_file_there_is_nothing_but_the_problem() {
    let mut engine = perennial::engine::Engine::new();
    let info = |name: &str| FileInfo { name: name.to_owned(), size: 0 };
    let replies = engine.handle(Request::Open { job: 1, files: vec![info("a"), info("b")], options: Vec::new() });
    assert!(matches!(&replies[..], [Reply::Failed { problem: Problem::Empty { file }, .. }] if file == "a"));
    let files = vec![FileInfo { name: "gone.csv".into(), size: 9 }, FileInfo { name: "gone too.csv".into(), size: 9 }];
    assert!(engine.handle(Request::Open { job: 1, files, options: Vec::new() }).is_empty());
    assert!(engine.cannot_read("moved").is_empty(), "the other one may still be there");
    let replies = engine.cannot_read("moved");
    assert!(matches!(&replies[..], [Reply::Failed { problem: Problem::CannotRead { .. }, .. }]));
}

#[test]
fn figures_do_not_change_because_a_file_is_gone() {
    let mut loaded = load(&[("orders.csv", ORDERS), ("more.csv", MORE)], 1 << 16);
    let options = loaded.review().files.iter().map(|file| file.options.clone()).collect();
    loaded.engine.handle(Request::Reread { job: JOB, options });
    let replies = loaded.engine.cannot_read("moved");
    assert!(matches!(&replies[..], [Reply::Failed { problem: Problem::CannotRead { .. }, .. }]), "{replies:?}");
}
