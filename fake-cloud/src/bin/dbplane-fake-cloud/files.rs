//! Files from the command line.
//!
//! Problem: a path can be a pipe that nobody writes to, a device that never ends, or a file larger than memory.
//! Default: only regular files are opened, and at most [`LIMIT`] bytes of them are read.

use std::fs::{File, OpenOptions};
use std::io::{self, Read};
use std::path::Path;

/// The longest file with rules, in bytes.
const LIMIT: u64 = 16 << 20;

/// Reads a text.
///
/// # Errors The reason, with the path.
pub(crate) fn read(path: &Path) -> Result<String, String> {
    let about = |problem: &dyn std::fmt::Display| format!("{}: {problem}", path.display());
    regular(path).map_err(|error| about(&error))?;
    let mut text = String::new();
    let file = File::open(path).map_err(|error| about(&error))?;
    let length = file.take(LIMIT + 1).read_to_string(&mut text).map_err(|error| about(&error))?;
    if length as u64 > LIMIT {
        return Err(about(&format!("it is longer than {} MiB", LIMIT >> 20)));
    }
    Ok(text)
}

/// Opens a file for appending, and creates it if it does not exist.
///
/// # Errors The reason, with the path.
pub(crate) fn append(path: &Path) -> Result<File, String> {
    let opened = match regular(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => OpenOptions::new().create(true).append(true).open(path),
    };
    opened.map_err(|error| format!("{}: {error}", path.display()))
}

fn regular(path: &Path) -> io::Result<()> {
    if std::fs::metadata(path)?.is_file() {
        return Ok(());
    }
    Err(io::Error::new(io::ErrorKind::InvalidInput, "it is not a regular file"))
}
