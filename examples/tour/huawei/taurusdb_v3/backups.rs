//! Backups: policies, taking, restoring, deleting.

use dbplane::huawei::taurusdb_v3::{Client, models::*};

use super::{BACKUP, INSTANCE, OTHER, Step, step};

pub(super) fn steps(client: &Client) -> Vec<Step> {
    let batch_delete_backup = BatchDeleteBackupRequest::new(["7c1e93b9014b0893d81d2e472f30fe5abr07"]);
    let update_advanced_backup_policy =
        AdvancedBackupPolicy::new("17:00", "18:00", [PolicyInfo::new(BackupPeriod::V1, PolicyType::Base, 7)])
            .retention_num_backup_level1(0);
    let modify_backup_encrypt_status = ModifyBackupEncryptStatusRequest::new("ON")
        .kms_key_id("9a3f7c21-5b4d-4e8a-a1c2-7d6e5f4b3a29")
        .type_("KMS");
    let create_restore_tables = CreateRestoreTablesRequest::new(
        "1769911200000",
        [RestoreTablesDatabase::new("orders", [RestoreTable::new("items", "items_restored")])],
    )
    .last_table_info(BooleanText::False);
    let modify_backup_vault_lock = ModifyBackupVaultLockRequest::new(
        BackupVaultLockAction::Enable,
        BackupVaultLockInfoRequest::new(true, 30),
    );
    let create_backup = CreateBackupRequest::new(INSTANCE, "backup-orders").description("before the sale");
    let create_backup_resource_package = CreateBackupResourcePackageRequest::new(
        PackageChargeRequest::new(PeriodType::Month, 1),
        1,
        "gaussdb.mysql.xlarge.x86.4",
    );
    let batch_update_backup_policy = BatchUpdateBackupPolicyRequest::new(
        [INSTANCE],
        AdvancedBackupPolicy::new("17:00", "18:00", [PolicyInfo::new(BackupPeriod::V1, PolicyType::Base, 7)]),
    );
    let restore_old_instance = RestoreOldInstanceRequest::new(INSTANCE, OTHER, RestorePointType::Backup)
        .backup_id(BACKUP)
        .restore_time(1_769_911_200_000);
    let update_backup_offsite_policy = UpdateBackupOffsitePolicyRequest::new(
        OffsiteBackupPolicy::new()
            .keep_days(7)
            .destination_project_id("0483b6b16e954cb88930a360d2c4e663")
            .destination_region("cn-east-3")
            .open_auto_backup(true)
            .open_incremental_backup(true),
    );
    let update_backup_policy =
        UpdateBackupPolicyRequest::new(BackupPolicyRequest::new("17:00-18:00", 7, "1,2,3,4,5,6,7"));
    vec![
        step("ShowGaussMySqlBackupList", client.list_backups().limit(20).send()),
        step(
            "ShowRestoreAvailableTables",
            client.show_restore_available_tables(INSTANCE, BooleanText::True, "1769911200000").send(),
        ),
        step(
            "ShowBackupResourcePackageFlavors",
            client.show_backup_resource_package_flavors().limit(20).send(),
        ),
        step("ShowInstanceBackups", client.show_instance_backups(INSTANCE).limit(20).send()),
        step("ShowTaurusDbAdvancedBackupPolicy", client.show_advanced_backup_policy(INSTANCE).send()),
        step("DescribeBackupEncryptStatus", client.describe_backup_encrypt_status(INSTANCE).send()),
        step("ShowGaussMySqlBackupPolicy", client.show_backup_policy(INSTANCE).send()),
        step(
            "ShowRestoreTables",
            client.show_restore_tables(INSTANCE, BooleanText::True, "1769911200000").send(),
        ),
        step("ShowBackupVaultLock", client.show_backup_vault_lock(INSTANCE).send()),
        step(
            "ShowGaussMySqlIncrementalBackupList",
            client.list_incremental_backups(INSTANCE).limit(20).send(),
        ),
        step("ShowBackupRestoreTime", client.show_backup_restore_time(INSTANCE).send()),
        step(
            "UpdateTaurusDbAdvancedBackupPolicy",
            client.update_advanced_backup_policy(INSTANCE, update_advanced_backup_policy).send(),
        ),
        step(
            "ModifyBackupEncryptStatus",
            client.modify_backup_encrypt_status(INSTANCE, modify_backup_encrypt_status).send(),
        ),
        step("CreateRestoreTables", client.create_restore_tables(INSTANCE, create_restore_tables).start()),
        step(
            "ModifyBackupVaultLock",
            client.modify_backup_vault_lock(INSTANCE, modify_backup_vault_lock).send(),
        ),
        step("CreateGaussMySqlBackup", client.create_backup(create_backup).start()),
        step(
            "CreateBackupResourcePackage",
            client.create_backup_resource_package(create_backup_resource_package).send(),
        ),
        step("BatchUpdateBackupPolicy", client.batch_update_backup_policy(batch_update_backup_policy).send()),
        step("RestoreOldInstance", client.restore_old_instance(restore_old_instance).start()),
        step(
            "UpdateBackupOffsitePolicy",
            client.update_backup_offsite_policy(INSTANCE, update_backup_offsite_policy).send(),
        ),
        step(
            "UpdateGaussMySqlBackupPolicy",
            client.update_backup_policy(INSTANCE, update_backup_policy).send(),
        ),
        step("BatchDeleteBackup", client.batch_delete_backup(batch_delete_backup).send()),
        step("DeleteGaussMySqlBackup", client.delete_backup(BACKUP).send()),
    ]
}
