//! The models against reference results (tests/fixtures/README.md): predictions of 40 digits under given parameters, and
//! the true optima of the likelihoods on real data sets, and a past whose future is known. The tables in docs/models.md are
//! what these tests measured.
#![allow(clippy::disallowed_methods, reason = "tests run natively, and read fixtures")]

#[path = "oracle_models/fits.rs"]
mod fits;
#[path = "oracle_models/past.rs"]
mod past;
#[path = "oracle_models/posterior.rs"]
mod posterior;
#[path = "oracle_models/predictions.rs"]
mod predictions;
#[path = "oracle_models/prior.rs"]
mod prior;

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// A reference document or table: with the project where it is small or always needed, else beside the checkout.
fn reference(kind: &str, file: &str) -> Option<PathBuf> {
    let with_us = root().join("tests/fixtures").join(if kind == "data" { "" } else { kind }).join(file);
    let beside = root().join("../shared/oracle").join(kind).join(file);
    [with_us, beside].into_iter().find(|path| path.exists())
}

fn json(path: &Path) -> Value {
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

/// A number, also where the reference had to write "Infinity" or "NaN".
fn float(value: &Value) -> f64 {
    value.as_f64().or_else(|| value.as_str()?.parse().ok()).unwrap_or_else(|| panic!("{value} is no number"))
}

fn four(values: &[f64]) -> [f64; 4] {
    let mut all = [1.0; 4];
    all[..values.len()].copy_from_slice(values);
    all
}

/// Holds a table of docs/models.md to what was measured; with `PERENNIAL_WRITE_DOCS=1` writes it there.
fn hold_docs(name: &str, table: &str) {
    let path = root().join("docs/models.md");
    let text = fs::read_to_string(&path).unwrap();
    let (begin, end) =
        (format!("<!-- {name}, written by tests/oracle_models.rs -->\n"), format!("<!-- end of {name} -->"));
    let from = text.find(&begin).expect("the place of the table") + begin.len();
    let to = text.find(&end).expect("the end of the table");
    if std::env::var_os("PERENNIAL_WRITE_DOCS").is_some() {
        fs::write(&path, format!("{}{table}{}", &text[..from], &text[to..])).unwrap();
    } else {
        assert_eq!(&text[from..to], table, "docs/models.md is not what was measured: PERENNIAL_WRITE_DOCS=1 writes it");
    }
}
