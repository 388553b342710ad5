//! Codec: how plans travel between client, scheduler and executors: as Ballista has them travel, with a stamp on every
//! function of ours and on every node of Ballista's. Whoever has another stamp refuses the plan.
//!
//! Expressions, aggregates and windows are as the traits have them, which is how Ballista has them.
//!
//! A scheduler's plan for an executor has a node of Ballista's at its root, so that executors check every task they are given.
//! Must not know what the functions do.

use std::sync::Arc;

use ballista_core::serde::{BallistaLogicalExtensionCodec, BallistaPhysicalExtensionCodec};
use datafusion::arrow::datatypes::SchemaRef;
use datafusion::catalog::TableProvider;
use datafusion::common::{DataFusionError, Result, TableReference, exec_datafusion_err, plan_err};
use datafusion::datasource::file_format::FileFormatFactory;
use datafusion::execution::TaskContext;
use datafusion::logical_expr::{Extension, LogicalPlan, ScalarUDF};
use datafusion::physical_plan::ExecutionPlan;
use datafusion_proto::logical_plan::LogicalExtensionCodec;
use datafusion_proto::physical_plan::{PhysicalExtensionCodec, PhysicalProtoConverterExtension};

use crate::stamp::Stamp;

/// The functions that a node has, and the stamp of their taxonomy.
#[derive(Debug)]
pub(crate) struct Stamped {
    pub(crate) stamp: Stamp,
    pub(crate) functions: Vec<Arc<ScalarUDF>>,
}

impl Stamped {
    fn function(&self, name: &str) -> Option<&Arc<ScalarUDF>> {
        self.functions.iter().find(|function| function.name() == name)
    }

    /// What follows the stamp in `bytes`, if it is ours.
    fn checked<'a>(&self, bytes: &'a [u8]) -> Result<&'a [u8]> {
        match Stamp::split_from(bytes) {
            Some((stamp, rest)) if stamp == self.stamp => Ok(rest),
            Some((stamp, _)) => Err(exec_datafusion_err!(
                "titlecanon: this node has {}, the query was planned with {stamp}; give client, scheduler and executors the \
                 same taxonomy file and the same version",
                self.stamp
            )),
            None => Err(self.unstamped()),
        }
    }

    fn unstamped(&self) -> DataFusionError {
        exec_datafusion_err!(
            "titlecanon: the query does not say which taxonomy it was planned with, so that this node, which has {}, cannot \
             know that it is the same; connect by titlecanon_ballista::Node::client, and run titlecanon-scheduler",
            self.stamp
        )
    }

    fn encode(&self, function: &ScalarUDF, buf: &mut Vec<u8>) {
        if self.function(function.name()).is_some() {
            buf.extend(self.stamp.to_bytes());
        }
    }

    fn decode(&self, name: &str, buf: &[u8]) -> Result<Arc<ScalarUDF>> {
        match self.function(name) {
            Some(function) => self.checked(buf).map(|_| Arc::clone(function)),
            None => plan_err!("this node has no function {name}"),
        }
    }
}

/// Ballista's codec for logical plans, with stamps.
#[derive(Debug)]
pub(crate) struct Logical {
    pub(crate) titles: Arc<Stamped>,
    pub(crate) ballista: BallistaLogicalExtensionCodec,
}

impl LogicalExtensionCodec for Logical {
    fn try_decode(&self, buf: &[u8], inputs: &[LogicalPlan], ctx: &TaskContext) -> Result<Extension> {
        self.ballista.try_decode(buf, inputs, ctx)
    }

    fn try_encode(&self, node: &Extension, buf: &mut Vec<u8>) -> Result<()> {
        self.ballista.try_encode(node, buf)
    }

    fn try_decode_table_provider(
        &self,
        buf: &[u8],
        table: &TableReference,
        schema: SchemaRef,
        ctx: &TaskContext,
    ) -> Result<Arc<dyn TableProvider>> {
        self.ballista.try_decode_table_provider(buf, table, schema, ctx)
    }

    fn try_encode_table_provider(
        &self,
        table: &TableReference,
        node: Arc<dyn TableProvider>,
        buf: &mut Vec<u8>,
    ) -> Result<()> {
        self.ballista.try_encode_table_provider(table, node, buf)
    }

    fn try_decode_file_format(&self, buf: &[u8], ctx: &TaskContext) -> Result<Arc<dyn FileFormatFactory>> {
        self.ballista.try_decode_file_format(buf, ctx)
    }

    fn try_encode_file_format(&self, buf: &mut Vec<u8>, node: Arc<dyn FileFormatFactory>) -> Result<()> {
        self.ballista.try_encode_file_format(buf, node)
    }

    fn try_decode_udf(&self, name: &str, buf: &[u8]) -> Result<Arc<ScalarUDF>> {
        self.titles.decode(name, buf)
    }

    fn try_encode_udf(&self, node: &ScalarUDF, buf: &mut Vec<u8>) -> Result<()> {
        self.titles.encode(node, buf);
        Ok(())
    }
}

/// Ballista's codec for physical plans, with stamps.
#[derive(Debug)]
pub(crate) struct Physical {
    pub(crate) titles: Arc<Stamped>,
    pub(crate) ballista: BallistaPhysicalExtensionCodec,
}

impl PhysicalExtensionCodec for Physical {
    fn try_decode(
        &self,
        buf: &[u8],
        inputs: &[Arc<dyn ExecutionPlan>],
        ctx: &TaskContext,
        converter: &dyn PhysicalProtoConverterExtension,
    ) -> Result<Arc<dyn ExecutionPlan>> {
        self.ballista.try_decode(self.titles.checked(buf)?, inputs, ctx, converter)
    }

    fn try_encode(
        &self,
        node: Arc<dyn ExecutionPlan>,
        buf: &mut Vec<u8>,
        converter: &dyn PhysicalProtoConverterExtension,
    ) -> Result<()> {
        buf.extend(self.titles.stamp.to_bytes());
        self.ballista.try_encode(node, buf, converter)
    }

    fn try_decode_udf(&self, name: &str, buf: &[u8]) -> Result<Arc<ScalarUDF>> {
        self.titles.decode(name, buf)
    }

    fn try_encode_udf(&self, node: &ScalarUDF, buf: &mut Vec<u8>) -> Result<()> {
        self.titles.encode(node, buf);
        Ok(())
    }
}
