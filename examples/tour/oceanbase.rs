//! OceanBase Cloud.

// begin services: written by `cargo xtask generate`
pub(crate) mod cloud_v2;
// end services
