//! One file under review, as signals that change only where it changes.

use leptos::prelude::*;

use crate::page::control::Control;
use crate::protocol::{FileReview, ReadOptions};

/// A file under review. A handle: copies are the same file.
#[derive(Clone, Copy)]
pub struct FileAt {
    /// Its place among the files.
    pub at: usize,
}

impl FileAt {
    /// The file at a place.
    pub fn new(at: usize) -> FileAt {
        FileAt { at }
    }

    /// A part of how the file is understood; it changes only when that part does.
    pub fn part<T>(self, part: impl Fn(&FileReview) -> T + Send + Sync + 'static) -> Memo<T>
    where
        T: Default + PartialEq + Send + Sync + 'static,
    {
        let review = Control::use_here().intake.review;
        Memo::new(move |_| review.with(|review| Some(part(review.as_ref()?.files.get(self.at)?))).unwrap_or_default())
    }

    /// The file's name.
    pub fn name(self) -> Memo<String> {
        self.part(|file| file.name.clone())
    }

    /// Reads it again with what a person said.
    pub fn say(self, control: Control, change: impl FnOnce(&mut ReadOptions)) {
        control.reread(self.at, change);
    }
}
