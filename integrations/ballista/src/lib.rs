//! Job titles to role codes as SQL functions of an [Apache Ballista](https://datafusion.apache.org/ballista) cluster.
//!
//! The functions are those of [`titlecanon_datafusion`]. A [`Node`] has them over one taxonomy and makes of it what a cluster
//! needs: a client's session, a scheduler, executors. The binaries `titlecanon-scheduler` and `titlecanon-executor` are these
//! and a command line; binaries of one's own take as little:
//!
//! ```no_run
//! use titlecanon_ballista::Node;
//!
//! # async fn client() -> datafusion::error::Result<()> {
//! let ctx = Node::builtin().client("df://localhost:50050").await?;
//! ctx.sql("SELECT role_code('Sr. Technical Support Engineer (Remote)')").await?.show().await?;
//! # Ok(())
//! # }
//! # async fn scheduler() -> Result<(), Box<dyn std::error::Error>> {
//! use ballista_scheduler::{cluster::BallistaCluster, config::SchedulerConfig, scheduler_process};
//!
//! let config = Node::builtin().scheduler(SchedulerConfig::default());
//! let cluster = BallistaCluster::new_from_config(&config).await?;
//! scheduler_process::start_server(cluster, "0.0.0.0:50050".parse()?, config.into()).await?;
//! # Ok(())
//! # }
//! # async fn executor() -> Result<(), Box<dyn std::error::Error>> {
//! use ballista_executor::executor_process::{ExecutorProcessConfig, start_executor_process};
//!
//! let config = Node::builtin().executor(ExecutorProcessConfig::default());
//! start_executor_process(config.into()).await?;
//! # Ok(())
//! # }
//! ```
//!
//! # One taxonomy
//!
//! Client, scheduler and executors must have the same taxonomy and the same version of this crate, or some rows would be
//! answered by one edition and some by another. So every plan is [stamped](Stamp) with both, and a node with another stamp
//! refuses it: the query fails with a message that says who has what. Thresholds and other settings are the usual ones on
//! every node.

mod codec;
pub mod command;
mod logger;
mod node;
mod stamp;

pub use logger::log_to_stderr;
pub use node::Node;
pub use stamp::Stamp;

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
mod readme {}
