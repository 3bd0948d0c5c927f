//! The requests of one call: each is sent once and its response read whole; what was sent is counted.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

use bytes::{Bytes, BytesMut};
use reqwest::header::{CONTENT_LENGTH, HeaderValue};
use reqwest::{Body, Method};

use super::call::Call;
use super::core::CoreInner;
use super::failure;
use super::raw_response::RawResponse;
use super::retry_after::retry_after;
use super::watched_body::WatchedBody;
use crate::auth::SignableRequest;
use crate::error::{Error, Kind};

/// See the module.
pub(super) struct Requests<'c> {
    pub(super) call: &'c Call,
    pub(super) core: &'c CoreInner,
    sent: AtomicU32,
    /// Whether one of them may have taken effect; set when it leaves.
    doubt: Arc<AtomicBool>,
    /// Whether one waits for a connection.
    queues: AtomicBool,
}

impl<'c> Requests<'c> {
    pub(super) fn new(call: &'c Call) -> Self {
        let (sent, doubt, queues) = (AtomicU32::new(0), Arc::default(), AtomicBool::new(false));
        Self { call, core: call.core.inner(), sent, doubt, queues }
    }

    /// How many were sent, those included that were sent again with new credentials.
    pub(super) fn sent(&self) -> u32 {
        self.sent.load(Ordering::Relaxed)
    }

    /// Whether one of them may have taken effect.
    pub(super) fn in_doubt(&self) -> bool {
        self.doubt.load(Ordering::SeqCst)
    }

    /// Whether one waits for a connection.
    pub(super) fn queues(&self) -> bool {
        self.queues.load(Ordering::Relaxed)
    }

    /// Sends one, and reads its response whatever the status.
    pub(super) async fn send(&self, request: &SignableRequest) -> Result<RawResponse, Error> {
        let transport = &self.core.transport;
        let timeout = self.call.options.attempt_timeout.unwrap_or(transport.attempt_timeout());
        let method = Method::from_bytes(request.method.as_bytes()).unwrap_or(Method::GET);
        let mut headers = request.headers.clone();
        if request.body.is_empty() && request.method != "GET" {
            // The HTTP library leaves it out, and strict gateways refuse that with a 411.
            headers.insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
        }
        self.queues.store(true, Ordering::Relaxed);
        let _permit = transport.permit().await;
        self.queues.store(false, Ordering::Relaxed);
        let http = transport.http()?;
        let requests_sent = self.sent.fetch_add(1, Ordering::Relaxed) + 1;
        let doubt = self.in_doubt();
        let body = WatchedBody { bytes: request.body.clone(), left: Arc::clone(&self.doubt) };
        let builder = http.request(method, &request.url).timeout(timeout).headers(headers);
        let response = builder.body(Body::wrap(body)).send().await.map_err(failure::of)?;
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let hint = retry_after(&headers, &self.core.runtime);
        let held_back = status == 503 && hint.is_some_and(|hint| hint.readable);
        if (300..500).contains(&status) || held_back {
            // Turned down: this request did nothing, whatever earlier ones did.
            self.doubt.store(doubt, Ordering::SeqCst);
        }
        let body = read(response, transport.max_response_size()).await?;
        Ok(RawResponse { status, headers, body, requests_sent, doubt, request: request.clone() })
    }
}

/// Reads a body, and stops where it gets too large.
async fn read(mut response: reqwest::Response, most: usize) -> Result<Bytes, Error> {
    let mut body = BytesMut::new();
    while let Some(chunk) = response.chunk().await.map_err(failure::of)? {
        if body.len() + chunk.len() > most {
            let message = format!("the response has more than {most} bytes and was not read further");
            // It would be as large the next time.
            return Err(Error::new(Kind::Decode, message));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body.freeze())
}
