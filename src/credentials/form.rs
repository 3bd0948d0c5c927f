//! The characters that keys and secrets can have.
//!
//! Problem: the service refuses a secret with a line end, and each refusal counts towards a lock of the account.
//! Default: a value that headers can't contain is refused before it is used, with the name of the setting.
//! Override: none.

use crate::error::{Error, Kind};
use crate::secret::Secret;

/// The largest header that the vendors' gateways accept, if documented.
const MAX_HEADER: usize = 32 * 1024;

/// Refuses a key or secret that a header can't contain, before it is used.
pub(crate) fn check_key(what: &str, text: &Secret) -> Result<(), Error> {
    check_text(what, text)?;
    if text.expose().is_ascii() { Ok(()) } else { Err(unusable(what, "is not plain ASCII")) }
}

/// Refuses a secret that was read incorrectly: a wrong password would count towards a lock.
pub(crate) fn check_text(what: &str, text: &Secret) -> Result<(), Error> {
    let text = text.expose();
    match () {
        () if text.is_empty() => Err(unusable(what, "is empty")),
        () if text.trim() != text => {
            Err(unusable(what, "starts or ends with white space, perhaps a copied line end"))
        }
        () if text.chars().any(char::is_control) => {
            Err(unusable(what, "has a control character, for example a line end"))
        }
        () if text.len() > MAX_HEADER => {
            Err(unusable(what, "has more than 32 KiB, which gateways refuse; use a smaller one"))
        }
        () => Ok(()),
    }
}

fn unusable(what: &str, why: &str) -> Error {
    Error::new(Kind::Credentials, format!("the {what} {why}"))
}
