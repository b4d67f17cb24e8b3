//! Workbooks of Excel (.xlsx: ECMA-376, part 1, chapter 18) to delimited text.
//!
//! A sheet becomes text as a person would export it: numbers bare with a point, dates as `YYYY-MM-DD`, with the time where
//! there is one, a formula's last value. What is hidden is left out. Styles are read for one thing only: which numbers are
//! dates.

use super::sheet_dates::{self, is_date_code, is_date_format};
use super::xml::{Piece, attribute, pieces, resolved};
use super::zip::Archive;
use super::{Damage, MOST_UNPACKED, Unpacked};

/// The entry that makes an archive a workbook.
pub const MARK: &str = "xl/workbook.xml";

/// Columns that a sheet can have.
const MOST_COLUMNS: usize = 16_384;

/// The sheets that hold anything, in the order of the tabs.
pub fn sheets(archive: &Archive<'_>) -> Result<Vec<Unpacked>, Damage> {
    let workbook = part(archive, MARK)?.ok_or(Damage::Broken)?;
    let places = relations(&part(archive, "xl/_rels/workbook.xml.rels")?.unwrap_or_default());
    let shared = shared_strings(&part(archive, "xl/sharedStrings.xml")?.unwrap_or_default());
    let dates = date_styles(&part(archive, "xl/styles.xml")?.unwrap_or_default());
    let mut from_1904 = false;
    let mut tables = Vec::new();
    let mut room = MOST_UNPACKED;
    for piece in pieces(&workbook) {
        let Piece::Start { name, attributes, .. } = piece else { continue };
        match name {
            "workbookPr" => from_1904 = matches!(attribute(attributes, "date1904"), Some("1" | "true")),
            "sheet" if attribute(attributes, "state").is_none_or(|state| state == "visible") => {
                let place = attribute(attributes, "id")
                    .and_then(|id| places.iter().find(|(known, _)| known == id))
                    .map(|(_, place)| place.as_str());
                let Some(sheet) = place.map(|place| part(archive, place)).transpose()?.flatten() else { continue };
                let text = Sheet { shared: &shared, dates: &dates, from_1904 }.to_csv(&sheet, room)?;
                room -= text.len();
                if !text.is_empty() {
                    let mut title = String::new();
                    resolved(attribute(attributes, "name").unwrap_or_default(), &mut title);
                    tables.push(Unpacked { name: title, text });
                }
            }
            _ => {}
        }
    }
    // A workbook of one sheet is that sheet.
    if let [only] = &mut tables[..] {
        only.name.clear();
    }
    Ok(tables)
}

fn part(archive: &Archive<'_>, name: &str) -> Result<Option<String>, Damage> {
    let Some(entry) = archive.find(name) else { return Ok(None) };
    let bytes = archive.read(entry, MOST_UNPACKED)?;
    String::from_utf8(bytes).map(Some).map_err(|_| Damage::Broken)
}

/// Where the parts of a workbook lie, by their ids.
fn relations(document: &str) -> Vec<(String, String)> {
    let place = |piece| match piece {
        Piece::Start { name: "Relationship", attributes, .. } => {
            let target = attribute(attributes, "Target")?;
            let target = target.strip_prefix('/').map_or_else(|| format!("xl/{target}"), str::to_owned);
            Some((attribute(attributes, "Id")?.to_owned(), target))
        }
        _ => None,
    };
    pieces(document).filter_map(place).collect()
}

/// The texts that cells point to.
fn shared_strings(document: &str) -> Vec<String> {
    let mut all = Vec::new();
    let mut text = String::new();
    let (mut in_text, mut in_reading) = (false, false);
    for piece in pieces(document) {
        match piece {
            Piece::Start { name: "si", closed, .. } => {
                text.clear();
                if closed {
                    all.push(String::new());
                }
            }
            Piece::End("si") => all.push(std::mem::take(&mut text)),
            // How a word is pronounced stands beside it, and is no part of it.
            Piece::Start { name: "rPh", closed, .. } => in_reading = !closed,
            Piece::End("rPh") => in_reading = false,
            Piece::Start { name: "t", closed, .. } => in_text = !closed,
            Piece::End("t") => in_text = false,
            Piece::Text(part) if in_text && !in_reading => resolved(part, &mut text),
            _ => {}
        }
    }
    all
}

/// Which of the styles of cells show dates.
fn date_styles(document: &str) -> Vec<bool> {
    let mut own = Vec::new();
    let mut styles = Vec::new();
    let mut in_styles = false;
    for piece in pieces(document) {
        match piece {
            Piece::Start { name: "numFmt", attributes, .. } => {
                if let (Some(id), Some(code)) = (attribute(attributes, "numFmtId"), attribute(attributes, "formatCode"))
                {
                    let mut text = String::new();
                    resolved(code, &mut text);
                    own.push((id, is_date_code(&text)));
                }
            }
            Piece::Start { name: "cellXfs", closed, .. } => in_styles = !closed,
            Piece::End("cellXfs") => in_styles = false,
            Piece::Start { name: "xf", attributes, .. } if in_styles => {
                let id = attribute(attributes, "numFmtId").unwrap_or_default();
                let known = own.iter().find(|(known, _)| *known == id).map(|(_, is_date)| *is_date);
                styles.push(known.unwrap_or_else(|| id.parse().is_ok_and(is_date_format)));
            }
            _ => {}
        }
    }
    styles
}

/// What the cells of a sheet rest on.
struct Sheet<'a> {
    shared: &'a [String],
    dates: &'a [bool],
    from_1904: bool,
}

/// A cell being read.
#[derive(Default)]
struct Cell<'a> {
    kind: &'a str,
    is_date: bool,
    value: String,
}

impl Sheet<'_> {
    fn to_csv(&self, document: &str, most: usize) -> Result<Vec<u8>, Damage> {
        let mut out = Vec::new();
        let mut row: Vec<String> = Vec::new();
        let (mut column, mut width) = (0, 0);
        let mut cell = Cell::default();
        let mut in_value = false;
        let mut hidden = false;
        for piece in pieces(document) {
            match piece {
                Piece::Start { name: "row", attributes, .. } => {
                    row.clear();
                    column = 0;
                    hidden = matches!(attribute(attributes, "hidden"), Some("1" | "true"));
                }
                Piece::End("row") if !hidden => {
                    // Cells at the end of a row are left out of the file where they are empty.
                    width = width.max(row.len());
                    row.resize(width, String::new());
                    super::write_row(&mut out, &row);
                    if out.len() > most {
                        return Err(Damage::TooLarge);
                    }
                }
                Piece::Start { name: "c", attributes, closed } => {
                    column = attribute(attributes, "r").and_then(column_of).unwrap_or(column);
                    let style = attribute(attributes, "s").and_then(|style| style.parse::<usize>().ok()).unwrap_or(0);
                    cell = Cell {
                        kind: attribute(attributes, "t").unwrap_or("n"),
                        is_date: self.dates.get(style).copied().unwrap_or_default(),
                        value: String::new(),
                    };
                    column += usize::from(closed);
                }
                Piece::Start { name: "v" | "t", closed, .. } => in_value = !closed,
                Piece::End("v" | "t") => in_value = false,
                Piece::Text(text) if in_value => resolved(text, &mut cell.value),
                Piece::End("c") => {
                    if column < MOST_COLUMNS {
                        let text = self.text(&cell);
                        if !text.is_empty() {
                            row.resize(row.len().max(column + 1), String::new());
                            row[column] = text;
                        }
                    }
                    column += 1;
                }
                _ => {}
            }
        }
        Ok(out)
    }

    fn text(&self, cell: &Cell<'_>) -> String {
        let value = cell.value.trim();
        match cell.kind {
            "s" => value.parse().ok().and_then(|place: usize| self.shared.get(place)).cloned().unwrap_or_default(),
            "b" => if value == "1" { "TRUE" } else { "FALSE" }.to_owned(),
            "e" => String::new(),
            "n" if cell.is_date => sheet_dates::date(value, self.from_1904).unwrap_or_else(|| value.to_owned()),
            _ => cell.value.clone(),
        }
    }
}

/// The column of a cell's place: 0 for `A1`, 27 for `AB7`.
fn column_of(place: &str) -> Option<usize> {
    let letters = place.bytes().take_while(u8::is_ascii_uppercase);
    let place = |letter: u8| usize::from(letter - b'A') + 1;
    let number = letters.fold(0usize, |all, letter| all.saturating_mul(26).saturating_add(place(letter)));
    // One that no sheet has is as good as any other.
    Some(number.checked_sub(1)?.min(MOST_COLUMNS))
}

#[cfg(test)]
mod tests {
    use super::super::zip::tests::packed;
    use super::*;

    fn csv(parts: &[(&str, &str)]) -> Vec<(String, String)> {
        let files: Vec<(&str, &[u8])> = parts.iter().map(|(name, text)| (*name, text.as_bytes())).collect();
        let bytes = packed(&files);
        let tables = sheets(&Archive::open(&bytes).unwrap()).unwrap();
        tables.into_iter().map(|table| (table.name, String::from_utf8(table.text).unwrap())).collect()
    }

    const RELATIONS: (&str, &str) = (
        "xl/_rels/workbook.xml.rels",
        r#"<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/>
           <Relationship Id="rId2" Target="/xl/worksheets/sheet2.xml"/></Relationships>"#,
    );

    #[test]
    fn a_sheet_comes_out_as_a_person_would_export_it() {
        let tables = csv(&[
            (MARK, r#"<workbook><sheets><sheet name="Orders" sheetId="1" r:id="rId1"/></sheets></workbook>"#),
            RELATIONS,
            (
                "xl/sharedStrings.xml",
                r#"<sst><si><t>Customer</t></si><si><r><t>Zoë </t></r><r><t>&amp; "Co", Ltd</t></r><rPh><t>x</t></rPh></si><si/></sst>"#,
            ),
            (
                "xl/styles.xml",
                r#"<styleSheet><numFmts><numFmt numFmtId="164" formatCode="[$-409]d\-mmm\-yy;@"/>
                   <numFmt numFmtId="165" formatCode="&quot;day&quot; 0.00_m"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>
                   <cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="22"/></cellXfs></styleSheet>"#,
            ),
            (
                "xl/worksheets/sheet1.xml",
                r#"<worksheet><sheetData>
                   <row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><t>Date</t></is></c><c r="D1" t="str"><v>Paid</v></c></row>
                   <row r="3"><c r="A3" t="s"><v>1</v></c><c r="B3" s="1"><v>45000</v></c><c r="C3"/><c r="D3" s="2"><v>12.5</v></c></row>
                   <row r="4" hidden="1"><c r="A4"><v>1</v></c></row>
                   <row r="5"><c t="b"><v>1</v></c><c s="3"><v>45000.75</v></c><c t="e"><v>#N/A</v></c><c><f>1+1</f><v>2</v></c></row>
                   </sheetData></worksheet>"#,
            ),
        ]);
        let text = "Customer,Date,,Paid\n\"Zoë & \"\"Co\"\", Ltd\",2023-03-15,,12.5\nTRUE,2023-03-15 18:00:00,,2\n";
        assert_eq!(tables, [(String::new(), text.to_owned())]);
    }

    #[test]
    fn every_visible_sheet_is_a_table_and_1904_is_counted_from_1904() {
        let sheet = |value: &str| format!("<worksheet><row><c s=\"0\"><v>{value}</v></c></row></worksheet>");
        let tables = csv(&[
            (
                MARK,
                r#"<workbook><workbookPr date1904="1"/><sheets><sheet name="A &amp; B" r:id="rId2"/>
                   <sheet name="old" state="hidden" r:id="rId1"/><sheet name="C" r:id="rId1"/><sheet name="gone" r:id="rId9"/></sheets></workbook>"#,
            ),
            RELATIONS,
            ("xl/styles.xml", r#"<s><cellXfs><xf numFmtId="14"/></cellXfs></s>"#),
            ("xl/worksheets/sheet1.xml", &sheet("43538")),
            ("xl/worksheets/sheet2.xml", &sheet("0.5")),
        ]);
        let expected =
            [("A & B", "0.5\n"), ("C", "2023-03-15\n")].map(|(name, text)| (name.to_owned(), text.to_owned()));
        assert_eq!(tables, expected);
    }

    #[test]
    fn columns_have_letters() {
        assert_eq!(["A1", "Z9", "AB7", "XFD1", "7"].map(column_of), [Some(0), Some(25), Some(27), Some(16_383), None]);
    }
}
