//! What a change of a spec means for callers of the Rust API.
//!
//! Problem: a reviewer of a changed spec has to guess what the change does to programs: the same line of YAML breaks
//! callers in a request, and nobody in a response. Default: [`compare`] finds every difference between two versions of
//! specs, with its rule, its meaning, the affected Rust items with their signatures, and both places. [`rules()`] has
//! the rules; [`version`] proposes the next version, [`report`] formats the result.
//!
//! Two things are compared: the documents, for the meaning of a change, and the public items of the Rust code that is
//! generated from them, for what the compiler sees. A public item that was removed or changed without a rule that
//! explains it is reported as such, so that nothing that the compiler sees is missed.
//!
//! Everything is matched by its Rust name, because callers write this name.

mod addresses;
mod call;
mod change;
mod differ;
mod enums;
mod face;
mod features;
mod field;
mod model;
mod operation;
mod pairs;
mod parameter;
pub mod report;
mod rules;
mod service;
mod side;
mod uses;
mod value;
pub mod version;

pub use change::{Change, Impact, ItemChange, Rule, Section};
pub use rules::rules;
pub use service::compare;
pub use uses::{Direction, Use};
