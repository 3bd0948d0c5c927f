//! What a builder is made with: path and required parameters, and the body.

use crate::docs;
use crate::idents;
use crate::spec::{Kind, Location, Operation, Parameter, Schema, Service};

/// An argument of a constructor.
pub(crate) struct Argument {
    /// Its name in Rust.
    pub(crate) name: String,
    /// Name and meaning, as Markdown.
    pub(crate) meaning: String,
    /// The type that a caller gives.
    pub(crate) given: String,
    /// The builder's own, plain type.
    pub(crate) plain: String,
    /// How a client method hands it on.
    pub(crate) pass: String,
    /// What the constructor does with it.
    pub(crate) apply: String,
}

/// The arguments of the operation's builder, in their order.
pub(crate) fn of(service: &Service, operation: &Operation) -> Vec<Argument> {
    let mut arguments: Vec<Argument> = required(operation)
        .map(|parameter| {
            let name = idents::of_field(&parameter.rust_name);
            let GivenValue { given, pass, plain } = value(service, parameter, &name);
            let set = setter(service, parameter);
            let apply = format!("call.{set}({:?}, {name});", parameter.name);
            Argument {
                meaning: docs::argument(service, operation, parameter),
                name,
                given,
                plain,
                pass,
                apply,
            }
        })
        .collect();
    if let Some(body) = &operation.body {
        let ty = format!("models::{}", idents::of_type(&body.schema));
        arguments.push(Argument {
            name: "body".to_owned(),
            meaning: docs::body(service, body),
            given: ty.clone(),
            plain: ty,
            pass: "body".to_owned(),
            apply: "call.set_body(&body);".to_owned(),
        });
    }
    arguments
}

/// The parameters that a builder is made with.
pub(crate) fn required(operation: &Operation) -> impl Iterator<Item = &Parameter> {
    own(operation).filter(|p| p.required && !p.generated)
}

/// The parameters that a builder has setters for.
pub(crate) fn optional(operation: &Operation) -> impl Iterator<Item = &Parameter> {
    own(operation).filter(|p| p.location != Location::Path && (!p.required || p.generated))
}

fn own(operation: &Operation) -> impl Iterator<Item = &Parameter> {
    operation.parameters.iter().filter(|p| !p.client)
}

/// The method of a call that sets the parameter.
pub(crate) fn setter(service: &Service, parameter: &Parameter) -> &'static str {
    if service.resolve(&parameter.schema).secret { "set_secret" } else { "set" }
}

/// How a parameter's value is given.
pub(crate) struct GivenValue {
    /// The type that a caller gives.
    pub(crate) given: String,
    /// How it becomes plain.
    pub(crate) pass: String,
    /// The plain type.
    pub(crate) plain: String,
}

/// How the value of `parameter` is given as the argument `name`.
pub(crate) fn value(service: &Service, parameter: &Parameter, name: &str) -> GivenValue {
    let same = |ty: &str| GivenValue { given: ty.to_owned(), pass: name.to_owned(), plain: ty.to_owned() };
    let into = |ty: &str, pass: String, plain: &str| GivenValue {
        given: format!("impl Into<{ty}>"),
        pass,
        plain: plain.to_owned(),
    };
    let schema: &Schema = service.resolve(&parameter.schema);
    match (&parameter.schema.kind, &schema.kind) {
        (Kind::Ref(schema), Kind::Enum { .. }) => {
            let ty = format!("models::{}", idents::of_type(schema));
            into(&ty, format!("{name}.into().to_string()"), "String")
        }
        (_, Kind::Integer { small: true }) => same("i32"),
        (_, Kind::Integer { small: false }) => same("i64"),
        (_, Kind::Number) => same("f64"),
        (_, Kind::Boolean) => same("bool"),
        _ if schema.secret => into("Secret", format!("&{name}.into()"), "&Secret"),
        _ => into("String", format!("{name}.into()"), "String"),
    }
}
