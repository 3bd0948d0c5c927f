//! The world of MariaDB, called without sockets.

mod life;
mod lists;
mod products;
mod refusals;
mod states;
mod themes;
mod versions;

use serde_json::{Value as Json, json};

use super::Samsung;
use crate::world::bench::Bench;
use crate::world::fields::Fields;

pub(super) const CLUSTER: &str = "0fdd87aab8cb46f59b7c1f81ed03fb3e";
pub(super) const REPLICA: &str = "109a585ae67b4e8482fdafc8a4a5be74";
pub(super) const PAIR: &str = "5a2f8c0e7d1b4936a4c8e0f2b6d7193c";
pub(super) const SERVERS: &str = "3b0c5d2e9f7a4c16b8d1e2f3a4b5c6d7";
pub(super) const OS_DISK: &str = "afc33891202643ba8ba1a5298a1affff";
pub(super) const DATA_DISK: &str = "e7d6c5b4a39281706f5e4d3c2b1a0918";
pub(super) const ENGINE: &str = "5f1c9a3e7b2d4f608a1b2c3d4e5f6071";

pub(super) fn bench() -> Bench<Samsung> {
    of("samsung-mariadb-1.0")
}

/// The world of a product.
pub(super) fn of(stem: &str) -> Bench<Samsung> {
    Bench::new(stem, |start| Samsung::of(start).unwrap())
}

pub(super) fn on(cluster: &str) -> [(&str, &str); 1] {
    [("cluster_id", cluster)]
}

/// A request for a cluster of one server.
pub(super) fn order(name: &str) -> Json {
    let disks = json!([{"role_type": "OS", "size_gb": 104}, {"role_type": "DATA", "size_gb": 56}]);
    json!({
        "name": name,
        "instance_name_prefix": "mynew",
        "dbaas_engine_version_id": ENGINE,
        "subnet_id": "2a4c6e8f0b1d4325970a1c3e5f7b9d2e",
        "timezone": "Asia/Seoul",
        "instance_groups": [
            {"role_type": "ACTIVE", "server_type_name": "db1v2m4", "block_storage_groups": disks}
        ],
        "init_config_option": {"database_name": "newdb", "database_user_name": "admin",
            "database_user_password": "example-Passw0rd"},
    })
}

/// A request for a replica.
pub(super) fn follower(name: &str) -> Json {
    let disks = json!([{"role_type": "DATA", "size_gb": 104}]);
    let group = json!({"role_type": "REPLICA", "server_type_name": "db1v2m4", "block_storage_groups": disks});
    json!({"allowable_ip_addresses": ["10.0.0.0/8"], "replica_count": 1,
        "replicas": [{"name": name, "instance_groups": [group]}]})
}

/// A request for a cluster from a backup.
pub(super) fn recovery(name: &str) -> Json {
    json!({"name": name, "instance_name_prefix": "mynew", "server_type_name": "db1v2m4",
        "backup_history_number": "202501010000"})
}

/// A log export of a type.
pub(super) fn export(kind: &str) -> Json {
    let mut body = schedule("12");
    body["log_type"] = json!(kind);
    body["bucket_name"] = json!("examplebucket");
    body
}

/// The schedule of a log export.
pub(super) fn schedule(hour: &str) -> Json {
    json!({"access_key": "key", "secret_key": "hush-hush", "delete_on_export": true,
        "schedule_day_of_month": null, "schedule_day_of_week": null, "schedule_frequency_type": "DAY",
        "schedule_hour": hour})
}

/// Everything that a caller can see of the inventory, except for what changes with the clock.
pub(super) fn all(bench: &mut Bench<Samsung>) -> Vec<Json> {
    let mut seen = vec![bench.good("ListClusters", &[], Json::Null)];
    let ids: Vec<String> = bench.world.clusters.keys().cloned().collect();
    for id in ids {
        seen.push(bench.good("ShowCluster", &on(&id), Json::Null));
        let cluster = bench.world.clusters.get(&id).unwrap();
        seen.push(json!([cluster.parameters, cluster.archive, cluster.logs]));
        seen.extend(cluster.backups.iter().map(|backup| backup.row.clone()));
    }
    seen
}

/// The state of a cluster, for a caller.
pub(super) fn state(bench: &mut Bench<Samsung>, cluster: &str) -> String {
    bench.good("ShowCluster", &on(cluster), Json::Null).text("/service_state").to_owned()
}
