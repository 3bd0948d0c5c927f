//! A client that sends what it is told and nothing else.

use bytes::Bytes;
use dbplane_fake_cloud::{Entry, FakeCloud, ServiceHandle};
use http_body_util::{BodyExt, Full};
use hyper::client::conn::http1::SendRequest;
use hyper::{HeaderMap, Request};
use hyper_util::rt::TokioIo;
use serde_json::Value as Json;
use tokio::net::TcpStream;

/// The moment at which the clocks of all clouds in these tests stand.
pub(crate) const NOW: i64 = 1_768_465_800_000;
/// The same moment as Huawei writes it.
pub(crate) const NOW_COMPACT: &str = "20260115T083000Z";

#[derive(Clone, Debug, Default)]
pub(crate) struct Call {
    pub(crate) method: String,
    pub(crate) target: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: String,
}

#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Json,
}

impl Call {
    pub(crate) fn new(method: &str, target: &str) -> Self {
        Self { method: method.to_owned(), target: target.to_owned(), ..Self::default() }
    }

    pub(crate) fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Without a header.
    pub(crate) fn without(mut self, name: &str) -> Self {
        self.headers.retain(|(n, _)| !n.eq_ignore_ascii_case(name));
        self
    }

    /// With another value of a header.
    pub(crate) fn with(self, name: &str, value: &str) -> Self {
        self.without(name).header(name, value)
    }

    pub(crate) fn json(self, body: &Json) -> Self {
        let mut call = self.header("content-type", "application/json");
        call.body = body.to_string();
        call
    }
}

impl Reply {
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).unwrap_or_else(|| panic!("no header {name}: {self:?}")).to_str().unwrap()
    }

    pub(crate) fn text(&self, pointer: &str) -> &str {
        let value = self.body.pointer(pointer).and_then(Json::as_str);
        value.unwrap_or_else(|| panic!("no text at {pointer}: {self:?}"))
    }
}

pub(crate) async fn start() -> FakeCloud {
    FakeCloud::builder().now(NOW).seed(7).start().await.unwrap()
}

pub(crate) fn service<'c>(cloud: &'c FakeCloud, stem: &str) -> &'c ServiceHandle {
    cloud.service(stem).unwrap()
}

pub(crate) fn host(service: &ServiceHandle) -> &str {
    service.base_url().strip_prefix("http://").unwrap()
}

/// One connection.
pub(crate) struct Wire {
    sender: SendRequest<Full<Bytes>>,
    host: String,
}

impl Wire {
    pub(crate) async fn open(service: &ServiceHandle) -> Self {
        Self::to(host(service)).await
    }

    pub(crate) async fn to(host: &str) -> Self {
        let stream = TcpStream::connect(host).await.unwrap();
        let (sender, connection) = hyper::client::conn::http1::handshake(TokioIo::new(stream)).await.unwrap();
        tokio::spawn(connection);
        Self { sender, host: host.to_owned() }
    }

    pub(crate) async fn send(&mut self, call: &Call) -> Reply {
        let mut request = Request::builder().method(call.method.as_str()).uri(call.target.as_str());
        if !call.headers.iter().any(|(name, _)| name == "host") {
            request = request.header("host", &self.host);
        }
        for (name, value) in &call.headers {
            request = request.header(name, value);
        }
        let request = request.body(Full::new(Bytes::from(call.body.clone()))).unwrap();
        self.sender.ready().await.unwrap();
        let (parts, body) = self.sender.send_request(request).await.unwrap().into_parts();
        let body = body.collect().await.unwrap().to_bytes();
        let body = if body.is_empty() { Json::Null } else { serde_json::from_slice(&body).unwrap() };
        Reply { status: parts.status.as_u16(), headers: parts.headers, body }
    }
}

pub(crate) async fn send(service: &ServiceHandle, call: &Call) -> Reply {
    Wire::open(service).await.send(call).await
}

/// The newest entry of the journal.
pub(crate) fn last(cloud: &FakeCloud) -> Entry {
    cloud.journal().pop().expect("an entry")
}

/// Asserts that the newest request was refused with a status and for a reason that holds these words.
pub(crate) fn refused(cloud: &FakeCloud, reply: &Reply, status: u16, words: &str) {
    let entry = last(cloud);
    let problem =
        entry.problem.clone().unwrap_or_else(|| panic!("not refused, expected {words:?}: {entry:?}"));
    assert!(problem.contains(words), "{problem:?} lacks {words:?}");
    assert_eq!((entry.status, reply.status), (Some(status), status), "{problem}");
}
