//! YAML as the specs write it: two spaces, text in double quotes or as a block of lines, comments where a reviewer must decide.

use std::fmt::Write as _;

use serde_json::Value as Json;

/// A value with its keys in order and its comments.
#[derive(Debug, Clone)]
pub enum Node {
    /// Text, a number, a flag or null.
    Scalar(Json),
    /// A list.
    List(Vec<Node>),
    /// A mapping.
    Map(Vec<Entry>),
}

/// A key, its value and a comment behind it.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The key.
    pub key: String,
    /// The value.
    pub node: Node,
    /// A comment, without its mark.
    pub comment: Option<&'static str>,
}

impl From<&Json> for Node {
    fn from(json: &Json) -> Self {
        match json {
            Json::Array(items) => Node::List(items.iter().map(Node::from).collect()),
            Json::Object(map) => {
                let entry = |(key, value): (&String, &Json)| Entry::new(key, Node::from(value));
                Node::Map(map.iter().map(entry).collect())
            }
            scalar => Node::Scalar(scalar.clone()),
        }
    }
}

impl From<&dbplane_codegen::yaml::Node> for Node {
    fn from(node: &dbplane_codegen::yaml::Node) -> Self {
        use dbplane_codegen::yaml::Value;
        match &node.value {
            Value::List(items) => Node::List(items.iter().map(Node::from).collect()),
            Value::Map(entries) => {
                Node::Map(entries.iter().map(|e| Entry::new(&e.key, Node::from(&e.node))).collect())
            }
            _ => Node::Scalar(node.to_json()),
        }
    }
}

impl Entry {
    /// A key with its value.
    pub fn new(key: impl Into<String>, node: Node) -> Self {
        Self { key: key.into(), node, comment: None }
    }
}

/// The text of a document.
#[must_use]
pub fn write(node: &Node) -> String {
    let mut out = String::new();
    match node {
        Node::Map(entries) if !entries.is_empty() => map(&mut out, entries, 0, false),
        Node::List(items) if !items.is_empty() => list(&mut out, items, 0),
        node => out = inline(node) + "\n",
    }
    out
}

/// `inside` says that the first key follows the dash of a list.
fn map(out: &mut String, entries: &[Entry], depth: usize, inside: bool) {
    for (at, Entry { key, node, comment }) in entries.iter().enumerate() {
        if at > 0 || !inside {
            out.push_str(&"  ".repeat(depth));
        }
        let comment = comment.map(|c| format!(" # {c}")).unwrap_or_default();
        let key = plain_key(key);
        match node {
            Node::Map(inner) if !inner.is_empty() => {
                let _ = writeln!(out, "{key}:{comment}");
                map(out, inner, depth + 1, false);
            }
            Node::List(items) if !items.is_empty() => {
                let _ = writeln!(out, "{key}:{comment}");
                list(out, items, depth + 1);
            }
            Node::Scalar(Json::String(text)) if is_lines(text) => {
                let _ = writeln!(out, "{key}: |-{comment}");
                lines(out, text, depth + 1);
            }
            node => _ = writeln!(out, "{key}: {}{comment}", inline(node)),
        }
    }
}

fn list(out: &mut String, items: &[Node], depth: usize) {
    for item in items {
        out.push_str(&"  ".repeat(depth));
        out.push_str("- ");
        match item {
            Node::Map(entries) if !entries.is_empty() => map(out, entries, depth + 1, true),
            Node::List(inner) if !inner.is_empty() => {
                out.push('\n');
                list(out, inner, depth + 1);
            }
            node => _ = writeln!(out, "{}", inline(node)),
        }
    }
}

/// Whether text stays what it is as a block of lines.
fn is_lines(text: &str) -> bool {
    let plain = |line: &str| {
        !line.ends_with(' ') && !line.contains(|c: char| c.is_control() || "\u{2028}\u{2029}".contains(c))
    };
    text.contains('\n')
        && !text.ends_with('\n')
        && !text.starts_with(['\n', ' '])
        && text.split('\n').all(plain)
}

fn lines(out: &mut String, text: &str, depth: usize) {
    for line in text.lines() {
        let indent = if line.is_empty() { String::new() } else { "  ".repeat(depth) };
        let _ = writeln!(out, "{indent}{line}");
    }
}

fn inline(node: &Node) -> String {
    match node {
        Node::Scalar(value) => value.to_string(),
        Node::List(_) => "[]".to_owned(),
        Node::Map(_) => "{}".to_owned(),
    }
}

fn plain_key(key: &str) -> String {
    let begins = key.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/' || c == '_' || c == '$');
    let plain = key.chars().all(|c| c.is_ascii_alphanumeric() || "/{}_-.$".contains(c));
    let word = matches!(key.to_ascii_lowercase().as_str(), "null" | "true" | "false");
    if begins && plain && !word && !dbplane_codegen::yaml::ambiguous(key) {
        key.to_owned()
    } else {
        Json::from(key).to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::{Node, write};
    use serde_json::json;

    #[test]
    fn what_is_written_is_what_was_meant() {
        let json = json!({
            "plain": 1, "no": "yes", "a b": [], "empty": {}, "deep": [[1, [2]], {"a": {"b": null}, "c": ["x"]}],
            "text": "quote \" and\nline: # [", "lines": {"a": "# a\n\n  - b\nc", "b": " a\nb", "c": "a \nb\n", "d": "a\r\nb"},
            "": true, "/v1/{id}": 1.5, "1.0": "012",
        });
        let mut files = dbplane_codegen::finding::Files::default();
        let read = dbplane_codegen::yaml::read(&mut files, "test.yaml", &write(&Node::from(&json)));
        assert_eq!(read.map(|node| node.to_json()), Ok(json));
    }
}
