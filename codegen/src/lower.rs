//! A copy of the schemas that progenitor turns into the structs we want.
//!
//! Problem: models made from the plain document are brittle (a new enum value, a `null` list or a number
//! below its minimum fails a whole response) and leak secrets. So the copy keeps only names and types:
//! limits are dropped (`limits` keeps them for requests), enums, secrets and times become references to
//! types of our own, and what may be missing or null becomes optional.

use serde_json::{Map, Value as Json, json};

use crate::spec::{Kind, Property, Schema, Service};

/// Component that stands for `crate::Secret`.
pub(crate) const SECRET: &str = "DbplaneSecret";
/// Component that stands for `crate::Timestamp`.
pub(crate) const TIMESTAMP: &str = "DbplaneTimestamp";

/// How a property is held by its struct.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Holding {
    /// Always there.
    Plain,
    /// There, or the type's default: a list that a response may leave out, a flag with the default false.
    Default,
    /// There or not; left out of a request when it is not.
    Optional,
    /// There or `null`; sent as `null` when it is not there.
    Nullable,
}

/// What a struct is for, which decides how its fields are held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Usage {
    /// It is only received.
    Received,
    /// It is sent, and a constructor takes what is required.
    Sent,
    /// It is sent, and more is required than a constructor should take: setters do, and sending finds what is missing.
    SentByName,
}

/// With more arguments than these, a call does not show which value is which, and two are easily swapped.
const MOST_ARGUMENTS: usize = 3;

/// What the struct of a schema with these properties is for.
pub(crate) fn usage(service: &Service, properties: &[Property], sent: bool) -> Usage {
    let plain = |p: &&Property| holding(service, p, Usage::Sent) == Holding::Plain;
    match sent {
        false => Usage::Received,
        true if properties.iter().filter(plain).count() > MOST_ARGUMENTS => Usage::SentByName,
        true => Usage::Sent,
    }
}

/// How `property` is held.
pub(crate) fn holding(service: &Service, property: &Property, usage: Usage) -> Holding {
    let request = usage != Usage::Received;
    let schema = service.resolve(&property.schema);
    let nullable = property.schema.nullable || schema.nullable;
    if property.schema.copy_of.is_some() {
        return Holding::Optional;
    }
    // A list that is missing or null says no more than an empty one.
    if matches!(schema.kind, Kind::Array(_)) && !request {
        return Holding::Default;
    }
    match (property.required, nullable) {
        (true, false) if usage == Usage::SentByName => Holding::Optional,
        (true, false) => Holding::Plain,
        (true, true) => Holding::Nullable,
        (false, false) if !request && defaults_to_zero(schema) => Holding::Default,
        (false, _) => Holding::Optional,
    }
}

/// Whether a setter takes the property and sending misses it.
pub(crate) fn is_required_by_name(service: &Service, property: &Property, usage: Usage) -> bool {
    usage == Usage::SentByName && holding(service, property, Usage::Sent) == Holding::Plain
}

fn defaults_to_zero(schema: &Schema) -> bool {
    match schema.kind {
        Kind::Boolean => schema.default == Some(json!(false)),
        Kind::Integer { .. } => schema.default == Some(json!(0)),
        _ => false,
    }
}

/// The document that progenitor gets: components alone.
pub(crate) fn lower(service: &Service) -> Json {
    let requests = service.request_schemas();
    let mut schemas = Map::new();
    for name in [SECRET, TIMESTAMP] {
        schemas.insert(name.to_owned(), json!({"type": "string"}));
    }
    for (name, schema) in &service.schemas {
        match &schema.kind {
            Kind::Object(properties) => {
                let lowered = object(service, properties, requests.contains(name));
                schemas.insert(name.clone(), lowered);
            }
            Kind::Enum { .. } => {
                schemas.insert(name.clone(), json!({"type": "string"}));
            }
            _ => {}
        }
    }
    json!({
        "openapi": "3.0.3",
        "info": {"title": service.title, "version": service.version},
        "paths": {},
        "components": {"schemas": schemas},
    })
}

fn object(service: &Service, properties: &[Property], sent: bool) -> Json {
    let usage = usage(service, properties, sent);
    let mut lowered = Map::new();
    let mut required = Vec::new();
    for property in properties {
        let mut schema = lower_type(service, &property.schema);
        match holding(service, property, usage) {
            Holding::Plain => required.push(property.rust_name.clone()),
            Holding::Default if schema["type"] != "array" => required.push(property.rust_name.clone()),
            Holding::Default => {}
            Holding::Optional | Holding::Nullable => {
                if schema["type"] == "array" || schema["type"] == "object" {
                    schema["nullable"] = json!(true);
                }
            }
        }
        lowered.insert(property.rust_name.clone(), schema);
    }
    json!({"type": "object", "properties": lowered, "required": required})
}

fn lower_type(service: &Service, schema: &Schema) -> Json {
    match &schema.kind {
        Kind::Ref(name) => match service.schemas.get(name) {
            Some(target) if matches!(target.kind, Kind::Object(_) | Kind::Enum { .. }) => reference(name),
            Some(target) => lower_type(service, target),
            None => json!({"type": "object", "additionalProperties": true}),
        },
        Kind::Array(item) => json!({"type": "array", "items": lower_type(service, item)}),
        Kind::Text { .. } if schema.secret => reference(SECRET),
        Kind::Text { time: true } => reference(TIMESTAMP),
        Kind::Text { time: false } | Kind::Enum { .. } => json!({"type": "string"}),
        Kind::Integer { small: true } => json!({"type": "integer", "format": "int32"}),
        Kind::Integer { small: false } => json!({"type": "integer", "format": "int64"}),
        Kind::Number => json!({"type": "number", "format": "double"}),
        Kind::Boolean => json!({"type": "boolean"}),
        Kind::Any => json!({}),
        Kind::Map | Kind::Object(_) => json!({"type": "object", "additionalProperties": true}),
    }
}

fn reference(name: &str) -> Json {
    json!({"$ref": format!("#/components/schemas/{name}")})
}
