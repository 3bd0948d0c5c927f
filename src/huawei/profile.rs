//! The profile file of the vendor's SDKs.
//!
//! Problem: users of these SDKs have keys in a profile already.
//! Default: `~/.huaweicloud/credentials`. Override: the variable `HUAWEICLOUD_SDK_CREDENTIALS_FILE`, or
//! [`ProfileFile::at`].

use std::path::PathBuf;

use super::credentials::{self, Credentials};
use crate::credentials::profile::{Profile, ProfileFormat};
use crate::credentials::{Env, ExpiringCredentials, ProvideCredentials, ProvideFuture};
use crate::error::Error;

const FORM: ProfileFormat = ProfileFormat {
    variable: "HUAWEICLOUD_SDK_CREDENTIALS_FILE",
    usual: ".huaweicloud/credentials",
    sections: &["basic", "global"],
    keys: ["ak", "sk"],
};

/// A provider that reads `ak`, `sk` and `security_token` from a profile file: from the section `[basic]`, else from
/// `[global]`.
///
/// ```ini
/// [basic]
/// ak = ...
/// sk = ...
/// project_id = ...
/// ```
///
/// `project_id` in `[basic]` is the project of the calls, unless the client's builder or the variable
/// `HUAWEICLOUD_SDK_PROJECT_ID` names one. `domain_id` and `iam_endpoint` are not read: set `iam_url` on the client's
/// builder instead. Login with an id token (`idp_id`) is not supported; the profile is then an error.
///
/// If there is no file, or neither key is in it, the provider has no credentials. A file that can't be parsed is an
/// error that names the line.
#[derive(Debug, Clone, Default)]
pub struct ProfileFile {
    env: Env,
    path: Option<PathBuf>,
}

impl ProfileFile {
    /// Reads this file, regardless of the variable.
    pub fn at(path: impl Into<PathBuf>) -> Self {
        Self { path: Some(path.into()), ..Self::default() }
    }

    /// Sets the environment that variables and files are read from. Default: [`Env::system`].
    #[must_use]
    pub fn env(mut self, env: Env) -> Self {
        self.env = env;
        self
    }

    fn read(&self) -> Result<Credentials, Error> {
        let profile = FORM.open(&self.env, self.path.as_deref())?;
        refuse_id_token(&profile)?;
        let (section, [key, secret]) = FORM.keys(&profile)?;
        let token = profile.get(section, "security_token")?;
        let project = match credentials::project(&self.env)? {
            Some(id) => Some(id),
            None => profile.get("basic", "project_id")?.map(|id| id.expose().to_owned()),
        };
        Ok(Credentials::keys(&key, secret, token).in_project(project))
    }
}

/// The vendor's SDKs prefer an id token to keys. Keys may belong to somebody else, so they don't replace it.
fn refuse_id_token(profile: &Profile) -> Result<(), Error> {
    let rule = "has an id token (idp_id), which is not supported; remove it, or use other credentials";
    FORM.sections.iter().try_for_each(|section| profile.refuse(section, "idp_id", rule))
}

impl ProvideCredentials<Credentials> for ProfileFile {
    fn provide(&self) -> ProvideFuture<'_, Credentials> {
        Box::pin(std::future::ready(self.read().map(ExpiringCredentials::new)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, env: &Env) -> Result<String, Error> {
        let found = ProfileFile::at("/p").env(env.clone().file("/p", text)).read()?;
        Ok(format!("{} {:?}", found.shown(), found.project_id))
    }

    #[test]
    fn the_first_section_with_keys_and_the_first_word_on_the_project() {
        let env = Env::fixed();
        let both = "[global]\nak=g\nsk=gs\ndomain_id=d\n[basic]\nproject_id=p\n";
        assert_eq!(read(both, &env).unwrap(), "g gs None Some(\"p\")");
        let both = format!("{both}ak=b\nsk=bs\nsecurity_token=t\n");
        assert_eq!(read(&both, &env).unwrap(), "b bs Some(\"t\") Some(\"p\")");
        let env = env.variable("HUAWEICLOUD_SDK_PROJECT_ID", "q");
        assert_eq!(read(&both, &env).unwrap(), "b bs Some(\"t\") Some(\"q\")");
        assert_eq!(read("[basic]\nak=a\nsk=s", &Env::fixed()).unwrap(), "a s None None");
    }

    #[test]
    fn an_id_token_is_not_passed_over() {
        let error = read("[basic]\nak=a\nsk=s\nidp_id=hunter2", &Env::fixed()).unwrap_err();
        let text = error.to_string();
        assert!(text.starts_with("/p, line 4, has an id token") && !text.contains("hunter2"), "{error}");
        assert!(!error.is_no_credentials());
    }
}
