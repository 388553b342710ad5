//! Session: a taxonomy and what is asked of it, in texts and JSON.
//!
//! Must not know how it is called.

use std::fmt::Display;

use serde::Serialize;
use titlecanon::{Band, Comparison, Confidence, Normalizer, Resolution, Role, RoleCode, Taxonomy};

/// A taxonomy, once there is one, and the settings it answers with.
#[derive(Debug, Default)]
pub struct Session {
    taxonomy: Option<Taxonomy>,
    /// As many as usual where nothing is said.
    candidates: Option<usize>,
    exact: bool,
}

/// What a page needs to show an answer. `answer` has the fields that answers have everywhere.
#[derive(Serialize)]
struct Answer<'t> {
    answer: Resolution<'t>,
    confidence: Option<Sure>,
    function_confidence: Option<Sure>,
    level_confidence: Option<Sure>,
    level_name: Option<&'t str>,
    /// What is beside the best.
    others: Vec<Other>,
    set_aside: Vec<SetAside<'t>>,
    explanation: String,
}

/// A confidence as people are shown it.
#[derive(Serialize)]
struct Sure {
    shown: String,
    band: Band,
}

#[derive(Serialize)]
struct Other {
    code: RoleCode,
    role: String,
    confidence: Sure,
}

/// A part of the title that is neither job nor level.
#[derive(Serialize)]
struct SetAside<'t> {
    kind: &'static str,
    text: &'t str,
}

/// Why there is no answer.
#[derive(Serialize)]
struct Refusal {
    error: String,
}

impl Session {
    /// Answers from a compiled taxonomy from now on.
    ///
    /// # Errors
    ///
    /// The bytes are refused, for this reason; what answered before still does.
    pub fn load(&mut self, bytes: Vec<u8>) -> Result<(), String> {
        self.taxonomy = Some(Taxonomy::from_bytes(bytes).map_err(|error| error.to_string())?);
        Ok(())
    }

    /// Sets how many candidates an answer to be reviewed has at most (0: as many as usual), and whether misspelt words are corrected.
    pub fn set(&mut self, candidates: usize, fuzzy: bool) {
        self.candidates = Some(candidates).filter(|&count| count > 0);
        self.exact = !fuzzy;
    }

    /// The answer to a title, as JSON.
    ///
    /// | field | value |
    /// |---|---|
    /// | `answer` | the answer with the fields that it has everywhere (those of `Resolution`) |
    /// | `confidence`, `function_confidence`, `level_confidence` | how each is `shown` and its `band`; or null |
    /// | `level_name` | what the level is called; or null |
    /// | `others` | the candidates beside the best, each with `code`, `role` and `confidence` (as above) |
    /// | `set_aside` | what of the title is neither job nor level, each with `kind` and `text` |
    /// | `explanation` | how the title was read, in words |
    ///
    /// Without a taxonomy it is an object with one field, `error`.
    pub fn resolve(&self, title: &str) -> String {
        let Some(taxonomy) = &self.taxonomy else { return refusal(NO_TAXONOMY) };
        let normalizer = Normalizer::with_taxonomy(taxonomy).with_fuzzy(!self.exact);
        let normalizer = self.candidates.map_or(normalizer, |count| normalizer.with_candidates(count));
        let explanation = normalizer.explain(title);
        let answer = explanation.resolution();
        let best = answer.best();
        let record = match best {
            Some(best) => best.role().level_record(),
            None => answer.level().and_then(|level| taxonomy.level(level)),
        };
        let others = answer.candidates().skip(1).map(|other| {
            let role = other.role();
            Other { code: role.code(), role: role.title(), confidence: sure(other.confidence()) }
        });
        let set_aside = answer.qualifiers().map(|qualifier| SetAside {
            kind: qualifier.kind().as_str(),
            text: title.get(qualifier.range()).unwrap_or_default(),
        });
        json(&Answer {
            answer,
            confidence: best.map(|best| sure(best.confidence())),
            function_confidence: best.map(|best| sure(best.function_confidence())),
            level_confidence: answer.level_confidence().map(sure),
            level_name: record.map(|record| record.name()),
            others: others.collect(),
            set_aside: set_aside.collect(),
            explanation: explanation.to_string(),
        })
    }

    /// Roles side by side, as JSON: the fields of [`Comparison`]. `codes` are two to four, with commas between. Where they are not, or
    /// one is no role's, it is an object with one field, `error`, which says so.
    pub fn compare(&self, codes: &str) -> String {
        let Some(taxonomy) = &self.taxonomy else { return refusal(NO_TAXONOMY) };
        let codes = codes.split(',').map(str::trim).filter(|code| !code.is_empty());
        // One more than can be compared is enough to see that they are too many.
        let roles: Result<Vec<Role<'_>>, String> =
            codes.take(Comparison::MOST + 1).map(|code| role(taxonomy, code)).collect();
        match roles.map(Comparison::new) {
            Ok(Some(comparison)) => json(&comparison),
            Ok(None) => refusal(format_args!("say two to {} roles", Comparison::MOST)),
            Err(why) => refusal(why),
        }
    }
}

const NO_TAXONOMY: &str = "no taxonomy is loaded";

/// The role with a code, in whatever case it is written.
fn role<'t>(taxonomy: &'t Taxonomy, code: &str) -> Result<Role<'t>, String> {
    // So much of a code is shown that is none.
    let shown: String = code.chars().take(40).collect();
    let code: RoleCode = code.to_ascii_uppercase().parse().map_err(|error| format!("\"{shown}\": {error}"))?;
    taxonomy.role(code).ok_or_else(|| format!("this taxonomy has no role {code}"))
}

fn sure(confidence: Confidence) -> Sure {
    Sure { shown: confidence.to_string(), band: confidence.band() }
}

fn refusal(why: impl Display) -> String {
    json(&Refusal { error: why.to_string() })
}

fn json(value: &impl Serialize) -> String {
    // None of these has a key that is no text, nor a number that JSON lacks, which is all that can go wrong.
    serde_json::to_string(value).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use serde_json::Value;
    use titlecanon::Normalizer;

    use super::*;

    fn session() -> Session {
        let mut session = Session::default();
        session.load(Taxonomy::builtin().to_bytes()).unwrap();
        session
    }

    fn parsed(text: &str) -> Value {
        serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
    }

    #[test]
    fn titles_are_answered_as_by_the_library() {
        let session = session();
        for title in [
            "Sr. Technical Support Engineer (Remote)",
            "Analyst",
            "VP of Sales, EMEA",
            "asdf",
            "Intern",
            "",
            "\0<b>&\u{fffd}",
        ] {
            let answer = parsed(&session.resolve(title));
            let expected = Normalizer::builtin().normalize(title);
            assert_eq!(answer["answer"], serde_json::to_value(expected).unwrap(), "{title}");
            assert_eq!(answer["explanation"], Normalizer::builtin().explain(title).to_string());
            let shown = expected.best().map(|best| best.confidence().to_string());
            assert_eq!(answer["confidence"]["shown"].as_str(), shown.as_deref());
            assert_eq!(answer["others"].as_array().unwrap().len(), expected.candidates().skip(1).count());
        }
        let answer = parsed(&session.resolve("Sr. Technical Support Engineer (Remote)"));
        assert_eq!(answer["level_name"], "Senior Professional");
        assert_eq!(answer["set_aside"], serde_json::json!([{"kind": "remote", "text": "Remote"}]));
        assert_eq!(answer["level_confidence"], serde_json::json!({"shown": "0.80", "band": "high"}));
        assert_eq!(parsed(&session.resolve("Intern"))["level_name"], "Entry-Level Professional");
    }

    #[test]
    fn settings_are_those_of_the_library() {
        let mut session = session();
        for (count, others) in [(2, 1), (0, 4), (usize::MAX, titlecanon::MAX_CANDIDATES - 1)] {
            session.set(count, false);
            let answer = parsed(&session.resolve("Analyst"));
            assert!(answer["others"].as_array().unwrap().len() <= others, "{answer}");
            assert_eq!(parsed(&session.resolve("Elecrician"))["answer"]["verdict"], "no_match");
        }
        session.set(2, true);
        assert_eq!(parsed(&session.resolve("Analyst"))["others"].as_array().unwrap().len(), 1);
        assert_ne!(parsed(&session.resolve("Elecrician"))["answer"]["verdict"], "no_match");
    }

    #[test]
    fn roles_are_compared_and_what_is_no_role_is_told() {
        let session = session();
        let taxonomy = Taxonomy::builtin();
        let roles = ["TSE.GEN.P3", "TSE.GEN.P4"].map(|code| taxonomy.role(code.parse().unwrap()).unwrap());
        let expected = serde_json::to_value(Comparison::new(roles).unwrap()).unwrap();
        assert_eq!(parsed(&session.compare(" TSE.GEN.P3,tse.gen.p4,")), expected);
        for (codes, why) in [
            ("", "two to 4"),
            ("TSE.GEN.P3", "two to 4"),
            ("TSE.GEN.P1,TSE.GEN.P2,TSE.GEN.P3,TSE.GEN.P4,TSE.GEN.P5", "two to 4"),
            ("TSE.GEN.P3,TSE.GEN.S1", "no role TSE.GEN.S1"),
            ("TSE.GEN.P3,<b>", "three parts"),
        ] {
            let answer = parsed(&session.compare(codes));
            assert!(answer["error"].as_str().unwrap().contains(why), "{answer}");
        }
        assert!(session.compare(&"é".repeat(100_000)).len() < 500);
    }

    #[test]
    fn bytes_that_are_no_taxonomy_are_refused_and_change_nothing() {
        let mut session = session();
        let mut bytes = Taxonomy::builtin().to_bytes();
        bytes.truncate(bytes.len() / 2);
        assert!(session.load(bytes).is_err());
        assert!(session.load(Vec::new()).is_err());
        assert!(session.resolve("Technical Support Engineer").contains("TSE.GEN.P3"));
    }
}
