//! Huawei Cloud: TaurusDB, DBSS and IAM.

// begin services: written by `cargo xtask generate`
pub(crate) mod dbss_v2;
pub(crate) mod iam_v3;
pub(crate) mod taurusdb_v3;
// end services
