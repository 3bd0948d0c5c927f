//! Samsung Cloud Platform: its database products.
//!
//! Read it from a version: `samsung/mariadb_1_3.rs` has what only that one has, `samsung/themes.rs` what all have.

#![allow(clippy::duplicate_mod, reason = "the themes are written once and compiled for each product's types")]

// begin services: written by `cargo xtask generate`
pub(crate) mod cachestore_1_2;
pub(crate) mod epas_1_3;
pub(crate) mod mariadb_1_0;
pub(crate) mod mariadb_1_3;
pub(crate) mod mysql_1_3;
pub(crate) mod postgresql_1_3;
pub(crate) mod searchengine_1_2;
pub(crate) mod sqlserver_1_2;
pub(crate) mod vertica_1_2;
// end services
