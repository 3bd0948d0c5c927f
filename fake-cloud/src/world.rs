//! The simulated services: their resources, and what changes them when.
//!
//! Problem: a test needs to see the effects of its requests: a created resource is listed, a stopped one is stopped,
//! and a write that the state does not allow is refused with the vendor's error.
//! Default: a service that has a world keeps state. Operations that no world simulates return the examples of the spec,
//! and their work also ends after some time (`unmodelled.rs`). Worlds start with a small inventory.
//! Override: `Builder::empty` for worlds without inventory, `Builder::pace` for the duration of work.
//!
//! To add one: implement [`contract::World`], and name it in `registry.rs`. The files of all worlds have the same
//! names: `inventory.rs` for the resources at the start and the ids of all resources, `offer.rs` for what can be
//! bought, `states.rs` for the vendor's states, `writes.rs` for the writes that a state allows, `creates.rs` for new
//! resources, `reads.rs`, `refusals.rs` for the vendor's codes, and one file for each kind of resource or topic.

#[cfg(test)]
pub(crate) mod bench;
pub(crate) mod contract;
mod dbss;
mod examples;
pub(crate) mod fields;
mod iam;
mod list;
pub(crate) mod locked;
mod oceanbase;
mod place;
pub(crate) mod registry;
pub(crate) mod request;
mod samsung;
mod taurusdb;
mod unmodelled;
pub(crate) mod work;
