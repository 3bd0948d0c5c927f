//! The vendors: how each refuses a request, and the shapes of their errors.

mod huawei;
pub(crate) mod kind;
mod oceanbase;
mod refuse;
mod samsung;
pub(crate) mod shape;

pub(crate) use kind::Vendor;
