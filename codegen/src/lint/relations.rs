//! What `x-relations` names exists, and can be as it says.

use super::Report;
use super::view::View;
use crate::spec::{Kind, Property, Relation, Schema};

pub(super) fn check(view: &View<'_>, report: &mut Report<'_>) {
    for site in &view.sites {
        for (line, relation) in &site.schema.relations {
            if let Some(fault) = fault(view, site.schema, relation) {
                let message = format!("x-relations of {}: {fault}", site.what);
                let remedy = "name properties that are there, and values that they can have";
                report.add("relation-unknown", *line, message, remedy);
            }
        }
    }
}

fn fault(view: &View<'_>, schema: &Schema, relation: &Relation) -> Option<String> {
    match (relation, &schema.kind) {
        (Relation::GivenWhen { property, other, value }, Kind::Object(properties)) => {
            optional(properties, property).or_else(|| valued(view, properties, other, value))
        }
        (Relation::ExactlyOne { properties: names }, Kind::Object(properties)) => match names.len() {
            0 | 1 => Some("it takes two or more to choose one".to_owned()),
            _ => names.iter().find_map(|name| optional(properties, name)),
        },
        (Relation::Count { property, value, minimum, maximum }, Kind::Array(item)) => {
            let Kind::Object(properties) = &view.service.resolve(item).kind else {
                return Some("its items are no objects".to_owned());
            };
            let some = *minimum >= 0 && maximum.is_none_or(|maximum| maximum >= *minimum);
            let some = some && (*minimum > 0 || maximum.is_some());
            if some { valued(view, properties, property, value) } else { Some("no count fits".to_owned()) }
        }
        (Relation::Count { .. }, _) => Some("items are counted, but it is not a list".to_owned()),
        _ => Some("properties are named, but it is no object".to_owned()),
    }
}

/// What keeps a property from being left out.
fn optional(properties: &[Property], name: &str) -> Option<String> {
    match properties.iter().find(|p| p.name == name) {
        None => Some(format!("there is no `{name}`")),
        Some(property) if property.required && !property.schema.nullable => {
            Some(format!("`{name}` is required"))
        }
        Some(_) => None,
    }
}

/// What keeps a property from having a value.
fn valued(view: &View<'_>, properties: &[Property], name: &str, value: &str) -> Option<String> {
    let Some(property) = properties.iter().find(|p| p.name == name) else {
        return Some(format!("there is no `{name}`"));
    };
    match &view.service.resolve(&property.schema).kind {
        Kind::Enum { values, .. } if values.iter().any(|known| known == value) => None,
        Kind::Enum { .. } => Some(format!("`{name}` is never `{value}`")),
        Kind::Text { time: false } => None,
        _ => Some(format!("`{name}` is not text")),
    }
}
