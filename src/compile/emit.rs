//! Emission: the checked model becomes the text pool and blob that [`crate::tables`] reads.

use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::Compiled;
use super::model::Model;
use super::vocabulary::Words;
use crate::error::Problem;
use crate::hash;
use crate::level::Level;
use crate::names::QualifierKind;
use crate::tables::{
    AbbreviationRow, AliasRow, AlternativeRow, AmbiguityRow, BagRow, CombinationRow, CueRow, DeleteRow,
    DisplacementRow, FamilyRow, FocusRow, FunctionRow, GradeRow, LevelRow, LexemeRow, MappingRow, MemberRow, MetaRow,
    NO_LEVEL, QualifierRow, Record, SECTIONS, Section, SeedRow, SocRow, SpanRow, TextRef, WordRow, deletions,
};

/// Writes the model down.
pub(super) fn emit(model: &Model, problems: &mut Vec<Problem>) -> Compiled {
    let mut emitter = Emitter { pool: Pool::default(), sections: core::array::from_fn(|_| Vec::new()), problems };
    emitter.run(model);
    emitter.finish()
}

/// Every text once.
#[derive(Default)]
struct Pool {
    text: String,
    seen: BTreeMap<String, TextRef>,
}

impl Pool {
    fn add(&mut self, text: &str) -> TextRef {
        if let Some(&found) = self.seen.get(text) {
            return found;
        }
        let reference = TextRef { start: self.text.len() as u32, len: text.len().min(u16::MAX as usize) as u16 };
        self.text.push_str(text);
        self.seen.insert(text.to_string(), reference);
        reference
    }
}

/// A lexeme in the making.
#[derive(Default)]
struct Lexeme {
    text: String,
    words: u8,
    reach: u8,
    alias: u32,
    ambiguity: u32,
    cue: u16,
    qualifier: u16,
    abbreviation: u16,
    weight: u16,
    postings: Vec<u32>,
}

struct Emitter<'p> {
    pool: Pool,
    sections: [Vec<u8>; SECTIONS],
    problems: &'p mut Vec<Problem>,
}

impl Emitter<'_> {
    fn put<R: Record>(&mut self, section: Section, row: R) {
        row.write(&mut self.sections[section as usize]);
    }

    fn count<R: Record>(&self, section: Section) -> u32 {
        (self.sections[section as usize].len() / R::SIZE) as u32
    }

    fn fail(&mut self, message: String) {
        self.problems.push(Problem::new("taxonomy", 0, message));
    }

    fn run(&mut self, model: &Model) {
        if model.functions.len() > u16::MAX as usize || model.focuses.len() > u16::MAX as usize {
            self.fail(format!("more than {} functions or focuses", u16::MAX));
            return;
        }
        let meta = MetaRow {
            name: self.pool.add(&model.name),
            version: self.pool.add(&model.version),
            licence: self.pool.add(&model.licence),
        };
        self.put(Section::Meta, meta);
        let order = Order::new(model);
        self.structure(model, &order);
        self.ladder(model);
        self.crosswalk(model, &order);
        self.vocabulary(model, &order);
    }

    /// Families, functions and focuses, each range of children contiguous.
    fn structure(&mut self, model: &Model, order: &Order) {
        let mut first_function = 0;
        for (index, family) in model.families.iter().enumerate() {
            let functions = order.functions.iter().filter(|&&f| model.functions[f].family == index).count() as u16;
            let row = FamilyRow {
                code: self.pool.add(&family.code),
                name: self.pool.add(&family.name),
                summary: self.pool.add(&family.summary),
                first_function,
                functions,
            };
            first_function += functions;
            self.put(Section::Families, row);
        }
        let mut first_focus = 0;
        for &index in &order.functions {
            let function = &model.functions[index];
            let focuses = model.focuses.iter().filter(|focus| focus.function == index).count() as u16;
            let row = FunctionRow {
                code: self.pool.add(&function.code),
                name: self.pool.add(&function.name),
                summary: self.pool.add(&function.summary),
                scope: self.pool.add(&function.scope),
                family: function.family as u16,
                first_focus,
                focuses,
                tracks: function.tracks,
                default_level: function.default_level as u8,
                status: function.status as u8,
                version: function.version,
                confidence: function.confidence.steps(),
            };
            first_focus += focuses;
            self.put(Section::Functions, row);
        }
        let mut first_alias = 0;
        for &index in &order.focuses {
            let focus = &model.focuses[index];
            let aliases = order.aliases_per_focus[index];
            let row = FocusRow {
                code: self.pool.add(&focus.code),
                name: self.pool.add(&focus.name),
                job: self.pool.add(&focus.job),
                area: self.pool.add(&focus.area),
                function: order.function_at[focus.function] as u16,
                first_alias,
                aliases,
            };
            first_alias += aliases;
            self.put(Section::Focuses, row);
        }
    }

    fn ladder(&mut self, model: &Model) {
        for record in &model.levels {
            let [name, title, scope, autonomy, complexity, impact, decision_rights, leadership] =
                [0, 1, 2, 3, 4, 5, 6, 7].map(|i| self.pool.add(&record.texts[i]));
            let (min_years, max_years) = record.years;
            let row = LevelRow {
                name,
                title,
                min_years,
                max_years,
                scope,
                autonomy,
                complexity,
                impact,
                decision_rights,
                leadership,
            };
            self.put(Section::Levels, row);
        }
        for grade in &model.grades {
            let [support, professional, management, executive] =
                grade.levels.map(|level| level.map_or(NO_LEVEL, |level| level as u8));
            let name = self.pool.add(&grade.name);
            self.put(
                Section::Grades,
                GradeRow {
                    name,
                    kind: grade.kind as u8,
                    support,
                    professional,
                    management,
                    executive,
                    above: grade.above,
                },
            );
        }
        for cue in &model.cues {
            let row = CueRow {
                text: self.pool.add(&cue.text),
                pattern: self.pool.add(&cue.pattern),
                grade: cue.grade as u8,
                place: cue.place as u8,
                confidence: cue.confidence.steps(),
                rank: cue.rank,
            };
            self.put(Section::Cues, row);
        }
        for rule in &model.combinations {
            let row = CombinationRow {
                first: rule.first as u8,
                second: rule.second as u8,
                grade: rule.grade as u8,
                confidence: rule.confidence.steps(),
            };
            self.put(Section::Combinations, row);
        }
        for qualifier in &model.qualifiers {
            let text = self.pool.add(&qualifier.text);
            let row = QualifierRow { text, kind: qualifier.kind as u8, place: qualifier.place as u8 };
            self.put(Section::Qualifiers, row);
        }
    }

    /// For every focus and level the SOC codes: those of the level before those of the track, the focus's before the function's.
    fn crosswalk(&mut self, model: &Model, order: &Order) {
        for (code, title) in &model.soc {
            let title = self.pool.add(title);
            self.put(Section::Soc, SocRow { code: *code, title });
        }
        for &focus in &order.focuses {
            let function = model.focuses[focus].function;
            let tracks = model.functions[function].tracks;
            for level in Level::ALL {
                let first = self.count::<MappingRow>(Section::Mappings);
                let best = model
                    .crosswalk
                    .iter()
                    .filter(|row| row.function == function && row.focus.is_none_or(|of| of == focus))
                    .filter(|row| row.scope.covers(level) && tracks >> level.track() as u8 & 1 == 1)
                    // A focus's row outdoes the function's, a level's outdoes its track's.
                    .max_by_key(|row| (row.focus.is_some(), row.scope));
                let mut len = 0;
                if let Some(row) = best {
                    for &soc in &row.soc {
                        let source = self.pool.add(&row.source);
                        self.put(Section::Mappings, MappingRow { soc: soc as u16, status: row.status as u8, source });
                        len += 1;
                    }
                }
                self.put(Section::RoleMappings, SpanRow { first, len });
            }
        }
    }

    fn vocabulary(&mut self, model: &Model, order: &Order) {
        let mut lexemes = Lexemes::default();
        for (number, &index) in order.aliases.iter().enumerate() {
            let alias = &model.aliases[index];
            lexemes.phrase(&alias.words).alias = number as u32 + 1;
        }
        for (number, ambiguity) in model.ambiguities.iter().enumerate() {
            lexemes.phrase(&ambiguity.words).ambiguity = number as u32 + 1;
        }
        for (number, cue) in model.cues.iter().enumerate() {
            lexemes.phrase(&cue.words).cue = number as u16 + 1;
        }
        for (number, qualifier) in model.qualifiers.iter().enumerate() {
            lexemes.phrase(&qualifier.words).qualifier = number as u16 + 1;
        }
        for (number, abbreviation) in model.abbreviations.iter().enumerate() {
            for word in abbreviation.alternatives.iter().flatten() {
                lexemes.phrase(core::slice::from_ref(word));
            }
            lexemes.phrase(core::slice::from_ref(&abbreviation.word)).abbreviation = number as u16 + 1;
        }
        lexemes.weigh(model, order);
        if let Some((a, b)) = lexemes.collision.take() {
            self.fail(format!("\"{a}\" and \"{b}\" have the same 64-bit hash; change one by a letter"));
            return;
        }

        let keys: Vec<u64> = lexemes.by_key.keys().copied().collect();
        let (seed, displacements, slots) = perfect(&keys);
        self.put(Section::LexemeSeed, SeedRow { seed });
        for row in displacements {
            self.put(Section::LexemeDisplacements, row);
        }
        let mut slot_of = BTreeMap::new();
        for (slot, &number) in slots.iter().enumerate() {
            slot_of.insert(keys[number], slot as u32);
        }
        for &number in &slots {
            let lexeme = &lexemes.by_key[&keys[number]];
            let row = LexemeRow {
                key: keys[number],
                text: self.pool.add(&lexeme.text),
                words: lexeme.words,
                reach: lexeme.reach,
                alias: lexeme.alias,
                ambiguity: lexeme.ambiguity,
                cue: lexeme.cue,
                qualifier: lexeme.qualifier,
                abbreviation: lexeme.abbreviation,
                weight: lexeme.weight,
                first_posting: self.count::<WordRow>(Section::Postings),
                postings: lexeme.postings.len() as u32,
            };
            for &alias in &lexeme.postings {
                self.put(Section::Postings, WordRow { lexeme: alias });
            }
            self.put(Section::Lexemes, row);
        }

        for abbreviation in model.abbreviations.iter() {
            let first = self.count::<AlternativeRow>(Section::Alternatives);
            for words in &abbreviation.alternatives {
                let first_word = self.words(words, &slot_of);
                self.put(Section::Alternatives, AlternativeRow { first_word, words: words.len() as u8 });
            }
            let text = self.pool.add(&abbreviation.text);
            let alternatives = abbreviation.alternatives.len() as u8;
            self.put(Section::Abbreviations, AbbreviationRow { text, first, alternatives });
        }
        for ambiguity in &model.ambiguities {
            let first = self.count::<MemberRow>(Section::Members);
            for &(focus, share) in &ambiguity.members {
                self.put(Section::Members, MemberRow { focus: order.focus_at[focus] as u16, share: share.steps() });
            }
            let text = self.pool.add(&ambiguity.text);
            let members = ambiguity.members.len() as u8;
            self.put(Section::Ambiguities, AmbiguityRow { text, first, members });
        }
        for &index in &order.aliases {
            let alias = &model.aliases[index];
            let weight = alias.words.iter().map(|word| u32::from(lexemes.weight(word))).sum();
            let row = AliasRow {
                text: self.pool.add(&alias.text),
                source: self.pool.add(&alias.source),
                focus: order.focus_at[alias.focus] as u16,
                level: alias.level.map_or(NO_LEVEL, |level| level as u8),
                kind: alias.kind as u8,
                approval: alias.approval as u8,
                area: alias.area.into(),
                confidence: alias.confidence.steps(),
                lexeme: key_of(&alias.words).and_then(|key| slot_of.get(&key).copied()).unwrap_or_default(),
                first_word: self.words(&alias.words, &slot_of),
                words: alias.words.len() as u8,
                weight,
            };
            self.put(Section::Aliases, row);
        }
        self.bags(model, order);
        self.deletes(&lexemes, &slot_of);
    }

    fn words(&mut self, words: &[String], slot_of: &BTreeMap<u64, u32>) -> u32 {
        let first = self.count::<WordRow>(Section::Words);
        for word in words {
            let lexeme = slot_of.get(&hash::word(word.as_bytes())).copied().unwrap_or_default();
            self.put(Section::Words, WordRow { lexeme });
        }
        first
    }

    /// The aliases by their words in any order. Where the order decides between two focuses, neither is there.
    fn bags(&mut self, model: &Model, order: &Order) {
        let connectors: Vec<&str> = model
            .qualifiers
            .iter()
            .filter(|qualifier| qualifier.kind == QualifierKind::Connector && qualifier.words.len() == 1)
            .map(|qualifier| qualifier.words[0].as_str())
            .collect();
        let mut bags = BTreeMap::<u64, Option<usize>>::new();
        for (number, &index) in order.aliases.iter().enumerate() {
            let alias = &model.aliases[index];
            let content: Vec<u64> = alias
                .words
                .iter()
                .filter(|word| !connectors.contains(&word.as_str()))
                .map(|word| hash::word(word.as_bytes()))
                .collect();
            if content.len() < 2 {
                continue;
            }
            bags.entry(hash::bag(content))
                .and_modify(|held| {
                    let other = held.map(|number| &model.aliases[order.aliases[number]]);
                    match other {
                        // The name of the job speaks for the bag rather than that of the area.
                        Some(other) if other.focus == alias.focus => {
                            if other.area && !alias.area {
                                *held = Some(number);
                            }
                        }
                        _ => *held = None,
                    }
                })
                .or_insert(Some(number));
        }
        let bags: Vec<(u64, usize)> = bags.into_iter().filter_map(|(key, alias)| Some((key, alias?))).collect();
        let keys: Vec<u64> = bags.iter().map(|&(key, _)| key).collect();
        let (seed, displacements, slots) = perfect(&keys);
        self.put(Section::BagSeed, SeedRow { seed });
        for row in displacements {
            self.put(Section::BagDisplacements, row);
        }
        for slot in slots {
            let (key, alias) = bags[slot];
            self.put(Section::Bags, BagRow { key, alias: alias as u32 + 1 });
        }
    }

    /// Every word that an alias holds, by the hashes of itself and of itself less one letter.
    fn deletes(&mut self, lexemes: &Lexemes, slot_of: &BTreeMap<u64, u32>) {
        let mut rows = Vec::new();
        for (key, lexeme) in &lexemes.by_key {
            let compound = lexeme.abbreviation != 0 && lexeme.text.len() >= LONG_COMPOUND;
            if lexeme.words != 1 || (lexeme.postings.is_empty() && lexeme.cue == 0 && !compound) {
                continue;
            }
            deletions(&lexeme.text, |hash| rows.push((hash, slot_of[key])));
        }
        rows.sort_unstable();
        rows.dedup();
        for (hash, lexeme) in rows {
            self.put(Section::Deletes, DeleteRow { hash, lexeme });
        }
    }

    fn finish(self) -> Compiled {
        let mut blob = Vec::new();
        let mut offset = 4 * (SECTIONS as u32 + 1);
        for section in &self.sections {
            blob.extend_from_slice(&offset.to_le_bytes());
            offset += section.len() as u32;
        }
        blob.extend_from_slice(&offset.to_le_bytes());
        for section in &self.sections {
            blob.extend_from_slice(section);
        }
        Compiled { text: self.pool.text, blob }
    }
}

/// Abbreviations shorter than this are letters, not words that could be misspelt; longer ones are compounds ("bookkeeper").
const LONG_COMPOUND: usize = 7;

fn perfect(keys: &[u64]) -> (u64, Vec<DisplacementRow>, Vec<usize>) {
    if keys.is_empty() {
        return Default::default();
    }
    let state = phf_generator::generate_hash(keys);
    let rows = state.disps.iter().map(|&(first, second)| DisplacementRow { first, second }).collect();
    (state.key, rows, state.map)
}

fn key_of(words: &[String]) -> Option<u64> {
    hash::phrase(words.iter().map(|word| hash::word(word.as_bytes())))
}

/// The order in which things are numbered: by family, function, focus, then as in the sources.
struct Order {
    functions: Vec<usize>,
    function_at: Vec<usize>,
    focuses: Vec<usize>,
    focus_at: Vec<usize>,
    aliases: Vec<usize>,
    aliases_per_focus: Vec<u32>,
}

impl Order {
    fn new(model: &Model) -> Order {
        let mut functions: Vec<usize> = (0..model.functions.len()).collect();
        functions.sort_by_key(|&i| (model.functions[i].family, &model.functions[i].code));
        let function_at = invert(&functions);
        let mut focuses: Vec<usize> = (0..model.focuses.len()).collect();
        // The general focus comes first.
        focuses.sort_by_key(|&i| {
            let focus = &model.focuses[i];
            (function_at[focus.function], focus.code != "GEN", &focus.code)
        });
        let focus_at = invert(&focuses);
        let mut aliases: Vec<usize> = (0..model.aliases.len()).collect();
        // Within a focus the name of the job leads, then the surest.
        aliases.sort_by_key(|&i| {
            let alias = &model.aliases[i];
            let job = alias.text == model.focuses[alias.focus].job;
            (focus_at[alias.focus], !job, core::cmp::Reverse(alias.confidence), &alias.text)
        });
        let mut aliases_per_focus = alloc::vec![0; model.focuses.len()];
        for alias in &model.aliases {
            aliases_per_focus[alias.focus] += 1;
        }
        Order { functions, function_at, focuses, focus_at, aliases, aliases_per_focus }
    }
}

fn invert(order: &[usize]) -> Vec<usize> {
    let mut at = alloc::vec![0; order.len()];
    for (position, &index) in order.iter().enumerate() {
        at[index] = position;
    }
    at
}

#[derive(Default)]
struct Lexemes {
    by_key: BTreeMap<u64, Lexeme>,
    collision: Option<(String, String)>,
}

impl Lexemes {
    fn entry(&mut self, key: u64, text: String, words: usize) -> &mut Lexeme {
        let lexeme = self.by_key.entry(key).or_default();
        if lexeme.words == 0 {
            lexeme.text = text;
            lexeme.words = words as u8;
        } else if lexeme.text != text && self.collision.is_none() {
            self.collision = Some((lexeme.text.clone(), text));
        }
        lexeme
    }

    /// The lexeme of a phrase; its words become lexemes too.
    fn phrase(&mut self, words: &[String]) -> &mut Lexeme {
        for (i, word) in words.iter().enumerate() {
            let lexeme = self.entry(hash::word(word.as_bytes()), word.clone(), 1);
            if i == 0 {
                lexeme.reach = lexeme.reach.max(words.len() as u8);
            }
        }
        self.entry(key_of(words).unwrap_or_default(), words.join(" "), words.len())
    }

    fn weight(&self, word: &str) -> u16 {
        self.by_key.get(&hash::word(word.as_bytes())).map_or(0, |lexeme| lexeme.weight)
    }

    /// Postings, and from them how much a word tells: its inverse document frequency over the aliases, in 1/256.
    fn weigh(&mut self, model: &Model, order: &Order) {
        for (number, &index) in order.aliases.iter().enumerate() {
            let mut words: Words = model.aliases[index].words.clone();
            words.sort();
            words.dedup();
            for word in words {
                if let Some(lexeme) = self.by_key.get_mut(&hash::word(word.as_bytes())) {
                    lexeme.postings.push(number as u32);
                }
            }
        }
        let total = model.aliases.len() as f64;
        for lexeme in self.by_key.values_mut().filter(|lexeme| !lexeme.postings.is_empty()) {
            let frequency = lexeme.postings.len() as f64;
            lexeme.weight = ((total / frequency).ln_1p() * 256.0) as u16;
        }
    }
}
