//! What a change of a filter costs, on a ledger of a million rows.
//!
//! `cargo bench --bench filters` prints medians and rows a second; `docs/performance.md` holds those of one machine.

#[cfg(not(target_arch = "wasm32"))]
mod support;

#[cfg(not(target_arch = "wasm32"))]
mod filters {
    use std::hint::black_box;
    use std::rc::Rc;

    use criterion::{Criterion, Throughput, criterion_group};
    use perennial_engine::ledger::{Base, Selection, Summary};
    use perennial_engine::report::Settings;
    use perennial_engine::report::build::{Context, Source};
    use perennial_engine::report::customers::{CustomerQuery, page};
    use perennial_engine::settings::DimensionFilter;

    use super::support;

    fn filter(dimension: &str, value: &str) -> Settings {
        let filter = DimensionFilter { dimension: dimension.to_owned(), values: vec![value.to_owned()] };
        Settings { filters: vec![filter], ..Settings::default() }
    }

    fn bench(criterion: &mut Criterion) {
        let ledger = support::ledger(support::ROWS);
        let (_, end) = ledger.span().expect("the ledger has rows");
        let mut group = criterion.benchmark_group("filters");
        group.throughput(Throughput::Elements(support::ROWS as u64)).sample_size(20);
        group.bench_function("visits", |bench| bench.iter(|| Base::new(black_box(ledger.clone()))));

        let source = Source::new(ledger);
        let cases = [
            ("all", Settings::default()),
            ("channel", filter("channel", "channel 0")),
            ("product", filter("product", "product 7")),
            ("last year", Settings { from: Some(end.plus(-365)), ..Settings::default() }),
            ("year before", Settings { from: Some(end.plus(-730)), to: Some(end.plus(-366)), ..Settings::default() }),
        ];
        for (name, settings) in &cases {
            group.bench_function(format!("analyse: {name}"), |bench| {
                bench.iter(|| source.analyse(black_box(settings), Context::default()));
            });
        }
        let base = Rc::new(Base::new(source.ledger().clone()));
        for (name, settings) in &cases[1..] {
            group.bench_function(format!("select: {name}"), |bench| {
                bench.iter(|| Selection::new(base.clone(), black_box(settings)));
            });
        }
        let whole = Selection::new(base, &Settings::default());
        group.bench_function("since", |bench| bench.iter(|| whole.since(black_box(end.plus(-365)))));
        group.bench_function("summary", |bench| bench.iter(|| Summary::of(black_box(&whole.visits), end)));
        let analysis = source.analyse(&Settings::default(), Context::default());
        let query = CustomerQuery { limit: 50, ..CustomerQuery::default() };
        group.bench_function("customers", |bench| bench.iter(|| page(&analysis, black_box(&query))));
        group.finish();
    }

    criterion_group!(benches, bench);
}

#[cfg(not(target_arch = "wasm32"))]
criterion::criterion_main!(filters::benches);

#[cfg(target_arch = "wasm32")]
fn main() {}
