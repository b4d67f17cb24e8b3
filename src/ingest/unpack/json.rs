//! JSON to delimited text: an array of objects, objects one after the other (one a line), or an object that holds such an
//! array under one of its names.
//!
//! Names become columns in the order of their first appearance. Objects in objects are flattened, `customer.email`; arrays
//! stay as they are written. Numbers keep their digits.

use rustc_hash::FxHashMap;

use super::{Damage, MOST_UNPACKED, write_row};

/// Depth of what is flattened; deeper is kept as written.
const FLATTENED: usize = 4;

/// Depth of what is read at all.
const DEEPEST: usize = 128;

/// Columns that are kept.
const MOST_COLUMNS: usize = 2_000;

/// The table in a JSON text.
pub fn to_csv(bytes: &[u8]) -> Result<Vec<u8>, Damage> {
    let text = std::str::from_utf8(bytes).map_err(|_| Damage::Broken)?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let start = first_row(text)?;
    let mut names: Vec<String> = Vec::new();
    let mut places: FxHashMap<String, usize> = FxHashMap::default();
    each_row(
        text,
        start,
        &mut |name, _| {
            if !places.contains_key(name) && names.len() < MOST_COLUMNS {
                places.insert(name.to_owned(), names.len());
                names.push(name.to_owned());
            }
            Ok(())
        },
        &mut || Ok(()),
    )?;
    if names.is_empty() {
        return Err(Damage::NoTable);
    }
    let mut out = Vec::new();
    write_row(&mut out, &names);
    let row = std::cell::RefCell::new(vec![String::new(); names.len()]);
    each_row(
        text,
        start,
        &mut |name, value| {
            if let Some(&place) = places.get(name) {
                row.borrow_mut()[place] = value;
            }
            Ok(())
        },
        &mut || {
            write_row(&mut out, &row.borrow());
            row.borrow_mut().iter_mut().for_each(String::clear);
            if out.len() > MOST_UNPACKED { Err(Damage::TooLarge) } else { Ok(()) }
        },
    )?;
    Ok(out)
}

/// Where the rows begin: at the first array of objects in an object, else at the beginning.
fn first_row(text: &str) -> Result<usize, Damage> {
    let mut scan = Scan { text, at: 0 };
    scan.space();
    if scan.peek() != Some(b'{') {
        return Ok(0);
    }
    let mut found = None;
    scan.object(&mut |scan, _| {
        let start = scan.at;
        scan.skip(0)?;
        let value = &text[start..scan.at];
        if found.is_none() && value.starts_with('[') && value[1..].trim_start().starts_with('{') {
            found = Some(start);
        }
        Ok(())
    })?;
    scan.space();
    // What follows the first object is another: the objects themselves are the rows.
    Ok(if scan.at < text.len() { 0 } else { found.unwrap_or(0) })
}

type Field<'f> = dyn FnMut(&str, String) -> Result<(), Damage> + 'f;

/// Calls `field` for every field of every row, and `end` after each row.
fn each_row(
    text: &str,
    start: usize,
    field: &mut Field<'_>,
    end: &mut dyn FnMut() -> Result<(), Damage>,
) -> Result<(), Damage> {
    let mut scan = Scan { text, at: start };
    let in_array = {
        scan.space();
        scan.peek() == Some(b'[')
    };
    scan.at += usize::from(in_array);
    loop {
        scan.space();
        match scan.peek() {
            Some(b'{') => {
                scan.row("", 1, field)?;
                end()?;
            }
            Some(b',') => scan.at += 1,
            Some(b']') if in_array => return Ok(()),
            None if !in_array => return Ok(()),
            Some(b']' | b'}') | None => return Err(Damage::Broken),
            // A number or text among the objects is no row.
            Some(_) => scan.skip(0)?,
        }
    }
}

/// A place in a text.
struct Scan<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Scan<'a> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn space(&mut self) {
        while self.peek().is_some_and(|byte| byte.is_ascii_whitespace()) {
            self.at += 1;
        }
    }

    fn expect(&mut self, byte: u8) -> Result<(), Damage> {
        self.space();
        if self.peek() != Some(byte) {
            return Err(Damage::Broken);
        }
        self.at += 1;
        Ok(())
    }

    /// The fields of an object; `value` stands before each value and has to pass it.
    fn object(&mut self, value: &mut dyn FnMut(&mut Scan<'a>, String) -> Result<(), Damage>) -> Result<(), Damage> {
        self.expect(b'{')?;
        self.space();
        if self.peek() == Some(b'}') {
            self.at += 1;
            return Ok(());
        }
        loop {
            self.space();
            let name = self.string()?;
            self.expect(b':')?;
            self.space();
            value(self, name)?;
            self.space();
            match self.peek() {
                Some(b',') => self.at += 1,
                Some(b'}') => {
                    self.at += 1;
                    return Ok(());
                }
                _ => return Err(Damage::Broken),
            }
        }
    }

    /// The fields of a row, those of objects in it under both names.
    fn row(&mut self, prefix: &str, depth: usize, field: &mut Field<'_>) -> Result<(), Damage> {
        self.object(&mut |scan, name| {
            let name = if prefix.is_empty() { name } else { format!("{prefix}.{name}") };
            match scan.peek() {
                Some(b'{') if depth < FLATTENED => scan.row(&name, depth + 1, field),
                Some(b'"') => {
                    let value = scan.string()?;
                    field(&name, value)
                }
                _ => {
                    let start = scan.at;
                    scan.skip(depth)?;
                    let value = &scan.text[start..scan.at];
                    field(&name, if value == "null" { String::new() } else { value.to_owned() })
                }
            }
        })
    }

    /// Passes a value.
    fn skip(&mut self, depth: usize) -> Result<(), Damage> {
        if depth > DEEPEST {
            return Err(Damage::Broken);
        }
        match self.peek() {
            Some(b'"') => self.string().map(drop),
            Some(b'{') => self.object(&mut |scan, _| scan.skip(depth + 1)),
            Some(b'[') => {
                self.at += 1;
                loop {
                    self.space();
                    match self.peek() {
                        Some(b']') => {
                            self.at += 1;
                            return Ok(());
                        }
                        Some(b',') => self.at += 1,
                        _ => self.skip(depth + 1)?,
                    }
                }
            }
            _ => {
                let rest = &self.text.as_bytes()[self.at..];
                let is_plain = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.');
                let length = rest.iter().take_while(|byte| is_plain(byte)).count();
                self.at += length;
                if length == 0 { Err(Damage::Broken) } else { Ok(()) }
            }
        }
    }

    fn string(&mut self) -> Result<String, Damage> {
        if self.peek() != Some(b'"') {
            return Err(Damage::Broken);
        }
        self.at += 1;
        let mut out = String::new();
        loop {
            let rest = &self.text[self.at..];
            let end = rest.find(['"', '\\']).ok_or(Damage::Broken)?;
            out.push_str(&rest[..end]);
            self.at += end + 1;
            if rest.as_bytes()[end] == b'"' {
                return Ok(out);
            }
            let escape = self.peek().ok_or(Damage::Broken)?;
            self.at += 1;
            out.push(match escape {
                b'"' => '"',
                b'\\' => '\\',
                b'/' => '/',
                b'b' | b'f' => ' ',
                b'n' => '\n',
                b'r' => '\r',
                b't' => '\t',
                b'u' => self.unicode()?,
                _ => return Err(Damage::Broken),
            });
        }
    }

    /// The character behind `\u`; half of a pair is the sign for what can't be read.
    fn unicode(&mut self) -> Result<char, Damage> {
        let first = self.four()?;
        if (0xD800..0xDC00).contains(&first) && self.text[self.at..].starts_with("\\u") {
            let here = self.at;
            self.at += 2;
            let second = self.four()?;
            if (0xDC00..0xE000).contains(&second) {
                let code = 0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00);
                return Ok(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER));
            }
            self.at = here;
        }
        Ok(char::from_u32(first).unwrap_or(char::REPLACEMENT_CHARACTER))
    }

    fn four(&mut self) -> Result<u32, Damage> {
        let digits = self.text.get(self.at..self.at + 4).ok_or(Damage::Broken)?;
        self.at += 4;
        u32::from_str_radix(digits, 16).map_err(|_| Damage::Broken)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn csv(text: &str) -> Result<String, Damage> {
        to_csv(text.as_bytes()).map(|bytes| String::from_utf8(bytes).unwrap())
    }

    #[test]
    fn an_array_lines_and_a_wrapped_array_are_the_same_table() {
        let expected = "id,who.email,total,note\n1,a@x.de,12.50,\n2,,-3e2,\"say \"\"hi\"\", Zoë\"\n";
        let one = r#"{"id": 1, "who": {"email": "a@x.de"}, "total": 12.50, "note": null}"#;
        let two = r#"{"id":2,"total":-3e2,"note":"say \"hi\", Zo\u00eb"}"#;
        assert_eq!(csv(&format!("[{one},\n {two}]")).unwrap(), expected);
        assert_eq!(csv(&format!("{one}\n{two}\n")).unwrap(), expected);
        assert_eq!(
            csv(&format!("\u{feff}{{\"count\": 2, \"orders\": [{one}, {two}], \"next\": {{}}}}")).unwrap(),
            expected
        );
    }

    #[test]
    fn one_object_is_one_row_and_arrays_stay() {
        assert_eq!(csv(r#"{"a": [1, {"b": "]"}], "c": true}"#).unwrap(), "a,c\n\"[1, {\"\"b\"\": \"\"]\"\"}]\",true\n");
        assert_eq!(csv("[{\"a\":\"\\ud83d\\ude00\\ud83d\"}]").unwrap(), "a\n😀\u{fffd}\n");
    }

    #[test]
    fn what_is_no_table_or_cut_off_is_said_to_be() {
        for text in ["[]", "[1, 2]", "{}", "[{}]"] {
            assert_eq!(csv(text), Err(Damage::NoTable), "{text}");
        }
        let whole = r#"[{"a": "x\u00e9", "b": {"c": [1]}}]"#;
        for end in 1..whole.len() {
            assert_eq!(csv(&whole[..end]), Err(Damage::Broken), "{}", &whole[..end]);
        }
        assert_eq!(csv(&format!("[{{\"a\": {}", "[".repeat(100_000))), Err(Damage::Broken));
    }
}
