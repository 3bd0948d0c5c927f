//! Named schemas of a draft: objects and enums each get a name, as the conventions want it.

use heck::{ToSnakeCase, ToUpperCamelCase};
use serde_json::Value as Json;

use crate::facts::{self, Body, Field, Type};
use crate::yaml::{Entry, Node};

/// How deep objects within objects are drafted.
const DEPTH: usize = 24;

/// What a body is for.
#[derive(Debug, Clone, Copy)]
pub(super) enum Use<'u> {
    /// It is sent; a property that repeats a path parameter is filled by the library.
    Request { path: &'u [&'u str] },
    /// It is received; any property may be missing or null.
    Response,
}

/// The schemas so far, by name.
#[derive(Default)]
pub(super) struct Schemas {
    named: Vec<(String, Node)>,
}

impl Schemas {
    /// All schemas, sorted.
    pub(super) fn finish(mut self) -> Vec<Entry> {
        self.named.sort_by(|a, b| a.0.cmp(&b.0));
        self.named.into_iter().map(|(name, node)| Entry::new(name, node)).collect()
    }

    /// The name of a body's schema; `fallback` where the page has no name for it.
    pub(super) fn body(&mut self, body: &Body, fallback: &str, used: Use<'_>) -> String {
        let name = body.schema.clone().unwrap_or_else(|| fallback.to_upper_camel_case());
        self.object(&name, body, &body.fields, used, 0)
    }

    /// The schema of a parameter.
    pub(super) fn parameter(&mut self, field: &Field, operation: &str) -> Node {
        let ty = match &field.ty {
            // A parameter is a plain value.
            Type::Object(_) | Type::List(_) => Type::Text,
            ty => ty.clone(),
        };
        let field = Field { ty, nullable: false, fields: Vec::new(), ..field.clone() };
        let mut entries = self.value(&field, operation, &Body::default(), Use::Request { path: &[] }, DEPTH);
        entries.retain(|e| e.key != "description");
        Node::Map(entries)
    }

    /// Adds an object, unless there is one of this name that says the same.
    fn object(&mut self, name: &str, body: &Body, fields: &[Field], used: Use<'_>, depth: usize) -> String {
        // An object that holds itself must find its name before its properties are known.
        if self.named.iter().any(|(known, _)| known == name) {
            return name.to_owned();
        }
        let at = self.named.len();
        self.named.push((name.to_owned(), Node::Map(Vec::new())));
        let mut properties = Vec::new();
        for (at, field) in fields.iter().enumerate() {
            if fields[..at].iter().any(|other| other.name == field.name) {
                continue;
            }
            let mut entries = self.value(field, name, body, used, depth + 1);
            if let Use::Request { path } = used
                && field.ty == Type::Text
                && depth == 0
                && path.contains(&field.name.as_str())
            {
                entries.push(Entry::new("x-copy-of", Node::Scalar(field.name.as_str().into())));
            }
            properties.push(Entry::new(&field.name, Node::Map(entries)));
        }
        let mut entries = vec![
            Entry::new("type", Node::Scalar("object".into())),
            Entry::new("description", Node::Scalar(format!("TODO: {}", sentence(name)).into())),
        ];
        if properties.is_empty() {
            entries.push(Entry::new("additionalProperties", Node::Scalar(true.into())));
        } else {
            entries.extend(required(body, fields, used));
            entries.push(Entry::new("properties", Node::Map(properties)));
        }
        self.named[at].1 = Node::Map(entries);
        name.to_owned()
    }

    /// The keys of a value's schema.
    fn value(&mut self, field: &Field, parent: &str, body: &Body, used: Use<'_>, depth: usize) -> Vec<Entry> {
        let mut entries = Vec::new();
        let values = if field.ty == Type::Text { field.values.as_slice() } else { &[] };
        let name = format!("{parent}{}", field.name.to_upper_camel_case());
        let description = described(field);
        let target = match &field.ty {
            Type::Text if !values.is_empty() => Some(self.values(&name, values)),
            Type::Object(stated) => {
                let name = stated.clone().unwrap_or(name);
                let fields = if depth < DEPTH { body.inside(field) } else { &[] };
                Some(if fields.is_empty() && stated.is_none() {
                    self.object("FreeObject", &Body::default(), &[], used, depth)
                } else {
                    self.object(&name, body, fields, used, depth)
                })
            }
            Type::List(item) => {
                let item = Field { ty: (**item).clone(), required: None, default: None, ..field.clone() };
                let mut inner = self.value(&item, parent, body, Use::Request { path: &[] }, depth + 1);
                inner.retain(|e| !matches!(e.key.as_str(), "description" | "nullable"));
                let inner = unwrapped(inner);
                entries.push(Entry::new("type", Node::Scalar("array".into())));
                entries.push(Entry::new("items", Node::Map(inner)));
                None
            }
            ty => {
                entries.extend(scalar(ty));
                None
            }
        };
        entries.push(Entry::new("description", Node::Scalar(description.into())));
        if matches!(used, Use::Response) || field.nullable {
            entries.push(Entry::new("nullable", Node::Scalar(true.into())));
        }
        if let Some(target) = &target {
            entries.push(Entry::new("allOf", Node::List(vec![reference(target)])));
        } else if let Json::Object(limits) = facts::limits(&field.limits) {
            entries.extend(limits.iter().map(|(key, value)| Entry::new(key, Node::from(value))));
        }
        entries.extend(default(field).map(|value| Entry::new("default", Node::Scalar(value))));
        let secret = ["password", "secret"].iter().any(|word| field.name.to_lowercase().contains(word));
        if secret && field.ty == Type::Text && values.is_empty() && depth < DEPTH {
            entries.push(Entry::new("x-secret", Node::Scalar(true.into())));
        }
        entries
    }

    fn values(&mut self, name: &str, values: &[String]) -> String {
        let mut distinct: Vec<&String> = Vec::new();
        values.iter().for_each(|v| {
            if !distinct.contains(&v) {
                distinct.push(v)
            }
        });
        let values = distinct.iter().map(|v| Node::Scalar(v.as_str().into())).collect();
        let node = Node::Map(vec![
            Entry::new("type", Node::Scalar("string".into())),
            Entry {
                comment: Some("TODO: whether values are added"),
                ..Entry::new("x-extensible", Node::Scalar(true.into()))
            },
            Entry::new("enum", Node::List(values)),
            Entry::new("description", Node::Scalar(format!("TODO: {}", sentence(name)).into())),
        ]);
        if !self.named.iter().any(|(known, _)| known == name) {
            self.named.push((name.to_owned(), node));
        }
        name.to_owned()
    }
}

/// `$ref` to a named schema.
pub(super) fn reference(name: &str) -> Node {
    Node::Map(vec![Entry::new("$ref", Node::Scalar(format!("#/components/schemas/{name}").into()))])
}

/// A reference that needs nothing beside it stands alone.
fn unwrapped(mut entries: Vec<Entry>) -> Vec<Entry> {
    match &mut entries[..] {
        [Entry { key, node: Node::List(items), .. }] if key == "allOf" => match items.pop() {
            Some(Node::Map(reference)) => reference,
            _ => entries,
        },
        _ => entries,
    }
}

fn scalar(ty: &Type) -> Vec<Entry> {
    let word = |word: &str| Entry::new("type", Node::Scalar(word.into()));
    match ty {
        Type::Integer { wide: false } => {
            vec![word("integer"), Entry::new("format", Node::Scalar("int32".into()))]
        }
        Type::Integer { wide: true } => {
            vec![word("integer"), Entry::new("format", Node::Scalar("int64".into()))]
        }
        Type::Number => vec![word("number")],
        Type::Boolean => vec![word("boolean")],
        Type::Unsaid | Type::Unread(_) => {
            vec![Entry { comment: Some("TODO: the page does not say its type"), ..word("string") }]
        }
        _ => vec![word("string")],
    }
}

fn required(body: &Body, fields: &[Field], used: Use<'_>) -> Option<Entry> {
    if matches!(used, Use::Response) {
        return None;
    }
    let names: Vec<Node> = fields
        .iter()
        .filter(|f| f.required == Some(true))
        .map(|f| Node::Scalar(f.name.as_str().into()))
        .collect();
    let comment = body.sampled.then_some("TODO: the page does not say what is required");
    (!names.is_empty() || body.sampled)
        .then(|| Entry { comment, ..Entry::new("required", Node::List(names)) })
}

fn default(field: &Field) -> Option<Json> {
    let text = field.default.as_deref().filter(|d| !d.is_empty())?.trim_matches('"');
    match field.ty {
        Type::Text => Some(text.into()),
        Type::Integer { .. } => text.parse::<i64>().ok().map(Json::from),
        Type::Boolean => text.to_lowercase().parse::<bool>().ok().map(Json::from),
        _ => None,
    }
}

/// What a field is called, and the values that its schema cannot list.
fn described(field: &Field) -> String {
    let mut text = format!("TODO: {}", sentence(&field.name));
    if matches!(field.ty, Type::Integer { .. }) && !field.values.is_empty() {
        text = format!("{text} One of {}.", field.values.join(", "));
    }
    text
}

/// The words of a name as a sentence.
pub(super) fn sentence(name: &str) -> String {
    let words = name.to_snake_case().replace('_', " ");
    let mut letters = words.chars();
    let first: String = letters.next().map(|c| c.to_uppercase().collect()).unwrap_or_default();
    format!("{first}{}.", letters.as_str())
}
