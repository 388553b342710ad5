//! Browse: lists of what a taxonomy holds: its families, functions, focuses and roles.
//!
//! | module | what it is for |
//! |---|---|
//! | `filter` | which rows are wanted, by what they are |
//! | `search` | which rows are wanted, by their words |
//! | `listing` | how rows are written |

mod filter;
mod listing;
mod search;

use std::io::{self, Write as _};

use titlecanon::{Family, Focus, Function, Role, Taxonomy};

use crate::args::{ListArgs, ResolveFormat};
use crate::browse::filter::Filter;
use crate::browse::listing::{Cell, Column, Listing};
use crate::browse::search::Needles;
use crate::failure::Result;
use crate::grid::Align::{Number, Text};
use crate::report::Grouped;

/// What can be listed.
#[derive(Clone, Copy, Debug)]
pub(crate) enum List {
    Families,
    Functions,
    Focuses,
    Roles,
}

/// The columns of families. All names of columns are a contract.
const FAMILIES: &[Column] = &[
    Column::new("code", Text),
    Column::new("name", Text),
    Column::new("functions", Number),
    Column::new("roles", Number),
    Column::new("summary", Text),
];

/// The columns of functions.
const FUNCTIONS: &[Column] = &[
    Column::new("code", Text),
    Column::new("name", Text),
    Column::new("family", Text),
    Column::new("tracks", Text),
    Column::new("default_level", Text).called("level"),
    Column::new("focuses", Number),
    Column::new("aliases", Number),
    Column::new("status", Text),
    Column::new("version", Number),
    Column::new("confidence", Number),
    Column::new("profile", Text),
    Column::new("summary", Text),
];

/// The columns of focuses.
const FOCUSES: &[Column] = &[
    Column::new("function", Text),
    Column::new("code", Text),
    Column::new("name", Text),
    Column::new("job", Text),
    Column::new("area", Text),
    Column::new("default_level", Text).called("level"),
    Column::new("aliases", Number),
];

/// The columns of roles.
const ROLES: &[Column] = &[
    Column::new("code", Text),
    Column::new("title", Text),
    Column::new("level", Text),
    Column::new("function", Text),
    Column::new("focus", Text),
    Column::new("family", Text),
    Column::new("soc", Text),
    Column::new("status", Text),
    Column::new("confidence", Number),
];

/// Runs `taxonomy` alone: the families, and how to go on.
pub(crate) fn overview(taxonomy: &Taxonomy) -> Result<()> {
    let mut listing = Listing::new(FAMILIES, ResolveFormat::Table, None);
    for family in taxonomy.families() {
        listing.push(|| of_family(family))?;
    }
    listing.end()?;
    say(
        "`titlecanon taxonomy functions --family CODE` lists the functions of one; `titlecanon taxonomy --help` says more",
    );
    Ok(())
}

/// Runs `taxonomy families`, `functions`, `focuses` and `roles`.
pub(crate) fn run(list: List, args: &ListArgs, taxonomy: &Taxonomy) -> Result<()> {
    let filter = Filter::new(args, taxonomy)?;
    let needles = args.search.as_deref().map(Needles::new).transpose()?;
    let columns = match list {
        List::Families => FAMILIES,
        List::Functions => FUNCTIONS,
        List::Focuses => FOCUSES,
        List::Roles => ROLES,
    };
    let mut listing = Listing::new(columns, args.format, args.limit);
    match list {
        List::Families => {
            for family in taxonomy.families().filter(|family| filter.wants_family(*family)) {
                let own = |needles: &Needles| needles.all_in([family.code(), family.name(), family.summary()]);
                if needles.as_ref().is_none_or(own) {
                    listing.push(|| of_family(family))?;
                }
            }
        }
        List::Functions => {
            for function in taxonomy.functions().filter(|function| filter.wants_function(*function)) {
                let own =
                    |needles: &Needles| needles.all_in([function.code().as_str(), function.name(), function.summary()]);
                if needles.as_ref().is_none_or(own) {
                    listing.push(|| of_function(function))?;
                }
            }
        }
        List::Focuses => {
            for focus in taxonomy.focuses().filter(|focus| filter.wants_focus(*focus)) {
                let own = |needles: &Needles| {
                    needles.all_in([&*code_of(focus), focus.name(), focus.job(), focus.area()])
                        || !needles.in_aliases(focus).is_empty()
                };
                if needles.as_ref().is_none_or(own) {
                    listing.push(|| of_focus(focus))?;
                }
            }
        }
        List::Roles => {
            for focus in taxonomy.focuses() {
                // Once for all its roles: an alias that pins a level is that role's only.
                let mut pinned = None;
                for role in filter.roles(focus) {
                    let own = |needles: &Needles| {
                        let code = role.code().to_string();
                        let levels = pinned.get_or_insert_with(|| needles.in_aliases(focus));
                        levels.iter().any(|pinned| pinned.is_none_or(|pinned| pinned == role.level()))
                            || needles.all_in([&*code, &role.title(), focus.job(), focus.area(), role.summary()])
                    };
                    if needles.as_ref().is_none_or(own) {
                        listing.push(|| of_role(role))?;
                    }
                }
            }
        }
    }
    let (wanted, written) = (listing.wanted(), listing.written());
    listing.end()?;
    if wanted == 0 {
        say("nothing found; leave out a filter, or a word of --search");
    } else if written < wanted && matches!(args.format, ResolveFormat::Table) {
        say(&format!("{} of {} rows; --limit says how many", Grouped(written as u64), Grouped(wanted as u64)));
    }
    Ok(())
}

/// Says something to whoever reads the list, and not in it.
fn say(text: &str) {
    // A list is no worse for it if nobody hears.
    let _ = writeln!(io::stderr(), "{text}");
}

/// `FUNCTION.FOCUS`.
pub(crate) fn code_of(focus: Focus<'_>) -> String {
    format!("{}.{}", focus.function().code(), focus.code())
}

fn of_family(family: Family<'_>) -> Vec<Cell<'_>> {
    let roles = family.functions().flat_map(|function| function.focuses()).map(|focus| focus.roles().count());
    vec![
        family.code().into(),
        family.name().into(),
        family.functions().count().into(),
        roles.sum::<usize>().into(),
        family.summary().into(),
    ]
}

fn of_function(function: Function<'_>) -> Vec<Cell<'_>> {
    // Whatever is told of the record of a function's roles is the same for all; there is always one.
    let role = function.focuses().next().and_then(|focus| focus.roles().next());
    let of_role = |cell: fn(Role<'_>) -> Cell<'static>| role.map_or(Cell::from(""), cell);
    vec![
        function.code().to_string().into(),
        function.name().into(),
        function.family().code().into(),
        Cell::List(function.tracks().map(|track| track.letter().to_string()).collect(), " "),
        function.default_level().as_str().into(),
        function.focuses().count().into(),
        function.focuses().map(|focus| focus.aliases().count()).sum::<usize>().into(),
        of_role(|role| role.status().as_str().into()),
        of_role(|role| usize::from(role.version()).into()),
        of_role(|role| Cell::Confidence(role.confidence())),
        Cell::Flag(function.has_profile()),
        function.summary().into(),
    ]
}

fn of_focus(focus: Focus<'_>) -> Vec<Cell<'_>> {
    vec![
        focus.function().code().to_string().into(),
        focus.code().to_string().into(),
        focus.name().into(),
        focus.job().into(),
        focus.area().into(),
        focus.default_level().as_str().into(),
        focus.aliases().count().into(),
    ]
}

fn of_role(role: Role<'_>) -> Vec<Cell<'_>> {
    vec![
        role.code().to_string().into(),
        role.title().into(),
        role.level().as_str().into(),
        role.function().code().to_string().into(),
        role.focus().code().to_string().into(),
        role.family().code().into(),
        Cell::List(role.soc().map(|mapping| mapping.code().code()).collect(), "|"),
        role.status().as_str().into(),
        Cell::Confidence(role.confidence()),
    ]
}
