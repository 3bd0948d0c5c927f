//! TLS, by feature: `rustls` (the default, with ring), `native-tls`, or none for plain http to loopback only.

#[cfg(feature = "rustls")]
use zeroize::Zeroizing;

use crate::error::{Error, Kind};
use crate::secret::Secret;

/// Makes sure that rustls has a cryptography provider. One that the program installed before is kept.
#[cfg(feature = "rustls")]
pub(crate) fn prepare() {
    if rustls::crypto::CryptoProvider::get_default().is_none() {
        // Fails only if another thread was faster, which has the same effect.
        let _ = rustls::crypto::ring::default_provider().install_default();
    }
}

/// Nothing to prepare without rustls.
#[cfg(not(feature = "rustls"))]
pub(crate) fn prepare() {}

/// Trusts `certificates`, each in PEM form, in addition to the platform's, or alone.
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

/// Sends a certificate to servers that request one.
#[cfg(any(feature = "rustls", feature = "native-tls"))]
pub(crate) fn identify(
    http: reqwest::ClientBuilder,
    identity: Option<&(Vec<u8>, Secret)>,
) -> Result<reqwest::ClientBuilder, Error> {
    let Some((certificate, key)) = identity else { return Ok(http) };
    let identity = identity_of(certificate, key).map_err(|_| {
        let message = "the client certificate can't be used: expected a certificate and its key in PEM";
        Error::new(Kind::Configuration, message)
    })?;
    Ok(http.identity(identity))
}

#[cfg(feature = "rustls")]
fn identity_of(certificate: &[u8], key: &Secret) -> Result<reqwest::Identity, reqwest::Error> {
    let mut pem = Zeroizing::new(key.expose().as_bytes().to_vec());
    pem.push(b'\n');
    pem.extend_from_slice(certificate);
    reqwest::Identity::from_pem(&pem)
}

#[cfg(all(feature = "native-tls", not(feature = "rustls")))]
fn identity_of(certificate: &[u8], key: &Secret) -> Result<reqwest::Identity, reqwest::Error> {
    reqwest::Identity::from_pkcs8_pem(certificate, key.expose().as_bytes())
}

/// Without TLS, no certificate can be sent.
#[cfg(not(any(feature = "rustls", feature = "native-tls")))]
pub(crate) fn identify(
    http: reqwest::ClientBuilder,
    identity: Option<&(Vec<u8>, Secret)>,
) -> Result<reqwest::ClientBuilder, Error> {
    let message = "a client certificate needs TLS: enable the feature `rustls` or `native-tls`";
    if identity.is_some() { Err(Error::new(Kind::Configuration, message)) } else { Ok(http) }
}

/// Without TLS, no certificate can be trusted.
#[cfg(not(any(feature = "rustls", feature = "native-tls")))]
pub(crate) fn trust(
    http: reqwest::ClientBuilder,
    certificates: &[Vec<u8>],
    _alone: bool,
) -> Result<reqwest::ClientBuilder, Error> {
    if certificates.is_empty() {
        return Ok(http);
    }
    let message = "root certificates need TLS: enable the feature `rustls` or `native-tls`";
    Err(Error::new(Kind::Configuration, message))
}
