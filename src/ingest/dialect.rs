//! Delimiter and header, by evidence from the head of a file.

use super::blank::is_blank;
use super::date_scan::scan;
use super::dates::DateOrder;
use super::encoding::Encoding;
use super::numbers::{self, DecimalSign};
use super::records::{Record, Splitter};
use crate::math::order;

/// How the text of a file is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dialect {
    /// The byte between cells.
    pub delimiter: u8,
    /// Whether the first record of the table holds the names of the columns.
    pub has_header: bool,
    /// Line of the file that the table begins on, from 1. What stands above (a title, a period) is no part of it.
    pub first_line: u64,
}

/// A record of the head of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sniffed {
    /// Line of the file that it begins on, from 1.
    pub line: u64,
    /// Its cells.
    pub cells: Vec<String>,
}

/// What is tried, the most frequent first: it wins where two fit equally well.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];
/// Records that are looked at.
const LOOK_AT: usize = 200;
/// Records above a table: among so many the names of its columns are looked for.
const MOST_ABOVE: usize = 30;

/// Tells delimiter and header from the head of a file. See [`detect_with`].
pub fn detect(head: &str) -> Dialect {
    detect_with(head, None, |_| false)
}

/// Tells delimiter and header from the head of a file; `said` is the delimiter where it is known.
///
/// A first line `sep=;` names the delimiter, as spreadsheets take it. Else it is the one that cuts most records into
/// equally many cells, many and well typed ones. The table begins with the first record that has as many cells as most
/// and holds names: its cells are no dates and numbers while those below are, or they are `known` names. Where nothing
/// tells, the first record holds the names: tables mostly have a header.
pub fn detect_with(head: &str, said: Option<u8>, known: impl Fn(&str) -> bool) -> Dialect {
    let said = said.or_else(|| separator_hint(head.lines().next()?.as_bytes()));
    let mut best = (f64::MIN, b',', Vec::new());
    for delimiter in said.map_or(DELIMITERS.to_vec(), |said| vec![said]) {
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
    let (_, delimiter, records) = best;
    let (start, has_header) = find_table(&records, &known);
    Dialect { delimiter, has_header, first_line: records.get(start).map_or(1, |record| record.line) }
}

/// The delimiter that a line `sep=;` names.
pub fn separator_hint(line: &[u8]) -> Option<u8> {
    let line = line.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(line).trim_ascii_end();
    let line = line.strip_prefix(b"\"").map_or(line, |inner| inner.strip_suffix(b"\"").unwrap_or(inner));
    match line {
        [name @ .., delimiter] if name.eq_ignore_ascii_case(b"sep=") && delimiter.is_ascii_punctuation() => {
            Some(*delimiter)
        }
        // The tab itself was trimmed as the end of the line.
        name if name.eq_ignore_ascii_case(b"sep=") => Some(b'\t'),
        _ => None,
    }
}

/// The first records of a file, at most `max`, malformed ones and the line that names the delimiter left out. Where
/// `head` is not the `whole` file, its last record is left out too if it may be cut.
pub fn sniff_records(head: &str, delimiter: u8, max: usize, whole: bool) -> Vec<Sniffed> {
    let mut records = Vec::new();
    let head = head.strip_prefix('\u{feff}').unwrap_or(head);
    let hinted = head.lines().next().is_some_and(|line| separator_hint(line.as_bytes()).is_some());
    let mut keep = |record: &Record<'_>| {
        if records.len() < max && !record.malformed && !(hinted && record.line == 1) {
            let cells = record.iter().map(|cell| String::from_utf8_lossy(cell).into_owned()).collect();
            records.push(Sniffed { line: record.line, cells });
        }
    };
    let mut splitter = Splitter::new(delimiter);
    splitter.push(head.as_bytes(), &mut keep);
    if whole {
        splitter.finish(&mut keep);
    }
    records
}

/// The head of a file as text: decoded, without a byte order mark and NUL characters, and without a sequence cut at the end.
pub fn decode_head(head: &[u8], encoding: Encoding) -> String {
    let mut text = Vec::with_capacity(head.len());
    super::encoding::Decoder::new(encoding).push(head, &mut text);
    super::encoding::take_out_nul(&mut text);
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

/// The number of cells that most records have, and how many have it. One cell is no table, so it only counts where no
/// record has more.
fn usual_width(records: &[Sniffed]) -> (usize, usize) {
    let mut widths: Vec<usize> = records.iter().map(|record| record.cells.len()).collect();
    order::sort_by(&mut widths, Ord::cmp);
    let same = widths.chunk_by(|a, b| a == b).map(|same| (same[0], same.len()));
    same.max_by_key(|(width, count)| (*width > 1, *count)).unwrap_or((0, 0))
}

fn score_delimiter(records: &[Sniffed]) -> f64 {
    let (width, count) = usual_width(records);
    if width < 2 {
        return 0.0;
    }
    let consistency = count as f64 / records.len() as f64;
    let (mut cells, mut quality) = (0.0, 0.0);
    for cell in records.iter().filter(|record| record.cells.len() == width).flat_map(|record| &record.cells) {
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

/// Where the table begins among the records, and whether it does with names.
fn find_table(records: &[Sniffed], known: &impl Fn(&str) -> bool) -> (usize, bool) {
    let (width, _) = usual_width(records);
    // Once a record looks like a row, only names that are known can still be those of the columns.
    let mut in_table = false;
    for (at, record) in records.iter().enumerate().take(MOST_ABOVE) {
        let cells = &record.cells;
        let filled = cells.iter().filter(|cell| !is_blank(cell.as_bytes())).count();
        let as_wide = cells.len() == width && width > 1 && filled * 2 > width;
        let texts = cells.iter().all(|cell| matches!(shape(cell), Shape::Text | Shape::Empty));
        let known_names = cells.iter().filter(|cell| known(cell)).count();
        let sure = !in_table || known_names > 1;
        if as_wide && texts && sure && header_evidence(cells, &records[at + 1..], known) > 0.0 {
            return (at, true);
        }
        in_table |= as_wide;
    }
    let Some((first, below)) = records.split_first() else { return (0, true) };
    let evidence = header_evidence(&first.cells, below, known);
    let is_filled = first.cells.iter().any(|cell| !is_blank(cell.as_bytes()));
    (0, if evidence == 0.0 { is_filled } else { evidence > 0.0 })
}

/// How much speaks for a record to hold names: above zero for, below zero against.
fn header_evidence(names: &[String], rest: &[Sniffed], known: &impl Fn(&str) -> bool) -> f64 {
    let mut evidence = 0.0;
    for (column, name) in names.iter().enumerate() {
        let name_shape = shape(name);
        evidence += match name_shape {
            Shape::Date => -3.0,
            Shape::Number => -2.0,
            Shape::Text if known(name) => 3.0,
            Shape::Text | Shape::Empty => 0.0,
        };
        let below: Vec<&str> =
            rest.iter().filter_map(|record| record.cells.get(column)).map(|cell| cell.trim()).collect();
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
    evidence
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
        assert!(detect_with("kunde,ort\n1,2\n", None, |name| name == "kunde").has_header);
    }

    /// Delimiter, line of the header and whether there is one.
    fn layout(head: &str) -> (char, u64, bool) {
        let known = |name: &str| ["Order", "Customer", "Date", "Amount"].contains(&name);
        let dialect = detect_with(head, None, known);
        (char::from(dialect.delimiter), dialect.first_line, dialect.has_header)
    }

    #[test]
    fn finds_the_header_below_a_title_by_evidence() {
        let table = "Order,Customer,Date,Amount\n1,a,2026-01-02,5.00\n2,b,2026-01-03,6.00\n";
        assert_eq!(layout(table), (',', 1, true));
        assert_eq!(layout(&format!("Sales report\nPeriod: 1 Jan, 2026 to 3 Jan, 2026\n\n{table}")), (',', 4, true));
        assert_eq!(layout(&format!("Sales report,,,\nPeriod,2026,,\n,,,\n{table}")), (',', 4, true), "padded");
        assert_eq!(layout(&format!("Period,2026-01-01,to,2026-01-03\n{table}")), (',', 2, true), "as wide as a row");
        let unknown = table.replace("Order,Customer,Date,Amount", "a1,b2,c3,d4");
        assert_eq!(layout(&format!("Title\n{unknown}")), (',', 2, true), "by what stands below");
        let many = "A title\n".repeat(12);
        assert_eq!(layout(&format!("{many}{table}")), (',', 13, true), "more lines above than rows");
        assert_eq!(layout(&format!("Umsatz, brutto\n\n{}", table.replace(',', ";"))), (';', 3, true));
    }

    #[test]
    fn takes_no_row_for_a_title() {
        let rows = "1,a,2026-01-02,5.00\n2,b\n3,c,unknown,missing\n4,d,2026-01-04,6.00\n5,e,2026-01-05,7.00\n";
        assert_eq!(layout(rows), (',', 1, false));
        assert_eq!(layout(&format!("short\n{rows}")), (',', 1, true), "nothing below is a header");
    }

    #[test]
    fn a_first_line_may_name_the_delimiter() {
        assert_eq!(layout("sep=;\nOrder;Paid, net\n1;2,50\n2;3,50\n"), (';', 2, true));
        assert_eq!(layout("\u{feff}SEP=|\r\nOrder|Amount\r\n1|2\r\n"), ('|', 2, true));
        assert_eq!(layout("\"sep=#\"\nOrder#Amount\n1#2\n"), ('#', 2, true));
        assert_eq!(layout("sep=\t\nOrder\tAmount\n1\t2\n"), ('\t', 2, true));
        assert_eq!(separator_hint(b"september"), None);
        assert_eq!(separator_hint(b"sep=ab"), None);
    }

    #[test]
    fn leaves_out_a_record_that_may_be_cut() {
        let cells = |head, max, whole| -> Vec<Vec<String>> {
            sniff_records(head, b',', max, whole).into_iter().map(|record| record.cells).collect()
        };
        assert_eq!(cells("a,b\n1,2\n3,4", 9, false), [["a", "b"], ["1", "2"]]);
        assert_eq!(cells("a,b\n1,2\n3,4", 9, true).len(), 3);
        assert_eq!(cells("a,b\n1,2\n3,4", 1, true), [["a", "b"]]);
        assert_eq!(cells("\u{feff}a\n1,\"x\ny", 9, true), [vec!["a"], vec!["y"]]);
        assert_eq!(sniff_records("\n\na\n", b',', 9, true)[0].line, 3);
    }

    #[test]
    fn decodes_a_head_that_is_cut_anywhere() {
        assert_eq!(decode_head(&"\u{feff}Zoë".as_bytes()[..6], Encoding::Utf8), "Zo");
        assert_eq!(decode_head(b"Zo\xEB", Encoding::Windows1252), "Zoë");
    }
}
