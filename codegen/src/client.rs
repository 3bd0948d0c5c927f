//! The client of a service: a method per operation.

use crate::aliases;
use crate::arguments;
use crate::docs;
use crate::idents;
use crate::layout::{Code, method_head};
use crate::models::many_arguments;
use crate::polling;
use crate::scope::Scope;
use crate::spec::{Operation, Service};

/// Writes the client of a service, or its methods that belong to a feature.
pub(crate) fn client(scope: &Scope<'_>) -> Vec<String> {
    let service = scope.service;
    let methods = scope.operations().map(|o| method(service, o));
    if scope.feature.is_some() {
        return vec![format!("impl Client {{\n{}}}\n", methods.collect::<Vec<_>>().join("\n"))];
    }
    let doc = docs::client(service);
    let definition =
        format!("{doc}#[derive(Clone, Debug)]\npub struct Client {{\n    pub(crate) core: Core,\n}}\n");
    let methods: Vec<_> = methods.chain([REQUEST.to_owned()]).collect();
    let mut out = vec![definition, format!("impl Client {{\n{}}}\n", methods.join("\n"))];
    out.extend(polling::resume(service));
    out
}

/// The method for requests that are no operations.
const REQUEST: &str = "    /// Builds a request that this library has no operation for; see [`Request`].
    pub fn request(&self, method: Method, path: impl Into<String>) -> Request {
        Request::new(&self.core, method, path.into())
    }
";

/// The method that makes the builder.
fn method(service: &Service, operation: &Operation) -> String {
    let (method, ident) = (idents::of_field(&operation.rust_name), idents::of_type(&operation.rust_name));
    let arguments = arguments::of(service, operation);
    let parameters = arguments.iter().map(|a| Code::text(format!("{}: {}", a.name, a.given)));
    let parameters = std::iter::once(Code::text("&self")).chain(parameters).collect();
    let passed = arguments.iter().map(|a| Code::text(&a.pass));
    let passed = std::iter::once(Code::text("&self.core")).chain(passed);
    let call = Code::call(&format!("operations::{ident}::new"), passed).lay_out(8, 8, 0);
    let title = one_line(operation.summary.trim_end_matches('.'));
    let doc = docs::indented(&docs::lines(&first_sentence(&operation.description)));
    let aliases = aliases::of(operation, &title);
    let deprecated = operation.deprecated.as_ref().map(|deprecation| {
        let named = |id: &str| service.operation(id).map(|o| idents::of_field(&o.rust_name));
        docs::indented(&docs::deprecated(deprecation, named))
    });
    // On the client's method only, the one way to a builder: on the builder it would warn of its own code.
    let (aliases, deprecated) = (docs::indented(&aliases), deprecated.unwrap_or_default());
    let many = many_arguments(arguments.len() + 1);
    let head = method_head(&format!("pub fn {method}"), parameters, &format!("operations::{ident}"));
    format!(
        "{doc}    ///\n    /// See [`operations::{ident}`] for parameters, limits, errors and an example.\n\
         {aliases}{deprecated}{many}{head}        {call}\n    }}\n"
    )
}

fn one_line(text: &str) -> String {
    text.trim().replace('\n', " ")
}

/// The first sentence, on one line.
fn first_sentence(text: &str) -> String {
    let line = one_line(text.split("\n\n").next().unwrap_or_default());
    match line.find(". ") {
        Some(end) => line[..=end].to_owned(),
        None => line,
    }
}
