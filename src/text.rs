//! Text in any script: case, letters, first letters.
//!
//! The tables that this takes are the browser's where there is one: Rust's own, of 30 kB after compression, would be a tenth
//! of the page. Natively they are Rust's. Both follow Unicode, so a file is understood alike.

/// In lower case. A sigma at the end of a word is written like any other, so that the beginning of a word is found in it.
pub fn lower(text: &str) -> String {
    if text.is_ascii() { text.to_ascii_lowercase() } else { other_case(text, Case::Lower).replace('ς', "σ") }
}

/// With a capital at the beginning.
pub fn capital(text: &str) -> String {
    first(text, Case::Upper)
}

/// With a small letter at the beginning.
pub fn lowered(text: &str) -> String {
    first(text, Case::Lower)
}

/// Whether a character belongs to words: letters, marks on letters, digits of other scripts. What is outside of ASCII is
/// a letter unless it lies in one of Unicode's blocks of punctuation and signs.
pub fn is_letter(letter: char) -> bool {
    match letter {
        '\0'..='\x7f' => letter.is_ascii_alphabetic(),
        '\u{80}'..='\u{bf}' => matches!(letter, 'ª' | 'µ' | 'º'),
        '×' | '÷' => false,
        // General punctuation to miscellaneous symbols and arrows; CJK punctuation; private use; forms of punctuation;
        // emoji.
        '\u{2000}'..='\u{2bff}'
        | '\u{3000}'..='\u{303f}'
        | '\u{e000}'..='\u{f8ff}'
        | '\u{fe10}'..='\u{fe6f}'
        | '\u{feff}'..='\u{ff0f}'
        | '\u{ff1a}'..='\u{ff20}'
        | '\u{fff0}'..='\u{ffff}'
        | '\u{1f000}'..='\u{1faff}' => false,
        _ => !letter.is_whitespace(),
    }
}

/// Whether a character is a capital of the Latin alphabet, accents included.
pub fn is_capital(letter: char) -> bool {
    letter.is_ascii_uppercase() || matches!(letter, 'À'..='Þ' if letter != '×')
}

/// Whether a character is a small letter of the Latin alphabet, accents included.
pub fn is_small(letter: char) -> bool {
    letter.is_ascii_lowercase() || matches!(letter, 'ß'..='ÿ' if letter != '÷')
}

#[derive(Clone, Copy)]
enum Case {
    Lower,
    Upper,
}

fn first(text: &str, case: Case) -> String {
    let Some(letter) = text.chars().next() else { return String::new() };
    let (first, rest) = text.split_at(letter.len_utf8());
    let changed = match case {
        _ if !letter.is_ascii() => other_case(first, case),
        Case::Lower => first.to_ascii_lowercase(),
        Case::Upper => first.to_ascii_uppercase(),
    };
    changed + rest
}

#[cfg(target_arch = "wasm32")]
fn other_case(text: &str, case: Case) -> String {
    let text = js_sys::JsString::from(text);
    match case {
        Case::Lower => text.to_lower_case(),
        Case::Upper => text.to_upper_case(),
    }
    .into()
}

#[cfg(not(target_arch = "wasm32"))]
fn other_case(text: &str, case: Case) -> String {
    match case {
        Case::Lower => text.to_lowercase(),
        Case::Upper => text.to_uppercase(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_in_any_script() {
        assert_eq!(lower("ÄÖÜ Straße ΚΌΣΜΟΣ"), "äöü straße κόσμοσ");
        assert_eq!((capital("élan"), capital("a b"), capital("")), ("Élan".into(), "A b".into(), String::new()));
        assert_eq!((lowered("Über"), lowered("AB")), ("über".into(), "aB".into()));
    }

    #[test]
    fn letters_are_told_from_signs_as_unicode_does() {
        for letter in "aZäßñøþĀőŁπЖשعक客数한ﬁｶ".chars() {
            assert!(is_letter(letter) && letter.is_alphabetic(), "{letter}");
        }
        for sign in "0 _-.,;€£°²№–—…·«»×÷→★　。（）！\u{200b}\u{feff}\u{fffd}😀".chars() {
            assert!(!is_letter(sign), "{sign:?}");
        }
    }

    #[test]
    fn capitals_meet_small_letters() {
        assert!(is_capital('É') && is_small('é') && !is_capital('×') && !is_small('÷') && !is_small('Z'));
    }
}
