//! Runs a query over a Parquet or CSV file with a column of titles; without arguments over a small file that it writes first.
//!
//! ```text
//! cargo run --release --manifest-path integrations/Cargo.toml --example sql
//! cargo run --release --manifest-path integrations/Cargo.toml --example sql -- FILE "SELECT role_code(title) FROM jobs"
//! ```

use std::error::Error;
use std::path::Path;

use datafusion::prelude::{CsvReadOptions, DataFrame, ParquetReadOptions, SessionContext};

const TITLES: &str = "\
title,city
Sr. Technical Support Engineer (Remote),Austin
Technical Support Engineer III - Night Shift,Boise
\"Engineer, Technical Support\",Boise
Registered Nurse - ICU,Tampa
RN,Tampa
VP of Sales,Austin
Analyst,Austin
asdf,Boise
";

const QUERIES: [&str; 3] = [
    "SELECT title, role_code(title) AS code, title_confidence(title) AS confidence FROM jobs",
    "SELECT normalize_title(title)['family'] AS family, count(*) AS jobs FROM jobs GROUP BY 1 ORDER BY 2 DESC, 1",
    "SELECT city, title, normalize_title(title)['role'] AS role FROM jobs \
     WHERE normalize_title(title)['verdict'] = 'needs_review'",
];

async fn read(ctx: &SessionContext, path: &str) -> datafusion::error::Result<DataFrame> {
    match Path::new(path).extension().is_some_and(|extension| extension == "parquet") {
        true => ctx.read_parquet(path, ParquetReadOptions::default()).await,
        false => ctx.read_csv(path, CsvReadOptions::default()).await,
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let ctx = SessionContext::new();
    titlecanon_datafusion::register_builtin(&ctx);
    let args: Vec<String> = std::env::args().skip(1).collect();
    let dir = tempfile::tempdir()?;
    let (file, queries) = match args.as_slice() {
        [] => {
            let csv = dir.path().join("titles.csv");
            std::fs::write(&csv, TITLES)?;
            let file = dir.path().join("titles.parquet").to_string_lossy().into_owned();
            read(&ctx, &csv.to_string_lossy()).await?.write_parquet(&file, Default::default(), None).await?;
            (file, QUERIES.map(String::from).to_vec())
        }
        [file, queries @ ..] if !queries.is_empty() => (file.clone(), queries.to_vec()),
        _ => {
            eprintln!("give a .parquet or .csv file and one or more queries over the table jobs, each in quotes");
            std::process::exit(2);
        }
    };
    ctx.register_table("jobs", read(&ctx, &file).await?.into_view())?;
    for query in &queries {
        println!("{query}");
        ctx.sql(query).await?.show().await?;
    }
    Ok(())
}
