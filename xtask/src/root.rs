//! The folder of the project that a command works on.
//!
//! Problem: a program that was compiled in one copy of the project and runs in another must not change the first.
//! Default: the first folder from the current one upwards that has `specs/`, `xtask/` and a Cargo.toml; its name is
//! printed when it is not the current one. Override: change to another folder.

use std::env;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

static ROOT: OnceLock<PathBuf> = OnceLock::new();

/// Looks for the project, before any command runs.
///
/// # Errors
/// Neither the current folder nor one above it is the project.
pub(crate) fn find() -> Result<(), String> {
    let current = env::current_dir().map_err(|e| format!("the current folder: {e}"))?;
    let Some(found) = above(&current) else {
        return Err(format!(
            "{} is not inside the project: no folder from here upwards has specs/, xtask/ and Cargo.toml; change to it",
            current.display()
        ));
    };
    if found != current {
        eprintln!("in {}", found.display());
    }
    _ = ROOT.set(found.to_owned());
    Ok(())
}

/// The project's root folder.
pub(crate) fn root() -> PathBuf {
    let above_current = || env::current_dir().ok().and_then(|current| above(&current).map(Path::to_owned));
    ROOT.get_or_init(|| above_current().unwrap_or_default()).clone()
}

fn above(folder: &Path) -> Option<&Path> {
    let is_project = |folder: &&Path| {
        folder.join("specs").is_dir() && folder.join("xtask").is_dir() && folder.join("Cargo.toml").is_file()
    };
    folder.ancestors().find(is_project)
}

#[cfg(test)]
mod tests {
    use super::above;
    use std::path::Path;

    #[test]
    fn the_project_is_found_from_inside_and_only_from_inside() {
        let project = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
        for inside in ["", "specs", "xtask/src"] {
            assert_eq!(above(&project.join(inside)), Some(project), "{inside}");
        }
        assert_eq!(above(Path::new("/")), None);
    }
}
