//! The services behind the checks: what exists in them, what happens to it, and when.
//!
//! Problem: a program that automates a service wants to see what it did: what it created is listed, what it
//! stopped is stopped, and a write that the state forbids is refused in the vendor's words.
//! Default: a service with a world of its own remembers. What no world models is answered with the examples of the
//! spec, and its work ends after a while too (`unmodelled.rs`). Worlds begin with a small inventory, so that there is
//! something to work on.
//! Override: `Builder::empty` for worlds without inventory, `Builder::pace` for how long work takes.
//!
//! To add one: implement [`contract::World`], and name it in `registry.rs`. The files of a world are called alike, where
//! it has them: `inventory.rs` for what is there at the start and the ids of what is there, `offer.rs` for what can be
//! bought, `states.rs` for the words of the vendor, `writes.rs` for what may be done when, `creates.rs` for what is new,
//! `reads.rs`, `refusals.rs` for the vendor's codes, and one file for each kind of thing or theme.

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
