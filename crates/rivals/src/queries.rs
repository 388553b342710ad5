//! The titles that the engines are asked for, made from the aliases with a fixed seed.
//!
//! Every class but the first and last keeps the job of the alias that the title was made from, and none of its titles is
//! itself an alias. Must not know any engine.

use crate::common::Random;
use crate::list::{Entry, List};

/// Titles in each class.
pub(crate) const TITLES: usize = 2_000;

const SEED: u64 = 0x0007_1713_ca11_0911;

/// A title and the job that is right; `None` where no answer is right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Query {
    pub(crate) title: String,
    pub(crate) job: Option<u32>,
}

/// Titles of one kind.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Class {
    pub(crate) name: &'static str,
    pub(crate) about: &'static str,
    pub(crate) queries: Vec<Query>,
}

type Make = fn(&mut Random, &str) -> Option<String>;

/// The classes of titles: name, what they are, and how an alias becomes one, where it can.
const CLASSES: [(&str, &str, Make); 8] = [
    ("hit", "an alias as the taxonomy writes it", |_, alias| Some(alias.to_owned())),
    ("level", "Senior, Sr., Junior or Lead before an alias", level),
    ("messy", "an alias in capitals with a shift, a place and pay behind it", messy),
    ("one_edit", "one letter of an alias replaced, inserted, left out or swapped with the next", |random, alias| {
        edit(random, alias)
    }),
    ("two_edits", "two such edits, anywhere in the alias", |random, alias| {
        let once = edit(random, alias)?;
        edit(random, &once)
    }),
    ("order", "an alias of two to four plain words, the last put first: \"Engineer, Software\"", order),
    ("missing", "an alias of three words or more without one of them", missing),
    ("miss", "three made-up words; no answer is right", |random, _| Some(made_up(random))),
];

/// All classes over the aliases, the same at every call.
pub(crate) fn classes(list: &List) -> Vec<Class> {
    let keys = list.keys();
    CLASSES
        .iter()
        .zip(1..)
        .map(|(&(name, about, make), number)| {
            let random = &mut Random(SEED ^ (number << 32));
            let mut queries = Vec::with_capacity(TITLES);
            while queries.len() < TITLES {
                let Entry { text, job, .. } = &list.entries[random.below(list.entries.len())];
                let Some(title) = make(random, text) else { continue };
                if name == "hit" || !keys.contains(title.to_lowercase().as_str()) {
                    queries.push(Query { title, job: (name != "miss").then_some(*job) });
                }
            }
            Class { name, about, queries }
        })
        .collect()
}

fn pick<'a>(random: &mut Random, from: &[&'a str]) -> &'a str {
    from[random.below(from.len())]
}

fn level(random: &mut Random, alias: &str) -> Option<String> {
    Some(format!("{} {alias}", pick(random, &["Senior", "Sr.", "Junior", "Lead"])))
}

fn messy(random: &mut Random, alias: &str) -> Option<String> {
    let shift = pick(random, &["Night Shift", "2nd Shift", "Weekend Shift", "Full-Time", "Part Time", "Remote"]);
    let place = pick(random, &["Austin, TX", "Columbus, OH", "Boston, MA", "Denver, CO", "EMEA"]);
    let pay = pick(random, &["$25/hr", "$22.50 per hour", "$70,000", "$18-$21/hr"]);
    Some(format!("{} - {shift} ({place}) {pay}", alias.to_uppercase()))
}

/// The alias with one letter changed.
fn edit(random: &mut Random, alias: &str) -> Option<String> {
    let mut letters: Vec<char> = alias.chars().collect();
    let at = random.below(letters.len());
    let letter = char::from(b'a' + random.below(26) as u8);
    match random.below(4) {
        0 => letters[at] = letter,
        1 => letters.insert(at, letter),
        2 => drop(letters.remove(at)),
        _ if at + 1 < letters.len() => letters.swap(at, at + 1),
        _ => return None,
    }
    let edited: String = letters.into_iter().collect();
    let same = edited.to_lowercase() == alias.to_lowercase() || edited.trim() != edited || edited.is_empty();
    (!same).then_some(edited)
}

fn order(_: &mut Random, alias: &str) -> Option<String> {
    let words: Vec<&str> = alias.split(' ').collect();
    let plain = |word: &&str| word.starts_with(char::is_uppercase) && word.chars().all(char::is_alphanumeric);
    if !(2..=4).contains(&words.len()) || !words.iter().all(plain) {
        return None;
    }
    let (last, rest) = words.split_last()?;
    Some(format!("{last}, {}", rest.join(" ")))
}

fn missing(random: &mut Random, alias: &str) -> Option<String> {
    let mut words: Vec<&str> = alias.split(' ').collect();
    if words.len() < 3 {
        return None;
    }
    words.remove(random.below(words.len()));
    Some(words.join(" "))
}

fn made_up(random: &mut Random) -> String {
    let mut word = || -> String { (0..6).map(|_| pick(random, &["q", "z", "x", "v", "u", "k"])).collect() };
    [word(), word(), word()].join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_and_queries_are_the_same_at_every_call() {
        let (list, again) = (List::builtin(), List::builtin());
        assert!(list.entries.iter().zip(&again.entries).all(|(a, b)| a.folded == b.folded && a.job == b.job));
        let classes = classes(&list);
        assert_eq!(classes, super::classes(&again));
        assert!(classes.iter().all(|class| class.queries.len() == TITLES));
    }

    #[test]
    fn only_hits_are_aliases() {
        let list = List::builtin();
        let keys = list.keys();
        for class in classes(&list) {
            let listed =
                class.queries.iter().filter(|query| keys.contains(query.title.to_lowercase().as_str())).count();
            assert_eq!(listed, if class.name == "hit" { TITLES } else { 0 }, "{}", class.name);
        }
    }
}
