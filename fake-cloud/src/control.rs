//! The control endpoint: what tests in other languages do to a cloud, over HTTP and in JSON.
//!
//! Problem: a test in Python or Go cannot call this crate, but it wants faults, the clock and the journal all the
//! same.
//! Default: a port of its own on the loopback interface. Whoever may connect to it may use it, except pages in a
//! browser (`guard.rs`).

mod answers;
mod guard;

use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::Arc;

use bytes::Bytes;
use http_body_util::Full;
use hyper::body::Incoming;
use hyper::header::{CONTENT_TYPE, HeaderValue};
use hyper::service::service_fn;
use hyper::{Response, StatusCode};
use hyper_util::rt::TokioIo;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value as Json, json};
use tokio::net::{TcpListener, TcpStream};

use crate::faults::{Document, from_json};
use crate::request::Request;
use crate::server;
use crate::site::Site;

/// Serves for ever; dropping the future ends all connections.
pub(crate) async fn serve(listener: TcpListener, address: SocketAddr, site: Arc<Site>) {
    server::accept(listener, |stream| connection(stream, address, Arc::clone(&site))).await;
}

async fn connection(stream: TcpStream, address: SocketAddr, site: Arc<Site>) {
    let respond = service_fn(|request: hyper::Request<Incoming>| {
        let site = &site;
        async move {
            let request = server::receive(request, 0).await;
            Ok::<_, Infallible>(response(answer(site, address, &request).await))
        }
    });
    // A connection that breaks is the client's affair; there is nobody to tell.
    let _ = hyper::server::conn::http1::Builder::new().serve_connection(TokioIo::new(stream), respond).await;
}

/// A refused request: status, and what is wrong in plain words.
#[derive(Debug)]
pub(crate) struct Refused(StatusCode, String);

fn response(answer: Result<Json, Refused>) -> Response<Full<Bytes>> {
    let (status, body) = match answer {
        Ok(body) => (StatusCode::OK, body),
        Err(Refused(status, problem)) => (status, json!({"error": problem})),
    };
    let mut response = Response::new(Full::new(Bytes::from(format!("{body}\n"))));
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}

/// What can be done to a clock.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
enum ClockChange {
    /// Stop it where it is.
    Stop,
    /// Stop it at a moment, in Unix milliseconds.
    Set(i64),
    /// Move it by so many milliseconds.
    Advance(i64),
}

async fn answer(site: &Site, address: SocketAddr, request: &Request) -> Result<Json, Refused> {
    guard::check(address, request)?;
    match (request.method.as_str(), request.path()) {
        ("GET", "/") => Ok(answers::index()),
        ("GET", "/services") => Ok(answers::services(site)),
        ("GET", "/clock") => Ok(answers::clock(site)),
        ("GET", "/faults") => Ok(answers::faults(site)),
        ("GET", "/journal") => answers::journal(site, request),
        ("GET", "/effects") => answers::effects(site, request),
        ("GET", "/counters") => Ok(answers::counters(site)),
        ("POST", "/clock") => {
            let ambient = &site.cloud.ambient;
            match body::<ClockChange>(request)? {
                ClockChange::Stop => ambient.set_now(ambient.now()),
                ClockChange::Set(moment) => ambient.set_now(moment),
                ClockChange::Advance(millis) => ambient.advance(millis),
            }
            Ok(answers::clock(site))
        }
        ("PUT", "/faults") => {
            let rules = body::<Document>(request)?.rules;
            site.set_faults(rules).await.map_err(|error| bad(error.to_string()))?;
            Ok(answers::faults(site))
        }
        ("DELETE", "/faults") => {
            site.set_faults(Vec::new()).await.map_err(|error| bad(error.to_string()))?;
            Ok(answers::faults(site))
        }
        ("POST", "/reset") => {
            site.reset().await;
            Ok(answers::clock(site))
        }
        (method, path) => {
            let problem = format!("there is no `{method} {path}`; `GET /` lists what there is");
            Err(Refused(StatusCode::NOT_FOUND, problem))
        }
    }
}

fn bad(problem: impl Into<String>) -> Refused {
    Refused(StatusCode::BAD_REQUEST, problem.into())
}

fn body<T: DeserializeOwned>(request: &Request) -> Result<T, Refused> {
    from_json(&request.body).map_err(|error| bad(format!("the body does not fit: {error}")))
}
