//! Rust names for the vendor's names, by the same rules as progenitor's.

use heck::{ToSnakeCase, ToUpperCamelCase};

const KEYWORDS: [&str; 40] = [
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate", "do", "dyn",
    "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop",
    "match", "mod", "move", "mut", "priv", "pub", "ref", "return", "static", "struct", "trait", "true",
    "type", "unsafe", "use",
];
const MORE_KEYWORDS: [&str; 12] = [
    "macro", "override", "self", "super", "try", "typeof", "union", "unsized", "virtual", "where", "while",
    "yield",
];

/// The module of a service, from its spec's file stem.
#[must_use]
pub fn module_name(stem: &str) -> String {
    stem.replace(['-', '.'], "_")
}

/// The name of a type.
#[must_use]
pub fn type_name(name: &str) -> String {
    name.to_upper_camel_case()
}

/// The name of a field, argument or function; a keyword gets an underscore.
#[must_use]
pub fn field_name(name: &str) -> String {
    let snake = name.to_snake_case();
    let keyword = KEYWORDS.contains(&snake.as_str()) || MORE_KEYWORDS.contains(&snake.as_str());
    if keyword || name.ends_with('_') { format!("{snake}_") } else { snake }
}

/// The name of an enum variant; `None` when the value gives none. Only ASCII: rustc warns of letters that look alike.
#[must_use]
pub fn variant_name(value: &str) -> Option<String> {
    let camel = value.to_upper_camel_case();
    let first = camel.chars().next()?;
    let plain = camel.chars().all(|c| c.is_ascii_alphanumeric());
    match () {
        () if !plain => None,
        () if camel == "Self" => Some("Self_".to_owned()),
        () if first.is_ascii_alphabetic() => Some(camel),
        () => Some(format!("V{camel}")),
    }
}

/// The vendor of a service, and its module in the vendor's module, from its spec's file stem:
/// `samsung-mariadb-1.3` is `mariadb_1_3` of `samsung`.
#[must_use]
pub fn vendor_and_module(stem: &str) -> (&str, String) {
    let (vendor, rest) = stem.split_once('-').unwrap_or((stem, stem));
    (vendor, module_name(rest))
}
