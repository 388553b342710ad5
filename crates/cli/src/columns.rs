//! Columns: an answer as named values, in CSV and in JSON.
//!
//! The names and their order are the library's serde fields, and a contract. Must not know where rows come from.

use std::borrow::Cow;
use std::fmt::{Display, Write as _};
use std::io;

use titlecanon::{Resolution, Taxonomy, Verdict};

use crate::rows::{Members, quoted_list};

/// The fields of an answer; [`EXTERNAL_ID`] only from a taxonomy that has any.
const NAMES: [&str; 16] = [
    "verdict",
    "code",
    "role",
    "function",
    "focus",
    "level",
    "family",
    "soc",
    EXTERNAL_ID,
    "confidence",
    "function_confidence",
    "level_confidence",
    "band",
    "method",
    "qualifiers",
    "candidates",
];

/// The publisher's own id.
pub(crate) const EXTERNAL_ID: &str = "external_id";

/// What is no column of CSV and TSV.
pub(crate) const CANDIDATES: &str = "candidates";

/// What stands before the names of fields where the input has fields of these names.
const PREFIX: &str = "titlecanon_";

/// All verdicts.
const VERDICTS: [Verdict; 3] = [Verdict::Confident, Verdict::NeedsReview, Verdict::NoMatch];

/// The fields of the answers from a taxonomy, in order.
pub(crate) fn names(taxonomy: &Taxonomy) -> impl Iterator<Item = &'static str> + use<> {
    let external = taxonomy.has_external_ids();
    NAMES.into_iter().filter(move |name| external || *name != EXTERNAL_ID)
}

/// The same, called as they are beside columns of the input's own.
#[cfg(feature = "parquet")]
pub(crate) fn free_names(taxonomy: &Taxonomy, taken: impl Fn(&str) -> bool) -> impl Iterator<Item = Cow<'static, str>> {
    names(taxonomy).map(move |name| free_name(name, &taken))
}

/// The columns of the answers from a taxonomy: all fields but `candidates`.
fn cells(taxonomy: &Taxonomy) -> impl Iterator<Item = &'static str> + use<> {
    names(taxonomy).filter(|name| *name != CANDIDATES)
}

/// `name` as it is called beside fields of the input's own.
fn free_name(name: &'static str, taken: &impl Fn(&str) -> bool) -> Cow<'static, str> {
    let mut name = Cow::Borrowed(name);
    while taken(&name) {
        name = format!("{PREFIX}{name}").into();
    }
    name
}

/// What the answer's column `name` is called in an output of `map`: the longest name that is there.
pub(crate) fn given_name(name: &str, has: impl Fn(&str) -> bool) -> String {
    let mut name = name.to_owned();
    while has(&format!("{PREFIX}{name}")) {
        name.insert_str(0, PREFIX);
    }
    name
}

/// The verdict of that name, in what should be an output of `map`.
pub(crate) fn verdict(text: &str) -> Result<Verdict, String> {
    VERDICTS.into_iter().find(|verdict| verdict.as_str() == text).ok_or_else(|| {
        let names = quoted_list(&VERDICTS.map(Verdict::as_str));
        format!("\"{text}\" is no verdict; one is {names}. Is this an output of map?")
    })
}

/// The header of an answer's cells.
pub(crate) fn header(taxonomy: &Taxonomy, taken: impl Fn(&str) -> bool) -> impl Iterator<Item = Cow<'static, str>> {
    cells(taxonomy).map(move |name| free_name(name, &taken))
}

/// Writes an answer's cells, each empty where there is nothing to say. `scratch` is used for texts in the making.
pub(crate) fn write_cells<W: io::Write>(
    answer: &Resolution<'_>,
    writer: &mut csv::Writer<W>,
    scratch: &mut String,
) -> csv::Result<()> {
    let mut show = |writer: &mut csv::Writer<W>, value: &dyn Display| {
        scratch.clear();
        // A string takes whatever is written to it.
        let _ = write!(scratch, "{value}");
        writer.write_field(&*scratch)
    };
    writer.write_field(answer.verdict().as_str())?;
    if let Some(best) = answer.best() {
        let role = best.role();
        show(writer, &role.code())?;
        writer.write_field(role.title())?;
        writer.write_field(best.function().name())?;
        writer.write_field(best.focus().name())?;
        writer.write_field(best.level().as_str())?;
        writer.write_field(best.family().name())?;
        match role.soc().next() {
            Some(mapping) => show(writer, &mapping.code())?,
            None => writer.write_field("")?,
        }
        if answer.taxonomy().has_external_ids() {
            writer.write_field(role.external_id().unwrap_or_default())?;
        }
        show(writer, &best.confidence().value())?;
        show(writer, &best.function_confidence().value())?;
        show(writer, &best.level_confidence().value())?;
        writer.write_field(best.band().as_str())?;
        writer.write_field(best.method().as_str())?;
    } else {
        // All but the verdict before these and the qualifiers behind them.
        for name in cells(answer.taxonomy()).filter(|name| !["verdict", "qualifiers"].contains(name)) {
            match (name, answer.level(), answer.level_confidence()) {
                ("level", Some(level), _) => writer.write_field(level.as_str())?,
                ("level_confidence", _, Some(confidence)) => show(writer, &confidence.value())?,
                _ => writer.write_field("")?,
            }
        }
    }
    scratch.clear();
    for qualifier in answer.qualifiers() {
        let kind = qualifier.kind().as_str();
        if scratch.split(';').all(|seen| seen != kind) {
            scratch.extend([if scratch.is_empty() { "" } else { ";" }, kind]);
        }
    }
    writer.write_field(&*scratch)
}

/// Writes an answer's fields at the end of a JSON object that has some already and is not yet closed, and closes it.
pub(crate) fn write_members(answer: &Resolution<'_>, out: &mut Vec<u8>, taken: impl Fn(&str) -> bool) {
    let start = out.len();
    // Neither an answer nor a `Vec` refuses.
    let _ = serde_json::to_writer(&mut *out, answer);
    if names(answer.taxonomy()).any(&taken) {
        let written = out.split_off(start);
        let members: Members<'_> = serde_json::from_slice(&written).unwrap_or(Members(Vec::new()));
        for (name, (_, value)) in names(answer.taxonomy()).zip(members.0) {
            out.push(b',');
            let _ = serde_json::to_writer(&mut *out, &free_name(name, &taken));
            out.push(b':');
            out.extend_from_slice(value.get().as_bytes());
        }
        out.push(b'}');
    } else if let Some(brace) = out.get_mut(start) {
        *brace = b',';
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_the_librarys() {
        for title in ["Sr. Technical Support Engineer (Remote)", "asdf"] {
            let json = serde_json::to_string(&titlecanon::normalize_title(title)).unwrap();
            let members: Members<'_> = serde_json::from_str(&json).unwrap();
            assert!(members.0.iter().map(|(name, _)| name.as_ref()).eq(names(Taxonomy::builtin())));
        }
    }

    #[test]
    fn every_clash_is_avoided() {
        let taken = |name: &str| matches!(name, "code" | "titlecanon_code" | "soc");
        let header: Vec<_> = header(Taxonomy::builtin(), taken).collect();
        assert_eq!(header[1], "titlecanon_titlecanon_code");
        assert_eq!(header[7], "titlecanon_soc");
        assert_eq!(header[0], "verdict");

        let answer = titlecanon::normalize_title("Sr. Technical Support Engineer");
        let mut out = br#"{"code":1"#.to_vec();
        write_members(&answer, &mut out, taken);
        let value: serde_json::Value = serde_json::from_slice(&out).unwrap();
        assert_eq!(value["titlecanon_titlecanon_code"], "TSE.GEN.P4");
        assert_eq!((&value["code"], &value["confidence"]), (&1.into(), &0.8.into()));
    }
}
