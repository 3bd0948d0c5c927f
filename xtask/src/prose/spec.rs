//! Texts of specs, overlays and deviations.

use dbplane_codegen::finding::Files;
use dbplane_codegen::yaml::{self, Node, Value};

use super::{Kind, Paragraph};

/// Keys whose values are sentences.
const SENTENCES: &[&str] = &["description", "reason"];
/// Keys whose values are data, or names of fields.
const DATA: &[&str] = &["example", "examples", "x-example-values", "x-long-running", "x-paging", "x-states"];

/// The descriptions of a document in YAML.
///
/// # Errors
/// What the YAML reader refuses.
pub(super) fn paragraphs(file: &str, source: &str) -> Result<Vec<Paragraph>, String> {
    let mut files = Files::default();
    let root = yaml::read(&mut files, file, source).map_err(|finding| finding.to_string())?;
    let mut found = Vec::new();
    walk("", &root, &mut |name, key, node, text| {
        let line = files.place(node.line).line;
        let kind = if key == "description" { Kind::Description(name.to_owned()) } else { Kind::Guide };
        found.push(Paragraph {
            file: file.to_owned(),
            line,
            kind,
            text: text.to_owned(),
            lines: vec![(0, line)],
        });
    });
    Ok(found)
}

/// Tells every sentence with the name of what it describes: a parameter's own, else the key above.
fn walk<'n>(name: &'n str, node: &'n Node, tell: &mut dyn FnMut(&str, &str, &Node, &str)) {
    let own = node.get("name").or_else(|| node.get("operationId"));
    let name = match own.map(|n| &n.value) {
        Some(Value::Text { text, .. }) => text,
        _ => name,
    };
    for entry in node.entries() {
        match &entry.node.value {
            Value::Text { text, .. } if SENTENCES.contains(&entry.key.as_str()) => {
                tell(name, &entry.key, &entry.node, text);
            }
            _ if DATA.contains(&entry.key.as_str()) => {}
            _ => walk(&entry.key, &entry.node, tell),
        }
    }
    for item in node.items() {
        walk(name, item, tell);
    }
}
