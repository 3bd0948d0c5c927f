//! The public API of the crate.

pub(crate) mod builder;
pub(crate) mod error;
pub(crate) mod fake_cloud;
mod ports;
mod tasks;
