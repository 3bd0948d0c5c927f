//! Huawei Cloud TaurusDB, called with an access key that signs every request; its operations by theme.

mod access;
mod audit;
mod backups;
mod databases;
mod ddl;
mod dedicated;
mod diagnosis;
mod events;
mod instances;
mod kernel;
mod lifecycle;
mod logs;
mod network;
mod nodes;
mod parameters;
mod proxies;
mod quotas;
mod recycle;
mod routing;
mod scaling;
mod sessions;
mod sizes;
mod tags;
mod tasks;
mod throttling;
mod versions;

use dbplane::Error;
use dbplane::huawei::{Credentials, taurusdb_v3::Client};

use super::super::account::Account;
use super::super::step::{Step, step};

/// The instance that the tour is about.
const INSTANCE: &str = "096c0fc43e804757b59946b80dc27f8bin07";
/// Another instance.
const OTHER: &str = "1c7d3f5a9b2e4806ad4f6c8e0b1d2f3ain07";
/// The proxy in front of the first.
const PROXY: &str = "fbece38953e24a2b891488ed2fdf81abpo01";
/// A read replica behind the proxy.
const REPLICA: &str = "0f3c2b1a9d8e4f7ab6c5d4e3f2a1b0c9no07";
/// The VPC of the instance.
const VPC: &str = "3f1c2a7e-5b7d-4b0e-9a3f-2f6a1c0d9e8b";

/// A parameter template.
const TEMPLATE: &str = "3bc1e9cc0d34404b9225ed7a58fb284epr07";
/// A backup of the instance.
const BACKUP: &str = "2f4ddb93b9014b0893d81d2e472f30febr07";

/// A call of every operation.
pub(crate) fn steps(account: &Account<'_>) -> Result<Vec<Step>, Error> {
    let client = Client::builder()
        .runtime(account.runtime())
        .base_url(account.base_url) // with .region("cn-north-4") instead, the vendor's address is used
        .project_id(account.project_id)
        .credentials(Credentials::access_key(account.access_key, account.secret_key))
        .build()?;
    let themes: [fn(&Client) -> Vec<Step>; 26] = [
        instances::steps,
        routing::steps,
        access::steps,
        versions::steps,
        sizes::steps,
        tasks::steps,
        databases::steps,
        dedicated::steps,
        recycle::steps,
        kernel::steps,
        network::steps,
        tags::steps,
        quotas::steps,
        events::steps,
        backups::steps,
        parameters::steps,
        throttling::steps,
        sessions::steps,
        ddl::steps,
        scaling::steps,
        logs::steps,
        audit::steps,
        diagnosis::steps,
        proxies::steps,
        nodes::steps,
        lifecycle::steps,
    ];
    Ok(themes.iter().flat_map(|steps| steps(&client)).collect())
}
