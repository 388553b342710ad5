//! Tables: the one binary form of a taxonomy, and how to read it.
//!
//! A taxonomy is a text pool and a byte blob of fixed-width records behind a directory of sections. The compile module
//! writes it; the embedded taxonomy is its output included into the binary, a loaded one is its output on the heap.
//! Readers see no difference, nothing is initialised, and rustc compiles no literal.
//!
//! This module knows layout, not meaning.

mod perfect;
mod record;

pub(crate) use perfect::PerfectMap;
pub(crate) use record::{Field, Record, TextRef, U24};

use core::marker::PhantomData;

use crate::confidence::Confidence;

use record::record;

record! {
    /// A name and value about the whole taxonomy.
    pub(crate) struct MetaRow { name: TextRef, version: TextRef, licence: TextRef }
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
        function: u16, first_alias: u32, aliases: u32,
    }
}
record! {
    /// An alias: `words` lexemes from `first_word` in the section of words. `marks` packs type, approval and whether it names
    /// an area; confidence is in hundredths; `source` is a row of `Sources`.
    pub(crate) struct AliasRow {
        text: TextRef, source: u8, focus: u16, level: u8, marks: u8, percent: u8, first_word: u32, words: u8, weight: u16,
    }
}
record! {
    pub(crate) struct SourceRow { text: TextRef }
}
record! {
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
    pub(crate) struct AlternativeRow { first_word: u32, words: u8 }
}
record! {
    /// A word of the taxonomy: of an alias, a cue, a qualifier or an expansion. References are one-based, 0 is none.
    pub(crate) struct LexemeRow {
        key: u64, text: TextRef, reach: u8, sense: SenseRef, abbreviation: u16, weight: u16, first_posting: u32, postings: u32,
    }
}
record! {
    /// A phrase of two or more words, by its hash alone.
    pub(crate) struct PhraseRow { key: u64, sense: SenseRef }
}
record! {
    /// What a word or phrase is, when it is not just an alias. One-based references.
    pub(crate) struct SenseRow { alias: u32, ambiguity: u16, cue: u16, qualifier: u16 }
}
record! {
    /// The words of an alias in any order, by half of their hash; who finds a row compares the words.
    pub(crate) struct BagRow { check: u32, alias: u32 }
}
record! {
    pub(crate) struct DeleteRow { hash: u32, lexeme: U24 }
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
    pub(crate) struct WordRow { lexeme: U24 }
}
record! {
    pub(crate) struct PostingRow { alias: U24 }
}
record! {
    pub(crate) struct RoleRow { span: u16 }
}
record! {
    pub(crate) struct SeedRow { seed: u64 }
}
record! {
    pub(crate) struct DisplacementRow { first: u32, second: u32 }
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
    Lexemes,
    LexemeSeed,
    LexemeDisplacements,
    Phrases,
    PhraseSeed,
    PhraseDisplacements,
    Senses,
    Bags,
    BagSeed,
    BagDisplacements,
    /// Alias numbers: for each word, the aliases that hold it.
    Postings,
    /// Words by the hashes of what remains when one letter is taken out, sorted.
    Deletes,
    Soc,
    /// For each focus and level, one of `MappingSpans`.
    RoleMappings,
    MappingSpans,
    Mappings,
}

pub(crate) const SECTIONS: usize = Section::Mappings as usize + 1;

/// One-based reference, 0 for none, as a zero-based index.
pub(crate) fn index(reference: impl Into<u32>) -> Option<usize> {
    (reference.into() as usize).checked_sub(1)
}

/// "No level" in a one-byte level field.
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

    pub(crate) fn iter(self) -> impl Iterator<Item = R> + 't
    where
        R: 't,
    {
        self.bytes.chunks_exact(R::SIZE).map(R::read)
    }
}

/// The text pool and blob of one taxonomy.
#[derive(Clone, Copy)]
pub(crate) struct Tables<'t> {
    text: &'t str,
    blob: &'t [u8],
}

macro_rules! sections {
    ($($name:ident $section:ident $row:ty,)*) => {
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
    lexemes Lexemes LexemeRow,
    senses Senses SenseRow,
    postings Postings PostingRow,
    deletes Deletes DeleteRow,
    soc Soc SocRow,
    role_mappings RoleMappings RoleRow,
    mapping_spans MappingSpans SpanRow,
    mappings Mappings MappingRow,
}

impl<'t> Tables<'t> {
    pub(crate) const fn new(text: &'t str, blob: &'t [u8]) -> Tables<'t> {
        Tables { text, blob }
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
        self.text.get(text.start as usize..text.start as usize + text.len as usize).unwrap_or_default()
    }

    /// The words of an alias, as numbers of lexemes.
    #[inline]
    pub(crate) fn alias_words(&self, alias: &AliasRow) -> impl Iterator<Item = u32> + use<'t> {
        let (words, first) = (self.words(), alias.first_word as usize);
        (first..first + usize::from(alias.words)).map(move |at| words.get(at).lexeme.0)
    }

    /// The number and row of the word with this hash, whose text is yet to be compared.
    #[inline]
    pub(crate) fn lexeme(&self, key: u64) -> Option<(usize, LexemeRow)> {
        self.perfect(Section::Lexemes).get(key, |row: &LexemeRow| row.key == key)
    }

    /// What the phrase of two or more words with this hash is. Two phrases of known words meet in all 64 bits about as
    /// often as a stray particle flips one, so their words are not compared.
    #[inline]
    pub(crate) fn phrase(&self, key: u64) -> Option<SenseRow> {
        let (_, row) = self.perfect(Section::Phrases).get(key, |row: &PhraseRow| row.key == key)?;
        self.sense(row.sense)
    }

    /// What a word or phrase is; `None` for a word that only others hold.
    #[inline]
    pub(crate) fn sense(&self, sense: SenseRef) -> Option<SenseRow> {
        match sense {
            SenseRef::NONE => None,
            SenseRef(alias) if alias & SenseRef::OTHER == 0 => Some(SenseRow { alias, ..SenseRow::default() }),
            SenseRef(other) => Some(self.senses().get((other & !SenseRef::OTHER) as usize)),
        }
    }

    /// The alias that may have the words of this bag; its words are yet to be compared.
    #[inline]
    pub(crate) fn bag(&self, key: u64) -> Option<BagRow> {
        self.perfect(Section::Bags).get(key, |row: &BagRow| row.check == bag_check(key)).map(|(_, row)| row)
    }

    /// The perfect map over `section`; its seed and displacements are the two sections behind it.
    #[inline]
    fn perfect<R: Record>(&self, section: Section) -> PerfectMap<'t, R> {
        let (seed, displacements) = match section {
            Section::Bags => (Section::BagSeed, Section::BagDisplacements),
            Section::Phrases => (Section::PhraseSeed, Section::PhraseDisplacements),
            _ => (Section::LexemeSeed, Section::LexemeDisplacements),
        };
        PerfectMap {
            seed: Rows::<SeedRow> { bytes: self.section(seed), row: PhantomData }.get(0).seed,
            displacements: Rows { bytes: self.section(displacements), row: PhantomData },
            rows: Rows { bytes: self.section(section), row: PhantomData },
        }
    }
}

/// The half of a bag's hash that its row keeps.
pub(crate) fn bag_check(key: u64) -> u32 {
    (key >> 32) as u32
}

/// What a word or phrase is: 0 for nothing, an alias by its one-based number, or a row of `Senses`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct SenseRef(pub(crate) u32);

impl SenseRef {
    pub(crate) const NONE: SenseRef = SenseRef(0);
    /// The bit that tells a row of `Senses` from an alias.
    pub(crate) const OTHER: u32 = 1 << 31;
}

impl Field for SenseRef {
    const SIZE: usize = 4;
    #[inline]
    fn read(bytes: &[u8]) -> Self {
        SenseRef(u32::read(bytes))
    }
    fn write(self, out: &mut alloc::vec::Vec<u8>) {
        self.0.write(out);
    }
}

impl AliasRow {
    /// Packs the small facts of an alias.
    pub(crate) fn marks(kind: u8, approval: u8, area: bool) -> u8 {
        kind | approval << 4 | u8::from(area) << 7
    }

    pub(crate) fn kind(&self) -> u8 {
        self.marks & 0x0f
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
