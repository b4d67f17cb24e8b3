//! The first lines of a file as they stand in it, and how they are cut and read.

use leptos::prelude::*;

use super::file::FileAt;
use crate::ingest::encoding::Encoding;
use crate::ingest::numbers::DecimalSign;
use crate::page::control::Control;
use crate::page::parts::choice::Choice;

/// Separators to choose from.
const DELIMITERS: [(u8, &str); 4] = [(b',', "Comma"), (b';', "Semicolon"), (b'\t', "Tab"), (b'|', "Vertical bar")];

/// Encodings to choose from.
const ENCODINGS: [(Encoding, &str, &str); 4] = [
    (Encoding::Utf8, "utf-8", "UTF-8"),
    (Encoding::Windows1252, "windows-1252", "Windows-1252 (Western Europe)"),
    (Encoding::Utf16Le, "utf-16le", "UTF-16, low byte first"),
    (Encoding::Utf16Be, "utf-16be", "UTF-16, high byte first"),
];

/// The first lines, and what is made of them.
#[component]
pub fn Reading(
    /// The file.
    file: FileAt,
) -> impl IntoView {
    let control = Control::use_here();
    let name = file.name();
    let head = file.part(|file| file.head.join("\n"));
    let delimiter = file.part(|file| file.reading.delimiter.to_string());
    let decimal = file.part(|file| decimal_value(file.reading.decimal).to_owned());
    let encoding = file.part(|file| encoding_value(file.reading.encoding).to_owned());
    let guessed = file.part(|file| file.reading.encoding_guessed);
    let header = file.part(|file| header_value(file.reading.has_header).to_owned());
    let delimiters = move || {
        let mut all: Vec<_> = DELIMITERS.iter().map(|(byte, name)| (byte.to_string(), (*name).to_owned())).collect();
        let own = delimiter.get();
        if let Ok(byte) = own.parse::<u8>()
            && all.iter().all(|(value, _)| *value != own)
        {
            all.push((own, char::from(byte).to_string()));
        }
        all
    };
    let decimals = || named(&[("point", "Point: 34.90"), ("comma", "Comma: 34,90")]);
    let encodings = || ENCODINGS.iter().map(|(_, value, name)| ((*value).to_owned(), (*name).to_owned())).collect();
    let headers = || named(&[("names", "Names of the columns"), ("data", "Data")]);
    let id = format!("h-raw-{}", file.at);
    view! {
        <section class="stack" aria-labelledby=id.clone()>
            <h2 class="h2" id=id.clone()>"The first lines of "<span class="filename">{move || name.get()}</span></h2>
            <pre class="raw" tabindex="0" role="region" aria-label=move || format!("First lines of {}", name.get())>{move || head.get()}</pre>
            <div class="actions">
                <Choice
                    label="Separator".to_owned() value=delimiter options=Signal::derive(delimiters)
                    on_choose=move |value: String| file.say(control, |options| options.delimiter = value.parse().ok())
                />
                <Choice
                    label="Decimal sign".to_owned() value=decimal options=Signal::derive(decimals)
                    on_choose=move |value: String| file.say(control, |options| options.decimal = decimal_of(&value))
                />
                <Choice
                    label="Encoding".to_owned() value=encoding options=Signal::derive(encodings)
                    on_choose=move |value: String| file.say(control, |options| options.encoding = encoding_of(&value))
                />
                <Choice
                    label="First row".to_owned() value=header options=Signal::derive(headers)
                    on_choose=move |value: String| file.say(control, |options| options.has_header = Some(value == "names"))
                />
            </div>
            <p class="note" class:hidden=move || !guessed.get()>
                "The encoding is a guess. If letters such as é or ü look wrong above, choose another."
            </p>
        </section>
    }
}

fn named(all: &[(&str, &str)]) -> Vec<(String, String)> {
    all.iter().map(|(value, name)| ((*value).to_owned(), (*name).to_owned())).collect()
}

fn header_value(has_header: bool) -> &'static str {
    if has_header { "names" } else { "data" }
}

fn decimal_value(sign: DecimalSign) -> &'static str {
    match sign {
        DecimalSign::Point => "point",
        DecimalSign::Comma => "comma",
    }
}

fn decimal_of(value: &str) -> Option<DecimalSign> {
    [DecimalSign::Point, DecimalSign::Comma].into_iter().find(|sign| decimal_value(*sign) == value)
}

fn encoding_value(encoding: Encoding) -> &'static str {
    ENCODINGS.iter().find(|(known, _, _)| *known == encoding).map_or("utf-8", |(_, value, _)| value)
}

fn encoding_of(value: &str) -> Option<Encoding> {
    ENCODINGS.iter().find(|(_, known, _)| *known == value).map(|(encoding, _, _)| *encoding)
}
