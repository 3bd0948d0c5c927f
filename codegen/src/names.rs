//! Rust names for the vendor's names, by the same rules as progenitor's.

use heck::{ToShoutySnakeCase, ToSnakeCase, ToUpperCamelCase};
use proc_macro2::{Ident, Span};

const KEYWORDS: [&str; 40] = [
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate", "do", "dyn",
    "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "match",
    "mod", "move", "mut", "priv", "pub", "ref", "return", "static", "struct", "trait", "true", "type", "unsafe",
    "use",
];
const MORE_KEYWORDS: [&str; 12] = [
    "macro", "override", "self", "super", "try", "typeof", "union", "unsized", "virtual", "where", "while", "yield",
];

/// The name of a type.
#[must_use]
pub fn type_name(name: &str) -> String {
    name.to_upper_camel_case()
}

/// The identifier of a type.
#[must_use]
pub fn type_ident(name: &str) -> Ident {
    Ident::new(&type_name(name), Span::call_site())
}

/// The name of a field, argument or function; a keyword gets an underscore.
#[must_use]
pub fn field_name(name: &str) -> String {
    let snake = name.to_snake_case();
    let keyword = KEYWORDS.contains(&snake.as_str()) || MORE_KEYWORDS.contains(&snake.as_str());
    if keyword || name.ends_with('_') { format!("{snake}_") } else { snake }
}

/// The identifier of a field, argument or function.
#[must_use]
pub fn field_ident(name: &str) -> Ident {
    Ident::new(&field_name(name), Span::call_site())
}

/// The identifier of a static.
#[must_use]
pub fn static_ident(name: &str) -> Ident {
    Ident::new(&name.to_shouty_snake_case(), Span::call_site())
}

/// The name of an enum variant; `None` when the value has no letter or digit to make one of.
#[must_use]
pub fn variant_name(value: &str) -> Option<String> {
    let camel = value.to_upper_camel_case();
    match camel.chars().next()? {
        c if c.is_ascii_digit() => Some(format!("V{camel}")),
        c if c.is_alphabetic() && syn::parse_str::<Ident>(&camel).is_ok() => Some(camel),
        _ => None,
    }
}
