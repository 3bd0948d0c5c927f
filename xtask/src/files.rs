//! Files: read with a limit, written whole or not at all.
//!
//! Problem: a pipe or a device where a file is expected makes a program wait, and a program that is stopped while it writes
//! leaves half a file. Default: only regular files up to a limit are read, and a file is replaced by renaming another.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

use dbplane_codegen::regular_file;

/// The largest text of this project, in bytes.
const TEXT: usize = 64 * 1024 * 1024;

/// The text of a file of this project.
pub(crate) fn text(path: &Path) -> io::Result<String> {
    regular_file::text(path, TEXT)
}

/// Replaces a file at once: whoever reads it finds the old or the new text, and a failure leaves the old one.
pub(crate) fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if fs::symlink_metadata(path).is_ok_and(|kind| !kind.is_file()) {
        return Err(io::Error::other("it is not a regular file"));
    }
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.tmp", std::process::id()));
    let new = path.with_file_name(name);
    let written = File::create_new(&new).and_then(|mut file| {
        file.write_all(bytes)?;
        file.sync_all()
    });
    let written = written.and_then(|()| fs::rename(&new, path));
    if written.is_err() {
        _ = fs::remove_file(&new);
    }
    written
}

#[cfg(test)]
#[allow(clippy::unwrap_used)] // tests
mod tests {
    use super::write;
    use dbplane_codegen::regular_file::bytes as read;

    #[test]
    fn only_regular_files_of_a_limited_size_are_read_and_replaced() {
        let folder = crate::docs::tests::folder("files");
        let file = folder.join("page.txt");
        write(&file, b"one").unwrap();
        write(&file, b"two").unwrap();
        assert_eq!(read(&file, 3).unwrap(), b"two");
        assert!(read(&file, 2).unwrap_err().to_string().contains("more than 2"));
        assert!(read(&folder, 10).unwrap_err().to_string().contains("not a regular file"));
        assert!(write(&folder, b"x").is_err());
        let pipe = folder.join("pipe");
        if std::process::Command::new("mkfifo").arg(&pipe).status().is_ok_and(|status| status.success()) {
            assert!(read(&pipe, 10).unwrap_err().to_string().contains("not a regular file"));
            assert!(write(&pipe, b"x").is_err());
        }
        let names: Vec<_> = std::fs::read_dir(&folder).unwrap().map(|e| e.unwrap().file_name()).collect();
        assert!(names.iter().all(|name| !name.to_string_lossy().ends_with(".tmp")), "{names:?}");
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
