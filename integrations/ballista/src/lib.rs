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

#[cfg(test)]
mod tests {
    use serde_json::Value;

    #[test]
    fn the_readmes_figures_are_the_reports() {
        let report: Value = serde_json::from_str(include_str!("../../reports/ballista.json")).unwrap();
        let figure = |name: &str| report[name].as_f64().unwrap();
        let thousands = |name: &str| format!("{},000", figure(name) / 1000.0);
        let row = format!(
            "| {} | {} | {:.2} | {:.1} | {} | {} |\n<!-- report -->",
            thousands("cluster_titles_a_second_of_one_core"),
            thousands("library_titles_a_second_of_one_core"),
            figure("a_core_of_the_cluster_to_one_of_the_library"),
            figure("core_hours_of_a_billion_titles"),
            figure("peak_megabytes_of_an_executor"),
            figure("megabytes_of_a_million_answers"),
        );
        assert!(include_str!("../README.md").contains(&row), "the README should have:\n{row}");
        assert!(include_str!("../README.md").contains(ballista_core::BALLISTA_VERSION));
        assert!(include_str!("../README.md").contains(datafusion::DATAFUSION_VERSION));
    }
}
