//! The specs: their files, and each operation ready for checking requests.

pub(crate) mod catalogue;
mod files;
pub(crate) mod json_text;
pub(crate) mod operation;
pub(crate) mod routes;
mod sample;
pub(crate) mod schema;
pub(crate) mod validator;
