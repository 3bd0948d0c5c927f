//! The operations that all products and versions have, by theme. It is compiled once for each, over its own types.
//!
//! What differs is in the module that includes it: the requests for new clusters, and the product's other operations.

pub(crate) mod backups;
mod clusters;
pub(crate) mod lifecycle;
mod offer;
pub(crate) mod sizes;

use dbplane::Error;
use dbplane::samsung::Credentials;

use super::product;
use crate::tour::account::Account;
use crate::tour::step::{Step, step};
use product::Client;

/// The cluster that the tour is about, out of the fake cloud's inventory. Ids are 32 hexadecimal digits.
pub(crate) const CLUSTER: &str = "0fdd87aab8cb46f59b7c1f81ed03fb3e";

/// A call of every operation.
pub(crate) fn steps(account: &Account<'_>) -> Result<Vec<Step>, Error> {
    let client = Client::builder()
        .runtime(account.runtime())
        .base_url(account.base_url) // with .environment(..) and .region(..) instead, the vendor's address is used
        .credentials(Credentials::access_key(account.access_key, account.secret_key))
        .build()?;
    let themes: [fn(&Client) -> Vec<Step>; 7] = [
        offer::steps,
        clusters::steps,
        lifecycle::steps,
        super::more,
        sizes::steps,
        backups::steps,
        clusters::end,
    ];
    Ok(themes.iter().flat_map(|steps| steps(&client)).collect())
}
