//! The checked model: rows become things that refer to each other, and everything that is wrong is said.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::intern::Map;
use super::schema::{Id, Sheets};
use super::tsv::{Line, Row, Sheet};
use super::vocabulary::Vocabulary;
use crate::code::Mnemonic;
use crate::confidence::Confidence;
use crate::error::Problem;
use crate::level::{GradeKind, Level, Track};
use crate::names::{AliasType, Approval, Named, Place, QualifierKind, Status};
use crate::tables::{self, MIN_HEAD, OPEN_ENDED};

/// Everything a taxonomy says, checked. References are indices.
#[derive(Default)]
pub(super) struct Model<'s> {
    pub(super) name: &'s str,
    pub(super) version: &'s str,
    pub(super) licence: &'s str,
    pub(super) families: Vec<Family<'s>>,
    pub(super) functions: Vec<Function<'s>>,
    pub(super) focuses: Vec<Focus<'s>>,
    pub(super) aliases: Vec<Alias<'s>>,
    /// The sources of aliases.
    pub(super) sources: Vec<&'s str>,
    pub(super) ambiguities: Vec<Ambiguity<'s>>,
    pub(super) levels: Vec<LevelRecord<'s>>,
    pub(super) grades: Vec<Grade<'s>>,
    pub(super) cues: Vec<Cue<'s>>,
    pub(super) combinations: Vec<Combination>,
    pub(super) qualifiers: Vec<Qualifier<'s>>,
    pub(super) vocabulary: Vocabulary<'s>,
    /// Words that end compounds.
    pub(super) heads: Vec<u32>,
    pub(super) soc: Vec<(u32, &'s str)>,
    pub(super) crosswalk: Vec<Crosswalk<'s>>,
}

impl<'s> Model<'s> {
    /// The crosswalk row that speaks for a focus at a level.
    pub(super) fn mapping(&self, focus: usize, level: Level) -> Option<&Crosswalk<'s>> {
        let function = self.focuses[focus].function;
        let on_track = self.functions[function].tracks >> level.track() as u8 & 1 == 1;
        self.crosswalk_of(function)
            .filter(|row| on_track && row.focus.is_none_or(|of| of == focus) && row.scope.covers(level))
            // A focus's row outdoes the function's, a level's outdoes its track's.
            .max_by_key(|row| (row.focus.is_some(), row.scope))
    }

    /// The crosswalk rows of a function.
    fn crosswalk_of(&self, function: usize) -> impl Iterator<Item = &Crosswalk<'s>> {
        let start = self.crosswalk.partition_point(|row| row.function < function);
        self.crosswalk[start..].iter().take_while(move |row| row.function == function)
    }
}

pub(super) struct Family<'s> {
    pub(super) code: &'s str,
    pub(super) name: &'s str,
    pub(super) summary: &'s str,
}

pub(super) struct Function<'s> {
    pub(super) code: &'s str,
    pub(super) name: &'s str,
    pub(super) summary: &'s str,
    pub(super) scope: &'s str,
    pub(super) family: usize,
    pub(super) tracks: u8,
    pub(super) default_level: Level,
    pub(super) status: Status,
    pub(super) version: u16,
    pub(super) confidence: Confidence,
}

pub(super) struct Focus<'s> {
    pub(super) code: &'s str,
    pub(super) name: &'s str,
    pub(super) job: &'s str,
    pub(super) area: &'s str,
    pub(super) function: usize,
    pub(super) default_level: Level,
}

/// Small, because there may be a million.
pub(super) struct Alias<'s> {
    pub(super) text: &'s str,
    pub(super) phrase: u32,
    /// The line of its row, and which of the sheets of aliases it is in.
    line: u32,
    sheet: u32,
    pub(super) focus: u16,
    /// A name in [`Model::sources`]; the tables take far fewer than fit.
    pub(super) source: u16,
    pub(super) confidence: Confidence,
    pub(super) level: Option<Level>,
    pub(super) kind: AliasType,
    pub(super) approval: Approval,
    /// Its text is the words of its phrase one by one, each with a capital: most are.
    pub(super) capitals: bool,
    /// It names the focus's area ("Technical Support") rather than its job.
    pub(super) area: bool,
}

pub(super) struct Ambiguity<'s> {
    pub(super) text: &'s str,
    pub(super) phrase: u32,
    pub(super) members: Vec<(usize, Confidence)>,
}

pub(super) struct LevelRecord<'s> {
    pub(super) level: Level,
    /// name, title, scope, autonomy, complexity, impact, decision rights, leadership.
    pub(super) texts: [&'s str; 8],
    pub(super) years: (u8, u8),
}

pub(super) struct Grade<'s> {
    pub(super) name: &'s str,
    pub(super) kind: GradeKind,
    pub(super) levels: [Option<Level>; 4],
    /// How many rungs at least it stands above the bare title.
    pub(super) above: u8,
}

pub(super) struct Cue<'s> {
    pub(super) text: &'s str,
    pub(super) pattern: &'s str,
    pub(super) phrase: u32,
    pub(super) grade: usize,
    pub(super) place: Place,
    pub(super) confidence: Confidence,
    pub(super) rank: u8,
}

pub(super) struct Combination {
    pub(super) first: usize,
    pub(super) second: usize,
    pub(super) grade: usize,
    pub(super) confidence: Confidence,
}

pub(super) struct Qualifier<'s> {
    pub(super) text: &'s str,
    pub(super) phrase: u32,
    pub(super) kind: QualifierKind,
    pub(super) place: Place,
}

pub(super) struct Crosswalk<'s> {
    pub(super) function: usize,
    pub(super) focus: Option<usize>,
    pub(super) scope: Scope,
    pub(super) soc: Vec<usize>,
    pub(super) status: Status,
    pub(super) source: &'s str,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Scope {
    Track(Track),
    Level(Level),
}

impl Scope {
    pub(super) fn covers(self, level: Level) -> bool {
        match self {
            Scope::Track(track) => level.track() == track,
            Scope::Level(one) => level == one,
        }
    }
}

/// Builds the model. It goes on past problems, so that all of them are found.
pub(super) fn check<'s>(sheets: &Sheets<'s>, problems: &mut Vec<Problem>) -> Model<'s> {
    let mut checker = Checker { model: Model::default(), problems, ids: Ids::default() };
    checker.about(&sheets.rows(Id::Taxonomy));
    checker.levels(&sheets.rows(Id::Levels));
    checker.soc(&sheets.rows(Id::Soc));
    checker.families(&sheets.rows(Id::Families));
    checker.functions(&sheets.rows(Id::Functions));
    checker.focuses(&sheets.rows(Id::Focuses));
    if checker.model.functions.len().max(checker.model.focuses.len()) > MOST_FOCUSES {
        // What follows refers to them by numbers that would not be theirs.
        let message = format!("more than {MOST_FOCUSES} functions or focuses");
        checker.problems.push(Problem::new("taxonomy", 0, message));
        return checker.model;
    }
    checker.crosswalk(&sheets.rows(Id::Crosswalk));
    checker.grades(&sheets.rows(Id::Grades));
    checker.combinations(&sheets.rows(Id::Combinations));
    checker.model.vocabulary.abbreviate(&sheets.rows(Id::Abbreviations), checker.problems);
    checker.ambiguities(&sheets.rows(Id::Ambiguities));
    checker.cues(&sheets.rows(Id::Cues));
    checker.heads(&sheets.rows(Id::Heads));
    checker.qualifiers(&sheets.rows(Id::Qualifiers));
    checker.aliases(sheets.of(Id::Aliases));
    checker.jobs_and_areas(&sheets.rows(Id::Focuses));
    checker.model
}

/// The tables refer to functions and focuses by 16 bits.
const MOST_FOCUSES: usize = u16::MAX as usize;

/// Where each name stands: its index and the line of its row.
#[derive(Default)]
struct Ids<'s> {
    families: Map<&'s str, usize>,
    functions: Map<&'s str, (usize, Line<'s>)>,
    focuses: Map<(&'s str, &'s str), (usize, Line<'s>)>,
    grades: Map<&'s str, usize>,
    soc: Map<u32, usize>,
    sources: Map<&'s str, u16>,
    /// Cues, and the qualifiers that count anywhere, by their phrases, which no alias may repeat. (A credential behind the job
    /// is a qualifier, but alone it is a job: "RN".)
    level_words: Map<u32, Line<'s>>,
    ambiguous: Map<u32, usize>,
    /// One-based, by phrase.
    aliases: Vec<u32>,
}

impl Ids<'_> {
    /// The alias that a phrase is.
    fn alias(&self, phrase: u32) -> Option<usize> {
        tables::index(self.aliases.get(phrase as usize).copied().unwrap_or_default())
    }
}

struct Checker<'p, 's> {
    model: Model<'s>,
    problems: &'p mut Vec<Problem>,
    ids: Ids<'s>,
}

impl<'s> Checker<'_, 's> {
    fn say(&mut self, row: &Row<'s>, message: impl Into<String>) {
        self.problems.push(row.problem(message));
    }

    fn required(&mut self, row: &Row<'s>, columns: &[(usize, &str)]) {
        for &(column, name) in columns {
            if row.field(column).is_empty() {
                self.say(row, format!("{name} is empty"));
            }
        }
    }

    fn confidence(&mut self, row: &Row<'s>, column: usize) -> Confidence {
        match row.field(column).parse::<f64>() {
            Ok(value) if (0.0..=1.0).contains(&value) => Confidence::new(value),
            _ => {
                self.say(row, format!("\"{}\" is not a number from 0 to 1", row.field(column)));
                Confidence::ZERO
            }
        }
    }

    fn number<T: core::str::FromStr + Default>(&mut self, row: &Row<'s>, column: usize, what: &str) -> T {
        row.field(column).parse().unwrap_or_else(|_| {
            self.say(row, format!("{what} \"{}\" is not a small whole number", row.field(column)));
            T::default()
        })
    }

    fn named<T: Named>(&mut self, row: &Row<'s>, column: usize, what: &str) -> T {
        T::from_name(row.field(column)).unwrap_or_else(|| {
            let names: Vec<_> = T::all().iter().map(|value| value.name()).collect();
            self.say(row, format!("{what} \"{}\" is none of {}", row.field(column), names.join(", ")));
            T::all()[0]
        })
    }

    fn level(&mut self, row: &Row<'s>, column: usize) -> Option<Level> {
        if row.field(column).is_empty() {
            return None;
        }
        let level = row.field(column).parse().ok();
        if level.is_none() {
            self.say(row, format!("\"{}\" is not a level: S1-S4, P1-P6, M1-M6, E1-E5", row.field(column)));
        }
        level
    }

    fn phrase(&mut self, row: &Row<'s>, column: usize) -> Option<u32> {
        let phrase = self.model.vocabulary.phrase(row.field(column));
        phrase.map_err(|why| self.say(row, format!("\"{}\": {why}", row.field(column)))).ok()
    }

    fn about(&mut self, rows: &[Row<'s>]) {
        if let Some(row) = rows.first() {
            self.required(row, &[(0, "name"), (1, "version"), (2, "licence")]);
            [self.model.name, self.model.version, self.model.licence] = [0, 1, 2].map(|column| row.field(column));
        }
        for row in rows.iter().skip(1) {
            self.say(row, "a taxonomy has one row about itself");
        }
    }

    fn levels(&mut self, rows: &[Row<'s>]) {
        let mut seen = Map::default();
        for row in rows {
            let Some(level) = self.level(row, 0) else { continue };
            if let Some(other) = seen.insert(level, row.line) {
                self.say(row, format!("level {level} is also at {other}"));
                continue;
            }
            if !row.field(2).contains("{job}") && !row.field(2).contains("{area}") {
                self.say(row, "the title needs {job} or {area} where the name of the job goes");
            }
            let open_ended = row.field(4).is_empty();
            let max_years = if open_ended { OPEN_ENDED } else { self.number(row, 4, "max_years") };
            let years = (self.number(row, 3, "min_years"), max_years);
            if years.0 > years.1 {
                self.say(row, "min_years is more than max_years");
            }
            let texts = [1, 2, 5, 6, 7, 8, 9, 10].map(|column| row.field(column));
            self.model.levels.push(LevelRecord { level, texts, years });
        }
        self.model.levels.sort_by_key(|record| record.level);
        if let Some(row) = rows.first() {
            for level in Level::ALL.into_iter().filter(|level| !seen.contains_key(level)) {
                self.problems.push(Problem::new(row.line.file, 0, format!("level {level} is missing")));
            }
        }
    }

    fn soc(&mut self, rows: &[Row<'s>]) {
        for row in rows {
            match soc_number(row.field(0)) {
                Some(code) => {
                    if self.ids.soc.insert(code, self.model.soc.len()).is_some() {
                        self.say(row, format!("code {} stands twice", row.field(0)));
                    }
                    self.model.soc.push((code, row.field(1)));
                }
                None => self.say(row, format!("\"{}\" is not a SOC code, as 15-1252", row.field(0))),
            }
        }
    }

    fn families(&mut self, rows: &[Row<'s>]) {
        for row in rows {
            self.required(row, &[(1, "name")]);
            if Mnemonic::new(row.field(0)).is_none() {
                self.say(row, format!("family code \"{}\" is not 1 to 8 capital letters or digits", row.field(0)));
            }
            if self.ids.families.insert(row.field(0), self.model.families.len()).is_some() {
                self.say(row, format!("family {} stands twice", row.field(0)));
            }
            self.model.families.push(Family { code: row.field(0), name: row.field(1), summary: row.field(2) });
        }
    }

    fn functions(&mut self, rows: &[Row<'s>]) {
        let mut names = Map::default();
        for row in rows {
            self.required(row, &[(1, "name"), (8, "summary"), (9, "source")]);
            let code = row.field(0);
            if Mnemonic::new(code).is_none() {
                self.say(row, format!("function code \"{code}\" is not 1 to 8 capital letters or digits"));
            }
            let stem = row.line.file.trim_end_matches(".tsv").rsplit('/').next().unwrap_or_default().to_uppercase();
            let family = match self.ids.families.get(stem.as_str()) {
                Some(&family) => family,
                None => {
                    self.say(row, format!("no family {stem} in families.tsv; the file's name is its family's code"));
                    0
                }
            };
            let mut tracks = 0;
            for word in row.field(2).split(' ') {
                let mut letters = word.chars();
                match (letters.next().and_then(Track::from_letter), letters.next()) {
                    (Some(track), None) => tracks |= 1 << track as u8,
                    _ => self.say(
                        row,
                        format!("tracks \"{}\" are not letters of S P M E with spaces between", row.field(2)),
                    ),
                }
            }
            let default_level = self.level(row, 3).unwrap_or(Level::P3);
            if tracks >> default_level.track() as u8 & 1 == 0 {
                self.say(row, format!("default level {default_level} is on none of the tracks {}", row.field(2)));
            }
            if let Some((_, other)) = self.ids.functions.get(code) {
                let message = format!("function {code} is also at {other}");
                self.say(row, message);
                continue;
            }
            if let Some(other) = names.insert(row.field(1).to_lowercase(), row.line) {
                self.say(row, format!("the name \"{}\" is also at {other}", row.field(1)));
            }
            self.ids.functions.insert(code, (self.model.functions.len(), row.line));
            let function = Function {
                code,
                name: row.field(1),
                summary: row.field(8),
                scope: row.field(5),
                family,
                tracks,
                default_level,
                status: self.named(row, 4, "status"),
                version: self.number(row, 6, "version"),
                confidence: self.confidence(row, 7),
            };
            self.model.functions.push(function);
        }
    }

    fn function(&mut self, row: &Row<'s>, column: usize) -> Option<usize> {
        let found = self.ids.functions.get(row.field(column)).map(|&(index, _)| index);
        if found.is_none() {
            self.say(row, format!("no function {}", row.field(column)));
        }
        found
    }

    fn focus(&mut self, row: &Row<'s>, function: usize, focus: usize) -> Option<usize> {
        let key = (row.field(function), row.field(focus));
        let found = self.ids.focuses.get(&key).map(|&(index, _)| index);
        if found.is_none() {
            self.say(row, format!("no focus {}.{}", key.0, key.1));
        }
        found
    }

    fn focuses(&mut self, rows: &[Row<'s>]) {
        for row in rows {
            self.required(row, &[(2, "name"), (3, "job"), (4, "area")]);
            let Some(function) = self.function(row, 0) else { continue };
            if Mnemonic::new(row.field(1)).is_none() {
                self.say(row, format!("focus code \"{}\" is not 1 to 8 capital letters or digits", row.field(1)));
            }
            let key = (row.field(0), row.field(1));
            if let Some((_, other)) = self.ids.focuses.get(&key) {
                let message = format!("focus {}.{} is also at {other}", key.0, key.1);
                self.say(row, message);
                continue;
            }
            let of = &self.model.functions[function];
            let (tracks, usual) = (of.tracks, of.default_level);
            let default_level = self.level(row, 5).unwrap_or(usual);
            if tracks >> default_level.track() as u8 & 1 == 0 {
                self.say(row, format!("default level {default_level} is on none of the tracks of {}", row.field(0)));
            }
            if default_level == usual && !row.field(5).is_empty() {
                self.say(row, format!("{usual} is the default level of {} already; leave it empty", row.field(0)));
            }
            self.ids.focuses.insert(key, (self.model.focuses.len(), row.line));
            self.model.focuses.push(Focus {
                code: row.field(1),
                name: row.field(2),
                job: row.field(3),
                area: row.field(4),
                function,
                default_level,
            });
        }
        for (code, (_, line)) in &self.ids.functions {
            if !self.ids.focuses.contains_key(&(*code, "GEN")) {
                let message = format!("function {code} has no focus GEN; every function has a general one");
                self.problems.push(line.problem(message));
            }
        }
    }

    fn crosswalk(&mut self, rows: &[Row<'s>]) {
        let mut seen = Map::default();
        for row in rows {
            let Some(function) = self.function(row, 0) else { continue };
            let focus = match row.field(1) {
                "*" => None,
                _ => match self.focus(row, 0, 1) {
                    Some(focus) => Some(focus),
                    None => continue,
                },
            };
            let mut letters = row.field(2).chars();
            let scope = match (letters.next().and_then(Track::from_letter), letters.next()) {
                (Some(track), None) => Scope::Track(track),
                _ => match self.level(row, 2) {
                    Some(level) => Scope::Level(level),
                    None => continue,
                },
            };
            let track = match scope {
                Scope::Track(track) => track,
                Scope::Level(level) => level.track(),
            };
            if self.model.functions[function].tracks >> track as u8 & 1 == 0 {
                self.say(row, format!("{} has no {} track", row.field(0), track.name()));
            }
            if let Some(other) = seen.insert((function, focus, scope), row.line) {
                self.say(row, format!("the same scope stands at {other}"));
            }
            let mut soc = Vec::new();
            for code in row.field(3).split('|') {
                match soc_number(code).and_then(|code| self.ids.soc.get(&code)) {
                    Some(&index) => soc.push(index),
                    None => self.say(row, format!("SOC code \"{code}\" does not exist")),
                }
            }
            let status = self.named(row, 4, "status");
            self.required(row, &[(5, "source")]);
            let source = row.field(5);
            self.model.crosswalk.push(Crosswalk { function, focus, scope, soc, status, source });
        }
        self.model.crosswalk.sort_by_key(|row| row.function);
        if self.model.soc.is_empty() {
            return;
        }
        for (index, function) in self.model.functions.iter().enumerate() {
            for track in Track::ALL.into_iter().filter(|&track| function.tracks >> track as u8 & 1 == 1) {
                if !seen.contains_key(&(index, None, Scope::Track(track))) {
                    let line = self.ids.functions[&function.code].1;
                    let message = format!("function {} has no SOC code for its {} track", function.code, track.name());
                    self.problems.push(line.problem(message));
                }
            }
        }
    }

    fn grades(&mut self, rows: &[Row<'s>]) {
        for row in rows {
            let kind = GradeKind::ALL.into_iter().find(|kind| kind.name() == row.field(1));
            if kind.is_none() {
                self.say(row, format!("kind \"{}\" is not individual, managerial or executive", row.field(1)));
            }
            let levels = [2, 3, 4, 5].map(|column| self.level(row, column));
            for (level, track) in levels.iter().zip(Track::ALL) {
                if level.is_some_and(|level| level.track() != track) {
                    self.say(row, format!("a level that is not of the {} track stands in its column", track.name()));
                }
            }
            if self.ids.grades.insert(row.field(0), self.model.grades.len()).is_some() {
                self.say(row, format!("grade {} stands twice", row.field(0)));
            }
            let kind = kind.unwrap_or(GradeKind::Individual);
            let above = self.number(row, 6, "above");
            self.model.grades.push(Grade { name: row.field(0), kind, levels, above });
        }
    }

    fn grade(&mut self, row: &Row<'s>, column: usize) -> Option<usize> {
        let found = self.ids.grades.get(row.field(column)).copied();
        if found.is_none() {
            self.say(row, format!("no grade \"{}\" in grades.tsv", row.field(column)));
        }
        found
    }

    fn combinations(&mut self, rows: &[Row<'s>]) {
        let mut seen = Map::default();
        for row in rows {
            let (first, second, grade) = (self.grade(row, 0), self.grade(row, 1), self.grade(row, 2));
            let confidence = self.confidence(row, 3);
            let (Some(first), Some(second), Some(grade)) = (first, second, grade) else { continue };
            if let Some(other) = seen.insert((first, second), row.line) {
                self.say(row, format!("the same pair stands at {other}"));
            }
            self.model.combinations.push(Combination { first, second, grade, confidence });
        }
    }

    fn cues(&mut self, rows: &[Row<'s>]) {
        for row in rows {
            self.required(row, &[(6, "language")]);
            let grade = self.grade(row, 1);
            let place_of = self.named(row, 2, "place");
            let confidence = self.confidence(row, 3);
            let rank = if row.field(4).is_empty() { 0 } else { self.number(row, 4, "rank") };
            let pattern = row.field(5).contains("{job}") || row.field(5).contains("{area}");
            if (rank > 0) != pattern {
                self.say(row, "a cue with a rank has a pattern with {job} or {area}, and the other way round");
            }
            let (Some(grade), Some(phrase)) = (grade, self.phrase(row, 0)) else { continue };
            if let Some(other) = self.ids.level_words.insert(phrase, row.line) {
                let alike = |cue: &Cue<'_>| cue.phrase == phrase && (cue.text != row.field(0) || cue.place == place_of);
                if self.model.cues.iter().any(alike) {
                    let words = self.model.vocabulary.texts(phrase).join(" ");
                    self.say(
                        row,
                        format!("folds to \"{words}\" like {other}; only the same text with another place may"),
                    );
                }
            }
            self.model.cues.push(Cue {
                text: row.field(0),
                pattern: row.field(5),
                phrase,
                grade,
                place: place_of,
                confidence,
                rank,
            });
        }
        // Those with the same words together, that which must stand apart before that which may stand anywhere.
        let Model { cues, vocabulary, .. } = &mut self.model;
        cues.sort_by_cached_key(|cue| (vocabulary.texts(cue.phrase), core::cmp::Reverse(cue.place)));
    }

    fn heads(&mut self, rows: &[Row<'s>]) {
        for row in rows {
            self.required(row, &[(1, "language")]);
            match self.model.vocabulary.fold(row.field(0)) {
                Ok(words) if words.len() == 1 && self.model.vocabulary.word(words[0]).len() >= MIN_HEAD => {
                    self.model.heads.extend(words);
                }
                Ok(_) => self.say(row, format!("a head is one word of at least {MIN_HEAD} letters")),
                Err(why) => self.say(row, why),
            }
        }
        let Model { heads, vocabulary, .. } = &mut self.model;
        heads.sort_unstable();
        if let Some(twice) = heads.windows(2).find(|pair| pair[0] == pair[1]) {
            let message = format!("the head \"{}\" stands twice", vocabulary.word(twice[0]));
            self.problems.push(Problem::new("heads", 0, message));
        }
    }

    fn qualifiers(&mut self, rows: &[Row<'s>]) {
        let mut seen = Map::default();
        for row in rows {
            self.required(row, &[(3, "language")]);
            let (kind, place) = (self.named(row, 1, "kind"), self.named(row, 2, "place"));
            let Some(phrase) = self.phrase(row, 0) else { continue };
            if let Some(other) = seen.insert(phrase, row.line) {
                let words = self.model.vocabulary.texts(phrase).join(" ");
                self.say(row, format!("folds to \"{words}\" like {other}"));
            }
            if place == Place::Any {
                self.ids.level_words.entry(phrase).or_insert(row.line);
            }
            self.model.qualifiers.push(Qualifier { text: row.field(0), phrase, kind, place });
        }
    }

    fn ambiguities(&mut self, rows: &[Row<'s>]) {
        for row in rows {
            self.required(row, &[(4, "source")]);
            let share = self.confidence(row, 3);
            let (Some(focus), Some(phrase)) = (self.focus(row, 1, 2), self.phrase(row, 0)) else { continue };
            let index = *self.ids.ambiguous.entry(phrase).or_insert_with(|| {
                self.model.ambiguities.push(Ambiguity { text: row.field(0), phrase, members: Vec::new() });
                self.model.ambiguities.len() - 1
            });
            let members = &mut self.model.ambiguities[index].members;
            if members.iter().any(|&(other, _)| other == focus) {
                self.say(row, "this candidate stands twice for the text");
            } else {
                members.push((focus, share));
            }
        }
        for ambiguity in &mut self.model.ambiguities {
            ambiguity.members.sort_by_key(|&(focus, share)| (core::cmp::Reverse(share), focus));
            let total: f64 = ambiguity.members.iter().map(|(_, share)| share.value()).sum();
            if total > 1.0001 {
                let message = format!("the shares of \"{}\" add up to {total:.2}, more than 1", ambiguity.text);
                let row = rows.iter().find(|row| row.field(0) == ambiguity.text);
                self.problems.extend(row.map(|row| row.problem(message)));
            }
        }
    }

    fn aliases(&mut self, sheets: &[Sheet<'s>]) {
        for (number, sheet) in sheets.iter().enumerate() {
            sheet.rows().for_each(|row| self.alias(&row, number, sheets));
        }
    }

    /// Adds the alias of a row of the sheet with this number.
    fn alias(&mut self, row: &Row<'s>, sheet: usize, sheets: &[Sheet<'s>]) {
        self.required(row, &[(7, "source")]);
        let level = self.level(row, 3);
        let kind = self.named(row, 4, "type");
        let confidence = self.confidence(row, 5);
        if !confidence.steps().is_multiple_of(100) {
            self.say(row, format!("confidence {} is finer than hundredths", row.field(5)));
        }
        let approval = self.named(row, 6, "approval");
        let (Some(focus), Some(phrase)) = (self.focus(row, 1, 2), self.phrase(row, 0)) else { return };
        let words = self.model.vocabulary.phrases.get(phrase).len();
        if words > MAX_ALIAS_WORDS {
            self.say(row, format!("more than {MAX_ALIAS_WORDS} words when spelled out"));
        }
        let function = &self.model.functions[self.model.focuses[focus].function];
        if let Some(level) = level
            && function.tracks >> level.track() as u8 & 1 == 0
        {
            let message = format!("level {level} is on none of the tracks of {}", function.code);
            self.say(row, message);
        }
        // "Executive Director" leads an area or, alone, an organisation: the pinned level says that this is meant.
        let meant = level.is_some() && words > 1;
        if let Some(other) = self.ids.level_words.get(&phrase).filter(|_| !meant) {
            let message =
                format!("\"{}\" is a cue or qualifier at {other}; a title of nothing else names no job", row.field(0));
            self.say(row, message);
            return;
        }
        let shared = self.ids.ambiguous.get(&phrase).copied();
        if let Some(shared) = shared
            && !self.model.ambiguities[shared].members.iter().any(|&(member, _)| member == focus)
        {
            let message = format!("\"{}\" stands in ambiguities.tsv without this function and focus", row.field(0));
            self.say(row, message);
        }
        if let Some(other) = self.ids.alias(phrase).map(|other| &self.model.aliases[other]) {
            let at = Line { file: sheets[other.sheet as usize].file, number: other.line };
            if usize::from(other.focus) == focus {
                self.say(row, format!("\"{}\" folds to the same words as {at}; delete one", row.field(0)));
            } else if shared.is_none() {
                let message = format!(
                    "\"{}\" is claimed by another function or focus at {at}; keep one, or name both with their shares in ambiguities.tsv",
                    row.field(0)
                );
                self.say(row, message);
            }
            return;
        }
        let sources = self.ids.sources.len();
        let source = *self.ids.sources.entry(row.field(7)).or_insert_with(|| {
            self.model.sources.push(row.field(7));
            sources as u16
        });
        self.ids.aliases.resize(self.model.vocabulary.phrases.len(), 0);
        self.ids.aliases[phrase as usize] = self.model.aliases.len() as u32 + 1;
        self.model.aliases.push(Alias {
            text: row.field(0),
            phrase,
            line: row.line.number,
            sheet: sheet as u32,
            focus: focus as u16,
            source,
            confidence,
            level,
            kind,
            approval,
            capitals: self.model.vocabulary.capitals(phrase, row.field(0)),
            area: false,
        });
    }

    /// Every focus's job and area stand among its own aliases, so that what a role is called resolves to it.
    fn jobs_and_areas(&mut self, rows: &[Row<'s>]) {
        for row in rows {
            let (function, code) = (row.field(0), row.field(1));
            let Some(&(focus, line)) = self.ids.focuses.get(&(function, code)) else { continue };
            if line != row.line {
                continue;
            }
            let (Some(job), Some(area)) = (self.phrase(row, 3), self.phrase(row, 4)) else { continue };
            for (what, phrase, text) in [("job", job, row.field(3)), ("area", area, row.field(4))] {
                match self.ids.alias(phrase).map(|alias| &mut self.model.aliases[alias]) {
                    Some(alias) if usize::from(alias.focus) == focus => alias.area |= what == "area" && job != area,
                    _ => self.say(row, format!("the {what} \"{text}\" is not an alias of {function}.{code}")),
                }
            }
        }
    }
}

/// The longest alias, in words with abbreviations spelled out.
const MAX_ALIAS_WORDS: usize = 12;

/// `15-1252` as 151252.
fn soc_number(code: &str) -> Option<u32> {
    let (major, minor) = code.split_once('-')?;
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if major.len() != 2 || minor.len() != 4 || !digits(major) || !digits(minor) {
        return None;
    }
    Some(major.parse::<u32>().ok()? * 10_000 + minor.parse::<u32>().ok()?)
}
