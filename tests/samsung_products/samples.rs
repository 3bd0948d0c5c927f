//! The oddities of the samples on the vendor's pages: empty texts for absent ids and numbers, texts for numbers, dates
//! for booleans.

use std::fmt::Debug;

use dbplane::samsung::{
    cachestore_1_2, epas_1_3, mysql_1_3, postgresql_1_3, searchengine_1_2, sqlserver_1_2,
};
use serde::de::DeserializeOwned;
use serde_json::{Value as Json, json};

fn read<T: DeserializeOwned + Debug>(value: Json) -> T {
    serde_json::from_value(value).unwrap()
}

#[test]
fn an_archive_is_kept_for_days_in_a_text_or_a_number() {
    for days in [json!("7"), json!(7)] {
        let body = json!({"archive_enabled": true, "retention_period_day": days});
        let archive: mysql_1_3::models::ArchiveConfigDetailResponse = read(body.clone());
        assert_eq!(archive.retention_period_day, Some(7));
        let archive: postgresql_1_3::models::ArchiveConfigDetailResponse = read(body);
        assert_eq!(archive.retention_period_day, Some(7));
    }
}

#[test]
fn an_empty_text_stands_for_no_port_and_no_id() {
    let settings = json!({"database_port": "", "sentinel_port": "", "backup_option": null});
    let settings: cachestore_1_2::models::InitConfigOptionDetail = read(settings);
    assert_eq!((settings.database_port, settings.sentinel_port), (None, None));
    let settings = json!({"database_port": 2866, "sentinel_port": 26379});
    let settings: cachestore_1_2::models::InitConfigOptionDetail = read(settings);
    assert_eq!((settings.database_port, settings.sentinel_port), (Some(2866), Some(26379)));
}

#[test]
fn a_license_may_be_absent_and_a_disk_has_a_drive_letter() {
    let license =
        json!({"license_type": "BYOL", "license_status": "ACTIVE", "license_expiry_date": "2027-01-01"});
    let license: searchengine_1_2::models::LicenseResponse = read(license);
    assert_eq!(license.license_type, "BYOL");
    let disk = json!({"id": "1", "name": "d", "role_type": "DATA", "size_gb": 104, "volume_type": "SSD",
        "drive_letter": "E"});
    let disk: sqlserver_1_2::models::BlockStorageGroupResponse = read(disk);
    assert_eq!(disk.drive_letter, "E");
}

#[test]
fn roles_that_a_page_does_not_list_are_kept() {
    let role: epas_1_3::models::InstanceRoleType = read(json!("READ_REPLICA"));
    assert_eq!(role.as_str(), "READ_REPLICA");
    let role: sqlserver_1_2::models::InstanceGroupRoleType = read(json!("SOMETHING_NEW"));
    assert_eq!(role.as_str(), "SOMETHING_NEW");
}

#[test]
fn settings_of_an_engine_are_those_of_its_page() {
    let settings = json!({"audit_enabled": true, "database_encoding": "UTF-8", "database_locale": "C",
        "database_name": "mydb", "database_port": 2866, "database_user_name": "dbadmin", "backup_option": null});
    let postgresql: postgresql_1_3::models::InitConfigOptionDetail = read(settings);
    assert_eq!(postgresql.database_locale.as_deref(), Some("C"));
    assert!(postgresql.audit_enabled);
    let settings = json!({"database_character_set": "utf8mb4", "database_name": "mydb", "database_port": 2866,
        "database_user_name": "dbadmin"});
    let mysql: mysql_1_3::models::InitConfigOptionDetail = read(settings);
    assert_eq!(mysql.database_character_set.as_deref(), Some("utf8mb4"));
}
