//! Instances and their proxies. `send_and_wait` instead of `send` waits for ONLINE.

use dbplane::oceanbase::cloud_v2::{Client, models::*};

use super::{INSTANCE, Step, step};

pub(super) fn make(client: &Client) -> Vec<Step> {
    let order = CreateInstanceRequest::new()
        .cloud_provider(CloudProvider::Aliyun)
        .region("ap-southeast-1")
        .zones("ap-southeast-1a,ap-southeast-1b,ap-southeast-1c")
        .ob_version("4.2.1")
        .instance_class("4C16G")
        .replica_mode("3")
        .instance_name("shop")
        .disk_size(100)
        .charge_type(ChargeType::PostPay)
        .instance_type(InstanceType::Cluster);
    vec![
        step("createInstance", client.create_instance(order).start()),
        step("describeInstances", client.describe_instances().instance_name("shop").page_size(20).send()),
        step("describeInstance", client.describe_instance(INSTANCE).send()),
    ]
}

pub(super) fn change(client: &Client) -> Vec<Step> {
    let name = ModifyInstanceNameRequest::new("store");
    let nodes = ModifyInstanceNodeNumRequest::new(6).dry_run(true);
    let spec = ModifyInstanceSpecRequest::new().instance_class("8C32G").disk_size(200).dry_run(true);
    vec![
        step("modifyInstanceName", client.modify_instance_name(INSTANCE, name).send()),
        step("modifyInstanceNodeNum", client.modify_instance_node_num(INSTANCE, nodes).start()),
        step("modifyInstanceSpec", client.modify_instance_spec(INSTANCE, spec).start()),
    ]
}

pub(super) fn remove(client: &Client) -> Vec<Step> {
    let proxies = ModifyOdpClusterSpecRequest::new()
        .proxy_cluster_id("proxy-6tvgz6z2****")
        .unit_num(4)
        .mode(ProxyMode::K8sExclusive)
        .zone("ap-southeast-1a")
        .odp_cluster_node_type(OdpClusterNodeType::Normal);
    let gone = DeleteInstanceRequest::new(INSTANCE);
    vec![
        step("modifyOdpClusterSpec", client.modify_odp_cluster_spec(INSTANCE, proxies).start()),
        step("stopCluster", client.stop_cluster(INSTANCE).start()),
        step("startCluster", client.start_cluster(INSTANCE).start()),
        step("deleteInstance", client.delete_instance(gone).start()),
    ]
}
