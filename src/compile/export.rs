//! Export: tables → source files, the way back of the pipeline.
//!
//! What it writes compiles to the same tables. What the tables don't keep, because no answer needs it, gets a neutral value:
//! [`SOURCE`], [`LANGUAGE`], and the kind [`KIND`] of abbreviations.
//! It must not know where tables come from, nor how titles are matched.

use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec;
use alloc::vec::Vec;

use super::Source;
use super::order;
use super::schema::{self, Id, Kind};
use crate::confidence::Confidence;
use crate::level::{GradeKind, Level, Track};
use crate::names::{AliasType, Approval, Named, Part, Place, QualifierKind, Status};
use crate::tables::{FocusRow, OPEN_ENDED, Tables, TextRef, WordsRef, index};

/// The source of rows whose source is not in the tables.
const SOURCE: &str = "taxonomy";
/// The language of rows whose language is not in the tables: undetermined, as BCP 47 has it.
const LANGUAGE: &str = "und";
/// The kind of all abbreviations, spellings, compounds and forms.
const KIND: &str = "abbreviation";

/// The sources of a taxonomy, in canonical order; what belongs to a family is in a file of the family's.
pub(crate) fn export(tables: Tables<'_>) -> Vec<Source> {
    let mut export = Export { tables, files: BTreeMap::new() };
    export.about();
    export.structure();
    export.aliases();
    export.crosswalk();
    export.profiles();
    export.ladder();
    export.vocabulary();
    let files = export.files.into_iter();
    files
        .filter_map(|(path, rows)| {
            let (id, kind) = schema::kind_of(&path)?;
            Some(Source { text: file(*id, kind, rows), path })
        })
        .collect()
}

/// What a focus has at a level: rows of the crosswalk's SOC codes, their status and source.
type Mapping = (Vec<u16>, u8, u8);

struct Export<'t> {
    tables: Tables<'t>,
    /// The rows of each file, by path.
    files: BTreeMap<String, Vec<Vec<String>>>,
}

impl Export<'_> {
    fn str(&self, text: TextRef) -> String {
        self.tables.str(text).to_string()
    }

    fn source(&self, number: u8) -> String {
        self.str(self.tables.sources().get(number.into()).text)
    }

    fn put(&mut self, path: impl Into<String>, row: Vec<String>) {
        self.files.entry(path.into()).or_default().push(row);
    }

    /// Puts a row into a family's file of a kind.
    fn put_of_family(&mut self, id: Id, function: u16, row: Vec<String>) {
        let family = self.tables.functions().get(function.into()).family;
        let family = self.tables.str(self.tables.families().get(family.into()).code).to_lowercase();
        self.put(format!("{}/{family}.tsv", schema::name_of(id)), row);
    }

    /// The codes of a focus and its function.
    fn codes(&self, focus: &FocusRow) -> [String; 2] {
        [self.str(self.tables.functions().get(focus.function.into()).code), self.str(focus.code)]
    }

    fn about(&mut self) {
        let meta = self.tables.meta().get(0);
        let row = [meta.name, meta.version, meta.licence].map(|text| self.str(text));
        if row.iter().any(|field| !field.is_empty()) {
            self.put("taxonomy.tsv", row.into());
        }
    }

    fn structure(&mut self) {
        for row in self.tables.families().iter() {
            self.put("families.tsv", [row.code, row.name, row.summary].map(|text| self.str(text)).into());
        }
        for (number, row) in self.tables.functions().iter().enumerate() {
            let fields = vec![
                self.str(row.code),
                self.str(row.name),
                tracks(row.tracks).map(|track| track.letter().to_string()).collect::<Vec<_>>().join(" "),
                level(row.default_level),
                Status::from_index(row.status).to_string(),
                self.str(row.scope),
                row.version.to_string(),
                confidence(Confidence::from_steps(row.confidence)),
                self.str(row.summary),
                SOURCE.into(),
                self.tables.function_id(number).unwrap_or_default().to_string(),
            ];
            self.put_of_family(Id::Functions, number as u16, fields);
        }
        for (number, row) in self.tables.focuses().iter().enumerate() {
            let usual = self.tables.functions().get(row.function.into()).default_level;
            let own = if row.default_level == usual { String::new() } else { level(row.default_level) };
            let [function, code] = self.codes(&row);
            let id = self.tables.focus_id(number).unwrap_or_default().to_string();
            let fields = vec![function, code, self.str(row.name), self.str(row.job), self.str(row.area), own, id];
            self.put_of_family(Id::Focuses, row.function, fields);
        }
    }

    fn aliases(&mut self) {
        for focus in self.tables.focuses().iter() {
            let first = focus.first_alias as usize;
            for alias in first..(first + focus.aliases as usize).min(self.tables.aliases().len()) {
                let class = self.tables.class(&self.tables.aliases().get(alias));
                let [function, code] = self.codes(&focus);
                let fields = vec![
                    self.tables.alias_text(alias).into_owned(),
                    function,
                    code,
                    level(class.level),
                    AliasType::from_index(class.kind()).to_string(),
                    confidence(class.confidence()),
                    Approval::from_index(class.approval()).to_string(),
                    self.source(class.source),
                ];
                self.put_of_family(Id::Aliases, focus.function, fields);
            }
        }
        for ambiguity in self.tables.ambiguities().iter() {
            if ambiguity.is_block() {
                let source = self.source(ambiguity.first as u8);
                self.put("blocks.tsv", vec![self.str(ambiguity.text), source]);
            }
            let first = ambiguity.first as usize;
            for at in first..first + usize::from(ambiguity.members) {
                let member = self.tables.members().get(at);
                let [function, code] = self.codes(&self.tables.focuses().get(member.focus.into()));
                let share = confidence(Confidence::from_steps(member.share));
                self.put("ambiguities.tsv", vec![self.str(ambiguity.text), function, code, share, SOURCE.into()]);
            }
        }
    }

    /// Few rows that say the same as the mappings of all focuses at all levels: the general focus speaks for the function.
    fn crosswalk(&mut self) {
        for row in self.tables.soc().iter() {
            let code = format!("{:02}-{:04}", row.code / 10_000, row.code % 10_000);
            self.put("soc.tsv", vec![code, self.str(row.title)]);
        }
        for function in self.tables.functions().iter() {
            let first = usize::from(function.first_focus);
            // A function without a ladder has one level.
            let ladder = function.tracks != 0;
            let bits = if ladder { function.tracks } else { 1 << Level::WITHOUT_LADDER.track() as u8 };
            for track in tracks(bits) {
                let on_track = |level: &Level| level.track() == track && (ladder || *level == Level::WITHOUT_LADDER);
                let levels: Vec<Level> = Level::ALL.into_iter().filter(on_track).collect();
                let run = |focus| levels.iter().map(|&level| self.mapping(focus, level)).collect::<Vec<_>>();
                let general = run(first);
                let mut rows = rows_of("*", track, &levels, &general, None);
                for focus in first + 1..first + usize::from(function.focuses) {
                    let code = self.str(self.tables.focuses().get(focus).code);
                    rows.extend(rows_of(&code, track, &levels, &run(focus), Some(&general)));
                }
                for (focus, scope, (soc, status, source)) in rows {
                    let codes = soc.iter().map(|&soc| {
                        let code = self.tables.soc().get(soc.into()).code;
                        format!("{:02}-{:04}", code / 10_000, code % 10_000)
                    });
                    let codes = codes.collect::<Vec<_>>().join("|");
                    let (status, source) = (Status::from_index(status).to_string(), self.source(source));
                    let fields = vec![self.str(function.code), focus, scope, codes, status, source];
                    let number = self.tables.focuses().get(first).function;
                    self.put_of_family(Id::Crosswalk, number, fields);
                }
            }
        }
    }

    fn profiles(&mut self) {
        for row in self.tables.profiles().iter() {
            let function = self.tables.functions().get(row.function.into());
            let part = Part::all().nth(row.part.into()).map_or("", Part::name);
            let level = index(row.level).map_or("*".into(), |number| level(number as u8));
            let fields = vec![self.str(function.code), part.into(), level, self.str(row.text), SOURCE.into()];
            self.put_of_family(Id::Profiles, row.function, fields);
        }
    }

    fn mapping(&self, focus: usize, level: Level) -> Mapping {
        let rows: Vec<_> = self.tables.mappings_of(focus, level).map(|at| self.tables.mappings().get(at)).collect();
        let (status, source) = rows.first().map_or((0, 0), |row| (row.status, row.source));
        (rows.iter().map(|row| row.soc).collect(), status, source)
    }

    fn ladder(&mut self) {
        for (number, row) in self.tables.levels().iter().enumerate() {
            let years = |years: u8| if years == OPEN_ENDED { String::new() } else { years.to_string() };
            let mut fields = vec![level(number as u8), self.str(row.name), self.str(row.title)];
            fields.extend([row.min_years, row.max_years].map(years));
            let texts = [row.scope, row.autonomy, row.complexity, row.impact, row.decision_rights, row.leadership];
            fields.extend(texts.map(|text| self.str(text)));
            self.put("levels.tsv", fields);
        }
        let grades = self.tables.grades();
        let name = |grade: u8| self.str(grades.get(grade.into()).name);
        let mut rows = Vec::new();
        for row in grades.iter() {
            let kind = GradeKind::ALL.get(usize::from(row.kind)).map_or("", |kind| kind.name());
            let mut fields = vec![self.str(row.name), kind.into()];
            fields.extend([row.support, row.professional, row.management, row.executive].map(level));
            fields.push(row.above.to_string());
            rows.push(("grades.tsv", fields));
        }
        for row in self.tables.combinations().iter() {
            let mut fields = Vec::from([row.first, row.second, row.grade].map(name));
            fields.push(confidence(Confidence::from_steps(row.confidence)));
            rows.push(("combinations.tsv", fields));
        }
        for row in self.tables.cues().iter() {
            let rank = if row.rank == 0 { String::new() } else { row.rank.to_string() };
            let place = Place::from_index(row.place).to_string();
            let sure = confidence(Confidence::from_steps(row.confidence));
            let fields =
                vec![self.str(row.text), name(row.grade), place, sure, rank, self.str(row.pattern), LANGUAGE.into()];
            rows.push(("cues.tsv", fields));
        }
        rows.into_iter().for_each(|(path, fields)| self.put(path, fields));
    }

    fn vocabulary(&mut self) {
        for row in self.tables.qualifiers().iter() {
            let (kind, place) = (QualifierKind::from_index(row.kind), Place::from_index(row.place));
            let fields = vec![self.str(row.text), kind.to_string(), place.to_string(), LANGUAGE.into()];
            self.put("qualifiers.tsv", fields);
        }
        for row in self.tables.abbreviations().iter() {
            let first = row.first as usize;
            let senses = (first..first + usize::from(row.alternatives)).map(|at| self.tables.alternatives().get(at));
            let senses = senses.map(|sense| self.words(sense.words)).collect::<Vec<_>>().join("|");
            self.put("abbreviations.tsv", vec![self.str(row.text), senses, KIND.into(), SOURCE.into()]);
        }
        for row in self.tables.lexemes().iter().filter(|row| row.is_head()) {
            self.put("heads.tsv", vec![self.str(row.text), LANGUAGE.into()]);
        }
    }

    fn words(&self, words: WordsRef) -> String {
        let lexemes = self.tables.words_of(words).map(|word| self.tables.lexemes().get(word as usize));
        lexemes.map(|row| self.tables.str(row.text)).collect::<Vec<_>>().join(" ")
    }
}

/// A file of these rows, without the columns at its end that may be left out and hold nothing.
fn file(id: Id, kind: &Kind, mut rows: Vec<Vec<String>>) -> String {
    let used = |row: &Vec<String>| row.iter().rposition(|field| !field.is_empty()).map_or(0, |last| last + 1);
    let columns = rows.iter().map(used).max().unwrap_or(0).max(kind.least);
    rows.iter_mut().for_each(|row| row.truncate(columns));
    order::arrange(id, kind, columns, rows)
}

/// Rows of the crosswalk (focus, scope, mapping) for a focus with these mappings at the levels of a track, where those
/// of `others` hold without a row.
fn rows_of(
    focus: &str,
    track: Track,
    levels: &[Level],
    run: &[Mapping],
    others: Option<&[Mapping]>,
) -> Vec<(String, String, Mapping)> {
    let row = |scope: String, mapping: &Mapping| (focus.to_string(), scope, mapping.clone());
    let except = |usual: &dyn Fn(usize) -> Option<Mapping>| -> Vec<_> {
        (0..levels.len())
            .filter(|&at| usual(at).as_ref() != Some(&run[at]))
            .map(|at| row(levels[at].to_string(), &run[at]))
            .collect()
    };
    let most = run.iter().max_by_key(|mapping| run.iter().filter(|other| other == mapping).count());
    let Some(most) = most.filter(|(soc, ..)| !soc.is_empty()) else { return Vec::new() };
    let mut own = vec![row(track.letter().to_string(), most)];
    own.extend(except(&|_| Some(most.clone())));
    match others.map(|others| except(&|at| others.get(at).cloned())) {
        Some(few) if few.len() < own.len() => few,
        _ => own,
    }
}

fn tracks(bits: u8) -> impl Iterator<Item = Track> {
    Track::ALL.into_iter().filter(move |&track| bits >> track as u8 & 1 == 1)
}

/// A level's code; nothing for no level.
fn level(number: u8) -> String {
    Level::from_index(number).map_or(String::new(), |level| level.to_string())
}

/// With two decimals, or as many more as it has.
fn confidence(value: Confidence) -> String {
    let text = format!("{value:.4}");
    let end = text.trim_end_matches('0').len().max("0.00".len());
    text[..end].to_string()
}
