//! Requests that this library has no operation for.
//!
//! Problem: vendors offer new operations before this library has them. Default: [`Request`] sends any method to any
//! path of the service, signed, retried, limited in time and traced as every other call; nothing is checked.
//! Override: an operation of the client, where there is one.

use std::borrow::Cow;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::call::Call;
use super::core::Core;
use super::options::CallOptions;
use super::response::Response;
use crate::error::Error;
use crate::wire::decode::Decode;
use crate::wire::misfit::Misfit;
use crate::wire::reader::Reader;

/// The HTTP method of a [`Request`]. Writes say whether they are idempotent, which decides whether they are retried
/// after a failure in which the request may have taken effect.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Method {
    /// Reads.
    Get,
    /// Reads headers.
    Head,
    /// Writes, or reads with a body.
    Post {
        /// Whether sending it twice has the same result as sending it once.
        idempotent: bool,
    },
    /// Writes.
    Put {
        /// Whether sending it twice has the same result as sending it once.
        idempotent: bool,
    },
    /// Writes.
    Patch {
        /// Whether sending it twice has the same result as sending it once.
        idempotent: bool,
    },
    /// Deletes.
    Delete {
        /// Whether sending it twice has the same result as sending it once.
        idempotent: bool,
    },
}

impl Method {
    /// The name, and whether the call may be sent again.
    fn parts(self) -> (&'static str, bool) {
        match self {
            Self::Get => ("GET", true),
            Self::Head => ("HEAD", true),
            Self::Post { idempotent } => ("POST", idempotent),
            Self::Put { idempotent } => ("PUT", idempotent),
            Self::Patch { idempotent } => ("PATCH", idempotent),
            Self::Delete { idempotent } => ("DELETE", idempotent),
        }
    }
}

/// A request that this library has no operation for, made by a client's `request`.
///
/// The path starts with `/`. A name in braces is replaced by a setting of the client, such as `{project_id}`, or by a
/// value from [`path`](Self::path). Headers that the client sends with every call are sent as well.
///
/// ```
/// use dbplane::huawei::{Credentials, taurusdb_v3::Client};
/// use dbplane::testing::HttpResponse;
/// use dbplane::{Method, Transport};
/// use serde_json::{Value, json};
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), dbplane::Error> {
/// # let transport = Transport::from_fn(|request| {
/// #     assert_eq!((request.method(), request.path()), ("POST", "/v3/0483b6b16e954cb88930a360d2c4e663/instances/i-1/tea"));
/// #     assert_eq!((request.query("hot"), request.json()), (Some("true"), json!({"cups": 2})));
/// #     Ok(HttpResponse::json(200, &json!({"job_id": "j-1"})))
/// # });
/// # let project = "0483b6b16e954cb88930a360d2c4e663";
/// # let credentials = Credentials::access_key("key", "secret").project_id(project);
/// # let builder = Client::builder().region("ap-southeast-3").credentials(credentials).transport(transport);
/// # let client = builder.build()?;
/// let response = client
///     .request(Method::Post { idempotent: false }, "/v3/{project_id}/instances/{instance_id}/tea")
///     .path("instance_id", "i-1")
///     .query("hot", "true")
///     .body(&json!({"cups": 2}))
///     .send::<Value>()
///     .await?;
/// assert_eq!(response["job_id"], "j-1");
/// # Ok(()) }
/// ```
#[derive(Debug, Clone)]
#[must_use = "a request does nothing until it is sent"]
pub struct Request {
    call: Call,
}

impl Request {
    pub(crate) fn new(core: &Core, method: Method, path: String) -> Self {
        let (name, idempotent) = method.parts();
        Self { call: Call::raw(core, name, idempotent, path) }
    }

    /// Sets the value of a name in braces. The value is percent-encoded and must not contain a slash.
    pub fn path(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.call.set_segment(name.into(), value.into());
        self
    }

    /// Sets a query parameter.
    pub fn query(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.call.extra_mut().set_query(name.into(), value.into());
        self
    }

    /// Sets a header. Its value is not treated as a secret and can appear in errors. Credentials are set by the client.
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.call.extra_mut().set_header(name.into(), value.into());
        self
    }

    /// Sets the body, which is sent as JSON.
    pub fn body(mut self, body: &(impl Serialize + ?Sized)) -> Self {
        self.call.set_body(body);
        self
    }

    /// Sets per-call options (timeouts, retries).
    pub fn with_options(mut self, options: CallOptions) -> Self {
        self.call.set_options(options);
        self
    }

    /// Sends the request and returns the decoded response; an empty body is `null`.
    ///
    /// Not cancel safe: dropping the future does not cancel the request. A write that was sent may still take effect, at
    /// most once.
    ///
    /// # Errors
    /// See [`Error`]. [`Error::is_invalid_request`] if the path does not start with `/` or a name in braces has no
    /// value; [`Error::is_decode`] if the response is not a `T`.
    #[allow(clippy::manual_async_fn, reason = "an async fn can't say that it can be spawned")]
    pub fn send<T: DeserializeOwned>(
        self,
    ) -> impl Future<Output = Result<Response<T>, Error>> + Send + 'static + use<T> {
        async move {
            let operation = self.call.operation();
            let target = self.call.target();
            let response = self.call.send::<Body>().await?;
            let read = response.try_map(|Body(value)| {
                serde_json::from_value(value).map_err(|e| reason(&e.to_string()).into_owned())
            });
            read.map_err(|e| e.with_operation(operation).with_target(target))
        }
    }
}

/// Any JSON, or an empty body.
struct Body(Value);

impl Decode for Body {
    fn blank() -> Self {
        Self(Value::Null)
    }

    fn decode(reader: &mut Reader<'_>) -> Result<Self, Misfit> {
        if reader.peek().is_none() { Ok(Self::blank()) } else { Value::decode(reader).map(Self) }
    }
}

/// The message of serde without the quoted value, which may be a secret.
fn reason(text: &str) -> Cow<'_, str> {
    if text.starts_with("missing field `") || text.starts_with("at `") {
        return text.into();
    }
    match text.rsplit_once(", expected ") {
        Some((_, wanted)) => format!("expected {wanted}").into(),
        None => "a value does not match the program's type".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_serde_says_is_told_without_the_value() {
        let rows = [
            ("missing field `id`", "missing field `id`"),
            ("at `id`: expected text, found null", "at `id`: expected text, found null"),
            (r#"invalid type: string "hunter2, expected x", expected u64"#, "expected u64"),
            ("unknown variant `hunter2`, expected `a` or `b`", "expected `a` or `b`"),
            ("hunter2 is no date", "a value does not match the program's type"),
        ];
        for (said, told) in rows {
            assert_eq!(reason(said), told);
        }
    }
}
