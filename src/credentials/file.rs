//! The text of a credentials file: its path, its size limit, and its encoding.
//!
//! Problem: a missing file is not an error, but one that can't be read must not be skipped, because the next provider
//! may have keys of another account.
//! Default: a missing file is `None`. A directory, a file that may not be read, has more than 1 MiB or is not
//! UTF-8 is an error that names it, and the line if there is one.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::env::{Env, MAX_FILE};
use crate::error::Error;
use crate::secret::Secret;

/// A path in errors.
pub(crate) fn shown(path: &Path) -> String {
    path.display().to_string().replace(char::is_control, "?")
}

/// An error about a file, with the line if there is one.
pub(crate) fn misfit(path: &Path, line: Option<usize>, rule: &str) -> Error {
    let line = line.map(|line| format!(", line {line},")).unwrap_or_default();
    Error::credentials(format!("{}{line} {rule}", shown(path)))
}

/// The text of a file, if there is one.
pub(crate) fn text(env: &Env, path: &Path) -> Result<Option<Secret>, Error> {
    let contents = match env.read(path) {
        Ok(contents) => contents,
        Err(e) if e.kind() == ErrorKind::NotFound => return Ok(None),
        Err(e) => {
            let rule = match e.kind() {
                ErrorKind::IsADirectory => "is a directory where a file is expected".to_owned(),
                ErrorKind::PermissionDenied => {
                    "can't be read by this user; change its permissions, or move it".to_owned()
                }
                _ => format!("can't be read: {e}"),
            };
            return Err(misfit(path, None, &rule));
        }
    };
    if contents.len() > MAX_FILE {
        return Err(misfit(path, None, "has more than 1 MiB, which is too large for a credentials file"));
    }
    match decode(&contents) {
        Ok(text) => Ok(Some(text.into())),
        Err((line, rule)) => Err(misfit(path, line, rule)),
    }
}

/// Reads UTF-8, with or without a byte order mark.
pub(crate) fn decode(contents: &[u8]) -> Result<&str, (Option<usize>, &'static str)> {
    if contents.starts_with(&[0xff, 0xfe]) || contents.starts_with(&[0xfe, 0xff]) {
        return Err((None, "is UTF-16; save it as UTF-8"));
    }
    let text = std::str::from_utf8(contents).map_err(|e| {
        let good = &contents[..e.valid_up_to()];
        let line = 1 + good.iter().filter(|byte| **byte == b'\n').count();
        (Some(line), "is not UTF-8; save the file as UTF-8")
    })?;
    Ok(text.strip_prefix('\u{feff}').unwrap_or(text))
}

/// The path of the file: the given one, else that of `variable`, else `usual` in the home directory.
pub(crate) fn locate(
    env: &Env,
    given: Option<&Path>,
    variable: &str,
    usual: &str,
) -> Result<FileLocation, Error> {
    if let Some(path) = given {
        return Ok(FileLocation { path: path.to_owned(), named: false });
    }
    if let Some(path) = env.get(variable)? {
        return Ok(FileLocation { path: path.expose().into(), named: true });
    }
    Ok(FileLocation { path: in_home(env, usual)?, named: false })
}

/// The path of a file, and whether a variable named it.
pub(crate) struct FileLocation {
    pub(crate) path: PathBuf,
    pub(crate) named: bool,
}

/// A path in the home directory; none without a home directory.
pub(crate) fn in_home(env: &Env, path: &str) -> Result<PathBuf, Error> {
    let unknown =
        || Error::no_credentials(format!("the home directory is unknown, so ~/{path} was not searched"));
    Ok(env.home_directory().ok_or_else(unknown)?.join(path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byte_order_mark_is_fine_and_other_encodings_are_named() {
        assert_eq!(decode(b"\xef\xbb\xbf[s]"), Ok("[s]"));
        assert_eq!(decode(b"a\nb\nc\xe4"), Err((Some(3), "is not UTF-8; save the file as UTF-8")));
        for utf16 in [&b"\xff\xfe[\0s\0"[..], b"\xfe\xff\0[\0s"] {
            assert_eq!(decode(utf16).unwrap_err().1, "is UTF-16; save it as UTF-8");
        }
    }

    #[test]
    fn a_missing_file_is_none_and_any_other_trouble_names_the_file() {
        let path = Path::new("/home/me/keys");
        assert!(text(&Env::fixed(), path).unwrap().is_none());
        for (why, words) in [
            (ErrorKind::PermissionDenied, "can't be read by this user"),
            (ErrorKind::IsADirectory, "is a directory"),
            (ErrorKind::TimedOut, "can't be read: timed out"),
        ] {
            let error = text(&Env::fixed().unreadable(path, why), path).unwrap_err();
            assert!(!error.is_no_credentials(), "{error}");
            assert_eq!(error.to_string().split_once(words).unwrap().0, "/home/me/keys ", "{error}");
        }
        let large = Env::fixed().file(path, vec![b'#'; MAX_FILE + 1]);
        assert!(text(&large, path).unwrap_err().to_string().contains("more than 1 MiB"));
    }
}
