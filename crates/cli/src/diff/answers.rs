//! Answers: titles with the least that can be compared of their answers, from a taxonomy or from an output of `map`.
//!
//! Must not know what they are compared to.

use std::path::Path;

use titlecanon::{Normalizer, RoleCode};

use crate::args::InputFormat;
use crate::columns;
use crate::failure::Result;
use crate::records::{Column, Record, Records};

/// What can be compared of an answer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Answer {
    /// The verdict's name.
    pub(crate) verdict: &'static str,
    /// The code, if there is any.
    pub(crate) code: Option<RoleCode>,
    /// How sure the role is, if there is one.
    pub(crate) confidence: Option<f64>,
}

/// Titles with their answers, in order.
#[derive(Debug, Default)]
pub(crate) struct Answers {
    /// The titles.
    pub(crate) titles: Vec<String>,
    /// As many answers.
    pub(crate) answers: Vec<Answer>,
}

/// The titles in a file.
pub(crate) fn titles(path: &Path, format: Option<InputFormat>, column: &str) -> Result<Vec<String>> {
    let mut titles = Vec::new();
    Records::open(path, format, column)?.for_each(|record| {
        titles.push(record.key.clone().into_owned());
        Ok(())
    })?;
    Ok(titles)
}

/// What a taxonomy answers.
pub(crate) fn resolve(titles: &[String], normalizer: Normalizer<'_>) -> Vec<Answer> {
    // Whole answers are large, so there are never many at once.
    let answers = titles.chunks(4096).flat_map(|titles| normalizer.normalize_batch(titles));
    answers
        .map(|answer| Answer {
            verdict: answer.verdict().as_str(),
            code: answer.code(),
            confidence: answer.best().map(|best| best.confidence().value()),
        })
        .collect()
}

/// Reads an output of `map`.
pub(crate) fn read(path: &Path, format: Option<InputFormat>, column: &str) -> Result<Answers> {
    let records = Records::open(path, format, column)?;
    let find = |name: &str| records.column(&columns::given_name(name, |name| records.has(name)));
    let (verdict, code, confidence) = (find("verdict")?, find("code")?, find("confidence")?);
    let mut out = Answers::default();
    records.for_each(|record| {
        out.titles.push(record.key.clone().into_owned());
        out.answers.push(answer(record, verdict, code, confidence)?);
        Ok(())
    })?;
    Ok(out)
}

fn answer(record: &Record<'_>, verdict: Column, code: Column, confidence: Column) -> Result<Answer> {
    let text = record.get(verdict)?;
    let verdict = columns::verdict(&text).map_err(|problem| record.failure(problem))?.as_str();
    let text = record.get(code)?;
    let code = (!text.is_empty()).then(|| text.parse::<RoleCode>()).transpose();
    let code = code.map_err(|problem| record.failure(format_args!("\"{text}\" is no role code: {problem}")))?;
    let text = record.get(confidence)?;
    let confidence = (!text.is_empty()).then(|| text.parse::<f64>().ok().filter(|value| (0.0..=1.0).contains(value)));
    match confidence {
        Some(None) => Err(record.failure(format_args!("\"{text}\" is no confidence; one is a number from 0 to 1"))),
        confidence => Ok(Answer { verdict, code, confidence: confidence.flatten() }),
    }
}
