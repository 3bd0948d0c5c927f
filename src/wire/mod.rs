//! Shared code for generated modules: lenient decoding, open enums, checks of requests.
//!
//! Problem: generated code is repeated hundreds of times, so each line of it costs build time and review.
//! Default: it contains only names, types and static tables; all functions are here, once.
//! Override: none; this is not public API.

pub(crate) mod check;
pub(crate) mod decode;
pub(crate) mod enveloped;
#[cfg(feature = "testing")]
pub(crate) mod examples;
pub(crate) mod http_date;
pub(crate) mod misfit;
pub(crate) mod model;
pub(crate) mod open_enum;
pub(crate) mod percent;
pub(crate) mod reader;
pub(crate) mod relation;
pub(crate) mod rows;
pub(crate) mod scalar;
pub(crate) mod watch;
pub(crate) mod zeroizing_json;

#[allow(unused_imports)] // in a build without any service
pub(crate) use model::model;
#[allow(unused_imports)] // in a build without any service
pub(crate) use open_enum::open_enum;
