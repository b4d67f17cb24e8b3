//! What a million events cost: laying them out, and the two sections that are made of them, beside a million rows of orders.
//!
//! `cargo bench --bench events` prints medians; all of it together has to stay well below a second.

#[cfg(not(target_arch = "wasm32"))]
mod support;

#[cfg(not(target_arch = "wasm32"))]
mod events {
    use std::hint::black_box;

    use criterion::{Criterion, criterion_group};
    use perennial_engine::ledger::DimensionColumn;
    use perennial_engine::math::Day;
    use perennial_engine::math::random::Random;
    use perennial_engine::measures::engagement::{decline, health, outlook, score};
    use perennial_engine::measures::journey::{self, Known};
    use perennial_engine::measures::retention::{Activity, rhythm};
    use perennial_engine::report::Settings;
    use perennial_engine::report::build::{Context, analyse};
    use perennial_engine::tables::events::{Columns, Events};

    use super::support;

    const EVENTS: usize = 1_000_000;

    fn bench(criterion: &mut Criterion) {
        let ledger = support::ledger(support::ROWS);
        let analysis = analyse(&ledger, &Settings::default(), Context::default());
        let shown = analysis.shown();
        let (customers, random) = (ledger.customers.len() as u32, &mut Random::new(77));
        let names = ["Visit", "Newsletter opened", "Wish list", "Basket", "Complaint", "Review"];
        // A fifth of the people have not ordered.
        let people: Vec<u32> = (0..EVENTS).map(|_| random.below(customers + customers / 4)).collect();
        let length = (shown.end.0 - shown.start.0 + 1) as u32;
        let days: Vec<Day> = (0..EVENTS).map(|_| shown.start.plus(random.below(length) as i32)).collect();
        let kinds = DimensionColumn {
            labels: names.iter().map(|name| (*name).into()).collect(),
            codes: (0..EVENTS).map(|_| random.below(names.len() as u32)).collect(),
            ..DimensionColumn::default()
        };
        let table = Columns { people: &people, days: &days, kinds: &kinds, ends: None, status: None };
        let lay_out = || Events::of(customers as usize, &[black_box(table)]).expect("there are events");
        let events = lay_out();
        let rhythm = rhythm(shown.visits);
        let activity = Activity::Window(rhythm.window);

        let mut group = criterion.benchmark_group("events");
        group.sample_size(20);
        group.bench_function("lay out", |bench| bench.iter(lay_out));
        group.bench_function("score", |bench| {
            bench.iter(|| {
                let measured = score::measured(shown.visits, shown.start, shown.end, Some(&events));
                score::distribution(&measured, &measured.scores(&[]))
            });
        });
        group.bench_function("outlook", |bench| {
            bench.iter(|| outlook::outlook(shown, shown.start, rhythm.window, Some(&events), &[]));
        });
        let known = health::Known {
            history: shown.visits,
            end: shown.end,
            usual: rhythm.median,
            answers: &[],
            events: Some(&events),
        };
        group.bench_function("health", |bench| bench.iter(|| known.all(shown, rhythm.window)));
        group.bench_function("decline", |bench| {
            bench.iter(|| decline::decline(shown.visits, activity, shown.end, Some(&events)));
        });
        let known = Known {
            ledger: shown.whole,
            history: shown.visits,
            filtered: false,
            start: shown.start,
            end: shown.end,
            events: Some(&events),
        };
        let keys = ["event:Visit", "event:Basket", "purchase", "purchase"].map(str::to_owned);
        group.bench_function("journey of events", |bench| bench.iter(|| journey::journey(known, &keys)));
        group.bench_function("journey of purchases", |bench| bench.iter(|| journey::journey(known, &[])));
        group.finish();
    }

    criterion_group!(benches, bench);
}

#[cfg(not(target_arch = "wasm32"))]
criterion::criterion_main!(events::benches);

#[cfg(target_arch = "wasm32")]
fn main() {}
