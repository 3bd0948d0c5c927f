//! The control endpoint: control of a cloud by tests in other languages, with JSON over HTTP.
//!
//! Problem: a test in Python or Go can't call this crate, but needs faults, the clock and the journal.
//! Default: a separate port on the loopback interface. Every program that can connect can use it, except pages in a
//! browser (`guard.rs`).

mod guard;
mod refused;
mod responses;

use std::convert::Infallible;
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

use crate::cloud::state::CloudState;
use crate::faults::document::{Document, from_json};
use crate::message::request::Request;
use crate::server;
pub(crate) use guard::Guard;
use refused::{Refused, bad};

/// Serves until the future is dropped, which ends all connections.
pub(crate) async fn serve(listener: TcpListener, guard: Guard, state: Arc<CloudState>) {
    server::accept(listener, |stream| connection(stream, guard.clone(), Arc::clone(&state))).await;
}

async fn connection(stream: TcpStream, guard: Guard, state: Arc<CloudState>) {
    let respond = service_fn(|request: hyper::Request<Incoming>| {
        let (state, guard) = (&state, &guard);
        async move {
            let request = server::receive(request, 0).await;
            Ok::<_, Infallible>(response(answer(state, guard, &request).await))
        }
    });
    // A broken connection is not reported; the client notices it.
    let _ = hyper::server::conn::http1::Builder::new().serve_connection(TokioIo::new(stream), respond).await;
}

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

/// A change of the clock.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
enum ClockChange {
    /// Stop it at the present time.
    Stop,
    /// Stop it at a time, in Unix milliseconds.
    Set(i64),
    /// Move it by this many milliseconds.
    Advance(i64),
}

async fn answer(state: &CloudState, guard: &Guard, request: &Request) -> Result<Json, Refused> {
    guard::check(guard, request)?;
    match (request.method.as_str(), request.path()) {
        ("GET", "/") => Ok(responses::index()),
        ("GET", "/health") => Ok(json!({"status": "ok"})),
        ("GET", "/services") => Ok(responses::services(state)),
        ("GET", "/clock") => Ok(responses::clock(state)),
        ("GET", "/faults") => Ok(responses::faults(state)),
        ("GET", "/journal") => responses::journal(state, request),
        ("GET", "/effects") => responses::effects(state, request),
        ("GET", "/counters") => Ok(responses::counters(state)),
        ("POST", "/clock") => {
            let runtime = &state.shared.runtime;
            match body::<ClockChange>(request)? {
                ClockChange::Stop => runtime.set_now(runtime.now()),
                ClockChange::Set(moment) => runtime.set_now(moment),
                ClockChange::Advance(millis) => runtime.advance(millis),
            }
            Ok(responses::clock(state))
        }
        ("PUT", "/faults") => {
            let rules = body::<Document>(request)?.rules;
            state.set_faults(rules).await.map_err(|error| bad(error.to_string()))?;
            Ok(responses::faults(state))
        }
        ("DELETE", "/faults") => {
            state.set_faults(Vec::new()).await.map_err(|error| bad(error.to_string()))?;
            Ok(responses::faults(state))
        }
        ("POST", "/reset") => {
            state.reset().await;
            Ok(responses::clock(state))
        }
        (method, path) => {
            let problem = format!("there is no `{method} {path}`; `GET /` lists what there is");
            Err(Refused(StatusCode::NOT_FOUND, problem))
        }
    }
}

fn body<T: DeserializeOwned>(request: &Request) -> Result<T, Refused> {
    from_json(&request.body).map_err(|error| bad(format!("the body does not fit: {error}")))
}
