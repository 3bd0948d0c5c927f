//! From a call to a request: sets the values, checks limits, and builds the address.
//!
//! Every broken limit is found before the first is reported, so that a caller can correct all of them at once.

use std::borrow::Cow;

use bytes::Bytes;
use reqwest::header::{ACCEPT, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use serde_json::{Map, Value};
use zeroize::Zeroizing;

use super::call::{Call, RawRequest};
use super::extra::Extra;
use crate::auth::SignableRequest;
use crate::error::text::is_invisible;
use crate::error::{Error, Kind};
use crate::operation::{Location, Parameter, Source};
use crate::secret::Secret;
use crate::violation::Violation;
use crate::wire::check::{Check, check, secrets};
use crate::wire::percent;
use crate::wire::zeroizing_json::ZeroizingJson;

/// The maximum length of a part of a path. The longest id of any vendor has 64 bytes.
const MAX_ID: usize = 1024;

const HEADER_RULE: &str =
    "must be plain ASCII without control characters, and without white space at the start and end";

/// Client parameters and their values.
type Settings = [(&'static str, String)];

/// Builds the request of a call, without its credentials.
pub(super) fn prepare(call: &Call, settings: &Settings) -> Result<SignableRequest, Error> {
    let mut draft = Draft::new(call.path());
    if let Some(raw) = &call.raw {
        raw_path(call, raw, settings, &mut draft)?;
    }
    for parameter in call.operation.parameters {
        if call.extras().any(|extra| extra.replaces(parameter)) {
            continue;
        }
        if let Some(value) = value_of(call, settings, parameter)? {
            draft.place(parameter, &value.0);
        } else if parameter.required {
            draft.refuse(parameter.name, "is required");
        }
    }
    let body = body_of(call, &mut draft)?;
    draft.headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
    if body.is_some() {
        draft.headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    }
    draft.add(call);
    if !draft.violations.is_empty() {
        return Err(Error::refused(draft.violations));
    }
    let (url, origin) = call.core.inner().base.join(&draft.path, &draft.query)?;
    let body = body.unwrap_or_default();
    let Draft { headers, mut secrets, .. } = draft;
    secrets.extend_from_slice(call.core.inner().transport.secrets());
    Ok(SignableRequest { method: call.operation.method, url, origin, headers, body, secrets })
}

/// The path of a request that is not an operation, with its values and what the client sends with every call.
fn raw_path(call: &Call, raw: &RawRequest, settings: &Settings, draft: &mut Draft) -> Result<(), Error> {
    if !raw.path.starts_with('/') || raw.path.contains(['?', '#']) {
        draft.refuse("path", "must start with a slash and must not have a query");
    }
    for (name, value) in &raw.segments {
        draft.place_in_path(name, value);
    }
    let mut known: Vec<&Parameter> = Vec::new();
    for parameter in call.core.inner().service.operations.iter().flat_map(|o| o.parameters) {
        let here =
            parameter.location != Location::Path || draft.path.contains(&format!("{{{}}}", parameter.name));
        let new = known.iter().all(|other| other.name != parameter.name);
        if parameter.source != Source::Client || !here || !new || call.extras().any(|e| e.replaces(parameter))
        {
            continue;
        }
        known.push(parameter);
        if let Some(value) = client_value(settings, parameter)? {
            draft.place(parameter, &value);
        }
    }
    let unfilled = draft.path.split('{').skip(1).filter_map(|rest| rest.split_once('}'));
    let unfilled: Vec<_> = unfilled.map(|(name, _)| name.to_owned()).collect();
    unfilled.iter().for_each(|name| draft.refuse(name, "is required"));
    Ok(())
}

/// The value of a parameter in this call: the caller's, the client's, the default, or a new id.
fn value_of<'c>(
    call: &'c Call,
    settings: &Settings,
    parameter: &Parameter,
) -> Result<Option<Cow<'c, ZeroizingJson>>, Error> {
    let given = call.values.iter().find(|(name, _)| *name == parameter.name);
    let given = given.map(|(_, value)| Cow::Borrowed(value));
    let own = |value| Cow::Owned(ZeroizingJson(value));
    match parameter.source {
        Source::Caller => Ok(given),
        Source::Generated => match given {
            Some(value) => Ok(Some(value)),
            None => {
                let id = call.core.inner().runtime.uuid();
                let id = id.ok_or_else(|| {
                    Error::new(Kind::Configuration, "failed to read random bytes from the system")
                })?;
                Ok(Some(own(Value::String(id))))
            }
        },
        Source::Client => Ok(client_value(settings, parameter)?.map(own)),
    }
}

fn client_value(settings: &Settings, parameter: &Parameter) -> Result<Option<Value>, Error> {
    let set = settings.iter().find(|(name, _)| *name == parameter.name).map(|(_, value)| value.as_str());
    match set.or(parameter.default) {
        Some(value) => Ok(Some(Value::from(value))),
        None if parameter.required => {
            let message = format!("the client has no `{}`; set it on the client's builder", parameter.name);
            Err(Error::new(Kind::Configuration, message))
        }
        None => Ok(None),
    }
}

/// The body's bytes, copies of path parameters filled in, limits checked.
fn body_of(call: &Call, draft: &mut Draft) -> Result<Option<Bytes>, Error> {
    let fields: Vec<_> = call.extras().flat_map(Extra::fields).collect();
    let empty = || (!fields.is_empty()).then(|| ZeroizingJson(Value::Object(Map::new())));
    let Some(ZeroizingJson(body)) = &mut call.body()?.or_else(empty) else { return Ok(None) };
    for (property, parameter) in call.operation.copies {
        let from = call.values.iter().find(|(name, _)| name == parameter).map(|(_, value)| value);
        match (body.get(*property), from) {
            (Some(own), Some(ZeroizingJson(from))) if own != from => {
                draft.refuse(property, &format!("must be the same as the path's {parameter}"));
            }
            (None, Some(ZeroizingJson(from))) => body[*property] = from.clone(),
            _ => {}
        }
    }
    if let Some(limits) = call.operation.body {
        check(body, limits, "", &mut draft.violations);
        secrets(body, limits, &mut draft.secrets);
    }
    for property in call.operation.json_texts {
        if let Some(list) = body.get_mut(*property).filter(|list| !list.is_null()) {
            *list = Value::String(list.to_string());
        }
    }
    for (name, value) in fields {
        match body {
            Value::Object(body) => _ = body.insert(name.clone(), value.0.clone()),
            _ => draft.refuse(name, "can't be added: the body is not an object"),
        }
    }
    // Sufficient for most bodies, because a growing buffer leaves copies in memory.
    let mut bytes = Zeroizing::new(Vec::with_capacity(8 * 1024));
    serde_json::to_writer(&mut *bytes, body).map_err(|e| Error::new(Kind::Configuration, e.to_string()))?;
    Ok(Some(Bytes::from_owner(bytes)))
}

/// Headers of HTTP itself, or of the address.
const CONNECTION_HEADERS: [&str; 7] =
    ["connection", "content-length", "expect", "host", "te", "transfer-encoding", "upgrade"];

/// A request that is being built.
struct Draft {
    path: String,
    query: String,
    headers: HeaderMap,
    violations: Vec<Violation>,
    secrets: Vec<Secret>,
}

impl Draft {
    fn new(path: &str) -> Self {
        // Those of a signature included.
        let headers = HeaderMap::with_capacity(12);
        let (violations, secrets) = (Vec::new(), Vec::new());
        Self { path: path.to_owned(), query: String::new(), headers, violations, secrets }
    }

    fn refuse(&mut self, field: &str, rule: &str) {
        self.violations.push(Violation::new(field, rule));
    }

    fn place(&mut self, parameter: &Parameter, value: &Value) {
        if let Some(limits) = parameter.check {
            check(value, limits, parameter.name, &mut self.violations);
        }
        let text = text_of(value);
        match parameter.location {
            Location::Path => self.place_in_path(parameter.name, &text),
            Location::Query => {
                if text.is_empty() && parameter.required {
                    self.refuse(parameter.name, "must not be empty");
                }
                self.place_in_query(parameter.name, &text);
            }
            Location::Header => self.place_in_header(parameter, text.into_owned()),
        }
    }

    fn place_in_header(&mut self, parameter: &Parameter, text: String) {
        let plain = text.bytes().all(|byte| matches!(byte, b' '..=b'~')) && text.trim() == text;
        // Wiped when the last copy is dropped: it may be a secret.
        let value = HeaderValue::from_maybe_shared(Bytes::from_owner(Zeroizing::new(text)));
        match (value, HeaderName::from_bytes(parameter.name.as_bytes())) {
            (Ok(value), _) if value.is_empty() => self.refuse(parameter.name, "must not be empty"),
            (Ok(mut value), Ok(name)) if plain => {
                value.set_sensitive(matches!(parameter.check, Some(Check::Text { secret: true, .. })));
                self.headers.insert(name, value);
            }
            _ => self.refuse(parameter.name, HEADER_RULE),
        }
    }

    fn place_in_query(&mut self, name: &str, text: &str) {
        let mark = if self.query.is_empty() { "" } else { "&" };
        self.query.extend([mark, &percent::encode(name), "=", &percent::encode(text)]);
    }

    /// Adds the additional parameters, headers and properties of the call.
    fn add(&mut self, call: &Call) {
        let mut all = Extra::default();
        let query = call.extras().flat_map(Extra::query);
        query.for_each(|(name, value)| all.set_query(name.clone(), value.clone()));
        for (name, value) in all.query() {
            self.place_in_query(name, value);
        }
        for (name, value) in call.extras().flat_map(Extra::headers) {
            match (HeaderName::from_bytes(name.as_bytes()), HeaderValue::from_str(value)) {
                (Ok(known), _) if CONNECTION_HEADERS.contains(&known.as_str()) => {
                    self.refuse(name, "is a header of the connection, which is set by the client");
                }
                (Ok(name), Ok(value)) => _ = self.headers.insert(name, value),
                (Err(_), _) => self.refuse(name, "is no name of a header"),
                (_, Err(_)) => self.refuse(name, HEADER_RULE),
            }
        }
    }

    fn place_in_path(&mut self, name: &str, text: &str) {
        // An empty or dotted segment would change the path, and so would a slash if a gateway decodes paths before
        // routing.
        if matches!(text, "" | "." | "..") {
            self.refuse(name, "must not be empty, `.` or `..`");
        }
        if text.contains(|c: char| matches!(c, '/' | '\\') || c.is_whitespace() || is_invisible(c)) {
            self.refuse(name, "must not contain slashes, white space or control characters");
        }
        if text.len() > MAX_ID {
            self.refuse(name, &format!("must have at most {MAX_ID} bytes, has {}", text.len()));
        }
        self.path = self.path.replace(&["{", name, "}"].concat(), &percent::encode(text));
    }
}

fn text_of(value: &Value) -> Cow<'_, str> {
    value.as_str().map_or_else(|| Cow::Owned(value.to_string()), Cow::Borrowed)
}
