//! Environment variables, read in one place so that a missing one is always reported the same way.

use crate::error::{Error, Kind};
use crate::secret::Secret;

/// Where variables come from: the process, or a table in tests.
pub(crate) type Variables<'a> = &'a dyn Fn(&str) -> Option<String>;

/// The variables of this process; one that is not UTF-8 counts as missing.
pub(crate) fn process(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

/// A variable that must be there and not empty.
pub(crate) fn required(variables: Variables<'_>, name: &str) -> Result<Secret, Error> {
    optional(variables, name).ok_or_else(|| {
        Error::new(Kind::Credentials, format!("the environment variable {name} is not set, or empty"))
    })
}

/// A variable that may be missing; an empty one counts as missing.
pub(crate) fn optional(variables: Variables<'_>, name: &str) -> Option<Secret> {
    variables(name).filter(|text| !text.is_empty()).map(Secret::from)
}
