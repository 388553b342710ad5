//! Lint: what is wrong with the sources of a taxonomy, and what is allowed in them but hardly meant.
//!
//! It asks the compiler for errors and, where there are none, the taxonomy itself for what looks like a slip. It must
//! not know how either comes to its answers.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use std::path::Path;

use crate::compile::{self, Source};
use crate::confidence::Band;
use crate::error::{Error, Problem};
use crate::names::{Named, Place};
use crate::tables::CueRow;
use crate::taxonomy::{Alias, Focus, Function, Taxonomy};

/// How bad a [`Finding`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The taxonomy cannot be compiled.
    Error,
    /// It compiles, but hardly means this.
    Warning,
}

impl Severity {
    /// `"error"` or `"warning"`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
        }
    }
}

/// Something that was found in the sources of a taxonomy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    severity: Severity,
    code: &'static str,
    file: String,
    line: usize,
    message: String,
    advice: String,
}

impl Finding {
    /// How bad it is.
    pub fn severity(&self) -> Severity {
        self.severity
    }

    /// What kind of finding it is, for tools: `"invalid"` for errors; for warnings `"word-of-level"`, `"low-confidence"`, `"only-name"`,
    /// `"no-soc"` or `"unused-abbreviation"`.
    pub fn code(&self) -> &'static str {
        self.code
    }

    /// The file, as a path inside the taxonomy's folder.
    pub fn file(&self) -> &str {
        &self.file
    }

    /// The line, from 1 (the header); 0 when the file as a whole is meant.
    pub fn line(&self) -> usize {
        self.line
    }

    /// What was found.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// What to do about it; empty where the message says all.
    pub fn advice(&self) -> &str {
        &self.advice
    }

    fn error(problem: &Problem) -> Finding {
        let (message, advice) = problem.message().split_once("; ").unwrap_or((problem.message(), ""));
        Finding {
            severity: Severity::Error,
            code: "invalid",
            file: problem.file().into(),
            line: problem.line(),
            message: message.into(),
            advice: advice.into(),
        }
    }
}

/// What is to be found in the sources in a folder, by file and line: every error; and if there is none, every warning.
///
/// Takes little more time than to compile the taxonomy.
///
/// # Errors
///
/// The folder or a file in it cannot be read.
pub fn lint_dir(dir: impl AsRef<Path>) -> Result<Vec<Finding>, Error> {
    let sources = compile::read_dir(dir.as_ref())?;
    let mut findings = match compile::compile(&sources) {
        Ok(compiled) => warnings(&Taxonomy::compiled(compiled), &sources),
        Err(error) => error.problems().iter().map(Finding::error).collect(),
    };
    findings.sort_by(|a, b| (&a.file, a.line, a.code, &a.message).cmp(&(&b.file, b.line, b.code, &b.message)));
    Ok(findings)
}

fn warnings(taxonomy: &Taxonomy, sources: &[Source]) -> Vec<Finding> {
    let tables = taxonomy.tables();
    let cue = |cue: CueRow| (tables.str(cue.text).to_lowercase(), (Place::from_index(cue.place), cue.grade));
    let cues = tables.cues().iter().map(cue).collect();
    let mut lint = Lint { taxonomy, lines: Lines::new(sources), cues, findings: Vec::new() };
    for function in taxonomy.functions() {
        lint.function(function);
        function.focuses().for_each(|focus| lint.focus(focus));
    }
    lint.abbreviations();
    lint.findings
}

struct Lint<'t, 's> {
    taxonomy: &'t Taxonomy,
    lines: Lines<'s>,
    /// The words of level: where each counts, and which grade it means.
    cues: BTreeMap<String, (Place, u8)>,
    findings: Vec<Finding>,
}

impl<'t> Lint<'t, '_> {
    fn warn(&mut self, at: Option<(String, usize)>, code: &'static str, message: String, advice: &str) {
        // What has no row is implied by another, of which there is a warning if it is amiss.
        if let Some((file, line)) = at {
            let advice = advice.to_string();
            self.findings.push(Finding { severity: Severity::Warning, code, file, line, message, advice });
        }
    }

    fn function(&mut self, function: Function<'t>) {
        let code = function.code().to_string();
        let names: BTreeSet<&str> = function.focuses().flat_map(|focus| [focus.job(), focus.area()]).collect();
        let others = |alias: Alias<'_>| !names.contains(alias.text().as_ref());
        if !function.focuses().flat_map(|focus| focus.aliases()).any(others) {
            let message = format!("function {code} has no alias but its name");
            self.warn(self.lines.of("functions", &[&code]), "only-name", message, "add what people call it");
        }
        let unmapped = function.focuses().flat_map(Focus::roles).find(|role| role.soc().next().is_none());
        if let Some(role) = unmapped.filter(|_| self.taxonomy.soc_codes().next().is_some()) {
            let message = format!("{} has no SOC code", role.code());
            self.warn(self.lines.of("functions", &[&code]), "no-soc", message, "add a row to the crosswalk");
        }
    }

    fn focus(&mut self, focus: Focus<'t>) {
        let codes = [focus.function().code().to_string(), focus.code().to_string()];
        let place = |lint: &Self, alias: Alias<'_>| lint.lines.of("aliases", &[&codes[0], &codes[1], &alias.text()]);
        for alias in focus.aliases().filter(|alias| alias.band() == Band::Low) {
            let message = format!(
                "\"{}\" has confidence {}, which is hardly a name of the job",
                alias.text(),
                alias.confidence()
            );
            self.warn(
                place(self, alias),
                "low-confidence",
                message,
                "leave it out, or name all jobs that share it in ambiguities.tsv",
            );
        }
        for (alias, other) in self.with_words_of_level(focus) {
            let message = format!("\"{}\" is \"{}\" and a word of level", alias.text(), other.text());
            self.warn(place(self, alias), "word-of-level", message, "delete it: the same answer comes without it");
        }
    }

    /// The aliases of a focus that another of its aliases and a word of level give already, at the same level; with the other.
    fn with_words_of_level(&self, focus: Focus<'t>) -> Vec<(Alias<'t>, Alias<'t>)> {
        let texts: BTreeMap<String, Alias<'t>> =
            focus.aliases().map(|alias| (alias.text().to_lowercase(), alias)).collect();
        let named = [focus.job().to_lowercase(), focus.area().to_lowercase()];
        let mut found = Vec::new();
        for (text, &alias) in texts.iter().filter(|(text, _)| !named.contains(text)) {
            let level = alias.level().unwrap_or(focus.default_level());
            // Cut at each space, with a word of level before or behind it.
            let cuts = text.match_indices(' ').flat_map(|(at, _)| {
                let (before, behind) = (&text[..at], &text[at + 1..]);
                [(Place::Before, before, behind), (Place::After, behind, before)]
            });
            let other = cuts.filter_map(|(place, cue, rest)| {
                let &(counts, grade) = self.cues.get(cue)?;
                let given = focus.function().level_of_grade(grade, focus.default_level());
                let same = (counts == Place::Any || counts == place) && given == Some(level);
                texts.get(rest).filter(|other| same && other.level().is_none())
            });
            found.extend(other.take(1).map(|other| (alias, *other)));
        }
        found
    }

    fn abbreviations(&mut self) {
        let tables = self.taxonomy.tables();
        let used: BTreeSet<u32> = (0..tables.aliases().len())
            .flat_map(|alias| tables.words_of(tables.alias_words(alias)))
            .chain(tables.senses().iter().flat_map(|sense| tables.words_of(sense.words)))
            .collect();
        for row in tables.abbreviations().iter() {
            let first = row.first as usize;
            let mut senses =
                (first..first + usize::from(row.alternatives)).map(|at| tables.alternatives().get(at).words);
            if !senses.any(|words| tables.words_of(words).any(|word| used.contains(&word))) {
                let text = tables.str(row.text);
                let message = format!("\"{text}\" stands for words that nothing else has");
                self.warn(
                    self.lines.of("abbreviations", &[text]),
                    "unused-abbreviation",
                    message,
                    "add an alias with them, or delete it",
                );
            }
        }
    }
}

/// Where rows stand, by the name of their kind and what tells them apart.
struct Lines<'s>(BTreeMap<(&'static str, Vec<&'s str>), (&'s str, usize)>);

impl<'s> Lines<'s> {
    fn new(sources: &'s [Source]) -> Lines<'s> {
        let mut lines = BTreeMap::new();
        for (kind, keys) in [("functions", &[0][..]), ("aliases", &[1, 2, 0]), ("abbreviations", &[0])] {
            for (file, line, fields) in compile::rows(sources, kind) {
                let mut key: Vec<&str> =
                    keys.iter().map(|&column| fields.get(column).copied().unwrap_or_default()).collect();
                if kind == "aliases" && key[1].is_empty() {
                    key[1] = "GEN";
                }
                lines.entry((kind, key)).or_insert((file, line));
            }
        }
        Lines(lines)
    }

    /// File and line of a row.
    fn of(&self, kind: &'static str, key: &[&str]) -> Option<(String, usize)> {
        let (file, line) = self.0.get(&(kind, key.to_vec()))?;
        Some((file.to_string(), *line))
    }
}
