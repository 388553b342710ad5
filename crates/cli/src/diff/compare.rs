//! Compare: which titles changed their answer, and how. The names of the fields are those of the JSON report, and a
//! contract.
//!
//! Must not know where answers come from or how changes are shown.

use std::collections::HashMap;

use serde::{Serialize, Serializer};

use crate::diff::answers::{Answer, Answers};

/// How an answer changed: the first of these that holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Kind {
    /// There was no role and there is one.
    RoleGained,
    /// There was a role and there is none.
    RoleLost,
    /// The function is another.
    OtherFunction,
    /// The function is the same, the focus another.
    OtherFocus,
    /// Function and focus are the same, the level is another.
    OtherLevel,
    /// The role is the same, the verdict another.
    VerdictOnly,
    /// Role and verdict are the same; the confidence changed by more than is tolerated.
    ConfidenceOnly,
}

impl Kind {
    /// All of them in order.
    pub(crate) const ALL: [Kind; 7] = [
        Kind::RoleGained,
        Kind::RoleLost,
        Kind::OtherFunction,
        Kind::OtherFocus,
        Kind::OtherLevel,
        Kind::VerdictOnly,
        Kind::ConfidenceOnly,
    ];

    /// What it is called.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Kind::RoleGained => "role gained",
            Kind::RoleLost => "role lost",
            Kind::OtherFunction => "other function",
            Kind::OtherFocus => "other focus",
            Kind::OtherLevel => "other level",
            Kind::VerdictOnly => "verdict only",
            Kind::ConfidenceOnly => "confidence only",
        }
    }

    /// How an answer changed, if it did.
    fn of(old: &Answer, new: &Answer, tolerance: f64) -> Option<Kind> {
        match (old.code, new.code) {
            (None, Some(_)) => return Some(Kind::RoleGained),
            (Some(_), None) => return Some(Kind::RoleLost),
            (Some(old), Some(new)) if old.function() != new.function() => return Some(Kind::OtherFunction),
            (Some(old), Some(new)) if old.focus() != new.focus() => return Some(Kind::OtherFocus),
            (Some(old), Some(new)) if old.level() != new.level() => return Some(Kind::OtherLevel),
            _ => {}
        }
        // Confidences are whole ten-thousandths; less than that is only how numbers are written.
        let apart = (old.confidence.unwrap_or(0.0) - new.confidence.unwrap_or(0.0)).abs();
        if old.verdict != new.verdict {
            Some(Kind::VerdictOnly)
        } else {
            (apart > tolerance + 1e-9).then_some(Kind::ConfidenceOnly)
        }
    }
}

/// How titles were brought together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Join {
    /// Both lists have the same titles in the same order.
    Order,
    /// By the text of the title; of one that occurs several times, the first with the first and so on.
    Title,
}

/// What there is to say of two lists of answers.
#[derive(Debug, Serialize)]
pub(crate) struct Changes {
    /// What the older is called.
    pub(crate) old: String,
    /// What the newer is called.
    pub(crate) new: String,
    /// How titles were brought together.
    pub(crate) joined_by: Join,
    /// Changes of confidence up to this are none.
    pub(crate) tolerance: f64,
    /// How many titles are in both lists.
    pub(crate) titles: u64,
    /// How many of them have the same answer.
    pub(crate) unchanged: u64,
    /// How many changed, by kind.
    pub(crate) kinds: Counts,
    /// The titles that changed, by kind and then in the order of the older list; each once for the same change.
    pub(crate) changes: Vec<Change>,
    /// The titles that only the older list has.
    pub(crate) only_old: Vec<String>,
    /// The titles that only the newer list has.
    pub(crate) only_new: Vec<String>,
}

/// A count for each kind.
#[derive(Debug, Default)]
pub(crate) struct Counts([u64; Kind::ALL.len()]);

impl Counts {
    /// How many changes of this kind there are.
    pub(crate) fn get(&self, kind: Kind) -> u64 {
        self.0[kind as usize]
    }

    fn all(&self) -> u64 {
        self.0.iter().sum()
    }
}

impl Serialize for Counts {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(Kind::ALL.into_iter().map(|kind| (kind, self.get(kind))))
    }
}

/// A title whose answer changed.
#[derive(Debug, Serialize)]
pub(crate) struct Change {
    /// How.
    pub(crate) kind: Kind,
    /// The title.
    pub(crate) title: String,
    /// How many times it is in the lists with this change.
    pub(crate) times: u64,
    /// The older answer.
    pub(crate) old: Told,
    /// The newer answer.
    pub(crate) new: Told,
}

/// An answer as it is told.
#[derive(Debug, Serialize)]
pub(crate) struct Told {
    /// The verdict.
    pub(crate) verdict: &'static str,
    /// The code.
    pub(crate) code: Option<String>,
    /// How sure the role is.
    pub(crate) confidence: Option<f64>,
}

impl Told {
    fn of(answer: &Answer) -> Told {
        let code = answer.code.map(|code| code.to_string());
        Told { verdict: answer.verdict, code, confidence: answer.confidence }
    }
}

impl Changes {
    /// Compares two lists.
    pub(crate) fn between(names: [String; 2], old: &Answers, new: &Answers, tolerance: f64) -> Changes {
        let [old_name, new_name] = names;
        let mut changes = Changes {
            old: old_name,
            new: new_name,
            joined_by: Join::Order,
            tolerance,
            titles: 0,
            unchanged: 0,
            kinds: Counts::default(),
            changes: Vec::new(),
            only_old: Vec::new(),
            only_new: Vec::new(),
        };
        let pairs: Vec<(usize, usize)> = if old.titles == new.titles {
            (0..old.titles.len()).map(|nth| (nth, nth)).collect()
        } else {
            changes.joined_by = Join::Title;
            changes.join(old, new)
        };
        changes.titles = pairs.len() as u64;
        let mut seen: HashMap<(&str, Kind), Vec<usize>> = HashMap::new();
        for (left, right) in pairs {
            let (title, left, right) = (&old.titles[left], &old.answers[left], &new.answers[right]);
            let Some(kind) = Kind::of(left, right, tolerance) else { continue };
            changes.kinds.0[kind as usize] += 1;
            let (left, right) = (Told::of(left), Told::of(right));
            let same = seen.entry((title, kind)).or_default();
            let told = |told: &Told| (told.verdict, told.code.clone(), told.confidence);
            let before = same.iter().find(|&&nth| {
                let change: &Change = &changes.changes[nth];
                told(&change.old) == told(&left) && told(&change.new) == told(&right)
            });
            match before {
                Some(&nth) => changes.changes[nth].times += 1,
                None => {
                    same.push(changes.changes.len());
                    changes.changes.push(Change { kind, title: title.clone(), times: 1, old: left, new: right });
                }
            }
        }
        changes.unchanged = changes.titles - changes.kinds.all();
        changes.changes.sort_by_key(|change| change.kind);
        changes
    }

    /// Brings equal titles together, and keeps those that have no counterpart.
    fn join(&mut self, old: &Answers, new: &Answers) -> Vec<(usize, usize)> {
        let mut places: HashMap<&str, Vec<usize>> = HashMap::new();
        for (nth, title) in new.titles.iter().enumerate().rev() {
            places.entry(title).or_default().push(nth);
        }
        let mut pairs = Vec::new();
        for (nth, title) in old.titles.iter().enumerate() {
            match places.get_mut(title.as_str()).and_then(Vec::pop) {
                Some(place) => pairs.push((nth, place)),
                None => self.only_old.push(title.clone()),
            }
        }
        let mut left: Vec<usize> = places.into_values().flatten().collect();
        left.sort_unstable();
        self.only_new.extend(left.into_iter().map(|nth| new.titles[nth].clone()));
        pairs
    }

    /// Whether anything differs.
    pub(crate) fn any(&self) -> bool {
        self.unchanged != self.titles || !self.only_old.is_empty() || !self.only_new.is_empty()
    }
}
