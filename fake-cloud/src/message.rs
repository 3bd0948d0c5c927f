//! Requests and responses before and after the wire, without any vendor in them.

pub(crate) mod accepted;
pub(crate) mod delivery;
pub(crate) mod refusal;
pub(crate) mod request;
pub(crate) mod response;
