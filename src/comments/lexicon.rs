//! The lexicon of VADER: what words and emoji are worth, and what other words do to them.
//!
//! Hutto and Gilbert (2014), "VADER: A Parsimonious Rule-based Model for Sentiment Analysis of Social Media Text". The
//! valences are those of the Python package vaderSentiment 3.3.2 (MIT licence, `vader.LICENSE`), which `tools/lexicon.mjs`
//! wrote into `vader.txt`, one line for each of these:
//!
//! 1. The words in order. Each is a capital that says how many letters it shares with the one before (`A` none), and the
//!    rest of it. No word has a capital of its own.
//! 2. Their valences, a letter each: tenths above or below `P`.
//! 3. What emoji mean, between slashes, those that most of them mean first: `_` stands for a word that does nothing, `^`
//!    for one in capitals.
//! 4. The emoji, as the gaps between their code points: a letter (`!` for none), or a hexadecimal number from `~` to `;`.
//! 5. Which of the meanings each of them has: a letter (`!` for the first).

use crate::ledger::intern::{Interner, Key};

const TABLES: &str = include_str!("vader.txt");

/// What a token is to the rules.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Entry {
    /// Mean rating in tenths, from -39 to 34, where it is in the lexicon.
    pub valence: Option<i8>,
    /// 1 where it makes what follows stronger, -1 where it makes it weaker, else 0.
    pub degree: i8,
    /// Whether it turns what follows round.
    pub negates: bool,
    /// Which word it is, where a rule asks.
    pub word: Word,
}

/// The words that rules and idioms ask for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[rustfmt::skip]
pub(super) enum Word {
    #[default]
    Other,
    No, Or, Nor, Least, At, Very, Never, So, This, Without, Doubt, But, Kind, Of, Sort, Just, Enough,
    The, Shit, Bomb, Bad, Ass, Bus, Stop, Yeah, Right, Kiss, Death, To, Die, For, Beating, Heart,
}

#[rustfmt::skip]
const WORDS: [(&str, Word); 33] = [
    ("no", Word::No), ("or", Word::Or), ("nor", Word::Nor), ("least", Word::Least), ("at", Word::At), ("very", Word::Very),
    ("never", Word::Never), ("so", Word::So), ("this", Word::This), ("without", Word::Without), ("doubt", Word::Doubt),
    ("but", Word::But), ("kind", Word::Kind), ("of", Word::Of), ("sort", Word::Sort), ("just", Word::Just),
    ("enough", Word::Enough), ("the", Word::The), ("shit", Word::Shit), ("bomb", Word::Bomb), ("bad", Word::Bad),
    ("ass", Word::Ass), ("bus", Word::Bus), ("stop", Word::Stop), ("yeah", Word::Yeah), ("right", Word::Right),
    ("kiss", Word::Kiss), ("death", Word::Death), ("to", Word::To), ("die", Word::Die), ("for", Word::For),
    ("beating", Word::Beating), ("heart", Word::Heart),
];

const STRONGER: &str = "absolutely amazingly awfully completely considerable considerably decidedly deeply effing enormous \
    enormously entirely especially exceptional exceptionally extreme extremely fabulously flipping flippin frackin fracking \
    fricking frickin frigging friggin fully fuckin fucking fuggin fugging greatly hella highly hugely incredible incredibly \
    intensely major majorly more most particularly purely quite really remarkably so substantially thoroughly total totally \
    tremendous tremendously uber unbelievably unusually utter utterly very";

const WEAKER: &str = "almost barely hardly kinda kindof kind-of less little marginal marginally occasional occasionally \
    partly scarce scarcely slight slightly somewhat sorta sortof sort-of";

const NEGATIONS: &str = "aint arent cannot cant couldnt darent didnt doesnt dont hadnt hasnt havent isnt mightnt mustnt \
    neither neednt never none nope nor not nothing nowhere oughtnt shant shouldnt uhuh wasnt werent uh-uh without wont \
    wouldnt rarely seldom despite";

/// What every word and every emoji is to the rules.
#[derive(Debug)]
pub struct Lexicon {
    words: Interner,
    entries: Vec<Entry>,
    /// Emoji in order, each with the place of its meaning.
    emoji: Vec<(char, usize)>,
    meanings: Vec<&'static str>,
}

impl Default for Lexicon {
    fn default() -> Lexicon {
        let mut lines = TABLES.lines();
        let mut line = || lines.next().unwrap_or_default();
        let mut lexicon =
            Lexicon { words: Interner::default(), entries: Vec::new(), emoji: Vec::new(), meanings: Vec::new() };
        let (words, valences) = (line(), line());
        let mut word = String::new();
        let mut rest = words;
        for valence in valences.bytes() {
            let shared = usize::from(rest.as_bytes()[0] - b'A');
            let end = rest[1..].find(|letter: char| letter.is_ascii_uppercase()).map_or(rest.len(), |end| end + 1);
            word.truncate(shared);
            word.push_str(&rest[1..end]);
            rest = &rest[end..];
            lexicon.entry(&word).valence = Some(valence.wrapping_sub(b'P') as i8);
        }
        STRONGER.split_ascii_whitespace().for_each(|word| lexicon.entry(word).degree = 1);
        WEAKER.split_ascii_whitespace().for_each(|word| lexicon.entry(word).degree = -1);
        NEGATIONS.split_ascii_whitespace().for_each(|word| lexicon.entry(word).negates = true);
        WORDS.iter().for_each(|(text, word)| lexicon.entry(text).word = *word);
        lexicon.meanings = line().split('/').collect();
        lexicon.emoji = emoji(line(), line());
        lexicon
    }
}

/// The emoji of lines 4 and 5.
fn emoji(gaps: &str, meanings: &str) -> Vec<(char, usize)> {
    let mut gaps = gaps.chars();
    let mut code = 0;
    let next = |meaning: char| {
        code += 1 + match gaps.next()? {
            '~' => {
                let digits = gaps.by_ref().take_while(|letter| *letter != ';');
                digits.fold(0, |number, digit| number * 16 + digit.to_digit(16).unwrap_or(0))
            }
            letter => u32::from(letter) - u32::from('!'),
        };
        let meaning = match u32::from(meaning) {
            letter @ ..0x7F => letter - 0x21,
            letter => letter - 0xA1 + 90,
        };
        Some((char::from_u32(code)?, meaning as usize))
    };
    meanings.chars().map_while(next).collect()
}

impl Lexicon {
    fn entry(&mut self, word: &str) -> &mut Entry {
        let code = self.words.code(word.as_bytes()) as usize;
        if code == self.entries.len() {
            self.entries.push(Entry::default());
        }
        &mut self.entries[code]
    }

    /// What a token in small letters is.
    pub(super) fn look_up(&mut self, token: &[u8]) -> Entry {
        match self.words.find(Key::of(token), token) {
            Some(code) => self.entries[code as usize],
            None => Entry::default(),
        }
    }

    /// Whether a word in small letters has a valence.
    pub fn has(&mut self, word: &str) -> bool {
        self.look_up(word.as_bytes()).valence.is_some()
    }

    /// What a character means, where it is an emoji.
    pub(super) fn meaning(&self, letter: char) -> Option<&'static str> {
        // Most letters outside of ASCII lie between © and the first signs.
        let at = self.emoji.binary_search_by_key(&letter, |(emoji, _)| *emoji).ok()?;
        Some(self.meanings[self.emoji[at].1])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_emoji_are_what_the_package_says() {
        let mut lexicon = Lexicon::default();
        let valences = lexicon.entries.iter().filter(|entry| entry.valence.is_some()).count();
        assert_eq!((valences, lexicon.emoji.len(), lexicon.meanings[1]), (7_487, 1_212, "_ _"));
        for (word, valence) in [("$:", -15), ("abandon", -19), ("great", 31), ("zzz", -12), (":)", 20), ("no", -12)] {
            assert_eq!(lexicon.look_up(word.as_bytes()).valence, Some(valence), "{word}");
        }
        assert_eq!(lexicon.look_up(b"table"), Entry::default());
        assert_eq!(lexicon.look_up(b"nor"), Entry { negates: true, word: Word::Nor, ..Entry::default() });
        assert_eq!(lexicon.look_up(b"very"), Entry { degree: 1, word: Word::Very, ..Entry::default() });
        let meanings = ['😍', '👌', '©', '💔', 'é', '🪁'].map(|emoji| lexicon.meaning(emoji));
        assert_eq!(meanings, [Some("smiling _ _ _"), Some("OK hand"), Some("_"), Some("broken heart"), None, None]);
    }
}
