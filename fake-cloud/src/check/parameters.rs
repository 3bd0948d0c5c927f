//! Checks parameters of path, query and headers against the spec.

use std::collections::BTreeMap;

use dbplane_codegen::spec::Location;
use serde_json::Value as Json;

use crate::message::refusal::{Refusal, RefusalKind};
use crate::message::request::{Request, decode};
use crate::spec::catalogue::VERSION;
use crate::spec::operation::{Operation, Parameter, ValueType};
use crate::spec::validator;

pub(super) fn check(
    operation: &Operation,
    path: &[(String, String)],
    request: &Request,
) -> Result<BTreeMap<String, String>, Refusal> {
    let mut sent = headers(operation, request)?;
    version(operation, &sent)?;
    sent.extend(query(operation, request)?);
    for (name, raw) in path {
        sent.insert(name.clone(), decode(raw)?);
    }
    let problems: Vec<String> =
        operation.parameters.iter().flat_map(|parameter| value(parameter, &sent)).collect();
    if problems.is_empty() { Ok(sent) } else { Err(Refusal::invalid(problems.join("; "))) }
}

fn headers(operation: &Operation, request: &Request) -> Result<BTreeMap<String, String>, Refusal> {
    let (mut sent, mut missing) = (BTreeMap::new(), Vec::new());
    for parameter in operation.parameters.iter().filter(|p| p.location == Location::Header) {
        match request.header(&parameter.name).map_err(Refusal::invalid)? {
            Some(text) => {
                sent.insert(parameter.name.clone(), text.to_owned());
            }
            None if parameter.required => {
                missing.push(format!("the required header {} is missing", parameter.name));
            }
            None => {}
        }
    }
    if missing.is_empty() { Ok(sent) } else { Err(Refusal::invalid(missing.join("; "))) }
}

fn version(operation: &Operation, sent: &BTreeMap<String, String>) -> Result<(), Refusal> {
    let served = operation.parameters.iter().find(|p| p.name == VERSION).and_then(|p| p.default.as_ref());
    match (served.and_then(Json::as_str), sent.get(VERSION)) {
        (Some(served), Some(asked)) if served != asked => {
            let problem = format!("{VERSION} asks for `{asked}`, which is not on offer; `{served}` is");
            Err(Refusal::new(RefusalKind::NoSuchVersion, problem))
        }
        _ => Ok(()),
    }
}

fn query(operation: &Operation, request: &Request) -> Result<BTreeMap<String, String>, Refusal> {
    let (mut sent, mut problems) = (BTreeMap::new(), Vec::new());
    for (name, text) in request.query_pairs()? {
        let known = operation.parameters.iter().any(|p| p.location == Location::Query && p.name == name);
        if !known {
            problems.push(format!("the query parameter `{name}` is unknown"));
        } else if sent.insert(name.clone(), text).is_some() {
            problems.push(format!("the query parameter `{name}` is sent more than once"));
        }
    }
    if problems.is_empty() { Ok(sent) } else { Err(Refusal::invalid(problems.join("; "))) }
}

/// What is wrong with the value of a parameter.
fn value(parameter: &Parameter, sent: &BTreeMap<String, String>) -> Vec<String> {
    let place = match parameter.location {
        Location::Path => "path",
        Location::Query => "query",
        Location::Header => "header",
    };
    let name = &parameter.name;
    let Some(text) = sent.get(name) else {
        let missing =
            parameter.required.then(|| format!("the required {place} parameter `{name}` is missing"));
        return missing.into_iter().collect();
    };
    let Some(value) = typed(parameter.plain, text) else {
        return vec![format!("the {place} parameter `{name}` is no {}", word(parameter.plain))];
    };
    let faults = validator::faults(&parameter.validator, &value);
    faults.into_iter().map(|fault| format!("the {place} parameter `{name}`: {fault}")).collect()
}

fn word(plain: ValueType) -> &'static str {
    match plain {
        ValueType::Text => "text",
        ValueType::Integer => "whole number",
        ValueType::Number => "number",
        ValueType::Boolean => "boolean, true or false",
    }
}

fn typed(plain: ValueType, text: &str) -> Option<Json> {
    match plain {
        ValueType::Text => Some(Json::from(text)),
        ValueType::Integer => {
            let digits = text.strip_prefix('-').unwrap_or(text);
            let decimal = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
            decimal.then(|| text.parse::<i64>().ok()).flatten().map(Json::from)
        }
        ValueType::Number => text.parse::<f64>().ok().filter(|number| number.is_finite()).map(Json::from),
        ValueType::Boolean => match text {
            "true" => Some(Json::Bool(true)),
            "false" => Some(Json::Bool(false)),
            _ => None,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_become_values_or_nothing() {
        assert_eq!(typed(ValueType::Integer, "-12"), Some(Json::from(-12)));
        for text in ["", "-", "+1", "1.0", "0x1", "99999999999999999999", " 1"] {
            assert_eq!(typed(ValueType::Integer, text), None, "{text}");
        }
        assert_eq!(typed(ValueType::Boolean, "True"), None);
        assert_eq!(typed(ValueType::Number, "inf"), None);
        assert_eq!(typed(ValueType::Text, ""), Some(Json::from("")));
    }
}
