//! Sentiment by the rules of VADER: valences of words, made stronger, weaker or turned round by the words before them.
//!
//! Hutto and Gilbert (2014); where the paper leaves something open, it is done as in the Python package vaderSentiment
//! 3.3.2, whose results are the reference. Its oddities are kept, so that whoever knows VADER finds the same number.

use super::lexicon::{Entry, Lexicon, Word};
use crate::text;

/// How much a word of degree adds.
const DEGREE: f64 = 0.293;

/// How much capitals add, where not all words are in capitals.
const CAPITALS: f64 = 0.733;

/// What a negation multiplies with.
const NEGATION: f64 = -0.74;

/// Idioms that mean something else than their words.
const IDIOMS: [(&[Word], f64); 8] = [
    (&[Word::The, Word::Shit], 3.0),
    (&[Word::The, Word::Bomb], 3.0),
    (&[Word::Bad, Word::Ass], 1.5),
    (&[Word::Bus, Word::Stop], 0.0),
    (&[Word::Yeah, Word::Right], -2.0),
    (&[Word::Kiss, Word::Of, Word::Death], -1.5),
    (&[Word::To, Word::Die, Word::For], 3.0),
    (&[Word::Beating, Word::Heart], 3.5),
];

/// Pairs that make what follows weaker.
const WEAKER_PAIRS: [[Word; 2]; 3] = [[Word::Just, Word::Enough], [Word::Kind, Word::Of], [Word::Sort, Word::Of]];

/// Tells the sentiment of texts. What it needs for that is kept from one text to the next.
#[derive(Debug, Default)]
pub struct Sentiment {
    /// What words and emoji are worth.
    pub lexicon: Lexicon,
    tokens: Vec<Token>,
    valences: Vec<f64>,
    /// The token at hand in small letters, and the text at hand with words for its emoji.
    small: Vec<u8>,
    spelt: String,
}

#[derive(Clone, Copy, Debug)]
struct Token {
    entry: Entry,
    in_capitals: bool,
}

impl Token {
    fn is(self, word: Word) -> bool {
        self.entry.word == word
    }

    fn is_in_lexicon(self) -> bool {
        self.entry.valence.is_some()
    }
}

impl Sentiment {
    /// The sentiment of a text as a whole, from -1 to 1: VADER's compound score, not rounded. 0 for an empty text.
    pub fn compound(&mut self, text: &str) -> f64 {
        let has_emoji = !text.is_ascii() && text.chars().any(|letter| self.lexicon.meaning(letter).is_some());
        let mut spelt = std::mem::take(&mut self.spelt);
        if has_emoji {
            self.spell(text, &mut spelt);
        }
        let text = if has_emoji { &*spelt } else { text };
        self.read(text);
        let sum = self.sum();
        let emphasis = emphasis(text);
        self.spelt = spelt;
        let sum = if sum > 0.0 { sum + emphasis } else { sum - if sum < 0.0 { emphasis } else { 0.0 } };
        sum / libm::sqrt(sum * sum + 15.0)
    }

    /// Writes a text with words for its emoji.
    fn spell(&self, text: &str, spelt: &mut String) {
        spelt.clear();
        let mut after_space = true;
        for letter in text.chars() {
            let Some(meaning) = self.lexicon.meaning(letter) else {
                spelt.push(letter);
                after_space = letter == ' ';
                continue;
            };
            if !after_space {
                spelt.push(' ');
            }
            for (place, word) in meaning.split(' ').enumerate() {
                if place > 0 {
                    spelt.push(' ');
                }
                spelt.push_str(match word {
                    "_" => "emoji",
                    "^" => "EMOJI",
                    word => word,
                });
            }
            after_space = false;
        }
    }

    /// The tokens of a text: what stands between spaces, without the signs at its ends unless it is an emoticon.
    fn read(&mut self, text: &str) {
        self.tokens.clear();
        for token in text.split_whitespace() {
            let token = without_signs(token);
            let (mut capital, mut small) = (false, false);
            self.small.clear();
            self.small.extend(token.bytes().map(|byte| {
                capital |= byte.is_ascii_uppercase();
                small |= byte.is_ascii_lowercase();
                byte.to_ascii_lowercase()
            }));
            if !token.is_ascii() {
                capital |= token.chars().any(text::is_capital);
                small |= token.chars().any(text::is_small);
            }
            let mut entry = self.lexicon.look_up(&self.small);
            entry.negates |= self.small.contains(&b'\'') && self.small.windows(3).any(|part| part == b"n't");
            self.tokens.push(Token { entry, in_capitals: capital && !small });
        }
    }

    /// The sum of the tokens' valences.
    fn sum(&mut self) -> f64 {
        let tokens = &self.tokens[..];
        let capitals = tokens.iter().filter(|token| token.in_capitals).count();
        let some_capitals = capitals > 0 && capitals < tokens.len();
        self.valences.clear();
        self.valences.extend((0..tokens.len()).map(|at| valence(tokens, at, some_capitals)));
        if let Some(but) = tokens.iter().position(|token| token.is(Word::But)) {
            weigh_around(&mut self.valences, but);
        }
        self.valences.iter().sum()
    }
}

/// A token without the signs at its ends; as it stands where two letters or fewer would be left: an emoticon.
fn without_signs(token: &str) -> &str {
    let is_sign = |byte: &u8| byte.is_ascii_punctuation();
    let signs = token.bytes().take_while(|byte| is_sign(byte)).count();
    let behind = token.bytes().rev().take_while(|byte| is_sign(byte)).count();
    // Signs are of ASCII, so the cuts lie between letters.
    let bare = token.get(signs..token.len() - behind).unwrap_or_default();
    if bare.len() <= 8 && bare.chars().count() <= 2 { token } else { bare }
}

/// The valence of a token, with what the words around it do to it.
fn valence(tokens: &[Token], at: usize, some_capitals: bool) -> f64 {
    let token = tokens[at];
    let is = |place: usize, word: Word| tokens.get(place).is_some_and(|token| token.is(word));
    let before = |distance: usize, word: Word| at >= distance && is(at - distance, word);
    let Some(tenths) = token.entry.valence else { return 0.0 };
    if token.entry.degree != 0 || token.is(Word::Kind) && is(at + 1, Word::Of) {
        return 0.0;
    }
    let own = f64::from(tenths) / 10.0;
    let mut valence = own;
    if token.is(Word::No) && tokens.get(at + 1).is_some_and(|next| next.is_in_lexicon()) {
        valence = 0.0;
    }
    let no_or = || before(3, Word::No) && (before(1, Word::Or) || before(1, Word::Nor));
    if before(1, Word::No) || before(2, Word::No) || no_or() {
        valence = own * NEGATION;
    }
    if token.in_capitals && some_capitals {
        valence += if valence > 0.0 { CAPITALS } else { -CAPITALS };
    }
    for (distance, weight) in [(1, 1.0), (2, 0.95), (3, 0.9)] {
        if at < distance || tokens[at - distance].is_in_lexicon() {
            continue;
        }
        valence += degree(tokens[at - distance], valence, some_capitals) * weight;
        valence *= negation(tokens, at, distance);
        if distance == 3 {
            valence = idiom(tokens, at, valence);
        }
    }
    let is_least = before(1, Word::Least) && !tokens[at - 1].is_in_lexicon();
    if is_least && !before(2, Word::At) && !before(2, Word::Very) { valence * NEGATION } else { valence }
}

/// What a word of degree adds to the valence of one behind it.
fn degree(token: Token, valence: f64, some_capitals: bool) -> f64 {
    if token.entry.degree == 0 {
        return 0.0;
    }
    let scalar = f64::from(token.entry.degree) * if valence < 0.0 { -DEGREE } else { DEGREE };
    match token.in_capitals && some_capitals {
        true if valence > 0.0 => scalar + CAPITALS,
        true => scalar - CAPITALS,
        false => scalar,
    }
}

/// What the word so far before a token multiplies its valence with.
fn negation(tokens: &[Token], at: usize, distance: usize) -> f64 {
    let before = |distance: usize, words: [Word; 2]| words.into_iter().any(|word| tokens[at - distance].is(word));
    let is_so = |distance| before(distance, [Word::So, Word::This]);
    let is = |distance, word| before(distance, [word; 2]);
    let (never_so, no_doubt) = match distance {
        1 => (false, false),
        2 => (is(2, Word::Never) && is_so(1), is(2, Word::Without) && is(1, Word::Doubt)),
        // A "so" right before is enough here, in the package as well.
        _ => {
            let doubt = is(2, Word::Doubt) || is(1, Word::Doubt);
            (is(3, Word::Never) && is_so(2) || is_so(1), is(3, Word::Without) && doubt)
        }
    };
    match tokens[at - distance].entry.negates {
        _ if never_so => 1.25,
        _ if no_doubt => 1.0,
        true => NEGATION,
        false => 1.0,
    }
}

/// The valence of a token as part of an idiom, and behind a pair that makes it weaker.
fn idiom(tokens: &[Token], at: usize, valence: f64) -> f64 {
    let stands = |from: usize, words: &[Word]| {
        let part = tokens.get(from..from + words.len());
        part.is_some_and(|part| part.iter().zip(words).all(|(token, word)| token.is(*word)))
    };
    let found = |from: usize, length: usize| {
        let idiom = IDIOMS.iter().find(|(words, _)| words.len() == length && stands(from, words));
        idiom.map(|(_, valence)| *valence)
    };
    let before = [(at - 1, 2), (at - 2, 3), (at - 2, 2), (at - 3, 3), (at - 3, 2)];
    let before = before.into_iter().find_map(|(from, length)| found(from, length));
    let valence = found(at, 3).or(found(at, 2)).or(before).unwrap_or(valence);
    let pairs = [at - 3, at - 2].into_iter().filter(|from| WEAKER_PAIRS.iter().any(|pair| stands(*from, pair)));
    pairs.fold(valence, |valence, _| valence - DEGREE)
}

/// Halves what stands before "but" and makes what follows half as strong again.
///
/// As in the package: each value in turn is looked up among all, and the first equal one is weighed. So of equal ones the
/// first may be weighed several times. Zeros stay what they are.
fn weigh_around(valences: &mut [f64], but: usize) {
    for turn in 0..valences.len() {
        let wanted = valences[turn];
        let first = if wanted == 0.0 { None } else { valences.iter().position(|valence| *valence == wanted) };
        match first {
            Some(place) if place < but => valences[place] *= 0.5,
            Some(place) if place > but => valences[place] *= 1.5,
            _ => {}
        }
    }
}

/// What exclamation and question marks add.
fn emphasis(text: &str) -> f64 {
    let count = |mark: u8| text.bytes().filter(|byte| *byte == mark).count();
    let questions = match count(b'?') {
        0 | 1 => 0.0,
        few @ 2..=3 => few as f64 * 0.18,
        _ => 0.96,
    };
    count(b'!').min(4) as f64 * 0.292 + questions
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By the Python package; see `tests/oracle_comments.rs` for many more.
    #[test]
    fn sentiments_equal_those_of_the_reference() {
        let mut sentiment = Sentiment::default();
        for (text, expected) in [
            ("", 0.0),
            ("The food was good, but the service was terrible.", -0.4939),
            ("GREAT!!!", 0.7163),
            ("not great", -0.5096),
            ("never so good", 0.5777),
            ("kiss of death for this brand", -0.2732),
            ("Love it :) <3", 0.8779),
            ("😡 worst support", -0.34),
            ("😍😍😍", 0.8402),
        ] {
            let found = libm::round(sentiment.compound(text) * 1e4) / 1e4;
            assert_eq!(found, expected, "{text}");
        }
    }
}
