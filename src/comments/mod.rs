//! What comments say: their sentiment, their language, and the words and pairs of words that they are made of.
//!
//! * [`lexicon`]: what single words and emoji are worth, as data.
//! * [`sentiment`]: the rules that make a text's sentiment of them (VADER).
//! * [`words`]: a text's words, and those that tell nothing of what it is about.
//! * [`language`]: whether a text is English, which the sentiment is told of only.
//! * [`terms`]: the words and pairs that come again, by comment.
//! * [`Comments`] (here): all of that for the comments of some tables, worked out once.

pub mod language;
pub mod lexicon;
pub mod sentiment;
pub mod terms;
pub mod words;

use language::Language;
use sentiment::Sentiment;
use terms::{Terms, TermsBuilder};

/// What is known of comments whatever is shown of them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Comments {
    /// The sentiment of each comment in ten-thousandths, from -10,000 to 10,000; [`UNTOLD`] where there is none to tell.
    pub sentiments: Vec<i16>,
    /// Which words and pairs stand in which comment.
    pub terms: Terms,
    /// Comments that are not empty.
    pub told: u64,
    /// Of these, the ones in English.
    pub english: u64,
}

/// Stands for the sentiment of an empty text, or of one in another language than English.
pub const UNTOLD: i16 = i16::MIN;

/// From here on a sentiment is good, and from its negative down bad: 0.05, as VADER's authors have it.
pub const CLEAR: i16 = 500;

impl Comments {
    /// Reads comments; an empty one has nothing to tell.
    ///
    /// A text that is too short to tell its language is taken to be in that of most others.
    pub fn of<'a>(texts: impl Iterator<Item = &'a str>) -> Comments {
        let mut comments = Comments::default();
        let mut sentiment = Sentiment::default();
        let mut terms = TermsBuilder::default();
        let mut languages = Vec::new();
        for text in texts {
            let evidence = terms.push(text, &mut sentiment.lexicon);
            languages.push(evidence.language());
            let is_empty = text.trim().is_empty();
            comments.told += u64::from(!is_empty);
            // Ten-thousandths are whole numbers, whose sum is the same in any order.
            comments.sentiments.push(match is_empty || evidence.language() == Language::Other {
                true => UNTOLD,
                false => libm::round(sentiment.compound(text) * 10_000.0) as i16,
            });
        }
        let count = |wanted| languages.iter().filter(|language| **language == wanted).count();
        let is_english = count(Language::English) > count(Language::Other);
        for (language, value) in languages.iter().zip(&mut comments.sentiments) {
            if *language == Language::Unknown && !is_english {
                *value = UNTOLD;
            }
        }
        comments.english = comments.sentiments.iter().filter(|value| **value != UNTOLD).count() as u64;
        comments.terms = terms.finish();
        comments
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentiment_is_told_of_english_only() {
        let english = ["The pots are lovely and well packed", "It was late and I am very unhappy", "Great!", " "];
        let german = ["Die Lieferung war leider zu spät und alles ist kaputt", "Das ist nicht gut", "Super!"];
        let told = Comments::of(english.into_iter().chain(german[..1].iter().copied()));
        assert_eq!((told.told, told.english, told.sentiments[4]), (4, 3, UNTOLD));
        assert!(told.sentiments[0] >= CLEAR && told.sentiments[1] <= -CLEAR && told.sentiments[2] == 6_588);
        assert_eq!(told.sentiments[3], UNTOLD, "an empty text says nothing");
        let other = Comments::of(german.into_iter());
        assert_eq!((other.told, other.english), (3, 0), "a short text is in the language of the others");
        assert_eq!(Comments::of(std::iter::empty()).told, 0);
    }
}
