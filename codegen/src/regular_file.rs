//! Regular files, read with a limit.
//!
//! Problem: a pipe or a device where a file is expected makes a program wait, or never ends. Default: only regular files
//! are opened, and one that is larger than the limit is not read.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

/// Reads a regular file of at most `limit` bytes.
///
/// # Errors
/// It is none, it is larger, or it cannot be read.
pub fn bytes(path: &Path, limit: usize) -> io::Result<Vec<u8>> {
    let kind = fs::metadata(path)?;
    if !kind.is_file() {
        return Err(io::Error::other("it is not a regular file"));
    }
    let limit = u64::try_from(limit).unwrap_or(u64::MAX);
    if kind.len() > limit {
        return Err(io::Error::other(format!("it has {} bytes, more than {limit}", kind.len())));
    }
    let mut bytes = Vec::new();
    File::open(path)?.take(limit + 1).read_to_end(&mut bytes)?;
    if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > limit {
        return Err(io::Error::other(format!("it has more than {limit} bytes")));
    }
    Ok(bytes)
}

/// Reads a regular file of at most `limit` bytes, which is UTF-8.
///
/// # Errors
/// As of [`bytes`]; [`io::ErrorKind::InvalidData`] where it is not UTF-8.
pub fn text(path: &Path, limit: usize) -> io::Result<String> {
    let bytes = bytes(path, limit)?;
    String::from_utf8(bytes).map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error.utf8_error()))
}
