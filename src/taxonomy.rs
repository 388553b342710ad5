//! The taxonomy as its users see it: families, functions, focuses, levels, roles, aliases and their SOC codes.
//!
//! Everything here is a small copyable view of the tables. This module must not know how titles are matched.

use alloc::borrow::Cow;
use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use core::hash::{Hash, Hasher};
use core::ops::Range;

use once_cell::race::OnceBox;

use crate::code::{Mnemonic, RoleCode};
use crate::confidence::{Band, Confidence};
use crate::level::{Level, Track};
use crate::names::{AliasType, Approval, Named, PayBasis, Status};
use crate::packed;
use crate::tables::{ClassRow, CueRow, FocusRow, FunctionRow, LevelRow, NO_LEVEL, OPEN_ENDED, SocRow, Tables};

/// A taxonomy: what the titles are resolved to.
///
/// The embedded one is [`Taxonomy::builtin`]; one's own is compiled from sources by [`Taxonomy::from_dir`], or read as it was
/// compiled before by [`Taxonomy::from_bytes`]. All hold the same tables, made by the same code, and answer alike.
pub struct Taxonomy {
    data: Data,
    /// Functions by code. Built at the first look-up by code, so that a taxonomy that is only matched against pays nothing,
    /// and without a lock, so that it works without std.
    by_code: OnceBox<Vec<u16>>,
}

enum Data {
    /// Part of the binary, or leaked.
    Static(Tables<'static>),
    Owned {
        text: String,
        blob: Vec<u8>,
    },
}

#[cfg(feature = "builtin")]
static BUILTIN: Taxonomy = Taxonomy::new(Data::Static(Tables::new(
    include_str!(concat!(env!("OUT_DIR"), "/taxonomy.txt")),
    include_bytes!(concat!(env!("OUT_DIR"), "/taxonomy.bin")),
)));

impl Taxonomy {
    const fn new(data: Data) -> Taxonomy {
        Taxonomy { data, by_code: OnceBox::new() }
    }

    /// The taxonomy embedded in this crate. Static: nothing is loaded or initialised.
    #[cfg(feature = "builtin")]
    pub fn builtin() -> &'static Taxonomy {
        &BUILTIN
    }

    /// Reads a taxonomy from a folder of `.tsv` files, in the form of this crate's own `data/` folder.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the files, each problem with file and line.
    #[cfg(feature = "std")]
    pub fn from_dir(dir: impl AsRef<std::path::Path>) -> Result<Taxonomy, crate::Error> {
        let sources = crate::compile::read_dir(dir.as_ref())?;
        crate::compile::compile(&sources).map(Taxonomy::compiled)
    }

    #[cfg(feature = "std")]
    pub(crate) fn compiled(compiled: crate::compile::Compiled) -> Taxonomy {
        Taxonomy::new(Data::Owned { text: compiled.text, blob: compiled.blob })
    }

    /// Reads a compiled taxonomy, as [`to_bytes`](Self::to_bytes) and `titlecanon compile` write it: nothing is compiled, and
    /// what is found wrong is told before anything is answered.
    ///
    /// Takes a `Vec<u8>`, which it keeps, or bytes that live as long as the program, of which nothing is copied: those of
    /// `include_bytes!`, or of a memory map that is leaked (`&*Box::leak(Box::new(map))` of `memmap2`; to map a file is unsafe,
    /// since others may change it, and therefore left to you). Linear in the number of bytes, for the checksum: about a
    /// millisecond for the embedded taxonomy's four megabytes.
    ///
    /// ```
    /// use titlecanon::{Normalizer, Taxonomy};
    ///
    /// let bytes: Vec<u8> = Taxonomy::builtin().to_bytes();
    /// let taxonomy = Taxonomy::from_bytes(bytes)?;
    /// let answer = Normalizer::with_taxonomy(&taxonomy).normalize("Sr. Technical Support Engineer");
    /// assert_eq!(answer.code().unwrap().to_string(), "TSE.GEN.P4");
    /// assert!(Taxonomy::from_bytes(b"something else").is_err());
    /// # Ok::<(), titlecanon::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// The bytes are no compiled taxonomy, or cut off, or damaged, or compiled in another format: by a version of this crate
    /// whose tables are different. The message says which, and what to do.
    pub fn from_bytes(bytes: impl Into<Cow<'static, [u8]>>) -> Result<Taxonomy, crate::Error> {
        Taxonomy::unpack("compiled taxonomy", bytes.into())
    }

    /// Reads a compiled taxonomy from a file. See [`from_bytes`](Self::from_bytes).
    ///
    /// # Errors
    ///
    /// The file cannot be read, or what is in it is refused as by [`from_bytes`](Self::from_bytes); the problem names the file.
    #[cfg(feature = "std")]
    pub fn from_file(path: impl AsRef<std::path::Path>) -> Result<Taxonomy, crate::Error> {
        let name = path.as_ref().display();
        match std::fs::read(path.as_ref()) {
            Ok(bytes) => Taxonomy::unpack(&alloc::format!("{name}"), bytes.into()),
            Err(error) => Err(crate::Error::one(alloc::format!("{name}"), alloc::format!("cannot be read: {error}"))),
        }
    }

    /// The taxonomy that a build script baked in two files. Call `include_taxonomy!` instead.
    #[doc(hidden)]
    pub const fn baked(bytes: &'static [u8], text: &'static str) -> Taxonomy {
        if let Err(why) = packed::check_apart(bytes, text) {
            panic!("{}", why);
        }
        Taxonomy::new(Data::Static(Tables::new(text, bytes.split_at(packed::HEADER).1)))
    }

    fn unpack(name: &str, bytes: Cow<'static, [u8]>) -> Result<Taxonomy, crate::Error> {
        let damaged = |why: String| crate::Error::one(name, why);
        let range = packed::unpack(&bytes).map_err(damaged)?;
        let data = match bytes {
            Cow::Borrowed(bytes) => {
                let text = core::str::from_utf8(&bytes[range.clone()]).unwrap_or_default();
                Data::Static(Tables::new(text, &bytes[packed::HEADER..range.start]))
            }
            Cow::Owned(mut blob) => {
                let text = String::from_utf8(blob[range.clone()].to_vec()).unwrap_or_default();
                blob.truncate(range.start);
                blob.drain(..packed::HEADER);
                blob.shrink_to_fit();
                Data::Owned { text, blob }
            }
        };
        Ok(Taxonomy::new(data))
    }

    /// The taxonomy in its compiled form, which [`from_bytes`](Self::from_bytes) reads: header, tables and a checksum, the
    /// same on every machine. As long as the tables.
    pub fn to_bytes(&self) -> Vec<u8> {
        packed::pack(self.tables())
    }

    /// Makes a taxonomy from texts in memory: pairs of a path as it would be inside a taxonomy's folder and the text.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the texts, each problem with path and line.
    #[cfg(feature = "std")]
    pub fn from_sources<P, T>(sources: impl IntoIterator<Item = (P, T)>) -> Result<Taxonomy, crate::Error>
    where
        P: Into<String>,
        T: Into<String>,
    {
        crate::compile::compile(&crate::compile::sources(sources)).map(Taxonomy::compiled)
    }

    /// This taxonomy with sources of one's own laid over it: a new taxonomy, in which they win.
    ///
    /// The sources are those of a taxonomy, as little of one as there is to say:
    ///
    /// - an alias, ambiguity, block, cue or qualifier replaces whatever this taxonomy says of a title of the same words (a cue or
    ///   qualifier stays beside an alias: "Associate" may be a job and still a word of level);
    /// - a family, function, focus, abbreviation, grade, level, combination or row of the crosswalk is added, or replaces the one
    ///   of the same code or key as a whole; a function's profile replaces its profile;
    /// - whatever of this taxonomy contradicts the sources is silently left out.
    ///
    /// So a new function needs a code that this taxonomy doesn't have: a function of the same code would take its place, and
    /// have its focuses and aliases.
    ///
    /// [`Alias::source`] and [`Evidence::source`](crate::Evidence::source) say where an answer is from, and
    /// [`Alias::is_overlaid`] whether it is one's own. It is compiled anew, so that it answers as fast as any other taxonomy;
    /// laid over the embedded one that takes about half a second, and [`to_bytes`](Self::to_bytes) or the feature `bake` do it
    /// once and for all.
    ///
    /// ```
    /// use titlecanon::{Normalizer, Taxonomy};
    ///
    /// let ours = Taxonomy::builtin().overlay([
    ///     ("aliases.tsv", "text\tfunction\nNinja\tSWE\n"),
    ///     ("blocks.tsv", "text\nStudent Worker\n"),
    /// ])?;
    /// let normalizer = Normalizer::with_taxonomy(&ours);
    /// let ninja = normalizer.normalize("Ninja").best().unwrap();
    /// assert_eq!(ninja.role().code().to_string(), "SWE.GEN.P3");
    /// assert!(ninja.alias().unwrap().is_overlaid());
    /// assert!(normalizer.normalize("Student Worker").best().is_none());
    /// # Ok::<(), titlecanon::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the sources, each problem with path and line.
    #[cfg(feature = "std")]
    pub fn overlay<P, T>(&self, sources: impl IntoIterator<Item = (P, T)>) -> Result<Taxonomy, crate::Error>
    where
        P: Into<String>,
        T: Into<String>,
    {
        crate::compile::overlay(self.tables(), &crate::compile::sources(sources)).map(Taxonomy::compiled)
    }

    /// This taxonomy with the sources in a folder laid over it. See [`overlay`](Self::overlay).
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the files, each problem with file and line.
    #[cfg(feature = "std")]
    pub fn overlay_dir(&self, dir: impl AsRef<std::path::Path>) -> Result<Taxonomy, crate::Error> {
        crate::compile::overlay(self.tables(), &crate::compile::read_dir(dir.as_ref())?).map(Taxonomy::compiled)
    }

    /// The sources that this taxonomy is compiled from, as pairs of a path inside a taxonomy's folder and a text: to be written
    /// to files, looked at, changed and compiled again.
    ///
    /// They are made from the tables: in canonical order, and with neutral values where the tables keep nothing because no
    /// answer needs it (the languages of cues, the kinds of abbreviations, the sources of all but aliases, blocks and the
    /// crosswalk). [`from_sources`](Self::from_sources) makes the same taxonomy of them. Linear in the size of the taxonomy.
    ///
    /// ```
    /// use titlecanon::Taxonomy;
    ///
    /// let sources = Taxonomy::builtin().to_sources();
    /// let (_, families) = sources.iter().find(|(path, _)| path == "families.tsv").unwrap();
    /// assert!(families.starts_with("code\tname\tsummary\n"));
    /// ```
    #[cfg(feature = "std")]
    pub fn to_sources(&self) -> Vec<(String, String)> {
        crate::compile::export(self.tables()).into_iter().map(|source| (source.path, source.text)).collect()
    }

    #[inline]
    pub(crate) fn tables(&self) -> Tables<'_> {
        match &self.data {
            Data::Static(tables) => *tables,
            Data::Owned { text, blob } => Tables::new(text, blob),
        }
    }

    /// The taxonomy's name.
    pub fn name(&self) -> &str {
        let tables = self.tables();
        tables.str(tables.meta().get(0).name)
    }

    /// Which edition of the data this is: `YEAR.MONTH.NUMBER` for the embedded taxonomy.
    pub fn version(&self) -> &str {
        let tables = self.tables();
        tables.str(tables.meta().get(0).version)
    }

    /// The licence of the data, as an SPDX expression.
    pub fn licence(&self) -> &str {
        let tables = self.tables();
        tables.str(tables.meta().get(0).licence)
    }

    /// All families.
    pub fn families(&self) -> impl Iterator<Item = Family<'_>> {
        (0..self.tables().families().len()).map(|index| Family { taxonomy: self, index })
    }

    /// All functions, by family and code.
    pub fn functions(&self) -> impl Iterator<Item = Function<'_>> {
        (0..self.tables().functions().len()).map(|index| Function { taxonomy: self, index })
    }

    /// All focuses, by function; the general one first.
    pub fn focuses(&self) -> impl Iterator<Item = Focus<'_>> {
        (0..self.tables().focuses().len()).map(|index| Focus { taxonomy: self, index })
    }

    /// All roles: every focus at every level of its function's tracks.
    pub fn roles(&self) -> impl Iterator<Item = Role<'_>> {
        self.focuses().flat_map(Focus::roles)
    }

    /// All aliases, by focus.
    pub fn aliases(&self) -> impl Iterator<Item = Alias<'_>> {
        (0..self.tables().aliases().len()).map(|index| Alias { taxonomy: self, index })
    }

    /// Whether any function or focus has an id of its publisher's; serialised answers then say them.
    pub fn has_external_ids(&self) -> bool {
        self.tables().function_ids().len() + self.tables().focus_ids().len() > 0
    }

    /// All SOC codes that the taxonomy knows of, whether a role reaches them or not.
    pub fn soc_codes(&self) -> impl Iterator<Item = SocCode<'_>> {
        (0..self.tables().soc().len()).map(|index| SocCode { taxonomy: self, index })
    }

    /// The record of a level; `None` if the taxonomy describes no levels.
    pub fn level(&self, level: Level) -> Option<LevelRecord<'_>> {
        ((level as usize) < self.tables().levels().len()).then_some(LevelRecord { taxonomy: self, level })
    }

    /// The function with this code. Logarithmic in the number of functions.
    pub fn function(&self, code: &str) -> Option<Function<'_>> {
        let function = |&index: &u16| Function { taxonomy: self, index: index.into() };
        let by_code = self.by_code.get_or_init(|| {
            let mut order: Vec<u16> = (0..self.tables().functions().len() as u16).collect();
            order.sort_unstable_by_key(|index| function(index).code_str());
            Box::new(order)
        });
        let found = by_code.binary_search_by_key(&code, |index| function(index).code_str()).ok()?;
        by_code.get(found).map(function)
    }

    /// The role with this code; `None` if there is no such function or focus, or the level is on none of its tracks.
    ///
    /// ```
    /// use titlecanon::Taxonomy;
    ///
    /// let taxonomy = Taxonomy::builtin();
    /// let role = taxonomy.role("TSE.GEN.P4".parse()?).unwrap();
    /// assert_eq!(role.title(), "Senior Technical Support Engineer");
    /// assert!(taxonomy.role("TSE.GEN.S1".parse()?).is_none());
    /// # Ok::<(), titlecanon::ParseRoleCodeError>(())
    /// ```
    pub fn role(&self, code: RoleCode) -> Option<Role<'_>> {
        let function = self.function(code.function().as_str())?;
        let focus = function.focuses().find(|focus| focus.code_str() == code.focus().as_str())?;
        focus.role(code.level())
    }
}

impl fmt::Debug for Taxonomy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Taxonomy").field("name", &self.name()).field("version", &self.version()).finish_non_exhaustive()
    }
}

/// Views compare and hash by what they point at.
macro_rules! view {
    ($($(#[$meta:meta])* $type:ident;)*) => {$(
        $(#[$meta])*
        #[derive(Clone, Copy)]
        pub struct $type<'t> {
            taxonomy: &'t Taxonomy,
            index: usize,
        }

        impl PartialEq for $type<'_> {
            fn eq(&self, other: &Self) -> bool {
                core::ptr::eq(self.taxonomy, other.taxonomy) && self.index == other.index
            }
        }

        impl Eq for $type<'_> {}

        impl Hash for $type<'_> {
            fn hash<H: Hasher>(&self, state: &mut H) {
                self.index.hash(state);
            }
        }
    )*};
}

view! {
    /// A broad business area, such as Information Technology.
    Family;
    /// A kind of job, such as `TSE`, Technical Support Engineer.
    Function;
    /// A specialisation inside a function; `GEN` is the general one.
    Focus;
    /// A title text known to name a function and focus.
    Alias;
    /// A detailed occupation of the 2018 Standard Occupational Classification.
    SocCode;
}

impl<'t> Family<'t> {
    fn row(&self) -> crate::tables::FamilyRow {
        self.taxonomy.tables().families().get(self.index)
    }

    /// The code, such as `"ITE"`.
    pub fn code(&self) -> &'t str {
        self.taxonomy.tables().str(self.row().code)
    }

    /// The name.
    pub fn name(&self) -> &'t str {
        self.taxonomy.tables().str(self.row().name)
    }

    /// What the family does, in one sentence.
    pub fn summary(&self) -> &'t str {
        self.taxonomy.tables().str(self.row().summary)
    }

    /// The numbers of its functions' focuses.
    pub(crate) fn focus_range(&self) -> Range<usize> {
        let mut functions = self.functions();
        let Some(first) = functions.next() else { return 0..0 };
        let last = functions.last().unwrap_or(first);
        first.focus_range().start..last.focus_range().end
    }

    /// Its functions, by code.
    pub fn functions(&self) -> impl Iterator<Item = Function<'t>> + use<'t> {
        let (taxonomy, row) = (self.taxonomy, self.row());
        let first = usize::from(row.first_function);
        (first..first + usize::from(row.functions)).map(move |index| Function { taxonomy, index })
    }
}

impl fmt::Debug for Family<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Family({})", self.code())
    }
}

impl<'t> Function<'t> {
    /// The taxonomy that it is of.
    pub(crate) fn taxonomy(&self) -> &'t Taxonomy {
        self.taxonomy
    }

    /// Its number in the tables.
    pub(crate) fn index(&self) -> usize {
        self.index
    }

    /// The numbers of its focuses.
    pub(crate) fn focus_range(&self) -> Range<usize> {
        let row = self.row();
        let first = usize::from(row.first_focus);
        first..first + usize::from(row.focuses)
    }

    pub(crate) fn row(&self) -> FunctionRow {
        self.taxonomy.tables().functions().get(self.index)
    }

    fn code_str(&self) -> &'t str {
        self.taxonomy.tables().str(self.row().code)
    }

    /// The code, such as `TSE`.
    pub fn code(&self) -> Mnemonic {
        mnemonic(self.code_str())
    }

    /// The name.
    pub fn name(&self) -> &'t str {
        self.taxonomy.tables().str(self.row().name)
    }

    /// What the function does, in one sentence.
    pub fn summary(&self) -> &'t str {
        self.taxonomy.tables().str(self.row().summary)
    }

    /// The family it belongs to.
    pub fn family(&self) -> Family<'t> {
        Family { taxonomy: self.taxonomy, index: self.row().family.into() }
    }

    /// What its publisher calls it: the column `external_id` of its row. Logarithmic in the number of functions that have one.
    pub fn external_id(&self) -> Option<&'t str> {
        self.taxonomy.tables().function_id(self.index)
    }

    /// The tracks it has, in order; none for a function without a ladder, whose roles are all written at P3.
    pub fn tracks(&self) -> impl Iterator<Item = Track> + use<> {
        let tracks = self.row().tracks;
        Track::ALL.into_iter().filter(move |&track| tracks >> track as u8 & 1 == 1)
    }

    /// The level that a title without any word of level is taken to mean, unless its focus has one of its own.
    pub fn default_level(&self) -> Level {
        Level::from_index(self.row().default_level).unwrap_or(Level::WITHOUT_LADDER)
    }

    /// Whether it has roles at a level.
    pub(crate) fn reaches(&self, level: Level) -> bool {
        match self.row().tracks {
            0 => level == Level::WITHOUT_LADDER,
            tracks => tracks >> level.track() as u8 & 1 == 1,
        }
    }

    /// The specialisations, the general one first.
    pub fn focuses(&self) -> impl Iterator<Item = Focus<'t>> + use<'t> {
        let taxonomy = self.taxonomy;
        self.focus_range().map(move |index| Focus { taxonomy, index })
    }
}

impl fmt::Debug for Function<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Function({})", self.code_str())
    }
}

impl<'t> Focus<'t> {
    /// Its number in the tables.
    pub(crate) fn index(&self) -> usize {
        self.index
    }

    pub(crate) fn new(taxonomy: &'t Taxonomy, index: usize) -> Focus<'t> {
        Focus { taxonomy, index }
    }

    pub(crate) fn row(&self) -> FocusRow {
        self.taxonomy.tables().focuses().get(self.index)
    }

    fn code_str(&self) -> &'t str {
        self.taxonomy.tables().str(self.row().code)
    }

    /// The code, such as `GEN`; unique inside its function.
    pub fn code(&self) -> Mnemonic {
        mnemonic(self.code_str())
    }

    /// The name, such as "General" or "Front-End".
    pub fn name(&self) -> &'t str {
        self.taxonomy.tables().str(self.row().name)
    }

    /// What somebody who does it is called, such as "Front-End Engineer".
    pub fn job(&self) -> &'t str {
        self.taxonomy.tables().str(self.row().job)
    }

    /// What somebody leads who leads it, such as "Front-End Engineering".
    pub fn area(&self) -> &'t str {
        self.taxonomy.tables().str(self.row().area)
    }

    /// The function that it specialises.
    pub fn function(&self) -> Function<'t> {
        Function { taxonomy: self.taxonomy, index: self.row().function.into() }
    }

    /// The level that a title without any word of level is taken to mean; mostly the function's.
    pub fn default_level(&self) -> Level {
        self.bare_level().unwrap_or(Level::WITHOUT_LADDER)
    }

    /// The level of its bare title; `None` where the function has no ladder, and there is nothing to choose from.
    #[inline]
    pub(crate) fn bare_level(&self) -> Option<Level> {
        Level::from_index(self.row().default_level)
    }

    /// What its publisher calls it: the column `external_id` of its row. Logarithmic in the number of focuses that have one.
    pub fn external_id(&self) -> Option<&'t str> {
        self.taxonomy.tables().focus_id(self.index)
    }

    /// Its aliases: the name of the job first, then the surest.
    pub fn aliases(&self) -> impl Iterator<Item = Alias<'t>> + use<'t> {
        let (taxonomy, row) = (self.taxonomy, self.row());
        let first = row.first_alias as usize;
        let end = (first + row.aliases as usize).min(taxonomy.tables().aliases().len());
        (first..end).map(move |index| Alias { taxonomy, index })
    }

    /// Its roles, one for each level of the function's tracks; one in all where it has none.
    pub fn roles(self) -> impl Iterator<Item = Role<'t>> + use<'t> {
        Level::ALL.into_iter().filter_map(move |level| self.role(level))
    }

    /// Its role at a level; `None` if the level is on none of the function's tracks, or if these are none, is not P3.
    pub fn role(self, level: Level) -> Option<Role<'t>> {
        self.function().reaches(level).then_some(Role { focus: self, level })
    }
}

impl fmt::Debug for Focus<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Focus({}.{})", self.function().code_str(), self.code_str())
    }
}

/// A function and focus at a level.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Role<'t> {
    focus: Focus<'t>,
    level: Level,
}

impl<'t> Role<'t> {
    pub(crate) fn new(focus: Focus<'t>, level: Level) -> Role<'t> {
        Role { focus, level }
    }

    /// The taxonomy that it is of.
    pub(crate) fn taxonomy(&self) -> &'t Taxonomy {
        self.focus.taxonomy
    }

    /// The code, `FUNCTION.FOCUS.LEVEL`.
    pub fn code(&self) -> RoleCode {
        RoleCode::new(self.function().code(), self.focus.code(), self.level)
    }

    /// The function.
    pub fn function(&self) -> Function<'t> {
        self.focus.function()
    }

    /// The focus.
    pub fn focus(&self) -> Focus<'t> {
        self.focus
    }

    /// The level.
    pub fn level(&self) -> Level {
        self.level
    }

    /// The family.
    pub fn family(&self) -> Family<'t> {
        self.function().family()
    }

    /// What its publisher calls it: the id of its focus, else that of its function.
    pub fn external_id(&self) -> Option<&'t str> {
        self.focus.external_id().or_else(|| self.function().external_id())
    }

    /// What the role is called, such as "Senior Technical Support Engineer". At the focus's default level it is
    /// the bare name of the job. Allocates the text.
    pub fn title(&self) -> String {
        let taxonomy = self.focus.taxonomy;
        let (job, area) = (self.focus.job(), self.focus.area());
        let bare = self.focus.default_level();
        if self.level == bare {
            return job.into();
        }
        // "Senior" and what is above it say more than the bare title does, so below the bare title the rung's number speaks.
        if self.level.track() == bare.track() && (SENIOR_RANK..bare.rank()).contains(&self.level.rank()) {
            return alloc::format!("{job} {}", ROMAN[usize::from(self.level.rank()) - 1]);
        }
        match taxonomy.level(self.level) {
            Some(record) => record.title_pattern().replace("{job}", job).replace("{area}", area),
            None => job.into(),
        }
    }

    /// What the role does, in one sentence: that of its function.
    pub fn summary(&self) -> &'t str {
        self.function().summary()
    }

    /// What its level means; `None` if the taxonomy describes no levels, or the function has no ladder, so that its level says
    /// nothing.
    pub fn level_record(&self) -> Option<LevelRecord<'t>> {
        self.taxonomy().level(self.level).filter(|_| self.function().row().tracks != 0)
    }

    /// What its pay would be worked out from.
    pub fn pay_basis(&self) -> PayBasis {
        PayBasis::NoModel
    }

    /// How far the role's record has come in review.
    pub fn status(&self) -> Status {
        Status::from_index(self.function().row().status)
    }

    /// Where the role is found: `"global"` or a country.
    pub fn scope(&self) -> &'t str {
        self.focus.taxonomy.tables().str(self.function().row().scope)
    }

    /// The version of the role's record, from 1.
    pub fn version(&self) -> u16 {
        self.function().row().version
    }

    /// How far the role's record itself can be trusted.
    pub fn confidence(&self) -> Confidence {
        Confidence::from_steps(self.function().row().confidence)
    }

    /// Its SOC codes, the best first, with their source and review status.
    pub fn soc(&self) -> impl Iterator<Item = SocMapping<'t>> + use<'t> {
        let taxonomy = self.focus.taxonomy;
        taxonomy.tables().mappings_of(self.focus.index, self.level).map(move |index| SocMapping { taxonomy, index })
    }

    /// The titles that lead to this role: first the name of the job with each word of level, then what the taxonomy's
    /// other aliases give.
    ///
    /// ```
    /// use titlecanon::Taxonomy;
    ///
    /// let role = Taxonomy::builtin().role("TSE.GEN.P4".parse()?).unwrap();
    /// let first = role.aliases().next().unwrap();
    /// assert_eq!(first.text(), "Senior Technical Support Engineer");
    /// assert_eq!(first.confidence().to_string(), "0.82");
    /// # Ok::<(), titlecanon::ParseRoleCodeError>(())
    /// ```
    pub fn aliases(&self) -> impl Iterator<Item = RoleAlias<'t>> + use<'t> {
        let role = *self;
        let cues = role.ranked_cues();
        let lead = cues.first().copied();
        let mut out = Vec::new();
        for (nth, alias) in role.focus.aliases().enumerate() {
            match alias.level() {
                Some(level) => {
                    if level == role.level {
                        out.push(RoleAlias { alias, cue: None, confidence: alias.confidence().and(PINNED) });
                    }
                }
                None => {
                    if role.level == role.focus.default_level() {
                        let confidence = alias.confidence().and(default_confidence(role.focus.bare_level()));
                        out.push(RoleAlias { alias, cue: None, confidence });
                    }
                    let with: &[CueRow] = if nth == 0 { &cues } else { lead.as_slice() };
                    for &cue in with {
                        let confidence = alias.confidence().and(Confidence::from_steps(cue.confidence));
                        out.push(RoleAlias { alias, cue: Some(cue), confidence });
                    }
                }
            }
        }
        // The job's name with each cue leads, in the order of the cues.
        out.sort_by_key(|alias| {
            let leading = alias.cue.is_some() && alias.alias.index == role.focus.row().first_alias as usize;
            (!leading, if leading { alias.cue.map(|cue| cue.rank) } else { None })
        });
        out.into_iter()
    }

    /// The cues that are listed for this level, by rank.
    fn ranked_cues(&self) -> Vec<CueRow> {
        let tables = self.focus.taxonomy.tables();
        let function = self.function();
        let bare = self.focus.default_level();
        let mut cues: Vec<CueRow> = tables
            .cues()
            .iter()
            .filter(|cue| cue.rank > 0)
            .filter(|cue| function.level_of_grade(cue.grade, bare) == Some(self.level))
            .collect();
        cues.sort_by_key(|cue| cue.rank);
        cues
    }
}

/// The lowest rung whose usual name is "Senior" or above: S3, and P4 with P3 before it as "Mid-Level".
const SENIOR_RANK: u8 = 3;

const ROMAN: [&str; 6] = ["I", "II", "III", "IV", "V", "VI"];

/// The level confidence of an alias that pins its level: the words themselves name it ("Charge Nurse").
pub(crate) const PINNED: Confidence = Confidence::from_steps(9000);

/// The level confidence of a title that says nothing of level: the function's default level is the commonest of
/// four to six, and about half of bare titles are at it.
const DEFAULT: Confidence = Confidence::from_steps(5000);

/// The level confidence of such a title when the default is the top rung: a "Chief Financial Officer" is one. Measured: of 142
/// such titles that people had put into executives and others, 80 in a hundred were at the top.
const TOP_RUNG: Confidence = Confidence::from_steps(8000);

/// How sure a default level is where a title says nothing of level: entirely where there is no other.
pub(crate) fn default_confidence(default: Option<Level>) -> Confidence {
    match default {
        Some(Level::E5) => TOP_RUNG,
        Some(_) => DEFAULT,
        None => Confidence::ONE,
    }
}

impl Function<'_> {
    /// The level that a grade means in this function where the bare title means `bare`: on the first of the grade's tracks
    /// that the function has, and on the bare title's own track as many rungs above it as the grade says: a senior
    /// physician is above a physician, whose bare title is senior already.
    pub(crate) fn level_of_grade(&self, grade: u8, bare: Level) -> Option<Level> {
        let row = self.taxonomy.tables().grades().get(grade.into());
        let levels = [row.support, row.professional, row.management, row.executive];
        let function = self.row();
        let kind = crate::level::GradeKind::ALL.get(usize::from(row.kind))?;
        kind.tracks(bare.track())
            .into_iter()
            .filter(|&track| function.tracks >> track as u8 & 1 == 1)
            .map(|track| levels[track as usize])
            .find(|&level| level != NO_LEVEL)
            .and_then(Level::from_index)
            .map(|level| {
                let raised = (1..=row.above).rev().find_map(|rungs| {
                    Level::from_index((bare as u8).saturating_add(rungs))
                        .filter(|higher| higher.track() == bare.track())
                });
                if level.track() == bare.track() { raised.map_or(level, |raised| level.max(raised)) } else { level }
            })
    }
}

impl fmt::Debug for Role<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Role({})", self.code())
    }
}

/// The code.
impl fmt::Display for Role<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.code().fmt(f)
    }
}

impl<'t> Alias<'t> {
    pub(crate) fn new(taxonomy: &'t Taxonomy, index: usize) -> Alias<'t> {
        Alias { taxonomy, index }
    }

    fn class(&self) -> ClassRow {
        let tables = self.taxonomy.tables();
        tables.class(&tables.aliases().get(self.index))
    }

    /// The text as the taxonomy writes it. Allocates for most aliases, whose text is put together from their words.
    pub fn text(&self) -> Cow<'t, str> {
        self.taxonomy.tables().alias_text(self.index)
    }

    /// The focus that it names.
    pub fn focus(&self) -> Focus<'t> {
        Focus { taxonomy: self.taxonomy, index: self.taxonomy.tables().alias_focus(self.index).into() }
    }

    /// The level that it pins; `None` when the level is read from the rest of the title.
    pub fn level(&self) -> Option<Level> {
        Level::from_index(self.class().level)
    }

    /// What kind of name it is.
    pub fn alias_type(&self) -> AliasType {
        AliasType::from_index(self.class().kind())
    }

    /// How far it has come in review.
    pub fn approval(&self) -> Approval {
        Approval::from_index(self.class().approval())
    }

    /// The chance that a title of these words alone means this function and focus.
    pub fn confidence(&self) -> Confidence {
        self.class().confidence()
    }

    /// The band of its confidence.
    pub fn band(&self) -> Band {
        self.confidence().band()
    }

    /// Whether it was laid over the taxonomy by [`Taxonomy::overlay`]. An export doesn't say.
    pub fn is_overlaid(&self) -> bool {
        self.class().overlaid()
    }

    /// Where it was taken from; `"curated"` is written for the embedded taxonomy, `"own"` for one whose files don't say.
    pub fn source(&self) -> &'t str {
        let tables = self.taxonomy.tables();
        tables.str(tables.sources().get(self.class().source.into()).text)
    }
}

impl fmt::Debug for Alias<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Alias({:?} -> {:?})", self.text(), self.focus())
    }
}

/// A title that leads to a role: an alias, by itself or with a word of level.
#[derive(Clone, Copy)]
pub struct RoleAlias<'t> {
    alias: Alias<'t>,
    cue: Option<CueRow>,
    confidence: Confidence,
}

impl<'t> RoleAlias<'t> {
    /// The whole title, such as "Technical Support Engineer IV". Allocates the text.
    pub fn text(&self) -> String {
        match self.cue {
            Some(cue) => {
                let pattern = self.alias.taxonomy.tables().str(cue.pattern);
                let alias = self.alias.text();
                pattern.replace("{job}", &alias).replace("{area}", &alias)
            }
            None => self.alias.text().into_owned(),
        }
    }

    /// The alias without the word of level.
    pub fn alias(&self) -> Alias<'t> {
        self.alias
    }

    /// The type of the alias.
    pub fn alias_type(&self) -> AliasType {
        self.alias.alias_type()
    }

    /// The approval of the alias.
    pub fn approval(&self) -> Approval {
        self.alias.approval()
    }

    /// The chance that the title means this role: alias confidence × confidence of the word of level.
    pub fn confidence(&self) -> Confidence {
        self.confidence
    }

    /// The band of the confidence.
    pub fn band(&self) -> Band {
        self.confidence.band()
    }
}

impl fmt::Debug for RoleAlias<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RoleAlias({:?} {})", self.text(), self.confidence)
    }
}

/// What a taxonomy says of a level.
#[derive(Clone, Copy)]
pub struct LevelRecord<'t> {
    taxonomy: &'t Taxonomy,
    level: Level,
}

macro_rules! level_texts {
    ($($(#[$doc:meta])* $name:ident;)*) => {
        impl<'t> LevelRecord<'t> {$(
            $(#[$doc])*
            pub fn $name(&self) -> &'t str {
                self.taxonomy.tables().str(self.row().$name)
            }
        )*}
    };
}

level_texts! {
    /// The name, such as "Senior Professional".
    name;
    /// How much of the work it covers.
    scope;
    /// How freely it works.
    autonomy;
    /// How hard its problems are.
    complexity;
    /// What its work bears on.
    impact;
    /// What it may decide.
    decision_rights;
    /// Whom it leads.
    leadership;
}

impl<'t> LevelRecord<'t> {
    /// The names of a level's seven attributes.
    pub const ATTRIBUTES: [&'static str; 7] =
        ["scope", "autonomy", "complexity", "impact", "decision rights", "leadership", "typical experience"];

    /// Its seven attributes, in the order of [`ATTRIBUTES`](Self::ATTRIBUTES). Allocates the last.
    ///
    /// ```
    /// use titlecanon::{Level, Taxonomy};
    ///
    /// let record = Taxonomy::builtin().level(Level::P4).unwrap();
    /// assert_eq!(record.attributes()[6], "5–8 years");
    /// ```
    pub fn attributes(&self) -> [Cow<'t, str>; 7] {
        let (from, to) = self.years();
        let experience = match to {
            Some(to) => alloc::format!("{from}–{to} years"),
            None => alloc::format!("{from}+ years"),
        };
        [
            self.scope().into(),
            self.autonomy().into(),
            self.complexity().into(),
            self.impact().into(),
            self.decision_rights().into(),
            self.leadership().into(),
            experience.into(),
        ]
    }

    fn row(&self) -> LevelRow {
        self.taxonomy.tables().levels().get(self.level as usize)
    }

    /// The level.
    pub fn level(&self) -> Level {
        self.level
    }

    fn title_pattern(&self) -> &'t str {
        self.taxonomy.tables().str(self.row().title)
    }

    /// The typical years of experience: from, and to where there is an upper bound.
    pub fn years(&self) -> (u8, Option<u8>) {
        let row = self.row();
        (row.min_years, (row.max_years != OPEN_ENDED).then_some(row.max_years))
    }
}

impl fmt::Debug for LevelRecord<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "LevelRecord({} {:?})", self.level, self.name())
    }
}

impl<'t> SocCode<'t> {
    fn row(&self) -> SocRow {
        self.taxonomy.tables().soc().get(self.index)
    }

    /// The code as text, such as `15-1252`. Allocates the text.
    pub fn code(&self) -> String {
        alloc::format!("{self}")
    }

    /// The code as a number of six digits, such as 151252.
    pub fn number(&self) -> u32 {
        self.row().code
    }

    /// The official title.
    pub fn title(&self) -> &'t str {
        self.taxonomy.tables().str(self.row().title)
    }
}

/// The code, such as `15-1252`.
impl fmt::Display for SocCode<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let code = self.number();
        write!(f, "{:02}-{:04}", code / 10_000, code % 10_000)
    }
}

impl fmt::Debug for SocCode<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SocCode({self})")
    }
}

/// A row of the crosswalk: a role's SOC code, where the mapping is from and how far it has come in review.
#[derive(Clone, Copy)]
pub struct SocMapping<'t> {
    taxonomy: &'t Taxonomy,
    index: usize,
}

impl<'t> SocMapping<'t> {
    fn row(&self) -> crate::tables::MappingRow {
        self.taxonomy.tables().mappings().get(self.index)
    }

    /// The code.
    pub fn code(&self) -> SocCode<'t> {
        SocCode { taxonomy: self.taxonomy, index: self.row().soc.into() }
    }

    /// How far the mapping has come in review.
    pub fn status(&self) -> Status {
        Status::from_index(self.row().status)
    }

    /// Where the mapping was taken from.
    pub fn source(&self) -> &'t str {
        let tables = self.taxonomy.tables();
        tables.str(tables.sources().get(self.row().source.into()).text)
    }
}

impl fmt::Debug for SocMapping<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SocMapping({} {})", self.code(), self.status())
    }
}

fn mnemonic(code: &str) -> Mnemonic {
    // The compile module lets no other code through.
    Mnemonic::new(code).unwrap_or(const { Mnemonic::new("X").expect("a mnemonic") })
}
