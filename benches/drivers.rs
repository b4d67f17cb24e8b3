//! What a regression of yes or no costs: 100,000 customers, 20 features, and again without each of five folds.
//!
//! `cargo bench --bench drivers` prints medians.

#[cfg(not(target_arch = "wasm32"))]
mod drivers {
    use std::hint::black_box;

    use criterion::{Criterion, Throughput, criterion_group};
    use perennial_engine::math::random::Random;
    use perennial_engine::math::regression::{Design, linear, logistic, quality};

    const CUSTOMERS: usize = 100_000;
    const FEATURES: usize = 20;
    const FOLDS: u8 = 5;

    /// Half of the columns are numbers and half groups, and all of them have a say.
    fn made_up() -> (Vec<Vec<f64>>, Vec<f64>, Vec<u8>) {
        let mut random = Random::new(11);
        let mut columns = vec![Vec::with_capacity(CUSTOMERS); FEATURES];
        let (mut yes, mut fold) = (Vec::new(), Vec::new());
        for _ in 0..CUSTOMERS {
            let mut exponent = -1.0;
            for (at, column) in columns.iter_mut().enumerate() {
                let x = if at % 2 == 0 { random.normal() } else { f64::from(u8::from(random.uniform() < 0.2)) };
                exponent += x * (at as f64 - 9.5) / 20.0;
                column.push(x);
            }
            yes.push(f64::from(u8::from(random.uniform() < 1.0 / (1.0 + libm::exp(-exponent)))));
            fold.push(random.below(u32::from(FOLDS)) as u8);
        }
        (columns, yes, fold)
    }

    fn bench(criterion: &mut Criterion) {
        let (columns, yes, fold) = made_up();
        let mut group = criterion.benchmark_group("drivers");
        group.throughput(Throughput::Elements(CUSTOMERS as u64)).sample_size(10);
        group.bench_function("logistic, cross-validated", |bench| {
            bench.iter(|| {
                let design = Design::new(black_box(&columns));
                let fitted = logistic::logistic(&design, &yes).expect("nothing is separated");
                let said = fitted.held_out(&design, &yes, &fold, FOLDS).expect("in no fold either");
                quality::auc(&said, &yes)
            });
        });
        group.bench_function("linear, cross-validated", |bench| {
            bench.iter(|| {
                let design = Design::new(black_box(&columns));
                let fitted = linear::linear(&design, &yes);
                let said = linear::held_out(&design, &yes, &fold, FOLDS);
                (fitted.map(|fitted| fitted.r2), linear::explained(&yes, &said))
            });
        });
        group.finish();
    }

    criterion_group!(benches, bench);
}

#[cfg(not(target_arch = "wasm32"))]
criterion::criterion_main!(drivers::benches);

#[cfg(target_arch = "wasm32")]
fn main() {}
