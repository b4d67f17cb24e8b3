//! The words of a text, in small letters, and the words that say nothing of what a text is about.

use crate::text;

/// English words that stand in texts about anything. Negations are among [`NEGATIONS`].
#[rustfmt::skip]
pub(super) const STOP_WORDS: &str = "a about above after again all also always am an and another any are as at be because \
    been before being below between both but by can could did do does doing done down during each else ever every far few for \
    from further get gets getting go goes going got had has have having he her here hers herself him himself his how i if \
    i'd i'll i'm i've in into is it it's it’s i’m i’ve i’d i’ll its itself just let let's like made make many may me might \
    more most much must my myself next now of off on once one only or other our ours ourselves out over own put quite \
    really same she should since so some still such than that that's that’s the their theirs them themselves then there \
    these they they're they’re they've they’ve thing things this those though through to too two under until up upon us \
    use used very via was we we've we’ve were what when where which while who whom whose why will with would yet you \
    you're you’re you've you’ve your yours yourself yourselves";

/// English words that turn the next one round: worth nothing alone, but part of a pair.
#[rustfmt::skip]
pub(super) const NEGATIONS: &str = "no not never nothing none nobody without can't cannot don't didn't doesn't isn't wasn't \
    aren't weren't won't wouldn't couldn't shouldn't hasn't haven't hadn't can’t don’t didn’t doesn’t isn’t wasn’t aren’t \
    weren’t won’t wouldn’t couldn’t shouldn’t hasn’t haven’t hadn’t cant dont didnt doesnt isnt wasnt wont";

/// English words that say how somebody feels and not what about. All of them are in the lexicon of sentiment; what names a
/// trouble, as "broken" does, is not among them.
#[rustfmt::skip]
const FEELINGS: &str = "amazing angry annoyed annoying awesome awful bad beautiful best better brilliant charming \
    cool crap delight delighted delightful disappointed disappointing disappointment dissatisfied enjoy enjoyed excellent excited \
    exciting fantastic fine fun glad good gorgeous grateful great happier happiest happily happy hate hated \
    horrible impressed impressive joy liked lovable love loved lovely nice nicely ok okay perfect perfectly pleasant pleased \
    pleasure poor sad satisfied satisfying superb superior terrible thank thankful thanks unhappy unimpressed upset useless \
    wonderful wonderfully worse worst wow";

/// Frequent words of German, French, Spanish, Italian, Dutch and Portuguese that are no English ones.
#[rustfmt::skip]
pub(super) const FOREIGN: &str = "der die das und ist nicht ein eine einen zu mit für auf auch wir ich sie es sehr wie aber noch \
    den dem von bei sich haben hat wurde leider ihr mir mich sind kein keine nur nach immer schon wieder mehr als oder \
    les le la un une et est pas très je vous nous il elle des du au aux que qui pour dans avec sur mais ce cette sont mon \
    ma mes été plus bien el los las y en de muy es por con para una lo su pero más del al se mi fue está sin che di il per \
    è sono ho molto della nel anche ma gli dei alla questo het een van niet ik te dat zijn voor met maar ook heel erg naar \
    wel mijn bij um uma não os foi muito com mas na no da do seu isso ao pela minha";

/// Whether a term says how somebody feels and not what about: "okay", "not happy"; but "lovely plants" are plants.
pub fn is_feeling(term: &str) -> bool {
    let known = |word: &str, list: &str| list.split_ascii_whitespace().any(|known| known == word);
    term.split(' ').all(|word| known(word, FEELINGS) || known(word, NEGATIONS))
}

/// Letters of the longest word that is looked at; the rest of a longer one is left out.
const LONGEST: usize = 40;

/// Calls `each` with every word of a text in small letters, and whether a sign ends a clause between it and the word before
/// it. Words are letters and digits with apostrophes between them; what begins with a digit is no word, but ends none.
pub(super) fn for_each_word(text: &str, each: &mut dyn FnMut(&str, bool)) {
    let mut word = String::with_capacity(LONGEST * 2);
    let mut apart = true;
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let apostrophe = matches!(letter, '\'' | '’') && !word.is_empty();
        let inside = apostrophe && letters.peek().is_some_and(|next| text::is_letter(*next));
        if text::is_letter(letter) || letter.is_ascii_digit() || inside {
            if word.len() < LONGEST {
                push_small(&mut word, letter);
            }
            continue;
        }
        if !word.is_empty() {
            hand_over(&word, &mut apart, each);
            word.clear();
        }
        apart |= !letter.is_whitespace() && !matches!(letter, '\'' | '’' | '-' | '"' | '*' | '_');
    }
    if !word.is_empty() {
        hand_over(&word, &mut apart, each);
    }
}

fn hand_over(word: &str, apart: &mut bool, each: &mut dyn FnMut(&str, bool)) {
    if word.as_bytes()[0].is_ascii_digit() {
        *apart = true;
        return;
    }
    each(word, std::mem::take(apart));
}

/// Adds a letter in small.
fn push_small(word: &mut String, letter: char) {
    match letter {
        _ if letter.is_ascii() => word.push(letter.to_ascii_lowercase()),
        // The capitals of Western Europe lie as far before their small letters as those of ASCII.
        _ if text::is_capital(letter) => word.extend(char::from_u32(u32::from(letter) + 0x20)),
        _ if text::is_small(letter) || letter == '’' => word.push(letter),
        _ => word.push_str(&text::lower(letter.encode_utf8(&mut [0; 4]))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> String {
        let mut found = String::new();
        for_each_word(text, &mut |word, apart| {
            found.push_str(if apart { "|" } else { " " });
            found.push_str(word);
        });
        found
    }

    #[test]
    fn a_feeling_is_no_subject() {
        let mut lexicon = super::super::lexicon::Lexicon::default();
        let unfelt: Vec<&str> = FEELINGS.split_ascii_whitespace().filter(|word| !lexicon.has(word)).collect();
        assert_eq!(unfelt, [""; 0], "the lexicon has each of them");
        assert!(["okay", "not happy", "great", "nice good"].into_iter().all(is_feeling));
        assert!(!["broken", "lovely plants", "never arrived", "box"].into_iter().any(is_feeling));
    }

    #[test]
    fn words_are_letters_in_small_and_signs_end_clauses() {
        assert_eq!(words("It wasn't late. Two 'Big' POTS, broken!"), "|it wasn't late|two big pots|broken");
        assert_eq!(words("ÜBER-große Töpfe: naïve"), "|über große töpfe|naïve");
        assert_eq!(words("came 3 days late"), "|came|days late");
        assert_eq!(words("Don’t ask"), "|don’t ask");
        assert_eq!(words("ОЧЕНЬ хорошо"), "|очень хорошо");
        assert_eq!(words(" ?! "), "");
        assert_eq!(words(&"x".repeat(500)).len(), 1 + LONGEST);
    }
}
