//! The checked model: rows become things that refer to each other, and everything that is wrong is said.

use alloc::borrow::Cow;
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::intern::Map;
use super::schema::{Id, Sheets};
use super::tsv::{Layer, Line, Row, Sheet};
use super::vocabulary::Vocabulary;
use crate::code::Mnemonic;
use crate::confidence::Confidence;
use crate::error::Problem;
use crate::level::{GradeKind, Level, Track};
use crate::names::{AliasType, Approval, Named, Part, Place, QualifierKind, Status, StoryPart};
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
    pub(super) blocks: Vec<Block<'s>>,
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
    pub(super) profiles: Vec<ProfileText<'s>>,
}

impl<'s> Model<'s> {
    /// The crosswalk row that speaks for a focus at a level.
    pub(super) fn mapping(&self, focus: usize, level: Level) -> Option<&Crosswalk<'s>> {
        let function = self.focuses[focus].function;
        let reached = self.functions[function].reaches(level);
        self.crosswalk_of(function)
            .filter(|row| reached && row.focus.is_none_or(|of| of == focus) && row.scope.covers(level))
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
    pub(super) code: Cow<'s, str>,
    pub(super) name: Cow<'s, str>,
    pub(super) summary: &'s str,
}

pub(super) struct Function<'s> {
    pub(super) code: &'s str,
    pub(super) name: &'s str,
    pub(super) summary: &'s str,
    pub(super) scope: &'s str,
    /// What its publisher calls it.
    pub(super) external_id: &'s str,
    source: &'s str,
    pub(super) family: usize,
    pub(super) tracks: u8,
    /// `None` for a function without a ladder, which has no tracks either.
    pub(super) default_level: Option<Level>,
    pub(super) status: Status,
    pub(super) version: u16,
    pub(super) confidence: Confidence,
    layer: Layer,
}

impl Function<'_> {
    /// Whether it has roles on a track.
    fn has(&self, track: Track) -> bool {
        let bits = if self.tracks == 0 { 1 << Level::WITHOUT_LADDER.track() as u8 } else { self.tracks };
        bits >> track as u8 & 1 == 1
    }

    /// Whether it has roles at a level.
    fn reaches(&self, level: Level) -> bool {
        self.has(level.track()) && (self.tracks != 0 || level == Level::WITHOUT_LADDER)
    }
}

pub(super) struct Focus<'s> {
    pub(super) code: &'s str,
    pub(super) name: &'s str,
    pub(super) job: &'s str,
    pub(super) area: &'s str,
    /// What its publisher calls it.
    pub(super) external_id: &'s str,
    pub(super) function: usize,
    /// As that of the function, if it has none of its own.
    pub(super) default_level: Option<Level>,
    /// The sources don't say what its job is called, so its name is that, and an alias too.
    implied: bool,
    layer: Layer,
}

impl Focus<'_> {
    /// The level of its bare title.
    pub(super) fn bare_level(&self) -> Level {
        self.default_level.unwrap_or(Level::WITHOUT_LADDER)
    }
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
    /// It was laid over a taxonomy.
    pub(super) overlaid: bool,
}

pub(super) struct Ambiguity<'s> {
    pub(super) text: &'s str,
    pub(super) phrase: u32,
    pub(super) members: Vec<(usize, Confidence)>,
}

/// A title that no job has.
pub(super) struct Block<'s> {
    pub(super) text: &'s str,
    pub(super) phrase: u32,
    pub(super) source: &'s str,
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

/// A text of a function's profile.
pub(super) struct ProfileText<'s> {
    pub(super) function: usize,
    pub(super) part: Part,
    /// The level that it is tied to; `None` where all roles of the function share it.
    pub(super) level: Option<Level>,
    pub(super) text: &'s str,
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
    let mut checker = Checker { model: Model::default(), problems, ids: Ids::default(), own: BTreeSet::new() };
    checker.about(&sheets.rows(Id::Taxonomy));
    checker.levels(&sheets.rows(Id::Levels));
    checker.soc(&sheets.rows(Id::Soc));
    checker.families(&sheets.rows(Id::Families), &sheets.rows(Id::Functions));
    checker.functions(&sheets.rows(Id::Functions));
    checker.focuses(&sheets.rows(Id::Focuses));
    if checker.model.functions.len().max(checker.model.focuses.len()) > MOST_FOCUSES {
        // What follows refers to them by numbers that would not be theirs.
        let message = format!("more than {MOST_FOCUSES} functions or focuses");
        checker.problems.push(Problem::new("taxonomy", 0, message));
        return checker.model;
    }
    checker.crosswalk(&sheets.rows(Id::Crosswalk));
    checker.profiles(&sheets.rows(Id::Profiles));
    checker.grades(&sheets.rows(Id::Grades));
    checker.combinations(&sheets.rows(Id::Combinations));
    checker.model.vocabulary.abbreviate(&sheets.rows(Id::Abbreviations), checker.problems);
    checker.own(sheets);
    checker.ambiguities(&sheets.rows(Id::Ambiguities));
    checker.blocks(&sheets.rows(Id::Blocks));
    checker.cues(&sheets.rows(Id::Cues));
    checker.heads(&sheets.rows(Id::Heads));
    checker.qualifiers(&sheets.rows(Id::Qualifiers));
    checker.aliases(sheets.of(Id::Aliases));
    checker.jobs_and_areas();
    checker.model
}

/// The tables refer to functions and focuses by 16 bits.
const MOST_FOCUSES: usize = u16::MAX as usize;

/// Where each name stands: its index and the line of its row.
#[derive(Default)]
struct Ids<'s> {
    families: BTreeMap<Cow<'s, str>, usize>,
    /// The families of functions that others are laid over.
    homes: Map<&'s str, String>,
    functions: Map<&'s str, (usize, Line<'s>)>,
    focuses: BTreeMap<(&'s str, &'s str), (usize, Line<'s>)>,
    grades: Map<&'s str, usize>,
    soc: Map<u32, usize>,
    sources: Map<&'s str, u16>,
    /// Cues, and the qualifiers that count anywhere, by their phrases, which no alias may repeat. (A credential behind the job
    /// is a qualifier, but alone it is a job: "RN".)
    level_words: Map<u32, (Line<'s>, Layer)>,
    ambiguous: Map<u32, usize>,
    blocked: Map<u32, Line<'s>>,
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
    /// The phrases that rows laid over others speak of.
    own: BTreeSet<u32>,
}

/// The code of the family whose functions stand in a row's file; nothing for a file that is not a family's.
fn family_of(row: &Row<'_>) -> String {
    match row.line.file.trim_end_matches(".tsv").rsplit_once('/') {
        Some((_, stem)) => stem.to_uppercase(),
        None => String::new(),
    }
}

/// The code and name of the family that is made for functions where the sources tell of none.
const ALL: (&str, &str) = ("ALL", "All");

/// The code and name of the focus that every function has.
const GENERAL: (&str, &str) = ("GEN", "General");

/// The source of rows in a file without that column.
const OWN: &str = "own";

/// The longest id of a publisher's, in bytes.
const MAX_EXTERNAL_ID: usize = 255;

impl<'s> Checker<'_, 's> {
    /// Says what is wrong with a row; nothing of one under others, which is sound but for what these change.
    fn say(&mut self, row: &Row<'s>, message: impl Into<String>) {
        if !row.is_under() {
            self.problems.push(row.problem(message));
        }
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

    /// A confidence that is certain where nothing is said.
    fn confidence_or_one(&mut self, row: &Row<'s>, column: usize) -> Confidence {
        if row.field(column).is_empty() { Confidence::ONE } else { self.confidence(row, column) }
    }

    /// Who has the column must fill it.
    fn filled(&mut self, row: &Row<'s>, column: usize, name: &str) {
        if row.has(column) {
            self.required(row, &[(column, name)]);
        }
    }

    /// Where a row is from.
    fn source(&mut self, row: &Row<'s>, column: usize) -> &'s str {
        if !row.has(column) {
            return OWN;
        }
        self.filled(row, column, "source");
        row.field(column)
    }

    fn external_id(&mut self, row: &Row<'s>, column: usize) -> &'s str {
        if row.field(column).len() > MAX_EXTERNAL_ID {
            self.say(row, format!("external_id is longer than {MAX_EXTERNAL_ID} bytes"));
        }
        row.field(column)
    }

    /// A number that is `usual` where nothing is said.
    fn number_or<T: core::str::FromStr + Default>(&mut self, row: &Row<'s>, column: usize, what: &str, usual: T) -> T {
        if row.field(column).is_empty() { usual } else { self.number(row, column, what) }
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

    /// A value that is the first of its kind where nothing is said.
    fn named_or_first<T: Named>(&mut self, row: &Row<'s>, column: usize, what: &str) -> T {
        if row.field(column).is_empty() { T::all()[0] } else { self.named(row, column, what) }
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
            self.required(row, &[(0, "name")]);
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
                    if self.ids.soc.contains_key(&code) {
                        self.say(row, format!("code {} stands twice", row.field(0)));
                        continue;
                    }
                    self.ids.soc.insert(code, self.model.soc.len());
                    self.model.soc.push((code, row.field(1)));
                }
                None => self.say(row, format!("\"{}\" is not a SOC code, as 15-1252", row.field(0))),
            }
        }
    }

    /// Families, by code; where the sources have none, those that their functions are in.
    fn families(&mut self, rows: &[Row<'s>], functions: &[Row<'s>]) {
        let mut families = BTreeMap::<Cow<'s, str>, (Cow<'s, str>, &'s str)>::new();
        for row in rows {
            self.required(row, &[(1, "name")]);
            let code = row.field(0);
            if Mnemonic::new(code).is_none() {
                self.say(row, format!("family code \"{code}\" is not 1 to 8 capital letters or digits"));
            }
            if families.contains_key(code) {
                self.say(row, format!("family {code} stands twice"));
                continue;
            }
            families.insert(code.into(), (row.field(1).into(), row.field(2)));
        }
        for row in functions.iter().filter(|row| row.is_under()) {
            self.ids.homes.insert(row.field(0), family_of(row));
        }
        if rows.iter().all(Row::is_under) {
            for row in functions.iter().filter(|row| !row.is_under()) {
                let code = self.family_code(row);
                let name = if code == ALL.0 { ALL.1.into() } else { code.clone().into() };
                families.entry(code.into()).or_insert((name, ""));
            }
        }
        for (code, (name, summary)) in families {
            self.ids.families.insert(code.clone(), self.model.families.len());
            self.model.families.push(Family { code, name, summary });
        }
    }

    /// The code of a function's family: that whose file it stands in, else that of the function under it, else [`ALL`].
    fn family_code(&self, row: &Row<'s>) -> String {
        match family_of(row) {
            code if !code.is_empty() => code,
            _ => self.ids.homes.get(row.field(0)).cloned().unwrap_or_else(|| ALL.0.into()),
        }
    }

    fn functions(&mut self, rows: &[Row<'s>]) {
        let mut names = Map::default();
        for row in rows {
            self.required(row, &[(1, "name")]);
            let code = row.field(0);
            if Mnemonic::new(code).is_none() {
                self.say(row, format!("function code \"{code}\" is not 1 to 8 capital letters or digits"));
            }
            let family = self.family(row);
            let (tracks, default_level) = self.tracks(row);
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
                scope: if row.field(5).is_empty() { "global" } else { row.field(5) },
                external_id: self.external_id(row, 10),
                source: self.source(row, 9),
                family,
                tracks,
                default_level,
                status: self.named_or_first(row, 4, "status"),
                version: self.number_or(row, 6, "version", 1),
                confidence: self.confidence_or_one(row, 7),
                layer: row.layer,
            };
            self.model.functions.push(function);
        }
    }

    /// The family of a function; the only one, if nothing is said.
    fn family(&mut self, row: &Row<'s>) -> usize {
        let code = self.family_code(row);
        if let Some(&found) = self.ids.families.get(code.as_str()) {
            if Mnemonic::new(&code).is_none() {
                self.say(row, format!("family code \"{code}\", the file's name, is not 1 to 8 letters or digits"));
            }
            return found;
        }
        if !family_of(row).is_empty() {
            self.say(row, format!("no family {code} in families.tsv; the file's name is its family's code"));
        } else if self.model.families.len() != 1 {
            self.say(row, "which family? Functions stand in functions/FAMILY.tsv, where there are several");
        }
        0
    }

    /// The tracks and default level of a function; neither for one without a ladder.
    fn tracks(&mut self, row: &Row<'s>) -> (u8, Option<Level>) {
        if row.field(2).is_empty() {
            if !row.field(3).is_empty() {
                self.say(row, "a default level without tracks; say on which tracks the function is");
            }
            return (0, None);
        }
        let mut tracks = 0;
        for word in row.field(2).split(' ') {
            let mut letters = word.chars();
            match (letters.next().and_then(Track::from_letter), letters.next()) {
                (Some(track), None) => tracks |= 1 << track as u8,
                _ => {
                    self.say(row, format!("tracks \"{}\" are not letters of S P M E with spaces between", row.field(2)))
                }
            }
        }
        let default_level = self.level(row, 3).unwrap_or(Level::P3);
        if tracks >> default_level.track() as u8 & 1 == 0 {
            self.say(row, format!("default level {default_level} is on none of the tracks {}", row.field(2)));
        }
        (tracks, Some(default_level))
    }

    fn function(&mut self, row: &Row<'s>, column: usize) -> Option<usize> {
        let found = self.ids.functions.get(row.field(column)).map(|&(index, _)| index);
        if found.is_none() {
            self.say(row, format!("no function {}", row.field(column)));
        }
        found
    }

    fn focus(&mut self, row: &Row<'s>, function: usize, focus: usize) -> Option<usize> {
        let code = if row.field(focus).is_empty() { GENERAL.0 } else { row.field(focus) };
        let key = (row.field(function), code);
        let found = self.ids.focuses.get(&key).map(|&(index, _)| index);
        if found.is_none() {
            self.say(row, format!("no focus {}.{}", key.0, key.1));
        }
        found
    }

    fn focuses(&mut self, rows: &[Row<'s>]) {
        for row in rows {
            self.required(row, &[(2, "name")]);
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
            let usual = self.model.functions[function].default_level;
            let mut own = self.level(row, 5);
            if let Some(level) = own
                && !self.model.functions[function].reaches(level)
            {
                self.say(row, format!("default level {level} is on none of the tracks of {}", row.field(0)));
                own = None;
            }
            if let Some(level) = own.filter(|_| own == usual) {
                self.say(row, format!("{level} is the default level of {} already; leave it empty", row.field(0)));
            }
            let called = if row.field(1) == GENERAL.0 { self.model.functions[function].name } else { row.field(2) };
            let job = if row.field(3).is_empty() { called } else { row.field(3) };
            self.ids.focuses.insert(key, (self.model.focuses.len(), row.line));
            let external_id = self.external_id(row, 6);
            self.model.focuses.push(Focus {
                code: row.field(1),
                name: row.field(2),
                job,
                area: if row.field(4).is_empty() { job } else { row.field(4) },
                external_id,
                function,
                default_level: own.or(usual),
                implied: row.field(3).is_empty(),
                layer: row.layer,
            });
        }
        self.general_focuses();
    }

    /// Gives every function a general focus that has none, called as the function is.
    fn general_focuses(&mut self) {
        for function in 0..self.model.functions.len() {
            let Function { code, name, default_level, layer, .. } = self.model.functions[function];
            let (key, line) = ((code, GENERAL.0), self.ids.functions[code].1);
            if self.ids.focuses.contains_key(&key) {
                continue;
            }
            self.ids.focuses.insert(key, (self.model.focuses.len(), line));
            self.model.focuses.push(Focus {
                code: GENERAL.0,
                name: GENERAL.1,
                job: name,
                area: name,
                external_id: "",
                function,
                default_level,
                implied: true,
                layer,
            });
        }
    }

    fn crosswalk(&mut self, rows: &[Row<'s>]) {
        let mut seen = Map::default();
        for row in rows {
            let Some(function) = self.function(row, 0) else { continue };
            let focus = match row.field(1) {
                "*" | "" => None,
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
            if !self.model.functions[function].has(track) {
                self.say(row, format!("{} has no {} track", row.field(0), track.name()));
                continue;
            }
            if let Some(other) = seen.get(&(function, focus, scope)) {
                self.say(row, format!("the same scope stands at {other}"));
                continue;
            }
            seen.insert((function, focus, scope), row.line);
            let mut soc = Vec::new();
            for code in row.field(3).split('|') {
                match soc_number(code).and_then(|code| self.ids.soc.get(&code)) {
                    Some(&index) => soc.push(index),
                    None => self.say(row, format!("SOC code \"{code}\" does not exist")),
                }
            }
            let status = self.named_or_first(row, 4, "status");
            let source = self.source(row, 5);
            self.model.crosswalk.push(Crosswalk { function, focus, scope, soc, status, source });
        }
        self.model.crosswalk.sort_by_key(|row| row.function);
        // Who lays functions over a taxonomy with SOC codes need not know these.
        if self.model.soc.is_empty() || rows.iter().any(Row::is_under) {
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

    /// The profiles; one that is laid over another takes its place as a whole.
    fn profiles(&mut self, rows: &[Row<'s>]) {
        let over: BTreeSet<&str> = rows.iter().filter(|row| !row.is_under()).map(|row| row.field(0)).collect();
        let mut seen = Map::default();
        for row in rows.iter().filter(|row| !row.is_under() || !over.contains(row.field(0))) {
            self.required(row, &[(3, "text")]);
            self.source(row, 4);
            let Some(function) = self.function(row, 0) else { continue };
            let Some(part) = Part::from_name(row.field(1)) else {
                let names: Vec<_> = Part::all().map(Part::name).collect();
                self.say(row, format!("part \"{}\" is none of {}", row.field(1), names.join(", ")));
                continue;
            };
            let level = match row.field(2) {
                "*" | "" => None,
                _ => match self.level(row, 2) {
                    None => continue,
                    level => level,
                },
            };
            if let Some(level) = level.filter(|&level| !self.model.functions[function].reaches(level)) {
                self.say(row, format!("level {level} is on none of the tracks of {}", row.field(0)));
                continue;
            }
            if level.is_some() && matches!(part, Part::Story(_)) {
                self.say(row, format!("{} is part of the function's story, which has no level: write *", part.name()));
                continue;
            }
            if let Some(other) = seen.insert((function, part.number(), level, row.field(3)), row.line) {
                self.say(row, format!("the same text stands at {other}"));
                continue;
            }
            if matches!(part, Part::Story(of) if of != StoryPart::Plan)
                && let Some(other) = seen.insert((function, part.number(), level, ""), row.line)
            {
                self.say(row, format!("{} stands twice, at {other} too; only a plan has several steps", part.name()));
                continue;
            }
            self.model.profiles.push(ProfileText { function, part, level, text: row.field(3) });
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
            if self.ids.grades.contains_key(row.field(0)) {
                self.say(row, format!("grade {} stands twice", row.field(0)));
                continue;
            }
            self.ids.grades.insert(row.field(0), self.model.grades.len());
            let kind = kind.unwrap_or(GradeKind::Individual);
            let above = self.number_or(row, 6, "above", 0);
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
            if let Some(other) = seen.get(&(first, second)) {
                self.say(row, format!("the same pair stands at {other}"));
                continue;
            }
            seen.insert((first, second), row.line);
            self.model.combinations.push(Combination { first, second, grade, confidence });
        }
    }

    fn cues(&mut self, rows: &[Row<'s>]) {
        for row in rows {
            self.filled(row, 6, "language");
            let grade = self.grade(row, 1);
            let place_of = self.named(row, 2, "place");
            let confidence = self.confidence(row, 3);
            let rank = self.number_or(row, 4, "rank", 0);
            let pattern = row.field(5).contains("{job}") || row.field(5).contains("{area}");
            if (rank > 0) != pattern {
                self.say(row, "a cue with a rank has a pattern with {job} or {area}, and the other way round");
            }
            let (Some(grade), Some(phrase)) = (grade, self.phrase(row, 0)) else { continue };
            if row.is_under() && self.ids.level_words.get(&phrase).is_some_and(|(_, layer)| *layer == Layer::Over) {
                continue;
            }
            if let Some((other, _)) = self.ids.level_words.insert(phrase, (row.line, row.layer)) {
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
            self.filled(row, 1, "language");
            match self.model.vocabulary.fold(row.field(0)) {
                Ok(words) if words.len() == 1 && self.model.vocabulary.word(words[0]).len() >= MIN_HEAD => {
                    if !row.is_under() || !self.model.heads.contains(&words[0]) {
                        self.model.heads.extend(words);
                    }
                }
                Ok(_) => self.say(row, format!("a head is one word of at least {MIN_HEAD} letters")),
                Err(why) => self.say(row, why.as_str()),
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
            self.filled(row, 3, "language");
            let (kind, place) = (self.named(row, 1, "kind"), self.named_or_first(row, 2, "place"));
            let Some(phrase) = self.phrase(row, 0) else { continue };
            if let Some(other) = seen.get(&phrase) {
                let words = self.model.vocabulary.texts(phrase).join(" ");
                self.say(row, format!("folds to \"{words}\" like {other}"));
                continue;
            }
            seen.insert(phrase, row.line);
            if place == Place::Any {
                self.ids.level_words.entry(phrase).or_insert((row.line, row.layer));
            }
            self.model.qualifiers.push(Qualifier { text: row.field(0), phrase, kind, place });
        }
        // However the rows are spread over files, the tables are the same.
        let Model { qualifiers, vocabulary, .. } = &mut self.model;
        qualifiers.sort_by_cached_key(|qualifier| vocabulary.texts(qualifier.phrase));
    }

    fn ambiguities(&mut self, rows: &[Row<'s>]) {
        for row in rows {
            self.source(row, 4);
            let share = self.confidence(row, 3);
            let (Some(focus), Some(phrase)) = (self.focus(row, 1, 2), self.phrase(row, 0)) else { continue };
            if row.is_under() && self.own.contains(&phrase) {
                continue;
            }
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
            let (focuses, functions) = (&self.model.focuses, &self.model.functions);
            ambiguity.members.sort_by_key(|&(focus, share)| {
                let function = &functions[focuses[focus].function];
                (core::cmp::Reverse(share), function.family, function.code, focuses[focus].code)
            });
            let total: f64 = ambiguity.members.iter().map(|(_, share)| share.value()).sum();
            if total > 1.0001 {
                let message = format!("the shares of \"{}\" add up to {total:.2}, more than 1", ambiguity.text);
                let row = rows.iter().find(|row| row.field(0) == ambiguity.text);
                self.problems.extend(row.map(|row| row.problem(message)));
            }
        }
    }

    /// Remembers the words that rows laid over others speak of, and those that functions and focuses among them are called.
    fn own(&mut self, sheets: &Sheets<'s>) {
        let kinds = [Id::Aliases, Id::Ambiguities, Id::Blocks, Id::Cues, Id::Qualifiers];
        let sheets = kinds.into_iter().flat_map(|id| sheets.of(id)).filter(|sheet| sheet.layer == Layer::Over);
        let jobs = self.model.focuses.iter().filter(|focus| focus.implied && focus.layer == Layer::Over);
        let texts = sheets.flat_map(|sheet| sheet.rows()).map(|row| row.field(0)).chain(jobs.map(|focus| focus.job));
        self.own = texts.filter_map(|text| self.model.vocabulary.phrase(text).ok()).collect();
    }

    /// Where a phrase is a cue or qualifier, so that no row of this layer may make it an alias. What is laid over others may give
    /// their words of level another meaning besides.
    fn level_word(&self, phrase: u32, layer: Layer) -> Option<Line<'s>> {
        let (line, of) = self.ids.level_words.get(&phrase)?;
        (layer != Layer::Over || *of == Layer::Over).then_some(*line)
    }

    fn blocks(&mut self, rows: &[Row<'s>]) {
        for row in rows {
            let source = self.source(row, 1);
            let Some(phrase) = self.phrase(row, 0) else { continue };
            if row.is_under() && self.own.contains(&phrase) {
                continue;
            }
            if self.model.vocabulary.phrases.get(phrase).len() > MAX_ALIAS_WORDS {
                self.say(row, format!("more than {MAX_ALIAS_WORDS} words when spelled out"));
            }
            if self.ids.ambiguous.contains_key(&phrase) {
                self.say(row, format!("\"{}\" stands in ambiguities.tsv too; delete one", row.field(0)));
            }
            if let Some(other) = self.ids.blocked.insert(phrase, row.line) {
                self.say(row, format!("\"{}\" folds to the same words as {other}; delete one", row.field(0)));
                continue;
            }
            self.model.blocks.push(Block { text: row.field(0), phrase, source });
        }
        let Model { blocks, vocabulary, .. } = &mut self.model;
        blocks.sort_by_cached_key(|block| vocabulary.texts(block.phrase));
    }

    fn aliases(&mut self, sheets: &[Sheet<'s>]) {
        for (number, sheet) in sheets.iter().enumerate() {
            sheet.rows().for_each(|row| self.alias(&row, number, sheets));
        }
    }

    /// Adds the alias of a row of the sheet with this number.
    fn alias(&mut self, row: &Row<'s>, sheet: usize, sheets: &[Sheet<'s>]) {
        let source = self.source(row, 7);
        let level = self.level(row, 3);
        let kind = self.named_or_first(row, 4, "type");
        let confidence = self.confidence_or_one(row, 5);
        if !confidence.steps().is_multiple_of(100) {
            self.say(row, format!("confidence {} is finer than hundredths", row.field(5)));
        }
        let approval = self.named_or_first(row, 6, "approval");
        let (Some(focus), Some(phrase)) = (self.focus(row, 1, 2), self.phrase(row, 0)) else { return };
        if row.is_under() && self.own.contains(&phrase) {
            return;
        }
        let words = self.model.vocabulary.phrases.get(phrase).len();
        if words > MAX_ALIAS_WORDS {
            self.say(row, format!("more than {MAX_ALIAS_WORDS} words when spelled out"));
            return;
        }
        let function = &self.model.functions[self.model.focuses[focus].function];
        if let Some(level) = level
            && !function.reaches(level)
        {
            let message = format!("level {level} is on none of the tracks of {}", function.code);
            self.say(row, message);
            return;
        }
        // "Executive Director" leads an area or, alone, an organisation: the pinned level says that this is meant.
        let meant = level.is_some() && words > 1;
        if let Some(other) = self.level_word(phrase, row.layer).filter(|_| !meant) {
            let message =
                format!("\"{}\" is a cue or qualifier at {other}; a title of nothing else names no job", row.field(0));
            self.say(row, message);
            return;
        }
        if let Some(other) = self.ids.blocked.get(&phrase) {
            let message = format!("\"{}\" is blocked at {other}; delete one", row.field(0));
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
        let source = self.source_number(source);
        let capitals = self.model.vocabulary.capitals(phrase, row.field(0));
        self.push_alias(Alias {
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
            capitals,
            area: false,
            overlaid: row.layer == Layer::Over,
        });
    }

    /// The number of an alias's source.
    fn source_number(&mut self, source: &'s str) -> u16 {
        let next = self.ids.sources.len() as u16;
        *self.ids.sources.entry(source).or_insert_with(|| {
            self.model.sources.push(source);
            next
        })
    }

    fn push_alias(&mut self, alias: Alias<'s>) {
        self.ids.aliases.resize(self.model.vocabulary.phrases.len(), 0);
        self.ids.aliases[alias.phrase as usize] = self.model.aliases.len() as u32 + 1;
        self.model.aliases.push(alias);
    }

    /// Every focus's job and area stand among its own aliases, so that what a role is called resolves to it.
    fn jobs_and_areas(&mut self) {
        for ((function, code), (focus, line)) in core::mem::take(&mut self.ids.focuses) {
            let Focus { job: job_text, area: area_text, implied, layer, .. } = self.model.focuses[focus];
            let [job, area] = [job_text, area_text].map(|text| self.model.vocabulary.phrase(text));
            let (job, area) = match (job, area) {
                (Ok(job), Ok(area)) => (job, area),
                (Err(why), _) | (_, Err(why)) => {
                    self.problems.push(line.problem(format!("the name of the job or area: {why}")));
                    continue;
                }
            };
            if implied && self.is_free(job, focus) {
                self.imply(focus, job, line);
            }
            for (what, phrase, text) in [("job", job, job_text), ("area", area, area_text)] {
                match self.ids.alias(phrase).map(|alias| &mut self.model.aliases[alias]) {
                    Some(alias) if usize::from(alias.focus) == focus => alias.area |= what == "area" && job != area,
                    // Its name was given to another.
                    _ if layer == Layer::Under => {}
                    _ => {
                        let message = format!("the {what} \"{text}\" is not an alias of {function}.{code}");
                        self.problems.push(line.problem(message));
                    }
                }
            }
        }
    }

    /// Whether nothing else than a focus claims a phrase.
    fn is_free(&self, phrase: u32, focus: usize) -> bool {
        let shared = self.ids.ambiguous.get(&phrase).map(|&shared| &self.model.ambiguities[shared].members);
        self.ids.alias(phrase).is_none()
            && self.level_word(phrase, self.model.focuses[focus].layer).is_none()
            && !self.ids.blocked.contains_key(&phrase)
            && shared.is_none_or(|members| members.iter().any(|&(member, _)| member == focus))
    }

    /// Makes the name of a focus's job an alias.
    fn imply(&mut self, focus: usize, phrase: u32, line: Line<'s>) {
        let Focus { job, function, layer, .. } = self.model.focuses[focus];
        if self.model.vocabulary.phrases.get(phrase).len() > MAX_ALIAS_WORDS {
            let message = format!("\"{job}\" has more than {MAX_ALIAS_WORDS} words when spelled out");
            self.problems.push(line.problem(message));
        }
        let source = self.source_number(self.model.functions[function].source);
        let capitals = self.model.vocabulary.capitals(phrase, job);
        // No alias comes after these that could be told its place.
        let (line, sheet) = (line.number, 0);
        self.push_alias(Alias {
            text: job,
            phrase,
            line,
            sheet,
            focus: focus as u16,
            source,
            confidence: Confidence::ONE,
            level: None,
            kind: AliasType::Common,
            approval: Approval::Draft,
            capitals,
            area: false,
            overlaid: layer == Layer::Over,
        });
    }
}

/// The longest alias, in words with abbreviations spelled out.
pub(super) const MAX_ALIAS_WORDS: usize = 12;

/// `15-1252` as 151252.
fn soc_number(code: &str) -> Option<u32> {
    let (major, minor) = code.split_once('-')?;
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if major.len() != 2 || minor.len() != 4 || !digits(major) || !digits(minor) {
        return None;
    }
    Some(major.parse::<u32>().ok()? * 10_000 + minor.parse::<u32>().ok()?)
}
