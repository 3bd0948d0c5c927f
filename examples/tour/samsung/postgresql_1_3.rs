//! PostgreSQL, API 1.3: its 49 operations.

#[path = "relational.rs"]
mod relational;

use dbplane::samsung::postgresql_1_3 as product;
use product::{Client, models::*};

use super::super::step::{Step, step};
use relational::CLUSTER;
pub(crate) use relational::steps;

/// The version that a replica is patched to.
const PATCH: &str = "16.9";

/// The audit log, and archived logs that are no longer needed.
fn more(client: &Client) -> Vec<Step> {
    vec![
        step("SetAuditLog", client.set_audit_log(CLUSTER, AuditLogRequest::new(true)).start()),
        step("DeleteArchiveLog", client.delete_archive_log(CLUSTER).type_("ALL").start()),
    ]
}

fn image() -> ProductImageType {
    ProductImageType::PostgreSqlCommunity
}

/// The database in the cluster. A real password comes from a vault, as `Secret` or text.
fn settings() -> InitConfigOptionRequest {
    InitConfigOptionRequest::new("mydb", "dbadmin", "example-Passw0rd")
        .audit_enabled(false)
        .database_encoding("UTF-8")
        .database_locale("C")
}
