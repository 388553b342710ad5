//! Emission: the checked model becomes the text pool and blob that [`crate::tables`] reads.

use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::Compiled;
use super::model::{Alias, Model};
use crate::error::Problem;
use crate::hash;
use crate::level::Level;
use crate::names::QualifierKind;
use crate::tables::perfect;
use crate::tables::{
    AFFINITY_SMOOTHING, AFFINITY_UNIT, AbbreviationRow, AffinityRow, AliasRow, AlternativeRow, AmbiguityRow, BLOCK,
    BlockRow, COMMON, ClassRow, CombinationRow, CueRow, DeleteIndexRow, DeleteRow, DisplacementRow, Display,
    DisplayRow, ExternalIdRow, FamilyRow, FocusMappingRow, FocusRow, FunctionRow, GradeRow, HighWordRow, LevelRow,
    LexemeRow, MOST_FIELDS, MappingRow, MemberRow, MetaRow, NO_LEVEL, PhraseRow, Postings, QualifierRow, Record,
    SECTIONS, Section, SeedRow, SenseRef, SenseRow, SocRow, SourceRow, SpanOfLevelRow, SpanRow, SpellingRow, TextRef,
    U24, WEIGHT_UNIT, WordKey, WordRow, WordsRef, bag_check, delete_bucket, deletions, mark,
};

/// Writes the model down.
pub(super) fn emit(model: &Model, problems: &mut Vec<Problem>) -> Compiled {
    let mut emitter = Emitter {
        pool: Pool::default(),
        sections: core::array::from_fn(|_| Vec::new()),
        sources: BTreeMap::new(),
        classes: BTreeMap::new(),
        problems,
    };
    emitter.run(model);
    emitter.finish()
}

/// Every text once, and not even that when it stands inside another.
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

    /// Adds texts of which many stand inside others ("Support Engineer" in "Cloud Support Engineer"), the longest first, and
    /// remembers the runs of words that they hold.
    fn add_sharing<'a>(&mut self, texts: impl Iterator<Item = &'a str>) {
        let mut texts: Vec<&str> = texts.collect();
        texts.sort_by_key(|text| (core::cmp::Reverse(text.len()), *text));
        for text in texts {
            let start = self.add(text).start;
            let spaces = || text.match_indices(' ').map(|(at, _)| at);
            for from in core::iter::once(0).chain(spaces().map(|at| at + 1)) {
                for to in spaces().chain([text.len()]).filter(|&to| to > from) {
                    let reference = TextRef { start: start + from as u32, len: (to - from) as u16 };
                    self.seen.entry(text[from..to].to_string()).or_insert(reference);
                }
            }
        }
    }
}

/// A word in the making.
#[derive(Default)]
struct Lexeme {
    reach: u8,
    /// It ends compounds.
    head: bool,
    abbreviation: u16,
    weight: u16,
    postings: Vec<u32>,
    /// Fields and strengths.
    affinities: Vec<(u8, u8)>,
    /// How aliases write it, and how many do so.
    spellings: BTreeMap<String, u32>,
}

impl Lexeme {
    /// How it is usually written.
    fn display(&self) -> Option<&str> {
        let (text, _) = self.spellings.iter().max_by_key(|&(text, &count)| (count, core::cmp::Reverse(text)))?;
        Some(text)
    }
}

struct Emitter<'p> {
    pool: Pool,
    sections: [Vec<u8>; SECTIONS],
    sources: BTreeMap<String, usize>,
    classes: BTreeMap<(u8, u8, u8, u8), usize>,
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
            longest_head: model.heads.iter().map(|head| head.len()).max().unwrap_or(0) as u8,
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
                default_level: function.default_level.map_or(NO_LEVEL, |level| level as u8),
                status: function.status as u8,
                version: function.version,
                confidence: function.confidence.steps(),
            };
            first_focus += focuses;
            self.put(Section::Functions, row);
            self.external_id(Section::FunctionIds, order.function_at[index], &function.external_id);
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
                field: order.fields[index],
                default_level: focus.default_level.map_or(NO_LEVEL, |level| level as u8),
                first_alias,
                aliases,
            };
            first_alias += aliases;
            self.put(Section::Focuses, row);
            self.external_id(Section::FocusIds, order.focus_at[index], &focus.external_id);
        }
    }

    fn external_id(&mut self, section: Section, of: usize, id: &str) {
        if !id.is_empty() {
            let id = self.pool.add(id);
            self.put(section, ExternalIdRow { of: of as u16, id });
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
        let mut spans = BTreeMap::<Vec<(usize, u8, u8)>, usize>::new();
        let mut runs = BTreeMap::<[u16; Level::COUNT], usize>::new();
        for &focus in &order.focuses {
            let run = Level::ALL.map(|level| {
                let mappings: Vec<(usize, u8, u8)> = model
                    .mapping(focus, level)
                    .map(|row| {
                        let source = self.source(&row.source);
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

    /// The number of a source's name.
    fn source(&mut self, name: &str) -> u8 {
        let (nth, new) = number(&mut self.sources, name.to_string());
        if new {
            let text = self.pool.add(name);
            self.put(Section::Sources, SourceRow { text });
            if nth > usize::from(u8::MAX) {
                self.fail(format!("more than {} different sources", u8::MAX));
            }
        }
        nth as u8
    }

    fn vocabulary(&mut self, model: &Model, order: &Order) {
        let mut lexicon = Lexicon::default();
        for (number, &index) in order.aliases.iter().enumerate() {
            lexicon.phrase(&model.aliases[index].words).alias = U24(number as u32 + 1);
            lexicon.spelling(&model.aliases[index]);
        }
        for (number, ambiguity) in model.ambiguities.iter().enumerate() {
            lexicon.phrase(&ambiguity.words).ambiguity = number as u16 + 1;
        }
        for (number, block) in (model.ambiguities.len()..).zip(&model.blocks) {
            lexicon.phrase(&block.words).ambiguity = number as u16 + 1;
        }
        if model.ambiguities.len() + model.blocks.len() > u16::MAX.into() {
            self.fail(format!("more than {} ambiguities and blocks", u16::MAX));
        }
        for (number, cue) in model.cues.iter().enumerate().rev() {
            // The first of those with the same words, which stand together.
            lexicon.phrase(&cue.words).cue = number as u16 + 1;
        }
        for (number, qualifier) in model.qualifiers.iter().enumerate() {
            lexicon.phrase(&qualifier.words).qualifier = number as u16 + 1;
        }
        for (number, abbreviation) in model.abbreviations.iter().enumerate() {
            for word in abbreviation.alternatives.iter().flatten() {
                lexicon.word(word);
            }
            lexicon.word(&abbreviation.word).abbreviation = number as u16 + 1;
        }
        for head in &model.heads {
            lexicon.word(head).head = true;
        }
        lexicon.weigh(model, order);
        if model.aliases.len() >= MOST_ALIASES || lexicon.words.len() >= 1 << 24 {
            self.fail(format!("more than {MOST_ALIASES} aliases or {} words", 1 << 24));
            return;
        }

        let words: Vec<&String> = lexicon.words.keys().collect();
        let keys: Vec<u64> = words.iter().map(|word| hash::word(word.as_bytes())).collect();
        let slots = self.perfect(Section::LexemeSeed, Section::LexemeDisplacements, &keys);
        if slots.len() != keys.len() {
            return;
        }
        let slot_of: BTreeMap<&str, u32> =
            slots.iter().enumerate().map(|(slot, &number)| (words[number].as_str(), slot as u32)).collect();
        for (number, &index) in order.aliases.iter().enumerate() {
            let alias = &model.aliases[index];
            let words = self.words(&alias.words, &slot_of);
            if number % BLOCK == 0 {
                let focus = order.focus_at[alias.focus] as u16;
                self.put(Section::Blocks, BlockRow { first_word: U24(words.first() as u32), focus });
            }
            let row = self.alias(alias, &lexicon, &slot_of);
            self.put(Section::Aliases, row);
        }
        self.spellings(model, order, &lexicon);
        for &number in &slots {
            let (word, lexeme) = (words[number], &lexicon.words[words[number]]);
            let sense = match lexicon.senses.get(core::slice::from_ref(word)) {
                Some(sense) => self.sense(core::slice::from_ref(word), *sense, SenseRef::NONE, &slot_of),
                None => SenseRef::NONE,
            };
            let row = LexemeRow {
                key: WordKey(keys[number]),
                text: self.pool.add(word),
                shape: LexemeRow::shape(lexeme.reach, self.display(word, lexeme, slot_of[word.as_str()]), lexeme.head),
                sense,
                abbreviation: lexeme.abbreviation,
                weight: lexeme.weight,
                first_posting: U24(self.sections[Section::Postings as usize].len() as u32),
                postings: U24(lexeme.postings.len() as u32),
                first_affinity: U24(self.count::<AffinityRow>(Section::Affinities)),
                affinities: lexeme.affinities.len().min(u8::MAX.into()) as u8,
            };
            for &(field, strength) in lexeme.affinities.iter().take(u8::MAX.into()) {
                self.put(Section::Affinities, AffinityRow { field, strength });
            }
            Postings::write(&lexeme.postings, &mut self.sections[Section::Postings as usize]);
            self.put(Section::Lexemes, row);
        }
        self.phrases(model, &lexicon, &slot_of);

        for abbreviation in model.abbreviations.iter() {
            let first = self.count::<AlternativeRow>(Section::Alternatives);
            for words in &abbreviation.alternatives {
                let words = self.words(words, &slot_of);
                self.put(Section::Alternatives, AlternativeRow { words });
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
        for block in &model.blocks {
            let row =
                AmbiguityRow { text: self.pool.add(&block.text), first: self.source(&block.source).into(), members: 0 };
            self.put(Section::Ambiguities, row);
        }
        self.deletes(&lexicon, &slot_of);
    }

    fn alias(&mut self, alias: &Alias, lexicon: &Lexicon<'_>, slot_of: &BTreeMap<&str, u32>) -> AliasRow {
        let common = alias.words.iter().filter(|word| lexicon.words[*word].postings.len() > COMMON);
        let signature = common.map(|word| mark(slot_of[word.as_str()])).fold(0, |marks, mark| marks | mark);
        let weight: u32 = alias.words.iter().map(|word| u32::from(lexicon.words[word].weight)).sum();
        let class = ClassRow {
            level: alias.level.map_or(NO_LEVEL, |level| level as u8),
            marks: ClassRow::marks(alias.kind as u8, alias.overlaid, alias.approval as u8, alias.area),
            percent: (alias.confidence.steps() / 100) as u8,
            source: self.source(&alias.source),
        };
        let unit = u32::from(WEIGHT_UNIT);
        AliasRow {
            shape: AliasRow::shape(alias.words.len(), signature),
            weight: ((weight + unit / 2) / unit).min(u8::MAX.into()) as u8,
            class: self.class(class),
        }
    }

    /// How a word is usually written; what takes more than capitals is listed.
    fn display(&mut self, word: &str, lexeme: &Lexeme, slot: u32) -> Display {
        let Some(usual) = lexeme.display() else { return Display::Folded };
        let mut letters = word.chars();
        let capital: String = letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect();
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
    fn spellings(&mut self, model: &Model, order: &Order, lexicon: &Lexicon<'_>) {
        let usual = |alias: &Alias| {
            let words = alias.words.iter().map(|word| lexicon.words[word].display().unwrap_or(word));
            words.eq(alias.text.split(' '))
        };
        let unusual: Vec<(usize, &str)> = order
            .aliases
            .iter()
            .enumerate()
            .map(|(number, &index)| (number, &model.aliases[index]))
            .filter(|(_, alias)| !usual(alias))
            .map(|(number, alias)| (number, alias.text.as_str()))
            .collect();
        self.pool.add_sharing(unusual.iter().map(|&(_, text)| text));
        for (number, text) in unusual {
            let text = self.pool.add(text);
            self.put(Section::Spellings, SpellingRow { alias: U24(number as u32), text });
        }
    }

    /// How a sense is referred to: an alias and nothing else by its number, anything else by a row.
    fn sense(&mut self, words: &[String], sense: SenseRow, next: SenseRef, slot_of: &BTreeMap<&str, u32>) -> SenseRef {
        if sense.ambiguity == 0 && sense.cue == 0 && sense.qualifier == 0 && next == SenseRef::NONE {
            return SenseRef(sense.alias);
        }
        let row = self.count::<SenseRow>(Section::Senses);
        let words = self.words(words, slot_of);
        self.put(Section::Senses, SenseRow { words, next, ..sense });
        SenseRef(U24(row | SenseRef::OTHER))
    }

    /// Puts the high part of a lexeme's number, if any of the numbers has one.
    fn put_high(&mut self, section: Section, lexeme: u32, lexemes: usize) {
        if lexemes > usize::from(u16::MAX) + 1 {
            self.put(section, HighWordRow { high: (lexeme >> 16) as u8 });
        }
    }

    fn words(&mut self, words: &[String], slot_of: &BTreeMap<&str, u32>) -> WordsRef {
        let first = self.count::<WordRow>(Section::Words) as usize;
        for word in words {
            let lexeme = slot_of.get(word.as_str()).copied().unwrap_or_default();
            self.put(Section::Words, WordRow { low: lexeme as u16 });
            self.put_high(Section::HighWords, lexeme, slot_of.len());
        }
        WordsRef::new(first, words.len()).unwrap_or_else(|| {
            self.fail(format!("\"{}\" has more than {} words", words.join(" "), WordsRef::MOST));
            WordsRef::default()
        })
    }

    /// The phrases of two or more words by their bags, and once more by their bags without joining words, by which those
    /// are found whose words stand in another order ("Sales Head" for "Head of Sales").
    fn phrases(&mut self, model: &Model, lexicon: &Lexicon<'_>, slot_of: &BTreeMap<&str, u32>) {
        let connectors: Vec<&str> = model
            .qualifiers
            .iter()
            .filter(|qualifier| qualifier.kind == QualifierKind::Connector && qualifier.words.len() == 1)
            .map(|qualifier| qualifier.words[0].as_str())
            .collect();
        let bag = |words: &mut dyn Iterator<Item = &String>| hash::bag(words.map(|word| hash::word(word.as_bytes())));
        let mut bags = BTreeMap::<u64, Vec<(&[String], SenseRow)>>::new();
        for (&words, &sense) in lexicon.senses.iter().filter(|(words, _)| words.len() > 1) {
            let full = bag(&mut words.iter());
            bags.entry(full).or_default().push((words, sense));
            let mut content = words.iter().filter(|word| !connectors.contains(&word.as_str()));
            if sense.alias.0 != 0 && content.clone().count() > 1 {
                let content = bag(&mut content);
                if content != full {
                    bags.entry(content).or_default().push((words, sense));
                }
            }
        }
        let keys: Vec<u64> = bags.keys().copied().collect();
        for slot in self.perfect(Section::PhraseSeed, Section::PhraseDisplacements, &keys) {
            let key = keys[slot];
            let chain = bags[&key].iter().rev();
            let sense = chain.fold(SenseRef::NONE, |next, &(words, sense)| self.sense(words, sense, next, slot_of));
            self.put(Section::Phrases, PhraseRow { check: bag_check(key), sense });
        }
    }

    /// Finds a perfect hash for the keys, puts its seed and displacements, and answers which key has which slot.
    fn perfect(&mut self, seed: Section, displacements: Section, keys: &[u64]) -> Vec<usize> {
        if keys.is_empty() {
            return Vec::new();
        }
        // Equal keys have no perfect hash, and the search for one would not end.
        let mut sorted = keys.to_vec();
        sorted.sort_unstable();
        if sorted.windows(2).any(|pair| pair[0] == pair[1]) {
            self.fail("two words have the same 64-bit hash; change one by a letter".into());
            return Vec::new();
        }
        let state = phf_generator::generate_hash_with_hash_fn(keys, |&key, &seed| {
            // `Hashes` can be had from phf_shared alone; its fields are then ours to set.
            let mut hashes = phf_shared::hash(&key, &seed);
            [hashes.g, hashes.f1, hashes.f2] = perfect::placing(key, seed);
            hashes
        });
        self.put(seed, SeedRow { seed: state.key });
        for (first, second) in state.disps {
            // The search tries all `second` for a `first` before the next; it has never needed more than a few.
            if first > u8::MAX.into() || second >= 1 << 24 {
                self.fail("no perfect hash was found for the words; change one by a letter".into());
            }
            self.put(displacements, DisplacementRow { first: first as u8, second: U24(second) });
        }
        state.map
    }

    /// Every word that an alias holds, by the hashes of itself and of itself less one letter.
    fn deletes(&mut self, lexicon: &Lexicon, slot_of: &BTreeMap<&str, u32>) {
        let mut rows = Vec::new();
        for (word, lexeme) in &lexicon.words {
            let compound = lexeme.abbreviation != 0 && word.len() >= LONG_COMPOUND;
            let cue = lexicon.senses.get(core::slice::from_ref(word)).is_some_and(|sense| sense.cue != 0);
            if !lexeme.postings.is_empty() || cue || compound {
                deletions(word, |hash| rows.push((hash, slot_of[word.as_str()])));
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
            self.put_high(Section::HighDeletes, lexeme, slot_of.len());
        }
        for _ in filled..=buckets {
            self.put(Section::DeleteIndex, DeleteIndexRow { first: U24(rows.len() as u32) });
        }
    }

    fn finish(mut self) -> Compiled {
        if self.pool.text.len() >= 1 << 24 || self.sections[Section::Postings as usize].len() >= 1 << 24 {
            self.fail("more than 16 MB of texts or postings".into());
        }
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

/// A reference to a sense has a bit less than 24 for an alias.
const MOST_ALIASES: usize = 1 << 23;

/// The order in which things are numbered: by family, function, focus, then as in the sources.
struct Order {
    functions: Vec<usize>,
    function_at: Vec<usize>,
    focuses: Vec<usize>,
    focus_at: Vec<usize>,
    aliases: Vec<usize>,
    aliases_per_focus: Vec<u32>,
    /// The field of each focus.
    fields: Vec<u8>,
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
        let fields = fields(model);
        Order { functions, function_at, focuses, focus_at, aliases, aliases_per_focus, fields }
    }
}

/// The field of each focus: the minor group of the SOC code that its bare title has, or its family where there is none. A field
/// gathers what is said in a trade across functions.
fn fields(model: &Model) -> Vec<u8> {
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

fn invert(order: &[usize]) -> Vec<usize> {
    let mut at = alloc::vec![0; order.len()];
    for (position, &index) in order.iter().enumerate() {
        at[index] = position;
    }
    at
}

/// All words, and what words and phrases are.
#[derive(Default)]
struct Lexicon<'m> {
    words: BTreeMap<String, Lexeme>,
    senses: BTreeMap<&'m [String], SenseRow>,
}

impl<'m> Lexicon<'m> {
    fn word(&mut self, word: &str) -> &mut Lexeme {
        if !self.words.contains_key(word) {
            self.words.insert(word.to_string(), Lexeme { reach: 1, ..Lexeme::default() });
        }
        self.words.get_mut(word).expect("just put there")
    }

    /// What a phrase is; its words become lexemes.
    fn phrase(&mut self, words: &'m [String]) -> &mut SenseRow {
        for word in words {
            self.word(word);
        }
        let first = self.word(&words[0]);
        first.reach = first.reach.max(words.len() as u8);
        self.senses.entry(words).or_default()
    }

    /// Counts how an alias writes its words, if it writes them one by one.
    fn spelling(&mut self, alias: &Alias) {
        if alias.text.split(' ').count() == alias.words.len() {
            for (word, text) in alias.words.iter().zip(alias.text.split(' ')) {
                *self.word(word).spellings.entry(text.to_string()).or_default() += 1;
            }
        }
    }

    /// Postings, and from them how much a word tells: its inverse document frequency over the aliases, in 1/256.
    fn weigh(&mut self, model: &Model, order: &Order) {
        for (number, &index) in order.aliases.iter().enumerate() {
            for word in &model.aliases[index].words {
                let postings = &mut self.word(word).postings;
                if postings.last() != Some(&(number as u32)) {
                    postings.push(number as u32);
                }
            }
        }
        let total = model.aliases.len() as f64;
        let field_of = |number: u32| order.fields[model.aliases[order.aliases[number as usize]].focus];
        let mut sizes = [0.0; MOST_FIELDS];
        (0..model.aliases.len() as u32).for_each(|number| sizes[usize::from(field_of(number))] += 1.0);
        for lexeme in self.words.values_mut().filter(|lexeme| !lexeme.postings.is_empty()) {
            let frequency = lexeme.postings.len() as f64;
            lexeme.weight = ((total / frequency).ln_1p() * 256.0) as u16;
            let mut held = BTreeMap::<u8, f64>::new();
            lexeme.postings.iter().for_each(|&number| *held.entry(field_of(number)).or_default() += 1.0);
            let lent = AFFINITY_SMOOTHING * frequency / total;
            lexeme.affinities = held
                .into_iter()
                .map(|(field, count)| {
                    let strength = ((count / sizes[usize::from(field)] + lent) / lent).ln();
                    (field, (strength / AFFINITY_UNIT).round().min(u8::MAX.into()) as u8)
                })
                .filter(|&(_, strength)| strength > 0)
                .collect();
        }
    }
}
