//! The instance of the spec's examples, flavors, character sets and versions.

use serde_json::{Value as Json, json};

use super::instance::TaurusdbInstance;
use super::refusals;
use crate::message::refusal::Refusal;
use crate::world::contract::WorldContext;
use crate::world::fields::{Fields, texts};

pub(super) struct InstanceModel {
    row: Json,
    pub(super) detail: Json,
    flavors: Vec<Json>,
    pub(super) charsets: Vec<String>,
    pub(super) latest_kernel: String,
}

impl InstanceModel {
    pub(super) fn new(start: &WorldContext<'_>) -> Self {
        let TaurusdbInstance { row, detail, .. } = instance(start, |_| ());
        let charsets = start.example("ListGaussMySqlDatabaseCharsets");
        let version = start.example("ShowInstanceDatabaseVersion");
        Self {
            row,
            detail,
            flavors: start.example("ShowGaussMySqlFlavors").items("/flavors").to_vec(),
            charsets: texts(charsets.items("/charsets")).into_iter().map(str::to_owned).collect(),
            latest_kernel: version.text("/datastore/latest_kernel_version").to_owned(),
        }
    }

    /// A flavor by its code.
    ///
    /// # Errors It is not offered.
    pub(super) fn flavor(&self, code: &str) -> Result<&Json, Refusal> {
        let found = self.flavors.iter().find(|flavor| flavor.text("/spec_code") == code);
        found.ok_or_else(|| refusals::invalid_value(format!("there is no flavor {code}")))
    }

    /// An instance without addresses, names and proxies.
    pub(super) fn blank(&self) -> TaurusdbInstance {
        let mut blank = TaurusdbInstance::new(self.row.clone(), self.detail.clone());
        for field in ["/readonly_private_ips", "/public_ips"] {
            blank.row.put(field, json!([]));
        }
        for (field, value) in
            [("/public_ips", json!("")), ("/private_dns_names", json!([])), ("/alias", json!(""))]
        {
            blank.detail.put(field, value);
        }
        blank
    }
}

/// The instance of the examples, changed.
pub(super) fn instance(start: &WorldContext<'_>, change: impl Fn(&mut Json)) -> TaurusdbInstance {
    let part = |operation: &str, pointer: &str| {
        let mut record = start.example(operation).pointer(pointer).cloned().unwrap_or_default();
        change(&mut record);
        record
    };
    let mut detail = part("ShowGaussMySqlInstanceInfo", "/instance");
    if let Some(project) = &start.credentials.project_id {
        detail.put("/project_id", json!(project));
    }
    TaurusdbInstance::new(part("ListGaussMySqlInstances", "/instances/0"), detail)
}
