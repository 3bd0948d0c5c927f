//! What differs from product to product.

use serde_json::{Value as Json, json};

use super::*;

/// The products at version 1.3 that keep relations.
const RELATIONAL: &[&str] =
    &["samsung-mariadb-1.3", "samsung-mysql-1.3", "samsung-postgresql-1.3", "samsung-epas-1.3"];

fn new_cluster(name: &str) -> Json {
    let mut body = order(name);
    body["instance_groups"][0]["instances"] = json!([{"role_type": "ACTIVE"}]);
    body["service_watch_log_collection"] = json!(false);
    body
}

#[test]
fn each_product_offers_its_own_versions_and_logs() {
    let cases = [
        ("samsung-mysql-1.3", "MySQL Community 8.", &["alert", "slow"][..]),
        ("samsung-postgresql-1.3", "PostgreSQL Community 1", &["alert"]),
        ("samsung-epas-1.3", "EPAS 1", &["alert", "audit"]),
    ];
    for (stem, start, logs) in cases {
        let mut bench = of(stem);
        let versions = bench.good("ListEngineVersions", &[], Json::Null);
        let names: Vec<&str> = versions.items("/contents").iter().map(|row| row.text("/name")).collect();
        assert!(names.len() > 1 && names.iter().all(|name| name.starts_with(start)), "{names:?}");
        let rows = bench.good("ListLogExportConfigs", &on(CLUSTER), Json::Null);
        let types: Vec<&str> = rows.items("/contents").iter().map(|row| row.text("/log_type")).collect();
        assert_eq!(types, logs, "{stem}");
    }
}

#[test]
fn a_new_cluster_has_the_settings_of_its_engine() {
    let cases = [
        ("samsung-mysql-1.3", "database_character_set", "utf8mb4"),
        ("samsung-postgresql-1.3", "database_encoding", "UTF-8"),
        ("samsung-epas-1.3", "database_locale", "C"),
    ];
    for (stem, setting, value) in cases {
        let mut bench = of(stem);
        let id = bench.good("CreateCluster", &[], new_cluster("mynew")).text("/resource/id").to_owned();
        let shown = bench.good("ShowCluster", &on(&id), Json::Null);
        assert_eq!(shown["init_config_option"][setting], value, "{stem}");
        assert_eq!(shown.number("/init_config_option/database_port"), 2866);
        let audit = shown["init_config_option"].get("audit_enabled");
        assert_eq!(audit.is_none(), stem == "samsung-mysql-1.3", "{stem}");
    }
}

#[test]
fn a_patch_stays_in_its_release_line() {
    for (stem, good, wrong) in [
        ("samsung-mysql-1.3", "8.0.44", "8.4.7"),
        ("samsung-postgresql-1.3", "16.9", "17.5"),
        ("samsung-epas-1.3", "16.9", "15.13"),
    ] {
        let mut bench = of(stem);
        let patch = |version: &str| json!({"software_version": version});
        assert!(bench.bad("PatchMinorVersion", &on(PAIR), patch(wrong)).1.contains(wrong), "{stem}");
        bench.good("PatchMinorVersion", &on(PAIR), patch(good));
    }
}

#[test]
fn every_relational_product_replicates() {
    for stem in RELATIONAL {
        let mut bench = of(stem);
        bench.good("CreateReplica", &on(CLUSTER), follower("another"));
        bench.pass(60_000);
        let list = bench.good("ListReplicas", &on(CLUSTER), Json::Null);
        assert_eq!(list.number("/count"), 2, "{stem}");
    }
}
