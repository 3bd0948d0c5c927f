//! The names of [`crate::names`] as identifiers of generated code.

use heck::ToShoutySnakeCase;

use crate::finding::{Finding, Line};
use crate::names;
use crate::spec::Service;

/// The identifier of a type.
pub(crate) fn of_type(name: &str) -> String {
    names::type_name(name)
}

/// The identifier of a field, argument or function.
pub(crate) fn of_field(name: &str) -> String {
    names::field_name(name)
}

/// The identifier of a static.
pub(crate) fn of_static(name: &str) -> String {
    name.to_shouty_snake_case()
}

/// Every name of the service must become an identifier.
pub(crate) fn check(service: &Service) -> Result<(), Finding> {
    for operation in &service.operations {
        let id = operation.id.as_str();
        usable(service, operation.line, id, &[of_type(id), of_field(id), of_static(id)])?;
        for parameter in &operation.parameters {
            let name = parameter.name.as_str();
            usable(service, parameter.line, name, &[of_field(name), of_static(name)])?;
        }
    }
    let mut schemas = service.schemas.iter();
    schemas
        .try_for_each(|(name, schema)| usable(service, schema.line, name, &[of_type(name), of_static(name)]))
}

fn usable(service: &Service, line: Line, name: &str, idents: &[String]) -> Result<(), Finding> {
    if idents.iter().all(|ident| syn::parse_str::<syn::Ident>(ident).is_ok()) {
        return Ok(());
    }
    let message = format!("`{name}` cannot be a name in Rust");
    Err(Finding::new("emit", service.place(line), message, "report this as a bug of the generator"))
}
