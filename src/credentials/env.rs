//! The environment for credentials: variables, the home directory, files.
//!
//! Problem: the credentials that a program finds depend on its machine, and a test must not depend on it.
//! Default: this machine ([`Env::system`]).
//! Override: [`Env::fixed`], a table of variables and files, which is passed to a provider's `env`.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fmt;
use std::fs::File;
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use zeroize::Zeroizing;

use crate::credentials::form::check_key;
use crate::error::{Error, Kind};
use crate::secret::Secret;

/// The maximum size of a file, in bytes. Files of credentials have a few hundred.
pub(crate) const MAX_FILE: usize = 1024 * 1024;

/// The environment that providers read: variables, the home directory and files.
///
/// ```
/// use dbplane::credentials::Env;
/// let env = Env::fixed()
///     .variable("SCP_TF_ACCESS_KEY", "0123456789abcdef")
///     .variable("SCP_TF_SECRET_KEY", "not a real one");
/// let provider = dbplane::samsung::EnvProvider::default().env(env);
/// # let _ = dbplane::samsung::mariadb_1_0::Client::builder().credentials_provider(provider);
/// ```
#[derive(Clone, Default)]
pub struct Env(Option<Arc<FixedEnv>>);

/// The content of a fixed environment.
#[derive(Clone, Default)]
struct FixedEnv {
    variables: BTreeMap<String, OsString>,
    home: Option<PathBuf>,
    files: BTreeMap<PathBuf, Result<Zeroizing<Vec<u8>>, ErrorKind>>,
}

impl Env {
    /// The environment of this process.
    #[must_use]
    pub fn system() -> Self {
        Self(None)
    }

    /// An environment without variables, files and a home directory, for tests. They are added by the methods below.
    #[must_use]
    pub fn fixed() -> Self {
        Self(Some(Arc::default()))
    }

    /// Adds a variable. Like the methods below, it turns the environment of the process into a fixed one.
    #[must_use]
    pub fn variable(self, name: impl Into<String>, value: impl Into<OsString>) -> Self {
        self.with(|table| drop(table.variables.insert(name.into(), value.into())))
    }

    /// Sets the home directory.
    #[must_use]
    pub fn home(self, path: impl Into<PathBuf>) -> Self {
        self.with(|table| table.home = Some(path.into()))
    }

    /// Adds a file.
    #[must_use]
    pub fn file(self, path: impl Into<PathBuf>, contents: impl Into<Vec<u8>>) -> Self {
        self.with(|table| drop(table.files.insert(path.into(), Ok(Zeroizing::new(contents.into())))))
    }

    /// Adds a file that can't be read, with the reason.
    #[must_use]
    pub fn unreadable(self, path: impl Into<PathBuf>, why: ErrorKind) -> Self {
        self.with(|table| drop(table.files.insert(path.into(), Err(why))))
    }

    fn with(self, change: impl FnOnce(&mut FixedEnv)) -> Self {
        let mut table = self.0.unwrap_or_default();
        change(Arc::make_mut(&mut table));
        Self(Some(table))
    }

    /// A variable; an empty one counts as missing.
    pub(crate) fn get(&self, name: &str) -> Result<Option<Secret>, Error> {
        let value = match &self.0 {
            Some(table) => table.variables.get(name).cloned(),
            None => std::env::var_os(name),
        };
        let text = value.map(OsString::into_string).transpose();
        let text = text.map_err(|_| Error::credentials(format!("the variable {name} is not UTF-8")))?;
        Ok(text.filter(|text| !text.is_empty()).map(Secret::from))
    }

    /// A variable for a header; an empty one counts as missing.
    pub(crate) fn get_key(&self, name: &str) -> Result<Option<Secret>, Error> {
        let value = self.get(name)?;
        value.as_ref().map_or(Ok(()), |value| check_key(&format!("variable {name}"), value))?;
        Ok(value)
    }

    /// Two variables that belong together. If both are missing, the error says that there are no credentials; if one is
    /// missing, the error names it.
    pub(crate) fn get_pair(&self, names: [&str; 2]) -> Result<[Secret; 2], Error> {
        let [first, second] = names;
        match (self.get_key(first)?, self.get_key(second)?) {
            (Some(a), Some(b)) => Ok([a, b]),
            (None, None) => {
                Err(Error::no_credentials(format!("neither {first} nor {second} is set, or both are empty")))
            }
            (a, _) => {
                let (set, missing) = if a.is_some() { (first, second) } else { (second, first) };
                let message = format!("the variable {set} is set but {missing} is not; set both or none");
                Err(Error::new(Kind::Credentials, message))
            }
        }
    }

    /// The home directory.
    pub(crate) fn home_directory(&self) -> Option<PathBuf> {
        let home = match &self.0 {
            Some(table) => table.home.clone(),
            None => std::env::home_dir(),
        };
        home.filter(|path| !path.as_os_str().is_empty())
    }

    /// The content of a file; up to one byte more than [`MAX_FILE`].
    pub(crate) fn read(&self, path: &Path) -> io::Result<Zeroizing<Vec<u8>>> {
        match &self.0 {
            Some(table) => match table.files.get(path) {
                Some(Ok(contents)) => Ok(contents.clone()),
                Some(Err(why)) => Err((*why).into()),
                None => Err(ErrorKind::NotFound.into()),
            },
            None => read(path),
        }
    }
}

/// Reads a regular file. Anything else, a pipe for example, might never end.
fn read(path: &Path) -> io::Result<Zeroizing<Vec<u8>>> {
    let about = std::fs::metadata(path)?;
    if about.is_dir() {
        return Err(ErrorKind::IsADirectory.into());
    }
    if !about.is_file() {
        return Err(io::Error::new(ErrorKind::InvalidInput, "it is not a regular file"));
    }
    // Large enough from the start, because growing would leave copies of secrets in memory.
    let size = usize::try_from(about.len()).unwrap_or(usize::MAX).min(MAX_FILE) + 1;
    let mut contents = Zeroizing::new(Vec::with_capacity(size));
    File::open(path)?.take(MAX_FILE as u64 + 1).read_to_end(&mut contents)?;
    Ok(contents)
}

/// Does not show variables and files, which may be secrets.
impl fmt::Debug for Env {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_some() { "Env(fixed)" } else { "Env(system)" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_are_missing_half_there_or_unusable() {
        let pair = |env: Env| env.get_pair(["KEY", "SECRET"]);
        let none = pair(Env::fixed().variable("KEY", "")).unwrap_err();
        assert!(none.is_no_credentials(), "{none}");
        for (env, why) in [
            (Env::fixed().variable("KEY", "k"), "KEY is set but SECRET is not"),
            (Env::fixed().variable("SECRET", "hunter2"), "SECRET is set but KEY is not"),
            (Env::fixed().variable("KEY", "k").variable("SECRET", "hunter2\n"), "SECRET starts or ends"),
            (Env::fixed().variable("KEY", "ключ").variable("SECRET", "hunter2"), "KEY is not plain ASCII"),
        ] {
            let error = pair(env).unwrap_err();
            assert!(error.is_auth() && !error.is_no_credentials(), "{error}");
            assert!(error.to_string().contains(why) && !error.to_string().contains("hunter2"), "{error}");
        }
        let [key, secret] = pair(Env::fixed().variable("KEY", "k").variable("SECRET", "s")).unwrap();
        assert_eq!((key.expose(), secret.expose()), ("k", "s"));
    }

    #[cfg(unix)]
    #[test]
    fn a_variable_that_is_not_utf_8_is_named() {
        use std::os::unix::ffi::OsStringExt;
        let env = Env::fixed().variable("KEY", OsString::from_vec(vec![b'h', 0xff]));
        assert!(env.get("KEY").unwrap_err().to_string().contains("KEY is not UTF-8"));
    }

    #[test]
    fn real_files_are_read_and_directories_are_not() {
        let folder = std::env::temp_dir().join(format!("dbplane-environment-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let file = folder.join("keys");
        std::fs::write(&file, "k").unwrap();
        let env = Env::system();
        assert_eq!(*env.read(&file).unwrap(), b"k");
        assert_eq!(env.read(&folder).unwrap_err().kind(), ErrorKind::IsADirectory);
        assert_eq!(env.read(&folder.join("none")).unwrap_err().kind(), ErrorKind::NotFound);
        std::fs::write(&file, vec![b'#'; MAX_FILE + 100]).unwrap();
        assert_eq!(env.read(&file).unwrap().len(), MAX_FILE + 1);
        std::fs::remove_dir_all(&folder).unwrap();
    }

    #[cfg(unix)]
    #[test]
    fn a_device_is_not_read() {
        let error = Env::system().read(Path::new("/dev/zero")).unwrap_err();
        assert_eq!(error.to_string(), "it is not a regular file");
    }

    #[test]
    fn a_machine_shows_nothing() {
        let env = Env::fixed().variable("SECRET", "hunter2").file("/keys", "hunter2");
        assert_eq!(format!("{env:?} {:?}", Env::default()), "Env(fixed) Env(system)");
    }
}
