//! Checks the body against the spec.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use crate::base::strict_json;
use crate::message::refusal::{Refusal, RefusalKind};
use crate::message::request::Request;
use crate::spec::json_text;
use crate::spec::operation::Operation;
use crate::spec::validator;

pub(super) fn check(
    operation: &Operation,
    request: &Request,
    values: &BTreeMap<String, String>,
) -> Result<Json, Refusal> {
    let Some(expected) = &operation.body else {
        return match request.body.is_empty() {
            true => Ok(Json::Null),
            false => Err(Refusal::invalid("the operation takes no body, but one is sent")),
        };
    };
    if request.body.is_empty() {
        return Err(Refusal::invalid("the body is missing"));
    }
    content_type(request)?;
    let mut body = strict_json::read(&request.body).map_err(Refusal::invalid)?;
    let faults = validator::faults(&expected.validator, &body);
    if !faults.is_empty() {
        return Err(Refusal::invalid(format!("the body does not fit: {}", faults.join("; "))));
    }
    for property in &expected.json_texts {
        json_text::unfold(&mut body, property);
    }
    for (property, parameter) in &expected.copies {
        let (copy, original) = (body.get(property).and_then(Json::as_str), values.get(parameter));
        if copy.is_some() && copy != original.map(String::as_str) {
            let problem = format!("the field `{property}` differs from the path parameter `{parameter}`");
            return Err(Refusal::invalid(problem));
        }
    }
    Ok(body)
}

fn content_type(request: &Request) -> Result<(), Refusal> {
    let wrong = |problem: String| Refusal::new(RefusalKind::MediaType, problem);
    let sent = request.header("content-type").map_err(wrong)?.unwrap_or_default();
    let mut parts = sent.split(';').map(|part| part.trim().to_ascii_lowercase());
    let json = parts.next().as_deref() == Some("application/json");
    let utf8 = parts.all(|part| match part.strip_prefix("charset=") {
        Some(charset) => matches!(charset.trim_matches('"'), "utf-8" | "utf8"),
        None => true,
    });
    if json && utf8 {
        return Ok(());
    }
    Err(wrong(format!("Content-Type is `{sent}`, not application/json in UTF-8")))
}
