//! How measures of customers go together.

use crate::report::drivers::{Correlations, Drivers, Measure};
use crate::words::facts::FEW;
use crate::words::format::Format;

/// Why nothing is told of how they go together; nothing where it is.
pub fn missing(section: &Drivers, f: &dyn Format) -> Option<String> {
    let none = section.correlations.values.iter().flatten().all(Option::is_none);
    none.then(|| {
        let customers = f.count(section.customers, "customer");
        format!("How measures go together can’t be told: {customers} observed for a year; it takes {FEW}.")
    })
}

/// The finding: how the first order goes with what follows it.
pub fn title(correlations: &Correlations, f: &dyn Format) -> String {
    let at = |wanted: Measure| correlations.measures.iter().position(|measure| *measure == wanted);
    let found = at(Measure::FirstOrder).zip(at(Measure::Revenue)).and_then(|(a, b)| correlations.values[a][b]);
    match found {
        None => "How measures of customers go together".to_owned(),
        Some(value) => {
            let value_said = f.number(value, 2);
            match value.abs() {
                size if size < 0.1 => {
                    format!("A larger first order says hardly anything about what follows ({value_said})")
                }
                size if size < 0.3 => format!("A larger first order goes weakly with what follows ({value_said})"),
                size if size < 0.5 => format!("A larger first order goes along with what follows ({value_said})"),
                _ => format!("A larger first order goes closely with what follows ({value_said})"),
            }
        }
    }
}

/// What the table holds.
pub const SUB: &str = "Rank correlations: 1 goes up together, 0 not at all, −1 one up and the other down. Each of the customers \
                       of whom both are known.";
