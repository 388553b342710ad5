//! Job titles to role codes as SQL functions of [Apache DataFusion](https://datafusion.apache.org).
//!
//! ```
//! use datafusion::prelude::SessionContext;
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> datafusion::error::Result<()> {
//! let ctx = SessionContext::new();
//! titlecanon_datafusion::register_builtin(&ctx);
//! let codes = ctx.sql("SELECT role_code('Sr. Technical Support Engineer (Remote)') AS code").await?;
//! assert!(codes.to_string().await?.contains("TSE.GEN.P4"));
//! # Ok(())
//! # }
//! ```
//!
//! | function | value |
//! |---|---|
//! | `normalize_title(title)` | a struct of `verdict`, `code`, `role`, `function`, `focus`, `level`, `family`, `soc`, `confidence`, `function_confidence`, `level_confidence`, `method`, as in a serialised [`Resolution`](titlecanon::Resolution) |
//! | `role_code(title)` | its `code` alone |
//! | `title_confidence(title)` | its `confidence` alone |
//! | `title_candidates(title)` | a list of the answer's candidates, best first, each a struct of `code`, `role`, `soc`, `confidence` |
//! | `title_candidates(title, k)` | the same of the `k` likeliest roles, however unlikely: see [`Normalizer::candidates`](titlecanon::Normalizer::candidates) |
//! | `role_distance(code, code)` | from 0 to 1: see [`Role::distance`](titlecanon::Role::distance) |
//!
//! Titles and codes are texts of any kind (`Utf8`, `LargeUtf8`, `Utf8View`) or dictionaries of them; of anything else the planner
//! says what to do. Null gives null. A title that names no job has a `verdict` all the same, and null for the rest, though what it
//! says of `level` may be there. A code that the taxonomy has no role for, or that is none, is at no distance: null.
//!
//! A title that occurs more than once in a batch is resolved once. Structs are plain, for dictionaries of titles too, with
//! texts of the kind that DataFusion itself reads from files (`Utf8View`) in them; and titles are resolved once for all calls over a
//! batch, so that taking several fields of an answer costs no more than taking one.
//!
//! Other taxonomies and settings are [`Titles`]. The functions are immutable, so that the planner evaluates constants; those of
//! different taxonomies or settings are different functions.

mod answers;
mod distinct;
mod functions;
mod recent;
mod roles;
mod titles;

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
mod readme {}

use datafusion::prelude::SessionContext;

pub use functions::TitleFunction;
pub use titles::{SharedTaxonomy, Titles};

/// Registers the functions over the embedded taxonomy, with the usual settings.
pub fn register_builtin(ctx: &SessionContext) {
    register(ctx, &Titles::builtin());
}

/// Registers the functions over a taxonomy; they take the place of those that were registered before.
///
/// ```
/// use datafusion::prelude::SessionContext;
/// use titlecanon::Taxonomy;
/// use titlecanon_datafusion::Titles;
///
/// let ours = Taxonomy::builtin().overlay([("aliases.tsv", "text\tfunction\nNinja\tSWE\n")])?;
/// let ctx = SessionContext::new();
/// titlecanon_datafusion::register(&ctx, &Titles::new(ours).with_fuzzy(false));
/// # Ok::<(), titlecanon::Error>(())
/// ```
pub fn register(ctx: &SessionContext, titles: &Titles) {
    for function in titles.functions() {
        ctx.register_udf(function);
    }
}
