//! The client core, shared by all services: build the request, sign, send, classify, decode.
//!
//! Generated builders contain a [`Call`] and add names and types to its values; everything else is here.

mod address;
mod attempt;
pub(crate) mod byte_stream;
mod call;
mod classify;
pub(crate) mod config;
pub(crate) mod connection;
mod connections;
mod core;
mod denial;
pub(crate) mod error_body;
mod exchange;
mod extra;
mod failure;
pub(crate) mod find;
#[cfg(feature = "testing")]
mod function;
#[cfg(test)] // apart, for clippy looks for it
#[cfg(feature = "all-services")]
mod limits_tests;
mod mask;
pub(crate) mod options;
mod parsed_response;
mod prepare;
mod proxy;
pub(crate) mod raw_request;
mod raw_response;
mod requests;
pub(crate) mod response;
pub mod retry;
mod retry_after;
mod send;
pub(crate) mod servers;
mod skew;
mod spelling;
mod tls;
mod trace;
pub(crate) mod transport;
pub(crate) mod transport_builder;
mod watched_body;

pub(crate) use address::BaseUrl;
pub(crate) use call::Call;
pub(crate) use core::{Core, CoreInner, ErrorHint, ResolveParameters, RetryConfig};
pub(crate) use parsed_response::ParsedResponse;
