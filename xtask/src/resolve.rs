//! `cargo xtask resolve SPEC [-o FILE]`: a spec or an overlay as one plain OpenAPI document.
//!
//! Problem: Swagger UI, Prism, schemathesis and Spectral read OpenAPI documents and know nothing of overlays.
//! Default: what the overlays make of the spec is printed as YAML, extensions kept. Nothing is
//! checked; that is for `cargo xtask lint`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use dbplane_codegen::yaml::{Entry, Node, Value};
use dbplane_pages::yaml;

use crate::files;

/// One command with its options.
#[derive(Debug)]
pub(crate) struct Resolve {
    spec: PathBuf,
    output: Option<PathBuf>,
}

/// Reads what follows `resolve`.
pub(crate) fn parse(parser: &mut lexopt::Parser) -> Result<Resolve, String> {
    use lexopt::prelude::{Long, Short, Value};
    let (mut spec, mut output) = (None, None);
    while let Some(argument) = parser.next().map_err(|e| e.to_string())? {
        match argument {
            Value(path) if spec.is_none() => spec = Some(PathBuf::from(path)),
            Short('o') | Long("output") => {
                output = Some(PathBuf::from(parser.value().map_err(|e| e.to_string())?));
            }
            argument => return Err(argument.unexpected().to_string()),
        }
    }
    let spec = spec
        .ok_or("name a spec or an overlay: `cargo xtask resolve specs/samsung-mariadb-1.3.overlay.yaml`")?;
    Ok(Resolve { spec, output })
}

/// Prints or writes the document.
pub(crate) fn run(command: &Resolve) -> Result<(), String> {
    let text = resolve(&command.spec)?;
    match &command.output {
        Some(file) => files::write(file, text.as_bytes()).map_err(|e| format!("{}: {e}", file.display())),
        None => {
            print!("{text}");
            Ok(())
        }
    }
}

/// The document in a file, with its overlays applied.
fn resolve(path: &Path) -> Result<String, String> {
    let mut document = dbplane_codegen::open_file(path)
        .map_err(|findings| findings.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))?;
    let file = path.file_name().unwrap_or_default().to_string_lossy();
    let head = format!("# Made by `cargo xtask resolve {file}`. Do not edit.\n");
    let types = types(&document.root);
    add_types(&mut document.root, &types);
    Ok(head + &yaml::write(&yaml::Node::from(&document.root)))
}

/// The type of each named schema, by what a reference to it says.
fn types(root: &Node) -> BTreeMap<String, Node> {
    let schemas = root.get("components").and_then(|components| components.get("schemas"));
    let entries = schemas.map(Node::entries).unwrap_or_default().iter();
    entries
        .filter_map(|e| Some((format!("#/components/schemas/{}", e.key), e.node.get("type")?.clone())))
        .collect()
}

/// Writes its type beside every nullable reference: `nullable` has no meaning without one, and validators refuse it.
fn add_types(node: &mut Node, types: &BTreeMap<String, Node>) {
    let only = node.get("allOf").map(Node::items).and_then(|items| items.first());
    let target = only.and_then(|item| item.get("$ref")).and_then(Node::text);
    let ty = target.and_then(|target| types.get(target)).cloned();
    let bare = node.get("nullable").is_some() && node.get("type").is_none();
    match &mut node.value {
        Value::Map(entries) => {
            if let Some(ty) = ty.filter(|_| bare) {
                entries.insert(0, Entry { key: "type".to_owned(), line: ty.line, node: ty });
            }
            entries.iter_mut().for_each(|entry| add_types(&mut entry.node, types));
        }
        Value::List(items) => items.iter_mut().for_each(|item| add_types(item, types)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use dbplane_codegen::spec::{Document, Service};
    use dbplane_codegen::{lint, load};

    use serde_json::Value as Json;

    use super::resolve;
    use crate::root::root;

    fn ids(service: &Service) -> Vec<(&str, &str, &str)> {
        service.operations.iter().map(|o| (o.id.as_str(), o.method.as_str(), o.key.as_str())).collect()
    }

    /// The document without the types beside `allOf`, which only the resolved one has.
    fn without_types(json: &Json) -> Json {
        match json {
            Json::Object(map) => {
                let whole = !map.contains_key("allOf");
                let kept = map.iter().filter(|(key, _)| whole || *key != "type");
                kept.map(|(key, value)| (key.clone(), without_types(value))).collect()
            }
            Json::Array(items) => items.iter().map(without_types).collect(),
            plain => plain.clone(),
        }
    }

    #[test]
    fn a_nullable_reference_says_its_type() {
        let file = root().join("specs/samsung-mariadb-1.3.overlay.yaml");
        let text = resolve(&file).unwrap();
        let json = Document::read("resolved.yaml", &text).unwrap().root.to_json();
        let found = references(&json);
        assert!(
            !found.is_empty() && found.iter().all(|reference| reference["type"].is_string()),
            "{found:?}"
        );
    }

    fn references(json: &Json) -> Vec<&Json> {
        let mut found: Vec<_> = Some(json)
            .filter(|json| json["allOf"].is_array() && json["nullable"] == true)
            .into_iter()
            .collect();
        let values = json.as_object().into_iter().flat_map(|map| map.values());
        let items = json.as_array().into_iter().flatten();
        found.extend(values.chain(items).flat_map(references));
        found
    }

    #[test]
    fn a_resolved_document_is_a_spec_with_the_same_operations_and_extensions() {
        let specs = root().join("specs");
        for service in load(&specs).unwrap() {
            let file = service.files.first().strip_prefix("specs/").unwrap();
            let text = resolve(&specs.join(file)).unwrap();
            let document = Document::read("resolved.yaml", &text).unwrap();
            let read = lint::check(&service.stem, &document).unwrap();
            assert_eq!(ids(&read), ids(&service));
            assert_eq!(without_types(&read.json), without_types(&service.json), "{file}");
            assert!(document.root.get("overlay").is_none() && document.root.get("extends").is_none());
        }
    }
}
