//! Emission: the checked model becomes the text pool and blob that [`crate::tables`] reads.

use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::cmp::Reverse;

use super::Compiled;
use super::intern::{Interner, Map};
use super::lexicon::{Affinities, Lexicon, Written, capital};
use super::model::{Alias, Model};
use super::pool::Pool;
use super::vocabulary::is_capital;
use crate::error::Problem;
use crate::hash;
use crate::level::Level;
use crate::names::QualifierKind;
use crate::tables::perfect;
use crate::tables::{
    AbbreviationRow, AffinityRow, AliasRow, AlternativeRow, AmbiguityRow, BLOCK, BlockRow, COMMON, CheckRow, ClassRow,
    CombinationRow, CueRow, DeleteIndexRow, DeleteRow, DisplacementRow, Display, DisplayRow, ExternalIdRow, FamilyRow,
    FocusMappingRow, FocusRow, FunctionRow, GradeRow, HighWordRow, LevelRow, LexemeRow, MOST_FIELDS, MappingRow,
    MemberRow, MetaRow, NO_LEVEL, PartRow, PhraseRow, Postings, ProfileRow, QualifierRow, Record, SECTIONS, Section,
    SenseRef, SenseRow, SocRow, SourceRow, SpanOfLevelRow, SpanRow, SpellingRow, TextRef, U24, WEIGHT_UNIT, WordKey,
    WordRow, WordsRef, bag_check, delete_bucket, deletions, mark,
};

/// Writes the model down.
pub(super) fn emit(model: Model<'_>, problems: &mut Vec<Problem>) -> Compiled {
    let mut emitter = Emitter {
        pool: Pool::default(),
        sections: core::array::from_fn(|_| Vec::new()),
        sources: BTreeMap::new(),
        classes: BTreeMap::new(),
        problems,
    };
    emitter.run(&model);
    drop(model);
    emitter.finish()
}

struct Emitter<'p, 's> {
    pool: Pool,
    sections: [Vec<u8>; SECTIONS],
    sources: BTreeMap<&'s str, usize>,
    classes: BTreeMap<(u8, u8, u8, u8), usize>,
    problems: &'p mut Vec<Problem>,
}

impl<'s> Emitter<'_, 's> {
    fn put<R: Record>(&mut self, section: Section, row: R) {
        row.write(&mut self.sections[section as usize]);
    }

    fn count<R: Record>(&self, section: Section) -> u32 {
        (self.sections[section as usize].len() / R::SIZE) as u32
    }

    fn fail(&mut self, message: String) {
        self.problems.push(Problem::new("taxonomy", 0, message));
    }

    fn run(&mut self, model: &Model<'s>) {
        let meta = MetaRow {
            name: self.pool.add(model.name),
            version: self.pool.add(model.version),
            licence: self.pool.add(model.licence),
            longest_head: model.heads.iter().map(|&head| model.vocabulary.word(head).len()).max().unwrap_or(0) as u8,
        };
        self.put(Section::Meta, meta);
        let order = Order::new(model);
        self.structure(model, &order);
        self.ladder(model);
        self.crosswalk(model, &order);
        self.profiles(model, &order);
        self.vocabulary(model, &order);
    }

    /// Families, functions and focuses, each range of children contiguous.
    fn structure(&mut self, model: &Model<'s>, order: &Order) {
        let mut functions_of = alloc::vec![0; model.families.len()];
        let mut focuses_of = alloc::vec![0; model.functions.len()];
        model.functions.iter().for_each(|function| functions_of[function.family] += 1);
        model.focuses.iter().for_each(|focus| focuses_of[focus.function] += 1);
        let mut first_function = 0;
        for (family, functions) in model.families.iter().zip(functions_of) {
            let row = FamilyRow {
                code: self.pool.add(&family.code),
                name: self.pool.add(&family.name),
                summary: self.pool.add(family.summary),
                first_function,
                functions,
            };
            first_function += functions;
            self.put(Section::Families, row);
        }
        let mut first_focus = 0;
        for &index in &order.functions {
            let function = &model.functions[index];
            let focuses = focuses_of[index];
            let row = FunctionRow {
                code: self.pool.add(function.code),
                name: self.pool.add(function.name),
                summary: self.pool.add(function.summary),
                scope: self.pool.add(function.scope),
                family: function.family as u16,
                first_focus,
                focuses,
                tracks: function.tracks,
                default_level: function.default_level.map_or(NO_LEVEL, |level| level as u8),
                status: function.status as u8,
                version: function.version,
                confidence: function.confidence.steps(),
            };
            first_focus += focuses;
            self.put(Section::Functions, row);
            self.external_id(Section::FunctionIds, order.function_at[index], function.external_id);
        }
        let mut first_alias = 0;
        for &index in &order.focuses {
            let focus = &model.focuses[index];
            let aliases = order.aliases_per_focus[index];
            let row = FocusRow {
                code: self.pool.add(focus.code),
                name: self.pool.add(focus.name),
                job: self.pool.add(focus.job),
                area: self.pool.add(focus.area),
                function: order.function_at[focus.function] as u16,
                field: order.fields[index],
                default_level: focus.default_level.map_or(NO_LEVEL, |level| level as u8),
                first_alias,
                aliases,
            };
            first_alias += aliases;
            self.put(Section::Focuses, row);
            self.external_id(Section::FocusIds, order.focus_at[index], focus.external_id);
        }
    }

    fn external_id(&mut self, section: Section, of: impl TryInto<u16>, id: &str) {
        if !id.is_empty() {
            let id = self.pool.add(id);
            self.put(section, ExternalIdRow { of: of.try_into().unwrap_or_default(), id });
        }
    }

    fn ladder(&mut self, model: &Model<'s>) {
        for record in &model.levels {
            let [name, title, scope, autonomy, complexity, impact, decision_rights, leadership] =
                [0, 1, 2, 3, 4, 5, 6, 7].map(|i| self.pool.add(record.texts[i]));
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
            let name = self.pool.add(grade.name);
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
                text: self.pool.add(cue.text),
                pattern: self.pool.add(cue.pattern),
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
            let text = self.pool.add(qualifier.text);
            let row = QualifierRow { text, kind: qualifier.kind as u8, place: qualifier.place as u8 };
            self.put(Section::Qualifiers, row);
        }
    }

    /// For every focus and level the SOC codes: those of the level before those of the track, the focus's before the function's.
    fn crosswalk(&mut self, model: &Model<'s>, order: &Order) {
        for (code, title) in &model.soc {
            let title = self.pool.add(title);
            self.put(Section::Soc, SocRow { code: *code, title });
        }
        let mut spans = BTreeMap::<Vec<(usize, u8, u8)>, usize>::new();
        let mut runs = BTreeMap::<[u16; Level::COUNT], usize>::new();
        for &focus in &order.focuses {
            let run = Level::ALL.map(|level| {
                let mappings: Vec<(usize, u8, u8)> = model
                    .mapping(focus, level)
                    .map(|row| {
                        let source = self.source(row.source);
                        row.soc.iter().map(|&soc| (soc, row.status as u8, source)).collect()
                    })
                    .unwrap_or_default();
                let (span, new) = number(&mut spans, mappings.clone());
                if new {
                    let first = self.count::<MappingRow>(Section::Mappings) as u16;
                    self.put(Section::MappingSpans, SpanRow { first, len: mappings.len() as u8 });
                    for (soc, status, source) in mappings {
                        self.put(Section::Mappings, MappingRow { soc: soc as u16, status, source });
                    }
                }
                span as u16
            });
            let (nth, new) = number(&mut runs, run);
            if new {
                run.into_iter().for_each(|span| self.put(Section::LevelMappings, SpanOfLevelRow { span }));
            }
            self.put(Section::FocusMappings, FocusMappingRow { run: nth as u16 });
        }
        if spans.len() > usize::from(u16::MAX) || self.count::<MappingRow>(Section::Mappings) > u16::MAX.into() {
            self.fail(format!("more than {} different mappings to SOC codes", u16::MAX));
        }
    }

    /// The texts of profiles, by function, part and level, and those of one place as they stand in the sources.
    fn profiles(&mut self, model: &Model<'s>, order: &Order) {
        let mut rows: Vec<_> = model.profiles.iter().collect();
        rows.sort_by_key(|row| (order.function_at[row.function], row.part, row.level));
        for row in rows {
            let row = ProfileRow {
                function: order.function_at[row.function] as u16,
                part: row.part.number(),
                level: row.level.map_or(0, |level| level as u8 + 1),
                text: self.pool.add(row.text),
            };
            self.put(Section::Profiles, row);
        }
    }

    /// The number of a source's name.
    fn source(&mut self, name: &'s str) -> u8 {
        let (nth, new) = number(&mut self.sources, name);
        if new {
            let text = self.pool.add(name);
            self.put(Section::Sources, SourceRow { text });
            if nth > usize::from(u8::MAX) {
                self.fail(format!("more than {} different sources", u8::MAX));
            }
        }
        nth as u8
    }

    fn vocabulary(&mut self, model: &Model<'s>, order: &Order) {
        let lexicon = Lexicon::new(model, &order.aliases);
        let keys: Vec<u64> = model.vocabulary.words.iter().map(hash::word).collect();
        let mut sorted = keys.clone();
        sorted.sort_unstable();
        if sorted.windows(2).any(|pair| pair[0] == pair[1]) {
            // Equal keys have no perfect hash, and the search for one would not end.
            self.fail("two words have the same hash; change one by a letter".into());
            return;
        }
        let words = self.perfect(Section::LexemeParts, Section::LexemeDisplacements, &keys);
        let names = Names { model, lexicon: &lexicon, slot_of: invert(&words), senses: Senses::new(model, order) };

        for (number, &index) in order.aliases.iter().enumerate() {
            let alias = &model.aliases[index as usize];
            let words = self.words(&names, model.vocabulary.phrases.get(alias.phrase));
            if number % BLOCK == 0 {
                let focus = order.focus_at[usize::from(alias.focus)] as u16;
                self.put(Section::Blocks, BlockRow { first_word: U24(words.first() as u32), focus });
            }
            let row = self.alias(alias, &names);
            self.put(Section::Aliases, row);
        }
        self.spellings(&names, order);
        self.lexemes(&names, order, &words);
        self.phrases(&names);

        for abbreviation in &model.vocabulary.abbreviations {
            let first = self.count::<AlternativeRow>(Section::Alternatives);
            for words in &abbreviation.alternatives {
                let words = self.words(&names, words);
                self.put(Section::Alternatives, AlternativeRow { words });
            }
            let text = self.pool.add(abbreviation.text);
            let alternatives = abbreviation.alternatives.len() as u8;
            self.put(Section::Abbreviations, AbbreviationRow { text, first, alternatives });
        }
        for ambiguity in &model.ambiguities {
            let first = self.count::<MemberRow>(Section::Members);
            for &(focus, share) in &ambiguity.members {
                self.put(Section::Members, MemberRow { focus: order.focus_at[focus] as u16, share: share.steps() });
            }
            let text = self.pool.add(ambiguity.text);
            let members = ambiguity.members.len() as u8;
            self.put(Section::Ambiguities, AmbiguityRow { text, first, members });
        }
        for block in &model.blocks {
            let first = self.source(block.source).into();
            let row = AmbiguityRow { text: self.pool.add(block.text), first, members: 0 };
            self.put(Section::Ambiguities, row);
        }
        self.deletes(&names);
    }

    fn alias(&mut self, alias: &Alias<'s>, names: &Names<'_, 's>) -> AliasRow {
        let words = names.model.vocabulary.phrases.get(alias.phrase);
        let common = words.iter().filter(|&&word| names.lexicon.postings(word).len() > COMMON);
        let signature = common.map(|&word| mark(names.slot_of[word as usize])).fold(0, |marks, mark| marks | mark);
        let weight: u32 = words.iter().map(|&word| u32::from(names.lexicon.weights[word as usize])).sum();
        let class = ClassRow {
            level: alias.level.map_or(NO_LEVEL, |level| level as u8),
            marks: ClassRow::marks(alias.kind as u8, alias.overlaid, alias.approval as u8, alias.area),
            percent: (alias.confidence.steps() / 100) as u8,
            source: self.source(names.model.sources[usize::from(alias.source)]),
        };
        let unit = u32::from(WEIGHT_UNIT);
        AliasRow {
            shape: AliasRow::shape(words.len(), signature),
            weight: ((weight + unit / 2) / unit).min(u8::MAX.into()) as u8,
            class: self.class(class),
        }
    }

    /// The words, in the order of their slots.
    fn lexemes(&mut self, names: &Names<'_, 's>, order: &Order, words: &[u32]) {
        let vocabulary = &names.model.vocabulary;
        let mut abbreviations = alloc::vec![0; words.len()];
        let mut heads = alloc::vec![false; words.len()];
        for (abbreviation, number) in vocabulary.abbreviations.iter().zip(1u32..) {
            abbreviations[abbreviation.word as usize] = number as u16;
        }
        names.model.heads.iter().for_each(|&head| heads[head as usize] = true);
        let field_of = |&index: &u32| order.fields[usize::from(names.model.aliases[index as usize].focus)];
        let affinities = Affinities::new(order.aliases.iter().map(field_of).collect());
        for (&word, slot) in words.iter().zip(0..) {
            let (text, at) = (vocabulary.word(word), word as usize);
            let sense = match vocabulary.phrases.find(&[word]) {
                Some(phrase) => self.sense(names, phrase, SenseRef::NONE),
                None => SenseRef::NONE,
            };
            let postings = names.lexicon.postings(word);
            let rows = affinities.of(postings);
            let row = LexemeRow {
                key: WordKey(hash::word(text.as_bytes())),
                text: self.pool.add(text),
                shape: LexemeRow::shape(
                    names.lexicon.reach[at],
                    self.display(text, names.lexicon.usual[at], slot),
                    heads[at],
                ),
                sense,
                abbreviation: abbreviations[at],
                weight: names.lexicon.weights[at],
                first_posting: U24(self.sections[Section::Postings as usize].len() as u32),
                postings: U24(postings.len() as u32),
                first_affinity: U24(self.count::<AffinityRow>(Section::Affinities)),
                affinities: rows.len().min(u8::MAX.into()) as u8,
            };
            rows.into_iter().take(u8::MAX.into()).for_each(|row| self.put(Section::Affinities, row));
            Postings::write(postings, &mut self.sections[Section::Postings as usize]);
            self.put(Section::Lexemes, row);
        }
    }

    /// How a word is usually written; what takes more than capitals is listed.
    fn display(&mut self, word: &str, usual: Option<Written<'_>>, slot: u32) -> Display {
        let capital = capital(word);
        let usual = match usual {
            None => return Display::Folded,
            Some(Written::Capital) => capital.as_str(),
            Some(Written::As(text)) => text,
        };
        if usual == word {
            Display::Folded
        } else if usual == capital {
            Display::Capital
        } else if usual == word.to_uppercase() {
            Display::Capitals
        } else {
            let text = self.pool.add(usual);
            self.put(Section::Displays, DisplayRow { lexeme: U24(slot), text });
            Display::Listed
        }
    }

    /// The number of a class.
    fn class(&mut self, class: ClassRow) -> u16 {
        let (nth, new) = number(&mut self.classes, (class.level, class.marks, class.percent, class.source));
        if new {
            self.put(Section::Classes, class);
            if nth > usize::from(u16::MAX) {
                self.fail(format!("more than {} different levels, types, confidences and sources", u16::MAX));
            }
        }
        nth as u16
    }

    /// The texts of the aliases that are not just their words as these are usually written.
    fn spellings(&mut self, names: &Names<'_, 's>, order: &Order) {
        let Names { model, lexicon, .. } = names;
        let usual = |alias: &Alias<'_>| {
            let words = model.vocabulary.phrases.get(alias.phrase);
            let capital = |&word: &u32| matches!(lexicon.usual[word as usize], Some(Written::Capital));
            if alias.capitals {
                return words.iter().all(capital);
            }
            let as_usual = |(&word, text): (&u32, &str)| match lexicon.usual[word as usize] {
                None => text == model.vocabulary.word(word),
                Some(Written::Capital) => is_capital(model.vocabulary.words.get(word), text.as_bytes()),
                Some(Written::As(usual)) => text == usual,
            };
            alias.text.split(' ').count() == words.len() && words.iter().zip(alias.text.split(' ')).all(as_usual)
        };
        let unusual: Vec<(u32, &str)> = (0..)
            .zip(&order.aliases)
            .map(|(number, &index)| (number, &model.aliases[index as usize]))
            .filter(|(_, alias)| !usual(alias))
            .map(|(number, alias)| (number, alias.text))
            .collect();
        self.pool.add_sharing(unusual.iter().map(|&(_, text)| text));
        for (number, text) in unusual {
            let text = self.pool.add(text);
            self.put(Section::Spellings, SpellingRow { alias: U24(number), text });
        }
    }

    /// How the sense of a phrase is referred to: an alias and nothing else by its number, anything else by a row.
    fn sense(&mut self, names: &Names<'_, 's>, phrase: u32, next: SenseRef) -> SenseRef {
        let sense = names.senses.of(phrase);
        if sense.ambiguity == 0 && sense.cue == 0 && sense.qualifier == 0 && next == SenseRef::NONE {
            return SenseRef(sense.alias);
        }
        let row = self.count::<SenseRow>(Section::Senses);
        let words = self.words(names, names.model.vocabulary.phrases.get(phrase));
        self.put(Section::Senses, SenseRow { words, next, ..sense });
        SenseRef(U24(row | SenseRef::OTHER))
    }

    /// Puts the high part of a lexeme's number, if any of the numbers has one.
    fn put_high(&mut self, section: Section, lexeme: u32, lexemes: usize) {
        if lexemes > usize::from(u16::MAX) + 1 {
            self.put(section, HighWordRow { high: (lexeme >> 16) as u8 });
        }
    }

    fn words(&mut self, names: &Names<'_, 's>, words: &[u32]) -> WordsRef {
        let first = self.count::<WordRow>(Section::Words) as usize;
        for &word in words {
            let lexeme = names.slot_of[word as usize];
            self.put(Section::Words, WordRow { low: lexeme as u16 });
            self.put_high(Section::HighWords, lexeme, names.slot_of.len());
        }
        WordsRef::new(first, words.len()).unwrap_or_else(|| {
            let words: Vec<&str> = words.iter().map(|&word| names.model.vocabulary.word(word)).collect();
            self.fail(format!("\"{}\" has more than {} words", words.join(" "), WordsRef::MOST));
            WordsRef::default()
        })
    }

    /// The phrases of two or more words by their bags, and once more by their bags without joining words, by which those
    /// are found whose words stand in another order ("Sales Head" for "Head of Sales").
    fn phrases(&mut self, names: &Names<'_, 's>) {
        let vocabulary = &names.model.vocabulary;
        let mut connectors = alloc::vec![false; vocabulary.words.len()];
        for qualifier in names.model.qualifiers.iter().filter(|qualifier| qualifier.kind == QualifierKind::Connector) {
            if let &[word] = vocabulary.phrases.get(qualifier.phrase) {
                connectors[word as usize] = true;
            }
        }
        let hashes: Vec<u64> = vocabulary.words.iter().map(hash::word).collect();
        let bag = |words: &mut dyn Iterator<Item = &u32>| hash::bag(words.map(|&word| hashes[word as usize]));
        let mut bags = Vec::with_capacity(vocabulary.phrases.len());
        for (words, phrase) in vocabulary.phrases.iter().zip(0..).filter(|(words, _)| words.len() > 1) {
            let full = bag(&mut words.iter());
            bags.push((full, phrase));
            let mut content = words.iter().filter(|&&word| !connectors[word as usize]);
            if names.senses.of(phrase).alias.0 != 0 && content.clone().count() > 1 {
                let content = bag(&mut content);
                if content != full {
                    bags.push((content, phrase));
                }
            }
        }
        // Phrases with the same words stand in the order of the alphabet.
        let rank = invert(&in_alphabet(&vocabulary.words));
        let ranks = |phrase| vocabulary.phrases.get(phrase).iter().map(|&word| rank[word as usize]);
        bags.sort_unstable_by(|a, b| a.0.cmp(&b.0).then_with(|| ranks(a.1).cmp(ranks(b.1))));
        let mut keys = Vec::with_capacity(bags.len());
        let mut chains = Vec::with_capacity(bags.len());
        for (at, &(key, _)) in (0..).zip(&bags) {
            if keys.last() != Some(&key) {
                keys.push(key);
                chains.push(at);
            }
        }
        for nth in self.perfect(Section::PhraseParts, Section::PhraseDisplacements, &keys) {
            let chain = &bags[chains[nth as usize]..chains.get(nth as usize + 1).copied().unwrap_or(bags.len())];
            let sense = chain.iter().rev().fold(SenseRef::NONE, |next, &(_, phrase)| self.sense(names, phrase, next));
            self.put(Section::Phrases, PhraseRow { sense });
            self.put(Section::PhraseChecks, CheckRow { check: bag_check(keys[nth as usize]) });
        }
    }

    /// Finds a perfect hash for different keys, puts its parts and displacements, and answers which key has which slot.
    fn perfect(&mut self, parts: Section, displacements: Section, keys: &[u64]) -> Vec<u32> {
        let many = keys.len().div_ceil(perfect::PART);
        let part = |key: u32| perfect::part(keys[key as usize], many);
        let mut slots: Vec<u32> = (0..keys.len() as u32).collect();
        slots.sort_by_key(|&key| part(key));
        let mut first_row = 0;
        for nth in 0..many {
            let end = slots.partition_point(|&key| part(key) <= nth);
            let of_part = slots[first_row..end].to_vec();
            let state = phf_generator::generate_hash_with_hash_fn(&of_part, |&key, &seed| {
                let key = keys[key as usize];
                // `Hashes` can be had from phf_shared alone; its fields are then ours to set.
                let mut hashes = phf_shared::hash(&key, &seed);
                [hashes.g, hashes.f1, hashes.f2] = perfect::placing(key, seed);
                hashes
            });
            let part = PartRow {
                seed: state.key,
                first_row: first_row as u32,
                rows: of_part.len() as u32,
                first_displacement: self.count::<DisplacementRow>(displacements),
                displacements: state.disps.len() as u32,
            };
            self.put(parts, part);
            for (first, second) in state.disps {
                // The search tries all `second` for a `first` before the next; it has never needed more than a few.
                if first > u8::MAX.into() || second as usize > U24::MOST {
                    self.fail("no perfect hash was found for the words; change one by a letter".into());
                }
                self.put(displacements, DisplacementRow { first: first as u8, second: U24(second) });
            }
            for (slot, key) in slots[first_row..end].iter_mut().zip(state.map) {
                *slot = of_part[key];
            }
            first_row = end;
        }
        slots
    }

    /// Every word that an alias holds, by the hashes of itself and of itself less one letter.
    fn deletes(&mut self, names: &Names<'_, 's>) {
        let vocabulary = &names.model.vocabulary;
        let mut rows = Vec::new();
        for (word, &slot) in (0..).zip(&names.slot_of) {
            let text = vocabulary.word(word);
            let compound = text.len() >= LONG_COMPOUND && vocabulary.is_abbreviation(word);
            let cue = || vocabulary.phrases.find(&[word]).is_some_and(|phrase| names.senses.of(phrase).cue != 0);
            if compound || !names.lexicon.postings(word).is_empty() || cue() {
                deletions(text, |hash| rows.push((hash, slot)));
            }
        }
        rows.sort_unstable();
        rows.dedup();
        // About eight rows a bucket: half a cache line.
        let buckets = rows.len().div_ceil(8);
        let mut filled = 0;
        for (at, &(hash, lexeme)) in rows.iter().enumerate() {
            while filled <= delete_bucket(hash, buckets) {
                self.put(Section::DeleteIndex, DeleteIndexRow { first: U24(at as u32) });
                filled += 1;
            }
            self.put(Section::Deletes, DeleteRow { check: hash as u8, low: lexeme as u16 });
            self.put_high(Section::HighDeletes, lexeme, names.slot_of.len());
        }
        for _ in filled..=buckets {
            self.put(Section::DeleteIndex, DeleteIndexRow { first: U24(rows.len() as u32) });
        }
    }

    fn finish(mut self) -> Compiled {
        for (section, size, most, what) in LIMITS {
            if self.sections[section as usize].len() / size > most {
                self.fail(format!("more than {most} {what}"));
            }
        }
        if self.pool.text.len() >= TextRef::POOL {
            self.fail(format!("more than {} MB of texts", TextRef::POOL >> 20));
        }
        let mut blob = Vec::with_capacity(4 * (SECTIONS + 1) + self.sections.iter().map(Vec::len).sum::<usize>());
        let mut offset = 4 * (SECTIONS as u32 + 1);
        for section in &self.sections {
            blob.extend_from_slice(&offset.to_le_bytes());
            offset += section.len() as u32;
        }
        blob.extend_from_slice(&offset.to_le_bytes());
        for section in self.sections {
            blob.extend_from_slice(&section);
        }
        self.pool.text.shrink_to_fit();
        Compiled { text: self.pool.text, blob }
    }
}

/// Abbreviations shorter than this are letters, not words that could be misspelt; longer ones are compounds ("bookkeeper").
const LONG_COMPOUND: usize = 7;

/// How much the references into sections can tell apart: the section, the size of its rows, how many there may be, and of what.
const LIMITS: [(Section, usize, usize, &str); 11] = [
    // A reference to a sense has a bit less than 24 for an alias or a row.
    (Section::Aliases, AliasRow::SIZE, SenseRef::OTHER as usize - 1, "aliases"),
    (Section::Senses, SenseRow::SIZE, SenseRef::OTHER as usize - 1, "phrases that are several things"),
    (Section::Words, WordRow::SIZE, U24::MOST, "words in aliases"),
    (Section::Lexemes, LexemeRow::SIZE, U24::MOST, "different words"),
    (Section::Postings, 1, U24::MOST, "bytes of references from words to aliases"),
    (Section::Affinities, AffinityRow::SIZE, U24::MOST, "references from words to fields"),
    (Section::Deletes, DeleteRow::SIZE, U24::MOST, "misspellings of words"),
    (Section::Ambiguities, AmbiguityRow::SIZE, u16::MAX as usize, "ambiguities"),
    (Section::Cues, CueRow::SIZE, u16::MAX as usize, "cues"),
    (Section::Qualifiers, QualifierRow::SIZE, u16::MAX as usize, "qualifiers"),
    (Section::Abbreviations, AbbreviationRow::SIZE, u16::MAX as usize, "abbreviations"),
];

/// What the words and phrases of a model are known by in the tables.
struct Names<'m, 's> {
    model: &'m Model<'s>,
    lexicon: &'m Lexicon<'s>,
    /// The number of each word's lexeme.
    slot_of: Vec<u32>,
    senses: Senses,
}

/// What each phrase is.
struct Senses {
    /// The one-based number of the alias, by phrase.
    aliases: Vec<u32>,
    /// What else phrases are.
    others: Map<u32, SenseRow>,
}

impl Senses {
    fn new(model: &Model<'_>, order: &Order) -> Senses {
        let mut aliases = alloc::vec![0; model.vocabulary.phrases.len()];
        for (&index, number) in order.aliases.iter().zip(1..) {
            aliases[model.aliases[index as usize].phrase as usize] = number;
        }
        let mut others = Map::<u32, SenseRow>::default();
        let shared = model.ambiguities.iter().map(|ambiguity| ambiguity.phrase);
        let blocked = model.blocks.iter().map(|block| block.phrase);
        for (phrase, number) in shared.chain(blocked).zip(1u32..) {
            others.entry(phrase).or_default().ambiguity = number as u16;
        }
        for (number, cue) in model.cues.iter().enumerate().rev() {
            // The first of those with the same words, which stand together.
            others.entry(cue.phrase).or_default().cue = (number + 1) as u16;
        }
        for (qualifier, number) in model.qualifiers.iter().zip(1u32..) {
            others.entry(qualifier.phrase).or_default().qualifier = number as u16;
        }
        Senses { aliases, others }
    }

    fn of(&self, phrase: u32) -> SenseRow {
        let other = self.others.get(&phrase).copied().unwrap_or_default();
        SenseRow { alias: U24(self.aliases[phrase as usize]), ..other }
    }
}

/// The order in which things are numbered: by family, function, focus, then as in the sources.
struct Order {
    functions: Vec<usize>,
    function_at: Vec<u32>,
    focuses: Vec<usize>,
    focus_at: Vec<u32>,
    aliases: Vec<u32>,
    aliases_per_focus: Vec<u32>,
    /// The field of each focus.
    fields: Vec<u8>,
}

impl Order {
    fn new(model: &Model<'_>) -> Order {
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
        let mut aliases_per_focus = alloc::vec![0; model.focuses.len()];
        model.aliases.iter().for_each(|alias| aliases_per_focus[usize::from(alias.focus)] += 1);
        // Sorted out by focus first: a sort of all would compare texts that are far apart.
        let mut next: Vec<u32> = alloc::vec![0; model.focuses.len()];
        let mut first = 0;
        for &focus in &focuses {
            next[focus] = first;
            first += aliases_per_focus[focus];
        }
        let mut aliases = alloc::vec![0; model.aliases.len()];
        for (alias, index) in model.aliases.iter().zip(0..) {
            let next = &mut next[usize::from(alias.focus)];
            aliases[*next as usize] = index;
            *next += 1;
        }
        let mut rest = aliases.as_mut_slice();
        for &focus in &focuses {
            let (own, others) = rest.split_at_mut(aliases_per_focus[focus] as usize);
            rest = others;
            // The name of the job leads, then the surest.
            own.sort_by_key(|&index| {
                let alias = &model.aliases[index as usize];
                (alias.text != model.focuses[focus].job, Reverse(alias.confidence), alias.text)
            });
        }
        let fields = fields(model);
        Order { functions, function_at, focuses, focus_at, aliases, aliases_per_focus, fields }
    }
}

/// The field of each focus: the minor group of the SOC code that its bare title has, or its family where there is none. A field
/// gathers what is said in a trade across functions.
fn fields(model: &Model<'_>) -> Vec<u8> {
    let mut numbers = BTreeMap::new();
    let fields: Vec<usize> = (0..model.focuses.len())
        .map(|focus| {
            let family = model.functions[model.focuses[focus].function].family;
            let soc = model.mapping(focus, model.focuses[focus].bare_level()).and_then(|row| row.soc.first());
            number(&mut numbers, soc.map_or((family, 0), |&soc| (usize::MAX, model.soc[soc].0 / 1000))).0
        })
        .collect();
    // A taxonomy of more fields than that does without.
    let few = numbers.len() <= MOST_FIELDS;
    fields.into_iter().map(|field| if few { field as u8 } else { 0 }).collect()
}

/// The number of a key, in the order in which keys first come, and whether it is new.
fn number<K: Ord>(numbers: &mut BTreeMap<K, usize>, key: K) -> (usize, bool) {
    let next = numbers.len();
    let nth = *numbers.entry(key).or_insert(next);
    (nth, nth == next)
}

/// Where each of the numbers stands.
fn invert<N: Copy + TryInto<usize>>(order: &[N]) -> Vec<u32> {
    let mut at = alloc::vec![0; order.len()];
    for (&number, position) in order.iter().zip(0..) {
        if let Some(at) = number.try_into().ok().and_then(|number| at.get_mut(number)) {
            *at = position;
        }
    }
    at
}

/// The numbers of words, in the order of the alphabet.
fn in_alphabet(words: &Interner<u8>) -> Vec<u32> {
    let mut order: Vec<u32> = (0..words.len() as u32).collect();
    order.sort_unstable_by_key(|&word| words.get(word));
    order
}
