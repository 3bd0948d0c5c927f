//! The parts of the tour: one module per service with its steps, and what runs and prints them.
//!
//! Samsung's products are read from a version: `samsung/mariadb_1_3.rs` has what only that one has, `samsung/themes.rs`
//! what several have.

#![allow(clippy::duplicate_mod, reason = "the themes are written once and compiled for each product's types")]

mod account;
pub(crate) mod options;
mod report;
pub(crate) mod services;
mod step;
mod visit;

// begin services: written by `cargo xtask generate`
mod huawei {
    pub(crate) mod dbss_v2;

    pub(crate) mod iam_v3;

    pub(crate) mod taurusdb_v3;
}
mod oceanbase {
    pub(crate) mod cloud_v2;
}
mod samsung {
    pub(crate) mod cachestore_1_2;

    pub(crate) mod epas_1_3;

    pub(crate) mod mariadb_1_0;

    pub(crate) mod mariadb_1_3;

    pub(crate) mod mysql_1_3;

    pub(crate) mod postgresql_1_3;

    pub(crate) mod searchengine_1_2;

    pub(crate) mod sqlserver_1_2;

    pub(crate) mod vertica_1_2;
}
// end services

pub(crate) use report::{Layout, Line, Report};
pub(crate) use visit::visit;
