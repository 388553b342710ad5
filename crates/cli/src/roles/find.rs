//! Find: the role that a code on the command line names. Where there is none, it says what is wrong with the code and what may be
//! meant.
//!
//! Must not know what becomes of the role.

use titlecanon::{Function, Normalizer, ParseRoleCodeError, Role, RoleCode, Taxonomy, Verdict};

use crate::failure::{Failure, Result};
use crate::grid::plain;
use crate::rows::likeness;

/// A function is proposed whose code, or a word of whose name, is at least so like (Jaro-Winkler) the code that is not there: a
/// code of three letters with one of them wrong is.
const LIKE: f64 = 0.75;

/// So many are proposed at most.
const PROPOSED: usize = 3;

/// The role with a code, which may be in small letters and have spaces around it.
pub(super) fn role<'t>(text: &str, normalizer: Normalizer<'t>) -> Result<Role<'t>> {
    let (text, taxonomy) = (text.trim(), normalizer.taxonomy());
    let found = match text.to_ascii_uppercase().parse() {
        Ok(code) => taxonomy.role(code).ok_or_else(|| no_role(code, taxonomy)),
        Err(error) => Err(no_code(text, error, normalizer)),
    };
    // Names and titles may hold what a terminal obeys.
    found.map_err(|message| Failure::new(plain(&message)))
}

/// Why a text is no code. It may be a title.
fn no_code(text: &str, error: ParseRoleCodeError, normalizer: Normalizer<'_>) -> String {
    // No title is written as dots between words without a space.
    if text.is_empty() || text.contains('.') && !text.contains(char::is_whitespace) {
        return format!("\"{text}\" is not a role code: {error}");
    }
    let answer = normalizer.normalize(text);
    let Some(code) = answer.code() else {
        return format!("\"{text}\" is not a role code, nor a title that resolves to one: {error}");
    };
    let resolves = match answer.verdict() {
        Verdict::Confident => "resolves to",
        Verdict::NeedsReview | Verdict::NoMatch => "may mean, to be reviewed,",
    };
    format!("\"{text}\" is not a role code, as TSE.GEN.P4; this title {resolves} {code}: titlecanon show {code}")
}

/// Why there is no role with a code.
fn no_role(code: RoleCode, taxonomy: &Taxonomy) -> String {
    let Some(function) = taxonomy.function(code.function().as_str()) else {
        return format!("{code}: the taxonomy has no function {}{}", code.function(), proposed(code, taxonomy));
    };
    let (own, name) = (function.code(), function.name());
    let Some(focus) = function.focuses().find(|focus| focus.code() == code.focus()) else {
        let focuses: Vec<_> = function.focuses().map(|focus| format!("{} ({})", focus.code(), focus.name())).collect();
        return format!("{code}: {own} ({name}) has no focus {}; it has {}", code.focus(), focuses.join(", "));
    };
    let levels: Vec<_> = focus.roles().map(|role| role.level().as_str()).collect();
    if function.tracks().next().is_none() {
        let levels = levels.join(", ");
        return format!(
            "{code}: {own} ({name}) has no ladder, so that its only level is {levels}: {own}.{}.{levels}",
            focus.code()
        );
    }
    format!("{code}: {own} ({name}) has no level {}; it has {}", code.level(), levels.join(", "))
}

/// "; did you mean …?" with roles of the functions that are most like the code's, if any are.
fn proposed(code: RoleCode, taxonomy: &Taxonomy) -> String {
    let wanted = code.function();
    let like = |function: &Function<'_>| {
        let (code, words) = (function.code(), function.name().split(|c: char| !c.is_alphanumeric()));
        let alike = words.chain([code.as_str()]).filter_map(|word| likeness(word, wanted.as_str()));
        alike.fold(0.0, f64::max)
    };
    let functions = taxonomy.functions().map(|function| (like(&function), meant(function, code)));
    let mut near: Vec<(f64, Role<'_>)> = functions
        .filter(|(likeness, _)| *likeness >= LIKE)
        .filter_map(|(likeness, role)| Some((likeness, role?)))
        .collect();
    // Among equals those first that have the rest of the code.
    let rest = |role: &Role<'_>| (role.code().focus(), role.level()) == (code.focus(), code.level());
    near.sort_by(|(a, one), (b, other)| b.total_cmp(a).then(rest(other).cmp(&rest(one))));
    let near: Vec<_> = near.iter().take(PROPOSED).map(|(_, role)| format!("{role} ({})", role.title())).collect();
    if near.is_empty() { String::new() } else { format!("; did you mean {}?", near.join(" or ")) }
}

/// The role of a function that is nearest to a code: of its focus and level where the function has them.
fn meant<'t>(function: Function<'t>, code: RoleCode) -> Option<Role<'t>> {
    let focus = function.focuses().find(|focus| focus.code() == code.focus()).or_else(|| function.focuses().next())?;
    focus.role(code.level()).or_else(|| focus.role(focus.default_level()))
}
