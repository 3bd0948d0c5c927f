//! Examples of what is received, for tests of programs: only with the library's feature `testing`.
//!
//! The example of a schema is cut from the vendor's examples of whole responses, the fullest one where there are several;
//! what they do not show and a response must have is made of the examples and types of the properties.

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json, json};

use crate::idents;
use crate::scope::Scope;
use crate::spec::{Kind, Property, Schema, Service};

/// Deeper than this, a made-up example holds nothing.
const DEEPEST: usize = 8;

/// Writes an example for each struct that is received.
pub(crate) fn examples(scope: &Scope<'_>) -> Vec<String> {
    let service = scope.service;
    let whole = |o: &crate::spec::Operation| Some((o.success.schema.clone()?, o.success.example.clone()));
    let responses: Vec<_> = service.operations.iter().filter_map(whole).collect();
    let wrapped: Vec<_> = service.operations.iter().filter(|o| service.wrapped(o).is_some()).collect();
    let mut maker = Maker { service, shown: BTreeMap::new() };
    for (name, example) in &responses {
        if let (Some(schema), Some(example)) = (service.schemas.get(name), example) {
            maker.collect(Some(name), schema, example);
        }
    }
    let received = service.reachable(responses.iter().map(|(name, _)| name.clone()));
    let entries: String = received
        .iter()
        .filter(|name| scope.has(name))
        .filter(|name| !wrapped.iter().any(|o| o.success.schema.as_ref() == Some(name)))
        .filter_map(|name| {
            let schema = service.schemas.get(name)?;
            matches!(schema.kind, Kind::Object(_)).then(|| {
                let json = maker.value(Some(name), schema, 0).to_string();
                format!("    {} = {},\n", idents::of_type(name), raw(&json))
            })
        })
        .collect();
    vec![format!("examples! {{\n{entries}}}\n")]
}

/// A text as a raw literal.
fn raw(text: &str) -> String {
    let marks = (1..).map(|n| "#".repeat(n)).find(|marks| !text.contains(&format!("\"{marks}")));
    let marks = marks.unwrap_or_default();
    format!("r{marks}\"{text}\"{marks}")
}

struct Maker<'s> {
    service: &'s Service,
    /// What the vendor's examples show, by schema.
    shown: BTreeMap<&'s str, Map<String, Json>>,
}

impl<'s> Maker<'s> {
    /// Takes from an example what belongs to named schemas.
    fn collect(&mut self, name: Option<&'s str>, schema: &'s Schema, example: &Json) {
        match (&schema.kind, example) {
            (Kind::Ref(name), _) => {
                if let Some(target) = self.service.schemas.get(name) {
                    self.collect(Some(name), target, example);
                }
            }
            (Kind::Array(item), Json::Array(items)) => {
                items.iter().for_each(|value| self.collect(None, item, value));
            }
            (Kind::Object(properties), Json::Object(object)) => {
                if let Some(name) = name {
                    let shown = self.shown.entry(name).or_default();
                    if object.len() > shown.len() {
                        *shown = object.clone();
                    }
                }
                for property in properties {
                    if let Some(value) = object.get(&property.name) {
                        self.collect(None, &property.schema, value);
                    }
                }
            }
            _ => {}
        }
    }

    /// An example of a schema.
    fn value(&self, name: Option<&str>, schema: &Schema, depth: usize) -> Json {
        let own = schema.example.clone().or_else(|| schema.default.clone());
        match (&schema.kind, own) {
            (Kind::Object(properties), _) => {
                let shown = name.and_then(|name| self.shown.get(name)).cloned().unwrap_or_default();
                Json::Object(self.completed(shown, properties, depth))
            }
            (Kind::Ref(name), own) => match self.service.schemas.get(name) {
                Some(target) if matches!(target.kind, Kind::Object(_)) => {
                    self.value(Some(name), target, depth)
                }
                Some(target) => own.unwrap_or_else(|| self.value(Some(name), target, depth)),
                None => Json::Null,
            },
            (_, Some(own)) => own,
            (Kind::Array(_), None) => json!([]),
            (Kind::Enum { values, .. }, None) => json!(values.first()),
            (Kind::Text { time: true }, None) => json!("2026-01-15T08:30:00Z"),
            (Kind::Text { time: false }, None) => json!("text"),
            (Kind::Integer { .. }, None) => json!(1),
            (Kind::Number, None) => json!(1.0),
            (Kind::Boolean, None) => json!(false),
            (Kind::Map, None) => json!({}),
            (Kind::Any, None) => Json::Null,
        }
    }

    /// What is shown, with what is missing although it is required.
    fn completed(
        &self,
        mut shown: Map<String, Json>,
        properties: &[Property],
        depth: usize,
    ) -> Map<String, Json> {
        for property in properties {
            let missing = shown.get(&property.name).is_none_or(Json::is_null);
            if missing && property.required && depth < DEEPEST {
                shown.insert(property.name.clone(), self.value(None, &property.schema, depth + 1));
            } else if let Some(value) = shown.get_mut(&property.name) {
                self.complete(value, &property.schema, depth + 1);
            }
        }
        shown
    }

    /// Completes the objects in a value.
    fn complete(&self, value: &mut Json, schema: &Schema, depth: usize) {
        let target = self.service.resolve(schema);
        match (&target.kind, value) {
            (Kind::Object(properties), Json::Object(object)) => {
                *object = self.completed(std::mem::take(object), properties, depth);
            }
            (Kind::Array(item), Json::Array(items)) => {
                items.iter_mut().for_each(|value| self.complete(value, item, depth));
            }
            _ => {}
        }
    }
}
