//! What users of the crate see.

pub(crate) mod builder;
pub(crate) mod error;
pub(crate) mod fake_cloud;
mod ports;
mod tasks;
