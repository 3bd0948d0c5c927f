//! Nodes of an instance: read replicas, their names, priorities and roles.

use dbplane::huawei::taurusdb_v3::{Client, models::*};

use super::{INSTANCE, REPLICA, Step, step};

/// The primary node before the switchover.
const PRIMARY: &str = "6a6ee8e3ed9f4ebbab5e2b5d6a1c9a2dno07";

pub(super) fn steps(client: &Client) -> Vec<Step> {
    let create_readonly_node = CreateReadonlyNodeRequest::new([1])
        .availability_zones(["cn-north-4a"])
        .charge_mode(ChargeMode::PostPaid);
    let restart_node = RestartRequest::new().delay(false);
    let rename_instance_node =
        RenameInstanceNodeRequest::new([NodeName::new(REPLICA, "gauss-orders_primary")]);
    let set_instance_readonly_status = SetInstanceReadonlyStatusRequest::new(false);
    let invoke_instance_switchover = InvokeInstanceSwitchoverRequest::new(REPLICA);
    vec![
        step(
            "CreateGaussMySqlReadonlyNode",
            client.create_readonly_node(INSTANCE, create_readonly_node).start(),
        ),
        step("RestartGaussMySqlNode", client.restart_node(INSTANCE, REPLICA, restart_node).start()),
        step("ShowErrorLogDownloadLink", client.show_error_log_download_link(INSTANCE, REPLICA).send()),
        step("RenameInstanceNode", client.rename_instance_node(INSTANCE, rename_instance_node).start()),
        step(
            "ModifyNodePriority",
            client.modify_node_priority(INSTANCE, REPLICA, ModifyNodePriorityRequest::new(1)).start(),
        ),
        step(
            "SetInstanceReadonlyStatus",
            client.set_instance_readonly_status(INSTANCE, set_instance_readonly_status).start(),
        ),
        step(
            "InvokeGaussMySqlInstanceSwitchOver",
            client.invoke_instance_switchover(INSTANCE, invoke_instance_switchover).start(),
        ),
        step("DeleteGaussMySqlReadonlyNode", client.delete_readonly_node(INSTANCE, PRIMARY).start()),
    ]
}
