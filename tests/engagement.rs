//! Engagement and health of the sample shop.
mod support {
    pub mod loaded;
}
use perennial::sample;
#[test]
fn look() {
    let text = sample::events_csv(sample::SEED);
    println!("{} rows {} bytes", text.lines().count(), text.len());
    let mut kinds = std::collections::BTreeMap::new();
    for l in text.lines() {
        *kinds.entry(l.split(',').skip(2).collect::<Vec<_>>().join("|")).or_insert(0) += 1;
    }
    println!("{kinds:?}");
    let files = sample::files(sample::SEED);
    let files: Vec<(&str, &[u8])> = files.iter().map(|f| (f.name, f.text.as_bytes())).collect();
    let mut loaded = support::loaded::load(&files, 1 << 20);
    let report = loaded.report();
    for t in &report.tables {
        println!("{} {} {:?} {:?}", t.kind, t.rows_used, t.roles, t.matched);
    }
    println!("{:?} {:?}", report.totals.repeat, report.retention.active_window_days);
    for ask in perennial::report::sections::Ask::all() {
        if matches!(ask, perennial::report::sections::Ask::Engagement(_))
            || matches!(ask, perennial::report::sections::Ask::Journey(_))
        {
            loaded.ask(perennial::protocol::Request::Section { job: 1, ask });
            println!("{}", serde_json::to_string(&loaded.last).unwrap());
        }
    }
    let ask = perennial::report::journey::Ask {
        stages: ["event:Visit", "event:Wish list", "purchase", "purchase"].map(str::to_owned).to_vec(),
    };
    loaded.ask(perennial::protocol::Request::Section { job: 1, ask: perennial::report::sections::Ask::Journey(ask) });
    println!("{}", serde_json::to_string(&loaded.last).unwrap());
}
