//! From hand-written OpenAPI documents to the Rust under `src/generated/` of `dbplane`.
//!
//! The stages, each a module that knows only the ones before it: [`yaml`] reads text into nodes with lines,
//! [`spec`] reads nodes into a [`spec::Service`], [`lint`] checks it, `lower` prepares its schemas for
//! progenitor, `models`, `limits`, `operations` and `table` write Rust, and [`generate()`] puts the parts of
//! a service together. [`load`] does the first three for a folder of specs.

mod docs;
pub mod finding;
mod generate;
mod limits;
pub mod lint;
mod lower;
mod models;
pub mod names;
mod operations;
pub mod spec;
mod specs_dir;
mod table;
pub mod yaml;

pub use generate::{Module, generate, generate_inline};
pub use specs_dir::load;
