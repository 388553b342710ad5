//! Labels: what the user's labels mean in SOC codes, levels, families and functions, and whether an answer is right.
//!
//! Must not know of rows, weights or reports.

use std::collections::HashMap;
use std::path::Path;

use titlecanon::{Family, Function, Level, Match, Mnemonic, Taxonomy};

use crate::failure::Result;
use crate::records::Records;
use crate::rows::{did_you_mean, quoted_list};

/// What stands for all that is not said.
const REST: &str = "*";

/// What stands for no code at all.
const NONE: &str = "-";

/// What a label and an answer come to.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Judgement<'a> {
    /// Whether the answer is right.
    pub(crate) right: bool,
    /// The label that the answer would have had; none for no answer.
    pub(crate) answer: Option<&'a str>,
}

/// Levels, as one bit each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Levels(u32);

impl Levels {
    const ALL: Levels = Levels((1 << Level::ALL.len()) - 1);

    fn of(level: Level) -> Levels {
        Levels(1 << level as u32)
    }

    fn has(self, level: Level) -> bool {
        self.0 & Levels::of(level).0 != 0
    }

    /// Reads `P3|P4`.
    fn parse(text: &str) -> std::result::Result<Levels, String> {
        let mut levels = Levels::default();
        for part in text.split('|').map(str::trim) {
            let level = part.parse::<Level>().map_err(|_| {
                format!("\"{part}\" is no level; a level is S1-S4, P1-P6, M1-M6 or E1-E5, several are P3|P4")
            })?;
            levels.0 |= Levels::of(level).0;
        }
        Ok(levels)
    }
}

/// What labels mean in levels.
#[derive(Debug)]
pub(crate) enum LevelLabels {
    /// They are levels.
    Codes,
    /// A table says it.
    Table(LevelTable),
}

/// A table of labels and levels.
#[derive(Debug)]
pub(crate) struct LevelTable {
    name: String,
    labels: Vec<String>,
    levels: Vec<Levels>,
    rest: Option<usize>,
}

impl LevelLabels {
    /// Reads a table with the columns `label` and `levels`.
    pub(crate) fn read(path: &Path) -> Result<LevelLabels> {
        let records = Records::open_table(path, "label")?;
        let column = records.column("levels")?;
        let mut table = LevelTable { name: records.name().into(), labels: Vec::new(), levels: Vec::new(), rest: None };
        let mut lines = HashMap::new();
        records.for_each(|record| {
            let (label, levels) = (record.key.trim(), record.get(column)?);
            if label.is_empty() {
                return Err(record.failure("a label is missing"));
            }
            if let Some(line) = lines.insert(label.to_owned(), record.line) {
                let message = format_args!("\"{label}\" is in line {line} already; put all its levels there");
                return Err(record.failure(message));
            }
            let levels = if levels == REST {
                if let Some(first) = table.rest.replace(table.labels.len()) {
                    let first = &table.labels[first];
                    let message = format_args!("only one label can have the levels *, and \"{first}\" has them");
                    return Err(record.failure(message));
                }
                Levels::default()
            } else {
                Levels::parse(&levels).map_err(|problem| record.failure(problem))?
            };
            table.labels.push(label.into());
            table.levels.push(levels);
            Ok(())
        })?;
        if let Some(rest) = table.rest {
            let said = table.levels.iter().fold(0, |said, levels| said | levels.0);
            table.levels[rest] = Levels(Levels::ALL.0 & !said);
        }
        Ok(LevelLabels::Table(table))
    }

    /// The labels in the order that they are best shown in.
    pub(crate) fn order(&self) -> Vec<&str> {
        match self {
            LevelLabels::Codes => Level::ALL.iter().map(|level| level.as_str()).collect(),
            LevelLabels::Table(table) => table.labels.iter().map(String::as_str).collect(),
        }
    }

    /// Whether a level, or none, is what the label says.
    pub(crate) fn judge(&self, label: &str, level: Option<Level>) -> std::result::Result<Judgement<'_>, String> {
        let table = match self {
            LevelLabels::Codes => {
                let levels = Levels::parse(label)
                    .map_err(|problem| format!("{problem}; what other labels mean, a table says: --levels FILE"))?;
                let right = level.is_some_and(|level| levels.has(level));
                return Ok(Judgement { right, answer: level.map(Level::as_str) });
            }
            LevelLabels::Table(table) => table,
        };
        let own = position(&table.labels, label, &table.name)?;
        let Some(level) = level else {
            return Ok(Judgement { right: table.rest == Some(own), answer: None });
        };
        let right = table.levels[own].has(level);
        let first = || table.levels.iter().position(|levels| levels.has(level));
        let answer = if right { Some(own) } else { first() };
        Ok(Judgement { right, answer: Some(answer.map_or(level.as_str(), |nth| &table.labels[nth])) })
    }
}

/// Where a label is in a table.
fn position(labels: &[String], label: &str, name: &str) -> std::result::Result<usize, String> {
    labels.iter().position(|own| own == label).ok_or_else(|| {
        let (list, hint) = (quoted_list(labels), did_you_mean(labels, label));
        format!("the label \"{label}\" is not in {name}, whose labels are {list}.{hint}")
    })
}

/// What labels mean in families, functions and focuses.
#[derive(Debug)]
pub(crate) struct Groups {
    name: String,
    labels: Vec<String>,
    places: HashMap<Place, usize>,
    rest: Option<usize>,
}

/// What a line of a table of groups speaks of.
#[derive(Debug, PartialEq, Eq, Hash)]
enum Place {
    Family(String),
    Function(Mnemonic),
    Focus(Mnemonic, Mnemonic),
}

impl Groups {
    /// Reads a table with the columns `code` and `label`.
    pub(crate) fn read(path: &Path, taxonomy: &Taxonomy) -> Result<Groups> {
        let records = Records::open_table(path, "code")?;
        let column = records.column("label")?;
        let name = records.name().to_owned();
        let mut groups = Groups { name, labels: Vec::new(), places: HashMap::new(), rest: None };
        let mut lines = HashMap::new();
        records.for_each(|record| {
            let (code, label) = (record.key.trim(), record.get(column)?);
            if label.is_empty() {
                return Err(record.failure("a label is missing"));
            }
            if code != NONE
                && let Some(line) = lines.insert(code.to_owned(), record.line)
            {
                return Err(record.failure(format_args!("{code} is in line {line} already; it can have one label")));
            }
            let nth = groups.labels.iter().position(|own| *own == label).unwrap_or_else(|| {
                groups.labels.push(label.clone().into_owned());
                groups.labels.len() - 1
            });
            match code {
                NONE => {}
                REST => groups.rest = Some(nth),
                _ => {
                    let place = Place::find(code, taxonomy).map_err(|problem| record.failure(problem))?;
                    if groups.places.insert(place, nth).is_some() {
                        return Err(record.failure(format_args!("{code} is there already, written in another way")));
                    }
                }
            }
            Ok(())
        })?;
        Ok(groups)
    }

    /// The labels in the order that they are best shown in.
    pub(crate) fn order(&self) -> Vec<&str> {
        self.labels.iter().map(String::as_str).collect()
    }

    /// Whether an answer, or none, belongs where the label says.
    pub(crate) fn judge<'a>(
        &'a self,
        label: &str,
        best: Option<Match<'a>>,
    ) -> std::result::Result<Judgement<'a>, String> {
        let own = position(&self.labels, label, &self.name)?;
        let Some(best) = best else {
            return Ok(Judgement { right: self.rest == Some(own), answer: None });
        };
        let (function, focus) = (best.function().code(), best.focus().code());
        let family = best.family().code();
        let found = [Place::Focus(function, focus), Place::Function(function), Place::Family(family.into())]
            .iter()
            .find_map(|place| self.places.get(place).copied())
            .or(self.rest);
        Ok(Judgement { right: found == Some(own), answer: Some(found.map_or(family, |nth| &self.labels[nth])) })
    }
}

impl Place {
    /// Reads a code, and sees that the taxonomy has it.
    fn find(text: &str, taxonomy: &Taxonomy) -> std::result::Result<Place, String> {
        let family = |code: &str| taxonomy.families().find(|family| family.code() == code);
        let (kind, code) = text.split_once(':').unwrap_or(("", text));
        if let Some((function, focus)) = code.split_once('.') {
            let found = taxonomy.function(function).ok_or_else(|| unknown("function", function, taxonomy))?;
            let focuses = || found.focuses().map(|focus| focus.code());
            return match focuses().find(|code| code.as_str() == focus) {
                Some(focus) => Ok(Place::Focus(found.code(), focus)),
                None => {
                    let codes: Vec<String> = focuses().map(|code| code.to_string()).collect();
                    Err(format!("function {function} has no focus \"{focus}\"; it has {}", codes.join(", ")))
                }
            };
        }
        match (kind, family(code), taxonomy.function(code)) {
            ("", Some(family), Some(function)) => Err(format!(
                "{code} is a family ({}) and a function ({}); say family:{code} or function:{code}",
                family.name(),
                function.name()
            )),
            ("" | "family", Some(family), _) => Ok(Place::Family(family.code().into())),
            ("" | "function", _, Some(function)) => Ok(Place::Function(function.code())),
            ("", ..) => Err(unknown("family or function", code, taxonomy)),
            ("family" | "function", ..) => Err(unknown(kind, code, taxonomy)),
            _ => Err(format!("\"{text}\" is no code; say family:CODE, function:CODE or FUNCTION.FOCUS")),
        }
    }
}

/// That there is no such code, and what has such a name.
fn unknown(what: &str, code: &str, taxonomy: &Taxonomy) -> String {
    let families = taxonomy.families().map(|family: Family<'_>| (family.name(), family.code().to_owned()));
    let functions = taxonomy.functions().map(|function: Function<'_>| (function.name(), function.code().to_string()));
    let meant = families.chain(functions).find(|(name, _)| name.eq_ignore_ascii_case(code));
    let hint = meant.map(|(name, code)| format!("; {name} is {code}")).unwrap_or_default();
    format!("the taxonomy has no {what} \"{code}\"{hint}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_that_are_codes() {
        let labels = LevelLabels::Codes;
        let judge = |label, level| labels.judge(label, level).unwrap();
        assert_eq!(judge("P4", Some(Level::P4)), Judgement { right: true, answer: Some("P4") });
        assert_eq!(judge("P3|P4", Some(Level::P4)), Judgement { right: true, answer: Some("P4") });
        assert_eq!(judge("P3", Some(Level::E5)), Judgement { right: false, answer: Some("E5") });
        assert_eq!(judge("P3", None), Judgement { right: false, answer: None });
        assert!(labels.judge("Boss", None).is_err());
    }
}
