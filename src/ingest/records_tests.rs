//! Tests of the splitter: cases from real files, and properties against the `csv` crate.

use proptest::prelude::*;

use super::*;

/// Line, malformed, cells.
type Row = (u64, bool, Vec<String>);

fn split_slices<'a>(delimiter: u8, slices: impl IntoIterator<Item = &'a [u8]>) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut on = |record: &Record<'_>| {
        let cells: Vec<String> = record.iter().map(|cell| String::from_utf8_lossy(cell).into_owned()).collect();
        assert_eq!(cells.len(), record.len());
        assert_eq!(record.get(record.len()), None);
        rows.push((record.line, record.malformed, cells));
    };
    let mut splitter = Splitter::new(delimiter);
    for slice in slices {
        splitter.push(slice, &mut on);
    }
    splitter.finish(&mut on);
    rows
}

fn split(text: &str) -> Vec<Row> {
    split_slices(b',', [text.as_bytes()])
}

fn cells(text: &str) -> Vec<Vec<String>> {
    split(text).into_iter().map(|(_, _, cells)| cells).collect()
}

#[test]
fn reads_plain_and_quoted_cells() {
    assert_eq!(cells("a,b\n1,2\n"), [["a", "b"], ["1", "2"]]);
    assert_eq!(cells("a,\"b, \"\"c\"\"\"\r\n\"\",x"), [["a", "b, \"c\""], ["", "x"]]);
    assert_eq!(cells("a,\r,b\r"), [["a", ""], ["", "b"]]);
    assert_eq!(cells("\"a\nb\",c\n"), [["a\nb", "c"]]);
    assert_eq!(cells(""), [] as [Vec<String>; 0]);
    assert_eq!(cells("a,"), [["a", ""]]);
    assert_eq!(cells("\"\"\n"), [[""]], "a quoted empty cell is no blank line");
    assert_eq!(cells("C\x00002,\0\n"), [["C\x00002", "\0"]]);
    assert_eq!(split_slices(b'\t', [&b"a,\"b\"\t\"c\td\"\n"[..]])[0].2, ["a,\"b\"", "c\td"]);
}

#[test]
fn counts_lines_as_an_editor_does() {
    let lines = |text: &str| split(text).iter().map(|row| row.0).collect::<Vec<_>>();
    assert_eq!(lines("\n\na\r\n\r\nb\rc\n\"d\r\ne\rf\"\ng"), [3, 5, 6, 7, 10]);
    assert_eq!(lines("a\r\rb"), [1, 3]);
    assert_eq!(lines("a\n\rb"), [1, 3]);
}

#[test]
fn keeps_quotes_that_are_text() {
    assert_eq!(cells("5\" pipe,a\"b\"\n"), [["5\" pipe", "a\"b\""]]);
    assert_eq!(cells("\"24\" monitor\",5\n"), [["24\" monitor", "5"]], "not doubled, but closed");
    assert_eq!(cells("\"The Best\" mug,5\nx,y"), [["\"The Best\" mug", "5"], ["x", "y"]], "a file without quoting");
    assert_eq!(cells("\"a\" ,\"b\"  \n"), [["a", "b"]], "spaces behind the closing quote");
}

#[test]
fn an_unclosed_quote_costs_one_line() {
    let bad = (2, true, vec!["1,\"C002,5".to_string()]);
    let rows = split("a,b,c\n1,\"C002,5\n2,x,6\n3,y,7\n");
    assert_eq!(rows[1], bad);
    assert_eq!(rows.iter().map(|row| row.0).collect::<Vec<_>>(), [1, 2, 3, 4]);
    // The next quote opens a field, so the one before was never closed.
    let rows = split("a,b,c\n1,\"C002,5\n2,\"x, y\",6\n3,\"z\",7\n");
    assert_eq!(rows[1], bad);
    assert_eq!(rows[2].2, ["2", "x, y", "6"]);
    assert_eq!(rows.len(), 4);
    // All cells quoted.
    let rows = split("\"1\",\"C002,5\n\"2\",\"\",\"6\"\n\"3\",\"z\",\"7\"\n");
    assert!(rows[0].1 && !rows[1].1 && rows.len() == 3, "{rows:?}");
    // A field with a line break before it stays one record with it.
    let rows = split("\"n\no\",\"C002,5\n2,x\n");
    assert_eq!(rows, [(1, true, vec!["\"n".into()]), (3, false, vec!["2".into(), "x".into()])]);
}

#[test]
fn a_quote_that_is_closed_by_chance_swallows_no_records() {
    let rows = |broken: &str, closing: &str| {
        let fine =
            |from: u32| (from..from + 40).map(|n| format!("{n},C{n},2024-01-05,1.50,fine\n")).collect::<String>();
        split(&format!("{}{broken}\n{}{closing}\n{}", fine(100), fine(200), fine(300)))
    };
    for (broken, closing) in [
        // Something in inches at the end of a later cell; a cell that begins with a delimiter; a stray quote.
        ("1,C1,2024-01-05,1.50,\"a note", "2,C2,2024-01-05,1.50,a pot of 5\""),
        ("1,C1,2024-01-05,1.50,\"a note", "2,C2,2024-01-05,1.50,\", and more\""),
        ("1,\"C1,2024-01-05,1.50,a note", "2,C2\",2024-01-05,1.50,a pot"),
    ] {
        let rows = rows(broken, closing);
        let bad: Vec<_> = rows.iter().filter(|row| row.1).collect();
        assert_eq!(bad, [&(41, true, vec![broken.to_owned()])]);
        assert_eq!((rows.len(), rows[41].0, rows[121].0), (122, 42, 122), "{closing}");
    }
    // Lines that a person broke, tables of another width, and one comma a line beside one column.
    for note in [
        "Dear all,\nplease leave it, if nobody is in,\nat the door\nof the house, number 5,\nThank you, Ann",
        "a,b\nc,d\ne,f\ng,h\ni,j\nk,l\nm,n\no,p\nq,r\ns,t",
        // A list that begins on a line of its own, with as many commas a line as there are columns.
        "\nmug,a,b,c,4\ncap,a,b,c,4\npen,a,b,c,4\nbag,a,b,c,4\n",
    ] {
        assert_eq!(cells(&format!("1,C1,2,3,\"{note}\"\n"))[0][4], note);
    }
    let payload = (0..20).map(|n| format!("  \"\"k{n}\"\": {n},\n")).collect::<String>();
    assert_eq!(cells(&format!("1,\"{{\n{payload}}}\"\n"))[0].len(), 2);
}

#[test]
fn an_unclosed_quote_is_bounded_in_a_long_file() {
    let mut text = String::from("1,\"never closed\n");
    for row in 0..5_000 {
        text += &format!("{row},fine\n");
    }
    text += "x,\"last\"\n";
    let rows = split(&text);
    assert_eq!(rows.len(), 5_002);
    assert_eq!(rows.iter().filter(|row| row.1).count(), 1);
    assert_eq!(rows[5_001], (5_002, false, vec!["x".into(), "last".into()]));
}

#[test]
fn a_long_field_is_read_and_an_endless_one_is_reported() {
    let long = "x".repeat(200_000);
    assert_eq!(cells(&format!("a,\"{long}\"\nb,c\n"))[0][1].len(), 200_000);
    let endless = "x".repeat(MAX_RECORD + 10);
    let text = format!("a\n{endless},1\nb\n");
    for size in [1 << 16, 70_001, text.len()] {
        let rows = split_slices(b',', text.as_bytes().chunks(size));
        assert_eq!(rows.iter().map(|row| (row.0, row.1)).collect::<Vec<_>>(), [(1, false), (2, true), (3, false)]);
    }
}

#[test]
fn quotes_that_are_text_all_along_a_line_take_no_time() {
    // Each try of a quote reads up to the end of the line: of all of them that would be the square of its length.
    let line = "\"a\"x,".repeat(150_000);
    let rows = split(&format!("{line}\n1,2\n"));
    assert_eq!((rows[0].2.len(), rows[0].1, rows[0].2[149_999].as_str()), (150_001, false, "\"a\"x"));
    assert_eq!(rows[1].2, ["1", "2"]);
    let quotes = "\"".repeat(900_000);
    assert_eq!(cells(&format!("{quotes},x\n"))[0][1], "x");
}

#[test]
fn a_line_of_64_mb_is_one_malformed_record() {
    let mut splitter = Splitter::new(b',');
    let mut rows = Vec::new();
    let mut on = |record: &Record<'_>| rows.push((record.line, record.malformed, record.len()));
    splitter.push(b"a,b\n", &mut on);
    let part = b"x,\"y z".repeat(1 << 17);
    for _ in 0..(64 << 20) / part.len() {
        splitter.push(&part, &mut on);
    }
    splitter.push(b"\n1,2\n", &mut on);
    assert!(splitter.carry.capacity() <= 4 * MAX_RECORD, "{}", splitter.carry.capacity());
    splitter.finish(&mut on);
    assert_eq!(rows, [(1, false, 2), (2, true, 1), (3, false, 2)]);
}

#[test]
fn rows_of_delimiters_are_blank() {
    let mut blank = Vec::new();
    let mut splitter = Splitter::new(b',');
    splitter.push(b", ,\t\n\"\",\na,\n", &mut |record| blank.push(record.is_blank()));
    assert_eq!(blank, [true, true, false]);
}

/// Cuts bytes into slices of the given sizes, over and over.
fn cut<'a>(mut rest: &'a [u8], sizes: &[usize]) -> Vec<&'a [u8]> {
    let (mut slices, mut sizes) = (Vec::new(), sizes.iter().cycle());
    while !rest.is_empty() {
        let (slice, tail) = rest.split_at((*sizes.next().unwrap()).min(rest.len()));
        slices.push(slice);
        rest = tail;
    }
    slices
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    /// Also for broken text: the alphabet is all that the splitter looks at.
    #[test]
    fn any_slicing_gives_the_records_of_the_whole(
        text in "[a,\" \r\n]{0,60}",
        sizes in prop::collection::vec(1usize..9, 1..10),
    ) {
        prop_assert_eq!(split_slices(b',', cut(text.as_bytes(), &sizes)), split(&text));
    }

    /// Nothing is lost: what is not malformed, not quoted and not blank comes out as it stands.
    #[test]
    fn text_without_quotes_is_split_at_delimiters_and_line_ends(text in "[ab,; \r\n]{0,60}") {
        let expected: Vec<Vec<String>> = text
            .split(['\n', '\r'])
            .filter(|line| !line.is_empty())
            .map(|line| line.split(',').map(str::to_string).collect())
            .collect();
        prop_assert_eq!(cells(&text), expected);
    }

    #[test]
    fn valid_text_gives_the_records_of_the_csv_crate(
        rows in prop::collection::vec(prop::collection::vec("[ab;,\"\r\n é0]{0,6}", 1..5), 0..8),
        quote_all in any::<bool>(),
        line_end in prop::sample::select(vec!["\n", "\r\n", "\r"]),
        final_end in any::<bool>(),
        blank in any::<bool>(),
        delimiter in prop::sample::select(vec![b',', b';', b'\t', b'|']),
        size in 1usize..40,
    ) {
        let mut lines = Vec::new();
        for row in &rows {
            let cells: Vec<String> = row
                .iter()
                .map(|cell| {
                    let needed = cell.contains(['"', '\r', '\n', char::from(delimiter)]) || row.len() == 1;
                    if quote_all || needed { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell.clone() }
                })
                .collect();
            lines.push(cells.join(&char::from(delimiter).to_string()));
            if blank {
                lines.push(String::new());
            }
        }
        let mut text = lines.join(line_end);
        if final_end {
            text += line_end;
        }
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(delimiter)
            .from_reader(text.as_bytes());
        let expected: Vec<Vec<String>> =
            reader.records().map(|record| record.unwrap().iter().map(str::to_string).collect()).collect();
        prop_assert_eq!(&expected, &rows, "the test's own writer");
        let ours = split_slices(delimiter, text.as_bytes().chunks(size));
        prop_assert!(ours.iter().all(|row| !row.1));
        prop_assert_eq!(ours.into_iter().map(|row| row.2).collect::<Vec<_>>(), expected);
    }
}
