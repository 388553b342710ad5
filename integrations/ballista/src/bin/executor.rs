//! An executor of a cluster with the functions: asks the scheduler for tasks, and runs them.

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use ballista_executor::executor_process::{ExecutorProcessConfig, start_executor_process};
use clap::Parser;
use titlecanon_ballista::command::{self, Failure, TaxonomyArgs};

/// How long an executor that was asked to stop may take to tell the scheduler so. It does not finish its tasks: the scheduler
/// has them done again anyway, because their results go with the executor.
const FAREWELL: Duration = Duration::from_secs(2);

/// Executor of an Apache Ballista cluster with titlecanon's functions
#[derive(Debug, Parser)]
#[command(name = "titlecanon-executor", version)]
struct Args {
    /// The scheduler's host
    #[arg(long, value_name = "HOST", default_value = "127.0.0.1")]
    scheduler_host: String,
    /// The scheduler's port
    #[arg(long, value_name = "PORT", default_value_t = 50050)]
    scheduler_port: u16,
    /// How long to wait for the scheduler to be there
    #[arg(long, value_name = "SECONDS", default_value_t = 60)]
    wait: u64,
    /// Address to listen on, for those who fetch results; 0.0.0.0 for all
    #[arg(long, default_value = "127.0.0.1")]
    host: String,
    /// Port to listen on; 0 for any that is free
    #[arg(long, default_value_t = 50051)]
    port: u16,
    /// The name by which clients and other executors reach this one, if not by HOST, or by where the scheduler sees it
    #[arg(long, value_name = "HOST")]
    external_host: Option<String>,
    /// How many tasks to run at once; all cores if not said
    #[arg(long, value_parser = clap::value_parser!(u16).range(1..))]
    cores: Option<u16>,
    /// Memory for sorts, joins and groups of all tasks together, in MB; 0 for no bound, 70% of the machine's if not said
    #[arg(long, value_name = "MB")]
    memory: Option<u64>,
    /// Where intermediate results are written, into a folder of its own that is removed in the end; the system's temporary
    /// folder if not said
    #[arg(long, value_name = "DIR")]
    work_dir: Option<PathBuf>,
    #[command(flatten)]
    taxonomy: TaxonomyArgs,
}

fn main() -> ExitCode {
    let args = Args::parse();
    titlecanon_ballista::log_to_stderr();
    command::finish(start(&args))
}

fn start(args: &Args) -> Result<(), Failure> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().thread_stack_size(32 << 20).build()?;
    let result = runtime.block_on(run(args));
    // Tasks that still run are nobody's any more.
    runtime.shutdown_background();
    result
}

async fn run(args: &Args) -> Result<(), Failure> {
    let node = args.taxonomy.node()?;
    let parent = args.work_dir.clone().unwrap_or_else(std::env::temp_dir);
    let work_dir = tempfile::Builder::new()
        .prefix("titlecanon-executor-")
        .tempdir_in(&parent)
        .map_err(|error| format!("no folder can be made in {}: {error}; see --work-dir", parent.display()))?;
    let path = work_dir.path().to_str().ok_or("--work-dir is not UTF-8")?.to_owned();
    let patience = Duration::from_secs(args.wait);
    command::wait_for("scheduler", &args.scheduler_host, args.scheduler_port, patience).await?;
    // Ballista binds the port itself, in the background; this is to know which it is, and to say at once that it is taken.
    let (_, address) = command::bind(&args.host, args.port)?;
    let config = node.executor(ExecutorProcessConfig {
        bind_host: address.ip().to_string(),
        port: address.port(),
        external_host: args
            .external_host
            .clone()
            .or_else(|| (!address.ip().is_unspecified()).then(|| args.host.clone())),
        scheduler_host: args.scheduler_host.clone(),
        scheduler_port: args.scheduler_port,
        vcores: args.cores.map_or(0, usize::from),
        memory_pool_size: args.memory.map(|megabytes| megabytes << 20),
        work_dir: Some(path),
        ..ExecutorProcessConfig::default()
    });
    log::info!("titlecanon-executor listens on {address} with {}", node.stamp());
    let stop = async {
        command::asked_to_stop().await?;
        log::info!("titlecanon-executor stops");
        tokio::time::sleep(FAREWELL).await;
        Ok(())
    };
    tokio::select! {
        result = start_executor_process(Arc::new(config)) => result.map_err(Failure::from),
        result = stop => result,
    }
}
