//! JSON: what another reader takes for rows is read, and flat rows come out cell by cell as they are.

use perennial::ingest::unpack::{Damage, json};
use serde_json::{Map, Value};

/// The whole input is one text.
pub fn check(data: &[u8]) {
    let read = json::to_csv(data);
    if let Ok(text) = &read {
        super::assert_is_table(text);
    }
    let Ok(Value::Array(rows)) = serde_json::from_slice::<Value>(data) else { return };
    let Some(rows) = rows.iter().map(Value::as_object).collect::<Option<Vec<_>>>() else { return };
    assert!(matches!(read, Ok(_) | Err(Damage::NoTable)), "{read:?}");
    if let (Ok(text), true) = (read, rows.iter().all(|row| is_flat(row))) {
        assert_holds(&text, &rows);
    }
}

/// Whether no value is itself an object or a list, and every name can be a header.
fn is_flat(row: &Map<String, Value>) -> bool {
    let is_name =
        |name: &String| !name.is_empty() && !name.starts_with('\u{feff}') && !name.contains(['\u{8}', '\u{c}']);
    row.iter().all(|(name, value)| is_name(name) && !value.is_object() && !value.is_array())
}

fn assert_holds(text: &[u8], rows: &[&Map<String, Value>]) {
    let mut reader = csv::ReaderBuilder::new().from_reader(text);
    let names = reader.headers().expect("a table has a header").clone();
    // A row without a value is none.
    let is_empty = |value: &Value| value.is_null() || value.as_str() == Some("");
    let mut rows = rows.iter().filter(|row| !row.values().all(is_empty));
    for record in reader.records().map(Result::unwrap) {
        let row = rows.next().expect("no more records than rows");
        for (name, value) in row.iter() {
            let place = names.iter().position(|other| other == name).expect("every name is a header");
            let cell = &record[place];
            match value {
                Value::String(text) => assert_eq!(cell, text.replace(['\u{8}', '\u{c}'], " ")),
                Value::Number(number) => assert_eq!(cell.parse().ok(), number.as_f64(), "digits are kept"),
                Value::Bool(truth) => assert_eq!(cell, truth.to_string()),
                _ => assert_eq!(cell, ""),
            }
        }
    }
    assert_eq!(rows.next(), None, "no row is lost");
}
