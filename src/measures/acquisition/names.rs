//! Names of channels and campaigns, as costs and as orders write them.

use rustc_hash::FxHashMap;

use crate::math::order;
use crate::text;

/// A name as names are compared: letters and digits only, in small letters. Nothing more is taken for the same.
pub(super) fn key(name: &str) -> String {
    text::lower(name).chars().filter(|&letter| letter.is_ascii_digit() || text::is_letter(letter)).collect()
}

/// Different names, each with its [`key`]; of spellings with one key the first by its bytes.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Names {
    places: FxHashMap<Box<str>, u32>,
    /// Keys, and names as they are written.
    names: Vec<(Box<str>, String)>,
}

impl Names {
    /// The place of a name, which is added where its key is new.
    pub(super) fn add(&mut self, name: &str) -> usize {
        let key = key(name);
        if let Some(place) = self.place(&key) {
            let known = &mut self.names[place].1;
            if name < known.as_str() {
                *known = name.to_owned();
            }
            return place;
        }
        let key: Box<str> = key.into();
        self.places.insert(key.clone(), self.names.len() as u32);
        self.names.push((key, name.to_owned()));
        self.names.len() - 1
    }

    /// The same for a name that has letters or digits; nothing for others.
    pub(super) fn add_named(&mut self, name: &str) -> Option<usize> {
        (!key(name).is_empty()).then(|| self.add(name))
    }

    /// The place of a key.
    pub(super) fn place(&self, key: &str) -> Option<usize> {
        self.places.get(key).map(|place| *place as usize)
    }

    /// Puts the names in the order of their keys, and says for each old place the new one.
    pub(super) fn sort(&mut self) -> Vec<usize> {
        let order = order::places(self.len(), &mut |a, b| self.names[a].0.cmp(&self.names[b].0));
        let mut places = vec![0; order.len()];
        order.iter().enumerate().for_each(|(new, &old)| places[old] = new);
        self.names = order.into_iter().map(|old| std::mem::take(&mut self.names[old])).collect();
        self.places = self.names.iter().zip(0..).map(|((key, _), place)| (key.clone(), place)).collect();
        places
    }

    /// How many.
    pub(super) fn len(&self) -> usize {
        self.names.len()
    }

    /// A name as it is written.
    pub(super) fn name(&self, place: usize) -> &str {
        &self.names[place].1
    }

    /// Whether a place has a name at all: letters or digits.
    pub(super) fn is_named(&self, place: usize) -> bool {
        !self.names[place].0.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_spaces_and_signs_are_all_that_may_differ() {
        for name in ["Facebook Ads", "facebook ads", "FACEBOOK-ADS", "facebook_ads ", "Facebook/Ads"] {
            assert_eq!(key(name), "facebookads");
        }
        assert_ne!(key("facebook"), key("Facebook Ads"));
        assert_eq!((key("Café №1"), key(" – "), key("ΟΔΟΣ")), ("café1".into(), String::new(), key("οδοσ")));
    }

    #[test]
    fn names_are_one_by_their_keys_whatever_the_order() {
        let mut names = Names::default();
        let places: Vec<usize> = ["zoo", "web", "", "Web", " - "].map(|name| names.add(name)).to_vec();
        assert_eq!(places, [0, 1, 2, 1, 2]);
        assert_eq!(names.sort(), [2, 1, 0]);
        assert_eq!((0..names.len()).map(|place| names.name(place)).collect::<Vec<_>>(), ["", "Web", "zoo"]);
        assert_eq!((names.is_named(0), names.is_named(1), names.place("web")), (false, true, Some(1)));
    }
}
