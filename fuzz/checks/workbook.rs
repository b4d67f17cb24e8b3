//! Workbooks of today: any parts, in an archive that is sound.

use perennial::ingest::unpack::workbook;
use perennial::ingest::unpack::zip::Archive;

use super::packed::zip;

const WORKBOOK: &[u8] =
    br#"<workbook><sheets><sheet name="A" r:id="a"/><sheet name="B" r:id="b"/></sheets></workbook>"#;
const RELATIONS: &[u8] = br#"<Relationships><Relationship Id="a" Target="worksheets/a.xml"/>
    <Relationship Id="b" Target="/xl/worksheets/b.xml"/></Relationships>"#;

/// Zeros part the input into a sheet, shared texts, styles and a workbook; what is missing is made up.
pub fn check(data: &[u8]) {
    let mut parts = data.split(|byte| *byte == 0);
    let mut next = || parts.next().unwrap_or_default();
    let (sheet, texts, styles, own) = (next(), next(), next(), next());
    let bytes = zip(&[
        (workbook::MARK, if own.is_empty() { WORKBOOK } else { own }),
        ("xl/_rels/workbook.xml.rels", RELATIONS),
        ("xl/worksheets/a.xml", sheet),
        ("xl/worksheets/b.xml", sheet),
        ("xl/sharedStrings.xml", texts),
        ("xl/styles.xml", styles),
    ]);
    let archive = Archive::open(&bytes).expect("the archive itself is sound");
    let Ok(tables) = workbook::sheets(&archive) else { return };
    for table in tables {
        super::assert_is_table(&table.text);
    }
}
