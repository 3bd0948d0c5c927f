//! HTTP Digest (RFC 7616): read a challenge, respond to it, check the server's own proof.
//!
//! Problem: servers differ in algorithm, quality of protection, quoting and in how many challenges they put
//! into how many header fields.
//! Default: the client responds to the strongest challenge that it supports; reading is lenient, writing is strict.
//! Override: MD5 can be forbidden, see [`challenge::strongest`].
//!
//! Which nonce is current and its count is state: [`session`] holds it, [`state`] decides over it,
//! [`session_call`] is a call's share in it. The other modules have none.

pub(crate) mod algorithm;
pub(crate) mod challenge;
pub(crate) mod info;
mod nonce;
pub(crate) mod response;
pub(crate) mod session;
pub(crate) mod session_call;
mod state;
pub(crate) mod syntax;
