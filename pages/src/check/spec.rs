//! What a spec says beyond its model: error bodies, headers that carry credentials, properties left out.

use std::collections::BTreeSet;

use dbplane_codegen::spec::{Kind, Location, Operation, Parameter, Schema, Service};
use serde_json::Value as Json;

use crate::facts::Place;

/// The schema of an error's body. A list of something is not looked into.
pub(super) fn error_schema<'s>(service: &'s Service, operation: &Operation, status: u16) -> Option<&'s str> {
    let responses = responses(service, operation)?;
    let class = format!("{}XX", status / 100);
    let response = responses.get(status.to_string()).or_else(|| responses.get(class))?;
    let response = match response.get("$ref").and_then(Json::as_str) {
        Some(name) => service.json.get("components")?.get("responses")?.get(name.rsplit('/').next()?)?,
        None => response,
    };
    let schema = response.get("content")?.as_object()?.values().next()?.get("schema")?;
    schema.get("$ref")?.as_str()?.rsplit('/').next()
}

fn responses<'s>(service: &'s Service, operation: &Operation) -> Option<&'s Json> {
    let method = operation.method.to_ascii_lowercase();
    service.json.get("paths")?.get(&operation.path)?.get(&method)?.get("responses")
}

/// The fewest operations that make something common.
const COMMON: usize = 3;

/// Whether most operations of a service share the response that one of them has for a status: what answers before all
/// of them, such as a gateway, stands on few pages.
pub(super) fn is_common_response(service: &Service, operation: &Operation, status: &str) -> bool {
    let reference = |operation| responses(service, operation)?.get(status)?.get("$ref")?.as_str();
    let Some(shared) = reference(operation) else { return false };
    let count = service.operations.iter().filter(|other| reference(other) == Some(shared)).count();
    count >= COMMON && 2 * count > service.operations.len()
}

/// Headers that security schemes describe, in lower case.
pub(crate) fn credential_headers(service: &Service) -> BTreeSet<String> {
    let schemes =
        service.json.get("components").and_then(|c| c.get("securitySchemes")).and_then(Json::as_object);
    let in_header =
        schemes.into_iter().flat_map(|s| s.values()).filter(|s| s.get("in") == Some(&"header".into()));
    in_header.filter_map(|s| s.get("name")?.as_str()).map(str::to_ascii_lowercase).collect()
}

/// Properties that a schema leaves out on purpose.
pub(super) fn omitted<'s>(service: &'s Service, schema: &str) -> Vec<&'s str> {
    let schema = service.json.get("components").and_then(|c| c.get("schemas")).and_then(|s| s.get(schema));
    let names = schema.and_then(|s| s.get("x-omitted")?.get("properties")?.as_array());
    names.into_iter().flatten().filter_map(Json::as_str).collect()
}

/// The name of the object that a schema is, or a list of.
pub(super) fn object_name<'s>(service: &'s Service, schema: &'s Schema) -> Option<&'s str> {
    match &schema.kind {
        Kind::Ref(name) => match service.schemas.get(name).map(|s| &s.kind) {
            Some(Kind::Object(_)) => Some(name),
            _ => None,
        },
        Kind::Array(item) => object_name(service, item),
        _ => None,
    }
}

/// How to call a schema's type.
pub(super) fn type_name(service: &Service, schema: &Schema) -> String {
    match &schema.kind {
        Kind::Object(_) | Kind::Map => "object".to_owned(),
        Kind::Array(item) => format!("array of {}", type_name(service, item)),
        Kind::Text { time: true } => "date-time".to_owned(),
        Kind::Text { time: false } => "string".to_owned(),
        Kind::Enum { .. } => "enum".to_owned(),
        Kind::Integer { small: true } => "integer of 32 bits".to_owned(),
        Kind::Integer { small: false } => "integer of 64 bits".to_owned(),
        Kind::Number => "number".to_owned(),
        Kind::Boolean => "boolean".to_owned(),
        Kind::Any => "any value".to_owned(),
        Kind::Ref(name) => match service.schemas.get(name) {
            Some(target) if matches!(target.kind, Kind::Object(_) | Kind::Map) => format!("object {name}"),
            Some(target) if !matches!(target.kind, Kind::Ref(_)) => type_name(service, target),
            _ => name.clone(),
        },
    }
}

/// Where a parameter stands.
pub(crate) fn location(parameter: &Parameter) -> Place {
    match parameter.location {
        Location::Path => Place::Path,
        Location::Query => Place::Query,
        Location::Header => Place::Header,
    }
}
