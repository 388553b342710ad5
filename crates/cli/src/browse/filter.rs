//! Filter: which rows of a list are wanted. What is above roles is wanted if one of its roles is.
//!
//! Must not know how rows are written, nor what words are looked for.

use std::collections::HashSet;

use titlecanon::{Family, Focus, Function, Level, Role, Status, Taxonomy, Track};

use super::code_of;
use crate::args::ListArgs;
use crate::failure::{Failure, Result};
use crate::grid::plain;
use crate::rows::likeness;
use crate::soc;

/// At most so many codes are told that may have been meant.
const SUGGESTED: usize = 3;

/// What is this much less like it than the best is hardly meant.
const NEARLY: f64 = 0.1;

/// What is asked of roles; an empty set asks nothing.
#[derive(Debug)]
pub(super) struct Filter<'t> {
    families: HashSet<Family<'t>>,
    functions: HashSet<Function<'t>>,
    focuses: HashSet<Focus<'t>>,
    levels: HashSet<Level>,
    tracks: HashSet<Track>,
    statuses: HashSet<Status>,
    soc: HashSet<u32>,
    profiles: bool,
}

impl<'t> Filter<'t> {
    /// What the command line asks; a code that the taxonomy doesn't have is a failure.
    pub(super) fn new(args: &ListArgs, taxonomy: &'t Taxonomy) -> Result<Filter<'t>> {
        let families = || taxonomy.families().map(|family| (family, family.code().to_owned(), family.name()));
        let functions =
            || taxonomy.functions().map(|function| (function, function.code().to_string(), function.name()));
        let focuses = || taxonomy.focuses().map(|focus| (focus, code_of(focus), focus.job()));
        Ok(Filter {
            families: find("family", "families", &args.family, families)?,
            functions: find("function", "functions", &args.function, functions)?,
            focuses: find("focus", "focuses", &args.focus, focuses)?,
            levels: args.level.iter().copied().collect(),
            tracks: args.track.iter().copied().collect(),
            statuses: args.status.iter().copied().collect(),
            soc: soc_codes(&args.soc, taxonomy)?,
            profiles: args.profiles,
        })
    }

    /// Whether it asks nothing, so that a family without roles is wanted too.
    fn is_empty(&self) -> bool {
        let Filter { families, functions, focuses, levels, tracks, statuses, soc, profiles } = self;
        let codes = families.len() + functions.len() + focuses.len() + soc.len();
        codes + levels.len() + tracks.len() + statuses.len() == 0 && !profiles
    }

    pub(super) fn wants_family(&self, family: Family<'t>) -> bool {
        self.is_empty() || family.functions().any(|function| self.wants_function(function))
    }

    pub(super) fn wants_function(&self, function: Function<'t>) -> bool {
        function.focuses().any(|focus| self.wants_focus(focus))
    }

    pub(super) fn wants_focus(&self, focus: Focus<'t>) -> bool {
        self.roles(focus).next().is_some()
    }

    /// The roles of a focus that are wanted.
    pub(super) fn roles(&self, focus: Focus<'t>) -> impl Iterator<Item = Role<'t>> {
        let function = focus.function();
        let wanted = holds(&self.families, &function.family())
            && holds(&self.functions, &function)
            && holds(&self.focuses, &focus)
            && (!self.profiles || function.has_profile());
        let roles = wanted.then(|| focus.roles()).into_iter().flatten();
        roles.filter(|role| {
            holds(&self.levels, &role.level())
                && holds(&self.tracks, &role.level().track())
                && holds(&self.statuses, &role.status())
                && (self.soc.is_empty() || role.soc().any(|mapping| self.soc.contains(&mapping.code().number())))
        })
    }
}

/// Whether a set asks nothing, or for this.
fn holds<T: std::hash::Hash + Eq>(set: &HashSet<T>, value: &T) -> bool {
    set.is_empty() || set.contains(value)
}

/// Whatever has the codes that are wanted, in letters of either case; of a code with a dot also what is behind it.
fn find<'t, T: std::hash::Hash + Eq, I: Iterator<Item = (T, String, &'t str)>>(
    what: &str,
    list: &str,
    wanted: &[String],
    all: impl Fn() -> I,
) -> Result<HashSet<T>> {
    let mut found = HashSet::new();
    for wanted in wanted.iter().map(|wanted| wanted.trim()) {
        let last = |code: &str| code.rsplit('.').next().is_some_and(|last| last.eq_ignore_ascii_case(wanted));
        let same = all().filter(|(_, code, _)| code.eq_ignore_ascii_case(wanted) || last(code));
        let same: Vec<T> = same.map(|(one, ..)| one).collect();
        if same.is_empty() {
            let hint = meant(all().map(|(_, code, name)| (code, name)), wanted);
            // Names may hold what a terminal obeys.
            return Err(Failure::new(plain(&format!(
                "there is no {what} \"{wanted}\".{hint} `titlecanon taxonomy {list}` lists them"
            ))));
        }
        found.extend(same);
    }
    Ok(found)
}

/// " Did you mean …?" with what has a code or a name most like what was said.
fn meant<'t>(all: impl Iterator<Item = (String, &'t str)>, wanted: &str) -> String {
    let like = |code: &str, name: &str| {
        let last = code.rsplit('.').next().unwrap_or(code);
        let texts = [code, last, name].into_iter().chain(name.split(' '));
        texts.filter_map(|text| likeness(text, wanted)).max_by(f64::total_cmp)
    };
    let mut near: Vec<_> = all.filter_map(|(code, name)| Some((like(&code, name)?, code, name))).collect();
    near.sort_by(|(a, ..), (b, ..)| b.total_cmp(a));
    let best = near.first().map_or(0.0, |(likeness, ..)| *likeness);
    near.retain(|(likeness, ..)| best - likeness <= NEARLY);
    near.truncate(SUGGESTED);
    let near: Vec<_> = near.iter().map(|(_, code, name)| format!("{code} ({name})")).collect();
    if near.is_empty() { String::new() } else { format!(" Did you mean {}?", near.join(" or ")) }
}

/// SOC codes that the taxonomy lists, as numbers.
fn soc_codes(wanted: &[String], taxonomy: &Taxonomy) -> Result<HashSet<u32>> {
    let mut found = HashSet::new();
    for text in wanted {
        for number in soc::codes(text).map_err(|problem| Failure::new(format_args!("--soc: {problem}")))? {
            let mut all: Vec<_> = taxonomy.soc_codes().collect();
            if !all.iter().any(|code| code.number() == number) {
                all.sort_by_key(|code| code.number().abs_diff(number));
                all.truncate(SUGGESTED);
                let near: Vec<_> = all.iter().map(|code| format!("{code} ({})", code.title())).collect();
                let hint = if near.is_empty() {
                    "it lists none; leave --soc out".into()
                } else {
                    format!("nearest are {}", near.join(", "))
                };
                let code = format!("{:02}-{:04}", number / 10_000, number % 10_000);
                let name = taxonomy.name();
                return Err(Failure::new(format_args!("the taxonomy {name} has no SOC code {code}; {hint}")));
            }
            found.insert(number);
        }
    }
    Ok(found)
}
