//! The words and pairs of words that come again, by comment.
//!
//! A term is a word, or two words next to each other in one clause. Words that stand in texts about anything are none, and
//! part of none, but for a negation at the beginning of a pair: "never arrived". What stands in fewer than [`FEWEST`]
//! comments is no term, and one that stands in a comment several times counts once.

use rustc_hash::FxHashMap;

use super::language::Evidence;
use super::lexicon::Lexicon;
use super::words::{self, for_each_word};
use crate::ledger::intern::Interner;

/// Comments that a term stands in at least.
pub const FEWEST: u32 = 5;

/// Stands between the clauses of a comment.
const APART: u32 = u32::MAX;

/// The terms of comments.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Terms {
    /// The terms as they are read, in small letters: `late`, `late delivery`.
    pub texts: Vec<Box<str>>,
    /// Terms of comment `c` are `codes[starts[c]..starts[c + 1]]`: places in `texts`, each once.
    starts: Vec<u32>,
    codes: Vec<u32>,
}

impl Terms {
    /// The terms of a comment.
    pub fn of(&self, comment: usize) -> &[u32] {
        &self.codes[self.starts[comment] as usize..self.starts[comment + 1] as usize]
    }
}

/// What a word is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Content,
    Stop,
    Negation,
    Foreign,
}

/// Comments on their way to their [`Terms`].
#[derive(Debug)]
pub struct TermsBuilder {
    words: Interner,
    /// By word: what it is, whether the lexicon of sentiment has it, the comments that it stands in, and one more than the
    /// last of them.
    kinds: Vec<Kind>,
    felt: Vec<bool>,
    comments: Vec<u32>,
    last: Vec<u32>,
    /// The words of all comments, clause by clause, and where each comment ends.
    texts: Vec<u32>,
    ends: Vec<u32>,
}

impl Default for TermsBuilder {
    fn default() -> TermsBuilder {
        let (words, empty) = (Interner::default(), Vec::new);
        let mut builder = TermsBuilder {
            words,
            kinds: Vec::new(),
            felt: Vec::new(),
            comments: empty(),
            last: empty(),
            texts: empty(),
            ends: empty(),
        };
        for (list, kind) in
            [(words::STOP_WORDS, Kind::Stop), (words::NEGATIONS, Kind::Negation), (words::FOREIGN, Kind::Foreign)]
        {
            for word in list.split_ascii_whitespace() {
                let code = builder.words.code(word.as_bytes()) as usize;
                // Of what is in two lists, the first says what it is: "no" is English enough.
                if code == builder.kinds.len() {
                    builder.kinds.push(kind);
                }
            }
        }
        builder.felt.resize(builder.kinds.len(), false);
        builder.comments.resize(builder.kinds.len(), 0);
        builder.last.resize(builder.kinds.len(), 0);
        builder
    }
}

impl TermsBuilder {
    /// Adds a comment, and says what its words tell of its language.
    pub fn push(&mut self, text: &str, lexicon: &mut Lexicon) -> Evidence {
        let comment = self.ends.len() as u32 + 1;
        let mut evidence = Evidence::default();
        let TermsBuilder { words, kinds, felt, comments, last, texts, .. } = self;
        for_each_word(text, &mut |word, apart| {
            if apart {
                texts.push(APART);
            }
            let code = words.code(word.as_bytes());
            let at = code as usize;
            if at == kinds.len() {
                // A single letter is about nothing.
                let is_letter = word.chars().nth(1).is_none() && word.is_ascii();
                kinds.push(if is_letter { Kind::Stop } else { Kind::Content });
                felt.push(lexicon.has(word));
                comments.push(0);
                last.push(0);
            }
            if last[at] != comment {
                last[at] = comment;
                comments[at] += 1;
            }
            evidence.words += 1;
            match kinds[at] {
                Kind::Stop | Kind::Negation => evidence.english += 1,
                Kind::Foreign => evidence.foreign += 1,
                Kind::Content => evidence.felt += u32::from(felt[at]),
            }
            texts.push(code);
        });
        self.ends.push(self.texts.len() as u32);
        evidence
    }

    /// The words of each comment.
    fn each(&self) -> impl Iterator<Item = &[u32]> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(&self.ends).map(|(start, end)| &self.texts[start as usize..*end as usize])
    }

    /// Whether a word may be a term.
    fn is_frequent(&self, word: u32) -> bool {
        word != APART && self.kinds[word as usize] == Kind::Content && self.comments[word as usize] >= FEWEST
    }

    /// The pairs of a comment's words that may be terms.
    fn pairs<'a>(&'a self, text: &'a [u32]) -> impl Iterator<Item = (u32, u32)> + 'a {
        let may_begin =
            |word: u32| self.is_frequent(word) || word != APART && self.kinds[word as usize] == Kind::Negation;
        let pairs = text.windows(2).map(|pair| (pair[0], pair[1]));
        pairs.filter(move |(first, second)| may_begin(*first) && self.is_frequent(*second))
    }

    /// The terms of all comments.
    pub fn finish(self) -> Terms {
        // By pair: the comments that it stands in, and one more than the last of them; and the pairs as they come, so that
        // each is looked up once.
        let mut numbers: FxHashMap<(u32, u32), u32> = FxHashMap::default();
        let (mut pairs, mut as_they_come): (Vec<(u32, u32)>, Vec<u32>) = Default::default();
        for (text, comment) in self.each().zip(1..) {
            for pair in self.pairs(text) {
                let number = *numbers.entry(pair).or_insert(pairs.len() as u32);
                if number as usize == pairs.len() {
                    pairs.push((0, 0));
                }
                as_they_come.push(number);
                let (comments, last) = &mut pairs[number as usize];
                if *last != comment {
                    (*comments, *last) = (*comments + 1, comment);
                }
            }
        }
        let mut terms = Terms { starts: vec![0], ..Terms::default() };
        // Places of words and pairs among the terms, and one more than the last comment that each term was written for.
        let mut places = vec![APART; self.kinds.len()];
        let mut of_pairs = vec![APART; pairs.len()];
        let mut as_they_come = as_they_come.into_iter();
        let mut written: Vec<u32> = Vec::new();
        for (text, comment) in self.each().zip(1..) {
            let mut add = |terms: &mut Terms, place: &mut u32, name: &dyn Fn() -> String| {
                if *place == APART {
                    *place = terms.texts.len() as u32;
                    terms.texts.push(name().into());
                    written.push(0);
                }
                if std::mem::replace(&mut written[*place as usize], comment) != comment {
                    terms.codes.push(*place);
                }
            };
            for &word in text.iter().filter(|word| self.is_frequent(**word)) {
                add(&mut terms, &mut places[word as usize], &|| self.words.text(word).to_owned());
            }
            let numbered = self.pairs(text).zip(as_they_come.by_ref());
            for (pair, number) in numbered.filter(|(_, number)| pairs[*number as usize].0 >= FEWEST) {
                let name = || [self.words.text(pair.0), self.words.text(pair.1)].join(" ");
                add(&mut terms, &mut of_pairs[number as usize], &name);
            }
            terms.starts.push(terms.codes.len() as u32);
        }
        terms
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_are_words_and_pairs_of_several_comments() {
        let (mut builder, mut lexicon) = (TermsBuilder::default(), Lexicon::default());
        for _ in 0..FEWEST {
            builder.push("The parcel never arrived. Late delivery, late again and again!", &mut lexicon);
        }
        builder.push("Delivery was late", &mut lexicon);
        builder.push("A parcel", &mut lexicon);
        let terms = builder.finish();
        let of =
            |comment: usize| terms.of(comment).iter().map(|code| &*terms.texts[*code as usize]).collect::<Vec<_>>();
        assert_eq!(of(0), ["parcel", "arrived", "late", "delivery", "never arrived", "late delivery"]);
        assert_eq!((of(5), of(6)), (vec!["delivery", "late"], vec!["parcel"]), "a pair stands in one clause");
        assert_eq!(TermsBuilder::default().finish().texts.len(), 0);
    }

    #[test]
    fn what_few_comments_say_is_no_term() {
        let (mut builder, mut lexicon) = (TermsBuilder::default(), Lexicon::default());
        for turn in 0..10 {
            builder.push(if turn < 4 { "broken pots broken pots" } else { "broken boxes" }, &mut lexicon);
        }
        assert_eq!(
            builder.finish().texts.iter().map(|text| &**text).collect::<Vec<_>>(),
            ["broken", "boxes", "broken boxes"]
        );
    }
}
