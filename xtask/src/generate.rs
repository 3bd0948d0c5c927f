//! `cargo xtask generate [--check]`: writes `src/generated` and the computed parts of `docs/`, or says how they differ.

use std::fs;
use std::panic::resume_unwind;
use std::path::{Path, PathBuf};
use std::thread;

use dbplane_codegen::finding::Finding;
use dbplane_codegen::parallel;

use crate::features;
use crate::guides::{self, Stale};
use crate::lint::root;
use crate::tree::{Texts, Tree, difference};

/// Writes the tree, or compares it with what is there.
pub(crate) fn run(check: bool) -> Result<(), String> {
    let folder = root().join("src/generated");
    let present = Tree::read(&folder)?;
    if !check {
        let wanted = wanted()?;
        let (written, removed) = present.replace(&folder, &wanted)?;
        println!("{} files: {written} written, {removed} removed", wanted.len());
        return guides();
    }
    // The guides compare specs on their own, so both run at once.
    let (wanted, stale) = thread::scope(|scope| {
        let stale = scope.spawn(|| guides::stale(&root()));
        (wanted(), stale.join().unwrap_or_else(|why| resume_unwind(why)))
    });
    let wanted = wanted?;
    let mut report = present.difference(&wanted, "src/generated");
    for Stale { path, old, new } in stale? {
        let name = path.strip_prefix(root()).unwrap_or(&path).display().to_string();
        report.push_str(&difference(&name, &old, &new));
    }
    if report.is_empty() {
        println!("src/generated is fresh: {} files; so is docs", wanted.len());
        return Ok(());
    }
    Err(format!("{report}\nthis is not what the specs say; run `cargo xtask generate` and commit it"))
}

/// Writes the documents that hold what a command says.
fn guides() -> Result<(), String> {
    for Stale { path, new, .. } in guides::stale(&root())? {
        fs::write(&path, new).map_err(|e| format!("{}: {e}", path.display()))?;
        println!("{} written", path.display());
    }
    Ok(())
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
    for module in parallel::map(&services, dbplane_codegen::generate) {
        let module = module.map_err(|f| f.to_string())?;
        for (name, text) in module.files {
            wanted.insert(Path::new(&module.name).join(name), text);
        }
    }
    Ok(wanted)
}
