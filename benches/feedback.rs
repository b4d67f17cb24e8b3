//! What 200,000 answers with comments cost: reading the file, the section when it is first asked for, and again.
//!
//! `cargo bench --bench feedback` prints medians.

#[cfg(not(target_arch = "wasm32"))]
mod feedback {
    use std::fmt::Write;

    use criterion::{BatchSize, Criterion, criterion_group};
    use perennial_engine::engine::Engine;
    use perennial_engine::math::Day;
    use perennial_engine::math::random::Random;
    use perennial_engine::protocol::{FileInfo, Reply, Request};
    use perennial_engine::report::feedback::Ask;
    use perennial_engine::report::sections;

    const ANSWERS: u32 = 200_000;

    /// Words as they come: the frequent ones of English, then some of a shop, then rare ones that are made up.
    const WORDS: &str = "the was and it to my i not very is a of but for with they in on have so order delivery late pots plants \
        broken arrived box great good bad love lovely happy never again service price quality packed quickly roots healthy \
        dead wrong colour refund reply support thanks disappointed excellent GREAT terrible";

    /// A survey with an answer a row, and a comment of 15 words on average, every tenth with an emoji.
    fn survey() -> String {
        let random = &mut Random::new(200);
        let words: Vec<&str> = WORDS.split_ascii_whitespace().collect();
        let mut text = "customer,date,nps,comment\n".to_owned();
        for _ in 0..ANSWERS {
            let (customer, day) = (random.below(60_000), Day(19_700 + random.below(700) as i32));
            let score = random.below(11);
            write!(text, "C{customer},{day},{score},\"").expect("text takes all that is written");
            for place in 0..5 + random.below(21) {
                let rank = random.below(60) * random.below(60) / 60;
                match words.get(rank as usize) {
                    Some(word) => text.push_str(word),
                    None => write!(text, "word{}", random.below(20_000)).expect("text takes all that is written"),
                }
                text.push_str(if place % 7 == 6 { ", " } else { " " });
            }
            text.push_str(if score % 10 == 3 { "😡\"\n" } else { "!\"\n" });
        }
        text
    }

    fn read(text: &str) -> Engine {
        let mut engine = Engine::new();
        let files = vec![FileInfo { name: "survey.csv".to_owned(), size: text.len() as u64 }];
        engine.handle(Request::Open { job: 1, files, options: Vec::new() });
        while let Some(want) = engine.wants() {
            let from = want.offset as usize;
            engine.feed(&text.as_bytes()[from..from + want.len]);
        }
        engine.handle(Request::Compute { job: 1, settings: Box::default() });
        engine
    }

    fn section(engine: &mut Engine) -> Vec<Reply> {
        engine.handle(Request::Section { job: 1, ask: sections::Ask::Feedback(Ask::default()) })
    }

    fn bench(criterion: &mut Criterion) {
        let text = survey();
        let mut group = criterion.benchmark_group("feedback");
        group.sample_size(10);
        group.bench_function("read", |bench| bench.iter(|| read(&text)));
        let first = |mut engine: Engine| section(&mut engine);
        group.bench_function("first", |bench| bench.iter_batched(|| read(&text), first, BatchSize::PerIteration));
        let mut engine = read(&text);
        section(&mut engine);
        group.bench_function("again", |bench| bench.iter(|| section(&mut engine)));
        group.finish();
    }

    criterion_group!(benches, bench);
}

#[cfg(not(target_arch = "wasm32"))]
criterion::criterion_main!(feedback::benches);

#[cfg(target_arch = "wasm32")]
fn main() {}
