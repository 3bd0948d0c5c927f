//! How a proxy answers: its port, and where it sends what.

use dbplane::huawei::taurusdb_v3::{Client, models::*};

use super::{INSTANCE, PROXY, REPLICA, Step, step};

pub(super) fn steps(client: &Client) -> Vec<Step> {
    let port = client.update_proxy_port(INSTANCE, PROXY, UpdateProxyPortRequest::new(3308));
    let weights = SetProxyWeightRequest::new().master_weight(50).readonly_nodes(replica(200));
    let mode = ModifyProxyRouteModeRequest::new(0).master_weight(50).readonly_nodes(replica(100));
    let consistence = UpdateProxySessionConsistenceRequest::new(BooleanText::True)
        .consistence_mode(ConsistenceMode::Session);
    let pool = UpdateProxyConnectionPoolTypeRequest::new(ConnectionPoolType::Session);
    let split = UpdateTransactionSplitStatusRequest::new(OnOff::On, [PROXY]);
    let join = UpdateNewNodeAutoAddSwitchRequest::new(OnOff::On).weight(100);
    let alt = SwitchProxyAltRequest::new(AltSwitch::On);
    vec![
        step("ShowGaussMySqlProxyList", client.show_proxy_list(INSTANCE).limit(4).send()),
        step("UpdateProxyPort", port.x_language(Language::EnUs).start()),
        step("SetGaussMySqlProxyWeight", client.set_proxy_weight(INSTANCE, PROXY, weights).start()),
        step("ModifyGaussMySqlProxyRouteMode", client.modify_proxy_route_mode(INSTANCE, PROXY, mode).start()),
        step(
            "UpdateProxySessionConsistence",
            client.update_proxy_session_consistence(INSTANCE, PROXY, consistence).start(),
        ),
        step(
            "UpdateProxyConnectionPoolType",
            client.update_proxy_connection_pool_type(INSTANCE, PROXY, pool).start(),
        ),
        step("UpdateTransactionSplitStatus", client.update_transaction_split_status(INSTANCE, split).start()),
        step("SwitchGaussMySqlProxyAlt", client.switch_proxy_alt(INSTANCE, PROXY, alt).start()),
        step(
            "UpdateNewNodeAutoAddSwitch",
            client.update_new_node_auto_add_switch(INSTANCE, PROXY, join).send(),
        ),
    ]
}

/// The replica with this weight.
fn replica(weight: i32) -> [NodesWeight; 1] {
    [NodesWeight::new(REPLICA, weight)]
}
