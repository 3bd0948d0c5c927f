//! The profile file of OceanBase Cloud.
//!
//! Problem: keys in variables are seen by every child process; a file is seen by whoever may read it.
//! Default: `~/.oceanbase-cloud/credentials`, which the vendor does not define: name and form are this library's
//! own. Override: the variable `OCEANBASE_CLOUD_CREDENTIALS_FILE`, or [`ProfileFile::at`].

use std::path::PathBuf;

use super::Credentials;
use crate::credentials::profile::Form;
use crate::credentials::{Machine, Provide, Provided, Providing};
use crate::error::Error;

const FORM: Form = Form {
    variable: "OCEANBASE_CLOUD_CREDENTIALS_FILE",
    usual: ".oceanbase-cloud/credentials",
    sections: &["default"],
    keys: ["access_key", "secret_key"],
};

/// Reads `access_key` and `secret_key` in the section `[default]` of a profile file.
///
/// ```ini
/// [default]
/// access_key = ...
/// secret_key = ...
/// ```
///
/// Without the file, or without both keys, there are no credentials here. A file that can't be read as it
/// stands is an error with its line.
#[derive(Debug, Clone, Default)]
pub struct ProfileFile {
    machine: Machine,
    path: Option<PathBuf>,
}

impl ProfileFile {
    /// Reads this file, whatever the variable says.
    pub fn at(path: impl Into<PathBuf>) -> Self {
        Self { path: Some(path.into()), ..Self::default() }
    }

    /// Looks on this machine. Default: [`Machine::system`].
    #[must_use]
    pub fn on(mut self, machine: Machine) -> Self {
        self.machine = machine;
        self
    }

    fn read(&self) -> Result<Credentials, Error> {
        let profile = FORM.open(&self.machine, self.path.as_deref())?;
        let (_, [key, secret]) = FORM.keys(&profile)?;
        Ok(Credentials::access_key(key.expose(), secret))
    }
}

impl Provide<Credentials> for ProfileFile {
    fn provide(&self) -> Providing<'_, Credentials> {
        Box::pin(std::future::ready(self.read().map(Provided::new)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_keys_come_from_the_default_section() {
        let text = "\u{feff}# mine\r\n[default]\r\nAccess_Key = ak\r\nsecret_key = 's'\r\n[other]\r\n";
        let machine = Machine::fixed().home("/home/me").file("/home/me/.oceanbase-cloud/credentials", text);
        let found = ProfileFile::default().on(machine.clone()).read().unwrap();
        assert_eq!((found.access_key.as_str(), found.secret_key.expose()), ("ak", "s"));
        let other =
            machine.variable(FORM.variable, "/keys").file("/keys", "[default]\naccess_key=b\nsecret_key=t");
        let found = ProfileFile::default().on(other.clone()).read().unwrap();
        assert_eq!((found.access_key.as_str(), found.secret_key.expose()), ("b", "t"));
        let given = ProfileFile::at("/home/me/.oceanbase-cloud/credentials").on(other).read().unwrap();
        assert_eq!(given.access_key, "ak");
    }
}
