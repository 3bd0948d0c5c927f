//! One cluster: the response of ShowCluster, and everything else that belongs to it.

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};

use super::backup::SamsungBackup;
use super::states::RUNNING;
use crate::base::calendar;
use crate::world::fields::Fields;

/// The change at the end of a write, and its time.
pub(super) type ClusterChange = Box<dyn FnOnce(&mut Cluster, i64) + Send>;

pub(super) const ORIGIN: &str = "ORIGIN";
pub(super) const REPLICA: &str = "REPLICA";
pub(super) const DR_SECONDARY: &str = "DR_SECONDARY";
/// The role of a cluster that was created from a backup.
pub(super) const RECOVERY: &str = "RECOVERY";

pub(super) struct Cluster {
    /// The response of ShowCluster, without the list of replicas.
    pub(super) detail: Json,
    /// The rows of ListParameterValues.
    pub(super) parameters: Vec<Json>,
    pub(super) parameters_changed: i64,
    /// Values of static parameters, by name, that take effect at the next start.
    pub(super) waiting: BTreeMap<String, String>,
    pub(super) backups: Vec<SamsungBackup>,
    /// The time until which scheduled backups were created.
    pub(super) backed_up: i64,
    /// The response of ShowArchiveConfig.
    pub(super) archive: Json,
    /// The rows of ListLogExportConfigs that are registered, by type.
    pub(super) logs: BTreeMap<String, Json>,
    /// The rows of ListDrSecondaries.
    pub(super) secondaries: Vec<Json>,
    /// The rows of ListCommands.
    pub(super) commands: Vec<Json>,
    pub(super) commands_changed: i64,
    /// The region of the cluster, if it is another one.
    pub(super) region: Option<String>,
    /// The time at which a replica last read from its origin.
    pub(super) synced: i64,
}

impl Cluster {
    /// A cluster with this response of ShowCluster.
    pub(super) fn new(detail: Json, parameters: Vec<Json>, now: i64) -> Self {
        Self {
            detail,
            parameters,
            parameters_changed: now,
            waiting: BTreeMap::new(),
            backups: Vec::new(),
            backed_up: now,
            archive: json!({"archive_enabled": true, "retention_period_day": 3}),
            logs: BTreeMap::new(),
            secondaries: Vec::new(),
            commands: Vec::new(),
            commands_changed: now,
            region: None,
            synced: now,
        }
    }

    pub(super) fn id(&self) -> &str {
        self.detail.text("/id")
    }

    pub(super) fn name(&self) -> &str {
        self.detail.text("/name")
    }

    pub(super) fn state(&self) -> &str {
        self.detail.text("/service_state")
    }

    /// Its role in replication, if the product has replication.
    pub(super) fn role(&self) -> &str {
        self.detail.get("role_type").and_then(Json::as_str).unwrap_or(ORIGIN)
    }

    pub(super) fn version(&self) -> &str {
        self.detail.text("/software_version")
    }

    /// Whether it is in another region, which this service does not list.
    pub(super) fn abroad(&self) -> bool {
        self.region.is_some()
    }

    /// Whether it is a replica of the cluster with this id.
    pub(super) fn follows(&self, origin: &str) -> bool {
        self.role() == REPLICA && self.detail.text("/origin_cluster_id") == origin
    }

    /// Sets the state of the cluster and its servers.
    pub(super) fn show(&mut self, state: &str, now: i64) {
        if self.state() == RUNNING {
            self.synced = now;
        }
        self.detail.put("/service_state", state);
        self.detail.put("/modified_at", calendar::seconds(now));
        for group in self.detail.items_mut("/instance_groups") {
            group.items_mut("/instances").iter_mut().for_each(|server| server.put("/service_state", state));
        }
    }

    pub(super) fn server_groups(&self) -> &[Json] {
        self.detail.items("/instance_groups")
    }

    pub(super) fn server_group(&self, id: &str) -> Option<&Json> {
        self.server_groups().iter().find(|group| group.text("/id") == id)
    }

    pub(super) fn server_group_mut(&mut self, id: &str) -> Option<&mut Json> {
        self.detail.items_mut("/instance_groups").iter_mut().find(|group| group.text("/id") == id)
    }

    /// Adds servers to the first group.
    pub(super) fn add_servers(&mut self, servers: Vec<Json>) {
        let state = self.state().to_owned();
        let count = self.servers().count() + servers.len();
        self.detail.put("/instance_count", count);
        for mut server in servers {
            server.put("/service_state", state.as_str());
            self.detail.push("/instance_groups/0/instances", server);
        }
    }

    pub(super) fn servers(&self) -> impl Iterator<Item = &Json> {
        self.server_groups().iter().flat_map(|group| group.items("/instances"))
    }

    pub(super) fn disks(&self) -> impl Iterator<Item = &Json> {
        self.server_groups().iter().flat_map(|group| group.items("/block_storage_groups"))
    }

    pub(super) fn disk_group(&self, id: &str) -> Option<&Json> {
        self.disks().find(|disk| disk.text("/id") == id)
    }

    pub(super) fn disk_group_mut(&mut self, id: &str) -> Option<&mut Json> {
        let groups = self.detail.items_mut("/instance_groups").iter_mut();
        groups.flat_map(|group| group.items_mut("/block_storage_groups")).find(|disk| disk.text("/id") == id)
    }

    /// The name of the next disk.
    pub(super) fn disk_name(&self) -> String {
        disk_name(self.name(), self.disks().count())
    }

    /// Size of the largest disk for data, in GB.
    pub(super) fn data_gb(&self) -> i64 {
        let data = self.disks().filter(|disk| disk.text("/role_type") == "DATA");
        data.map(|disk| disk.number("/size_gb")).max().unwrap_or_default()
    }
}

/// The name of a disk after this many others.
pub(super) fn disk_name(cluster: &str, others: usize) -> String {
    format!("{cluster}-Disk-{:02}", others + 1)
}
