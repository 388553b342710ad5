//! The functions against the library's own answers, and inside queries.

mod answers;
mod errors;
mod queries;
#[path = "../../benches/table.rs"]
mod report;
mod taxonomies;

use std::sync::Arc;

use arrow::array::{ArrayRef, AsArray, RecordBatch};
use arrow::compute::concat_batches;
use arrow::datatypes::{DataType, Float64Type};
use arrow::util::pretty::pretty_format_batches;
use datafusion::error::Result;
use datafusion::prelude::SessionContext;

#[test]
fn the_readme_has_the_figures_of_the_report() {
    let report = serde_json::from_str(include_str!("../../../reports/datafusion.json")).unwrap();
    let figures = report::markdown(&report);
    assert!(include_str!("../../README.md").contains(&figures), "put these in:\n{figures}");
}

/// The rows of a query, in one batch.
pub(crate) async fn rows(ctx: &SessionContext, sql: &str) -> Result<RecordBatch> {
    let frame = ctx.sql(sql).await?;
    let schema = Arc::clone(frame.schema().inner());
    Ok(concat_batches(&schema, &frame.collect().await?)?)
}

/// The rows of a query as a table of text.
pub(crate) async fn table(ctx: &SessionContext, sql: &str) -> String {
    let rows = rows(ctx, sql).await.unwrap_or_else(|error| panic!("{sql}: {error}"));
    pretty_format_batches(&[rows]).unwrap().to_string()
}

/// A context with the embedded taxonomy, and a table `jobs` with one column `title`.
pub(crate) fn jobs(titles: ArrayRef) -> SessionContext {
    let ctx = SessionContext::new();
    titlecanon_datafusion::register_builtin(&ctx);
    ctx.register_batch("jobs", RecordBatch::try_from_iter_with_nullable([("title", titles, true)]).unwrap()).unwrap();
    ctx
}

/// A column of texts.
pub(crate) fn texts(of: &ArrayRef) -> Vec<Option<&str>> {
    match of.data_type() {
        DataType::Utf8 => of.as_string::<i32>().iter().collect(),
        _ => of.as_string_view().iter().collect(),
    }
}

/// A column of numbers.
pub(crate) fn numbers(of: &ArrayRef) -> Vec<Option<f64>> {
    of.as_primitive::<Float64Type>().iter().collect()
}
