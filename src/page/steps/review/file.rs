//! One file under review, and what follows it.

use leptos::prelude::*;

use crate::page::control::Control;
use crate::page::live;
use crate::protocol::{FileReview, ReadOptions};

/// A file under review. A handle: copies are the same file.
#[derive(Clone, Copy)]
pub struct FileAt {
    /// Its place among the files.
    pub at: usize,
    control: Control,
}

impl FileAt {
    /// The file at a place.
    pub fn new(control: Control, at: usize) -> FileAt {
        FileAt { at, control }
    }

    /// Reads how the file is understood, and follows it; nothing while no file is under review.
    pub fn read<T>(self, read: impl FnOnce(&FileReview) -> T) -> Option<T> {
        self.control.intake.review.with(|review| Some(read(review.as_ref()?.files.get(self.at)?)))
    }

    /// A text of how the file is understood.
    pub fn text(self, make: fn(&FileReview) -> String) -> Signal<String> {
        live::text(move || self.read(make).unwrap_or_default())
    }

    /// The file's name.
    pub fn name(self) -> Signal<String> {
        self.text(|file| file.name.clone())
    }

    /// The file's name where it is not the only one.
    pub fn name_among_several(self) -> Option<String> {
        self.is_among_several().then(|| self.read(|file| file.name.clone()).unwrap_or_default())
    }

    /// Whether there are other tables, in other files or in the same one.
    pub fn is_among_several(self) -> bool {
        self.control.intake.review.with(|review| review.as_ref().is_some_and(|review| review.files.len() > 1))
    }

    /// Reads it again with what a person said.
    pub fn say(self, change: impl FnOnce(&mut ReadOptions)) {
        self.control.reread(self.at, change);
    }
}
