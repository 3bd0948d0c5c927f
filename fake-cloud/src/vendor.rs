//! The vendors: how each refuses a request, and in which shapes errors arrive.

mod huawei;
pub(crate) mod kind;
mod oceanbase;
mod refuse;
mod samsung;
pub(crate) mod shape;

pub(crate) use kind::Vendor;
