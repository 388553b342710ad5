//! Harness: a cluster of real processes on this machine, and titles for it.

// Each of the programs that include it uses a part.
#![allow(dead_code)]

pub(crate) mod cluster;
pub(crate) mod titles;
