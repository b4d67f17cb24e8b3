//! Customers whose ids are the same but for how they are written, among all tables: found, and made one where a person says
//! so.
//!
//! What is written most often stands for all: in most rows of the orders, then in most rows of the other tables, then the
//! first by its bytes. So neither the order of rows nor that of files matters.

use std::cmp::Ordering;

use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};

use super::intake::repeats::{Seen, hash};
use crate::ingest::ids;
use crate::ingest::profile::shorten;
use crate::ingest::spelling::{self, IdRule, IdRules};
use crate::math::order;

/// Near misses of a rule that are shown.
const EXAMPLES: usize = 3;

/// Characters of an id that are shown.
const SHOWN: usize = 60;

/// Ids that a rule makes equal to others.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NearMiss {
    /// The rule.
    pub rule: IdRule,
    /// Ids that it takes the rule to see as another one, written more often.
    pub ids: u64,
    /// Those of them for which it takes this rule and no other.
    pub alone: u64,
    /// Their rows, in all tables.
    pub rows: u64,
    /// Whether a person has said that they are the same.
    pub merged: bool,
    /// The first few, each with the id that it would be made, in the order of their bytes.
    pub examples: Vec<(String, String)>,
}

/// The ids of one column, and their rows.
pub struct Population<'a> {
    /// Every id once.
    pub ids: Vec<&'a str>,
    /// Rows of each.
    pub rows: Vec<u32>,
    /// Whether they are of the orders.
    pub of_orders: bool,
}

/// One way of writing an id.
#[derive(Debug)]
struct Spelling<'a> {
    id: &'a str,
    orders: u64,
    others: u64,
}

/// All near misses.
#[derive(Debug, Default)]
pub struct Near<'a> {
    /// Ids that all rules together make one: the most frequent first.
    groups: Vec<Vec<Spelling<'a>>>,
    /// Ids that a spreadsheet has cut, with the only number that each can be.
    numbers: FxHashMap<&'a str, &'a str>,
}

/// Which ids are made which, by what a person said.
#[derive(Debug, Default)]
pub struct Merged {
    into: FxHashMap<Box<str>, Box<str>>,
}

impl Merged {
    /// What an id is made.
    pub fn id<'a>(&'a self, id: &'a str) -> &'a str {
        self.into.get(id).map_or(id, |into| into)
    }

    /// How many ids are made others.
    pub fn ids(&self) -> usize {
        self.into.len()
    }
}

impl<'a> Near<'a> {
    /// The near misses among the ids of all tables.
    pub fn among(populations: &[Population<'a>]) -> Near<'a> {
        let mut near = Near { groups: Vec::new(), numbers: numbers_cut_short(populations) };
        let all = IdRules::all();
        let mut key = String::new();
        // Nearly always there are none: a hash of each id tells, without keeping a text.
        let (mut keys, mut written) = (Seen::default(), Seen::default());
        let mut several: FxHashSet<u64> = FxHashSet::default();
        for id in populations.iter().flat_map(|population| &population.ids) {
            near.key(id, all, &mut key);
            let of_key = hash(key.as_bytes(), 1);
            let is_new_key = keys.insert(of_key);
            // The ids of one column differ from each other; only another one can repeat them.
            let is_new_id = populations.len() == 1 || written.insert(hash(id.as_bytes(), 1));
            if !is_new_key && is_new_id {
                several.insert(of_key);
            }
        }
        if several.is_empty() {
            return near;
        }
        let mut places: FxHashMap<String, usize> = FxHashMap::default();
        for population in populations {
            for (id, rows) in population.ids.iter().zip(&population.rows) {
                near.key(id, all, &mut key);
                if !several.contains(&hash(key.as_bytes(), 1)) {
                    continue;
                }
                let place = *places.entry(key.clone()).or_insert_with(|| {
                    near.groups.push(Vec::new());
                    near.groups.len() - 1
                });
                let rows = u64::from(*rows);
                let (orders, others) = if population.of_orders { (rows, 0) } else { (0, rows) };
                near.groups[place].push(Spelling { id, orders, others });
            }
        }
        near.groups.iter_mut().for_each(add_up);
        // Who is in no order is none of the customers.
        near.groups.retain(|group| group.len() > 1 && group[0].orders > 0);
        order::sort_by(&mut near.groups, |a, b| a[0].id.cmp(b[0].id));
        near
    }

    /// What the near misses are by rules, and which of these a person has said.
    pub fn told(&self, said: IdRules) -> Vec<NearMiss> {
        let mut all: Vec<NearMiss> = IdRule::ALL
            .into_iter()
            .map(|rule| NearMiss { rule, ids: 0, alone: 0, rows: 0, merged: said.has(rule), examples: Vec::new() })
            .collect();
        for group in &self.groups {
            for other in &group[1..] {
                let needed = self.needed(other.id, group[0].id);
                let alone = IdRule::ALL.into_iter().filter(|rule| needed.has(*rule)).count() == 1;
                for near in all.iter_mut().filter(|near| needed.has(near.rule)) {
                    near.ids += 1;
                    near.alone += u64::from(alone);
                    near.rows += other.orders + other.others;
                    if near.examples.len() < EXAMPLES {
                        near.examples.push((shorten(other.id, SHOWN), shorten(group[0].id, SHOWN)));
                    }
                }
            }
        }
        all.retain(|near| near.ids > 0);
        all
    }

    /// The ids that these rules make others.
    pub fn merged(&self, said: IdRules) -> Merged {
        let mut merged = Merged::default();
        if said.is_empty() {
            return merged;
        }
        let mut key = String::new();
        let mut first: FxHashMap<String, &str> = FxHashMap::default();
        for group in &self.groups {
            first.clear();
            for spelling in group {
                self.key(spelling.id, said, &mut key);
                match first.get(&key) {
                    Some(into) => {
                        merged.into.insert(spelling.id.into(), (*into).into());
                    }
                    None => {
                        first.insert(key.clone(), spelling.id);
                    }
                }
            }
        }
        merged
    }

    /// What an id is made by a set of rules.
    fn key(&self, id: &str, rules: IdRules, key: &mut String) {
        let whole = self.numbers.get(id).filter(|_| rules.has(IdRule::Scientific));
        spelling::plain(whole.unwrap_or(&id), rules, key);
    }

    /// The rules without which two ids would not be equal.
    fn needed(&self, one: &str, other: &str) -> IdRules {
        let (mut a, mut b) = (String::new(), String::new());
        IdRule::ALL.into_iter().fold(IdRules::all(), |rules, rule| {
            let fewer = rules.with(rule, false);
            self.key(one, fewer, &mut a);
            self.key(other, fewer, &mut b);
            if a == b { fewer } else { rules }
        })
    }
}

/// Makes the same id of several tables one, and puts the most frequent first.
fn add_up(group: &mut Vec<Spelling<'_>>) {
    order::sort_by(group, |a, b| a.id.cmp(b.id));
    group.dedup_by(|again, kept| {
        let same = again.id == kept.id;
        if same {
            kept.orders += again.orders;
            kept.others += again.others;
        }
        same
    });
    let most_first = |a: &Spelling<'_>, b: &Spelling<'_>| -> Ordering {
        b.orders.cmp(&a.orders).then(b.others.cmp(&a.others)).then(a.id.cmp(b.id))
    };
    order::sort_by(group, most_first);
}

/// Of the ids that a spreadsheet has cut, those that can be one number only of all that are there.
fn numbers_cut_short<'a>(populations: &[Population<'a>]) -> FxHashMap<&'a str, &'a str> {
    let ids = || populations.iter().flat_map(|population| population.ids.iter().copied());
    // How each is written by a spreadsheet that has a point, with the numbers that it can be: one, or too many.
    let mut cut: FxHashMap<String, Option<&'a str>> = FxHashMap::default();
    let mut places: Vec<usize> = Vec::new();
    for id in ids().filter(|id| ids::is_damaged(id)) {
        let written = as_written(id);
        let shown = written.find('E').unwrap_or(0).saturating_sub(2);
        if !places.contains(&shown) {
            places.push(shown);
        }
        cut.insert(written, None);
    }
    if cut.is_empty() {
        return FxHashMap::default();
    }
    let mut many: FxHashSet<String> = FxHashSet::default();
    for number in ids() {
        for places in &places {
            let Some(written) = spelling::cut_short(number, *places) else { break };
            if let Some(only) = cut.get_mut(&written) {
                if only.is_some_and(|other| other != number) {
                    many.insert(written);
                }
                *only = Some(number);
            }
        }
    }
    let only = |id: &'a str| {
        let written = as_written(id);
        Some((id, (*cut.get(&written)?).filter(|_| !many.contains(&written))?))
    };
    ids().filter(|id| ids::is_damaged(id)).filter_map(only).collect()
}

/// A number that a spreadsheet has cut, with a point and a capital E.
fn as_written(id: &str) -> String {
    id.replace(',', ".").replace('e', "E")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn population<'a>(ids: &[(&'a str, u32)], of_orders: bool) -> Population<'a> {
        let (ids, rows) = ids.iter().copied().unzip();
        Population { ids, rows, of_orders }
    }

    fn told(populations: &[Population<'_>]) -> Vec<(IdRule, u64, u64, String)> {
        let near = Near::among(populations).told(IdRules::default());
        let shown = |near: &NearMiss| {
            near.examples.iter().map(|(id, into)| format!("{id}>{into}")).collect::<Vec<_>>().join(" ")
        };
        near.iter().map(|near| (near.rule, near.ids, near.rows, shown(near))).collect()
    }

    #[test]
    fn near_misses_are_told_by_the_rules_that_they_need() {
        let orders = population(
            &[("Ann@x.com", 3), ("ann@x.com", 5), ("ANN+shop@x.com", 2), ("00712", 1), ("712", 4), ("other", 9)],
            true,
        );
        assert_eq!(
            told(&[orders]),
            [
                (IdRule::Case, 2, 5, "Ann@x.com>ann@x.com ANN+shop@x.com>ann@x.com".to_owned()),
                (IdRule::Tags, 1, 2, "ANN+shop@x.com>ann@x.com".to_owned()),
                (IdRule::Zeros, 1, 1, "00712>712".to_owned()),
            ]
        );
    }

    #[test]
    fn what_the_orders_write_most_often_stands_for_all() {
        let near = |orders: &[(&'static str, u32)], other: &[(&'static str, u32)]| {
            let populations = [population(orders, true), population(other, false)];
            let near = Near::among(&populations);
            let merged = near.merged([IdRule::Case].into_iter().collect());
            ["a", "A"].map(|id| merged.id(id).to_owned())
        };
        assert_eq!(near(&[("a", 2), ("A", 3)], &[("a", 90)]), ["A", "A"]);
        assert_eq!(near(&[("a", 2), ("A", 2)], &[("a", 1)]), ["a", "a"]);
        assert_eq!(near(&[("a", 2), ("A", 2)], &[]), ["A", "A"], "the first by its bytes");
        assert_eq!(near(&[("a", 2)], &[("A", 7)]), ["a", "a"], "a spelling that the orders have");
        assert_eq!(near(&[("a", 2)], &[("a", 7)]), ["a", "A"], "the same in two tables is no near miss");
    }

    #[test]
    fn only_what_was_said_is_merged() {
        let orders = population(&[("ann@x.com", 5), ("Ann@x.com", 3), ("Ann+b@x.com", 2), ("ann+c@x.com", 1)], true);
        let near = Near::among(std::slice::from_ref(&orders));
        let merged = |rules: &[IdRule]| {
            let merged = near.merged(rules.iter().copied().collect());
            orders.ids.iter().map(|id| merged.id(id).to_owned()).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(merged(&[]), "ann@x.com Ann@x.com Ann+b@x.com ann+c@x.com");
        assert_eq!(merged(&[IdRule::Case]), "ann@x.com ann@x.com Ann+b@x.com ann+c@x.com");
        assert_eq!(merged(&[IdRule::Tags]), "ann@x.com Ann@x.com Ann@x.com ann@x.com");
        assert_eq!(merged(&[IdRule::Tags, IdRule::Case]), "ann@x.com ann@x.com ann@x.com ann@x.com");
    }

    #[test]
    fn an_id_that_was_cut_is_a_number_only_where_no_other_is_cut_like_it() {
        let numbers = [("1234567890123456", 4), ("1.23E+15", 1), ("7770000000000001", 2), ("7770000000000002", 2)];
        let with_comma = [("7,77E+15", 1), ("1,23e+15", 3)];
        let populations = [population(&numbers, true), population(&with_comma, false)];
        assert_eq!(
            told(&populations),
            [(IdRule::Scientific, 2, 4, "1.23E+15>1234567890123456 1,23e+15>1234567890123456".to_owned())]
        );
        let near = Near::among(&populations);
        assert_eq!(near.merged(IdRules::all()).id("7,77E+15"), "7,77E+15", "which of the two, nobody knows");
    }

    proptest! {
        #[test]
        fn what_is_merged_does_not_depend_on_the_order_of_ids(
            (ids, shuffled) in proptest::collection::btree_map("[aA. ]{1,3}(\\+[ab])?(@x)?|0{0,2}[12](\\.0)?", 1u32..4, 1..30)
                .prop_map(|ids| ids.into_iter().collect::<Vec<_>>())
                .prop_flat_map(|ids| (Just(ids.clone()), Just(ids).prop_shuffle())),
            rules in 0u8..128,
        ) {
            let said: IdRules = IdRule::ALL.into_iter().filter(|rule| rules & (1 << *rule as u8) != 0).collect();
            let of = |ids: &[(String, u32)]| {
                let ids: Vec<(&str, u32)> = ids.iter().map(|(id, rows)| (id.as_str(), *rows)).collect();
                let populations = [population(&ids, true)];
                let near = Near::among(&populations);
                let merged = near.merged(said);
                let mut into: Vec<(String, String)> =
                    ids.iter().map(|(id, _)| ((*id).to_owned(), merged.id(id).to_owned())).collect();
                order::sort_by(&mut into, Ord::cmp);
                (near.told(said), into)
            };
            let (one, two) = (of(&ids), of(&shuffled));
            prop_assert_eq!(&one, &two);
            // Who is merged is equal by the rules, and nobody is merged into somebody who is merged.
            let (mut a, mut b) = (String::new(), String::new());
            for (id, into) in &one.1 {
                spelling::plain(id, said, &mut a);
                spelling::plain(into, said, &mut b);
                prop_assert_eq!(&a, &b);
                prop_assert!(one.1.iter().any(|(id, of)| id == into && of == into));
            }
        }
    }
}
