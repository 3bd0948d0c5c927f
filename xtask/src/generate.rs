//! `cargo xtask generate [--check]`: writes `src/generated`, or says how it differs.

use std::fs;
use std::path::{Path, PathBuf};

use dbplane_codegen::finding::Finding;

use crate::features;
use crate::lint::root;
use crate::tree::{Texts, Tree};

/// Writes the tree, or compares it with what is there.
pub(crate) fn run(check: bool) -> Result<(), String> {
    let wanted = wanted()?;
    let folder = root().join("src/generated");
    let present = Tree::read(&folder)?;
    if !check {
        let (written, removed) = present.replace(&folder, &wanted)?;
        println!("{} files: {written} written, {removed} removed", wanted.len());
        return Ok(());
    }
    let report = present.difference(&wanted, "src/generated");
    if report.is_empty() {
        println!("src/generated is fresh: {} files", wanted.len());
        return Ok(());
    }
    Err(format!(
        "{report}\nsrc/generated is not what the specs say; run `cargo xtask generate` and commit it"
    ))
}

/// What the specs say.
fn wanted() -> Result<Texts, String> {
    let lines =
        |findings: Vec<Finding>| findings.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n");
    let services = dbplane_codegen::load(&root().join("specs")).map_err(lines)?;
    let manifest = root().join("Cargo.toml");
    let manifest = fs::read_to_string(&manifest).map_err(|e| format!("{}: {e}", manifest.display()))?;
    features::check(&manifest, services.iter().map(|s| s.stem.as_str()))?;
    let mut wanted = Texts::from([(PathBuf::from("mod.rs"), dbplane_codegen::index::write(&services))]);
    for service in &services {
        let module = dbplane_codegen::generate(service).map_err(|f| f.to_string())?;
        for (name, text) in module.files {
            wanted.insert(Path::new(&module.name).join(name), text);
        }
    }
    Ok(wanted)
}
