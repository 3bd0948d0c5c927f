//! Access to the control endpoint.
//!
//! Problem: a page in a browser on the same machine can send requests to loopback ports. With a host name that resolves
//! to loopback, it could also read the responses, which contain credentials.
//! Default: requests must name the endpoint by its address or as `localhost`, must not come from a page, and must have
//! the content type JSON if they change something: a page can only send it after a preflight request, which fails.

use std::net::SocketAddr;

use hyper::StatusCode;

use super::refused::{Refused, bad};
use crate::message::request::{Request, Unread};

/// The host names that are accepted.
#[derive(Debug, Clone)]
pub(crate) struct Guard {
    hosts: Vec<String>,
}

impl Guard {
    /// Its address, `localhost`, and a name that clients receive.
    pub(crate) fn new(address: SocketAddr, name: Option<&str>) -> Self {
        let port = address.port();
        let named = name.map(|name| format!("{name}:{port}"));
        Self { hosts: [address.to_string(), format!("localhost:{port}")].into_iter().chain(named).collect() }
    }
}

pub(super) fn check(guard: &Guard, request: &Request) -> Result<(), Refused> {
    let forbidden = |problem: &str| Refused(StatusCode::FORBIDDEN, problem.to_owned());
    let header = |name| request.header(name).map_err(bad);
    let host = header("host")?.unwrap_or_default();
    if !guard.hosts.iter().any(|known| known == host) {
        return Err(forbidden(&format!("Host is not {}; use one of them", guard.hosts.join(" or "))));
    }
    let site = header("sec-fetch-site")?;
    if header("origin")?.is_some() || site.is_some_and(|site| site != "none") {
        return Err(forbidden(
            "the request comes from a page in a browser; the control endpoint is for tests",
        ));
    }
    match request.unread {
        Some(Unread::TooLarge) => {
            let problem = "the body is longer than 12 MiB".to_owned();
            return Err(Refused(StatusCode::PAYLOAD_TOO_LARGE, problem));
        }
        Some(Unread::Broken) => return Err(bad("the body ended early")),
        None => {}
    }
    let kind = header("content-type")?.unwrap_or_default();
    let json =
        kind.split(';').next().is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/json"));
    if matches!(request.method.as_str(), "GET" | "DELETE") || json {
        return Ok(());
    }
    let problem = format!("Content-Type is `{kind}`; say application/json");
    Err(Refused(StatusCode::UNSUPPORTED_MEDIA_TYPE, problem))
}
