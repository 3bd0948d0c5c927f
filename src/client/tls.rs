//! TLS, by feature: `rustls` (the default, with ring), `native-tls`, or none for plain http to loopback only.

use crate::error::{Error, Kind};

/// Makes sure that rustls has a cryptography provider. One that the program installed before is kept.
#[cfg(feature = "rustls")]
pub(crate) fn prepare() {
    if rustls::crypto::CryptoProvider::get_default().is_none() {
        // Fails only when another thread was faster, which serves as well.
        let _ = rustls::crypto::ring::default_provider().install_default();
    }
}

/// Nothing to prepare without rustls.
#[cfg(not(feature = "rustls"))]
pub(crate) fn prepare() {}

/// Trusts `certificates`, each in PEM form, besides the platform's or alone.
#[cfg(any(feature = "rustls", feature = "native-tls"))]
pub(crate) fn trust(
    http: reqwest::ClientBuilder,
    certificates: &[Vec<u8>],
    alone: bool,
) -> Result<reqwest::ClientBuilder, Error> {
    let mut roots = Vec::new();
    for pem in certificates {
        let unreadable = || Error::new(Kind::Configuration, "a root certificate can't be read: expected PEM");
        let bundle = reqwest::Certificate::from_pem_bundle(pem).map_err(|_| unreadable())?;
        if bundle.is_empty() {
            return Err(unreadable());
        }
        roots.extend(bundle);
    }
    Ok(if alone { http.tls_certs_only(roots) } else { http.tls_certs_merge(roots) })
}

/// Without TLS there is nothing that could trust a certificate.
#[cfg(not(any(feature = "rustls", feature = "native-tls")))]
pub(crate) fn trust(
    http: reqwest::ClientBuilder,
    certificates: &[Vec<u8>],
    _alone: bool,
) -> Result<reqwest::ClientBuilder, Error> {
    if certificates.is_empty() {
        return Ok(http);
    }
    let message = "root certificates need TLS: switch on the feature `rustls` or `native-tls`";
    Err(Error::new(Kind::Configuration, message))
}
