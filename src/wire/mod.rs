//! The messages between page and worker as bytes: values one after the other, without names.
//!
//! Both ends are the same program, so a message always has the shape that its reader expects, and nothing has to be
//! checked by name. That is worth a format of our own: what serde derives for a type is compiled for every format, and for
//! JSON it looks up names and hands errors on, hundreds of kilobytes over all messages and the report. Here errors can't
//! happen (their type has no values), so reading and writing come down to a call a field. `docs/size.md` has the figures.
//!
//! JSON stays what a person gets ([`crate::report::export`]). What serde derives for writing is compiled once for both
//! (`writer`): a second time, for serde_json, it was a twentieth of the page.
//!
//! | value | bytes |
//! | --- | --- |
//! | integer, `bool` | 8, little end first |
//! | `f64`, `f32` | the 8 of its bits |
//! | text, `char`, bytes | length, then the bytes |
//! | list, map | length, then what is in it |
//! | struct, tuple | its fields |
//! | enum | number of the variant, then its fields |
//! | `Option` | 0, or 1 and the value |
//!
//! The format is not self-describing: `#[serde(untagged)]`, `#[serde(tag)]`, `#[serde(flatten)]` and
//! `#[serde(skip_serializing_if)]` don't work with it.

mod bytes;
mod json;
mod read;
mod writer;

use std::fmt;

use serde::{Serialize, de::DeserializeOwned};

/// A value as bytes.
pub fn write<T: Serialize>(value: &T) -> Vec<u8> {
    let mut to = bytes::Bytes::default();
    fill(value, &mut to);
    to.0
}

/// A value as indented JSON, for people.
///
/// # Panics
///
/// Where a key of a map is neither text nor number, or bytes stand in it.
pub fn json<T: Serialize>(value: &T) -> String {
    let mut to = json::Json::default();
    fill(value, &mut to);
    to.text
}

fn fill<T: Serialize>(value: &T, to: &mut dyn writer::Sink) {
    match value.serialize(writer::Writer(to)) {
        Ok(()) => {}
        Err(never) => match never {},
    }
}

/// The value that [`write()`] made these bytes of.
///
/// # Panics
///
/// Where the bytes end too early or too late for a value of this type, or hold no text where it has text. Bytes of a type
/// of the same shape are not told from its own: that both ends are the same program is what this format rests on.
pub fn read<T: DeserializeOwned>(bytes: &[u8]) -> T {
    let mut reader = read::Reader::new(bytes);
    match T::deserialize(&mut reader) {
        Ok(value) if reader.is_at_end() => value,
        Ok(_) => wrong("the end"),
        Err(never) => match never {},
    }
}

/// A value like this one. What it takes is in the page anyway for every type of a message, where `Clone` is as much code again.
pub fn copy<T: Serialize + DeserializeOwned>(value: &T) -> T {
    read(&write(value))
}

/// The error that does not happen: a message that is wrong is a fault of the program, and ends it.
#[derive(Debug)]
pub enum Never {}

#[cold]
#[inline(never)]
fn wrong(what: &str) -> ! {
    panic!("a message does not hold what it should: {what}")
}

impl fmt::Display for Never {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {}
    }
}

impl std::error::Error for Never {}

impl serde::ser::Error for Never {
    fn custom<T: fmt::Display>(_: T) -> Never {
        wrong("a value that can't be written")
    }
}

/// The messages that serde would make of type names and values are left out: nobody could act on them.
impl serde::de::Error for Never {
    fn custom<T: fmt::Display>(_: T) -> Never {
        wrong("a value out of its range")
    }

    fn invalid_type(_: serde::de::Unexpected<'_>, _: &dyn serde::de::Expected) -> Never {
        wrong("another type")
    }

    fn invalid_value(_: serde::de::Unexpected<'_>, _: &dyn serde::de::Expected) -> Never {
        wrong("another value")
    }

    fn invalid_length(_: usize, _: &dyn serde::de::Expected) -> Never {
        wrong("another length")
    }

    fn unknown_variant(_: &str, _: &'static [&'static str]) -> Never {
        wrong("another variant")
    }

    fn unknown_field(_: &str, _: &'static [&'static str]) -> Never {
        wrong("another field")
    }

    fn missing_field(_: &'static str) -> Never {
        wrong("a field less")
    }

    fn duplicate_field(_: &'static str) -> Never {
        wrong("a field twice")
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::{Deserialize, Serialize};

    use super::*;
    use crate::math::{Day, Money};

    #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
    enum Shape {
        Nothing,
        One(String),
        Pair(u8, i64),
        Named { day: Day, amount: Option<Money> },
    }

    #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
    struct All {
        shapes: Vec<Shape>,
        map: BTreeMap<usize, bool>,
        text: String,
        letter: char,
        float: f64,
        pair: (i32, Option<Box<Shape>>),
        none: Option<u32>,
        unit: (),
    }

    #[test]
    fn every_kind_of_value_comes_back() {
        let all = All {
            shapes: vec![
                Shape::Nothing,
                Shape::One("é\n".into()),
                Shape::Pair(255, i64::MIN),
                Shape::Named { day: "2024-02-29".parse().unwrap(), amount: Some(Money(-125)) },
            ],
            map: [(7, true), (usize::MAX, false)].into(),
            text: String::new(),
            letter: 'ß',
            float: 0.1 + 0.2,
            pair: (-1, Some(Box::new(Shape::Nothing))),
            none: None,
            unit: (),
        };
        assert_eq!(read::<All>(&write(&all)), all);
        assert_eq!(copy(&all), all);
        assert_eq!(serde_json::from_str::<All>(&json(&all)).unwrap(), all);
        assert_eq!(json(&all), serde_json::to_string_pretty(&all).unwrap());
    }

    #[test]
    fn json_is_escaped_as_it_has_to_be() {
        let letters: String = (0..0x100).filter_map(char::from_u32).chain(['\u{2028}', '\u{1f33f}']).collect();
        let floats = [0.0, -0.0, 1.0, 0.1 + 0.2, f64::NAN, f64::INFINITY, 123_456_789.125];
        let none: ((), Vec<u8>, BTreeMap<String, u8>, Option<char>) = Default::default();
        for pair in [json(&letters), json(&none), json(&vec![none.clone()])].iter().zip([
            serde_json::to_string_pretty(&letters).unwrap(),
            serde_json::to_string_pretty(&none).unwrap(),
            serde_json::to_string_pretty(&vec![none.clone()]).unwrap(),
        ]) {
            assert_eq!(*pair.0, pair.1);
        }
        assert_eq!(json(&floats), serde_json::to_string_pretty(&floats).unwrap());
    }

    #[test]
    #[should_panic(expected = "does not hold what it should")]
    fn bytes_of_another_type_end_the_program() {
        read::<Vec<String>>(&write(&vec![u64::MAX]));
    }

    #[test]
    #[should_panic(expected = "does not hold what it should: the end")]
    fn bytes_that_are_left_end_the_program() {
        read::<u8>(&write(&(1, 2)));
    }
}
