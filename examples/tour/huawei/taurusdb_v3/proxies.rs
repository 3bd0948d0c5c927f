//! A proxy is opened, another one renamed, restarted and closed.

use dbplane::huawei::taurusdb_v3::{Client, models::*};

use super::{INSTANCE, PROXY, REPLICA, Step, step};

pub(super) fn steps(client: &Client) -> Vec<Step> {
    let reports = CreateProxyRequest::new("gaussdb.proxy.large.x86.2", 2)
        .proxy_name("reports")
        .proxy_mode(ProxyMode::Readonly)
        .nodes_read_weight([NodesWeight::new(REPLICA, 100)]);
    let close = DeleteProxyRequest::new().proxy_ids([PROXY]);
    vec![
        step("CreateGaussMySqlProxy", client.create_proxy(INSTANCE, reports).start()),
        step(
            "UpdateProxyName",
            client.update_proxy_name(INSTANCE, PROXY, UpdateProxyNameRequest::new("front-2")).send(),
        ),
        step("RestartProxyInstance", client.restart_proxy_instance(INSTANCE, PROXY).start()),
        step("DeleteGaussMySqlProxy", client.delete_proxy(INSTANCE, close).start()),
    ]
}
