//! The version of the kernel, and upgrades to a newer one.

use dbplane::huawei::taurusdb_v3::{Client, models::*};

use super::{INSTANCE, OTHER, Step, step};

pub(super) fn steps(client: &Client) -> Vec<Step> {
    let batch_upgrade_databases =
        BatchUpgradeDatabasesRequest::new([UpgradeTarget::new(OTHER, "2.0.54.240900")], false);
    let check_kernel_upgrade =
        KernelUpgradeCheckRequest::new([UpgradeCheckTarget::new(INSTANCE, "2.0.54.240900")]);
    let show_kernel_upgrade_check_result =
        KernelUpgradeCheckRequest::new([UpgradeCheckTarget::new(INSTANCE, "2.0.54.240900")]);
    vec![
        step("ShowInstanceDatabaseVersion", client.show_instance_database_version(INSTANCE).send()),
        step("BatchUpgradeDatabases", client.batch_upgrade_databases(batch_upgrade_databases).send()),
        step("CheckKernelUpgrade", client.check_kernel_upgrade(check_kernel_upgrade).send()),
        step(
            "ShowKernelUpgradeCheckResult",
            client.show_kernel_upgrade_check_result(show_kernel_upgrade_check_result).send(),
        ),
    ]
}
