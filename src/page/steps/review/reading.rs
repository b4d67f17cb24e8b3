//! The first lines of a file as they stand in it, and how they are cut and read.

use leptos::prelude::*;

use super::file::FileAt;
use crate::ingest::encoding::Encoding;
use crate::ingest::numbers::DecimalSign;
use crate::page::live;
use crate::page::parts::choice::Choice;
use crate::roles::kind::TableKind;
use crate::words::{review as words, tables};

/// The first row holds the names of the columns.
const NAMES: &str = "names";

/// The first row is an order like the others.
const DATA: &str = "data";

/// Separators to choose from.
const DELIMITERS: [u8; 4] = *b",;\t|";

/// Encodings to choose from.
const ENCODINGS: [Encoding; 4] = [Encoding::Utf8, Encoding::Windows1252, Encoding::Utf16Le, Encoding::Utf16Be];

/// Decimal signs to choose from.
const DECIMALS: [DecimalSign; 2] = [DecimalSign::Point, DecimalSign::Comma];

/// The first lines, and what is made of them.
#[component]
pub fn Reading(
    /// The file.
    file: FileAt,
) -> impl IntoView {
    let name = file.name();
    let head = file.text(|file| file.head.join("\n"));
    let certain = move || !file.read(|file| file.reading.encoding_guessed).unwrap_or_default();
    let header = file.text(|file| if file.reading.has_header { NAMES } else { DATA }.to_owned());
    let delimiters = move || {
        let own = file.read(|file| file.reading.delimiter);
        let other = own.filter(|own| !DELIMITERS.contains(own));
        DELIMITERS.into_iter().chain(other).map(|byte| (byte.to_string(), words::delimiter(byte))).collect::<Vec<_>>()
    };
    let headers = vec![(NAMES.to_owned(), "Names of the columns".to_owned()), (DATA.to_owned(), "Data".to_owned())];
    let id_of = move |what: &str| format!("{what}-{}", file.at);
    let id = format!("h-raw-{}", file.at);
    view! {
        <section class="stack" aria-labelledby=id.clone()>
            <h2 class="h2" id=id.clone()>"The first lines of "<span class="filename">{name}</span></h2>
            <pre class="raw" tabindex="0" role="region" aria-label=live::text(move || format!("First lines of {}", name.get()))>{head}</pre>
            <div class="actions">
                <Choice
                    id=id_of("kind") label="What its rows are".to_owned()
                    options=Signal::stored(listed(&TableKind::ALL, tables::rows_of))
                    value=file.text(|file| place(&TableKind::ALL, file.options.kind.unwrap_or(file.kind)))
                    on_choose=move |value: String| file.say(|options| {
                        // What a column means depends on what its rows are.
                        options.roles.clear();
                        options.kind = at(&TableKind::ALL, &value);
                    })
                />
                <Choice
                    id=id_of("delimiter") label="Separator".to_owned() options=live::follow(Box::new(delimiters))
                    value=file.text(|file| file.reading.delimiter.to_string())
                    on_choose=move |value: String| file.say(|options| options.delimiter = value.parse().ok())
                />
                <Choice
                    id=id_of("decimal") label="Decimal sign".to_owned()
                    options=Signal::stored(listed(&DECIMALS, words::decimal))
                    value=file.text(|file| place(&DECIMALS, file.reading.decimal))
                    on_choose=move |value: String| file.say(|options| options.decimal = at(&DECIMALS, &value))
                />
                <Choice
                    id=id_of("encoding") label="Encoding".to_owned()
                    options=Signal::stored(listed(&ENCODINGS, words::encoding))
                    value=file.text(|file| place(&ENCODINGS, file.reading.encoding))
                    on_choose=move |value: String| file.say(|options| options.encoding = at(&ENCODINGS, &value))
                />
                <Choice
                    id=id_of("header") label="First row".to_owned() value=header options=Signal::stored(headers)
                    on_choose=move |value: String| file.say(|options| options.has_header = Some(value == NAMES))
                />
            </div>
            <p class="note" class:hidden=live::flag(certain)>
                "The encoding is a guess. If letters such as é or ü look wrong above, choose another."
            </p>
        </section>
    }
}

/// Options of a list: the place as the value, the words beside it.
fn listed<T: Copy>(all: &[T], words: fn(T) -> &'static str) -> Vec<(String, String)> {
    all.iter().enumerate().map(|(place, one)| (place.to_string(), words(*one).to_owned())).collect()
}

fn place<T: PartialEq>(all: &[T], one: T) -> String {
    all.iter().position(|known| *known == one).map(|place| place.to_string()).unwrap_or_default()
}

fn at<T: Copy>(all: &[T], place: &str) -> Option<T> {
    all.get(place.parse::<usize>().ok()?).copied()
}
