//! An example of each operation, made from the example values of its spec: a doc test that is compiled and not run.
//!
//! Problem: a page of parameters does not show how a call is written, least of all with nested models. Default: the
//! request of the spec's example, sent in the way that suits the operation: row by row, with waiting, or as it is.
//! Override: the spec's `example`. Values that the library fills in and properties that are deprecated are left out.

use std::collections::BTreeSet;

use serde_json::Value as Json;

use crate::arguments;
use crate::idents;
use crate::layout::Code;
use crate::lower::{self, Holding};
use crate::models;
use crate::names;
use crate::spec::{Kind, Operation, Parameter, Property, Schema, Service};
use crate::structs::Structs;

/// The longest line: what a page of rustdoc shows without scrolling.
const WIDTH: usize = 84;

/// The examples of a service.
pub(crate) struct Examples<'s> {
    service: &'s Service,
    structs: &'s Structs,
    /// Names of the schemas that can be sent.
    requests: BTreeSet<String>,
}

impl<'s> Examples<'s> {
    pub(crate) fn new(service: &'s Service, structs: &'s Structs) -> Self {
        Self { service, structs, requests: service.request_schemas() }
    }

    /// The example of `operation`, as Markdown.
    pub(crate) fn of(&self, operation: &Operation) -> String {
        let (vendor, module) = names::vendor_and_module(&self.service.stem);
        let module = format!("dbplane::{vendor}::{module}");
        let code = self.body(operation) + &self.call(operation);
        let models =
            if code.contains("models::") { format!("use {module}::models;\n") } else { String::new() };
        let allowed = if operation.deprecated.is_some() { "# #[allow(deprecated)]\n" } else { "" };
        let gap = if models.is_empty() { "" } else { "\n" };
        format!(
            "# Example\n```rust,no_run\n{models}{allowed}# async fn example(client: {module}::Client) -> Result<(), \
             dbplane::Error> {{\n{gap}{code}# Ok(()) }}\n```\n"
        )
    }

    /// The definition of the body.
    fn body(&self, operation: &Operation) -> String {
        let Some(body) = &operation.body else { return String::new() };
        let example = body.example.as_ref().unwrap_or(&Json::Null);
        let value = self.model(&body.schema, example);
        format!("let body = {};\n", value.within(WIDTH, 0, "let body = ".len(), 1))
    }

    /// The call, and what is done with its result.
    fn call(&self, operation: &Operation) -> String {
        let mut arguments: Vec<_> = arguments::required(operation).map(|p| self.parameter(p)).collect();
        arguments.extend(operation.body.as_ref().map(|_| Code::text("body")));
        let method = Code::call(&idents::of_field(&operation.rust_name), arguments);
        let statement = |left: &str, then: &[&str]| {
            let calls = std::iter::once(method.clone()).chain(then.iter().map(|call| Code::text(*call)));
            let chain = Code::Chain(Box::new(Code::text("client")), calls.collect());
            format!("{left}{};\n", chain.within(WIDTH, 0, left.len(), 1))
        };
        if operation.paging.is_some() {
            let rows = "while let Some(row) = rows.try_next().await? {\n    println!(\"{row:?}\");\n}\n";
            return statement("let mut rows = ", &["items()"]) + rows;
        }
        if let Some(work) = &operation.long_running {
            let waits = ["send_and_wait(&dbplane::Wait::default())", "await?"];
            if work.deletes() {
                return statement("", &waits);
            }
            return statement("let done = ", &waits) + "println!(\"{done:?}\");\n";
        }
        let sends = ["send()", "await?"];
        if operation.success.binary {
            let pieces = "while let Some(piece) = file.try_next().await? {\n    println!(\"{} bytes\", piece.len());\n}\n";
            return statement("let mut file = ", &["send()", "await?", "into_inner()"]) + pieces;
        }
        if let Some(header) = &operation.response_header {
            let read = format!("let value = response.header({:?});\n", header.name);
            let shown =
                if header.secret { "assert!(value.is_some());\n" } else { "println!(\"{value:?}\");\n" };
            return statement("let response = ", &sends) + &read + shown;
        }
        if operation.success.schema.is_none() {
            return statement("", &sends);
        }
        statement("let response = ", &sends) + "println!(\"{response:?}\");\n"
    }

    /// A required parameter: its example, or else a value of its type.
    fn parameter(&self, parameter: &Parameter) -> Code {
        let target = self.service.resolve(&parameter.schema);
        let own = parameter.schema.example.as_ref().or(target.example.as_ref());
        let given = own.or(parameter.schema.default.as_ref()).or(target.default.as_ref());
        let made = match &target.kind {
            Kind::Enum { values, .. } => values.first().map_or(Json::Null, |value| value.as_str().into()),
            Kind::Boolean => true.into(),
            Kind::Integer { .. } => target.limits.minimum.map_or(1, |least| least as i64).into(),
            Kind::Number => target.limits.minimum.unwrap_or(1.0).into(),
            _ => parameter.name.as_str().into(),
        };
        self.argument(&parameter.schema, given.unwrap_or(&made))
    }

    /// A model with the properties of an example: its constructor, and a setter for each of the rest.
    fn model(&self, name: &str, example: &Json) -> Code {
        let constructor = format!("models::{}::new", idents::of_type(name));
        let properties = self.service.schemas.get(name).map(|schema| &schema.kind);
        let Some(Kind::Object(properties)) = properties else { return Code::call(&constructor, []) };
        let usage = lower::usage(self.service, properties, self.requests.contains(name));
        let slots = models::slots(self.service, name, properties, usage, self.structs).unwrap_or_default();
        let value = |property: &Property| {
            self.argument(&property.schema, example.get(&property.name).unwrap_or(&Json::Null))
        };
        let taken = models::arguments(&slots).into_iter().map(|slot| value(slot.property));
        let made = Code::call(&constructor, taken);
        let given = slots.iter().filter(|slot| {
            let property = slot.property;
            let there = example.get(&property.name).is_some_and(|value| !value.is_null());
            let ours = property.schema.copy_of.is_some() || property.deprecated.is_some();
            there && !ours && slot.holding != Holding::Plain
        });
        // What is required comes first, in the order of the spec.
        let mut given: Vec<_> = given.collect();
        given.sort_by_key(|slot| if slot.required { slot.property.rank } else { usize::MAX });
        let setters: Vec<_> =
            given.into_iter().map(|slot| Code::call(slot.ident, [value(slot.property)])).collect();
        if setters.is_empty() { made } else { Code::Chain(Box::new(made), setters) }
    }

    /// A value as an argument, which is converted to the type of the field.
    fn argument(&self, schema: &Schema, value: &Json) -> Code {
        let target = self.service.resolve(schema);
        match &target.kind {
            Kind::Text { .. } => literal(value),
            Kind::Enum { .. } => self.variant(schema, value).unwrap_or_else(|| literal(value)),
            Kind::Array(item) => {
                let items = items(value);
                let text = matches!(self.service.resolve(item).kind, Kind::Text { time: false })
                    && !self.service.resolve(item).secret;
                if items.is_empty() && text {
                    return Code::text("Vec::<String>::new()");
                }
                let items = items.iter().map(|i| if text { literal(i) } else { self.owned(item, i) });
                Code::List { open: "[".to_owned(), items: items.collect(), close: "]".to_owned() }
            }
            _ => self.owned(schema, value),
        }
    }

    /// A value of the type itself.
    fn owned(&self, schema: &Schema, value: &Json) -> Code {
        let target = self.service.resolve(schema);
        let convert = |call: &str| Code::text(format!("{}.{call}", literal(value).flat()));
        match (&schema.kind, &target.kind) {
            (Kind::Ref(name), Kind::Object(_)) => self.model(name, value),
            (_, Kind::Enum { .. }) => self.variant(schema, value).unwrap_or_else(|| convert("into()")),
            (_, Kind::Text { time: false }) if !target.secret => convert("to_owned()"),
            (_, Kind::Text { .. }) => convert("into()"),
            (_, Kind::Array(item)) => {
                let items = items(value).iter().map(|i| self.owned(item, i)).collect();
                Code::List { open: "vec![".to_owned(), items, close: "]".to_owned() }
            }
            (_, Kind::Integer { .. }) => Code::text(value.as_i64().unwrap_or_default().to_string()),
            (_, Kind::Number) => Code::text(format!("{:?}", value.as_f64().unwrap_or_default())),
            (_, Kind::Boolean) => Code::text(value.as_bool().unwrap_or_default().to_string()),
            (_, Kind::Map | Kind::Object(_)) => map(value),
            (_, Kind::Any | Kind::Ref(_)) => Code::text(format!("serde_json::json!({})", json(value))),
        }
    }

    /// The variant of an enum, if the value has one.
    fn variant(&self, schema: &Schema, value: &Json) -> Option<Code> {
        let (Kind::Ref(name), Kind::Enum { values, .. }) = (&schema.kind, &self.service.resolve(schema).kind)
        else {
            return None;
        };
        let text = value.as_str().filter(|text| values.iter().any(|value| value == text))?;
        Some(Code::text(format!("models::{}::{}", idents::of_type(name), names::variant_name(text)?)))
    }
}

/// The items of a list, which may be written as JSON in a text.
fn items(value: &Json) -> Vec<Json> {
    match value {
        Json::Array(items) => items.clone(),
        Json::String(text) => serde_json::from_str(text).unwrap_or_default(),
        _ => Vec::new(),
    }
}

/// Text as a literal. Backticks in a row would end the block of code.
fn literal(value: &Json) -> Code {
    let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    Code::text(format!("{text:?}").replace("```", r"\u{60}\u{60}\u{60}"))
}

fn map(value: &Json) -> Code {
    let members = value.as_object().into_iter().flatten();
    let members: Vec<_> = members
        .map(|(name, value)| {
            let name = literal(&Json::String(name.clone())).flat();
            Code::call(
                "",
                [
                    Code::text(format!("{name}.to_owned()")),
                    Code::text(format!("serde_json::json!({})", json(value))),
                ],
            )
        })
        .collect();
    if members.is_empty() {
        return Code::text("serde_json::Map::new()");
    }
    let list = Code::List { open: "[".to_owned(), items: members, close: "]".to_owned() };
    Code::call("serde_json::Map::from_iter", [list])
}

/// A value as `serde_json::json!` takes it.
fn json(value: &Json) -> String {
    let joined = |items: Vec<String>| items.join(", ");
    match value {
        Json::String(_) => literal(value).flat(),
        Json::Array(items) => format!("[{}]", joined(items.iter().map(json).collect())),
        Json::Object(members) => {
            let member = |(name, value): (&String, &Json)| {
                format!("{}: {}", literal(&Json::String(name.clone())).flat(), json(value))
            };
            format!("{{{}}}", joined(members.iter().map(member).collect()))
        }
        plain => plain.to_string(),
    }
}
