//! `cargo xtask generate [--check]`: writes `src/generated`, the lists of services and the computed parts of
//! `docs/`, or says how they differ.

use std::panic::resume_unwind;
use std::path::{Path, PathBuf};
use std::thread;

use dbplane_codegen::parallel;
use dbplane_codegen::spec::Service;

use crate::failure::Failure;
use crate::files;
use crate::guides::{self, Stale};
use crate::lists;
use crate::root::root;
use crate::tree::{Texts, Tree, difference};

/// Writes the tree and the lists, or compares them with what is there.
pub(crate) fn run(check: bool) -> Result<(), Failure> {
    let root = root();
    let folder = root.join("src/generated");
    let present = Tree::read(&folder)?;
    if !check {
        let services = services(&root)?;
        let wanted = wanted(&services)?;
        let (written, removed) = present.replace(&folder, &wanted)?;
        println!("{} files: {written} written, {removed} removed", wanted.len());
        write(&root, lists::stale(&root, &services)?)?;
        return write(&root, guides::stale(&root)?);
    }
    // The guides compare specs on their own, so both run at once.
    let (wanted, guides) = thread::scope(|scope| {
        let guides = scope.spawn(|| guides::stale(&root));
        let wanted =
            services(&root).and_then(|services| Ok((wanted(&services)?, lists::stale(&root, &services)?)));
        (wanted, guides.join().unwrap_or_else(|why| resume_unwind(why)))
    });
    let (wanted, lists) = wanted?;
    let mut report = present.difference(&wanted, "src/generated");
    for Stale { path, old, new } in lists.into_iter().chain(guides?) {
        report.push_str(&difference(&name(&root, &path), &old, &new));
    }
    if report.is_empty() {
        println!("src/generated is fresh: {} files; so are the lists of services and docs", wanted.len());
        return Ok(());
    }
    let remedy = "this is not what the specs say; run `cargo xtask generate` and commit it";
    Err(Failure::Findings(format!("{report}\n{remedy}")))
}

/// Writes what is stale.
fn write(root: &Path, files: Vec<Stale>) -> Result<(), Failure> {
    for Stale { path, new, .. } in files {
        files::write(&path, new.as_bytes()).map_err(|e| format!("{}: {e}", path.display()))?;
        println!("{} written", name(root, &path));
    }
    Ok(())
}

fn name(root: &Path, path: &Path) -> String {
    path.strip_prefix(root).unwrap_or(path).display().to_string()
}

fn services(root: &Path) -> Result<Vec<Service>, Failure> {
    dbplane_codegen::load(&root.join("specs")).map_err(Failure::of)
}

/// What the specs say.
fn wanted(services: &[Service]) -> Result<Texts, String> {
    let mut wanted = Texts::from([(PathBuf::from("mod.rs"), dbplane_codegen::index::write(services))]);
    for module in parallel::map(services, dbplane_codegen::generate) {
        let module = module.map_err(|f| f.to_string())?;
        for (name, text) in module.files {
            wanted.insert(Path::new(&module.name).join(name), text);
        }
    }
    Ok(wanted)
}
