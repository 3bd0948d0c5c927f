//! What a change of a spec means for callers of the Rust API.
//!
//! Problem: a reviewer of a changed spec has to guess what the change does to programs: the same line of YAML breaks
//! callers in a request, and nobody in an answer. Default: [`compare`] finds every difference between two versions
//! of specs, names the rule it falls under, what it means, the Rust items it touches with their real signatures, and
//! both places. [`rules()`] has the rules; [`version`] proposes the next version, [`report`] writes it all down.
//!
//! Two things are compared side by side: what the documents say, which gives the meaning, and the public items of
//! the Rust that is generated from them, which gives the truth about the compiler. A public item that went or
//! changed without a rule that explains it is reported as such, so nothing the compiler sees is missed.
//!
//! Everything is matched by its Rust name, for that is what a caller writes.

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
