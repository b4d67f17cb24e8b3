//! What each part of reading costs, on a made-up export of 200,000 order lines.
//!
//! `cargo bench -p perennial-engine --bench reading` prints medians and throughput; `-- dates` measures those of that name.
//! The splitter stands beside the `csv` crate, which is its oracle in the tests. What is made of the ledger (visits, summary,
//! the report) is measured in `filters.rs`.

#[cfg(not(target_arch = "wasm32"))]
mod reading {
    use std::hint::black_box;

    use criterion::{BatchSize, BenchmarkId, Criterion, Throughput, criterion_group};
    use perennial_engine::engine::Engine;
    use perennial_engine::ingest::dates::{self, DateOrder};
    use perennial_engine::ingest::numbers::{self, DecimalSign};
    use perennial_engine::ingest::records::Splitter;
    use perennial_engine::ledger::LedgerBuilder;
    use perennial_engine::ledger::build::Row;
    use perennial_engine::math::Day;
    use perennial_engine::math::random::Random;
    use perennial_engine::protocol::{FileInfo, Reply, Request};

    const LINES: usize = 200_000;
    const HEADER: &str = "order_id,customer_id,order_date,product,channel,amount\n";

    /// A line of an order, as the engine's own types have it.
    struct Line {
        order: String,
        customer: String,
        day: Day,
        second: u32,
        product: u32,
        channel: u32,
        cents: u32,
    }

    /// Order lines over three years in order of time: one to three lines an order, few customers who buy often and many who
    /// buy once.
    fn lines() -> Vec<Line> {
        let random = &mut Random::new(1907);
        let mut lines = Vec::with_capacity(LINES);
        let mut buyers: Vec<u32> = Vec::new();
        let mut customers = 0;
        while lines.len() < LINES {
            let customer = if buyers.is_empty() || random.uniform() < 0.36 {
                customers += 1;
                customers
            } else {
                buyers[random.below(buyers.len() as u32) as usize]
            };
            buyers.push(customer);
            let (day, second) = (Day(18_993 + (lines.len() * 1096 / LINES) as i32), random.below(86_400));
            for _ in 0..1 + random.below(3) {
                lines.push(Line {
                    order: format!("O-{}", 10_000_000 + buyers.len()),
                    // One to one on eight digits: every customer has another number, in no order to be seen.
                    customer: format!("C-{:08}", u64::from(customer) * 61_803_399 % 100_000_000),
                    day,
                    second,
                    product: random.below(2000),
                    channel: random.below(5),
                    cents: 300 + random.below(20_000),
                });
            }
        }
        lines.truncate(LINES);
        lines
    }

    /// The lines as a file; one product in twenty is quoted.
    fn csv(lines: &[Line]) -> Vec<u8> {
        let mut text = HEADER.to_owned();
        for Line { order, customer, day, second, product, channel, cents } in lines {
            let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
            let product = match product % 20 {
                7 => format!("\"Linen apron {product}, large\""),
                _ => format!("Linen apron {product}"),
            };
            let (whole, part) = (cents / 100, cents % 100);
            text.push_str(&format!(
                "{order},{customer},{day} {hour:02}:{minute:02}:{second:02},{product},channel {channel},{whole}.{part:02}\n"
            ));
        }
        text.into_bytes()
    }

    fn size(cells: &[String]) -> Throughput {
        Throughput::BytesDecimal(cells.iter().map(|cell| cell.len() as u64).sum())
    }

    fn splitter(criterion: &mut Criterion) {
        let text = csv(&lines());
        let mut group = criterion.benchmark_group("splitter");
        group.throughput(Throughput::BytesDecimal(text.len() as u64)).sample_size(20);
        group.bench_function("records", |bench| {
            bench.iter(|| {
                let (mut splitter, mut cells) = (Splitter::new(b','), 0);
                splitter.push_batches(black_box(&text), &mut |batch| {
                    batch.records().for_each(|record| cells += record.len());
                });
                splitter.finish_batches(&mut |batch| batch.records().for_each(|record| cells += record.len()));
                cells
            });
        });
        group.bench_function("csv crate", |bench| {
            bench.iter(|| {
                let mut reader = csv::Reader::from_reader(black_box(&*text));
                let (mut record, mut cells) = (csv::ByteRecord::new(), 0);
                while reader.read_byte_record(&mut record).expect("a good file") {
                    cells += record.len();
                }
                cells
            });
        });
    }

    fn dates(criterion: &mut Criterion) {
        let lines = lines();
        let time =
            |line: &Line| format!("{:02}:{:02}:{:02}", line.second / 3600, line.second / 60 % 60, line.second % 60);
        let written = |write: &dyn Fn(&Line) -> String| lines.iter().map(write).collect::<Vec<_>>();
        let cases = [
            ("ISO", DateOrder::YearMonthDay, written(&|line| line.day.to_string())),
            ("ISO with time", DateOrder::YearMonthDay, written(&|line| format!("{} {}", line.day, time(line)))),
            (
                "day first",
                DateOrder::DayMonthYear,
                written(&|line| line.day.to_string().split('-').rev().collect::<Vec<_>>().join(".")),
            ),
        ];
        let mut group = criterion.benchmark_group("dates");
        for (name, order, cells) in &cases {
            group.throughput(size(cells)).bench_function(*name, |bench| {
                bench.iter(|| {
                    let days = |cell: &String| dates::parse(black_box(cell.as_bytes()), *order).expect("a date").day.0;
                    cells.iter().map(days).fold(0, |sum: i32, day| sum.wrapping_add(day))
                });
            });
        }
    }

    fn numbers(criterion: &mut Criterion) {
        let lines = lines();
        let written = |write: &dyn Fn(u32) -> String| lines.iter().map(|line| write(line.cents)).collect::<Vec<_>>();
        let cases = [
            ("plain", DecimalSign::Point, written(&|cents| format!("{}.{:02}", cents / 100, cents % 100))),
            ("with a currency", DecimalSign::Point, written(&|cents| format!("${}.{:02}", cents / 100, cents % 100))),
            (
                "grouped, comma",
                DecimalSign::Comma,
                written(&|cents| format!("1.{:03},{:02}", cents / 100, cents % 100)),
            ),
        ];
        let mut group = criterion.benchmark_group("numbers");
        for (name, decimal, cells) in &cases {
            group.throughput(size(cells)).bench_function(*name, |bench| {
                bench.iter(|| {
                    let values =
                        |cell: &String| numbers::parse(black_box(cell.as_bytes()), *decimal).expect("a number").value;
                    cells.iter().map(values).sum::<i64>()
                });
            });
        }
    }

    fn filled(lines: &[Line], products: &[String]) -> LedgerBuilder {
        let mut builder = LedgerBuilder::new(vec![("product".to_owned(), Some("product".to_owned()))], true);
        assert!(builder.expect(lines.len()));
        for line in lines {
            let dimensions = &[products[line.product as usize].as_str()];
            let (order, second) = (Some(line.order.as_str()), Some(line.second));
            let amount = i64::from(line.cents) * 100;
            assert!(builder.push(Row { customer: &line.customer, day: line.day, second, amount, order, dimensions }));
        }
        builder
    }

    fn ledger(criterion: &mut Criterion) {
        let lines = lines();
        let products: Vec<String> = (0..2000).map(|number| format!("Linen apron {number}")).collect();
        let mut group = criterion.benchmark_group("ledger");
        group.sample_size(20);
        let ids: usize = lines.iter().map(|line| line.customer.len() + line.order.len()).sum();
        for (order, lines) in [("in order", &lines), ("in random order", &shuffled())] {
            group.throughput(Throughput::BytesDecimal(ids as u64));
            group.bench_function(BenchmarkId::new("interning", order), |bench| {
                bench.iter(|| filled(black_box(lines), &products));
            });
            group.throughput(Throughput::Elements(LINES as u64));
            group.bench_function(BenchmarkId::new("sorting", order), |bench| {
                bench.iter_batched(|| filled(lines, &products), LedgerBuilder::finish, BatchSize::LargeInput);
            });
        }
    }

    /// The same lines in random order (Fisher-Yates).
    fn shuffled() -> Vec<Line> {
        let (mut lines, random) = (lines(), &mut Random::new(7));
        for i in (1..lines.len()).rev() {
            lines.swap(i, random.below(i as u32 + 1) as usize);
        }
        lines
    }

    /// All of it together: from the bytes of a file to the review, as the page does it.
    fn whole(criterion: &mut Criterion) {
        let text = csv(&lines());
        let mut group = criterion.benchmark_group("whole");
        group.throughput(Throughput::BytesDecimal(text.len() as u64)).sample_size(10);
        group.bench_function("to the review", |bench| {
            bench.iter(|| {
                let mut engine = Engine::new();
                let files = vec![FileInfo { name: "orders.csv".to_owned(), size: text.len() as u64 }];
                let mut replies = engine.handle(Request::Open { job: 1, files, options: Vec::new() });
                while let Some(want) = engine.wants() {
                    let from = want.offset as usize;
                    replies = engine.feed(black_box(&text[from..from + want.len]));
                }
                assert!(
                    replies.iter().any(|reply| matches!(reply, Reply::Review { .. })),
                    "the file was not understood"
                );
            });
        });
    }

    criterion_group!(benches, splitter, dates, numbers, ledger, whole);
}

#[cfg(not(target_arch = "wasm32"))]
criterion::criterion_main!(reading::benches);

#[cfg(target_arch = "wasm32")]
fn main() {}
