//! Where the centres of the prior of small shops come from: the medians of the fits of four public sets of purchases.

use std::fmt::Write;

use perennial::models::Fitted;
use perennial::models::bg_nbd::BgNbd;
use perennial::models::mbg_nbd::MbgNbd;
use perennial::models::pareto_nbd::ParetoNbd;
use perennial::models::prior::{SPREADS, coordinates};

use super::fits::summary;
use super::{hold_docs, reference};

/// What is measured, by what its summary is called.
const SETS: [(&str, &str); 4] = [
    ("CDNOW, 78 weeks", "summary_cdnow_sample_D.csv"),
    ("CDNOW, 39 weeks", "summary_cdnow_sample_calibration_weeks.csv"),
    ("apparel", "summary_apparel_D.csv"),
    ("online retail", "summary_online_retail_sample_D.csv"),
];

/// Adds a model's rows; the centres must be its medians, but for what rounding to a twentieth makes of them.
fn measure<M: Fitted>(name: &str, text: &mut String) {
    let mut columns: [Vec<f64>; 4] = Default::default();
    let shape = M::PRIOR.unwrap();
    let mut line = |what: &str, values: [f64; 4]| {
        let cells = values.map(|value| format!("{value:.2}")).join(" | ");
        writeln!(text, "| {name} | {what} | {cells} |").unwrap();
    };
    for (set, file) in SETS {
        let (histories, _) = summary(&reference("expected", file).unwrap());
        let fit = M::fit(&histories).unwrap();
        let told = coordinates(shape.drop_out, &fit.optimum.at, histories.observed / histories.customers);
        line(set, told);
        for (column, value) in columns.iter_mut().zip(told) {
            column.push(value);
        }
    }
    for (column, centre) in columns.iter_mut().zip(shape.centres) {
        column.sort_by(f64::total_cmp);
        let median = (column[1] + column[2]) / 2.0;
        assert!((median - centre).abs() <= 0.06, "{name}: {centre} is not {median}");
    }
    line("**centre**", shape.centres);
}

#[test]
fn the_prior_of_small_shops_stands_amid_public_ones() {
    if SETS.iter().any(|(_, file)| reference("expected", file).is_none()) {
        println!("The sets are not beside this checkout (../shared/oracle): not measured");
        return;
    }
    let mut text = "| model | data | ln r | ln (r T/α) | ln (a/b) or ln (s T/β) | ln √(ab) or ln s |\n\
                    | --- | --- | ---: | ---: | ---: | ---: |\n"
        .to_owned();
    measure::<BgNbd>("BG/NBD", &mut text);
    measure::<MbgNbd>("MBG/NBD", &mut text);
    measure::<ParetoNbd>("Pareto/NBD", &mut text);
    let cells = SPREADS.map(|spread| format!("{spread:.1}")).join(" | ");
    writeln!(text, "| all | **standard deviation** | {cells} |").unwrap();
    hold_docs("the fits behind the prior", &text);
}
