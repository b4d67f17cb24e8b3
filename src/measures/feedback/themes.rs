//! What comments are about that go with low scores, and with high ones.
//!
//! Terms (words and pairs, [`crate::comments::terms`]) are weighed by how much more often the unhappy use them than the happy:
//! log-odds with an informative Dirichlet prior, and their z-scores (Monroe, Colaresi and Quinn 2008, "Fightin' Words",
//! equations 15, 16, 19 and 22). The prior is the use of all comments, with as much weight as one use of every term. Of all
//! terms that are looked at those count as telling whose false discovery rate is at most 5 % (Benjamini and Hochberg 1995).
//! A term that another one contains, or that mostly stands in the same comments, is the same theme; but of its terms those
//! count comments that lean to its side most, and others only where what they add does so more than comments at large:
//! beside "box broken" may stand "delivery", and who praises a fast one has not complained. What says only how somebody feels ("okay") is no theme.

use rustc_hash::FxHashMap;

use super::scores::{Lean, lean};
use super::worth::of_last_year;
use super::{Answer, Answers, NOBODY, SCALES};
use crate::comments::words::is_feeling;
use crate::comments::{CLEAR, UNTOLD};
use crate::ingest::profile::shorten;
use crate::math::stats::Share;
use crate::math::{Day, Money, order};
use crate::measures::beside::{Beside, Side};
use crate::measures::ratio;
use crate::report::feedback::{Behind, Comment, Comments, Feedback, Theme};
use crate::roles::Role;
use crate::roles::scale::Scale;
use crate::tables::join::Others;
use crate::tables::{NO_DAY, NO_NUMBER};

/// Themes that hurt, and themes that please, at most.
const MOST: usize = 8;

/// Terms that themes are made of, the clearest; a bit each.
const CLEAREST: usize = 64;

/// Share of the rarer of two terms' comments that has to be of both for them to be one theme.
const TOGETHER: f64 = 2.0 / 3.0;

/// Share of the comments of a theme's clearest term that a pair has to stand in to name the theme.
const NAMING: f64 = 0.5;

/// Share of the terms found telling that may be so by chance.
const FALSE_DISCOVERIES: f64 = 0.05;

/// Comments that stand with a theme, and those behind the one that was asked for.
const EXAMPLES: usize = 5;
const BEHIND: usize = 100;

/// Characters of a comment that are shown.
const SHOWN: usize = 400;

/// A comment that counts.
#[derive(Clone, Copy, Debug)]
struct Said {
    survey: u32,
    row: u32,
    day: Day,
    customer: u32,
    scale: Scale,
    answer: u8,
    lean: Lean,
    sentiment: i16,
}

/// Fills what is known of comments.
pub fn fill(feedback: &mut Feedback, beside: &Beside<'_>, answers: &Answers<'_>, lead: Scale, wanted: Option<&str>) {
    let said = said(beside, answers, lead, feedback.high_is_easy);
    feedback.comments = summary(&said);
    let terms = Terms::of(answers, &said);
    let telling = telling_subjects(&terms);
    let held = held(&terms, &said, &telling);
    let drafts = drafts(&terms, &said, &telling, &held);
    let revenue = of_last_year(beside);
    let people = people(beside, answers);
    let behind = |place: usize| {
        let counted: u64 = drafts[place].counted;
        said.iter().zip(&held).filter(move |(_, held)| **held & counted != 0).map(|(one, _)| *one)
    };
    let theme = |(place, draft): (usize, &Draft)| {
        let of = Theme {
            name: terms.texts[draft.terms[0] as usize].to_owned(),
            terms: draft.terms.iter().map(|term| terms.texts[*term as usize].to_owned()).collect(),
            hurts: draft.hurts,
            z: draft.z,
            ..Theme::default()
        };
        let all: Vec<Said> = behind(place).collect();
        let of = Theme { people: behind_telling(&all, draft.hurts, &people), ..of };
        figures(of, all, beside, answers, &revenue, lead)
    };
    let mut themes: Vec<Theme> = drafts.iter().enumerate().map(theme).collect();
    let wanted = wanted.and_then(|name| themes.iter().position(|theme| theme.name == name));
    feedback.behind = wanted.map(|place| {
        let all: Vec<Said> = behind(place).collect();
        let comments = latest(&all, answers, BEHIND);
        Behind { theme: themes[place].name.clone(), total: all.len() as u64, comments }
    });
    order::sort_by(&mut themes, |a, b| {
        let money = b.hurts.cmp(&a.hurts).then(b.revenue.cmp(&a.revenue));
        money.then(b.telling.cmp(&a.telling)).then_with(|| a.name.cmp(&b.name))
    });
    feedback.themes = themes;
}

/// The comments that count, each with the answer beside it: to the leading question, or to the next one of its row.
fn said(beside: &Beside<'_>, answers: &Answers<'_>, lead: Scale, high_is_easy: bool) -> Vec<Said> {
    let mut all = Vec::new();
    for (survey, side) in (0..).zip(&answers.surveys) {
        let Some(texts) = &side.table.comments else { continue };
        let sentiments = &texts.read().sentiments;
        let days = side.table.days(Role::Date);
        let on = |scale: Scale| {
            let own = side.table.answers().filter(move |(question, _)| question.scale == Some(scale));
            own.map(move |(_, scores)| (scale, scores))
        };
        let rest = SCALES.into_iter().filter(|scale| *scale != lead);
        let questions: Vec<(Scale, &[i64])> = std::iter::once(lead).chain(rest).flat_map(on).collect();
        for row in (0..side.table.rows).filter(|row| !texts.get(*row).is_empty()) {
            let day = days.map_or(NO_DAY, |days| days[row]);
            let answered = questions.iter().find(|(_, scores)| scores[row] != NO_NUMBER);
            let (Some((scale, scores)), true) = (answered, beside.counts(side, row, day)) else { continue };
            let answer = (scores[row] / crate::math::money::SCALE) as u8;
            all.push(Said {
                survey,
                row: row as u32,
                day,
                customer: side.customer(row).unwrap_or(NOBODY),
                scale: *scale,
                answer,
                lean: lean(*scale, answer, high_is_easy),
                sentiment: sentiments[row],
            });
        }
    }
    all
}

/// The answers on a scale one by one, the latest first, with what was said beside them.
pub fn each(answers: &Answers<'_>, scale: Scale, high_is_easy: bool) -> Vec<Comment> {
    let as_said = |one: &Answer| Said {
        survey: one.survey,
        row: one.row,
        day: one.day,
        customer: one.customer,
        scale,
        answer: one.answer,
        lean: lean(scale, one.answer, high_is_easy),
        sentiment: UNTOLD,
    };
    let all: Vec<Said> = answers.on(scale).iter().map(as_said).collect();
    latest(&all, answers, all.len())
}

/// The sentiment of comments as a whole.
fn summary(said: &[Said]) -> Comments {
    let told = || said.iter().map(|one| one.sentiment).filter(|sentiment| *sentiment != UNTOLD);
    let english = told().count() as u64;
    Comments {
        told: said.len() as u64,
        english,
        sentiment: mean_sentiment(said),
        good: Share::new(told().filter(|sentiment| *sentiment >= CLEAR).count() as u64, english),
        bad: Share::new(told().filter(|sentiment| *sentiment <= -CLEAR).count() as u64, english),
    }
}

/// The mean of whole ten-thousandths, so that it is the same in any order.
fn mean_sentiment(said: &[Said]) -> Option<f64> {
    let told = || said.iter().map(|one| i64::from(one.sentiment)).filter(|sentiment| *sentiment != i64::from(UNTOLD));
    ratio(told().sum::<i64>() as f64, told().count() as f64 * 10_000.0)
}

/// The terms of all surveys, and how many of the comments that count each of them stands in.
struct Terms<'a> {
    texts: Vec<&'a str>,
    /// By survey: the terms of its comments, and the place in `texts` of each.
    of: Vec<Option<(&'a crate::comments::terms::Terms, Vec<u32>)>>,
    /// Comments of the unhappy, and of the happy.
    low: Vec<u64>,
    high: Vec<u64>,
    all: Vec<u64>,
}

impl<'a> Terms<'a> {
    fn of(answers: &Answers<'a>, said: &[Said]) -> Terms<'a> {
        let mut terms = Terms { texts: Vec::new(), of: Vec::new(), low: Vec::new(), high: Vec::new(), all: Vec::new() };
        let mut places: FxHashMap<&str, u32> = FxHashMap::default();
        for side in &answers.surveys {
            let own = side.table.comments.as_ref().map(|texts| &texts.read().terms);
            terms.of.push(own.map(|own| {
                let mut place = |text: &'a str| {
                    *places.entry(text).or_insert_with(|| {
                        terms.texts.push(text);
                        terms.texts.len() as u32 - 1
                    })
                };
                (own, own.texts.iter().map(|text| place(text)).collect())
            }));
        }
        let mut counts = [const { Vec::new() }; 3].map(|mut counts: Vec<u64>| {
            counts.resize(terms.texts.len(), 0);
            counts
        });
        for one in said {
            for term in terms.of_comment(one) {
                counts[one.lean as usize][term as usize] += 1;
            }
        }
        let [low, between, high] = counts;
        terms.all = low.iter().zip(&between).zip(&high).map(|((low, between), high)| low + between + high).collect();
        (terms.low, terms.high) = (low, high);
        terms
    }

    /// The terms of a comment.
    fn of_comment(&self, said: &Said) -> impl Iterator<Item = u32> {
        let own = self.of[said.survey as usize].as_ref();
        own.into_iter()
            .flat_map(|(terms, places)| terms.of(said.row as usize).iter().map(|term| places[*term as usize]))
    }

    /// The telling terms and their z-scores, above zero where they go with low scores; the clearest first.
    fn telling(&self) -> Vec<(u32, f64)> {
        let sum = |counts: &[u64]| counts.iter().sum::<u64>() as f64;
        let (low, high, all) = (sum(&self.low), sum(&self.high), sum(&self.all));
        if low == 0.0 || high == 0.0 {
            return Vec::new();
        }
        let seen = || (0..self.texts.len()).filter(|term| self.all[*term] > 0);
        let weight = seen().count() as f64;
        let z = |term: usize| {
            let prior = weight * self.all[term] as f64 / all;
            let odds = |count: f64, of: f64| libm::log((count + prior) / (of + weight - count - prior));
            let (l, h) = (self.low[term] as f64, self.high[term] as f64);
            let spread = libm::sqrt(1.0 / (l + prior) + 1.0 / (h + prior));
            (odds(l, low) - odds(h, high)) / spread
        };
        // Alone, a term is all there is in both: its odds have no meaning.
        let scored: Vec<(u32, f64)> =
            seen().map(|term| (term as u32, z(term))).filter(|(_, z)| z.is_finite()).collect();
        let by_clarity = order::places(scored.len(), &mut |a, b| {
            let (a, b) = (scored[a], scored[b]);
            let text = |term: u32| self.texts[term as usize];
            b.1.abs().total_cmp(&a.1.abs()).then_with(|| text(a.0).cmp(text(b.0)))
        });
        let chance = |z: f64| libm::erfc(z.abs() / std::f64::consts::SQRT_2);
        let level = |rank: usize| FALSE_DISCOVERIES * (rank + 1) as f64 / scored.len() as f64;
        let last = (0..scored.len()).rev().find(|rank| chance(scored[by_clarity[*rank]].1) <= level(*rank));
        by_clarity[..last.map_or(0, |last| last + 1)].iter().map(|place| scored[*place]).collect()
    }
}

/// A theme on its way: the terms that count its comments, first the one that names it, then the clearest; and a bit each
/// for their places among the telling terms.
struct Draft {
    terms: Vec<u32>,
    counted: u64,
    hurts: bool,
    z: f64,
}

/// The clearest terms that tell and are subjects. A feeling is none, but it is as much of what was said as any other word:
/// it is weighed with them, and left then.
fn telling_subjects(terms: &Terms<'_>) -> Vec<(u32, f64)> {
    let is_subject = |(term, _): &(u32, f64)| !is_feeling(terms.texts[*term as usize]);
    terms.telling().into_iter().filter(is_subject).take(CLEAREST).collect()
}

/// By comment: which of the telling terms it holds, a bit each.
fn held(terms: &Terms<'_>, said: &[Said], telling: &[(u32, f64)]) -> Vec<u64> {
    let mut bits = vec![0; terms.texts.len()];
    telling.iter().enumerate().for_each(|(place, (term, _))| bits[*term as usize] = 1 << place);
    said.iter().map(|one| terms.of_comment(one).fold(0, |held, term| held | bits[term as usize])).collect()
}

/// Telling terms put together to themes.
fn drafts(terms: &Terms<'_>, said: &[Said], telling: &[(u32, f64)], held: &[u64]) -> Vec<Draft> {
    let both = together(telling.len(), held);
    let text = |place: usize| terms.texts[telling[place].0 as usize];
    let akin = |one: usize, other: usize| {
        let rarer = both[one][one].min(both[other][other]);
        contains(text(one), text(other)) || both[one][other] as f64 >= TOGETHER * rarer as f64
    };
    // Places among the telling terms.
    let mut groups: Vec<Vec<usize>> = Vec::new();
    let hurts = |place: usize| telling[place].1 > 0.0;
    for place in 0..telling.len() {
        let same_side = |group: &Vec<usize>| hurts(group[0]) == hurts(place);
        let is_akin = |group: &&mut Vec<usize>| same_side(group) && group.iter().any(|other| akin(*other, place));
        if let Some(group) = groups.iter_mut().find(is_akin) {
            group.push(place);
        } else if groups.iter().filter(|group| same_side(group)).count() < MOST {
            groups.push(vec![place]);
        }
    }
    let draft = |group: Vec<usize>| {
        let hurts = hurts(group[0]);
        let (mut group, counted) = counting(group, said, held, side(hurts));
        // Two words say more than one.
        let names = |place: &usize| {
            text(*place).contains(' ') && both[*place][*place] as f64 >= NAMING * both[group[0]][group[0]] as f64
        };
        let z = telling[group[0]].1;
        if let Some(name) = group.iter().position(names) {
            group[..=name].rotate_right(1);
        }
        Draft { terms: group.into_iter().map(|place| telling[place].0).collect(), counted, hurts, z }
    };
    groups.into_iter().map(draft).collect()
}

/// Where the answers lean that a theme goes with.
fn side(hurts: bool) -> Lean {
    if hurts { Lean::Unhappy } else { Lean::Happy }
}

/// The terms of a theme that count its comments, and a bit each: the one whose comments lean to its side most often, and
/// down from there every other whose comments, without those that are counted already, do so more often than comments at
/// large. They come in the order in which they are given.
fn counting(mut group: Vec<usize>, said: &[Said], held: &[u64], side: Lean) -> (Vec<usize>, u64) {
    let leaning_of = |which: &dyn Fn(u64) -> bool| {
        let those = || said.iter().zip(held).filter(|(_, held)| which(**held));
        (those().filter(|(one, _)| one.lean == side).count() as u64, those().count() as u64)
    };
    let is_clearer = |(leaning, all): (u64, u64), than: (u64, u64)| leaning * than.1 > than.0 * all;
    let at_large = leaning_of(&|_| true);
    let mut by_side: Vec<(usize, (u64, u64))> =
        group.iter().map(|place| (*place, leaning_of(&|held| held >> place & 1 == 1))).collect();
    order::sort_by(&mut by_side, |(a, one), (b, other)| (other.0 * one.1).cmp(&(one.0 * other.1)).then(a.cmp(b)));
    let mut counted = 0_u64;
    for (place, _) in by_side {
        let added = leaning_of(&|held| held >> place & 1 == 1 && held & counted == 0);
        if counted == 0 || added.1 == 0 || is_clearer(added, at_large) {
            counted |= 1 << place;
        }
    }
    group.retain(|place| counted >> place & 1 == 1);
    (group, counted)
}

/// How many comments two of the telling terms stand in together; with itself, how many each stands in.
fn together(telling: usize, held: &[u64]) -> Vec<Vec<u64>> {
    let mut both = vec![vec![0; telling]; telling];
    let mut here: Vec<usize> = Vec::new();
    for &held in held {
        here.clear();
        here.extend((0..telling).filter(|place| held >> place & 1 == 1));
        for &first in &here {
            here.iter().for_each(|second| both[first][*second] += 1);
        }
    }
    both
}

/// Whether all words of one term stand in the other, whichever is the longer, an `s` at the end aside.
fn contains(one: &str, other: &str) -> bool {
    let words = |text: &str| text.split(' ').count();
    let (short, long) = if words(one) <= words(other) { (one, other) } else { (other, one) };
    let bare = |word: &'_ str| word.strip_suffix('s').map_or(word.len(), str::len);
    let same = |a: &str, b: &str| a[..bare(a)] == b[..bare(b)];
    short.split(' ').all(|word| long.split(' ').any(|other| same(word, other)))
}

/// By survey and row: who has answered, of the orders or not.
fn people(beside: &Beside<'_>, answers: &Answers<'_>) -> Vec<Vec<u32>> {
    let mut others = Others::beside(beside.shown.whole.customers.len());
    let mut all = Vec::new();
    for Side { table, joined, .. } in &answers.surveys {
        all.push(joined.map_or_else(Vec::new, |joined| others.people(table, joined)));
    }
    all
}

/// How many people are behind the telling ones of these comments.
fn behind_telling(all: &[Said], hurts: bool, people: &[Vec<u32>]) -> u64 {
    let telling = all.iter().filter(|one| one.lean == side(hurts));
    let who = telling.filter_map(|one| people[one.survey as usize].get(one.row as usize));
    let mut who: Vec<u32> = who.copied().filter(|who| *who != NOBODY).collect();
    order::sort_by(&mut who, Ord::cmp);
    who.dedup();
    who.len() as u64
}

/// The figures of a theme from the comments that are of it.
fn figures(
    theme: Theme,
    all: Vec<Said>,
    beside: &Beside<'_>,
    answers: &Answers<'_>,
    revenue: &[i64],
    lead: Scale,
) -> Theme {
    let side = side(theme.hurts);
    let telling: Vec<Said> = all.iter().copied().filter(|one| one.lean == side).collect();
    let known = telling.iter().filter(|one| one.customer != NOBODY);
    let mut places: Vec<u32> =
        known.filter_map(|one| beside.place_in_history(one.customer)).map(|place| place as u32).collect();
    order::sort_by(&mut places, Ord::cmp);
    places.dedup();
    let scores = || all.iter().filter(|one| one.scale == lead).map(|one| u64::from(one.answer));
    Theme {
        comments: all.len() as u64,
        telling: telling.len() as u64,
        mean: ratio(scores().sum::<u64>() as f64, scores().count() as f64),
        sentiment: mean_sentiment(&all),
        customers: places.len() as u64,
        revenue: Money(places.iter().map(|place| revenue[*place as usize]).sum()),
        examples: latest(&telling, answers, EXAMPLES),
        ..theme
    }
}

/// The latest comments; of one day in the order of their texts.
fn latest(said: &[Said], answers: &Answers<'_>, most: usize) -> Vec<Comment> {
    let text = |one: &Said| match &answers.surveys[one.survey as usize].table.comments {
        Some(texts) => texts.get(one.row as usize),
        None => "",
    };
    let order = order::places(said.len(), &mut |a, b| {
        let (a, b) = (&said[a], &said[b]);
        b.day
            .cmp(&a.day)
            .then_with(|| text(a).cmp(text(b)))
            .then(a.customer.cmp(&b.customer))
            .then(a.answer.cmp(&b.answer))
    });
    let comment = |place: &usize| {
        let one = &said[*place];
        Comment {
            text: shorten(text(one), SHOWN),
            day: Some(one.day).filter(|day| *day != NO_DAY),
            answer: Some(one.answer),
            scale: Some(one.scale),
            customer: Some(one.customer).filter(|customer| *customer != NOBODY),
        }
    };
    order.iter().take(most).map(comment).collect()
}
