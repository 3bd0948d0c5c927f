//! `cargo xtask resolve SPEC [-o FILE]`: a spec or an overlay as one plain OpenAPI document.
//!
//! Problem: Swagger UI, Prism, schemathesis and Spectral read OpenAPI documents and know nothing of overlays.
//! Default: what the overlays make of the spec is printed as YAML, extensions kept. Nothing is
//! checked; that is for `cargo xtask lint`.

use std::fs;
use std::path::{Path, PathBuf};

use dbplane_pages::yaml;

/// One command with its options.
#[derive(Debug)]
pub(crate) struct Command {
    spec: PathBuf,
    output: Option<PathBuf>,
}

/// Reads what follows `resolve`.
pub(crate) fn parse(parser: &mut lexopt::Parser) -> Result<Command, String> {
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
    Ok(Command { spec, output })
}

/// Prints or writes the document.
pub(crate) fn run(command: &Command) -> Result<(), String> {
    let text = resolve(&command.spec)?;
    match &command.output {
        Some(file) => fs::write(file, text).map_err(|e| format!("{}: {e}", file.display())),
        None => {
            print!("{text}");
            Ok(())
        }
    }
}

/// The document in a file, with its overlays applied.
fn resolve(path: &Path) -> Result<String, String> {
    let document = dbplane_codegen::open_file(path)
        .map_err(|findings| findings.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))?;
    let file = path.file_name().unwrap_or_default().to_string_lossy();
    let head = format!("# Made by `cargo xtask resolve {file}`. Do not edit.\n");
    Ok(head + &yaml::write(&yaml::Node::from(&document.root)))
}

#[cfg(test)]
mod tests {
    use dbplane_codegen::spec::{Document, Service};
    use dbplane_codegen::{lint, load};

    use super::resolve;
    use crate::root::root;

    fn ids(service: &Service) -> Vec<(&str, &str, &str)> {
        service.operations.iter().map(|o| (o.id.as_str(), o.method.as_str(), o.key.as_str())).collect()
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
            assert_eq!(read.json, service.json, "{file}");
            assert!(document.root.get("overlay").is_none() && document.root.get("extends").is_none());
        }
    }
}
