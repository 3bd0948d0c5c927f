//! The builders: one per operation, owned, on top of the library's `Call`.
//!
//! Progenitor's own client is not used: its builders borrow, check required parameters at run time and bring an error
//! type per operation. These hold a `Call` and give values names and types; what they have in common is the library's
//! macro `operation!`.

use crate::arguments;
use crate::docs;
use crate::idents;
use crate::layout::{Code, fits, method_head};
use crate::models::many_arguments;
use crate::polling;
use crate::scope::Scope;
use crate::spec::{DocumentedError, Kind, Operation, Parameter, Schema, Service};

/// Writes the builders; `example` writes the end of the docs of each.
pub(crate) fn operations(scope: &Scope<'_>, example: &dyn Fn(&Operation) -> String) -> Vec<String> {
    let service = scope.service;
    let common = docs::common_errors(service);
    scope.operations().flat_map(|o| builder(service, o, &common, &example(o))).collect()
}

fn builder(
    service: &Service,
    operation: &Operation,
    common_errors: &[&DocumentedError],
    example: &str,
) -> [String; 3] {
    let ident = idents::of_type(&operation.rust_name);
    let meanings: Vec<_> = arguments::of(service, operation).into_iter().map(|a| a.meaning).collect();
    let doc = docs::operation(service, operation, &meanings, common_errors);
    let definition = format!(
        "{doc}{example}#[must_use = \"an operation does nothing until it is sent\"]\n\
         pub struct {ident}(pub(crate) Call);\n"
    );
    let setters = arguments::optional(operation).map(|p| setter(service, operation, p));
    let methods: Vec<_> = std::iter::once(constructor(service, operation)).chain(setters).collect();
    let building = format!("impl {ident} {{\n{}}}\n", methods.join("\n"));
    [definition, building, common(service, operation)]
}

fn constructor(service: &Service, operation: &Operation) -> String {
    let table = idents::of_static(&operation.rust_name);
    let arguments = arguments::of(service, operation);
    let parameters = arguments.iter().map(|a| Code::text(format!("{}: {}", a.name, a.plain)));
    let parameters = std::iter::once(Code::text("core: &Core")).chain(parameters).collect();
    let head = method_head("pub(crate) fn new", parameters, "Self");
    let many = many_arguments(arguments.len() + 1);
    let call = format!("Call::new(core, &table::{table})");
    if arguments.is_empty() {
        return format!("{many}{head}        Self({call})\n    }}\n");
    }
    let applied: String = arguments.iter().map(|a| format!("        {}\n", a.apply)).collect();
    format!("{many}{head}        let mut call = {call};\n{applied}        Self(call)\n    }}\n")
}

fn setter(service: &Service, operation: &Operation, parameter: &Parameter) -> String {
    let named = |name: &str| {
        let other = operation.parameters.iter().find(|p| p.name == name)?;
        Some(idents::of_field(&other.rust_name))
    };
    let deprecated = parameter.deprecated.as_ref().map(|d| docs::deprecated(d, named)).unwrap_or_default();
    let doc = docs::indented(&(docs::parameter(service, operation, parameter) + &deprecated));
    let method = idents::of_field(&parameter.rust_name);
    let name = &parameter.name;
    let value = arguments::value(service, parameter, "value");
    let set = arguments::setter(service, parameter);
    let arguments = vec![Code::text("mut self"), Code::text(format!("value: {}", value.given))];
    let head = method_head(&format!("pub fn {method}"), arguments, "Self");
    format!("{doc}{head}        self.0.{set}({name:?}, {});\n        self\n    }}\n", value.pass)
}

/// What every builder has: `send` with its response, the walks of a list, waiting.
fn common(service: &Service, operation: &Operation) -> String {
    let mut parts =
        vec![format!("{} -> {}", idents::of_type(&operation.rust_name), response(service, operation))];
    if let Some(row) = row(service, operation) {
        let paging = idents::of_static(&format!("{}_PAGING", operation.rust_name));
        parts.push(format!("list(table::{paging}) -> {row}"));
    }
    parts.extend(polling::part(service, operation));
    let flat = format!("operation! {{ {} }}", parts.join(", "));
    if fits(&flat, 0) {
        return format!("{flat}\n");
    }
    format!("operation! {{\n{}}}\n", parts.iter().map(|part| format!("    {part},\n")).collect::<String>())
}

/// The type of a paged list's rows.
fn row(service: &Service, operation: &Operation) -> Option<String> {
    let items = &operation.paging.as_ref()?.items;
    let page = operation.success.schema.as_ref()?;
    let Kind::Array(item) = &service.property(page, items)?.kind else { return None };
    Some(match &item.kind {
        Kind::Ref(name) => format!("models::{}", idents::of_type(name)),
        _ => "serde_json::Value".to_owned(),
    })
}

/// The type of the response.
fn response(service: &Service, operation: &Operation) -> String {
    if let Some((wrapper, data)) = service.wrapped(operation) {
        return format!(
            "Enveloped<{}, models::{}>",
            value_type(service, data),
            idents::of_type(&wrapper.schema)
        );
    }
    if operation.success.binary {
        return "ByteStream".to_owned();
    }
    let schema = operation.success.schema.as_ref();
    schema.map_or_else(|| "()".to_owned(), |name| format!("models::{}", idents::of_type(name)))
}

/// The type of the values of a schema.
fn value_type(service: &Service, schema: &Schema) -> String {
    let target = service.resolve(schema);
    match (&schema.kind, &target.kind) {
        (Kind::Ref(name), Kind::Object(_) | Kind::Enum { .. }) => {
            format!("models::{}", idents::of_type(name))
        }
        (_, Kind::Array(item)) => format!("Vec<{}>", value_type(service, item)),
        (_, Kind::Text { .. }) if target.secret => "Secret".to_owned(),
        (_, Kind::Text { time: true }) => "crate::Timestamp".to_owned(),
        (_, Kind::Text { time: false } | Kind::Enum { .. }) => "String".to_owned(),
        (_, Kind::Integer { small: true }) => "i32".to_owned(),
        (_, Kind::Integer { small: false }) => "i64".to_owned(),
        (_, Kind::Number) => "f64".to_owned(),
        (_, Kind::Boolean) => "bool".to_owned(),
        (_, Kind::Any | Kind::Map | Kind::Object(_) | Kind::Ref(_)) => "serde_json::Value".to_owned(),
    }
}
