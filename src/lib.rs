//! Free-text job titles to canonical role codes, with honest confidence.
//!
//! ```
//! use titlecanon::{Band, Verdict, normalize_title};
//!
//! let answer = normalize_title("Sr. Technical Support Engineer (Remote)");
//! let best = answer.best().unwrap();
//! assert_eq!(best.role().code().to_string(), "TSE.GEN.P4");
//! assert_eq!((best.confidence().value(), best.band()), (0.80, Band::High));
//! assert_eq!(answer.verdict(), Verdict::Confident);
//! assert_eq!(normalize_title("asdf").verdict(), Verdict::NoMatch);
//! ```
//!
//! The answer to a title is a [`Resolution`]: a [`Verdict`] on which job it is, ranked [`Match`]es with a [`Role`] and
//! three confidences each, what else the title said ([`Qualifier`]s), and the [`Evidence`] for all of it as byte ranges
//! of the raw title. Any string has an answer, in bounded time, without panic.
//!
//! [`normalize_title`] uses the embedded taxonomy. A [`Normalizer`] has thresholds and other settings, batches, and
//! [`Taxonomy`]s of one's own.
//!
//! # Features
//!
//! | feature | default | what it adds |
//! |---|---|---|
//! | `std` | yes | [`Taxonomy::from_dir`], [`Taxonomy::from_sources`]; without it the crate is `no_std` with `alloc` |
//! | `builtin` | yes | the embedded taxonomy, [`normalize_title`], [`data_version`] |
//! | `bake` | no | [`bake`], which compiles a taxonomy of one's own in a build script; [`include_taxonomy!`] needs no feature |
//! | `profiles` | no | the embedded taxonomy's [`Profile`]s |
//! | `serde` | no | `Serialize` for answers, codes, roles and comparisons |
//! | `rayon` | no | `Normalizer::normalize_batch` on all cores |

#![cfg_attr(not(any(feature = "std", test)), no_std)]
#![cfg_attr(docsrs, feature(doc_cfg))]
// The writing half of what reading shares with the compile module is idle without it.
#![cfg_attr(not(feature = "std"), allow(dead_code))]

extern crate alloc;

mod answer;
#[cfg(feature = "bake")]
pub mod bake;
mod code;
mod comparison;
#[cfg(feature = "std")]
mod compile;
mod confidence;
mod correct;
mod distance;
mod error;
mod explain;
mod guide;
mod hash;
mod level;
#[cfg(feature = "std")]
mod lint;
mod lookup;
mod math;
mod names;
mod normalizer;
mod packed;
mod parse;
mod profile;
mod rank;
mod resolve;
mod retrieve;
mod score;
#[cfg(feature = "serde")]
mod serde_impls;
mod tables;
mod taxonomy;
mod text;

#[cfg(all(doctest, feature = "builtin"))]
#[doc = include_str!("../README.md")]
mod readme {}

#[cfg(all(doctest, feature = "builtin"))]
#[doc = include_str!("../DESIGN.md")]
mod design {}

#[cfg(all(doctest, feature = "builtin"))]
#[doc = include_str!("../COMPARE.md")]
mod compare {}

#[cfg(all(doctest, feature = "builtin"))]
#[doc = include_str!("../docs/own-taxonomy.md")]
mod own_taxonomy {}

pub use answer::{Evidence, EvidenceKind, MAX_CANDIDATES, Match, Method, Qualifier, Resolution};
pub use code::{Mnemonic, ParseRoleCodeError, RoleCode};
pub use comparison::{Aspect, Comparison};
#[cfg(feature = "std")]
pub use compile::{Refusal, Wording};
pub use confidence::{Band, Confidence, Verdict};
pub use distance::{Distance, Neighbor};
pub use error::{Error, Problem};
pub use explain::Explanation;
pub use guide::Guide;
pub use level::{Level, ParseLevelError, Track};
#[cfg(feature = "std")]
pub use lint::{Finding, Severity, lint_dir};
pub use names::{AliasType, Approval, ComponentKind, PayBasis, QualifierKind, Status, StoryPart};
pub use normalizer::Normalizer;
pub use profile::{Component, Profile};
pub use taxonomy::{Alias, Family, Focus, Function, LevelRecord, Role, RoleAlias, SocCode, SocMapping, Taxonomy};

/// The taxonomy that the crate's build script baked under this name (see the module `bake`, of the feature of that name), for a
/// static of type [`Taxonomy`].
///
/// ```ignore
/// static TITLES: titlecanon::Taxonomy = titlecanon::include_taxonomy!("taxonomy");
/// ```
///
/// What was baked by another version of this crate, or is cut off, is an error of the build.
#[macro_export]
macro_rules! include_taxonomy {
    ($name:literal) => {
        $crate::Taxonomy::baked(
            ::core::include_bytes!(::core::concat!(::core::env!("OUT_DIR"), "/", $name, ".taxonomy.bin")),
            ::core::include_str!(::core::concat!(::core::env!("OUT_DIR"), "/", $name, ".taxonomy.txt")),
        )
    };
}

/// Resolves one title against the embedded taxonomy, with the usual settings.
///
/// ```
/// let answer = titlecanon::normalize_title("VP of Sales, EMEA");
/// assert_eq!(answer.code().unwrap().level(), titlecanon::Level::M6);
/// ```
#[cfg(feature = "builtin")]
pub fn normalize_title(title: &str) -> Resolution<'static> {
    Normalizer::builtin().normalize(title)
}

/// Which edition of the embedded taxonomy answers: `YEAR.MONTH.NUMBER`.
#[cfg(feature = "builtin")]
pub fn data_version() -> &'static str {
    Taxonomy::builtin().version()
}

/// `text` of the source file at `path` with its rows in canonical order.
///
/// # Errors
///
/// The file is none of a taxonomy's, or its rows are malformed.
#[cfg(feature = "std")]
pub fn canonical_source(path: &str, text: &str) -> Result<alloc::string::String, Error> {
    compile::canonical(path, text)
}
