//! The requests of Samsung's page, made with constructors and setters. The page leaves most texts empty, so
//! these could not be sent; `examples/tour` sends the same ones with real values.

use dbplane::samsung::mariadb_1_0::models::*;

use crate::requests::{Example, example};

/// One row per request that the page shows.
pub(crate) fn all() -> Vec<Example> {
    macro_rules! examples {
        ($($operation:literal: $made:expr),+ $(,)?) => {
            vec![$(example("samsung-mariadb-1.0", $operation, $made)),+]
        };
    }
    examples! {
        "AddBlockStorages":
            AddBlockStoragesRequest::new(BlockStorageGroupRoleType::Data, 104).volume_type(VolumeType::Ssd),
        "CreateCluster": create_cluster(),
        "CreateReplica": create_replica(),
        "CreateRestore": create_restore(),
        "PatchMinorVersion": MinorPatchRequest::new("", true),
        "RegisterLogExportConfig": register_log_export(),
        "RemoveBackupHistories": BackupHistoryNumberRequest::new([""]),
        "SetArchiveConfig": ArchiveConfigSetRequest::new(true).retention_period_day(1),
        "SetAuditLog": AuditLogRequest::new(true),
        "SetBackup": BackupSettingRequest::new("", "", ""),
        "SetBlockStorageSize": ResizeBlockStorageGroupRequest::new(16),
        "SetLogExportConfig": set_log_export(),
        "SetMaintenance": MaintenanceRequest::new().start_day_of_week(DayOfWeek::Mon).start_time("").start_minute("").term_hour(""),
        "SetParameterValues": ParametersRequest::new([ParameterRequest::new("", "", "")]),
        "SetSecurityGroupRules":
            UpdateSecurityGroupRulesRequest::new().add_ip_addresses([""; 0]).del_ip_addresses([""; 0]),
        "SetServerType": InstanceGroupResizeRequest::new(""),
    }
}

fn create_cluster() -> ClusterCreateRequest {
    let backups =
        BackupOption::new().archive_frequency_minute("60").retention_period_day("7").starting_time_hour("2");
    let settings = InitConfigOptionRequest::new("", "", "")
        .audit_enabled(false)
        .backup_option(backups)
        .database_character_set("utf8")
        .database_port(2866);
    let groups = [group(BlockStorageGroupRoleType::Os)];
    ClusterCreateRequest::new()
        .name("")
        .instance_name_prefix("")
        .dbaas_engine_version_id("")
        .subnet_id("")
        .timezone("")
        .instance_groups(groups)
        .init_config_option(settings)
        .allowable_ip_addresses([""; 0])
        .ha_enabled(false)
        .maintenance_option(maintenance())
        .nat_enabled(false)
        .origin_cluster_id("")
        .tags([])
        .vip_public_ip_id("")
        .virtual_ip_address("")
}

fn create_replica() -> ReplicasCreateRequest {
    ReplicasCreateRequest::new(1, [Replicas::new("", [group(BlockStorageGroupRoleType::Data)])])
        .allowable_ip_addresses([""])
        .maintenance_option(maintenance())
        .tags([])
}

fn create_restore() -> ClusterRestoreRequest {
    ClusterRestoreRequest::new("", "", "")
        .allowable_ip_addresses([""; 0])
        .backup_history_number("")
        .backup_recovery_time("2025-01-01T00:00:00Z")
        .block_storage_groups([])
        .maintenance_option(maintenance())
        .tags([])
}

fn group(disk: BlockStorageGroupRoleType) -> InstanceGroupRequest {
    let disk = BlockStorageGroupRequest::new(disk, 104).volume_type(VolumeType::Ssd);
    let server = InstanceRequest::new(InstanceRoleType::Active).public_ip_id("").service_ip_address("");
    InstanceGroupRequest::new(InstanceGroupRoleType::Active, "", [disk]).instances([server])
}

fn maintenance() -> MaintenanceOption {
    MaintenanceOption::new().period_hour("").starting_day_of_week(DayOfWeek::Mon).starting_time("")
}

fn register_log_export() -> LogExportConfigCreateRequest {
    LogExportConfigCreateRequest::new(LogType::Alert, "examplebucket")
        .access_key("13952a8851244213f2de8d95069bf161")
        .delete_on_export(true)
        .schedule_day_of_month("28")
        .schedule_day_of_week(DayOfWeek::Mon)
        .schedule_frequency_type("DAY")
        .schedule_hour("12")
        .secret_key("secretkey")
}

fn set_log_export() -> LogExportConfigModifyRequest {
    LogExportConfigModifyRequest::new()
        .access_key("13952a8851244213f2de8d95069bf161")
        .delete_on_export(true)
        .schedule_day_of_month("28")
        .schedule_day_of_week(DayOfWeek::Mon)
        .schedule_frequency_type("DAY")
        .schedule_hour("12")
        .secret_key("secretkey")
}
