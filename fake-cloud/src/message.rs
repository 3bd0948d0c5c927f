//! Requests and responses, independent of vendors.

pub(crate) mod accepted;
pub(crate) mod delivery;
pub(crate) mod refusal;
pub(crate) mod request;
pub(crate) mod response;
