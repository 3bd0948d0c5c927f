//! Profiles: INI files with keys.
//!
//! Problem and default: see `credentials/file.rs` and `ini.rs`. In addition, one key without the other is an error, and
//! so is a file that has sections but none of the expected ones.

use std::path::{Path, PathBuf};

use super::file::{self, FileLocation, misfit, shown};
use crate::credentials::Env;
use crate::credentials::form::check_key;
use crate::credentials::ini::{self, Ini, IniValue};
use crate::error::Error;
use crate::secret::Secret;

/// A profile file that was read.
pub(crate) struct Profile {
    path: PathBuf,
    ini: Ini,
}

/// The kind of profile.
pub(crate) struct ProfileFormat {
    /// The variable that may name another file.
    pub(crate) variable: &'static str,
    /// The usual path in the home directory.
    pub(crate) usual: &'static str,
    /// The sections that may have keys, in the order in which they are searched.
    pub(crate) sections: &'static [&'static str],
    /// The two keys that belong together.
    pub(crate) keys: [&'static str; 2],
}

impl ProfileFormat {
    /// Reads the file at `given`, else at the path of the variable, else at the usual path.
    ///
    /// For a missing file, the error says that there are no credentials, unless a variable names the file.
    pub(crate) fn open(&self, env: &Env, given: Option<&Path>) -> Result<Profile, Error> {
        let FileLocation { path, named } = file::locate(env, given, self.variable, self.usual)?;
        let Some(text) = file::text(env, &path)? else {
            let (path, variable) = (shown(&path), self.variable);
            return Err(match (named, given) {
                (true, _) => Error::credentials(format!("{variable} names {path}, which is not there")),
                (_, Some(_)) => Error::no_credentials(format!("there is no file {path}")),
                _ => Error::no_credentials(format!("there is no file {path}, and {variable} names no other")),
            });
        };
        let ini = ini::parse(text.expose()).map_err(|e| misfit(&path, Some(e.line), &e.rule))?;
        if !ini.is_empty() && self.sections.iter().all(|name| ini.section(name).is_none()) {
            let sections = self.list();
            return Err(misfit(&path, None, &format!("has no section {sections}; put the keys there")));
        }
        Ok(Profile { path, ini })
    }

    /// The keys of the first section that has them.
    pub(crate) fn keys(&self, profile: &Profile) -> Result<(&'static str, [Secret; 2]), Error> {
        let [first, second] = self.keys;
        for section in self.sections {
            match (profile.get(section, first)?, profile.get(section, second)?) {
                (Some(a), Some(b)) => return Ok((section, [a, b])),
                (None, None) => {}
                (a, b) => {
                    let (has, lacks) = if a.is_some() { (first, second) } else { (second, first) };
                    let line = profile.value(section, if b.is_some() { second } else { first });
                    let rule = format!("has {has} but [{section}] has no {lacks}; give both or none");
                    return Err(misfit(&profile.path, line.map(|value| value.line), &rule));
                }
            }
        }
        let (path, sections) = (shown(&profile.path), self.list());
        Err(Error::no_credentials(format!("{path} has neither {first} nor {second} in {sections}")))
    }

    fn list(&self) -> String {
        self.sections.iter().map(|name| format!("[{name}]")).collect::<Vec<_>>().join(" or ")
    }
}

impl Profile {
    fn value(&self, section: &str, key: &str) -> Option<&IniValue> {
        self.ini.section(section)?.get(key)
    }

    /// A value for a header.
    pub(crate) fn get(&self, section: &str, key: &str) -> Result<Option<Secret>, Error> {
        let Some(IniValue { line, text }) = self.value(section, key) else { return Ok(None) };
        check_key(&format!("{key} in {}, line {line},", shown(&self.path)), text)?;
        Ok(Some(text.clone()))
    }

    /// An error about a key, if it is there.
    pub(crate) fn refuse(&self, section: &str, key: &str, rule: &str) -> Result<(), Error> {
        let found = self.value(section, key);
        found.map_or(Ok(()), |value| Err(misfit(&self.path, Some(value.line), rule)))
    }
}
