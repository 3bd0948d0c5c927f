//! The requests of one call: each is sent once, and its response is read completely, unless it is a file; sent requests
//! are counted.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::Duration;

use bytes::Bytes;
use reqwest::header::{CONTENT_LENGTH, HeaderValue};

use super::byte_stream::ByteStream;
use super::call::Call;
use super::connection::{HttpCall, HttpReply};
use super::core::CoreInner;
use super::raw_response::RawResponse;
use super::retry_after::retry_after;
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

    /// The number of sent requests, including those with renewed credentials.
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
    pub(super) async fn send(&self, request: &Arc<SignableRequest>) -> Result<RawResponse, Error> {
        let transport = &self.core.transport;
        let timeout = self.call.options.attempt_timeout.unwrap_or(transport.attempt_timeout());
        let mut headers = request.headers.clone();
        if request.body.is_empty() && request.method != "GET" {
            // The HTTP library omits it, and strict gateways then return 411.
            headers.insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
        }
        self.queues.store(true, Ordering::Relaxed);
        let permit = transport.permit().await;
        self.queues.store(false, Ordering::Relaxed);
        let connection = transport.connection()?;
        let requests_sent = self.sent.fetch_add(1, Ordering::Relaxed) + 1;
        let doubt = self.in_doubt();
        let binary = self.call.operation.binary;
        let reply = connection.send(HttpCall {
            method: request.method,
            url: &request.url,
            headers,
            body: request.body.clone(),
            timeout: (!binary).then_some(timeout),
            left: Arc::clone(&self.doubt),
        });
        let reply = match binary {
            true => self.begun(timeout, reply).await,
            false => reply.await,
        };
        let reply = reply.map_err(|e| transport.proxy_note(self.failed(e, doubt), request.url.as_str()));
        let HttpReply { status, headers, body } = reply?;
        let hint = retry_after(&headers, &self.core.runtime);
        let held_back = status == 503 && hint.is_some_and(|hint| hint.readable);
        if (300..500).contains(&status) || held_back {
            // Refused: this request had no effect, but earlier ones may have.
            self.doubt.store(doubt, Ordering::SeqCst);
        }
        let (body, file) = if binary && (200..300).contains(&status) {
            let runtime = self.core.runtime.clone();
            (Bytes::new(), Some(ByteStream::new(self.call.operation, (body, permit), runtime, timeout)))
        } else {
            (body.read(transport.max_response_size()).await?, None)
        };
        Ok(RawResponse { status, headers, body, file, requests_sent, doubt, request: Arc::clone(request) })
    }

    /// The meaning of a failure if it is known whether the request was sent.
    fn failed(&self, error: Error, doubt_before: bool) -> Error {
        if error.is_connect() {
            // A service that refuses the connection after it received the request did not process it.
            self.doubt.store(doubt_before, Ordering::SeqCst);
        }
        if self.in_doubt() { error } else { error.while_connecting() }
    }

    /// The response, if it starts in time.
    async fn begun<T>(
        &self,
        timeout: Duration,
        reply: impl Future<Output = Result<T, Error>>,
    ) -> Result<T, Error> {
        let late = || Error::new(Kind::Timeout, "the service did not respond in time").with_timed_out(true);
        self.core.runtime.within(timeout, reply).await.unwrap_or_else(|| Err(late()))
    }
}
