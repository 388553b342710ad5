//! Maps a column of titles on a cluster: prints how many of each verdict there are and some answers, or writes all to Parquet.
//!
//! `cargo run --release --example query -- titles.csv title`, with a scheduler and executors running.

use std::path::PathBuf;
use std::time::Instant;

use clap::Parser;
use datafusion::dataframe::DataFrameWriteOptions;
use datafusion::error::Result;
use datafusion::prelude::{CsvReadOptions, ParquetReadOptions};
use titlecanon_ballista::command::{self, Failure, TaxonomyArgs};

/// Maps a column of titles on a cluster
#[derive(Debug, Parser)]
struct Args {
    /// A CSV or Parquet file, or a folder of Parquet files, at a path that is the same on every node
    input: PathBuf,
    /// The column with the titles
    column: String,
    /// A folder to write Parquet files to, at a path that is the same on every node
    #[arg(long, value_name = "DIR")]
    output: Option<String>,
    /// Where the scheduler listens
    #[arg(long, value_name = "URL", default_value = "df://127.0.0.1:50050")]
    scheduler: String,
    #[command(flatten)]
    taxonomy: TaxonomyArgs,
}

#[tokio::main]
async fn main() -> std::process::ExitCode {
    command::finish(run(&Args::parse()).await)
}

async fn run(args: &Args) -> Result<(), Failure> {
    let ctx = args.taxonomy.node()?.client(&args.scheduler).await?;
    let input = args.input.canonicalize().map_err(|error| format!("{}: {error}", args.input.display()))?;
    let path = input.to_str().ok_or("the input's path is not UTF-8")?;
    if path.ends_with(".csv") {
        ctx.register_csv("input", path, CsvReadOptions::default()).await?;
    } else {
        ctx.register_parquet("input", path, ParquetReadOptions::default()).await?;
    }
    let column = args.column.replace('"', "\"\"");
    let answers = format!("SELECT \"{column}\" AS title, normalize_title(\"{column}\") AS answer FROM input");
    let start = Instant::now();
    if let Some(output) = &args.output {
        let answers = ctx.sql(&answers).await?;
        let written = answers.write_parquet(output, DataFrameWriteOptions::new(), None).await?;
        datafusion::arrow::util::pretty::print_batches(&written)?;
    } else {
        let fields = "answer['code'] AS code, answer['verdict'] AS verdict, answer['confidence'] AS confidence";
        ctx.sql(&format!("SELECT title, {fields} FROM ({answers}) LIMIT 20")).await?.show().await?;
        let counts = "SELECT answer['verdict'] AS verdict, count(*) AS titles";
        ctx.sql(&format!("{counts} FROM ({answers}) GROUP BY 1 ORDER BY 2 DESC")).await?.show().await?;
    }
    println!("{:.1} s", start.elapsed().as_secs_f64());
    Ok(())
}
