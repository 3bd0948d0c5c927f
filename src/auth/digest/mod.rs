//! HTTP Digest (RFC 7616): read a challenge, respond to it, check the server's own proof.
//!
//! Problem: servers differ in algorithm, quality of protection, quoting and in the number of challenges and header
//! fields.
//! Default: the client responds to the strongest challenge that it supports; reading is lenient, writing is strict.
//! Override: MD5 can be forbidden, see [`challenge::strongest`].
//!
//! The current nonce and its count are state: [`session`] has it, [`state`] makes its decisions, and [`session_call`]
//! is the part of one call. The other modules have no state.

pub(crate) mod algorithm;
pub(crate) mod challenge;
pub(crate) mod info;
mod nonce;
pub(crate) mod response;
pub(crate) mod session;
pub(crate) mod session_call;
mod state;
pub(crate) mod syntax;
