//! The names of [`crate::names`] as identifiers of generated code.

use heck::ToShoutySnakeCase;
use proc_macro2::{Ident, Span};

use crate::names;

/// The identifier of a type.
pub(crate) fn of_type(name: &str) -> Ident {
    Ident::new(&names::type_name(name), Span::call_site())
}

/// The identifier of a field, argument or function.
pub(crate) fn of_field(name: &str) -> Ident {
    Ident::new(&names::field_name(name), Span::call_site())
}

/// The identifier of a static.
pub(crate) fn of_static(name: &str) -> Ident {
    Ident::new(&name.to_shouty_snake_case(), Span::call_site())
}
