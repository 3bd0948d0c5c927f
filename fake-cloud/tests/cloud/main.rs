//! The fake cloud from outside: raw requests over sockets, signed here with a few lines of their own.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod control;
mod fault_rules;
mod faults;
mod http;
mod huawei;
mod iam;
mod oceanbase;
mod program;
mod samsung;
mod sign;
mod strict;
mod wire;
