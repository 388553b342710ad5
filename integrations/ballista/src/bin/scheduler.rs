//! The scheduler of a cluster with the functions: keeps the jobs, hands out their tasks.

use std::process::ExitCode;
use std::sync::Arc;

use ballista_scheduler::cluster::BallistaCluster;
use ballista_scheduler::config::SchedulerConfig;
use ballista_scheduler::scheduler_process::{create_scheduler, start_grpc_service_with_listener};
use clap::Parser;
use datafusion_proto::protobuf::{LogicalPlanNode, PhysicalPlanNode};
use titlecanon_ballista::command::{self, Failure, TaxonomyArgs};

/// Scheduler of an Apache Ballista cluster with titlecanon's functions
#[derive(Debug, Parser)]
#[command(name = "titlecanon-scheduler", version)]
struct Args {
    /// Address to listen on; 0.0.0.0 for all
    #[arg(long, default_value = "127.0.0.1")]
    host: String,
    /// Port to listen on, for executors and clients; 0 for any that is free
    #[arg(long, default_value_t = 50050)]
    port: u16,
    /// After how many seconds of silence an executor counts as lost and its tasks go to others; it speaks every 5
    #[arg(long, value_name = "SECONDS", default_value_t = 20, value_parser = clap::value_parser!(u64).range(11..))]
    executor_timeout: u64,
    #[command(flatten)]
    taxonomy: TaxonomyArgs,
}

fn main() -> ExitCode {
    let args = Args::parse();
    titlecanon_ballista::log_to_stderr();
    command::finish(start(&args))
}

fn start(args: &Args) -> Result<(), Failure> {
    // Plans are decoded by recursion, and those of long queries are deep.
    let mut runtime = tokio::runtime::Builder::new_multi_thread();
    runtime.enable_all().thread_stack_size(32 << 20).build()?.block_on(run(args))
}

async fn run(args: &Args) -> Result<(), Failure> {
    let node = args.taxonomy.node()?;
    let (listener, address) = command::bind(&args.host, args.port)?;
    listener.set_nonblocking(true)?;
    let config = node.scheduler(SchedulerConfig {
        bind_host: address.ip().to_string(),
        bind_port: address.port(),
        external_host: args.host.clone(),
        executor_timeout_seconds: args.executor_timeout,
        expire_dead_executor_interval_seconds: 1,
        no_executors_grace_period_seconds: 2 * args.executor_timeout,
        ..SchedulerConfig::default()
    });
    config.validate()?;
    let cluster = BallistaCluster::new_from_config(&config).await?;
    let scheduler = create_scheduler::<LogicalPlanNode, PhysicalPlanNode>(cluster, Arc::new(config)).await?;
    log::info!("titlecanon-scheduler listens on {address} with {}", node.stamp());
    let listener = tokio::net::TcpListener::from_std(listener)?;
    tokio::select! {
        result = start_grpc_service_with_listener(listener, scheduler) => result.map_err(Failure::from),
        result = command::asked_to_stop() => {
            log::info!("titlecanon-scheduler stops; the jobs that it had are lost");
            result
        }
    }
}
