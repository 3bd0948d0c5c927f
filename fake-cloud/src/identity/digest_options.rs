//! What kind of Digest the cloud speaks.
//!
//! Problem: the vendor publishes no challenge, so a client must manage whatever RFC 7616 allows.
//! Default: two challenges, SHA-256 and MD5, with `auth`; a nonce is valid for ten thousand uses.
//! Override: every field; pass the options to `Builder::digest`.

use crate::verify::digest::{Algorithm, Protection};

/// How a cloud challenges, and how long its nonces last.
///
/// ```
/// use dbplane_fake_cloud::{DigestOptions, FakeCloud};
/// let strict = DigestOptions { nonce_uses: 100, next_nonce_from: Some(100), ..DigestOptions::default() };
/// let builder = FakeCloud::builder().digest(strict);
/// # drop(builder);
/// ```
#[derive(Debug, Clone)]
pub struct DigestOptions {
    /// One Digest challenge for each, in this order. Default: SHA-256, MD5.
    pub algorithms: Vec<Algorithm>,
    /// Whether challenges name their algorithm. Default: yes. Without it, clients must take it for MD5.
    pub name_algorithm: bool,
    /// The kinds of protection offered, as in the header. Default: `auth`.
    pub qop: Option<String>,
    /// Text that clients have to send back. Default: none.
    pub opaque: Option<String>,
    /// Whether the user name has to be hashed. Default: no.
    pub userhash: bool,
    /// Challenges of other schemes, word for word, before those of Digest. Default: none.
    pub other_schemes: Vec<String>,
    /// Whether all challenges go into one header field. Default: no, each has a field of its own.
    pub one_field: bool,
    /// How many uses a nonce is valid for. Default: 10,000.
    pub nonce_uses: u32,
    /// Whether the refusal of an expired nonce says `stale=true`. Default: yes.
    pub stale_hint: bool,
    /// From which use of a nonce on answers hand out the next one; 1 means all responses. Default: none does.
    pub next_nonce_from: Option<u32>,
    /// Whether answers prove that the cloud knows the secret too (`rspauth`). Default: no.
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
    /// What a response has to be like under a nonce.
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
