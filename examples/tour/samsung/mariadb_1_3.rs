//! MariaDB, API 1.3: its 49 operations.

#[path = "relational.rs"]
mod relational;

use dbplane::samsung::mariadb_1_3 as product;
use product::{Client, models::*};

use super::super::step::{Step, step};
pub(crate) use relational::steps;
use relational::{CLUSTER, PAIR};

/// The version that a replica is patched to.
const PATCH: &str = "10.11.13";

/// The audit log and the next major version.
fn more(client: &Client) -> Vec<Step> {
    let version = PatchRequest::new("MariaDB Community", "11.4.10");
    vec![
        step("SetAuditLog", client.set_audit_log(CLUSTER, AuditLogRequest::new(true)).start()),
        step("UpgradeMajorVersion", client.upgrade_major_version(PAIR, version).start()),
    ]
}

fn image() -> ProductImageType {
    ProductImageType::MariaDbCommunity
}

/// The database in the cluster. A real password comes from a vault, as `Secret` or text.
fn settings() -> InitConfigOptionRequest {
    InitConfigOptionRequest::new("mydb", "dbadmin", "example-Passw0rd")
        .audit_enabled(false)
        .database_character_set("utf8")
}
