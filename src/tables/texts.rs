//! A column of texts: one long text, and where each of its parts ends.

use std::cell::OnceCell;

use crate::comments::Comments;

/// Characters that are kept of a text.
pub const MOST_CHARS: usize = 2_000;

/// A text a row, shortened to [`MOST_CHARS`].
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Texts {
    all: String,
    ends: Vec<u32>,
    /// What they say, once that was asked for.
    read: OnceCell<Comments>,
}

impl Texts {
    /// Adds the text of a row.
    pub fn push(&mut self, text: &str) {
        let end = text.char_indices().nth(MOST_CHARS).map_or(text.len(), |(end, _)| end);
        // Four gigabytes of comments are more than the memory of a page: what follows would be empty texts.
        let fits = u32::try_from(self.all.len() + end).is_ok();
        self.all.push_str(if fits { &text[..end] } else { "" });
        self.ends.push(self.all.len() as u32);
    }

    /// The text of a row.
    pub fn get(&self, row: usize) -> &str {
        let start = if row == 0 { 0 } else { self.ends[row - 1] };
        &self.all[start as usize..self.ends[row] as usize]
    }

    /// What the texts say, worked out when it is first asked for; none may be added after that.
    pub fn read(&self) -> &Comments {
        self.read.get_or_init(|| Comments::of((0..self.len()).map(|row| self.get(row))))
    }

    /// Number of rows.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// Forgets all rows but the first so many.
    pub fn truncate(&mut self, rows: usize) {
        if rows < self.ends.len() {
            self.ends.truncate(rows);
            self.all.truncate(self.ends.last().map_or(0, |end| *end as usize));
        }
    }

    /// Rows whose text is not empty.
    pub fn filled(&self) -> u64 {
        (0..self.len()).filter(|row| !self.get(*row).is_empty()).count() as u64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_kept_row_by_row_and_shortened() {
        let mut texts = Texts::default();
        ["one", "", "größer", &"ü".repeat(MOST_CHARS + 5)].into_iter().for_each(|text| texts.push(text));
        assert_eq!(
            (texts.get(0), texts.get(1), texts.get(2), texts.len(), texts.filled()),
            ("one", "", "größer", 4, 3)
        );
        assert_eq!(texts.get(3).chars().count(), MOST_CHARS);
        texts.truncate(1);
        texts.push("next");
        assert_eq!((texts.len(), texts.get(1)), (2, "next"));
        texts.truncate(0);
        assert!(texts.is_empty());
    }
}
