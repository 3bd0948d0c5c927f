//! The meaning of a failure of the HTTP library.
//!
//! Problem: the library reports a chain of errors, of which the last is the reason; some reasons are temporary, some
//! are permanent, and some are local. Default: one line with the reason, the remedy if there is one, and the kind that
//! decides about retries. The library's error is not kept, because the line contains it.
//! Override: none.

use std::error::Error as StdError;
use std::io;
use std::iter::successors;

use crate::error::text::one_line;
use crate::error::{Error, Kind};

/// The numbers of "too many open files", of this process and of the machine, on Unix; and of Windows' sockets.
const TOO_MANY_FILES: [i32; 3] = [24, 23, 10024];

/// The error of an attempt that failed like this.
pub(super) fn of(e: reqwest::Error) -> Error {
    let (connecting, timed_out, unwritten) = (e.is_connect(), e.is_timeout(), e.is_builder());
    let e = e.without_url();
    let reason = root(&e).map_or_else(String::new, |reason| format!(" ({reason})"));
    let (kind, message, remedy) = match () {
        () if too_many_files(&e) => (
            Kind::Local,
            "this machine has too many open files for another connection",
            "; raise the limit of open files (ulimit -n), or lower max_connections of the transport",
        ),
        () if connecting && is_unknown_name(&e) => (
            Kind::Unreachable,
            "the host name of the service is unknown",
            "; check the region or the base URL",
        ),
        // The service reports it instead of a response, but did not read the request.
        () if is_refused_client(&e) => (
            Kind::Unreachable,
            "the service wants a client certificate, or another one",
            "; give it to the transport with client_certificate_pem",
        ),
        () if connecting && is_bad_certificate(&e) => (
            Kind::Unreachable,
            "the service's certificate can't be trusted",
            "; check the base URL, or give the root certificate to the transport",
        ),
        () if connecting => (Kind::Connect, "failed to connect to the service", ""),
        () if timed_out => (Kind::Timeout, "the service did not respond in time", ""),
        () if unwritten => (Kind::Configuration, "the request can't be written", ""),
        () => (Kind::Transport, "the connection to the service broke", ""),
    };
    Error::new(kind, format!("{message}{reason}{remedy}")).with_timed_out(timed_out)
}

/// The innermost reason: connection refused, unknown host name, bad certificate.
pub(super) fn root(e: &reqwest::Error) -> Option<String> {
    chain(e).skip(1).last().and_then(|reason| one_line(&reason.to_string()))
}

/// An error and its reasons, including those in an I/O error.
fn chain<'e>(e: &'e (dyn StdError + 'static)) -> impl Iterator<Item = &'e (dyn StdError + 'static)> {
    const LONGEST: usize = 32;
    successors(Some(e), |e| {
        let e: &'e (dyn StdError + 'static) = *e;
        wrapped(e).or_else(|| e.source())
    })
    .take(LONGEST)
}

fn wrapped<'e>(e: &'e (dyn StdError + 'static)) -> Option<&'e (dyn StdError + 'static)> {
    let inner = e.downcast_ref::<io::Error>()?.get_ref()?;
    Some(inner)
}

fn too_many_files(e: &(dyn StdError + 'static)) -> bool {
    let number = |e: &(dyn StdError + 'static)| e.downcast_ref::<io::Error>()?.raw_os_error();
    chain(e).filter_map(number).any(|number| TOO_MANY_FILES.contains(&number))
}

/// Whether the host's name is known to have no address. A failure of the name service itself may pass.
fn is_unknown_name(e: &(dyn StdError + 'static)) -> bool {
    let passing = |text: &str| ["temporary", "try again", "timed out"].iter().any(|word| text.contains(word));
    let texts: Vec<String> = chain(e).map(|e| e.to_string().to_lowercase()).collect();
    // The second is the text of rustls for a name that no certificate can have, before the name is resolved.
    let unknown = |text: &String| text.contains("dns error") || text.contains("invalid dns name");
    texts.iter().any(unknown) && !texts.iter().any(|text| passing(text))
}

/// Whether TLS failed for a permanent reason. Both TLS libraries only report it as text.
fn is_bad_certificate(e: &(dyn StdError + 'static)) -> bool {
    chain(e).any(|e| e.to_string().to_lowercase().contains("certificate"))
}

/// Whether the service ended TLS because of the client's certificate, or because of a missing one.
fn is_refused_client(e: &(dyn StdError + 'static)) -> bool {
    let about =
        |text: &str| ["certificate", "unknownca", "unknown ca"].iter().any(|word| text.contains(word));
    chain(e).map(|e| e.to_string().to_lowercase()).any(|text| text.contains("alert") && about(&text))
}

#[cfg(test)]
mod tests {
    use std::fmt;

    use super::*;

    /// An error with a reason.
    #[derive(Debug)]
    struct Because(&'static str, Option<Box<dyn StdError + Send + Sync>>);

    impl fmt::Display for Because {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str(self.0)
        }
    }

    impl StdError for Because {
        fn source(&self) -> Option<&(dyn StdError + 'static)> {
            self.1.as_deref().map(|e| e as _)
        }
    }

    fn told(text: &'static str, reason: impl Into<Box<dyn StdError + Send + Sync>>) -> Because {
        Because(text, Some(reason.into()))
    }

    #[test]
    fn names_certificates_and_limits_are_known_by_their_reasons() {
        let lookup = |reason: &str| {
            let reason = format!("failed to lookup address information: {reason}");
            told("client error (Connect)", told("dns error", io::Error::other(reason)))
        };
        let tls = |reason: &'static str| {
            let inner = Because(reason, None);
            told("client error (Connect)", io::Error::new(io::ErrorKind::InvalidData, inner))
        };
        let system = |number: i32| told("tcp connect error", io::Error::from_raw_os_error(number));
        for (error, expected) in [
            (lookup("Name or service not known"), "name"),
            (lookup("No address associated with hostname"), "name"),
            (lookup("nodename nor servname provided, or not known"), "name"),
            (told("client error (Connect)", Because("invalid dns name", None)), "name"),
            (lookup("Temporary failure in name resolution"), ""),
            (lookup("Try again"), ""),
            (tls("invalid peer certificate: UnknownIssuer"), "certificate"),
            (tls("invalid peer certificate: certificate not valid for name"), "certificate"),
            (told("error:0A000086:SSL routines", Because("certificate verify failed", None)), "certificate"),
            (tls("peer closed connection without sending TLS close_notify"), ""),
            (tls("received fatal alert: CertificateRequired"), "client"),
            (tls("received fatal alert: UnknownCA"), "client"),
            (tls("error:0A00045C:SSL routines::tlsv13 alert certificate required"), "client"),
            (tls("error:0A000418:SSL routines::tlsv1 alert unknown ca"), "client"),
            (tls("received fatal alert: HandshakeFailure"), ""),
            (system(24), "files"),
            (system(23), "files"),
            (system(111), ""),
        ] {
            let found = match () {
                () if too_many_files(&error) => "files",
                () if is_unknown_name(&error) => "name",
                () if is_refused_client(&error) => "client",
                () if is_bad_certificate(&error) => "certificate",
                () => "",
            };
            assert_eq!(found, expected, "{error:?}");
        }
    }
}
