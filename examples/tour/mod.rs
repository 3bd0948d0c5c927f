//! The parts of the tour: one module per service with its steps, and what runs and prints them.

mod account;
mod dbss;
mod iam;
mod oceanbase;
pub(crate) mod options;
mod report;
mod samsung;
pub(crate) mod services;
mod step;
mod taurusdb;
mod visit;

pub(crate) use report::{Layout, Line, Report};
pub(crate) use visit::visit;
