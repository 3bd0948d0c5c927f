//! The parts of the tour: one module per service with its steps, and what runs and prints them.

mod account;
mod huawei;
mod oceanbase;
pub(crate) mod options;
mod report;
mod samsung;
pub(crate) mod services;
mod step;
mod visit;

pub(crate) use report::{Layout, Line, Report};
pub(crate) use visit::visit;
