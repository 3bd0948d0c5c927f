//! MySQL, API 1.3: its 48 operations.

#[path = "relational.rs"]
mod relational;

use dbplane::samsung::mysql_1_3 as product;
use product::{Client, models::*};

use super::super::step::{Step, step};
use relational::PAIR;
pub(crate) use relational::steps;

/// The version that a replica is patched to.
const PATCH: &str = "8.0.44";

/// The next major version.
fn more(client: &Client) -> Vec<Step> {
    let version = PatchRequest::new("MySQL Community", "8.4.7");
    vec![step("UpgradeMajorVersion", client.upgrade_major_version(PAIR, version).start())]
}

fn image() -> ProductImageType {
    ProductImageType::MySqlCommunity
}

/// The database in the cluster. A real password comes from a vault, as `Secret` or text.
fn settings() -> InitConfigOptionRequest {
    InitConfigOptionRequest::new("mydb", "dbadmin", "example-Passw0rd")
        .database_case_sensitive(true)
        .database_character_set("utf8mb4")
}
