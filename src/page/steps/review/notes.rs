//! What a person should know of a file, though nothing can be answered.

use leptos::prelude::*;

use super::file::FileAt;
use crate::page::live;
use crate::page::locale::Locale;
use crate::page::parts::icon::{Icon, Sign};
use crate::protocol::{FileReview, Note, Question};
use crate::words::review as words;
use crate::words::review::Noted;

/// The notes of a file. Nothing in them can have the focus, so they are made anew.
pub fn notes(file: FileAt) -> AnyView {
    let notes = live::kept(move || {
        let f = Locale::of(None);
        let noted = file.read(|file| {
            file.notes
                .iter()
                .filter(|note| !is_asked(file, note))
                .map(|note| words::note(note, &f))
                .collect::<Vec<Noted>>()
        });
        noted.unwrap_or_default()
    });
    live::part(move || notes.get().into_iter().map(|note| notice(note, file.name_among_several())).collect_view())
}

/// Whether a question says the same.
fn is_asked(file: &FileReview, note: &Note) -> bool {
    let Note::DamagedIds { column, .. } = note else { return false };
    file.questions
        .iter()
        .any(|question| matches!(question, Question::DamagedIds { column: asked, .. } if asked == column))
}

fn notice(Noted { what, why, grave }: Noted, name: Option<String>) -> AnyView {
    let (class, sign) = if grave { ("notice ask", Sign::Warning) } else { ("notice", Sign::Info) };
    let what = match name {
        Some(name) => format!("{name}: {what}"),
        None => what,
    };
    view! {
        <div class=class>
            <Icon sign=sign/>
            <div>
                <p><b>{what}</b></p>
                <p>{why}</p>
            </div>
        </div>
    }
    .into_any()
}
