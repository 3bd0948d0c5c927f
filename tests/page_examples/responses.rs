//! Every response that a page shows, read as what the operation answers.

use std::fmt::Debug;
use std::future::Future;

use dbplane::{Error, Response, huawei, oceanbase, samsung};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::compare::losses;
use crate::files::File;
use crate::placeholders::{Row, filled, rows};

/// An example, and how it is read and written again.
pub(crate) struct Example {
    pub(crate) file: File,
    check: fn(&Value) -> Vec<String>,
}

/// The check for what an operation's `send` answers: the compiler finds the model, so it can't be another one.
fn answer_of<O, T, F>(_send: fn(O) -> F) -> fn(&Value) -> Vec<String>
where
    T: DeserializeOwned + Serialize + Debug,
    F: Future<Output = Result<Response<T>, Error>>,
{
    faults::<T>
}

/// What gets lost when an example is read and written again, or is read as something that says nothing.
fn faults<T: DeserializeOwned + Serialize + Debug>(page: &Value) -> Vec<String> {
    let model: T = match serde_json::from_value(page.clone()) {
        Ok(model) => model,
        Err(error) => return vec![error.to_string()],
    };
    let mut faults = losses(page, &serde_json::to_value(&model).unwrap());
    let text = format!("{model:?}");
    for vague in ["UnknownValue(", "Timestamp(\"\")"] {
        if text.contains(vague) {
            faults.push(format!("{vague} in {text}"));
        }
    }
    faults
}

macro_rules! examples {
    ($service:literal, $operations:path: $($operation:ident as $id:expr),+ $(,)?) => {{
        use $operations as operations;
        vec![$(Example {
            file: File::new($service, $id, "response"),
            check: answer_of(operations::$operation::send),
        }),+]
    }};
    ($service:literal, $operations:path: $($operation:ident),+ $(,)?) => {
        examples!($service, $operations: $($operation as stringify!($operation)),+)
    };
}

/// One row per response that a page shows.
pub(crate) fn all() -> Vec<Example> {
    let mut all = examples!("samsung-mariadb-1.0", samsung::mariadb_1_0::operations:
        AddBlockStorages, CreateCluster, CreateReplica, CreateRestore, DeleteCluster, ExportLog,
        ListBackupHistories, ListClusters, ListEngineVersionProperties, ListEngineVersions,
        ListLogExportConfigs, ListParameterGroups, ListParameterValues, ListParameters, ListReplicas,
        ListServerTypes, PatchMinorVersion, PromoteReplicaCluster, RegisterLogExportConfig,
        RemoveBackupHistories, ResetReplica, RestartCluster, SetArchiveConfig, SetAuditLog, SetBackup,
        SetBlockStorageSize, SetLogExportConfig, SetMaintenance, SetParameterValues, SetSecurityGroupRules,
        SetServerType, ShowArchiveConfig, ShowCluster, ShowRequest, StartCluster, StopCluster,
        SwitchoverCluster, SyncArchiveConfig, SyncClusterState, SyncParameterValues, SyncReplicaState,
        UnregisterLogExportConfig, UnsetBackup, UnsetMaintenance,
    );
    all.extend(examples!("oceanbase-cloud-v2", oceanbase::cloud_v2::operations:
        ModifyOdpClusterSpec as "modifyOdpClusterSpec",
        ConnectPrivateLinkService as "connectPrivateLinkService",
    ));
    all.extend(examples!("huawei-taurusdb-v3", huawei::taurusdb_v3::operations: UpdateProxyPort));
    all.extend(examples!("huawei-dbss-v2", huawei::dbss_v2::operations: ListDbOmInstances));
    all
}

#[test]
fn every_response_is_read_without_a_loss() {
    for Example { file, check } in all() {
        let faults = check(&filled(&file, &rows()));
        assert!(faults.is_empty(), "{file}: {faults:#?}");
    }
}

#[test]
fn no_placeholder_is_superfluous() {
    let rows = rows();
    for Example { file, check } in all() {
        for row in rows.iter().filter(|row| row.is_of(&file)) {
            let others = rows.iter().filter(|other: &&Row| !std::ptr::eq(*other, row));
            assert!(!check(&filled(&file, others)).is_empty(), "{file} is read without {row:?}");
        }
    }
}
