//! Credentials, and the tokens, keys and nonces that were issued.

pub(crate) mod credentials;
pub(crate) mod digest_options;
pub(crate) mod nonces;
pub(crate) mod tokens;
