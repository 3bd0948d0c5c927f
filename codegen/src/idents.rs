//! The names of [`crate::names`] as identifiers of generated code, and the vendor's words to find them by.

use heck::ToShoutySnakeCase;

use crate::finding::{Finding, Line};
use crate::names;
use crate::spec::{Operation, Service};

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

/// The vendor's id of an operation, where its Rust name is another.
pub(crate) fn vendors_id(operation: &Operation) -> Option<&str> {
    (operation.id != operation.rust_name).then_some(operation.id.as_str())
}

/// A word of the vendor's to search by; nothing where rustc takes none.
pub(crate) fn alias(word: &str, item: &str) -> String {
    if is_alias(word, item) { format!("#[doc(alias = {word:?})]\n") } else { String::new() }
}

/// Whether rustc takes a word to search an item by: it takes no quotes, no whitespace but spaces, and not the item's
/// name.
pub(crate) fn is_alias(word: &str, item: &str) -> bool {
    let refused = |c: char| c == '"' || c == '\'' || c.is_whitespace() && c != ' ';
    !word.is_empty() && word != item && !word.contains(refused)
}

/// Every name of the service must become an identifier.
pub(crate) fn check(service: &Service) -> Result<(), Finding> {
    for operation in &service.operations {
        let id = operation.rust_name.as_str();
        usable(service, operation.line, id, &[of_type(id), of_field(id), of_static(id)])?;
        for parameter in &operation.parameters {
            let (name, rust) = (parameter.name.as_str(), parameter.rust_name.as_str());
            usable(service, parameter.line, name, &[of_field(rust), of_static(name)])?;
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
