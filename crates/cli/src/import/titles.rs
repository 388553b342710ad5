//! Titles: which occupation has which. One of its own is an alias; one that several have is ambiguous; what the compiler
//! would refuse is left out, and said.
//!
//! Must not know how any of it is written.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fmt;

use titlecanon::{AliasType, Refusal, Wording};

use super::edition::{Occupation, Title};

/// What the one occupation has of a title that is its name, where others have it too; in ten-thousandths.
const PREFERRED: u32 = 7_000;

/// All of a title.
const WHOLE: u32 = 10_000;

/// What became of all titles.
#[derive(Debug)]
pub(super) struct Settled<'o> {
    /// One for each occupation that has any title.
    pub(super) functions: Vec<Function<'o>>,
    pub(super) shared: Vec<Shared<'o>>,
    pub(super) left_out: Vec<LeftOut<'o>>,
    /// The words of all titles that are not left out.
    pub(super) words: HashSet<String>,
}

impl Settled<'_> {
    /// How many times a title that several have is one's.
    pub(super) fn claims(&self) -> usize {
        self.shared.iter().map(|shared| shared.members.len()).sum()
    }
}

/// An occupation under its names.
#[derive(Debug)]
pub(super) struct Function<'o> {
    pub(super) occupation: &'o Occupation,
    /// What no other is called.
    pub(super) name: String,
    /// What somebody is called who does it, which is one of its aliases.
    pub(super) job: String,
    pub(super) aliases: Vec<Alias>,
}

/// A title that leads to one occupation, or that is ambiguous and the name of this one.
#[derive(Debug)]
pub(super) struct Alias {
    pub(super) text: String,
    pub(super) kind: AliasType,
    /// In hundredths.
    pub(super) confidence: u8,
}

/// A title that several occupations have.
#[derive(Debug)]
pub(super) struct Shared<'o> {
    pub(super) text: &'o str,
    /// Each with its share, in ten-thousandths.
    pub(super) members: Vec<(&'o Occupation, u32)>,
}

/// A title that is left out.
#[derive(Debug)]
pub(super) struct LeftOut<'o> {
    pub(super) occupation: &'o Occupation,
    pub(super) title: &'o str,
    pub(super) reason: Reason,
}

/// Why.
#[derive(Clone, Copy, Debug)]
pub(super) enum Reason {
    /// The compiler would refuse it.
    Refused(Refusal),
    /// The occupation has another title of the same words.
    Twice,
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Reason::Refused(refusal) => refusal.fmt(f),
            Reason::Twice => f.write_str("the same words as another title of the occupation"),
        }
    }
}

/// A title of an occupation, both by number.
#[derive(Clone, Copy, Debug)]
struct Claim {
    occupation: usize,
    title: usize,
}

impl Claim {
    /// The title is what the occupation is called.
    fn is_preferred(self) -> bool {
        self.title == 0
    }
}

/// Settles who has which title.
pub(super) fn settle<'o>(occupations: &'o [Occupation], wording: &Wording) -> Settled<'o> {
    let mut left_out = Vec::new();
    let mut claims = BTreeMap::<Vec<String>, Vec<Claim>>::new();
    for (at, occupation) in occupations.iter().enumerate() {
        for (nth, title) in occupation.titles.iter().enumerate() {
            let reason = match wording.title(&title.text) {
                Err(refusal) => Reason::Refused(refusal),
                Ok(words) => {
                    let claims = claims.entry(words).or_default();
                    if claims.last().is_none_or(|last| last.occupation != at) {
                        claims.push(Claim { occupation: at, title: nth });
                        continue;
                    }
                    Reason::Twice
                }
            };
            left_out.push(LeftOut { occupation, title: &title.text, reason });
        }
    }
    let mut owned = vec![Vec::new(); occupations.len()];
    let mut first_shared = HashMap::new();
    let mut shared = Vec::new();
    for claims in claims.values() {
        // Of several that are called the same the first has the title.
        let owner = claims.iter().find(|claim| claim.is_preferred() || claims.len() == 1);
        owner.into_iter().for_each(|claim| owned[claim.occupation].push(claim.title));
        if claims.len() > 1 {
            for claim in claims {
                let first = first_shared.entry(claim.occupation).or_insert(claim.title);
                *first = claim.title.min(*first);
            }
            let text = &occupations[claims[0].occupation].titles[claims[0].title].text;
            let members = shares(claims).map(|(claim, share)| (&occupations[claim.occupation], share)).collect();
            shared.push(Shared { text, members });
        }
    }
    let is_free = |text: &str| wording.title(text).is_ok_and(|words| !claims.contains_key(&words));
    let mut names = HashSet::new();
    let mut functions = Vec::new();
    for (at, (occupation, mut owned)) in occupations.iter().zip(owned).enumerate() {
        owned.sort_unstable();
        let title = |nth: usize| &occupation.titles[nth];
        let mut aliases: Vec<Alias> = owned.iter().map(|&nth| Alias::of(title(nth))).collect();
        if aliases.is_empty() {
            // All it is called others are called too: it needs a name that it can be told by. Without any it is left out.
            let Some(&nth) = first_shared.get(&at) else { continue };
            let made = [told_apart(&title(nth).text, occupation), occupation.code.clone()];
            let text = made.into_iter().find(|text| is_free(text)).unwrap_or_default();
            aliases.push(Alias { text, ..Alias::of(title(nth)) });
        }
        let mut name = title(0).text.clone();
        if !names.insert(name.to_lowercase()) {
            name = told_apart(&name, occupation);
            names.insert(name.to_lowercase());
        }
        functions.push(Function { occupation, name, job: aliases[0].text.clone(), aliases });
    }
    Settled { functions, shared, left_out, words: claims.into_keys().flatten().collect() }
}

/// The shares of those who have a title, by whether it is their name.
fn shares(claims: &[Claim]) -> impl Iterator<Item = (Claim, u32)> {
    let named = claims.iter().filter(|claim| claim.is_preferred()).count() as u32;
    let others = claims.len() as u32 - named;
    let (for_named, for_others) = match (named, others) {
        (0, _) => (0, WHOLE),
        (_, 0) => (WHOLE, 0),
        _ => (PREFERRED, WHOLE - PREFERRED),
    };
    claims.iter().map(move |&claim| (claim, if claim.is_preferred() { for_named / named } else { for_others / others }))
}

/// A text that the occupation can be told by.
fn told_apart(text: &str, occupation: &Occupation) -> String {
    format!("{text} ({})", occupation.code)
}

impl Alias {
    fn of(title: &Title) -> Alias {
        Alias { text: title.text.clone(), kind: title.kind, confidence: title.confidence }
    }
}
