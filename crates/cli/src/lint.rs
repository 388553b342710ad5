//! Lint: what is to be found in the sources of a taxonomy, as lines or as JSON.
//!
//! Must not know what is looked for.

use std::fmt::Write as _;
use std::path::Path;

use serde::Serialize;
use titlecanon::Finding;

use crate::args::{LintArgs, ReportFormat};
use crate::failure::{Failure, Result};
use crate::rows::plural;
use crate::sink::Sink;
use crate::taxonomy;

/// A finding in JSON; the names are a contract.
#[derive(Serialize)]
struct Record<'a> {
    file: &'a str,
    line: usize,
    severity: &'a str,
    code: &'a str,
    message: &'a str,
    advice: &'a str,
}

/// Runs `lint`.
pub(crate) fn run(args: &LintArgs) -> Result<()> {
    taxonomy::is_folder(&args.dir)?;
    let findings = titlecanon::lint_dir(&args.dir).map_err(|error| taxonomy::failure(&args.dir, &error))?;
    let text = match args.format {
        ReportFormat::Text => text(&args.dir, &findings),
        ReportFormat::Json => {
            let records: Vec<Record<'_>> = findings.iter().map(record).collect();
            serde_json::to_string_pretty(&records).map_err(Failure::new)? + "\n"
        }
    };
    Sink::stdout().write(text.as_bytes())?;
    if findings.is_empty() { Ok(()) } else { Err(Failure::Found) }
}

fn record(finding: &Finding) -> Record<'_> {
    Record {
        file: finding.file(),
        line: finding.line(),
        severity: finding.severity().as_str(),
        code: finding.code(),
        message: finding.message(),
        advice: finding.advice(),
    }
}

fn text(dir: &Path, findings: &[Finding]) -> String {
    let mut out = String::new();
    for finding in findings {
        // A string takes whatever is written to it.
        let _ = write!(out, "{}", dir.join(finding.file()).display());
        if finding.line() > 0 {
            let _ = write!(out, ":{}", finding.line());
        }
        let _ = write!(out, ": {} [{}]: {}", finding.severity().as_str(), finding.code(), finding.message());
        let _ = writeln!(out, "{}{}", if finding.advice().is_empty() { "" } else { "; " }, finding.advice());
    }
    let _ = writeln!(out, "{}: {}", dir.display(), plural(findings.len(), "finding"));
    out
}
