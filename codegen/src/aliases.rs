//! The words by which rustdoc's search finds an operation.
//!
//! Problem: people type the title of the vendor's page, the vendor's id, or plain words such as "create database",
//! "restart" or "proxy port", and none of them is the name of a method. Default: all of these are aliases of the
//! client's method, as many as fit on a line. Override: none.

use heck::ToSnakeCase;

use crate::idents;
use crate::layout::fits;
use crate::spec::Operation;

/// Verbs of so many operations that a search for one finds nothing.
const COMMON: &[&str] = &[
    "add", "batch", "change", "create", "delete", "describe", "get", "list", "modify", "query", "remove",
    "set", "show", "update",
];

/// The attribute of an operation's method; `title` is the title of its page.
pub(crate) fn of(operation: &Operation, title: &str) -> String {
    let method = idents::of_field(&operation.rust_name);
    let mut words = vec![title.to_owned()];
    words.extend(idents::vendors_id(operation).map(str::to_owned));
    words.extend(plain(&operation.rust_name));
    let mut kept: Vec<String> = Vec::new();
    for word in words.into_iter().filter(|word| idents::is_alias(word, &method)) {
        if !kept.iter().any(|known| known.eq_ignore_ascii_case(&word)) {
            kept.push(word);
        }
    }
    attribute(&kept)
}

/// What people may call an operation: its name in words, what is done to without the verb, and the verb alone if few
/// operations have it. A search for several finds one of them, so plurals are left out.
fn plain(name: &str) -> Vec<String> {
    let name = name.to_snake_case();
    let words: Vec<_> = name.split('_').filter(|word| !word.is_empty()).collect();
    let [verb, object @ ..] = words.as_slice() else { return Vec::new() };
    if object.is_empty() {
        return Vec::new();
    }
    let mut found = vec![singular(&words.join(" "))];
    if object.len() > 1 {
        found.push(singular(&object.join(" ")));
    }
    if !COMMON.contains(verb) {
        found.push((*verb).to_owned());
    }
    found
}

/// Words with the singular of the last one.
fn singular(words: &str) -> String {
    if let Some(stem) = words.strip_suffix("ies") {
        return format!("{stem}y");
    }
    match words.strip_suffix('s') {
        Some(stem) if !stem.ends_with(['s', 'u', 'i']) => stem.to_owned(),
        _ => words.to_owned(),
    }
}

/// The attribute with the words, as many as fit on a line.
fn attribute(words: &[String]) -> String {
    let text = |words: &[&String]| match words {
        [] => String::new(),
        [word] => format!("#[doc(alias = {word:?})]\n"),
        words => {
            let words: Vec<_> = words.iter().map(|word| format!("{word:?}")).collect();
            format!("#[doc(alias({}))]\n", words.join(", "))
        }
    };
    let mut kept: Vec<&String> = Vec::new();
    for word in words {
        kept.push(word);
        if !fits(text(&kept).trim_end(), 5) {
            kept.pop();
        }
    }
    text(&kept)
}

#[cfg(test)]
mod tests {
    use super::{attribute, plain};

    #[test]
    fn operations_are_found_by_plain_words() {
        for (name, words) in [
            ("CreateDatabases", vec!["create database"]),
            ("update_proxy_port", vec!["update proxy port", "proxy port"]),
            ("RestartCluster", vec!["restart cluster", "restart"]),
            ("list_parameter_policies", vec!["list parameter policy", "parameter policy"]),
            ("ShowStatus", vec!["show status"]),
            ("Ping", vec![]),
        ] {
            assert_eq!(plain(name), words, "{name}");
        }
    }

    #[test]
    fn words_fill_a_line() {
        let words = ["a title that is long", &"x".repeat(90), "short"].map(str::to_owned);
        assert_eq!(attribute(&words), "#[doc(alias(\"a title that is long\", \"short\"))]\n");
        assert_eq!(attribute(&words[..1]), "#[doc(alias = \"a title that is long\")]\n");
        assert_eq!(attribute(&[]), "");
    }
}
