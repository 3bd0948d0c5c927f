//! Settings of HTTP Digest.
//!
//! Problem: the vendor publishes no challenge, so a client must support everything that RFC 7616 allows.
//! Default: two challenges, SHA-256 and MD5, with `auth`; a nonce is valid for ten thousand uses.
//! Override: every field; pass the options to `Builder::digest`.

use crate::verify::digest::{Algorithm, Protection};

/// Digest challenges of a cloud, and the lifetime of its nonces.
///
/// ```
/// use dbplane_fake_cloud::{DigestOptions, FakeCloud};
/// let strict = DigestOptions { nonce_uses: 100, next_nonce_from: Some(100), ..DigestOptions::default() };
/// let builder = FakeCloud::builder().digest(strict);
/// # drop(builder);
/// ```
#[derive(Debug, Clone)]
pub struct DigestOptions {
    /// Algorithms, with one challenge for each, in this order. Default: SHA-256, MD5.
    pub algorithms: Vec<Algorithm>,
    /// Whether challenges name their algorithm. Default: yes. If they do not, clients must use MD5.
    pub name_algorithm: bool,
    /// The offered values of `qop`, as in the header. Default: `auth`.
    pub qop: Option<String>,
    /// Opaque text that clients have to send back. Default: none.
    pub opaque: Option<String>,
    /// Whether the user name has to be hashed. Default: no.
    pub userhash: bool,
    /// Challenges of other schemes, which are sent before those of Digest. Default: none.
    pub other_schemes: Vec<String>,
    /// Whether all challenges are sent in one header field. Default: each has its own.
    pub one_field: bool,
    /// Number of requests that a nonce is valid for. Default: 10,000.
    pub nonce_uses: u32,
    /// Whether a challenge after an expired nonce contains `stale=true`. Default: yes.
    pub stale_hint: bool,
    /// Number of uses of a nonce after which responses contain the next nonce; 1 means all responses. Default: never.
    pub next_nonce_from: Option<u32>,
    /// Whether responses authenticate the server (`rspauth`). Default: no.
    pub prove: bool,
}

impl Default for DigestOptions {
    fn default() -> Self {
        Self {
            algorithms: vec![Algorithm::Sha256, Algorithm::Md5],
            name_algorithm: true,
            qop: Some("auth".to_owned()),
            opaque: None,
            userhash: false,
            other_schemes: Vec::new(),
            one_field: false,
            nonce_uses: 10_000,
            stale_hint: true,
            next_nonce_from: None,
            prove: false,
        }
    }
}

impl DigestOptions {
    /// The requirements for responses to a challenge.
    pub(crate) fn protection(&self, nonce: &str, algorithm: Algorithm) -> Protection {
        Protection {
            realm: "OceanBase Cloud Open API".to_owned(),
            nonce: nonce.to_owned(),
            opaque: self.opaque.clone(),
            algorithm,
            name_algorithm: self.name_algorithm,
            qop: self.qop.clone(),
            userhash: self.userhash,
        }
    }
}
