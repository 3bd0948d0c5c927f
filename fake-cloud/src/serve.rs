//! From a request to its response, without sockets.

pub(crate) mod exchange;
pub(crate) mod host;
