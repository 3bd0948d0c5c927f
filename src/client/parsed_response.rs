//! From a response to a value: checks the envelope and error codes, and decodes the body, with the place in errors.
//!
//! Problem: a response with a success status can still report an error, and two parsers of one body may disagree.
//! Default: every value of a good response is read here: [`decode`] for a value, [`ParsedResponse`] for rows, totals
//! and ids. The flag of the operation's envelope decides first; if it is missing, an error code or an `error` in any
//! form makes the response an error. A missing list is not an empty list. Override: none.

use std::borrow::Cow;

use bytes::Bytes;
use memchr::memmem;
use reqwest::header::CONTENT_ENCODING;
use serde_json::Value;

use super::byte_stream::ByteStream;
use super::raw_response::RawResponse;
use super::response::Response;
use super::{denial, error_body};
use crate::error::text::one_line;
use crate::error::{Error, Kind};
use crate::operation::{Operation, Paging};
use crate::wire::decode::{self, Decode};
use crate::wire::misfit::Misfit;
use crate::wire::reader::Reader;
use crate::wire::rows::{self, Rows};
use crate::wire::watch::Watch;

/// Reads a response as a value of the operation's type.
pub(super) fn decode<T: Decode>(
    operation: &'static Operation,
    reply: RawResponse,
) -> Result<Response<T>, Error> {
    let mut value = T::blank();
    let request_id = read(operation, &reply, &mut |reader| {
        value = T::decode(reader)?;
        Ok(())
    })?;
    lists(operation, &reply)?;
    Ok(Response::new(value, request_id, reply))
}

/// A response whose body is a file.
pub(super) fn file(mut reply: RawResponse) -> Result<Response<ByteStream>, Error> {
    let file =
        reply.file.take().ok_or_else(|| decode_error(&reply, "the response has no file".to_owned()))?;
    let id = reply.request_id();
    Ok(Response::new(file, id, reply))
}

/// Reads a response with `take`, for every type; errors in its content are returned as errors.
fn read(
    operation: &'static Operation,
    reply: &RawResponse,
    take: &mut dyn FnMut(&mut Reader<'_>) -> Result<(), Misfit>,
) -> Result<Option<String>, Error> {
    let text = text(&reply.body);
    let mut reader = Reader::new(&text).watching(watch(operation));
    let taken = take(&mut reader).and_then(|()| reader.end());
    let request_id = judge(operation, reply, &reader.watched(taken.is_err()))?;
    taken.map_err(|misfit| unreadable(reply, &misfit))?;
    Ok(request_id)
}

/// An error if an expected list is missing, unless the response says that it has no rows.
fn lists(operation: &'static Operation, reply: &RawResponse) -> Result<(), Error> {
    let Some(Paging { items, total, .. }) = operation.paging else { return Ok(()) };
    // Searching for the name anywhere is much faster than parsing the response again.
    let (_, name) = items.rsplit_once('.').unwrap_or(("", items));
    if memmem::find(&reply.body, ["\"", name, "\""].concat().as_bytes()).is_some() {
        return Ok(());
    }
    let text = text(&reply.body);
    if rows::at(&text, items).is_some() {
        return Ok(());
    }
    match total.and_then(|path| get::<i64>(&text, path)) {
        Some(0) => Ok(()),
        _ => Err(decode_error(reply, format!("the response has no list `{items}`"))),
    }
}

/// The value at a dotted path; none if it is missing, `null`, or of another type.
fn get<T: Decode>(text: &str, path: &str) -> Option<T> {
    rows::at(text, path).and_then(|json| decode::decode::<Option<T>>(&json).ok()?)
}

/// A good response with a JSON body that was not decoded to a type yet.
pub(crate) struct ParsedResponse {
    operation: &'static Operation,
    reply: RawResponse,
}

impl ParsedResponse {
    /// Parses a response.
    pub(super) fn open(operation: &'static Operation, reply: RawResponse) -> Result<Self, Error> {
        read(operation, &reply, &mut |reader| if reader.peek().is_none() { Ok(()) } else { reader.skip() })?;
        Ok(Self { operation, reply })
    }

    /// The value at a dotted path; none if it is missing, `null`, or of another type.
    pub(crate) fn get<T: Decode>(&self, path: &str) -> Option<T> {
        get(&text(&self.reply.body), path)
    }

    /// The value at a dotted path; none if it is missing or `null`, and `other` if it is of another type.
    pub(crate) fn get_or<T: Decode>(&self, path: &str, other: T) -> Option<T> {
        let text = text(&self.reply.body);
        let json = rows::at(&text, path)?;
        decode::decode::<Option<T>>(&json).unwrap_or(Some(other))
    }

    /// The rows of the operation's list, which is at a dotted path.
    pub(crate) fn rows(&self, path: &'static str) -> Result<Rows, Error> {
        lists(self.operation, &self.reply).map_err(|e| e.with_operation(self.operation))?;
        let text = text(&self.reply.body);
        let rows = rows::at(&text, path).map(|list| Rows::new(path, &list)).transpose();
        rows.map(Option::unwrap_or_default)
            .map_err(|misfit| unreadable(&self.reply, &misfit).with_operation(self.operation))
    }

    /// The error of a response that can be parsed but is not valid.
    pub(crate) fn unreadable(&self, why: String) -> Error {
        decode_error(&self.reply, why).with_operation(self.operation)
    }

    /// Keeps only these rows of the list at a dotted path.
    pub(crate) fn set_rows(&mut self, path: &str, rows: &Rows) {
        if let Some(text) = rows::with(&text(&self.reply.body), path, &format!("[{}]", rows.text())) {
            self.reply.body = Bytes::from(text);
        }
    }

    /// The body as a value of the operation's type.
    pub(crate) fn decode<T: Decode>(self) -> Result<Response<T>, Error> {
        decode(self.operation, self.reply).map_err(|e| e.with_operation(self.operation))
    }
}

/// A body as text, without a byte order mark; what is not UTF-8 in it is replaced.
fn text(body: &Bytes) -> Cow<'_, str> {
    let body = body.strip_prefix("\u{feff}".as_bytes()).unwrap_or(body);
    // Searching for invalid UTF-8 takes five times as long as checking that there is none.
    std::str::from_utf8(body).map_or_else(|_| String::from_utf8_lossy(body), Cow::Borrowed)
}

fn unreadable(reply: &RawResponse, misfit: &Misfit) -> Error {
    let encoding = reply.headers.get(CONTENT_ENCODING).and_then(|encoding| one_line(encoding.to_str().ok()?));
    let encoding = encoding.filter(|encoding| !encoding.eq_ignore_ascii_case("identity"));
    let body = &*reply.body;
    let why = match (error_body::foreign_form(body), encoding) {
        (Some(form), _) => format!("it {form}"),
        (None, Some(encoding)) => format!("it is encoded as {encoding}, which the request did not ask for"),
        _ if body.trim_ascii_start().starts_with(b"<") => "it is a page of HTML or XML".to_owned(),
        _ if body.trim_ascii().is_empty() => format!("it is empty: {misfit}"),
        _ => misfit.to_string(),
    };
    decode_error(reply, format!("the response can't be read, {why}"))
}

fn decode_error(reply: &RawResponse, message: String) -> Error {
    Error::new(Kind::Decode, message)
        .with_response(reply.status, reply.request_id(), reply.body.clone())
        .with_requests_sent(reply.requests_sent, true)
}

/// Other names that services use for the flag `success` of their pages.
const SUCCESSFUL: &str = "successful";
const CODES: [&str; 2] = ["error_code", "err_code"];
/// The property in which some services return an error. No response of a spec uses it for anything else.
const ERRORS: [&str; 4] = ["error", "errors", "fault", "exception"];

/// The content of a response that reports success or an error.
fn watch<'t>(operation: &'static Operation) -> Watch<'t> {
    let envelope = operation.envelope.iter();
    let own = envelope.flat_map(|envelope| [Some(envelope.success), Some(SUCCESSFUL), envelope.request_id]);
    Watch::new(own.flatten().chain(CODES).chain(ERRORS))
}

/// The request id in a response, or the error that it reports although its status is a success.
fn judge(operation: &Operation, reply: &RawResponse, said: &Watch<'_>) -> Result<Option<String>, Error> {
    let told = |name: &str| said.get(name).and_then(|json| decode::decode::<Option<Value>>(json).ok()?);
    let envelope = operation.envelope.as_ref();
    let flag = envelope.and_then(|envelope| told(envelope.success).or_else(|| told(SUCCESSFUL)));
    match (envelope, flag) {
        (Some(envelope), Some(flag)) => {
            if let Some(says) = denial::denied_by_envelope(&flag, envelope.values) {
                let message = format!("`{}` of the response is {says}", envelope.success);
                // A flag means that the service did nothing; other errors only mean that the call failed.
                return Err(denied(reply, Some(message), !envelope.values.is_empty()));
            }
        }
        // Without a flag, the code decides. With a flag, services also set the code on success.
        _ if CODES.iter().filter_map(|name| told(name)).any(|code| denial::is_error_code(&code))
            || ERRORS.iter().filter_map(|name| told(name)).any(|error| denial::is_error(&error)) =>
        {
            return Err(denied(reply, None, true));
        }
        _ => {}
    }
    let id = envelope.and_then(|envelope| told(envelope.request_id?));
    let id = id.as_ref().and_then(Value::as_str).and_then(|id| reply.as_id(id));
    Ok(id.or_else(|| reply.request_id()))
}

/// The error in a response with a success status.
fn denied(reply: &RawResponse, message: Option<String>, doubt: bool) -> Error {
    let mask = reply.mask();
    let mut said = error_body::read_masked(&reply.body, &mask);
    said.message = said.message.or_else(|| message.map(|message| mask.hide(&message)));
    Error::responded(reply.status, said, reply.body.clone())
        .with_response(reply.status, reply.request_id(), reply.body.clone())
        .with_requests_sent(reply.requests_sent, reply.doubt || doubt)
}
