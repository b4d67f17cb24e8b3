//! Cells that say that there is no value.

/// Spaces of Unicode that exports put around and into numbers, in UTF-8: no-break, thin, figure, narrow no-break.
const SPACES: [&[u8]; 4] = [b"\xC2\xA0", b"\xE2\x80\x89", b"\xE2\x80\x87", b"\xE2\x80\xAF"];

/// Words for nothing, in lower case.
const WORDS: [&[u8]; 13] =
    [b"-", b"--", b"null", b"n/a", b"#n/a", b"na", b"nan", b"none", b"nil", b"(blank)", b"(null)", b"(none)", b"\\n"];

/// Whether a cell holds no value: nothing but spaces, or a word that programs write for nothing, such as `NULL`,
/// `N/A`, `nan`, `None`, `-` or `(blank)`.
///
/// For ids, dates and amounts. A cell to group by is better taken as it stands: `NA` is Namibia too.
pub fn is_blank(cell: &[u8]) -> bool {
    let cell = trim(cell);
    cell.is_empty() || (cell.len() <= 7 && WORDS.iter().any(|word| cell.eq_ignore_ascii_case(word)))
}

/// A cell without the spaces around it, those of Unicode included.
#[inline]
pub fn trim(cell: &[u8]) -> &[u8] {
    let mut cell = cell.trim_ascii();
    // Nearly always the first and last byte are ASCII, and that is all.
    while let Some(first) = cell.first().filter(|byte| !byte.is_ascii()) {
        match SPACES.iter().find(|space| space[0] == *first && cell.starts_with(space)) {
            Some(space) => cell = cell[space.len()..].trim_ascii_start(),
            None => break,
        }
    }
    while cell.last().is_some_and(|byte| !byte.is_ascii()) {
        match SPACES.iter().find(|space| cell.ends_with(space)) {
            Some(space) => cell = cell[..cell.len() - space.len()].trim_ascii_end(),
            None => break,
        }
    }
    cell
}

/// The length of the space that a text begins with, 0 where there is none.
#[inline]
pub(super) fn leading_space(text: &[u8]) -> usize {
    match text.first() {
        Some(b' ' | b'\t') => 1,
        Some(0xC2 | 0xE2) => SPACES.iter().find(|space| text.starts_with(space)).map_or(0, |space| space.len()),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_words_for_nothing() {
        for cell in ["", "  ", "\u{a0}", "NULL", "N/A", "nan", "-", "None", "(blank)", "#N/A", " na ", "\\N"] {
            assert!(is_blank(cell.as_bytes()), "{cell}");
        }
        for cell in ["0", "Nancy", "GUEST", "--x", "."] {
            assert!(!is_blank(cell.as_bytes()), "{cell}");
        }
    }

    #[test]
    fn trims_spaces_of_all_kinds() {
        assert_eq!(trim("\u{a0} \u{202f}Zoë\u{2009}\t\u{a0}".as_bytes()), "Zoë".as_bytes());
        assert_eq!(trim("é".as_bytes()), "é".as_bytes());
        assert_eq!(trim("\u{a0}".as_bytes()), b"");
    }
}
