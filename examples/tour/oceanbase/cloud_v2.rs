//! OceanBase Cloud, called with an AccessKey pair by HTTP Digest; its 45 operations by theme.

mod access;
mod databases;
mod instances;
mod links;
mod tenants;

use dbplane::Error;
use dbplane::oceanbase::{Credentials, cloud_v2::Client};

use super::super::account::Account;
use super::super::step::{Step, step};

const INSTANCE: &str = "ob317v4uif****";
const TENANT: &str = "t33h8y08k****";
const ADDRESS: &str = "rs-private-intranet-vpc-3c7h****";
const SERVICE: &str = "rs-private-intranet-vpc-privatelink-7d1f****";
const ENDPOINT: &str = "vpce-0c2d****";

/// A call of every operation: made, used, torn down.
pub(crate) fn steps(account: &Account<'_>) -> Result<Vec<Step>, Error> {
    let client = Client::builder()
        .runtime(account.runtime())
        .base_url(account.base_url) // with .site(Site::China) instead, the address of that site is used
        .project_id(account.project_id)
        .credentials(Credentials::access_key(account.access_key, account.secret_key))
        .build()?;
    let themes: [fn(&Client) -> Vec<Step>; 9] = [
        instances::make,
        instances::change,
        tenants::make,
        links::tie,
        access::groups,
        databases::steps,
        links::untie,
        tenants::remove,
        instances::remove,
    ];
    Ok(themes.iter().flat_map(|steps| steps(&client)).collect())
}
