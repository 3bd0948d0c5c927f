//! `cargo xtask lint`.

use std::path::{Path, PathBuf};

/// The project's root folder.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap_or(Path::new(".")).to_owned()
}

/// Checks every spec, or lists the rules.
pub(crate) fn run(rules: bool) -> Result<(), String> {
    if rules {
        for (rule, meaning) in dbplane_codegen::lint::rules() {
            println!("{rule:<24} {meaning}");
        }
        return Ok(());
    }
    match dbplane_codegen::load(&root().join("specs")) {
        Ok(services) => {
            let operations: usize = services.iter().map(|s| s.operations.len()).sum();
            println!("{} specs with {operations} operations: nothing found", services.len());
            Ok(())
        }
        Err(findings) => Err(findings.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")),
    }
}
