//! Tables: the one binary form of a taxonomy, and how to read it.
//!
//! A taxonomy is a text pool and a byte blob of fixed-width records behind a directory of sections. The compile module
//! writes it; the embedded taxonomy is its output included into the binary, a loaded one is its output on the heap.
//! Readers see no difference, nothing is initialised, and rustc compiles no literal.
//!
//! Reading is bounded, whatever the bytes are: a reference to beyond the end reads as an empty row or text, a chain that does
//! not descend ends. So tables need no check before they are used, and bad ones give bad answers and nothing worse.
//!
//! This module knows layout, not meaning.

pub(crate) mod perfect;
mod record;

pub(crate) use perfect::PerfectMap;
pub(crate) use record::{Field, Record, TextRef, U24, WordKey};

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;
use core::marker::PhantomData;

use crate::confidence::Confidence;
use crate::level::Level;

use record::record;

record! {
    /// A name and value about the whole taxonomy.
    pub(crate) struct MetaRow { name: TextRef, version: TextRef, licence: TextRef, longest_head: u8 }
}
record! {
    pub(crate) struct FamilyRow { code: TextRef, name: TextRef, summary: TextRef, first_function: u16, functions: u16 }
}
record! {
    pub(crate) struct FunctionRow {
        code: TextRef, name: TextRef, summary: TextRef, scope: TextRef,
        family: u16, first_focus: u16, focuses: u16,
        tracks: u8, default_level: u8, status: u8, version: u16, confidence: u16,
    }
}
record! {
    pub(crate) struct FocusRow {
        code: TextRef, name: TextRef, job: TextRef, area: TextRef,
        function: u16, field: u8, default_level: u8, first_alias: u32, aliases: u32,
    }
}
record! {
    /// An alias: how many words it has and which common ones may be among them (see [`AliasRow::signature`]), their weight in
    /// units of [`WEIGHT_UNIT`], and a row of `Classes`. Its focus and where its words begin are those of its block and the
    /// rows before it in the block.
    pub(crate) struct AliasRow { shape: u8, weight: u8, class: u16 }
}
record! {
    /// The first of [`BLOCK`] aliases: where its words begin, and its focus.
    pub(crate) struct BlockRow { first_word: U24, focus: u16 }
}
record! {
    /// What many aliases have in common. `marks` packs type, approval, whether they were laid over and whether they name an area; confidence is in
    /// hundredths; `source` is a row of `Sources`.
    pub(crate) struct ClassRow { level: u8, marks: u8, percent: u8, source: u8 }
}
record! {
    /// The text of an alias that is not simply its words as they are usually written; sorted by alias.
    pub(crate) struct SpellingRow { alias: U24, text: TextRef }
}
record! {
    /// How a word is usually written that is neither as it is folded, nor so with a capital, nor in capitals; sorted by lexeme.
    pub(crate) struct DisplayRow { lexeme: U24, text: TextRef }
}
record! {
    pub(crate) struct SourceRow { text: TextRef }
}
record! {
    /// A title that several focuses claim, with the first of its members; or, if it has no members, one that none may claim: a
    /// block, whose source is `first`. Blocks come last.
    pub(crate) struct AmbiguityRow { text: TextRef, first: u32, members: u8 }
}
record! {
    pub(crate) struct MemberRow { focus: u16, share: u16 }
}
record! {
    pub(crate) struct LevelRow {
        name: TextRef, title: TextRef, min_years: u8, max_years: u8,
        scope: TextRef, autonomy: TextRef, complexity: TextRef, impact: TextRef,
        decision_rights: TextRef, leadership: TextRef,
    }
}
record! {
    pub(crate) struct GradeRow { name: TextRef, kind: u8, support: u8, professional: u8, management: u8, executive: u8, above: u8 }
}
record! {
    pub(crate) struct CueRow { text: TextRef, pattern: TextRef, grade: u8, place: u8, confidence: u16, rank: u8 }
}
record! {
    pub(crate) struct CombinationRow { first: u8, second: u8, grade: u8, confidence: u16 }
}
record! {
    pub(crate) struct QualifierRow { text: TextRef, kind: u8, place: u8 }
}
record! {
    pub(crate) struct AbbreviationRow { text: TextRef, first: u32, alternatives: u8 }
}
record! {
    pub(crate) struct AlternativeRow { words: WordsRef }
}
record! {
    /// A word of the taxonomy: of an alias, a cue, a qualifier or an expansion. `shape` packs small facts. References are
    /// one-based, 0 is none.
    pub(crate) struct LexemeRow {
        key: WordKey, text: TextRef, shape: u8, sense: SenseRef, abbreviation: u16, weight: u16,
        first_posting: U24, postings: U24, first_affinity: U24, affinities: u8,
    }
}
record! {
    /// A phrase of two or more words.
    pub(crate) struct PhraseRow { sense: SenseRef }
}
record! {
    /// A byte of the hash of a phrase's bag. It stands apart from the phrase, so that what turns most strangers away is a quarter
    /// of the size, and rather in a cache. Who finds a phrase compares the words.
    pub(crate) struct CheckRow { check: u8 }
}
record! {
    /// What a word or phrase is, when it is not just an alias. One-based references; `next` is the sense of the same words in
    /// another order.
    pub(crate) struct SenseRow { words: WordsRef, alias: U24, ambiguity: u16, cue: u16, qualifier: u16, next: SenseRef }
}
record! {
    /// Where the rows of `Deletes` begin whose hashes share their first bits.
    pub(crate) struct DeleteIndexRow { first: U24 }
}
record! {
    /// A word by what remains of a hash that `DeleteIndex` doesn't tell: the low half of its number, as in [`WordRow`].
    pub(crate) struct DeleteRow { check: u8, low: u16 }
}
record! {
    /// How much oftener than elsewhere a word stands in the aliases of a field: the logarithm of the ratio above that of a
    /// word which the field never uses, in units of [`AFFINITY_UNIT`].
    pub(crate) struct AffinityRow { field: u8, strength: u8 }
}
record! {
    pub(crate) struct SocRow { code: u32, title: TextRef }
}
record! {
    pub(crate) struct SpanRow { first: u16, len: u8 }
}
record! {
    pub(crate) struct MappingRow { soc: u16, status: u8, source: u8 }
}
record! {
    /// The low half of a lexeme's number.
    pub(crate) struct WordRow { low: u16 }
}
record! {
    /// The high part of a lexeme's number; a taxonomy of at most 65,536 words has none.
    pub(crate) struct HighWordRow { high: u8 }
}
record! {
    pub(crate) struct FocusMappingRow { run: u16 }
}
record! {
    pub(crate) struct SpanOfLevelRow { span: u16 }
}
record! {
    /// What a publisher calls a function or focus, by its number; sorted by that.
    pub(crate) struct ExternalIdRow { of: u16, id: TextRef }
}
record! {
    /// A text of a function's profile: which part of it, and the level that it is tied to, one-based, 0 for none; sorted by these.
    pub(crate) struct ProfileRow { function: u16, part: u8, level: u8, text: TextRef }
}
record! {
    /// A part of a perfect map: its seed, and its ranges of rows and displacements.
    pub(crate) struct PartRow { seed: u64, first_row: u32, rows: u32, first_displacement: u32, displacements: u32 }
}
record! {
    pub(crate) struct DisplacementRow { first: u8, second: U24 }
}

/// The sections of the blob, in order.
#[derive(Clone, Copy, Debug)]
#[repr(usize)]
pub(crate) enum Section {
    Meta,
    Families,
    Functions,
    Focuses,
    Aliases,
    Blocks,
    Classes,
    Spellings,
    Displays,
    Sources,
    Ambiguities,
    Members,
    Levels,
    Grades,
    Cues,
    Combinations,
    Qualifiers,
    Abbreviations,
    Alternatives,
    /// Lexeme numbers: the words of aliases and of expansions.
    Words,
    HighWords,
    Lexemes,
    LexemeParts,
    LexemeDisplacements,
    Phrases,
    PhraseChecks,
    PhraseParts,
    PhraseDisplacements,
    Senses,
    /// For each word, the aliases that hold it: the differences of their numbers, see [`Postings`].
    Postings,
    /// For each word, the fields whose aliases hold it.
    Affinities,
    DeleteIndex,
    /// Words by the hashes of what remains when one letter is taken out, sorted.
    Deletes,
    HighDeletes,
    Soc,
    /// For each focus, which of the runs of `LevelMappings` is its own.
    FocusMappings,
    /// Runs of one row for each level: one of `MappingSpans`.
    LevelMappings,
    MappingSpans,
    Mappings,
    /// The publisher's own ids, where the sources have any.
    FunctionIds,
    FocusIds,
    /// What the functions' roles are for and made of.
    Profiles,
}

pub(crate) const SECTIONS: usize = Section::Profiles as usize + 1;

/// One-based reference, 0 for none, as a zero-based index.
pub(crate) fn index(reference: impl Into<u32>) -> Option<usize> {
    (reference.into() as usize).checked_sub(1)
}

/// "No level" in a one-byte level field: as the default of a function or focus, that there is no ladder.
pub(crate) const NO_LEVEL: u8 = u8::MAX;

/// "No upper bound" in a level's `max_years`.
pub(crate) const OPEN_ENDED: u8 = u8::MAX;

/// A view of the rows of one section.
#[derive(Clone, Copy)]
pub(crate) struct Rows<'t, R> {
    bytes: &'t [u8],
    row: PhantomData<R>,
}

impl<'t, R: Record> Rows<'t, R> {
    #[inline]
    pub(crate) fn len(&self) -> usize {
        self.bytes.len() / R::SIZE
    }

    /// The row at `index`, or an all-zero one beyond the end, which no reference of a checked taxonomy reaches.
    #[inline]
    pub(crate) fn get(&self, index: usize) -> R {
        match self.bytes.get(index * R::SIZE..(index + 1) * R::SIZE) {
            Some(bytes) => R::read(bytes),
            None => R::default(),
        }
    }

    /// The first row, of rows in order, for which `before` is false.
    pub(crate) fn partition_point(&self, before: impl Fn(&R) -> bool) -> usize {
        let (mut low, mut high) = (0, self.len());
        while low < high {
            let middle = (low + high) / 2;
            if before(&self.get(middle)) { low = middle + 1 } else { high = middle }
        }
        low
    }

    pub(crate) fn iter(self) -> impl Iterator<Item = R> + 't
    where
        R: 't,
    {
        self.bytes.chunks_exact(R::SIZE).map(R::read)
    }
}

/// The text pool and blob of one taxonomy.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Tables<'t> {
    text: &'t str,
    blob: &'t [u8],
}

macro_rules! sections {
    ($($name:ident $section:ident $row:ty,)*) => {
        /// The sections of rows and how wide these are.
        #[cfg(test)]
        pub(crate) const LAYOUT: &[(usize, usize)] = &[$((Section::$section as usize, <$row>::SIZE)),*];

        impl<'t> Tables<'t> {
            $(
                #[inline]
                pub(crate) fn $name(&self) -> Rows<'t, $row> {
                    Rows { bytes: self.section(Section::$section), row: PhantomData }
                }
            )*
        }
    };
}

sections! {
    meta Meta MetaRow,
    families Families FamilyRow,
    functions Functions FunctionRow,
    focuses Focuses FocusRow,
    aliases Aliases AliasRow,
    blocks Blocks BlockRow,
    classes Classes ClassRow,
    displays Displays DisplayRow,
    spellings Spellings SpellingRow,
    sources Sources SourceRow,
    ambiguities Ambiguities AmbiguityRow,
    members Members MemberRow,
    levels Levels LevelRow,
    grades Grades GradeRow,
    cues Cues CueRow,
    combinations Combinations CombinationRow,
    qualifiers Qualifiers QualifierRow,
    abbreviations Abbreviations AbbreviationRow,
    alternatives Alternatives AlternativeRow,
    words Words WordRow,
    high_words HighWords HighWordRow,
    lexemes Lexemes LexemeRow,
    phrase_senses Phrases PhraseRow,
    senses Senses SenseRow,
    affinities Affinities AffinityRow,
    delete_index DeleteIndex DeleteIndexRow,
    deletes Deletes DeleteRow,
    high_deletes HighDeletes HighWordRow,
    soc Soc SocRow,
    focus_mappings FocusMappings FocusMappingRow,
    level_mappings LevelMappings SpanOfLevelRow,
    mapping_spans MappingSpans SpanRow,
    mappings Mappings MappingRow,
    function_ids FunctionIds ExternalIdRow,
    focus_ids FocusIds ExternalIdRow,
    profiles Profiles ProfileRow,
}

impl<'t> Tables<'t> {
    pub(crate) const fn new(text: &'t str, blob: &'t [u8]) -> Tables<'t> {
        Tables { text, blob }
    }

    /// The text pool and the blob.
    pub(crate) fn parts(&self) -> (&'t str, &'t [u8]) {
        (self.text, self.blob)
    }

    #[inline]
    fn section(&self, section: Section) -> &'t [u8] {
        let at = section as usize * 4;
        let (Some(start), Some(end)) = (self.offset(at), self.offset(at + 4)) else { return &[] };
        self.blob.get(start..end).unwrap_or_default()
    }

    #[inline]
    fn offset(&self, at: usize) -> Option<usize> {
        let bytes = self.blob.get(at..at + 4)?;
        Some(u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]) as usize)
    }

    #[inline]
    pub(crate) fn str(&self, text: TextRef) -> &'t str {
        self.text.get(text.range()).unwrap_or_default()
    }

    /// The words of a range, as numbers of lexemes.
    #[inline]
    pub(crate) fn words_of(&self, words: WordsRef) -> impl ExactSizeIterator<Item = u32> + use<'t> {
        lexemes_of(self.words(), self.high_words(), words)
    }

    /// The facts that an alias shares with others.
    #[inline]
    pub(crate) fn class(&self, alias: &AliasRow) -> ClassRow {
        self.classes().get(alias.class.into())
    }

    /// The text of an alias, as it stands in the sources. Logarithmic in the number of texts that are written otherwise
    /// than their words usually are.
    pub(crate) fn alias_text(&self, alias: usize) -> Cow<'t, str> {
        let rows = self.spellings();
        let at = rows.partition_point(|row| (row.alias.0 as usize) < alias);
        if at < rows.len() && rows.get(at).alias.0 as usize == alias {
            return Cow::Borrowed(self.str(rows.get(at).text));
        }
        let mut text = String::new();
        for lexeme in self.words_of(self.alias_words(alias)) {
            if !text.is_empty() {
                text.push(' ');
            }
            self.push_display(lexeme as usize, &mut text);
        }
        Cow::Owned(text)
    }

    /// Adds a word as it is usually written.
    fn push_display(&self, lexeme: usize, text: &mut String) {
        let row = self.lexemes().get(lexeme);
        let folded = self.str(row.text);
        match row.display() {
            Display::Folded => text.push_str(folded),
            Display::Capital => {
                let mut letters = folded.chars();
                text.extend(letters.next().into_iter().flat_map(char::to_uppercase));
                text.push_str(letters.as_str());
            }
            Display::Capitals => text.extend(folded.chars().flat_map(char::to_uppercase)),
            Display::Listed => {
                let rows = self.displays();
                text.push_str(self.str(rows.get(rows.partition_point(|row| (row.lexeme.0 as usize) < lexeme)).text));
            }
        }
    }

    /// The words of an alias.
    #[inline]
    pub(crate) fn alias_words(&self, alias: usize) -> WordsRef {
        self.alias_reader().words_ref(alias)
    }

    /// What reads many aliases.
    #[inline]
    pub(crate) fn alias_reader(&self) -> AliasReader<'t> {
        AliasReader {
            rows: self.aliases(),
            blocks: self.blocks(),
            classes: self.classes(),
            words: self.words(),
            high_words: self.high_words(),
        }
    }

    /// The focus of an alias: that of its block, or one of the next whose aliases begin before it ends.
    #[inline]
    pub(crate) fn alias_focus(&self, alias: usize) -> u16 {
        let (focuses, mut focus) = (self.focuses(), self.blocks().get(alias / BLOCK).focus);
        while usize::from(focus) + 1 < focuses.len()
            && focuses.get(usize::from(focus) + 1).first_alias as usize <= alias
        {
            focus += 1;
        }
        focus
    }

    /// The number and row of the word with this hash. Of the words that are not known, one in 10¹⁴ is taken for one that
    /// is: there are 2⁴⁸ hashes.
    #[inline]
    pub(crate) fn lexeme(&self, key: u64) -> Option<(usize, LexemeRow)> {
        self.perfect(Section::Lexemes).get(key, |row: &LexemeRow| row.key.0 == key)
    }

    /// The senses of the phrases whose words, in whatever order, may have this bag's hash; their words are yet to be compared.
    #[inline]
    pub(crate) fn phrases(&self, bag: u64) -> Senses<'t> {
        let found = self.perfect(Section::PhraseChecks).get(bag, |row: &CheckRow| row.check == bag_check(bag));
        Senses { tables: *self, next: found.map_or(SenseRef::NONE, |(slot, _)| self.phrase_senses().get(slot).sense) }
    }

    /// What these words in this order are, if they are a phrase of two or more; `bag` is the hash of their bag.
    #[inline]
    pub(crate) fn phrase(&self, bag: u64, words: impl Iterator<Item = u32> + Clone) -> Option<SenseRow> {
        self.phrases(bag).find(|sense| self.words_of(sense.words).eq(words.clone()))
    }

    /// What a word or phrase is; `None` for a word that only others hold.
    #[inline]
    pub(crate) fn sense(&self, sense: SenseRef) -> Option<SenseRow> {
        match sense {
            SenseRef::NONE => None,
            SenseRef(U24(alias)) if alias & SenseRef::OTHER == 0 => {
                let words = self.alias_words(alias as usize - 1);
                Some(SenseRow { words, alias: U24(alias), ..SenseRow::default() })
            }
            SenseRef(U24(other)) => Some(self.senses().get((other & !SenseRef::OTHER) as usize)),
        }
    }

    /// The aliases that hold a word, ascending.
    #[inline]
    pub(crate) fn postings(&self, lexeme: &LexemeRow) -> Postings<'t> {
        let bytes = self.section(Section::Postings).get(lexeme.first_posting.0 as usize..).unwrap_or_default();
        Postings { bytes, left: lexeme.postings.0, alias: 0 }
    }

    /// What its publisher calls a function. Logarithmic in the number of functions with such ids.
    pub(crate) fn function_id(&self, function: usize) -> Option<&'t str> {
        self.external_id(self.function_ids(), function)
    }

    /// What its publisher calls a focus. Logarithmic in the number of focuses with such ids.
    pub(crate) fn focus_id(&self, focus: usize) -> Option<&'t str> {
        self.external_id(self.focus_ids(), focus)
    }

    fn external_id(&self, ids: Rows<'t, ExternalIdRow>, of: usize) -> Option<&'t str> {
        let at = ids.partition_point(|row| usize::from(row.of) < of);
        let row = ids.get(at);
        (at < ids.len() && usize::from(row.of) == of).then(|| self.str(row.id))
    }

    /// The rows of `Mappings` that a focus has at a level.
    pub(crate) fn mappings_of(&self, focus: usize, level: Level) -> core::ops::Range<usize> {
        let run = usize::from(self.focus_mappings().get(focus).run);
        let level = self.level_mappings().get(run * Level::COUNT + level as usize);
        let span = self.mapping_spans().get(level.span.into());
        let first = usize::from(span.first);
        first..first + usize::from(span.len)
    }

    /// Whether any title is blocked.
    pub(crate) fn has_blocks(&self) -> bool {
        let ambiguities = self.ambiguities();
        ambiguities.len() > 0 && ambiguities.get(ambiguities.len() - 1).is_block()
    }

    /// The fields that a word speaks for.
    #[inline]
    pub(crate) fn affinities_of(&self, lexeme: &LexemeRow) -> impl Iterator<Item = AffinityRow> + use<'t> {
        let (rows, first) = (self.affinities(), lexeme.first_affinity.0 as usize);
        (first..first + usize::from(lexeme.affinities)).map(move |at| rows.get(at))
    }

    /// The words that may share a deletion of this hash with the word that was asked for.
    #[inline]
    pub(crate) fn deleted(&self, hash: u32) -> impl Iterator<Item = u32> + use<'t> {
        let (index, rows) = (self.delete_index(), self.deletes());
        let bucket = delete_bucket(hash, index.len().saturating_sub(1));
        let (first, last) = (index.get(bucket).first.0 as usize, index.get(bucket + 1).first.0 as usize);
        let high = self.high_deletes();
        (first..last.min(rows.len()))
            .map(move |at| (at, rows.get(at)))
            .filter(move |(_, row)| row.check == hash as u8)
            .map(move |(at, row)| high.get(at).above(row.low))
    }

    /// The perfect map over `section`; its parts and displacements are the two sections behind it.
    #[inline]
    fn perfect<R: Record>(&self, section: Section) -> PerfectMap<'t, R> {
        let (parts, displacements) = match section {
            Section::PhraseChecks => (Section::PhraseParts, Section::PhraseDisplacements),
            _ => (Section::LexemeParts, Section::LexemeDisplacements),
        };
        PerfectMap {
            parts: Rows { bytes: self.section(parts), row: PhantomData },
            displacements: Rows { bytes: self.section(displacements), row: PhantomData },
            rows: Rows { bytes: self.section(section), row: PhantomData },
        }
    }
}

/// The sections that aliases are read from, found once.
#[derive(Clone, Copy)]
pub(crate) struct AliasReader<'t> {
    pub(crate) rows: Rows<'t, AliasRow>,
    blocks: Rows<'t, BlockRow>,
    pub(crate) classes: Rows<'t, ClassRow>,
    words: Rows<'t, WordRow>,
    high_words: Rows<'t, HighWordRow>,
}

impl<'t> AliasReader<'t> {
    #[inline]
    fn words_ref(&self, alias: usize) -> WordsRef {
        let first = alias - alias % BLOCK;
        let before: usize = (first..alias).map(|at| self.rows.get(at).words()).sum();
        let block = self.blocks.get(alias / BLOCK);
        WordsRef::new(block.first_word.0 as usize + before, self.rows.get(alias).words()).unwrap_or_default()
    }

    /// The words of an alias, as numbers of lexemes.
    #[inline]
    pub(crate) fn words(&self, alias: usize) -> impl Iterator<Item = u32> + use<'t> {
        lexemes_of(self.words, self.high_words, self.words_ref(alias))
    }
}

/// The words of a range, as numbers of lexemes.
#[inline]
fn lexemes_of<'t>(
    low: Rows<'t, WordRow>,
    high: Rows<'t, HighWordRow>,
    words: WordsRef,
) -> impl ExactSizeIterator<Item = u32> + use<'t> {
    let first = words.first();
    (first..first + words.len()).map(move |at| high.get(at).above(low.get(at).low))
}

impl HighWordRow {
    /// The lexeme's number that this and the low half make.
    #[inline]
    fn above(self, low: u16) -> u32 {
        u32::from(low) | u32::from(self.high) << 16
    }
}

/// Senses of phrases with the same bag.
pub(crate) struct Senses<'t> {
    tables: Tables<'t>,
    next: SenseRef,
}

impl Iterator for Senses<'_> {
    type Item = SenseRow;

    #[inline]
    fn next(&mut self) -> Option<SenseRow> {
        let row = self.tables.sense(self.next)?;
        // Each is written before those that refer to it, so that a chain which goes up has been tampered with and might not end.
        self.next = if row.next.0 < self.next.0 { row.next } else { SenseRef::NONE };
        Some(row)
    }
}

/// Ascending numbers, each as its difference to the one before: seven bits a byte, the high bit set on all but the last.
/// The aliases of a focus are numbered together, so that most differences take one byte.
pub(crate) struct Postings<'t> {
    bytes: &'t [u8],
    left: u32,
    alias: u32,
}

impl Postings<'_> {
    /// Writes ascending numbers.
    pub(crate) fn write(numbers: &[u32], out: &mut Vec<u8>) {
        let mut before = 0;
        for &number in numbers {
            let mut difference = number - before;
            before = number;
            while difference >= 0x80 {
                out.push(difference as u8 | 0x80);
                difference >>= 7;
            }
            out.push(difference as u8);
        }
    }
}

impl Iterator for Postings<'_> {
    type Item = u32;

    #[inline]
    fn next(&mut self) -> Option<u32> {
        self.left = self.left.checked_sub(1)?;
        let mut shift = 0;
        loop {
            let (&byte, rest) = self.bytes.split_first()?;
            self.bytes = rest;
            self.alias = self.alias.wrapping_add(u32::from(byte & 0x7f) << shift) % SenseRef::OTHER;
            if byte & 0x80 == 0 || shift == 28 {
                return Some(self.alias);
            }
            shift += 7;
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let most = self.bytes.len().min(self.left as usize);
        (0, Some(most))
    }
}

/// The most fields that there are: their numbers fit a byte.
pub(crate) const MOST_FIELDS: usize = 256;

/// How much of a word's general frequency is lent to every field, so that a word which a field never uses speaks against
/// it, but not with all its weight. Measured: from 0.01 to 0.1 the answers are equally good.
pub(crate) const AFFINITY_SMOOTHING: f64 = 0.03;

/// The unit of a strength: a byte of these spans e¹⁶, more than the rarest word of a million aliases needs.
pub(crate) const AFFINITY_UNIT: f64 = 1.0 / 16.0;

/// The part of a bag's hash that its row keeps.
pub(crate) fn bag_check(key: u64) -> u8 {
    (key >> 56) as u8
}

/// The bucket of `buckets` that a hash falls into, in the order of hashes.
pub(crate) fn delete_bucket(hash: u32, buckets: usize) -> usize {
    ((u64::from(hash) * buckets as u64) >> 32) as usize
}

/// How many aliases share a row of `Blocks`.
pub(crate) const BLOCK: usize = 8;

/// The unit of an alias's weight: half a bit. Fifteen words of seventeen bits fit a byte of them.
pub(crate) const WEIGHT_UNIT: u16 = 128;

/// A word that more aliases hold than this tells too little to gather them by, unless a title has none rarer.
pub(crate) const COMMON: usize = 200;

/// How many marks there are for common words.
const MARKS: u32 = 4;

/// The mark that a common word leaves on the aliases that hold it: one bit of four.
pub(crate) fn mark(lexeme: u32) -> u8 {
    1 << (lexeme % MARKS)
}

impl AliasRow {
    /// Packs the number of words and the marks of the common ones.
    pub(crate) fn shape(words: usize, signature: u8) -> u8 {
        words as u8 | signature << 4
    }

    /// How many words it has.
    #[inline]
    pub(crate) fn words(&self) -> usize {
        (self.shape & 0x0f).into()
    }

    /// The marks of the common words that it holds: it holds no common word whose mark is not there.
    #[inline]
    pub(crate) fn signature(&self) -> u8 {
        self.shape >> 4
    }

    /// The weight of its words together, in 1/256.
    #[inline]
    pub(crate) fn weight(&self) -> f32 {
        f32::from(u16::from(self.weight) * WEIGHT_UNIT)
    }
}

impl AmbiguityRow {
    /// Whether no job may claim the title.
    pub(crate) fn is_block(&self) -> bool {
        self.members == 0
    }
}

/// A range of words: where it begins and, in the lowest four bits, how many there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct WordsRef(u32);

impl WordsRef {
    /// The most words that a range has.
    pub(crate) const MOST: usize = 15;

    /// `None` if there are too many words in the range or before it.
    pub(crate) fn new(first: usize, len: usize) -> Option<WordsRef> {
        let fits = len <= Self::MOST && first < 1 << 28;
        fits.then_some(WordsRef((first << 4 | len) as u32))
    }

    #[inline]
    pub(crate) fn first(self) -> usize {
        (self.0 >> 4) as usize
    }

    #[inline]
    pub(crate) fn len(self) -> usize {
        (self.0 & 0x0f) as usize
    }
}

impl Field for WordsRef {
    const SIZE: usize = 4;
    #[inline]
    fn read(bytes: &[u8]) -> Self {
        WordsRef(u32::read(bytes))
    }
    fn write(self, out: &mut Vec<u8>) {
        self.0.write(out);
    }
}

/// What a word or phrase is: 0 for nothing, an alias by its one-based number, or a row of `Senses`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct SenseRef(pub(crate) U24);

impl SenseRef {
    pub(crate) const NONE: SenseRef = SenseRef(U24(0));
    /// The bit that tells a row of `Senses` from an alias.
    pub(crate) const OTHER: u32 = 1 << 23;
}

impl Field for SenseRef {
    const SIZE: usize = U24::SIZE;
    #[inline]
    fn read(bytes: &[u8]) -> Self {
        SenseRef(U24::read(bytes))
    }
    fn write(self, out: &mut Vec<u8>) {
        self.0.write(out);
    }
}

/// How a word is usually written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Display {
    /// As it is folded.
    Folded,
    /// With a capital.
    Capital,
    /// In capitals.
    Capitals,
    /// In a way that `Displays` lists.
    Listed,
}

impl SenseRow {
    /// Whether it is an alias or an ambiguity.
    pub(crate) fn names_job(&self) -> bool {
        self.alias.0 > 0 || self.ambiguity > 0
    }
}

impl LexemeRow {
    /// Packs how long phrases with this first word can be, how it is written, and whether it ends compounds.
    pub(crate) fn shape(reach: u8, display: Display, head: bool) -> u8 {
        reach | (display as u8) << 4 | u8::from(head) << 7
    }

    /// How long phrases with this first word can be.
    #[inline]
    pub(crate) fn reach(&self) -> u8 {
        self.shape & 0x0f
    }

    /// How it is written.
    fn display(&self) -> Display {
        [Display::Folded, Display::Capital, Display::Capitals, Display::Listed][usize::from(self.shape >> 4 & 0x03)]
    }

    /// It ends compounds, as "leiter" does "Vertriebsleiter".
    pub(crate) fn is_head(&self) -> bool {
        self.shape & 0x80 != 0
    }
}

impl ClassRow {
    /// Packs the small facts of an alias.
    pub(crate) fn marks(kind: u8, overlaid: bool, approval: u8, area: bool) -> u8 {
        kind | u8::from(overlaid) << 3 | approval << 4 | u8::from(area) << 7
    }

    pub(crate) fn kind(&self) -> u8 {
        self.marks & 0x07
    }

    /// It was laid over a taxonomy.
    pub(crate) fn overlaid(&self) -> bool {
        self.marks & 0x08 != 0
    }

    pub(crate) fn approval(&self) -> u8 {
        self.marks >> 4 & 0x07
    }

    /// It names the focus's area rather than its job.
    pub(crate) fn area(&self) -> bool {
        self.marks & 0x80 != 0
    }

    pub(crate) fn confidence(&self) -> Confidence {
        Confidence::from_steps(u16::from(self.percent) * 100)
    }
}

/// Shorter words end too many others by chance.
pub(crate) const MIN_HEAD: usize = 4;

/// Words shorter than this have too many neighbours for a correction to mean anything.
pub(crate) const MIN_CORRECTED: usize = 4;

/// Calls `each` with the hash of `word` and of `word` less any one character: two words that share one of these are
/// one insertion, deletion, substitution or transposition apart, or a little more. Nothing for words that are too short.
pub(crate) fn deletions(word: &str, mut each: impl FnMut(u32)) {
    /// Beyond this a word is not a word.
    const LONGEST: usize = 40;
    if word.len() < MIN_CORRECTED || word.len() > LONGEST || word.bytes().any(|byte| byte.is_ascii_digit()) {
        return;
    }
    each(crate::hash::word(word.as_bytes()) as u32);
    let mut buffer = [0; LONGEST];
    for (at, c) in word.char_indices() {
        let rest = &word.as_bytes()[at + c.len_utf8()..];
        buffer[..at].copy_from_slice(&word.as_bytes()[..at]);
        buffer[at..at + rest.len()].copy_from_slice(rest);
        each(crate::hash::word(&buffer[..at + rest.len()]) as u32);
    }
}
