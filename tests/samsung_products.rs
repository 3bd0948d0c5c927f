//! The database products of Samsung Cloud Platform: what they share is written once, and what differs is checked.

#![cfg(feature = "all-services")]
#![allow(clippy::unwrap_used, reason = "a test")]

mod support;

#[path = "samsung_products/limits.rs"]
mod limits;
#[path = "samsung_products/samples.rs"]
mod samples;

use dbplane::samsung;

/// The program over the types of a product; only the module's name and the engine's own settings differ.
macro_rules! runs {
    ($test:ident, $module:ident, $stem:literal, |$settings:ident| $own:expr) => {
        mod $module {
            mod program {
                include!("samsung_products/program.rs");
            }

            use dbplane::samsung::$module as product;
            use product::models::InitConfigOptionRequest;

            const STEM: &str = $stem;

            fn order_settings() -> InitConfigOptionRequest {
                let $settings = InitConfigOptionRequest::new("mydb", "dbadmin", "example-Passw0rd");
                $own
            }

            #[tokio::test]
            async fn $test() {
                program::run().await;
            }
        }
    };
}

runs!(a_cluster_lives_and_ends, mariadb_1_3, "samsung-mariadb-1.3", |new| new.database_character_set("utf8"));
runs!(a_cluster_lives_and_ends, mysql_1_3, "samsung-mysql-1.3", |new| new.database_case_sensitive(true));
runs!(a_cluster_lives_and_ends, postgresql_1_3, "samsung-postgresql-1.3", |new| new.database_locale("C"));
runs!(a_cluster_lives_and_ends, epas_1_3, "samsung-epas-1.3", |new| new.database_encoding("UTF-8"));

#[test]
fn each_product_has_the_operations_of_its_pages() {
    let products = [
        (samsung::mariadb_1_3::OPERATIONS, 49),
        (samsung::mysql_1_3::OPERATIONS, 48),
        (samsung::postgresql_1_3::OPERATIONS, 49),
        (samsung::epas_1_3::OPERATIONS, 49),
        (samsung::sqlserver_1_2::OPERATIONS, 44),
        (samsung::cachestore_1_2::OPERATIONS, 33),
        (samsung::searchengine_1_2::OPERATIONS, 28),
        (samsung::vertica_1_2::OPERATIONS, 24),
    ];
    for (operations, count) in products {
        assert_eq!(operations.len(), count, "{}", operations[0].service);
    }
    let has = |operations: &[&dbplane::Operation], id: &str| operations.iter().any(|o| o.id == id);
    assert!(!has(samsung::mysql_1_3::OPERATIONS, "SetAuditLog"));
    assert!(!has(samsung::postgresql_1_3::OPERATIONS, "UpgradeMajorVersion"));
    assert!(has(samsung::epas_1_3::OPERATIONS, "DeleteArchiveLog"));
    assert!(!has(samsung::cachestore_1_2::OPERATIONS, "ManualBackup"));
    assert!(!has(samsung::vertica_1_2::OPERATIONS, "PatchMinorVersion"));
}
