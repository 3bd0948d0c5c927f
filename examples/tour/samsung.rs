//! Samsung Cloud Platform: MariaDB in two versions, and MySQL.
//!
//! Read it from a version: `samsung/mariadb_1_3.rs` has what only that one has, `samsung/themes.rs` what all have.

#![allow(clippy::duplicate_mod, reason = "the themes are written once and compiled for each product's types")]

pub(crate) mod mariadb_1_0;
pub(crate) mod mariadb_1_3;
pub(crate) mod mysql_1_0;
