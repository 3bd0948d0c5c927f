//! Named schemas of a draft: objects and enums each get a name, as the conventions want it.

use std::collections::{BTreeMap, BTreeSet};

use dbplane_codegen::lint::{Named, is_reserved};
use dbplane_codegen::names::variant_name;
use dbplane_codegen::spec::Limits;
use heck::{ToSnakeCase, ToUpperCamelCase};
use serde_json::Value as Json;

use super::rust_names::RustNames;
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

/// A schema of the draft.
struct Drafted {
    name: String,
    node: Node,
    /// What it is made of: whether it is received, and the names of its properties or its values.
    of: (bool, Vec<String>),
}

/// The schemas so far.
#[derive(Default)]
pub(super) struct Schemas {
    drafted: Vec<Drafted>,
    /// Schemas of the spec that the draft belongs to, with the names of their properties.
    there: BTreeMap<String, BTreeSet<String>>,
    /// The operation that is drafted, for names that would be taken.
    operation: String,
}

impl Schemas {
    /// Schemas beside those of a spec.
    pub(super) fn beside(there: BTreeMap<String, BTreeSet<String>>) -> Self {
        Self { there, ..Self::default() }
    }

    /// Another operation begins.
    pub(super) fn begin(&mut self, operation: &str) {
        self.operation = operation.to_upper_camel_case();
    }

    /// All schemas, sorted.
    pub(super) fn finish(mut self) -> Vec<Entry> {
        self.drafted.sort_by(|a, b| a.name.cmp(&b.name));
        self.drafted.into_iter().map(|drafted| Entry::new(drafted.name, drafted.node)).collect()
    }

    /// The name under which something may be drafted, and whether it is there already. Two things of one name that are
    /// made of different parts are two schemas.
    fn place(&self, name: &str, of: &(bool, Vec<String>)) -> (String, bool) {
        let own = if is_reserved(Named::Schema, name) {
            format!("{}{name}", self.operation)
        } else {
            name.to_owned()
        };
        let side = format!("{own}{}", if of.0 { "Response" } else { "Request" });
        let numbered = (2_u32..).map(|n| format!("{own}{n}"));
        for name in [own.clone(), side].into_iter().chain(numbered) {
            let drafted = self.drafted.iter().find(|drafted| drafted.name == name);
            let there = self.there.get(&name);
            if drafted.is_none() && there.is_none() {
                return (name, false);
            }
            let same = |names: &BTreeSet<String>| names.iter().eq(of.1.iter().collect::<BTreeSet<_>>());
            if drafted.is_some_and(|drafted| drafted.of == *of) || there.is_some_and(same) {
                return (name, true);
            }
        }
        (own, true)
    }

    /// Begins a schema, which finds its name while its parts are drafted.
    fn reserve(&mut self, name: &str, of: (bool, Vec<String>)) -> usize {
        self.drafted.push(Drafted { name: name.to_owned(), node: Node::Map(Vec::new()), of });
        self.drafted.len() - 1
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
        let mut names: Vec<String> = fields.iter().map(|field| field.name.clone()).collect();
        names.sort();
        names.dedup();
        let of = (matches!(used, Use::Response), names);
        let (name, there) = self.place(name, &of);
        if there {
            return name;
        }
        let at = self.reserve(&name, of);
        let mut rust_names = RustNames::default();
        let mut properties = Vec::new();
        for (at, field) in fields.iter().enumerate() {
            if fields[..at].iter().any(|other| other.name == field.name) {
                continue;
            }
            let mut entries = self.value(field, &name, body, used, depth + 1);
            entries.extend(rust_names.entry(Named::Property, &field.name));
            entries.extend(field.deprecated.then(|| Entry::new("deprecated", Node::Scalar(true.into()))));
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
            Entry::new("description", Node::Scalar(format!("TODO: {}", sentence(&name)).into())),
        ];
        if properties.is_empty() {
            entries.push(Entry::new("additionalProperties", Node::Scalar(true.into())));
        } else {
            entries.extend(required(body, fields, used));
            entries.push(Entry::new("properties", Node::Map(properties)));
        }
        self.drafted[at].node = Node::Map(entries);
        name
    }

    /// The keys of a value's schema.
    fn value(&mut self, field: &Field, parent: &str, body: &Body, used: Use<'_>, depth: usize) -> Vec<Entry> {
        let mut entries = Vec::new();
        let values = if is_enum(field) { field.values.as_slice() } else { &[] };
        let name = format!("{parent}{}", field.name.to_upper_camel_case());
        let description = described(field);
        let target = match &field.ty {
            Type::Text if !values.is_empty() => Some(self.values(&name, values)),
            Type::Object(stated) => Some(self.object_of(field, stated.as_deref(), name, body, used, depth)),
            Type::List(item) => {
                let limits = Limits::default();
                let item =
                    Field { ty: (**item).clone(), required: None, default: None, limits, ..field.clone() };
                let mut inner = self.value(&item, parent, body, used, depth + 1);
                inner.retain(|e| !matches!(e.key.as_str(), "description" | "nullable"));
                let inner = unwrapped(inner);
                entries.push(Entry::new("type", Node::Scalar("array".into())));
                entries.push(Entry::new("items", Node::Map(inner)));
                None
            }
            Type::Integer { .. } if !is_small(&field.limits) => {
                entries.extend(scalar(&Type::Integer { wide: true }));
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

    /// The schema of a field that is an object: by the name that the page gives it, by the table that describes it, or by
    /// where it stands.
    fn object_of(
        &mut self,
        field: &Field,
        stated: Option<&str>,
        place: String,
        body: &Body,
        used: Use<'_>,
        depth: usize,
    ) -> String {
        let fields = if depth < DEPTH { body.inside(field) } else { &[] };
        if fields.is_empty() && stated.is_none() {
            return self.object("FreeObject", &Body::default(), &[], Use::Request { path: &[] }, depth);
        }
        let plain = |table: &&str| table.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
        let table = field.table.as_deref().filter(plain);
        let table = table.map(|table| format!("{}{}", self.operation, table.to_upper_camel_case()));
        let name = stated.map(str::to_owned).or(table).unwrap_or(place);
        self.object(&name, body, fields, used, depth)
    }

    fn values(&mut self, name: &str, values: &[String]) -> String {
        let mut distinct: Vec<String> = Vec::new();
        for value in values {
            if !distinct.contains(value) {
                distinct.push(value.clone());
            }
        }
        let of = (false, distinct.clone());
        let (name, there) = self.place(name, &of);
        if there {
            return name;
        }
        let at = self.reserve(&name, of);
        let values = distinct.into_iter().map(|value| Node::Scalar(value.into())).collect();
        self.drafted[at].node = Node::Map(vec![
            Entry::new("type", Node::Scalar("string".into())),
            Entry {
                comment: Some("TODO: whether values are added"),
                ..Entry::new("x-extensible", Node::Scalar(true.into()))
            },
            Entry::new("enum", Node::List(values)),
            Entry::new("description", Node::Scalar(format!("TODO: {}", sentence(&name)).into())),
        ]);
        name
    }
}

/// Whether the values of a field are those of an enum: texts that give distinct names.
pub(super) fn is_enum(field: &Field) -> bool {
    let mut names: Vec<Option<String>> = field.values.iter().map(|value| variant_name(value)).collect();
    let count = names.len();
    names.sort();
    names.dedup();
    let usable = names.iter().all(|name| name.as_deref().is_some_and(|name| name != "UnknownValue"));
    field.ty == Type::Text && count > 0 && usable && names.len() == count
}

/// Whether limits leave values that 32 bits hold only.
fn is_small(limits: &Limits) -> bool {
    let bounds = [limits.minimum, limits.maximum];
    bounds.into_iter().flatten().all(|n| n >= f64::from(i32::MIN) && n <= f64::from(i32::MAX))
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

/// The default, if the limits and values that the page states take it.
fn default(field: &Field) -> Option<Json> {
    let text = field.default.as_deref().filter(|d| !d.is_empty())?.trim_matches('"');
    let Limits { minimum, maximum, min_length, max_length, excluded, .. } = &field.limits;
    match field.ty {
        Type::Text => {
            let length = i64::try_from(text.chars().count()).ok()?;
            let listed = field.values.is_empty() || field.values.iter().any(|value| value == text);
            let fits = min_length.is_none_or(|n| length >= n) && max_length.is_none_or(|n| length <= n);
            (listed && fits && field.limits.pattern.is_none()).then(|| text.into())
        }
        Type::Integer { .. } => {
            let number = text.parse::<i32>().ok().filter(|n| !excluded.contains(&i64::from(*n)))?;
            let within = minimum.is_none_or(|n| f64::from(number) >= n)
                && maximum.is_none_or(|n| f64::from(number) <= n);
            within.then(|| number.into())
        }
        Type::Boolean => text.to_lowercase().parse::<bool>().ok().map(Json::from),
        _ => None,
    }
}

/// What a field is called, and what its schema cannot say: values of numbers, and a default that does not fit.
fn described(field: &Field) -> String {
    let mut text = format!("TODO: {}", sentence(&field.name));
    if !is_enum(field) && matches!(field.ty, Type::Integer { .. } | Type::Text) && !field.values.is_empty() {
        text = format!("{text} One of {}.", field.values.join(", "));
    }
    let stated =
        field.default.as_deref().filter(|default| !default.is_empty() && self::default(field).is_none());
    if let Some(stated) = stated.filter(|_| !matches!(field.ty, Type::Object(_) | Type::List(_))) {
        text = format!("{text} The page states the default `{stated}`.");
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
