//! Addresses: the base URL of a client, and the exact text of a request's address.
//!
//! Problem: what is signed must be what is sent, to the byte, and a URL library that normalizes addresses breaks
//! signatures. So addresses are built as text, and a text that the library's parser would change is refused.

use std::fmt;

use reqwest::Url;

use crate::client::transport::Transport;
use crate::error::text::shown;
use crate::error::{Error, Kind};

/// The remedy for missing root certificates.
const ROOTS: &str = "install the system's CA certificates, name a file of them in the variable SSL_CERT_FILE, or give \
                     root_certificate_pem to the transport";

/// Scheme, host, port and perhaps a path prefix; no slash at the end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct BaseUrl {
    text: String,
    origin: usize,
}

impl BaseUrl {
    /// Checks an address of a user or a table.
    pub(crate) fn new(text: &str, transport: &Transport) -> Result<Self, Error> {
        let fail = |why: &str| {
            // The text before an @ or after a ? may be a password; it is then not shown.
            let quoted =
                if text.contains(['@', '?', '#']) { String::new() } else { format!(" `{}`", shown(text)) };
            Error::new(Kind::Configuration, format!("the base URL{quoted} {why}"))
        };
        let url = Url::parse(text).map_err(|e| fail(&format!("can't be read: {e}")))?;
        let Some(host) = url.host_str() else { return Err(fail("has no host")) };
        if !url.username().is_empty() || url.password().is_some() {
            // The message does not contain the text, which has a password.
            let message = "the base URL has a user name or password; set credentials on the builder";
            return Err(Error::new(Kind::Configuration, message));
        }
        if url.query().is_some() || url.fragment().is_some() {
            return Err(fail("has a query or a fragment; use only scheme, host, port and path prefix"));
        }
        match url.scheme() {
            "https" if transport.allows_https() => {
                if let Some(why) = transport.no_tls() {
                    return Err(fail(&format!("needs TLS, which can't be set up: {why}; {ROOTS}")));
                }
            }
            "https" => return Err(fail("needs TLS; enable the feature `rustls` or `native-tls`")),
            "http" if is_loopback(host) || transport.allows_http(host) => {}
            "http" => return Err(fail("is plain http; use https, or allow the host on the transport")),
            _ => return Err(fail("is neither https nor http")),
        }
        // A text that would be changed may mean another address, so it is not changed silently.
        let read = url.as_str();
        if read != text && read.strip_suffix('/') != Some(text) {
            return Err(fail(&format!(
                "would be normalized to `{}`; write it like this if it is correct",
                shown(read)
            )));
        }
        if url.path().contains("//") {
            return Err(fail("has an empty part in its path"));
        }
        let text = read.strip_suffix('/').unwrap_or(read).to_owned();
        let origin = url.origin().ascii_serialization().len();
        Ok(Self { text, origin })
    }

    /// Host and port, for traces.
    pub(crate) fn server(&self) -> (&str, Option<u16>) {
        let authority = self.text[..self.origin].split_once("://").map_or("", |(_, rest)| rest);
        match authority.rsplit_once(':').and_then(|(host, port)| Some((host, port.parse().ok()?))) {
            Some((host, port)) => (host, Some(port)),
            None => (authority, None),
        }
    }

    /// The whole address for a path and a query that are encoded already, and where its path begins.
    pub(crate) fn join(&self, path: &str, query: &str) -> Result<(Url, usize), Error> {
        let mark = if query.is_empty() { "" } else { "?" };
        let url = [&self.text, path, mark, query].concat();
        let parsed = Url::parse(&url).ok().filter(|parsed| parsed.as_str() == url).ok_or_else(|| {
            let message =
                "the address of this call would be normalized before it is sent, so it can't be signed";
            Error::new(Kind::Configuration, message)
        })?;
        Ok((parsed, self.origin))
    }
}

impl fmt::Display for BaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

fn is_loopback(host: &str) -> bool {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    host.eq_ignore_ascii_case("localhost")
        || bare.parse::<std::net::IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn transport() -> Transport {
        Transport::builder().allow_http_host("plain.internal").build().unwrap()
    }

    #[test]
    fn good_addresses_lose_their_last_slash() {
        for (given, kept) in [
            ("https://host.example/", "https://host.example"),
            ("https://host.example:8443/prefix/", "https://host.example:8443/prefix"),
            ("http://127.0.0.1:99", "http://127.0.0.1:99"),
            ("http://[::1]:99/", "http://[::1]:99"),
            ("http://localhost", "http://localhost"),
            ("http://plain.internal", "http://plain.internal"),
        ] {
            assert_eq!(BaseUrl::new(given, &transport()).unwrap().text, kept, "{given}");
        }
    }

    #[test]
    fn bad_addresses_are_refused_with_a_reason() {
        for (given, reason) in [
            ("http://host.example", "plain http"),
            ("http://127.0.0.1.example", "plain http"),
            ("ftp://host.example", "neither https nor http"),
            ("host.example", "can't be read"),
            ("https://host.example/?a=b", "query or a fragment"),
            ("https://host.example/#a", "query or a fragment"),
            ("", "can't be read"),
            ("https://Host.Example/", "would be normalized to `https://host.example/`"),
            ("https://host.example:443", "would be normalized to `https://host.example/`"),
            ("https:host.example", "would be normalized to `https://host.example/`"),
            ("https:/host.example", "would be normalized to `https://host.example/`"),
            ("https:\\\\host.example", "would be normalized to"),
            (
                "https://evil.example\\.good.example",
                "would be normalized to `https://evil.example/.good.example`",
            ),
            ("https://host.ex\tample", "would be normalized to"),
            (" https://host.example", "would be normalized to"),
            ("https://host.example\n", "would be normalized to"),
            ("https://host.example/a/../b", "would be normalized to `https://host.example/b`"),
            ("https://host.example/a b", "would be normalized to"),
            ("https://b\u{fc}cher.example", "would be normalized to `https://xn--bcher-kva.example/`"),
            ("http://127.1:80", "would be normalized to"),
            ("https://host.example//", "an empty part in its path"),
            ("https://host.example/a//b", "an empty part in its path"),
        ] {
            let error = BaseUrl::new(given, &transport()).unwrap_err();
            assert!(error.is_configuration() && error.to_string().contains(reason), "{given}: {error}");
        }
    }

    #[test]
    fn a_password_in_the_address_is_refused_and_not_repeated() {
        let error = BaseUrl::new("https://me:hunter2@host.example", &transport()).unwrap_err();
        assert!(error.to_string().contains("user name or password"), "{error}");
        for text in [
            "https://me:hunter2@host.example",
            "https://me:hunter2@host:99999",
            "https://me:hunter2@ho st",
            "https://me:hunter2@[::1",
            "//me:hunter2@host",
            "me:hunter2@host",
            "https://host/?k=hunter2",
            "https://host/#hunter2",
        ] {
            let error = BaseUrl::new(text, &transport()).unwrap_err();
            assert!(!format!("{error} {error:?}").contains("hunter2"), "{error}");
        }
    }

    #[test]
    fn the_path_begins_after_the_origin() {
        let base = BaseUrl::new("https://host.example:8443/prefix", &transport()).unwrap();
        let (url, origin) = base.join("/v1/a%20b", "x=%3A").unwrap();
        let url = url.as_str();
        assert_eq!(&url[origin..], "/prefix/v1/a%20b?x=%3A");
        assert_eq!(&url[..origin], "https://host.example:8443");
    }

    #[test]
    fn an_address_that_would_be_tidied_is_refused() {
        let base = BaseUrl::new("https://host.example", &transport()).unwrap();
        for path in ["/a/../b", "/a/%2e%2E/b", "/a b", "/ü"] {
            assert!(base.join(path, "").is_err(), "{path}");
        }
    }
}
