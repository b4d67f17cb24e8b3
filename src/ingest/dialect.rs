//! Delimiter and header, by evidence from the head of a file.

use super::blank::is_blank;
use super::dates::{DateOrder, scan};
use super::encoding::Encoding;
use super::numbers::{self, DecimalSign};
use super::records::{Record, Splitter};
use crate::math::order;

/// How the text of a file is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dialect {
    /// The byte between cells.
    pub delimiter: u8,
    /// Whether the first record holds the names of the columns.
    pub has_header: bool,
}

/// What is tried, the most frequent first: it wins where two fit equally well.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];
/// Records that are looked at.
const LOOK_AT: usize = 200;

/// Tells delimiter and header from the head of a file. See [`detect_with`].
pub fn detect(head: &str) -> Dialect {
    detect_with(head, |_| false)
}

/// Tells delimiter and header from the head of a file.
///
/// The delimiter is the one that cuts most records into equally many cells, many and well typed ones. The first record
/// is a header where its cells are no dates and numbers while those below are, or where they are `known` names. Where
/// nothing tells, it is one: tables mostly have a header.
pub fn detect_with(head: &str, known: impl Fn(&str) -> bool) -> Dialect {
    let mut best = (f64::MIN, b',', Vec::new());
    for delimiter in DELIMITERS {
        let mut records = sniff_records(head, delimiter, LOOK_AT, false);
        if records.len() < 3 {
            // A short file, most likely whole.
            records = sniff_records(head, delimiter, LOOK_AT, true);
        }
        let score = score_delimiter(&records);
        if score > best.0 {
            best = (score, delimiter, records);
        }
    }
    Dialect { delimiter: best.1, has_header: is_header(&best.2, known) }
}

/// The first records of a file, at most `max`, malformed ones left out. Where `head` is not the `whole` file, its last
/// record is left out too if it may be cut.
pub fn sniff_records(head: &str, delimiter: u8, max: usize, whole: bool) -> Vec<Vec<String>> {
    let mut records = Vec::new();
    let mut keep = |record: &Record<'_>| {
        if records.len() < max && !record.malformed {
            records.push(record.iter().map(|cell| String::from_utf8_lossy(cell).into_owned()).collect());
        }
    };
    let mut splitter = Splitter::new(delimiter);
    splitter.push(head.strip_prefix('\u{feff}').unwrap_or(head).as_bytes(), &mut keep);
    if whole {
        splitter.finish(&mut keep);
    }
    records
}

/// The head of a file as text: decoded, without a byte order mark, and without a sequence cut at the end.
pub fn decode_head(head: &[u8], encoding: Encoding) -> String {
    let mut text = Vec::with_capacity(head.len());
    super::encoding::Decoder::new(encoding).push(head, &mut text);
    String::from_utf8_lossy(&text).into_owned()
}

/// What a cell looks like by itself.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    Empty,
    Number,
    Date,
    Text,
}

fn shape(cell: &str) -> Shape {
    let bytes = cell.as_bytes();
    if is_blank(bytes) {
        Shape::Empty
    } else if [DecimalSign::Point, DecimalSign::Comma].iter().any(|sign| numbers::parse(bytes, *sign).is_ok()) {
        Shape::Number
    } else if scan(bytes).is_ok_and(|scanned| {
        let orders = [DateOrder::DayMonthYear, DateOrder::MonthDayYear, DateOrder::YearMonthDay];
        orders.iter().any(|order| scanned.date.day(*order).is_some())
    }) {
        Shape::Date
    } else {
        Shape::Text
    }
}

/// The number of cells that most records have, and how many have it.
fn usual_width(records: &[Vec<String>]) -> (usize, usize) {
    let mut widths: Vec<usize> = records.iter().map(Vec::len).collect();
    order::sort_by(&mut widths, Ord::cmp);
    widths.chunk_by(|a, b| a == b).map(|same| (same[0], same.len())).max_by_key(|(_, count)| *count).unwrap_or((0, 0))
}

fn score_delimiter(records: &[Vec<String>]) -> f64 {
    let (width, count) = usual_width(records);
    if width < 2 {
        return 0.0;
    }
    let consistency = count as f64 / records.len() as f64;
    let (mut cells, mut quality) = (0.0, 0.0);
    for cell in records.iter().filter(|record| record.len() == width).flatten() {
        cells += 1.0;
        quality += match shape(cell) {
            Shape::Number | Shape::Date => 1.0,
            Shape::Empty => 0.6,
            // What a delimiter was meant to cut.
            Shape::Text if cell.bytes().any(|byte| DELIMITERS.contains(&byte)) => 0.2,
            Shape::Text => 0.7,
        };
    }
    // Twice as many columns count for something, but less than order does.
    consistency * consistency * (quality / cells) * (1.0 + 0.25 * libm::log2(width as f64))
}

/// Whether the first record holds names.
fn is_header(records: &[Vec<String>], known: impl Fn(&str) -> bool) -> bool {
    let Some((first, rest)) = records.split_first() else { return true };
    let mut evidence = 0.0;
    for (column, name) in first.iter().enumerate() {
        let name_shape = shape(name);
        evidence += match name_shape {
            Shape::Date => -3.0,
            Shape::Number => -2.0,
            Shape::Text if known(name) => 3.0,
            Shape::Text | Shape::Empty => 0.0,
        };
        let below: Vec<&str> = rest.iter().filter_map(|record| record.get(column)).map(|cell| cell.trim()).collect();
        let filled = below.iter().filter(|cell| !is_blank(cell.as_bytes())).count();
        if name_shape != Shape::Text || filled == 0 {
            continue;
        }
        let typed = below.iter().filter(|cell| matches!(shape(cell), Shape::Number | Shape::Date)).count();
        if typed * 10 >= filled * 8 {
            evidence += 2.0;
            continue;
        }
        // A value comes again or is made like the others; a name stands out.
        let name = name.trim();
        if below.contains(&name) {
            evidence -= 1.0;
        }
        let has_digit = |text: &str| text.bytes().any(|byte| byte.is_ascii_digit());
        let with_digits = below.iter().filter(|cell| has_digit(cell)).count();
        let alike = below.iter().filter(|cell| cell.len() == name.len()).count();
        if with_digits * 10 >= filled * 9 {
            evidence += match (has_digit(name), alike * 10 >= filled * 9) {
                (false, _) => 1.0,
                (true, true) => -1.0,
                (true, false) => 0.0,
            };
        }
    }
    let filled = first.iter().filter(|cell| !is_blank(cell.as_bytes())).count();
    if evidence == 0.0 { filled > 0 } else { evidence > 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dialect(head: &str) -> (char, bool) {
        let dialect = detect(head);
        (char::from(dialect.delimiter), dialect.has_header)
    }

    #[test]
    fn finds_the_delimiter() {
        assert_eq!(dialect("id;day;paid\n1;07.06.2023;16,50\n2;18.06.2023;23,99\n"), (';', true));
        assert_eq!(dialect("C001;12,50\nC002;13,00\nC001;7,25\nC003;9,99\n"), (';', false));
        assert_eq!(dialect("id\tname\n1\tSmith, John\n2\tDoe, Jane\n"), ('\t', true));
        assert_eq!(dialect("id|name|paid\n1|a|2.5\n"), ('|', true));
        assert_eq!(dialect("id,note\n1,\"a;b;c\"\n2,\"d\ne;f;g\"\n3,x\n"), (',', true));
        assert_eq!(dialect("id,tags\n1,a;b\n2,c;d\n3,e;f\n"), (',', true));
        assert_eq!(dialect("name\nZoë\n"), (',', true), "one column");
        assert_eq!(dialect(""), (',', true));
    }

    #[test]
    fn finds_the_header() {
        assert!(!detect("D1006,C002,2023-06-07,16.50\nD1003,C005,2023-06-18,23.99\n").has_header);
        assert!(!detect("C002,Berlin\nC005,Paris\nC002,Berlin\nC001,Rome\n").has_header);
        assert!(detect("name,city\nZoë,Berlin\nJosé,Paris\n").has_header);
        assert!(detect("order_id,customer_id,order_date,amount\n").has_header);
        assert!(detect("order_id,customer_id\nD1,C2\nD2,C3\n").has_header);
        assert!(detect_with("kunde,ort\n1,2\n", |name| name == "kunde").has_header);
    }

    #[test]
    fn leaves_out_a_record_that_may_be_cut() {
        assert_eq!(sniff_records("a,b\n1,2\n3,4", b',', 9, false), [["a", "b"], ["1", "2"]]);
        assert_eq!(sniff_records("a,b\n1,2\n3,4", b',', 9, true).len(), 3);
        assert_eq!(sniff_records("a,b\n1,2\n3,4", b',', 1, true), [["a", "b"]]);
        assert_eq!(sniff_records("\u{feff}a\n1,\"x\ny", b',', 9, true), [vec!["a"], vec!["y"]]);
    }

    #[test]
    fn decodes_a_head_that_is_cut_anywhere() {
        assert_eq!(decode_head(&"\u{feff}Zoë".as_bytes()[..6], Encoding::Utf8), "Zo");
        assert_eq!(decode_head(b"Zo\xEB", Encoding::Windows1252), "Zoë");
    }
}
