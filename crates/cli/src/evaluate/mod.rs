//! Evaluate: how often the answers agree with labels that the titles have already, and how honest their confidence is.
//!
//! | module | what it is for |
//! |---|---|
//! | `labels` | what labels mean, and whether an answer is right |
//! | `tally` → `figures` → `show` | counting; what it came to, which is also the JSON; tables and diagrams of that |

mod figures;
mod labels;
mod show;
mod tally;

use std::collections::{HashMap, HashSet};

use titlecanon::{Guide, Normalizer, Resolution, Taxonomy};

use crate::args::EvaluateArgs;
use crate::evaluate::figures::{Edition, Figures};
use crate::evaluate::labels::{Groups, LevelLabels};
use crate::evaluate::tally::{
    DEEPEST, LabelTally, RankTally, SocTally, UnresolvedTally, Verdicts, external_ids, soc_titles,
};
use crate::failure::{Failure, Result};
use crate::publish;
use crate::records::{Column, Record, Records};
use crate::soc;

/// Runs `evaluate`.
pub(crate) fn run(args: &EvaluateArgs, normalizer: Normalizer<'_>) -> Result<()> {
    let evaluation = Evaluation::new(args, normalizer.taxonomy())?;
    let guide = args.guide.then(|| Guide::new(Taxonomy::builtin(), normalizer.taxonomy()));
    let figures = match &guide {
        Some(guide) => evaluation.figures(args, normalizer.with_guide(guide))?,
        None => evaluation.figures(args, normalizer)?,
    };
    publish::write(&args.page, &figures, || show::page(&figures))
}

/// A row, as far as it is of interest.
struct Row {
    line: u64,
    title: String,
    weight: f64,
    soc: Option<Vec<u32>>,
    level: Option<String>,
    group: Option<String>,
    id: Option<String>,
}

/// What is read and counted.
struct Evaluation<'t> {
    records: Records,
    weight: Option<Column>,
    soc: Option<(Column, HashMap<u32, &'t str>, SocTally)>,
    level: Option<(Column, LevelLabels, LabelTally)>,
    group: Option<(Column, Groups, LabelTally)>,
    id: Option<(Column, HashSet<&'t str>, RankTally)>,
}

impl<'t> Evaluation<'t> {
    /// Opens the input and reads the tables that explain it.
    fn new(args: &EvaluateArgs, taxonomy: &'t Taxonomy) -> Result<Evaluation<'t>> {
        let records = Records::open(&args.file, args.input_format, &args.title)?;
        let column = |name: &Option<String>| name.as_deref().map(|name| records.column(name)).transpose();
        let (weight, soc, level, group) =
            (column(&args.weight)?, column(&args.soc)?, column(&args.level)?, column(&args.group)?);
        let soc = match soc {
            Some(column) => {
                let titles = soc_titles(taxonomy);
                if titles.is_empty() {
                    let name = taxonomy.name();
                    let message = "has no SOC codes, so there is nothing to compare with; leave out --soc";
                    return Err(Failure::new(format_args!("the taxonomy {name} {message}")));
                }
                Some((column, titles, SocTally::default()))
            }
            None => None,
        };
        let level = match level {
            Some(column) => {
                let labels = args.levels.as_deref().map_or(Ok(LevelLabels::Codes), LevelLabels::read)?;
                Some((column, labels, LabelTally::default()))
            }
            None => None,
        };
        let group = match group.zip(args.groups.as_deref()) {
            Some((column, path)) => Some((column, Groups::read(path, taxonomy)?, LabelTally::default())),
            None => None,
        };
        let id = match column(&args.id)? {
            Some(column) => {
                let ids = external_ids(taxonomy);
                if ids.is_empty() {
                    let name = taxonomy.name();
                    let message = "has no external ids, so there is nothing to compare with; leave out --id";
                    return Err(Failure::new(format_args!("the taxonomy {name} {message}")));
                }
                Some((column, ids, RankTally::default()))
            }
            None => None,
        };
        Ok(Evaluation { records, weight, soc, level, group, id })
    }

    /// Reads, answers and counts all rows.
    fn figures(mut self, args: &EvaluateArgs, normalizer: Normalizer<'_>) -> Result<Figures> {
        let mut verdicts = Verdicts::default();
        let mut unresolved = UnresolvedTally::default();
        while let Some(rows) = self.next_rows()? {
            let titles: Vec<&str> = rows.iter().map(|row| row.title.as_str()).collect();
            for (row, answer) in rows.iter().zip(normalizer.normalize_batch(&titles)) {
                verdicts.add(answer.verdict(), row.weight);
                if answer.best().is_none() {
                    unresolved.add(&row.title, row.weight);
                }
                self.count(row, &answer, normalizer)?;
            }
        }
        if verdicts.rows() == 0 {
            return Err(self.records.no_rows());
        }
        let name = self.records.name();
        let some = |rows: u64, column: &Option<String>| match (rows, column) {
            (0, Some(column)) => Err(Failure::new(format_args!("{name}: no row has anything in \"{column}\""))),
            _ => Ok(()),
        };
        if let Some((.., tally)) = &self.soc {
            some(tally.rows(), &args.soc)?;
        }
        if let Some((.., tally)) = &self.level {
            some(tally.rows(), &args.level)?;
        }
        if let Some((.., tally)) = &self.group {
            some(tally.rows(), &args.group)?;
        }
        if let Some((.., tally)) = &self.id {
            some(tally.rows(), &args.id)?;
        }
        let taxonomy = normalizer.taxonomy();
        let (unresolved, unresolved_others) = unresolved.figures();
        Ok(Figures {
            file: args.file.file_name().map_or_else(|| name.into(), |name| name.to_string_lossy().into_owned()),
            taxonomy: Edition { name: taxonomy.name().into(), version: taxonomy.version().into() },
            coverage: verdicts.figures(),
            soc: self.soc.map(|(_, titles, tally)| tally.figures(&titles)),
            level: self.level.map(|(_, labels, tally)| tally.figures(&labels.order())),
            group: self.group.map(|(_, labels, tally)| tally.figures(&labels.order())),
            id: self.id.map(|(.., tally)| tally.figures()),
            unresolved_others,
            unresolved,
        })
    }

    /// The rows of the next block; `None` at the end.
    fn next_rows(&mut self) -> Result<Option<Vec<Row>>> {
        let Evaluation { records, weight, soc, level, group, id } = self;
        let (soc, level, group, id) = (
            soc.as_ref().map(|&(column, ..)| column),
            level.as_ref().map(|&(column, ..)| column),
            group.as_ref().map(|&(column, ..)| column),
            id.as_ref().map(|&(column, ..)| column),
        );
        records.next_block(|record| {
            let weight = weight.map_or(Ok(1.0), |column| read_weight(record, column))?;
            let soc = label(record, soc)?;
            let soc = soc.map(|text| soc::codes(&text).map_err(|problem| record.failure(problem))).transpose()?;
            let (level, group, id) = (label(record, level)?, label(record, group)?, label(record, id)?);
            Ok(Row { line: record.line, title: record.key.clone().into_owned(), weight, soc, level, group, id })
        })
    }

    /// Counts a row and its answer.
    fn count(&mut self, row: &Row, answer: &Resolution<'_>, normalizer: Normalizer<'_>) -> Result<()> {
        let name = self.records.name();
        let failure = |problem: String| Failure::at(name, row.line, problem);
        let (verdict, best, weight) = (answer.verdict(), answer.best(), row.weight);
        if let Some((_, titles, tally)) = &mut self.soc {
            match &row.soc {
                Some(codes) => tally.add(codes, answer, weight, titles),
                None => tally.skip(),
            }
        }
        if let Some((_, labels, tally)) = &mut self.level {
            match &row.level {
                Some(label) => {
                    let judgement = labels.judge(label, answer.level()).map_err(failure)?;
                    tally.add(label, &judgement, verdict, answer.level_confidence(), weight);
                }
                None => tally.skip(),
            }
        }
        if let Some((_, labels, tally)) = &mut self.group {
            match &row.group {
                Some(label) => {
                    let judgement = labels.judge(label, best).map_err(failure)?;
                    tally.add(label, &judgement, verdict, best.map(|best| best.function_confidence()), weight);
                }
                None => tally.skip(),
            }
        }
        if let Some((_, ids, tally)) = &mut self.id {
            match &row.id {
                Some(labels) => tally.add(labels, &normalizer.candidates(&row.title, DEEPEST), weight, ids),
                None => tally.skip(),
            }
        }
        Ok(())
    }
}

/// What a column holds, if it is anything.
fn label(record: &Record<'_>, column: Option<Column>) -> Result<Option<String>> {
    let text = column.map(|column| record.get(column)).transpose()?;
    Ok(text.filter(|text| !text.is_empty()).map(|text| text.into_owned()))
}

fn read_weight(record: &Record<'_>, column: Column) -> Result<f64> {
    let text = record.get(column)?;
    let weight: Option<f64> = text.parse().ok().filter(|weight: &f64| weight.is_finite() && *weight >= 0.0);
    weight.ok_or_else(|| record.failure(format_args!("\"{text}\" is no weight; one is a number from 0")))
}
