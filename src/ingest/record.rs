//! Records as they are handed on: cells that lie in the text, or beside it where they had to be copied.

/// Marks a cell that stands in the scratch buffer.
pub(super) const COPIED: u32 = 1 << 31;

/// Where a cell lies, in the record's text or, with [`COPIED`], in the scratch buffer.
#[derive(Clone, Copy, Debug)]
pub(super) struct Span {
    pub(super) start: u32,
    pub(super) end: u32,
}

/// A record: its cells, unquoted, with doubled quotes made single, not trimmed.
#[derive(Clone, Copy, Debug)]
pub struct Record<'a> {
    /// Line of the file that it begins on, from 1.
    pub line: u64,
    /// It has a quote that is never closed, or is too long to be a record. Its one cell is then its first line as it
    /// stands, and splitting goes on with the line after the quote.
    pub malformed: bool,
    /// None of its cells is quoted.
    plain: bool,
    text: &'a [u8],
    copied: &'a [u8],
    spans: &'a [Span],
}

impl<'a> Record<'a> {
    /// Number of cells, at least one.
    #[expect(clippy::len_without_is_empty, reason = "a record always has a cell")]
    pub fn len(&self) -> usize {
        self.spans.len()
    }

    /// The cell of a column, from 0.
    #[inline]
    pub fn get(&self, column: usize) -> Option<&'a [u8]> {
        self.spans.get(column).map(|span| self.cell(span))
    }

    /// All cells.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &'a [u8]> + Clone + use<'a> {
        let record = *self;
        self.spans.iter().map(move |span| record.cell(span))
    }

    /// The record as it stands in the file, without its line end, where no cell is quoted.
    #[inline]
    pub fn plain(&self) -> Option<&'a [u8]> {
        let end = self.spans.last().map_or(0, |span| span.end);
        self.plain.then(|| &self.text[..end as usize])
    }

    /// Whether there is nothing but delimiters and spaces, as in the rows that spreadsheets add below a table.
    pub fn is_blank(&self) -> bool {
        self.iter().all(|cell| cell.iter().all(u8::is_ascii_whitespace))
    }

    #[inline]
    fn cell(&self, span: &Span) -> &'a [u8] {
        let (from, start) = match span.start & COPIED {
            0 => (self.text, span.start),
            _ => (self.copied, span.start & !COPIED),
        };
        &from[start as usize..span.end as usize]
    }
}

/// Records that lie behind each other.
#[derive(Clone, Copy, Debug)]
pub struct Batch<'a> {
    pub(super) text: &'a [u8],
    pub(super) copied: &'a [u8],
    pub(super) spans: &'a [Span],
    pub(super) found: &'a [Place],
}

impl<'a> Batch<'a> {
    /// The records, in their order.
    #[inline]
    pub fn records(self) -> impl Iterator<Item = Record<'a>> {
        let mut first = 0;
        self.found.iter().map(move |place| {
            let spans = &self.spans[first..place.spans_end];
            first = place.spans_end;
            let Place { line, malformed, plain, start, .. } = *place;
            Record { line, malformed, plain, text: &self.text[start..], copied: self.copied, spans }
        })
    }
}

/// A record of a batch that is being collected.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    pub(super) line: u64,
    pub(super) malformed: bool,
    pub(super) plain: bool,
    /// Where it begins in the text.
    pub(super) start: usize,
    /// Its spans end here, and begin where those of the record before end.
    pub(super) spans_end: usize,
}
