//! How programs reach an instance: addresses, names, port, encryption and security group.

use dbplane::huawei::taurusdb_v3::{Client, models::*};

use super::{INSTANCE, REPLICA, Step, step};

pub(super) fn steps(client: &Client) -> Vec<Step> {
    let modify_dns = ModifyDnsRequest::new("orders.internal.cn-north-4.gaussdbformysql.myhuaweicloud.com");
    let update_instance_internal_ip = InternalIpRequest::new("192.168.0.90");
    let update_instance_ops_window = UpdateInstanceOpsWindowRequest::new("18:00", "22:00");
    let update_instance_port = UpdateInstancePortRequest::new(3307);
    let update_instance_eip =
        UpdateInstanceEipRequest::new("203.0.113.10", "e4f50617-2839-44a5-b6c7-d8e9f0a1b2c3");
    let update_instance_security_group =
        UpdateInstanceSecurityGroupRequest::new("a5b6c7d8-e9f0-41a2-b3c4-d5e6f7081920");
    let switch_instance_ssl = SwitchSslRequest::new(true);
    let update_node_internal_ip = InternalIpRequest::new("192.168.0.91");
    vec![
        step("ShowInstanceEip", client.show_instance_eip(INSTANCE).send()),
        step("CreateGaussMysqlDns", client.create_dns(INSTANCE, CreateDnsRequest::new("private")).start()),
        step("ModifyGaussMysqlDns", client.modify_dns(INSTANCE, modify_dns).start()),
        step(
            "UpdateGaussMySqlInstanceInternalIp",
            client.update_instance_internal_ip(INSTANCE, update_instance_internal_ip).start(),
        ),
        step(
            "UpdateGaussMySqlInstanceOpsWindow",
            client.update_instance_ops_window(INSTANCE, update_instance_ops_window).send(),
        ),
        step(
            "UpdateGaussMySqlInstancePort",
            client.update_instance_port(INSTANCE, update_instance_port).start(),
        ),
        step(
            "UpdateGaussMySqlInstanceEip",
            client.update_instance_eip(INSTANCE, update_instance_eip).start(),
        ),
        step("CancelGaussMySqlInstanceEip", client.cancel_instance_eip(INSTANCE).start()),
        step(
            "UpdateGaussMySqlInstanceSecurityGroup",
            client.update_instance_security_group(INSTANCE, update_instance_security_group).start(),
        ),
        step(
            "SwitchGaussMySqlInstanceSsl",
            client.switch_instance_ssl(INSTANCE, switch_instance_ssl).start(),
        ),
        step(
            "UpdateTaurusNodeDataIp",
            client.update_node_internal_ip(INSTANCE, REPLICA, update_node_internal_ip).start(),
        ),
    ]
}
