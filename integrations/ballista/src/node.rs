//! Node: what the functions over one taxonomy are for a client, a scheduler and an executor.
//!
//! Must not know of command lines.

use std::sync::Arc;

use ballista::prelude::SessionContextExt as _;
use ballista_core::config::{BALLISTA_SCHEDULER_MAX_PARTITIONS_PER_TASK, TaskSchedulingPolicy};
use ballista_core::extension::SessionConfigExt as _;
use ballista_core::registry::BallistaFunctionRegistry;
use ballista_core::utils::default_session_builder;
use ballista_executor::executor_process::ExecutorProcessConfig;
use ballista_scheduler::config::SchedulerConfig;
use ballista_scheduler::scheduler_server::SessionBuilder;
use datafusion::error::Result;
use datafusion::execution::{FunctionRegistry as _, SessionStateBuilder};
use datafusion::prelude::{SessionConfig, SessionContext};
use datafusion_proto::logical_plan::LogicalExtensionCodec;
use datafusion_proto::physical_plan::PhysicalExtensionCodec;
use titlecanon_datafusion::{SharedTaxonomy, Titles};

use crate::codec::{Logical, Physical, Stamped};
use crate::stamp::Stamp;

/// The functions over one taxonomy, for a client, a scheduler or an executor. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Node {
    titles: Arc<Stamped>,
}

impl Node {
    /// The functions over the embedded taxonomy.
    pub fn builtin() -> Node {
        Node::new(titlecanon::Taxonomy::builtin())
    }

    /// The functions over a taxonomy. Client, scheduler and executors all need the same.
    pub fn new(taxonomy: impl Into<SharedTaxonomy>) -> Node {
        let titles = Titles::new(taxonomy);
        let functions = titles.functions().into_iter().map(Arc::new).collect();
        Node { titles: Arc::new(Stamped { stamp: Stamp::of(titles.taxonomy()), functions }) }
    }

    /// Which taxonomy it is, and which version of this crate.
    pub fn stamp(&self) -> &Stamp {
        &self.titles.stamp
    }

    /// A session whose queries the cluster of the scheduler at `url` (`df://host:port`) answers.
    ///
    /// # Errors
    ///
    /// The URL is none. That no scheduler answers is an error of the first query.
    pub async fn client(&self, url: &str) -> Result<SessionContext> {
        let state = SessionStateBuilder::new().with_default_features().with_config(self.session_config()).build();
        let ctx = SessionContext::remote_with_state(url, state).await?;
        // Ballista makes a state of its own, with its own functions, so that ours come after it.
        for function in &self.titles.functions {
            ctx.register_udf(function.as_ref().clone());
        }
        Ok(ctx)
    }

    /// What [`client`](Self::client) configures: the codecs, and one partition of the input for each task, so that little is
    /// done again when an executor is lost, and an executor runs no more at once than it has cores. And fields of an answer are
    /// not pushed into scans: each would take the function with it, and every title would be resolved once for each field.
    pub fn session_config(&self) -> SessionConfig {
        SessionConfig::new_with_ballista()
            .with_ballista_logical_extension_codec(self.logical_codec())
            .with_ballista_physical_extension_codec(self.physical_codec())
            .set_usize(BALLISTA_SCHEDULER_MAX_PARTITIONS_PER_TASK, 1)
            .set_bool("datafusion.optimizer.enable_leaf_expression_pushdown", false)
    }

    /// A scheduler's configuration with everything that the functions need; addresses and timeouts stay as they are.
    ///
    /// Executors ask it for tasks, and so their scheduling policy must be the same: see [`executor`](Self::executor). That way
    /// they need not be reached by the scheduler, and what an executor says against a task becomes the query's error.
    ///
    /// The scheduler's sessions have none of the functions: it finds them in plans, by their stamp, and refuses those that a
    /// session without stamps has planned. A scheduler that plans SQL itself (Ballista's Flight SQL) needs
    /// [`session_builder`](Self::session_builder) as well.
    #[must_use]
    pub fn scheduler(&self, config: SchedulerConfig) -> SchedulerConfig {
        let node = self.clone();
        SchedulerConfig {
            scheduling_policy: TaskSchedulingPolicy::PullStaged,
            override_config_producer: Some(Arc::new(move || node.session_config())),
            override_logical_codec: Some(self.logical_codec()),
            override_physical_codec: Some(self.physical_codec()),
            ..config
        }
    }

    /// Builds sessions that have the functions, for a scheduler that plans SQL.
    pub fn session_builder(&self) -> SessionBuilder {
        let titles = Arc::clone(&self.titles);
        Arc::new(move |config| {
            let mut state = default_session_builder(config)?;
            for function in &titles.functions {
                state.register_udf(Arc::clone(function))?;
            }
            Ok(state)
        })
    }

    /// An executor's configuration with everything that the functions need; addresses, cores and folders stay as they are.
    #[must_use]
    pub fn executor(&self, config: ExecutorProcessConfig) -> ExecutorProcessConfig {
        let node = self.clone();
        let mut registry = BallistaFunctionRegistry::default();
        for function in &self.titles.functions {
            registry.scalar_functions.insert(function.name().into(), Arc::clone(function));
        }
        ExecutorProcessConfig {
            task_scheduling_policy: TaskSchedulingPolicy::PullStaged,
            override_config_producer: Some(Arc::new(move || node.session_config())),
            override_function_registry: Some(Arc::new(registry)),
            override_logical_codec: Some(self.logical_codec()),
            override_physical_codec: Some(self.physical_codec()),
            ..config
        }
    }

    /// Ballista's codec for logical plans, with stamps.
    pub fn logical_codec(&self) -> Arc<dyn LogicalExtensionCodec> {
        Arc::new(Logical { titles: Arc::clone(&self.titles), ballista: Default::default() })
    }

    /// Ballista's codec for physical plans, with stamps.
    pub fn physical_codec(&self) -> Arc<dyn PhysicalExtensionCodec> {
        Arc::new(Physical { titles: Arc::clone(&self.titles), ballista: Default::default() })
    }
}
