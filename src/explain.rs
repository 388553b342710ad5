//! Explanations: an answer's trail as lines that a person reads.

use core::fmt;

use crate::answer::{Evidence, EvidenceKind, Resolution};

/// An answer with its title, ready to be shown: verdict, role, how each word was read, and the other candidates.
#[derive(Clone, Copy, Debug)]
pub struct Explanation<'t, 'a> {
    title: &'a str,
    resolution: Resolution<'t>,
}

impl<'t, 'a> Explanation<'t, 'a> {
    pub(crate) fn new(title: &'a str, resolution: Resolution<'t>) -> Explanation<'t, 'a> {
        Explanation { title, resolution }
    }

    /// The title that was resolved.
    pub fn title(&self) -> &'a str {
        self.title
    }

    /// The answer.
    pub fn resolution(&self) -> Resolution<'t> {
        self.resolution
    }

    fn step(&self, f: &mut fmt::Formatter<'_>, evidence: &Evidence<'_>) -> fmt::Result {
        let raw = self.title.get(evidence.range()).unwrap_or_default();
        write!(f, "  {:<15}", evidence.kind().as_str())?;
        match evidence.kind() {
            EvidenceKind::Truncated => return writeln!(f, "only the first {} bytes were read", evidence.range().end),
            EvidenceKind::Rest => write!(f, "\"{}\"", raw.escape_debug())?,
            EvidenceKind::Qualifier => {
                let kind = evidence.qualifier_kind().map_or("", |kind| kind.as_str());
                write!(f, "\"{}\" ({kind})", raw.escape_debug())?;
            }
            EvidenceKind::PinnedLevel => write!(f, "{}, fixed by the alias", evidence.text())?,
            EvidenceKind::DefaultLevel => write!(f, "{}, as nothing speaks of level", evidence.text())?,
            EvidenceKind::Blocked => {
                let source = evidence.source().unwrap_or_default();
                write!(f, "\"{}\" is no job: \"{}\" of {source}", raw.escape_debug(), evidence.text())?;
            }
            EvidenceKind::OnlyLevel => write!(f, "{}, as the function has no ladder", evidence.text())?,
            _ => write!(f, "\"{}\" read as \"{}\"", raw.escape_debug(), evidence.text())?,
        }
        match evidence.confidence() {
            Some(confidence) => writeln!(f, ", {confidence}"),
            None => writeln!(f),
        }
    }
}

impl fmt::Display for Explanation<'_, '_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "\"{}\": {}", self.title.escape_debug(), self.resolution.verdict())?;
        if let Some(best) = self.resolution.best() {
            let role = best.role();
            writeln!(f, "{}  {}", role.code(), role.title())?;
            writeln!(
                f,
                "confidence {} ({}) = function {} x level {}, {} match",
                best.confidence(),
                best.band(),
                best.function_confidence(),
                best.level_confidence(),
                best.method()
            )?;
        }
        for evidence in self.resolution.evidence() {
            self.step(f, &evidence)?;
        }
        for (nth, candidate) in self.resolution.candidates().enumerate().skip(1) {
            if nth == 1 {
                writeln!(f, "or")?;
            }
            let role = candidate.role();
            writeln!(f, "  {:<15}{}  {}", role.code(), role.title(), candidate.confidence())?;
        }
        Ok(())
    }
}
