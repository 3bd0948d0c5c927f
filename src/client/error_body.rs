//! Parses error bodies of any shape.
//!
//! Problem: one service returns errors in several shapes, the gateway in front of it in others, and a proxy before both
//! in HTML, so a typed error body would mostly fail to decode. Default: [`read`] searches for code, message and request
//! id under every known name, at every level, and falls back to the start of the text. Override: the error has the raw
//! body.
//!
//! Shapes that need more than names: an `error` or `errors` wrapper, lists of validation errors, an `error`
//! that is only text, codes that are numbers, and texts that are not JSON.

use serde_json::{Map, Value};

use super::mask::Mask;
use crate::error::ServiceError;
use crate::error::text::{READ_MAX, TEXT_MAX, clean, first_line, one_line};
use crate::wire::decode::{Decode, decode};
use crate::wire::reader::Reader;
use crate::wire::watch::same_name;

/// The maximum size of the part of a body that is parsed.
const BODY_MAX: usize = 256 * 1024;
const DETAILS_MAX: usize = 50;
const DEPTH_MAX: usize = 4;

// Compared in lower case without `_` and `-`, so that one stands for error_code, errorCode and ErrorCode.
const CODES: [&str; 4] = ["errorcode", "errcode", "code", "faultcode"];
const MESSAGES: [&str; 11] = [
    "errormsg",
    "errormessage",
    "errmsg",
    "errmessage",
    "message",
    "msg",
    "errordescription",
    "detail",
    "title",
    "description",
    "faultstring",
];
const REQUEST_IDS: [&str; 3] = ["requestid", "xrequestid", "globalrequestid"];

/// Parses an error body. The result is empty only for an empty body.
pub(crate) fn read(body: &[u8]) -> ServiceError {
    read_masked(body, &Mask::default())
}

/// The same without the secrets of the request, if the body repeats them.
///
/// Only the start of a large body is parsed. The members before the end of an incomplete body are used.
pub(crate) fn read_masked(body: &[u8], mask: &Mask) -> ServiceError {
    if let Some(format) = foreign_form(body) {
        return ServiceError { message: Some(format!("a body that {format}")), ..ServiceError::default() };
    }
    let text = String::from_utf8_lossy(body.get(..BODY_MAX).unwrap_or(body));
    let text = text.trim_start_matches('\u{feff}').trim();
    let said = ErrorFields { mask };
    let mut error = match value(text) {
        Some(value) => said.in_value(&value, 0),
        None => {
            let message = first_line(&mask.hide(start(text))).map(|line| mask.hide(&line));
            ServiceError { message, ..ServiceError::default() }
        }
    };
    error.details.dedup();
    error.details.truncate(DETAILS_MAX);
    if error.message.is_none() && !error.details.is_empty() {
        error.message = clean(&error.details.join("; "), TEXT_MAX);
    }
    error
}

/// The format of a body that is not UTF-8 text, by its first bytes: no request of this library asks for it.
pub(crate) fn foreign_form(body: &[u8]) -> Option<&'static str> {
    match body {
        [0x1f, 0x8b, ..] => Some("is compressed with gzip, which the request did not ask for"),
        [0x78, 0x01 | 0x5e | 0x9c | 0xda, ..] => {
            Some("is compressed with deflate, which the request did not ask for")
        }
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] | [0, b'{' | b'[', ..] | [b'{' | b'[', 0, ..] => {
            Some("is in UTF-16, and JSON is in UTF-8")
        }
        [0x28, 0xb5, 0x2f, 0xfd, ..] => Some("is compressed with zstd, which the request did not ask for"),
        _ => None,
    }
}

/// The same for a part of a body, only for comparing: secrets are not masked.
pub(super) fn in_value(value: &Value) -> ServiceError {
    ErrorFields { mask: &Mask::default() }.in_value(value, 0)
}

/// The body as JSON: all of it, or the members of its object before the first fault.
fn value(text: &str) -> Option<Value> {
    let whole = decode::<Value>(text);
    if whole.is_ok() || !text.starts_with('{') {
        return whole.ok();
    }
    let mut members = Map::new();
    _ = Reader::new(text).members(&mut |reader, name| {
        members.insert(name.text()?.into_owned(), Value::decode(reader)?);
        Ok(())
    });
    (!members.is_empty()).then_some(Value::Object(members))
}

/// The maximum size of the text for one line.
fn start(text: &str) -> &str {
    let end = (0..=READ_MAX.min(text.len())).rev().find(|end| text.is_char_boundary(*end));
    text.get(..end.unwrap_or(0)).unwrap_or_default()
}

/// The content of a body, for display.
struct ErrorFields<'m> {
    mask: &'m Mask,
}

impl ErrorFields<'_> {
    /// One line of a text, without the secrets in it.
    fn clean(&self, text: &str) -> Option<String> {
        // Again, because removing invisible characters can produce a secret.
        clean(&self.mask.hide(start(text)), TEXT_MAX).map(|line| self.mask.hide(&line))
    }

    fn in_value(&self, value: &Value, depth: usize) -> ServiceError {
        match value {
            _ if depth > DEPTH_MAX => ServiceError::default(),
            Value::Object(object) => self.in_object(object, depth),
            Value::Array(items) => self.in_list(items, depth),
            Value::String(text) => ServiceError { message: self.clean(text), ..ServiceError::default() },
            Value::Null | Value::Bool(_) | Value::Number(_) => ServiceError::default(),
        }
    }

    fn in_object(&self, object: &Map<String, Value>, depth: usize) -> ServiceError {
        if let Some(detail) = self.validation_error(object) {
            return ServiceError { details: vec![detail], ..ServiceError::default() };
        }
        let mut error = ServiceError {
            code: self.find(object, &CODES).and_then(|code| one_line(&code)),
            message: self.find(object, &MESSAGES),
            request_id: self.find(object, &REQUEST_IDS).and_then(|id| one_line(&id)),
            details: self.details(object, depth),
        };
        // The wrappers first, then everything else: some services nest the error under another name.
        let wrapped = ["error", "errors"].iter().filter_map(|key| object.get(*key));
        let others =
            object.iter().filter(|(key, value)| value.is_object() && !NOT_NESTED.contains(&key.as_str()));
        for inner in wrapped.chain(others.map(|(_, value)| value)) {
            if error.code.is_none() || error.message.is_none() {
                error = merge(error, self.in_value(inner, depth + 1));
            }
        }
        error
    }

    fn details(&self, object: &Map<String, Value>, depth: usize) -> Vec<String> {
        let listed = match (object.get("details"), object.get("detail")) {
            (Some(Value::Array(items)), _) | (_, Some(Value::Array(items))) => items.as_slice(),
            (Some(single), _) => std::slice::from_ref(single),
            _ => &[],
        };
        let listed = listed.iter().take(DETAILS_MAX);
        let mut details: Vec<_> = listed.filter_map(|item| line(self.in_value(item, depth + 1))).collect();
        // The reason for a refused action: the name of the action, and its message.
        if let Some(Value::Object(response)) = object.get("response") {
            let named = |key: &str| {
                let text = self.find(response, &[&key.replace('_', "")])?;
                self.clean(&format!("{key}: {text}"))
            };
            details.extend(["action_name", "access_level", "message"].iter().filter_map(|key| named(key)));
        }
        // Only useful for decoding, and so only if complete: a long one is only in the raw body.
        if let Some(encoded) = object.get("encoded_authorization_message").and_then(Value::as_str) {
            let detail = format!("encoded_authorization_message: {encoded}");
            let whole = !encoded.is_empty() && detail.chars().count() <= TEXT_MAX;
            details.extend(whole.then(|| self.clean(&detail)).flatten());
        }
        details
    }

    /// The first element with a code or a message is the error; the others are details of it.
    fn in_list(&self, items: &[Value], depth: usize) -> ServiceError {
        let mut whole = ServiceError::default();
        for mut error in items.iter().take(DETAILS_MAX).map(|item| self.in_value(item, depth + 1)) {
            if whole.code.is_none() && whole.message.is_none() {
                whole = merge(whole, error);
            } else {
                whole.request_id = whole.request_id.or(error.request_id.take());
                let more = std::mem::take(&mut error.details);
                whole.details.extend(line(error).into_iter().chain(more));
            }
        }
        whole
    }

    /// `{loc, msg, type_}`, an element of a list of validation errors: the place and the fault.
    fn validation_error(&self, object: &Map<String, Value>) -> Option<String> {
        let message = object.get("msg")?.as_str()?;
        let place = match object.get("loc")? {
            Value::Array(parts) => parts.iter().filter_map(scalar_text).collect::<Vec<_>>().join("."),
            other => scalar_text(other).unwrap_or_default(),
        };
        self.clean(&if place.is_empty() { message.to_owned() } else { format!("{place}: {message}") })
    }

    /// The first scalar under one of the names, in the order of the names.
    fn find(&self, object: &Map<String, Value>, names: &[&str]) -> Option<String> {
        names.iter().find_map(|name| {
            let mut named = object.iter().filter(|(key, _)| same_name(key, name));
            named.find_map(|(_, value)| self.clean(&scalar_text(value)?))
        })
    }
}

/// Keys whose values were already read, or describe the error without being one.
const NOT_NESTED: [&str; 8] = ["error", "errors", "details", "detail", "response", "ctx", "data", "params"];

/// An error within a list of details, as one line.
fn line(error: ServiceError) -> Option<String> {
    match (error.code, error.message) {
        (Some(code), Some(message)) => clean(&format!("{code}: {message}"), TEXT_MAX),
        (code, message) => code.or(message).or_else(|| error.details.into_iter().next()),
    }
}

fn merge(outer: ServiceError, inner: ServiceError) -> ServiceError {
    ServiceError {
        code: outer.code.or(inner.code),
        message: outer.message.or(inner.message),
        request_id: outer.request_id.or(inner.request_id),
        details: outer.details.into_iter().chain(inner.details).collect(),
    }
}

pub(super) fn scalar_text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    /// Code, message, request id and details of a body; `-` where there is none.
    fn told(body: &[u8]) -> String {
        let ServiceError { code, message, request_id, details } = read(body);
        let or_dash = |text: Option<String>| text.unwrap_or("-".into());
        let parts = [code, message, request_id].map(or_dash).join(" | ");
        if details.is_empty() { parts } else { format!("{parts} | {}", details.join(" / ")) }
    }

    #[test]
    fn understands_every_json_shape() {
        let rows = [
            // Huawei
            (r#"{"error_code":"DBS.1","error_msg":"bad"}"#, "DBS.1 | bad | -"),
            (
                r#"{"error_code":"D.1","error_msg":"no","details":["why",{"error_code":"E","error_msg":"x"}],
                    "encoded_authorization_message":"XYZ"}"#,
                "D.1 | no | - | why / E: x / encoded_authorization_message: XYZ",
            ),
            (r#"{"error":{"error_code":"DBSS.1","error_msg":"bad"}}"#, "DBSS.1 | bad | -"),
            (r#"{"error":{"code":401,"message":"wrong","title":"Unauthorized"}}"#, "401 | wrong | -"),
            (r#"{"error_code":"1100","error_msg":"IAM"}"#, "1100 | IAM | -"),
            (r#"{"error_msg":"sign","error_code":"APIGW.0301","request_id":"r"}"#, "APIGW.0301 | sign | r"),
            (r#"{"errCode":"DBS.2","errMsg":"busy"}"#, "DBS.2 | busy | -"),
            (r#"{"code":"C","message":"m"}"#, "C | m | -"),
            (r#"{"code":"C","message":"m","details":"why"}"#, "C | m | - | why"),
            (r#"{"code":"C","message":"m","details":{"message":"why"}}"#, "C | m | - | why"),
            (r#"{"itemNotFound":{"message":"gone","code":404}}"#, "404 | gone | -"),
            (r#"{"code":1,"description":"busy","task_id":"t"}"#, "1 | busy | -"),
            (r#"{"request_id":"r","response":{},"x":{"y":{"errorCode":"E"}}}"#, "E | - | r"),
            // Samsung
            (
                r#"{"errors":[{"code":"NotFound","detail":"no such cluster","title":"Not found","status":404,
                    "request_id":"r","global_request_id":"g","links":[],"response":null}]}"#,
                "NotFound | no such cluster | r",
            ),
            (
                r#"{"errors":[{"code":"ValidationError","detail":["value_error","value_error","name"],
                    "title":"Bad"}]}"#,
                "ValidationError | Bad | - | value_error / name",
            ),
            (r#"{"errors":[{"code":"V","detail":["a","b"],"request_id":"r"}]}"#, "V | a; b | r | a / b"),
            (
                r#"{"errors":[{"code":"Forbidden","detail":"no","response":{"action_name":"mariadb:x",
                    "message":"denied","caused_auths":[]}}]}"#,
                "Forbidden | no | - | action_name: mariadb:x / message: denied",
            ),
            (r#"{"errors":[{"code":"A","detail":"a"},{"code":"B","detail":"b"}]}"#, "A | a | - | B: b"),
            (r#"{"errors":["only text"]}"#, "- | only text | -"),
            (
                r#"{"timestamp":"t","path":"/v1","status":404,"error":"Not Found","requestId":"r"}"#,
                "- | Not Found | r",
            ),
            (
                r#"{"message":"m","code":"c","service":"s","requestId":"r","params":{"code":"p"}}"#,
                "c | m | r",
            ),
            (
                r#"[{"loc":["body",0,"name"],"msg":"required","type_":"t"},{"loc":null,"msg":"bad"}]"#,
                "- | body.0.name: required; bad | - | body.0.name: required / bad",
            ),
            (r#"{"detail":[{"loc":["q"],"msg":"bad","type":"t"}]}"#, "- | q: bad | - | q: bad"),
            // OceanBase
            (
                r#"{"success":false,"errorCode":"E001R000","errorMessage":"boom","requestId":"r","data":{}}"#,
                "E001R000 | boom | r",
            ),
            (r#"{"data":null,"message":"refused","successful":false}"#, "- | refused | -"),
            (r#"{"RequestId":"r","Data":[{"Success":false}]}"#, "- | - | r"),
            (
                r#"{"Code":"IllegalOperation.Resource","Message":"m","RequestId":"r"}"#,
                "IllegalOperation.Resource | m | r",
            ),
            (r#"{"errorCode":"","errorMessage":null,"msg":"fallback"}"#, "- | fallback | -"),
        ];
        for (body, expected) in rows {
            assert_eq!(told(body.as_bytes()), expected, "{body}");
        }
    }

    #[test]
    fn understands_bodies_that_are_not_json() {
        let page = "<html>\r\n<head><title>502 Bad\nGateway</title></head><body><h1>502</h1></body></html>";
        let rows: [(&[u8], &str); 11] = [
            (b"", "- | - | -"),
            (b" \n", "- | - | -"),
            (b"null", "- | - | -"),
            (b"\"busy\"", "- | busy | -"),
            (b"\xef\xbb\xbf{\"code\":7}", "7 | - | -"),
            (b"\n upstream \x1b[31mfailed\nmore", "- | upstream [31mfailed | -"),
            (page.as_bytes(), "- | 502 Bad Gateway | -"),
            (b"<style>h1 {}</style>\n<h1>Not <b>here</b></h1>\nmore", "- | Not here | -"),
            (b"{\"code\": 7, \"message\": \"told\", \"details\": [\"cut off", "7 | told | -"),
            (b"{\"code\": \"cut off", "- | {\"code\": \"cut off | -"),
            (b"\xfe\xfd", "- | \u{fffd}\u{fffd} | -"),
        ];
        for (body, expected) in rows {
            assert_eq!(told(body), expected, "{}", String::from_utf8_lossy(body));
        }
    }

    #[test]
    fn the_start_of_a_large_body_is_looked_at() {
        for filler in ["{\"\":0},", "[],", "\"a\",", "{\"a\":{\"b\":{\"code\":1}}},"] {
            let body =
                format!("{{\"code\":\"C\",\"details\":[{}0]}}", filler.repeat(8_000_000 / filler.len()));
            let error = read(body.as_bytes());
            assert_eq!(error.code.as_deref(), Some("C"), "{filler}");
            assert!(error.details.len() <= DETAILS_MAX);
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn any_body_gives_short_printable_lines(
            bytes: Vec<u8>,
            text in r#"(?s)[{}\[\]"<>:,a-z\n]{0,200}"#,
            message in "(?s).{0,1100}",
            count in 0..60_usize,
        ) {
            let error = json!({"code": message, "detail": message, "response": {"message": message}});
            let errors = vec![error; count];
            let listed = json!({"errors": errors, "details": errors}).to_string();
            for body in [&bytes[..], text.as_bytes(), message.as_bytes(), listed.as_bytes()] {
                let ServiceError { code, message, request_id, details } = read(body);
                prop_assert!(details.len() <= DETAILS_MAX);
                for line in details.iter().chain(&code).chain(&message).chain(&request_id) {
                    prop_assert!(line.chars().count() <= TEXT_MAX && !line.chars().any(char::is_control));
                }
            }
        }
    }
}
