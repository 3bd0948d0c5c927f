//! Permanent errors of TLS and of host names: one attempt, nothing in doubt, and a line that says what to do; and client
//! certificates. The certificates are those of `tests/tls/`.

#![cfg(all(feature = "samsung-mariadb-1.0", any(feature = "rustls", feature = "native-tls")))]
#![allow(clippy::unwrap_used)] // clippy knows tests, not their helpers

mod support;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use dbplane::samsung::Credentials;
use dbplane::samsung::mariadb_1_0::Client;
use dbplane::{Error, Retry, Transport, TransportBuilder};
use support::{answer, complete};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::server::WebPkiClientVerifier;
use tokio_rustls::rustls::version::{TLS12, TLS13};
use tokio_rustls::rustls::{RootCertStore, ServerConfig, SupportedProtocolVersion};

const CA: &str = include_str!("tls/ca.pem");
const KEY: &str = include_str!("tls/key.pem");
const SERVER: &str = include_str!("tls/server.pem");
const CLIENT: &str = include_str!("tls/client.pem");
const SELF_SIGNED: &str = include_str!("tls/self-signed.pem");

fn certificates(pem: &str) -> Vec<CertificateDer<'static>> {
    CertificateDer::pem_slice_iter(pem.as_bytes()).map(Result::unwrap).collect()
}

/// What a server shows and wants to see.
struct Tls {
    certificate: &'static str,
    /// Whether clients must have a certificate of the authority.
    asks: bool,
    version: &'static SupportedProtocolVersion,
}

impl Tls {
    fn config(&self) -> ServerConfig {
        let provider = Arc::new(ring::default_provider());
        let config = ServerConfig::builder_with_provider(Arc::clone(&provider));
        let config = config.with_protocol_versions(&[self.version]).unwrap();
        let mut roots = RootCertStore::empty();
        roots.add_parsable_certificates(certificates(CA));
        let config = if self.asks {
            let verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider).build();
            config.with_client_cert_verifier(verifier.unwrap())
        } else {
            config.with_no_client_auth()
        };
        let key = PrivateKeyDer::from_pem_slice(KEY.as_bytes()).unwrap();
        config.with_single_cert(certificates(self.certificate), key).unwrap()
    }
}

/// A server with TLS, and how many connections it got.
async fn server(tls: Tls) -> (String, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("https://{}", listener.local_addr().unwrap());
    let acceptor = TlsAcceptor::from(Arc::new(tls.config()));
    let connections = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&connections);
    tokio::spawn(async move {
        while let Ok((socket, _)) = listener.accept().await {
            counter.fetch_add(1, Ordering::SeqCst);
            tokio::spawn(serve(socket, acceptor.clone()));
        }
    });
    (url, connections)
}

async fn serve(socket: TcpStream, acceptor: TlsAcceptor) {
    let mut socket = match acceptor.accept(socket).into_fallible().await {
        Ok(socket) => socket,
        Err((_, mut socket)) => {
            // A socket that is closed with unread bytes takes its alert back.
            let _ = socket.read_to_end(&mut Vec::new()).await;
            return;
        }
    };
    let (mut seen, mut chunk) = (Vec::new(), [0; 4096]);
    while !complete(&seen) {
        match socket.read(&mut chunk).await {
            Ok(n) if n > 0 => seen.extend_from_slice(&chunk[..n]),
            _ => return,
        }
    }
    let body = r#"{"request_id":"r","resource":{"id":"c"}}"#;
    let _ = socket.write_all(&answer("202 Accepted", "", body)).await;
    let _ = socket.shutdown().await;
}

/// What a write comes to, with three attempts.
async fn outcome(url: &str, transport: TransportBuilder) -> Result<(), Error> {
    let builder = Client::builder().base_url(url).credentials(Credentials::access_key("k", "s"));
    let builder = builder.retry(Retry::default().pauses(Duration::ZERO, Duration::ZERO));
    let client = builder.transport(transport.build().unwrap()).build().unwrap();
    client.restart_cluster("c").send().await.map(drop)
}

fn trusting() -> TransportBuilder {
    Transport::builder().only_given_root_certificates().root_certificate_pem(CA)
}

/// An error that no retry helps: nothing left, and the line says all of this.
fn check(what: &str, error: &Error, texts: &[&str]) {
    assert!(error.is_connect() && !error.is_timeout(), "{what}: {error}");
    assert_eq!((error.requests_sent(), error.may_have_taken_effect()), (1, false), "{what}: {error}");
    for text in texts {
        assert!(error.to_string().contains(text), "{what}: {error}");
    }
}

#[tokio::test]
async fn a_certificate_that_cannot_be_trusted_is_looked_at_once() {
    const REMEDY: &str = "can't be trusted";
    let rustls = cfg!(feature = "rustls");
    for (what, certificate, reason) in [
        ("self-signed", SELF_SIGNED, "UnknownIssuer"),
        ("another name", include_str!("tls/other-name.pem"), "not valid for name"),
        ("expired", include_str!("tls/expired.pem"), "expired"),
        ("a client's", CLIENT, ""),
    ] {
        let (url, connections) = server(Tls { certificate, asks: false, version: &TLS13 }).await;
        let error = outcome(&url, trusting()).await.unwrap_err();
        check(what, &error, &[REMEDY, "root certificate", if rustls { reason } else { "" }]);
        assert_eq!(connections.load(Ordering::SeqCst), 1, "{what}");
    }
    let (url, _) = server(Tls { certificate: SERVER, asks: false, version: &TLS13 }).await;
    outcome(&url, trusting()).await.unwrap();
    let (url, _) = server(Tls { certificate: SELF_SIGNED, asks: false, version: &TLS13 }).await;
    outcome(&url, trusting().root_certificate_pem(SELF_SIGNED)).await.unwrap();
}

#[tokio::test]
async fn a_client_certificate_is_shown_and_one_that_is_missing_or_unknown_is_named() {
    for version in [&TLS13, &TLS12] {
        let (url, connections) = server(Tls { certificate: SERVER, asks: true, version }).await;
        outcome(&url, trusting().client_certificate_pem(CLIENT, KEY)).await.unwrap();
        assert_eq!(connections.load(Ordering::SeqCst), 1, "{version:?}");
        for (what, transport) in
            [("none", trusting()), ("an unknown one", trusting().client_certificate_pem(SELF_SIGNED, KEY))]
        {
            let before = connections.load(Ordering::SeqCst);
            let error = outcome(&url, transport).await;
            check(what, &error.unwrap_err(), &["client certificate", "client_certificate_pem"]);
            assert_eq!(connections.load(Ordering::SeqCst), before + 1, "{version:?}, {what}");
        }
    }
}

/// A label of more than 63 bytes has no address, and no name server is asked for it.
#[tokio::test]
async fn a_name_that_cannot_be_resolved_is_looked_up_once() {
    let name = format!("{}.invalid", "a".repeat(64));
    for scheme in ["https", "http"] {
        let url = format!("{scheme}://{name}");
        let error = outcome(&url, trusting().allow_http_host(&name)).await.unwrap_err();
        check(scheme, &error, &["the host name of the service is unknown", "base URL"]);
    }
}
