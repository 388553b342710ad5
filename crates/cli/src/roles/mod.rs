//! Roles: what the taxonomy says of a role, and of several side by side.
//!
//! | module | what it is for |
//! |---|---|
//! | `find` | the role that a code on the command line names, or what is wrong with the code |
//! | `show` | a role as a page |
//! | `compare` | a comparison as a page |

mod compare;
mod find;
mod show;

use serde::Serialize;
use titlecanon::{Comparison, ComponentKind, Distance, Neighbor, Normalizer, Role, Verdict};

use crate::args::{CompareArgs, PageFormat, ShowArgs};
use crate::failure::{Failure, Result};
use crate::publish;

/// So many aliases are listed in text, which is read from its beginning, unless all are asked for.
const FIRST_ALIASES: usize = 20;

/// A role and the nearest others in JSON; the names are a contract.
#[derive(Serialize)]
struct Shown<'t> {
    #[serde(flatten)]
    role: Role<'t>,
    neighbors: Vec<Neighbor<'t>>,
}

/// Runs `show`.
pub(crate) fn show(args: &ShowArgs, normalizer: Normalizer<'_>) -> Result<()> {
    let role = find::role(&args.code, normalizer)?;
    let shown = Shown { role, neighbors: role.neighbors(args.neighbors.into()) };
    let short = args.page.format == PageFormat::Text && !args.all_aliases;
    let aliases = if short { FIRST_ALIASES } else { usize::MAX };
    publish::write(&args.page, &shown, || show::page(&shown, aliases))
}

/// Runs `compare`.
pub(crate) fn compare(args: &CompareArgs, normalizer: Normalizer<'_>) -> Result<()> {
    let count = args.codes.len();
    if !(2..=Comparison::MOST).contains(&count) {
        let (most, are) = (Comparison::MOST, if count == 1 { "is" } else { "are" });
        return Err(Failure::new(format_args!("2 to {most} roles can be compared, and {count} {are} named")));
    }
    let mut roles: Vec<Role<'_>> = Vec::new();
    for code in &args.codes {
        let role = find::role(code, normalizer)?;
        if roles.contains(&role) {
            return Err(Failure::new(format_args!("{role} is named twice; name each role once")));
        }
        roles.push(role);
    }
    let comparison = Comparison::new(roles).ok_or_else(|| Failure::new("these roles cannot be compared"))?;
    publish::write(&args.page, &comparison, || compare::page(&comparison))
}

/// The heading for components of a kind.
pub(crate) fn components(kind: ComponentKind) -> String {
    match kind {
        ComponentKind::Responsibility => "Responsibilities".into(),
        ComponentKind::Task => "Tasks".into(),
        ComponentKind::Skill => "Skills".into(),
        ComponentKind::Knowledge => "Knowledge".into(),
        ComponentKind::Competency => "Competencies".into(),
        ComponentKind::Qualification => "Qualifications".into(),
        other => other.as_str().into(),
    }
}

/// What a distance means.
fn distances_mean() -> String {
    format!(
        "A distance is from 0 to 1, by where roles stand in the taxonomy and on the ladder. Up to {} they may stand for one \
         another ({}), up to {} somebody should look whether they may ({}).",
        Distance::TOLERANCE,
        Verdict::Confident.as_str(),
        Distance::BORDERLINE,
        Verdict::NeedsReview.as_str()
    )
}
