//! From hand-written OpenAPI documents to the Rust under `src/generated/` of `dbplane`.
//!
//! The stages, each a module that knows only the ones before it:
//!
//! 1. [`yaml`] reads text into nodes with lines.
//! 2. [`spec`] applies overlays and reads nodes into a [`spec::Service`]; [`lint`] checks it.
//! 3. `lower` prepares its schemas for progenitor.
//! 4. `models`, `limits`, `operations`, `examples` and `table` write Rust; `generate` puts the parts of a service together.
//!
//! [`load`] does the first two for a folder of specs, [`load_file`] for one spec or overlay; [`open_file`] only applies
//! overlays.
//!
//! The feature `generate`, on by default, is the second half; without it the crate only reads specs.

#[cfg(feature = "generate")]
mod aliases;
#[cfg(feature = "generate")]
mod arguments;
#[cfg(feature = "generate")]
mod client;
#[cfg(feature = "generate")]
mod docs;
#[cfg(feature = "generate")]
mod enums;
#[cfg(feature = "generate")]
mod examples;
pub mod finding;
#[cfg(feature = "generate")]
mod generate;
#[cfg(feature = "generate")]
mod idents;
pub mod index;
#[cfg(feature = "generate")]
mod layout;
#[cfg(feature = "generate")]
mod limits;
pub mod lint;
#[cfg(feature = "generate")]
mod lower;
#[cfg(feature = "generate")]
mod model_examples;
#[cfg(feature = "generate")]
mod models;
pub mod names;
#[cfg(feature = "generate")]
mod operations;
pub mod parallel;
#[cfg(feature = "generate")]
mod parameters;
#[cfg(feature = "generate")]
mod polling;
pub mod regular_file;
#[cfg(feature = "generate")]
mod scope;
#[cfg(feature = "generate")]
mod servers;
pub mod spec;
mod specs_dir;
#[cfg(feature = "generate")]
mod structs;
#[cfg(feature = "generate")]
mod submodule;
#[cfg(feature = "generate")]
mod table;
pub mod yaml;

#[cfg(feature = "generate")]
pub use generate::{Module, generate, generate_inline};
pub use specs_dir::{DEVIATIONS, load, load_file, open_file, stem};
