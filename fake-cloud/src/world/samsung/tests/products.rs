//! The differences between products.

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

#[test]
fn databases_of_sql_server_are_added_and_deleted() {
    let mut bench = of("samsung-sqlserver-1.2");
    let name = |name: &str| json!({"database_name": name});
    let change = json!({"add_databases": [name("reports")], "del_databases": [name("mydb")]});
    bench.good("SetDatabases", &on(CLUSTER), change.clone());
    bench.pass(60_000);
    let shown = bench.good("ShowCluster", &on(CLUSTER), Json::Null);
    let databases = json!([{"database_name": "reports", "drive_letter": "E"}]);
    assert_eq!(shown["init_config_option"]["databases"], databases);
    let (_, problem) = bench.bad("SetDatabases", &on(CLUSTER), change);
    assert!(problem.contains("there is no database mydb"), "{problem}");
}

#[test]
fn a_secondary_of_sql_server_needs_high_availability() {
    let mut bench = of("samsung-sqlserver-1.2");
    let asked = json!({"name": "mysecondary", "license": "key"});
    assert!(bench.bad("AddSecondary", &on(CLUSTER), asked.clone()).1.contains("high availability"));
    bench.good("AddSecondary", &on(PAIR), asked);
    bench.pass(60_000);
    let shown = bench.good("ShowCluster", &on(PAIR), Json::Null);
    assert_eq!(shown.number("/instance_count"), 3);
    let servers = shown.items("/instance_groups/0/instances");
    assert!(servers.iter().any(|server| server.text("/name") == "mysecondary"));
}

#[test]
fn a_secondary_abroad_is_listed_and_one_here_is_promoted() {
    let mut bench = of("samsung-sqlserver-1.2");
    let asked = json!({"name": "myfar", "license": "key", "region": "kr-east1", "subnet_id": "s",
        "ad_user_id": "admin", "ad_user_password": "example-Passw0rd"});
    bench.good("AddDrSecondary", &on(CLUSTER), asked.clone());
    bench.pass(60_000);
    let list = bench.good("ListDrSecondaries", &on(CLUSTER), Json::Null);
    assert_eq!((list.number("/count"), list.text("/contents/1/region_nm")), (2, "kr-east1"));
    assert!(bench.bad("AddDrSecondary", &on(CLUSTER), asked).1.contains("already"));
    assert!(bench.bad("PromoteDrSecondary", &on(CLUSTER), Json::Null).1.contains("not a DR secondary"));
    bench.good("PromoteDrSecondary", &on(REPLICA), Json::Null);
    bench.pass(60_000);
    let shown = bench.good("ShowCluster", &on(REPLICA), Json::Null);
    assert_eq!(shown.text("/role_type"), "ORIGIN");
}

#[test]
fn a_password_of_the_domain_is_not_shown() {
    let mut bench = of("samsung-sqlserver-1.2");
    let mut body = new_cluster("mynew");
    let domain = json!({"ad_dns_servers": ["10.0.0.2"], "ad_domain_name": "corp.example.com",
        "ad_netbios_name": "CORP", "ad_user_id": "admin", "ad_user_password": "example-Passw0rd"});
    body["init_config_option"] = json!({"database_user_name": "dbadmin",
        "database_user_password": "example-Passw0rd", "database_service_name": "Sqldbadmin",
        "databases": [{"database_name": "orders"}], "license": "key", "ad_enabled": true, "ad_config": domain});
    let id = bench.good("CreateCluster", &[], body).text("/resource/id").to_owned();
    let shown = bench.good("ShowCluster", &on(&id), Json::Null);
    assert_eq!(shown.text("/init_config_option/ad_config/ad_netbios_name"), "CORP");
    assert!(!shown.to_string().contains("example-Passw0rd"), "{shown}");
}

#[test]
fn commands_get_other_names() {
    let mut bench = of("samsung-cachestore-1.2");
    let list = bench.good("ListCommands", &on(CLUSTER), Json::Null);
    let row = |name: &str| list.items("/contents").iter().find(|row| row.text("/name") == name).unwrap();
    let rename = |name: &str, new: &str| json!({"commands": [{"id": row(name).text("/id"), "name": name, "new_value": new}]});
    assert!(bench.bad("SetCommands", &on(CLUSTER), rename("GET", "fetch")).1.contains("cannot be renamed"));
    assert!(bench.bad("SetCommands", &on(CLUSTER), rename("KEYS", "CONFIG")).1.contains("another command"));
    bench.good("SetCommands", &on(CLUSTER), rename("KEYS", "listkeys"));
    bench.pass(60_000);
    let renamed = bench.good("ListCommands", &on(CLUSTER), Json::Null);
    assert!(renamed.items("/contents").iter().any(|row| row.text("/applied_value") == "listkeys"));
}

#[test]
fn a_named_replica_server_becomes_the_master() {
    let mut bench = of("samsung-cachestore-1.2");
    let to = |host: &str| json!({"switch_host_name": host});
    assert!(bench.bad("SwitchoverCluster", &on(PAIR), to("mypair001")).1.contains("not a replica server"));
    bench.good("SwitchoverCluster", &on(PAIR), to("mypair002"));
    bench.pass(60_000);
    let shown = bench.good("ShowCluster", &on(PAIR), Json::Null);
    let servers = shown.items("/instance_groups/0/instances");
    let roles: Vec<&str> = servers.iter().map(|server| server.text("/role_type")).collect();
    assert_eq!(roles, ["REPLICA", "MASTER"]);
}

#[test]
fn servers_are_added_one_for_each_address() {
    let mut bench = of("samsung-searchengine-1.2");
    let asked = |count: i64| json!({"instance_count": count, "service_ip_addresses": ["192.168.10.41", "192.168.10.42"]});
    assert!(bench.bad("AddInstances", &on(CLUSTER), asked(1)).1.contains("instance_count"));
    bench.good("AddInstances", &on(CLUSTER), asked(2));
    bench.pass(60_000);
    let shown = bench.good("ShowCluster", &on(CLUSTER), Json::Null);
    let servers = shown.items("/instance_groups/0/instances");
    assert_eq!((shown.number("/instance_count"), servers.len()), (3, 3));
    assert_eq!(servers[2].text("/service_ip_address"), "192.168.10.42");
    assert_eq!(servers[2].text("/role_type"), "MASTER_DATA");
}

#[test]
fn a_cluster_of_nodes_has_groups_of_several_roles() {
    let mut bench = of("samsung-vertica-1.2");
    let group = |role: &str, disks: Json| {
        json!({"role_type": role, "server_type_name": "vert1v2m4", "block_storage_groups": disks,
            "instances": [{"role_type": role}]})
    };
    let system = json!({"role_type": "OS", "size_gb": 104});
    let data = json!([system, {"role_type": "DATA", "size_gb": 56}]);
    let mut body = new_cluster("mynew");
    body["license"] = json!("license-key");
    body["instance_groups"] = json!([group("DATA", json!([system])), group("CONSOLE", json!([system]))]);
    assert!(bench.bad("CreateCluster", &[], body.clone()).1.contains("role DATA"));
    body["instance_groups"][0] = group("DATA", data);
    let id = bench.good("CreateCluster", &[], body).text("/resource/id").to_owned();
    let shown = bench.good("ShowCluster", &on(&id), Json::Null);
    assert_eq!((shown.number("/instance_count"), shown.items("/instance_groups").len()), (2, 2));
}
