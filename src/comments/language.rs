//! Whether a text is English. The sentiment of other texts is not told: the lexicon is of English words, and some mean
//! another thing elsewhere ("die", "war", "gift").

/// The words of a text that tell its language.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Evidence {
    /// All words.
    pub words: u32,
    /// Those that stand in English texts about anything.
    pub english: u32,
    /// Those that stand in such texts of other languages.
    pub foreign: u32,
    /// Others that the lexicon of sentiment has. Other languages have borrowed some of them ("super", "top"), so they tell
    /// only that a text may be English.
    pub felt: u32,
}

/// The language of a text, as far as it matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// English.
    English,
    /// Another one.
    Other,
    /// Too short to tell.
    Unknown,
}

/// The share of frequent words from which a text is English: about 45 % of English texts are such words.
const ENGLISH: f64 = 0.25;

/// From so many words on a text has frequent words of its language, whichever it is: with a smaller share of English ones
/// it is in another.
const MANY: u32 = 5;
const NOT_ENGLISH: f64 = 0.15;

impl Evidence {
    /// What the words tell.
    pub fn language(self) -> Language {
        let share = |words: u32| f64::from(words) / f64::from(self.words.max(1));
        let is_strange = self.words >= MANY && share(self.english + self.felt) < NOT_ENGLISH;
        if self.foreign > self.english || is_strange {
            Language::Other
        } else if self.english > self.foreign && share(self.english) >= ENGLISH {
            Language::English
        } else {
            Language::Unknown
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::lexicon::Lexicon;
    use super::super::terms::TermsBuilder;
    use super::*;

    #[test]
    fn english_is_told_from_other_languages() {
        let mut terms = TermsBuilder::default();
        let mut lexicon = Lexicon::default();
        let mut language = |text: &str| terms.push(text, &mut lexicon).language();
        for text in [
            "The plants arrived three days late and two of them were dead.",
            "I love this shop",
            "No one replied to my mails",
            "It was a gift for my mother and she is happy",
        ] {
            assert_eq!(language(text), Language::English, "{text}");
        }
        for text in [
            "Die Lieferung kam zu spät und der Topf war kaputt",
            "Très content de la livraison",
            "La entrega fue muy rápida",
            "De levering was snel en het pakket is niet kapot",
            "Consegna veloce ma il vaso è rotto",
            "Przesyłka dotarła szybko i bez uszkodzeń, polecam wszystkim",
            "配送が 遅い です とても 残念",
        ] {
            assert_eq!(language(text), Language::Other, "{text}");
        }
        for text in [
            "Great",
            "Super!",
            "late delivery",
            "",
            "Strong roots, lovely colours, quick and well packed",
            "Super top, alles okay",
        ] {
            assert_eq!(language(text), Language::Unknown, "{text}");
        }
    }
}
